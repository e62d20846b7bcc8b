import { expect, it } from 'vitest';
import { placeBeside } from './float';

const size = { width: 240, height: 280 };
const room = { width: 1024, height: 700 };

it('stands under the field, and above it at the foot of the window', () => {
  expect(placeBeside({ left: 100, top: 100, bottom: 128 }, size, room)).toEqual({ left: 100, top: 132 });
  expect(placeBeside({ left: 100, top: 660, bottom: 688 }, size, room)).toEqual({ left: 100, top: 376 });
});

it('stays within the window', () => {
  expect(placeBeside({ left: 1000, top: 100, bottom: 128 }, size, room).left).toBe(1024 - 240 - 8);
  expect(placeBeside({ left: -20, top: 100, bottom: 128 }, size, room).left).toBe(8);
  const low = placeBeside({ left: 0, top: 150, bottom: 178 }, size, { width: 400, height: 330 });
  expect(low.top).toBe(330 - 280 - 8);
});
