//! Dates as people type them: `12 Mar 2027`, `1 jan`, `next mon`, `+2w`, `q3`.

import { date, daysAfter, monthsAfter } from './format';
import { searchKey } from './search-key';

/** What a text means: a day in ISO 8601, or why it means none, in words. */
export type Reading = { day: string; problem?: undefined } | { day?: undefined; problem: string };

/** The days that what is typed depends on. */
export interface Reference {
  /** The day shown: what has no year, and what is so many weeks ahead, counts from it. */
  from: string;
  today: string;
}

/** Which day of a month, a quarter or a year is meant. */
export type Edge = 'first' | 'last';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
/** Until a day of the year comes round again: 29 February takes eight years where a century is left out. */
const YEARS_AHEAD = 8;
export const EXAMPLES = '12 Mar 2027, next mon or +2w';

type Way = [pattern: RegExp, read: (found: string[], at: Reference, edge: Edge) => string | null];

const DAY = '(\\d{1,2})';
const YEAR = '(\\d{4})';
const WORD = '([a-z]{3,9})\\.?';
const UNIT = '(d|days?|w|weeks?|m|months?|y|years?)';

/** Each pattern with what it means; null where the words are none that are known, or the day is none. */
const WAYS: Way[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ([year, month, day]) => iso(Number(year), Number(month), Number(day))],
  [
    new RegExp(`^${DAY}\\. ?${DAY}\\.(?: ?${YEAR})?$`),
    ([day, month, year], at) => dayOf(day!, Number(month), year, at),
  ],
  [
    new RegExp(`^${DAY}(?:\\.|st|nd|rd|th)? ?(?:of )?${WORD}(?: ${YEAR})?$`),
    ([day, month, year], at) => dayOf(day!, monthOf(month!), year, at),
  ],
  [
    new RegExp(`^${WORD} ${DAY}(?:st|nd|rd|th)?(?: ${YEAR})?$`),
    ([month, day, year], at) => dayOf(day!, monthOf(month!), year, at),
  ],
  [
    new RegExp(`^${WORD}(?: ${YEAR})?$`),
    ([month, year], at, edge) => stretch(monthOf(month!), 1, year, at, edge),
  ],
  [/^q([1-4])(?:[ /-]?(\d{4}))?$/, ([q, year], at, edge) => stretch(Number(q) * 3 - 2, 3, year, at, edge)],
  [/^(\d{4})[ /-]?q([1-4])$/, ([year, q], at, edge) => stretch(Number(q) * 3 - 2, 3, year, at, edge)],
  [/^(?:(?:next|this|on) )?([a-z]{3,9})$/, ([word], at) => weekday(word!, at.from)],
  [/^(today|tomorrow|yesterday)$/, ([word], at) => daysAfter(at.today, AROUND[word!]!)],
  [
    new RegExp(`^([+-]) ?(\\d{1,4}) ?${UNIT}$`),
    ([sign, number, unit], at) => away(at.from, Number(`${sign}${number}`), unit!),
  ],
  [new RegExp(`^in (\\d{1,4}) ${UNIT}$`), ([number, unit], at) => away(at.from, Number(number), unit!)],
  [new RegExp(`^(\\d{1,4}) ${UNIT} ago$`), ([number, unit], at) => away(at.from, -Number(number), unit!)],
  [/^next (week|month|quarter|year)$/, ([unit], at, edge) => next(unit!, at.from, edge)],
];
const AROUND: Record<string, number> = { yesterday: -1, today: 0, tomorrow: 1 };

/**
 * The day that is meant. Without a year it is the next such day from the day shown, that one included; a weekday is the
 * next one after it. Slashes are not taken: 3/12 means two different days on two sides of an ocean.
 */
