import { expect, test } from 'vitest';
import { readDate, type Edge } from './dates';

/** A Wednesday. */
const at = { from: '2026-11-25', today: '2026-10-05' };
const read = (typed: string, edge?: Edge) => readDate(typed, at, edge).day;

test('days are read as they are written', () => {
  for (const typed of [
    '2027-03-12',
    '12 Mar 2027',
    '12 march 2027',
    '12 MAR 2027',
    '12.3.2027',
    ' 12. 3. 2027',
    'Fri 12 Mar 2027',
    'March 12, 2027',
    '12th of march 2027',
    '12\u00a0Mar\u00a02027',
  ]) {
    expect(read(typed), typed).toBe('2027-03-12');
  }
});

test('without a year it is the next such day from the day shown', () => {
  expect(read('1 Jan')).toBe('2027-01-01');
  expect(read('25 nov')).toBe('2026-11-25');
  expect(read('24 nov')).toBe('2027-11-24');
  expect(read('1.1.')).toBe('2027-01-01');
  expect(read('jan 1')).toBe('2027-01-01');
  expect(read('29 feb')).toBe('2028-02-29');
  expect(readDate('29 feb', { from: '2096-03-01', today: '2096-03-01' }).day).toBe('2104-02-29');
});

test('weekdays are the next ones after the day shown', () => {
  expect(read('monday')).toBe('2026-11-30');
  expect(read('next mon')).toBe('2026-11-30');
  expect(read('Thurs')).toBe('2026-11-26');
  expect(read('wed')).toBe('2026-12-02');
  expect(read('next week')).toBe('2026-11-30');
});

test('today is today, whatever day is shown', () => {
  expect(read('today')).toBe('2026-10-05');
  expect(read('Tomorrow')).toBe('2026-10-06');
  expect(read('yesterday')).toBe('2026-10-04');
});

test('days ahead and ago count from the day shown', () => {
  expect(read('+2w')).toBe('2026-12-09');
  expect(read('-3d')).toBe('2026-11-22');
  expect(read('−3 days')).toBe('2026-11-22');
  expect(read('+1m')).toBe('2026-12-25');
  expect(read('in 2 weeks')).toBe('2026-12-09');
  expect(read('1 year ago')).toBe('2025-11-25');
  expect(readDate('+1m', { from: '2027-01-31', today: '' }).day).toBe('2027-02-28');
});

test('months and quarters are their first day, or the last where an end is asked for', () => {
  expect(read('q3')).toBe('2027-07-01');
  expect(read('Q3 2027')).toBe('2027-07-01');
  expect(read('2027-Q3', 'last')).toBe('2027-09-30');
  expect(read('q4')).toBe('2027-10-01');
  expect(read('q4', 'last')).toBe('2026-12-31');
  expect(read('march')).toBe('2027-03-01');
  expect(read('feb 2028', 'last')).toBe('2028-02-29');
  expect(read('next quarter')).toBe('2027-01-01');
  expect(read('next month', 'last')).toBe('2026-12-31');
});

test('what is no day is refused in words, with an example', () => {
  const problem = (typed: string) => readDate(typed, at).problem;
  expect(problem('31.2.2027')).toMatch(/no such day as 31\.2\.2027.*e\.g\. 12 Mar 2027/);
  expect(problem('31 feb')).toMatch(/no such day/);
  expect(problem('2027-13-01')).toMatch(/no such day/);
  expect(problem('3/12/2027')).toMatch(/two days.*12 Mar 2027/);
  expect(problem('1 Jan 2300')).toBe('Years go from 1900 to 2199');
  for (const typed of ['', 'soon', '12 Foo 2027', '12 Mar 20277', 'ma', 'q5', '+2', '+2x', 'next', '2027']) {
    expect(problem(typed), typed).toMatch(/is not a date.*next mon/);
  }
});
