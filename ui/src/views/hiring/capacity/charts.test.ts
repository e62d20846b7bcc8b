import { expect, test } from 'vitest';
import { people, percent, place, tenths } from './charts';
import { wholeNumber } from './choice';

test('numbers of people have a decimal only where it says something', () => {
  expect([7, 6.25, -0.32, 0.01, -0.01].map(people)).toEqual(['7', '6.3', '−0.3', '0', '0']);
  expect([7, -0.01].map(tenths)).toEqual(['7.0', '0.0']);
  expect(percent(0.01345, 3)).toBe('1.345%');
});

test('a month has a short name and a long one', () => {
  expect(place('2027-03-01')).toEqual({ id: '2027-03-01', label: 'Mar 27', title: 'March 2027' });
});

test('what is typed for a number of runs is read, or nothing', () => {
  expect(['10 000', '10,000', '7', '0', '-3', 'many', '', '9999999999'].map(wholeNumber)).toEqual([
    10_000,
    10_000,
    7,
    null,
    null,
    null,
    null,
    null,
  ]);
});
