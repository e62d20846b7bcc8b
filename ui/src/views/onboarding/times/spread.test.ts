import { expect, it } from 'vitest';
import { days, ends } from './spread';

const spread = (least: number, most: number) => ({
  count: 2,
  least,
  firstQuartile: least,
  median: (least + most) / 2,
  thirdQuartile: most,
  most,
});

it('lays all spreads on one line that has the start', () => {
  expect(ends([])).toEqual([0, 5]);
  expect(ends([spread(3, 41), null])).toEqual([0, 45]);
  expect(ends([spread(-4, 2)])).toEqual([-4, 5]);
});

it('writes days with at most one decimal', () => {
  expect(days(12)).toBe('12');
  expect(days(-3.55)).toBe('−3.5');
});
