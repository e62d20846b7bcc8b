//! The days of a month as weeks that begin on Monday, and where the keys lead.

import { daysAfter, monthsAfter } from './format';

/** Mondays first. */
export const WEEKDAYS = [
  ['Mo', 'Monday'],
  ['Tu', 'Tuesday'],
  ['We', 'Wednesday'],
  ['Th', 'Thursday'],
  ['Fr', 'Friday'],
  ['Sa', 'Saturday'],
  ['Su', 'Sunday'],
] as const;

/** Always as many, so that nothing jumps from month to month. */
const WEEKS = 6;

/** 0 on Mondays. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The weeks in which a month lies, with the days of its neighbours that they have. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const monday = daysAfter(first, -weekday(first));
  return Array.from({ length: WEEKS }, (_, week) =>
    WEEKDAYS.map((_, at) => daysAfter(monday, week * WEEKDAYS.length + at)),
  );
}

/** The day that a key leads to; none for a key that leads nowhere. */
export function dayByKey(day: string, key: string, isShift: boolean): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return daysAfter(day, -1);
    case 'ArrowRight':
      return daysAfter(day, 1);
    case 'ArrowUp':
      return daysAfter(day, -7);
    case 'ArrowDown':
      return daysAfter(day, 7);
    case 'Home':
      return daysAfter(day, -weekday(day));
    case 'End':
      return daysAfter(day, 6 - weekday(day));
    case 'PageUp':
      return monthsAfter(day, isShift ? -12 : -1);
    case 'PageDown':
      return monthsAfter(day, isShift ? 12 : 1);
    default:
      return undefined;
  }
}
