//! The curves of the tiles: months from the core, as points to draw.

import type { OverviewMonth } from '../../ipc/client';

export interface Curve {
  /** By month; null where there is no figure. */
  values: (number | null)[];
  /** `Nov 2026`, for each. */
  labels: string[];
  /** Which of them is the month of the day. */
  now: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2027-03-12` as `Mar 2027`. */
export function monthOf(iso: string): string {
  return `${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;
}

/** Part-time positions of a pool add up to a fraction at most in the last digit. */
export function whole(value: number): number {
  return Math.round(value * 10) / 10;
}

export function curve(months: OverviewMonth[], valueOf: (month: OverviewMonth) => number | null): Curve {
  return {
    values: months.map(valueOf),
    labels: months.map((row) => monthOf(row.month)),
    now: Math.floor(months.length / 2),
  };
}
