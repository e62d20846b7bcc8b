//! The marks on the time line: days on which gaps open and close, put together where they would touch.

import type { TimeMark } from '../ipc/client';
import { count, date } from './words';

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
export function apart(marks: TimeMark[], days: number, offset: (day: string) => number): Mark[] {
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
    words: group.slice(0, LINES).map(inWords).join('\n') + more(group.length - LINES, 'day'),
  }));
}

/** Days that a mark spells out. */
const LINES = 4;

/** `12 Mar 2027: opens: Checkout rests on one person; closes: …`. */
export function inWords(mark: TimeMark): string {
  const said = (verb: string, total: number, named: string[]) =>
    total === 0 ? [] : [`${verb}: ${named.join(', ')}${more(total - named.length, 'gap')}`];
  const parts = [...said('opens', mark.opens, mark.opened), ...said('closes', mark.closes, mark.closed)];
  return `${date(mark.day)}: ${parts.join('; ')}`;
}

function more(rest: number, noun: string): string {
  return rest > 0 ? ` and ${count(rest, `more ${noun}`)}` : '';
}

/** The next day with a mark, or the one before; none at the end of the line. */
export function beside(marks: TimeMark[], day: string, direction: 1 | -1): string | undefined {
  if (direction > 0) return marks.find((mark) => mark.day > day)?.day;
  return marks.findLast((mark) => mark.day < day)?.day;
}
