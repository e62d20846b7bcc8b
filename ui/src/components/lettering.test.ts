import { expect, it } from 'vitest';
import { letteringAt } from './lettering';

it('is never smaller than can be read, nor higher than its box', () => {
  for (const height of [26, 42, 62])
    for (let zoom = 0.05; zoom <= 2.5; zoom += 0.01) {
      const lettering = letteringAt(zoom, height);
      if (!lettering) continue;
      expect(lettering.size * zoom).toBeGreaterThanOrEqual(11);
      expect(lettering.size).toBeLessThanOrEqual(height);
      if (lettering.hasDetail) expect(11 * zoom).toBeGreaterThanOrEqual(10.94);
    }
});

it('says all at its own size, the name from afar, and nothing from very far', () => {
  expect(letteringAt(1, 42)).toEqual({ size: 12.5, hasDetail: true });
  expect(letteringAt(0.9, 42)).toEqual({ size: 12.5, hasDetail: false });
  expect(letteringAt(0.5, 42)).toEqual({ size: 22, hasDetail: false });
  expect(letteringAt(0.2, 42)).toBeNull();
  expect(letteringAt(0.4, 26)).toBeNull();
});
