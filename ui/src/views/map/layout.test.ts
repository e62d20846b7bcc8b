import { expect, test } from 'vitest';
import { layOut, type Sized } from './layout';

const node = (key: string): Sized => ({ key, width: 184, height: 42 });

function overlaps(places: Map<string, { x: number; y: number }>): number {
  const all = [...places.values()];
  let found = 0;
  all.forEach((a, at) => {
    for (const b of all.slice(at + 1)) if (Math.abs(a.x - b.x) < 184 && Math.abs(a.y - b.y) < 42) found += 1;
  });
  return found;
}

test('what needs others stands left of what it needs, and every node has a place', () => {
  const { places, routes } = layOut(['a', 'b', 'c', 'd', 'alone'].map(node), [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
    { from: 'd', to: 'd' },
  ]);
  expect(places.size).toBe(5);
  expect(places.get('a')!.x).toBeLessThan(places.get('b')!.x);
  expect(places.get('b')!.x).toBeLessThan(places.get('c')!.x);
  expect(routes.has('a>c')).toBe(true);
  expect(overlaps(places)).toBe(0);
});

test('an edge bends only where something is in its way', () => {
  const links = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
  ];
  const { places, routes } = layOut(['a', 'b', 'c'].map(node), links);
  expect(routes.get('a>b')).toEqual([]);
  const bends = routes.get('a>c')!;
  expect(bends.length).toBeGreaterThan(0);
  const b = places.get('b')!;
  for (const { x, y } of bends) {
    expect(x > b.x && x < b.x + 184 && y > b.y && y < b.y + 42, `${x} ${y} lies on b`).toBe(false);
  }
});

test('a hub with a hundred dependents is no tower', () => {
  const keys = Array.from({ length: 100 }, (_, at) => `s${at}`);
  const { places } = layOut(
    ['hub', ...keys].map(node),
    keys.map((from) => ({ from, to: 'hub' })),
  );
  const tops = [...places.values()].map((place) => place.y);
  const lefts = [...places.values()].map((place) => place.x);
  expect(overlaps(places)).toBe(0);
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(2.2 * (Math.max(...lefts) - Math.min(...lefts)));
});

test('a long chain goes down rather than far to the right', () => {
  const keys = Array.from({ length: 12 }, (_, at) => `s${at}`);
  const chain = keys.slice(1).map((to, at) => ({ from: keys[at]!, to }));
  const { places, isDown } = layOut(keys.map(node), chain);
  expect(isDown).toBe(true);
  expect(places.get('s0')!.y).toBeLessThan(places.get('s11')!.y);
});

test('the same map is laid out the same', () => {
  const keys = Array.from({ length: 40 }, (_, at) => `s${at}`);
  const links = keys.flatMap((from, at) => [1, 7].map((step) => ({ from, to: keys[(at * step + 3) % 40]! })));
  expect(layOut(keys.map(node), links)).toEqual(layOut(keys.map(node), links));
});
