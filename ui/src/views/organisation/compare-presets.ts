//! The days that a plan is most often compared with.

import { date, monthsAfter } from '../../lib/format';

export interface Preset {
  id: string;
  title: string;
  day: string;
}

/** Those that are another day than the one shown; each day once. */
export function presets(shown: string, today: string, lastVisit: string | null): Preset[] {
  const year = Number(shown.slice(0, 4));
  const ends = shown.slice(5) === '12-31' ? year + 1 : year;
  const all: Preset[] = [
    { id: 'today', title: 'Today', day: today },
    { id: 'quarter', title: 'A quarter earlier', day: monthsAfter(shown, -3) },
    { id: 'next-quarter', title: 'A quarter later', day: monthsAfter(shown, 3) },
    { id: 'year-end', title: 'End of the year', day: `${ends}-12-31` },
    ...(lastVisit ? [{ id: 'visit', title: 'Last visit', day: lastVisit }] : []),
  ];
  const seen = new Set([shown]);
  return all.filter(({ day }) => day && !seen.has(day) && seen.add(day));
}

export const presetInWords = ({ title, day }: Preset) => `${title}, ${date(day)}`;
