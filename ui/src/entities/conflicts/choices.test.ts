import { expect, test } from 'vitest';
import type { ConflictPage } from '../../ipc/client';
import { chooseAll, chooseOne, decidedCount, decisionsOf, noChoices, sideOf } from './choices';

const row = (place: number) => ({ place }) as ConflictPage['groups'][number]['rows'][number];
const group = { id: 'person:title', title: '', count: 5, rows: [row(0), row(2)] };

test('one conflict is decided, decided otherwise, and left open again', () => {
  const ours = chooseOne(noChoices, group.id, 2, 'ours');
  expect(sideOf(ours, group.id, 2)).toBe('ours');
  expect(decidedCount(ours, [group])).toBe(1);
  const theirs = chooseOne(ours, group.id, 2, 'theirs');
  expect(decisionsOf(theirs)).toEqual({ groups: [], rows: [{ place: 2, side: 'theirs' }] });
  expect(decidedCount(chooseOne(theirs, group.id, 2, 'theirs'), [group])).toBe(0);
  expect(decidedCount(chooseOne(theirs, group.id, 2, null), [group])).toBe(0);
});

test('a group is decided with those that are not listed, and single ones may differ', () => {
  const one = chooseOne(noChoices, group.id, 0, 'theirs');
  const all = chooseAll(one, group, 'ours');
  expect(decidedCount(all, [group])).toBe(5);
  expect(sideOf(all, group.id, 0)).toBe('ours');
  const but = chooseOne(all, group.id, 0, 'theirs');
  expect(sideOf(but, group.id, 0)).toBe('theirs');
  expect(sideOf(but, group.id, 2)).toBe('ours');
  expect(decidedCount(but, [group])).toBe(5);
  expect(sideOf(chooseOne(but, group.id, 0, 'theirs'), group.id, 0)).toBe('theirs');
});
