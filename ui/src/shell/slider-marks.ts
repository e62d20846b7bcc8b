//! The marks on the date slider: days on which gaps open and close, grouped where they would touch.

import type { TimeMark } from '../ipc/client';
import { count, date, number } from '../lib/format';

export interface Mark {
  /** Days from the first of the line. */
  at: number;
  /** The first day that it stands for. */
  day: string;
  opens: number;
  closes: number;
  words: string;
}

/** Marks that stand at least so many days apart. */
export function groupMarks(marks: TimeMark[], days: number, offset: (day: string) => number): Mark[] {
  const groups: TimeMark[][] = [];
  let start = -Infinity;
  for (const mark of marks) {
    const at = offset(mark.day);
    if (at - start >= days) {
      groups.push([]);
      start = at;
    }
    groups.at(-1)!.push(mark);
  }
  return groups.map((group) => ({
    at: offset(group[0]!.day),
    day: group[0]!.day,
    opens: group.reduce((sum, mark) => sum + mark.opens, 0),
    closes: group.reduce((sum, mark) => sum + mark.closes, 0),
    words: group.slice(0, LINES).map(formatMark).join('\n') + moreDates(group.length - LINES),
  }));
}

/** Days that a mark spells out. */
const LINES = 4;

/** `12 Mar 2027 · 1 gap opens: Checkout has a single expert; 2 gaps close: …`. */
export function formatMark(mark: TimeMark): string {
  const said = (verbs: [string, string], total: number, named: string[]) =>
    total === 0
      ? []
      : [
          `${count(total, `gap ${verbs[0]}`, `gaps ${verbs[1]}`)}: ${named.join(', ')}${more(total - named.length)}`,
        ];
  const parts = [
    ...said(['opens', 'open'], mark.opens, mark.opened),
    ...said(['closes', 'close'], mark.closes, mark.closed),
  ];
  return `${date(mark.day)} · ${parts.join('; ')}`;
}

function more(rest: number): string {
  return rest > 0 ? ` and ${number(rest)} more` : '';
}

function moreDates(rest: number): string {
  return rest > 0 ? `\nand ${count(rest, 'more date')}` : '';
}

/** The next day with a mark, or the one before; none at the end of the line. */
export function adjacentMarkedDay(marks: TimeMark[], day: string, direction: 1 | -1): string | undefined {
  if (direction > 0) return marks.find((mark) => mark.day > day)?.day;
  return marks.findLast((mark) => mark.day < day)?.day;
}
