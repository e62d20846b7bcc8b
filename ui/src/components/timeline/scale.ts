//! Days as pixels: where months begin, and which days are no working days.

import { date, daysAfter, daysBetween } from '../../lib/format';

export interface Scale {
  /** The day at the left end. */
  from: string;
  /** Pixels for a day. */
  zoom: number;
}

export const LEAST = 0.4;
export const MOST = 24;
export const clampZoom = (zoom: number) => Math.min(MOST, Math.max(LEAST, zoom));

/** The left edge of a day. */
export function xOf(scale: Scale, day: string): number {
  return daysBetween(scale.from, day) * scale.zoom;
}

export function dayAt(scale: Scale, x: number): string {
  return daysAfter(scale.from, Math.floor(x / scale.zoom));
}

export interface DayLine {
  x: number;
  label: string;
  /** Pixels that the label takes. */
  width: number;
  isToday: boolean;
  /** Its label stands before the line, where the next one leaves it no room. */
  isBefore: boolean;
}

const TODAY_WIDTH = 44;
const DAY_WIDTH = 84;

/** Today and the day that is shown, where that is another one. */
export function dayLines(scale: Scale, today: string, day: string): DayLine[] {
  const now = { x: xOf(scale, today), label: 'Today', width: TODAY_WIDTH, isToday: true, isBefore: false };
  if (!day || day === today) return [now];
  const then = { x: xOf(scale, day), label: date(day), width: DAY_WIDTH, isToday: false, isBefore: false };
  now.isBefore = now.x < then.x && then.x - now.x < now.width;
  then.isBefore = then.x < now.x && now.x - then.x < then.width;
  return [now, then];
}

export interface Tick {
  x: number;
  label: string;
  isYear: boolean;
}

/** The first of each month, quarter or year, as close as the labels allow. */
export function ticks(scale: Scale, until: string): Tick[] {
  const step = scale.zoom >= 1.6 ? 1 : scale.zoom >= 0.6 ? 3 : 12;
  const found: Tick[] = [];
  let year = Number(scale.from.slice(0, 4));
  let month = Number(scale.from.slice(5, 7));
  for (;;) {
    const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
    if (iso > until) return found;
    if (iso >= scale.from && (month - 1) % step === 0) {
      const isYear = month === 1;
      found.push({
        x: xOf(scale, iso),
        label: isYear ? String(year) : (date(iso).split(' ')[1] ?? ''),
        isYear,
      });
    }
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

/** The first Saturday on or after the left end, in days from it. */
export function firstSaturday(from: string): number {
  const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
  return (6 - weekday + 7) % 7;
}
