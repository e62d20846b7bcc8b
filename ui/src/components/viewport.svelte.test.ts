import { describe, expect, it } from 'vitest';
import { press, Viewport } from './viewport.svelte';

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

  it('is moved by Ctrl and the arrow keys as by dragging', () => {
    const seen = viewport();
    const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => {
      const event = { key, ctrlKey: false, metaKey: false, altKey: false, preventDefault() {}, ...held };
      press(
        event as KeyboardEvent,
        seen.keys(() => {}),
      );
    };
    const { x, y } = seen;
    pressed('ArrowRight', { ctrlKey: true });
    pressed('ArrowDown', { ctrlKey: true });
    expect([seen.x, seen.y]).toEqual([x - 80, y - 80]);
    pressed('ArrowLeft', { metaKey: true });
    pressed('ArrowUp', { ctrlKey: true });
    expect([seen.x, seen.y]).toEqual([x, y]);
    pressed('ArrowLeft');
    pressed('ArrowLeft', { ctrlKey: true, altKey: true });
    expect([seen.x, seen.y]).toEqual([x, y]);
    pressed('+', { ctrlKey: true });
    expect(seen.zoom).toBe(1);
  });
});
