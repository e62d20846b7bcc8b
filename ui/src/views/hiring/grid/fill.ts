//! What comes next when cells are filled on.

import { daysAfter, daysBetween } from '../../../lib/format';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBERED = /^(.*?)(\d+)$/;

/**
 * The cells that follow these, as many as asked for: days and numbered texts go on by their step, months by whole
 * months; anything else is repeated. One cell alone is repeated, unless `isCounting`.
 */
export function continueSeries(cells: string[], count: number, isCounting = false): string[] {
  const next = series(cells, isCounting);
  return Array.from({ length: count }, (_, at) => next?.(at) ?? cells[at % cells.length] ?? '');
}

function series(cells: string[], isCounting: boolean): ((at: number) => string) | null {
  if (cells.length < 2 && !isCounting) return null;
  if (cells.every((cell) => DAY.test(cell))) return days(cells);
  const parts = cells.map((cell) => NUMBERED.exec(cell));
  const first = parts[0];
  if (!first || !parts.every((part) => part?.[1] === first[1])) return null;
  const numbers = parts.map((part) => Number(part![2]));
  const step = evenStep(numbers, 1);
  if (step === null) return null;
  const last = numbers.at(-1)!;
  return (at) => `${first[1]}${String(last + step * (at + 1)).padStart(first[2]!.length, '0')}`;
}

function days(cells: string[]): ((at: number) => string) | null {
  const last = cells.at(-1)!;
  const months = cells.map((cell) => Number(cell.slice(0, 4)) * 12 + Number(cell.slice(5, 7)) - 1);
  const isSameDay = cells.length > 1 && cells.every((cell) => cell.slice(8) === last.slice(8));
  const byMonth = isSameDay ? evenStep(months, 0) : null;
  if (byMonth) return (at) => monthsAfter(last, byMonth * (at + 1));
  const step = evenStep(
    cells.map((cell) => daysBetween(cells[0]!, cell)),
    1,
  );
  return step === null ? null : (at) => daysAfter(last, step * (at + 1));
}

/** The one step between neighbours, or none where it differs. */
function evenStep(numbers: number[], alone: number): number | null {
  if (numbers.length < 2) return alone;
  const step = numbers[1]! - numbers[0]!;
  return numbers.every((number, at) => at === 0 || number - numbers[at - 1]! === step) ? step : null;
}

/** The same day of a later month; its last one where that month is shorter. */
function monthsAfter(iso: string, count: number): string {
  const total = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + count;
  const [year, month] = [Math.floor(total / 12), total % 12];
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(Number(iso.slice(8)), longest);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
