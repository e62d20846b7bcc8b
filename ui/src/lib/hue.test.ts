import { expect, test } from 'vitest';
import { hueOf } from './hue';

test('every colour is used, however large the numbers of IDs are', () => {
  for (const first of [0, 2 ** 52]) {
    const hues = new Set(Array.from({ length: 8 }, (_, at) => hueOf(first + at)));
    expect(hues.size).toBe(8);
  }
});
