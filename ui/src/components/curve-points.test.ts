import { expect, test } from 'vitest';
import { points } from './curve-points';

test('points reach from the lowest to the highest value', () => {
  expect(points([1, 3, 2], 100, 20)).toEqual([
    { at: 0, x: 0, y: 20 },
    { at: 1, x: 50, y: 0 },
    { at: 2, x: 100, y: 10 },
  ]);
  expect(points([5, 5], 100, 20).map((point) => point.y)).toEqual([10, 10]);
  expect(points([null, 4], 100, 20)).toEqual([{ at: 1, x: 100, y: 10 }]);
  expect(points([], 100, 20)).toEqual([]);
});
