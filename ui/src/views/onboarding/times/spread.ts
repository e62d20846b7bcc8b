//! Spreads of days, for plots and tables.

import type { SpreadView } from '../../../ipc/client';

/** Working days from the start with at most one decimal: `12`, `−3.5`. */
export function days(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded).replace('-', '−');
}

/** The days that all of them lie in, with the start among them. */
export function ends(spreads: (SpreadView | null)[]): [number, number] {
  const known = spreads.filter((spread) => spread !== null);
  const from = Math.min(0, ...known.map((spread) => spread.least));
  const until = Math.max(5, ...known.map((spread) => spread.most));
  return [from, Math.ceil(until / 5) * 5];
}
