import { expect, it } from 'vitest';
import { formatDays, plotRange } from './quartiles';

const spread = (least: number, most: number) => ({
  count: 2,
  least,
  firstQuartile: least,
  median: (least + most) / 2,
  thirdQuartile: most,
  most,
});

it('lays all spreads on one line that has the start', () => {
  expect(plotRange([])).toEqual([0, 5]);
  expect(plotRange([spread(3, 41), null])).toEqual([0, 45]);
  expect(plotRange([spread(-4, 2)])).toEqual([-4, 5]);
});

it('writes days with at most one decimal', () => {
  expect(formatDays(12)).toBe('12');
  expect(formatDays(-3.55)).toBe('−3.5');
});
