import { expect, test } from 'vitest';
import { bands, linear } from './scale';

test('a line goes from round number to round number', () => {
  const y = linear([0, 93], [100, 0], 4);
  expect(y.ticks(4)).toEqual([0, 20, 40, 60, 80, 100]);
  expect([y(0), y(50), y(100)]).toEqual([100, 50, 0]);
});

test('bands share the room', () => {
  const x = bands(4, [10, 90], 0.2, 0.1);
  expect([x.step(), x.bandwidth()]).toEqual([20, 16]);
  expect([x(0), x(3), x(4)]).toEqual([12, 72, undefined]);
});

test('charts can be drawn where the prototypes are frozen, as they are in the window', async () => {
  const descriptor = Object.getOwnPropertyDescriptor(Object.prototype, 'constructor')!;
  Object.defineProperty(Object.prototype, 'constructor', { ...descriptor, writable: false });
  try {
    const { draw } = await import('./draw');
    const chart = {
      title: 'T',
      places: [{ id: 'a', label: 'A', title: 'A' }],
      marks: [{ kind: 'bars' as const, id: 'b', title: 'B', ink: 'hue-1', values: [3] }],
      format: String,
    };
    expect(draw(chart, 400, 200).shapes.length).toBeGreaterThan(2);
  } finally {
    Object.defineProperty(Object.prototype, 'constructor', descriptor);
  }
});
