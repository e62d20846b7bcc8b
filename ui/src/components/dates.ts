//! Dates as people type them.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * `2027-03-12`, `12 Mar 2027`, `12 march 2027` or `12.3.2027` as ISO 8601; none when it is no day. Slashes are not
 * taken: 3/12 means two different days on two sides of an ocean.
 */
export function parseDate(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  if (dotted) return day(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const words = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/.exec(text);
  if (words) return day(Number(words[3]), MONTHS.indexOf(words[2]!.slice(0, 3)) + 1, Number(words[1]));
  return null;
}

function day(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal && month > 0 && year >= 1900 && year < 2200 ? at.toISOString().slice(0, 10) : null;
}
