import { expect, test } from 'vitest';
import type { TimeMark } from '../ipc/client';
import { groupMarks, adjacentMarkedDay, formatMark } from './slider-marks';
import { daysBetween } from '../lib/format';

function mark(day: string, opened: string[], closed: string[] = [], opens = opened.length): TimeMark {
  return { day, opens, closes: closed.length, opened, closed };
}

const marks = [
  mark('2027-03-01', ['Checkout has a single expert']),
  mark('2027-03-03', ['Billing has no owner'], ['Search has no owner'], 3),
  mark('2027-06-01', [], ['Checkout has a single expert']),
];

test('a mark says what opens and what closes', () => {
  expect(formatMark(marks[1]!)).toBe(
    '3 Mar 2027 · 3 gaps open: Billing has no owner and 2 more; 1 gap closes: Search has no owner',
  );
});

test('marks that would touch are one', () => {
  const found = groupMarks(marks, 5, (day) => daysBetween('2027-01-01', day));
  expect(found.map(({ day, opens, closes }) => [day, opens, closes])).toEqual([
    ['2027-03-01', 4, 1],
    ['2027-06-01', 0, 1],
  ]);
  expect(found[0]!.words.split('\n')).toHaveLength(2);
});

test('the next mark lies after the day, the last one before it', () => {
  expect(adjacentMarkedDay(marks, '2027-03-01', 1)).toBe('2027-03-03');
  expect(adjacentMarkedDay(marks, '2027-03-02', -1)).toBe('2027-03-01');
  expect(adjacentMarkedDay(marks, '2027-06-01', 1)).toBeUndefined();
});
