import { expect, test } from 'vitest';
import { layOut, emptyLayout, type Layout, type Link, type Sized } from './layout';
import { updateLayout } from './incremental-layout';

const node = (key: string): Sized => ({ key, width: 184, height: 42 });
const nodes = (...keys: string[]) => keys.map(node);
const links = (...pairs: string[]): Link[] =>
  pairs.map((pair) => ({ from: pair.split('>')[0]!, to: pair.split('>')[1]! }));

function overlaps(places: Map<string, { x: number; y: number }>): string[] {
  const all = [...places];
  return all.flatMap(([one, a], at) =>
    all
      .slice(at + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < 184 && Math.abs(a.y - b.y) < 42)
      .map(([other]) => `${one} on ${other}`),
  );
}

function first(): Layout {
  return layOut(nodes('a', 'b', 'c', 'd'), links('a>b', 'b>c', 'a>d'));
}

test('what was there does not move when something comes', () => {
  const memory = first();
  const before = new Map(memory.places);
  const after = updateLayout(
    memory,
    nodes('a', 'b', 'c', 'd', 'e', 'f'),
    links('a>b', 'b>c', 'a>d', 'e>b', 'f>e'),
  )!;
  for (const [key, place] of before) expect(after.get(key)).toEqual(place);
  expect(overlaps(after)).toEqual([]);
  expect(after.get('e')!.x).toBeLessThan(after.get('b')!.x);
  expect(after.get('f')!.x).toBeLessThan(after.get('e')!.x);
});

test('what goes and comes back finds its old place', () => {
  const memory = first();
  const before = new Map(memory.places);
  const without = updateLayout(memory, nodes('a', 'c', 'd'), links('a>d'))!;
  expect([...without.keys()]).toEqual(['a', 'c', 'd']);
  updateLayout(memory, nodes('a', 'c', 'd', 'new'), links('a>d', 'new>d'));
  const back = updateLayout(memory, nodes('a', 'b', 'c', 'd', 'new'), links('a>b', 'b>c', 'a>d', 'new>d'))!;
  expect(back.get('b')).toEqual(before.get('b'));
  expect(back.get('a')).toEqual(before.get('a'));
});

test('many new neighbours of one node all find room', () => {
  const memory = first();
  const many = Array.from({ length: 60 }, (_, at) => `n${at}`);
  const after = updateLayout(
    memory,
    nodes('a', 'b', 'c', 'd', ...many),
    links(...many.map((key) => `${key}>c`)),
  )!;
  expect(after.size).toBe(64);
  expect(overlaps(after)).toEqual([]);
});

test('a map of which nothing is known is laid out anew', () => {
  expect(updateLayout(first(), nodes('x', 'y'), links('x>y'))).toBeNull();
  expect(updateLayout(emptyLayout(), [], [])).toEqual(new Map());
});
