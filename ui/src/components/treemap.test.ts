import { expect, test } from 'vitest';
import { treemap } from './treemap';

test('areas are in proportion and fill the rectangle', () => {
  const amounts = [6, 6, 4, 3, 2, 2, 1];
  const areas = treemap(amounts, 600, 400);
  const sizes = areas.map((area) => (area ? area.width * area.height : 0));
  sizes.forEach((size, at) => expect(size).toBeCloseTo(((amounts[at] ?? 0) / 24) * 240_000, 3));
  for (const area of areas) {
    expect(area).not.toBeNull();
    if (!area) continue;
    expect(area.x + area.width).toBeLessThanOrEqual(600.001);
    expect(area.y + area.height).toBeLessThanOrEqual(400.001);
    expect(Math.max(area.width / area.height, area.height / area.width)).toBeLessThan(3);
  }
});

test('the published example begins with two areas above each other', () => {
  const [first, second, third] = treemap([6, 6, 4, 3, 2, 2, 1], 6, 4);
  expect(first).toEqual({ x: 0, y: 0, width: 3, height: 2 });
  expect(second).toEqual({ x: 0, y: 2, width: 3, height: 2 });
  expect(third?.x).toBe(3);
});

test('nothing and credits have no area', () => {
  expect(treemap([0, -5, 3], 10, 10)).toEqual([null, null, { x: 0, y: 0, width: 10, height: 10 }]);
  expect(treemap([], 10, 10)).toEqual([]);
  expect(treemap([1], 0, 10)).toEqual([null]);
});
