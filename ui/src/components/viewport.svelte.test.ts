import { describe, expect, it } from 'vitest';
import { Viewport } from './viewport.svelte';

const viewport = () => {
  const made = new Viewport({ least: 0.1, most: 2, readable: 1 });
  [made.width, made.height] = [400, 300];
  return made;
};

describe('a viewport', () => {
  it('fits as small as can be read, and all of it when asked again', () => {
    const large = { x: 0, y: 0, width: 2000, height: 400 };
    const seen = viewport();
    seen.fit(large);
    expect(seen.zoom).toBe(1);
    seen.fitAgain(large);
    expect(seen.zoom).toBeCloseTo(352 / 2000);
    seen.fitAgain(large);
    expect(seen.zoom).toBe(1);
  });

  it('fits anew after it was moved', () => {
    const large = { x: 0, y: 0, width: 2000, height: 400 };
    const seen = viewport();
    seen.fit(large);
    seen.moveBy(-300, 0);
    seen.fitAgain(large);
    expect([seen.zoom, seen.x]).toEqual([1, 24]);
  });
});
