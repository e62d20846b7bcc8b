//! Quartiles of durations in working days, for plots and tables.

import type { QuartilesView } from '../../../ipc/client';

/** Working days from the start with at most one decimal: `12`, `−3.5`. */
export function formatDays(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded).replace('-', '−');
}

/** The days that all of them lie in, with the start among them. */
export function plotRange(rows: (QuartilesView | null)[]): [number, number] {
  const known = rows.filter((row) => row !== null);
  const from = Math.min(0, ...known.map((row) => row.least));
  const until = Math.max(5, ...known.map((row) => row.most));
  return [from, Math.ceil(until / 5) * 5];
}