export function readDate(typed: string, at: Reference, edge: Edge = 'first'): Reading {
  const text = searchKey(typed).replaceAll(',', '');
  const bare = text.replace(/^([a-z]{3,9})\.? (?=\d)/, (all, word: string) => (isWeekday(word) ? '' : all));
  for (const [pattern, read] of WAYS) {
    const found = pattern.exec(bare);
    const day = found && read(found.slice(1), at, edge);
    if (day) return inRange(day) ? { day } : { problem: `Years go from ${FIRST_YEAR} to ${LAST_YEAR}` };
  }
  return { problem: problem(typed.trim(), bare) };
}

function problem(typed: string, text: string): string {
  const slashed = /^(\d{1,2})\/(\d{1,2})(\/\d{2,4})?$/.exec(text);
  if (slashed) return `${typed} can be two days. Name the month, e.g. 12 Mar 2027`;
  const named = new RegExp(`^${DAY}\\.? ?${WORD}(?: ${YEAR})?$`).exec(text);
  const dotted = new RegExp(`^${DAY}\\. ?${DAY}\\.(?: ?${YEAR})?$`).exec(text);
  const whole = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if ((named && monthOf(named[2]!) > 0) || dotted || whole) {
    return `There is no such day as ${typed}. Enter one, e.g. ${EXAMPLES}`;
  }
  return `“${typed}” is not a date. Enter one, e.g. ${EXAMPLES}`;
}

function iso(year: number, month: number, day: number): string | null {
  if (year < 1 || month < 1) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : null;
}

function inRange(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return day.length === 10 && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** From 1; 0 for none. */
function monthOf(word: string): number {
  return MONTHS.findIndex((month) => month.startsWith(word)) + 1;
}

function isWeekday(word: string): boolean {
  return WEEKDAYS.some((day) => day.startsWith(word));
}

/** The day of a year, or else the next such day. */
function dayOf(day: string, month: number, year: string | undefined, at: Reference): string | null {
  if (year) return iso(Number(year), month, Number(day));
  const first = Number(at.from.slice(0, 4));
  for (let ahead = 0; ahead <= YEARS_AHEAD; ahead += 1) {
    const found = iso(first + ahead, month, Number(day));
    if (found && found >= at.from) return found;
  }
  return null;
}

/** The first or last day of some months that begin with this one; without a year, the next such day. */
function stretch(month: number, months: number, year: string | undefined, at: Reference, edge: Edge) {
  const of = (year: number) => {
    const first = iso(year, month, 1);
    return first && (edge === 'first' ? first : daysAfter(monthsAfter(first, months), -1));
  };
  if (year) return of(Number(year));
  const now = Number(at.from.slice(0, 4));
  const found = of(now);
  return found && found < at.from ? of(now + 1) : found;
}

function weekday(word: string, from: string): string | null {
  const wanted = WEEKDAYS.findIndex((day) => day.startsWith(word));
  if (wanted < 0) return null;
  const ahead = (wanted - new Date(`${from}T00:00:00Z`).getUTCDay() + 7) % 7;
  return daysAfter(from, ahead || 7);
}

function away(from: string, count: number, unit: string): string {
  if (unit.startsWith('d')) return daysAfter(from, count);
  if (unit.startsWith('w')) return daysAfter(from, count * 7);
  return monthsAfter(from, unit.startsWith('m') ? count : count * 12);
}

/** `next week` is its Monday. */
function next(unit: string, from: string, edge: Edge): string | null {
  if (unit === 'week') {
    const monday = weekday('monday', from)!;
    return edge === 'first' ? monday : daysAfter(monday, 6);
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit]!;
  const month = Number(from.slice(5, 7)) - 1;
  const begun = `${from.slice(0, 4)}-${String(month - (month % months) + 1).padStart(2, '0')}-01`;
  const first = monthsAfter(begun, months);
  return edge === 'first' ? first : daysAfter(monthsAfter(first, months), -1);
}

/** Whether a text is the day just as it is written here, so that there is nothing to add to it. */
export function isWritten(typed: string, day: string): boolean {
  return searchKey(typed) === searchKey(date(day));
}
