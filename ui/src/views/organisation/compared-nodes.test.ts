import { expect, test } from 'vitest';
import type { ComparedDays, ComparedMember, ComparedTeam, HeadcountSum } from '../../ipc/client';
import { comparedInWords, comparedTree, legendOf } from './compared-nodes';
import { entityOf } from './nodes';

const sum = (change: Partial<HeadcountSum>): HeadcountSum => ({
  before: 0,
  joined: 0,
  left: 0,
  movedIn: 0,
  movedOut: 0,
  after: 0,
  ...change,
});

const team = (id: number, parent: number | null, change: Partial<ComparedTeam> = {}): ComparedTeam => ({
  id,
  key: `t${id}`,
  name: `Team ${id}`,
  parent,
  kind: '',
  isUnconfirmed: false,
  state: 'kept',
  day: null,
  own: sum({ before: 2, after: 2 }),
  whole: sum({ before: 2, after: 2 }),
  servicesGained: 0,
  servicesLost: 0,
  ...change,
});

const member = (id: number, on: number, state: ComparedMember['state']): ComparedMember => ({
  id,
  name: `Person ${id}`,
  title: 'Engineer',
  team: on,
  state,
  day: state === 'kept' ? null : '2027-02-01',
});

const changed = sum({ before: 5, joined: 1, movedOut: 2, after: 4 });
const comparison: ComparedDays = {
  before: '2027-01-01',
  after: '2027-07-01',
  scenario: null,
  isInEffect: true,
  team: null,
  headcount: sum({ before: 5, joined: 1, after: 6 }),
  counts: [],
  changes: [],
  teams: [
    team(1, null, { whole: changed }),
    team(2, 1, { own: changed, whole: changed }),
    team(3, 1, { state: 'new', day: '2027-03-01', whole: sum({ movedIn: 1, after: 1 }) }),
  ],
  members: [
    member(10, 2, 'joined'),
    member(11, 2, 'kept'),
    member(12, 2, 'movedOut'),
    member(12, 3, 'movedIn'),
  ],
  positions: [{ id: 20, key: 'HC-1', title: 'Lead', team: 3, state: 'hirePlanned', day: '2027-05-03' }],
};

test('teams of both days have the people that differ below them, marked and in words', () => {
  const [root] = comparedTree(comparison, false);
  expect(root).toMatchObject({ title: 'Team 1', detail: '5 → 4 · 1 joined, 2 moved out' });
  expect(root!.mark).toBeUndefined();
  const [second, third] = root!.children;
  expect(second!.mark).toBe('changed');
  expect(second!.children.map((node) => [node.title, node.mark, node.detail])).toEqual([
    ['Person 10', 'joined', 'Joined 1 Feb 2027 · Engineer'],
    ['Person 12', 'movedOut', 'Moved out 1 Feb 2027 · Engineer'],
  ]);
  expect(third).toMatchObject({ mark: 'new', detail: 'New team 1 Mar 2027 · 0 → 1 · 1 moved in' });
  expect(third!.children.map((node) => node.detail)).toEqual([
    'Moved in 1 Feb 2027 · Engineer',
    'Planned hire 3 May 2027',
  ]);
  // The same person in a second place.
  expect(third!.children[0]!.id).not.toBe(12);
  expect(entityOf(third!.children[0]!)).toEqual({ kind: 'person', id: 12 });
  const all = comparedTree(comparison, true)[0]!.children[0]!.children;
  expect(all.map((node) => node.title)).toContain('Person 11');
});

test('the legend counts what is marked', () => {
  expect(legendOf(comparison)).toEqual([
    { id: 'joined', count: 1 },
    { id: 'movedIn', count: 1 },
    { id: 'movedOut', count: 1 },
    { id: 'new', count: 1 },
    { id: 'changed', count: 1 },
    { id: 'hirePlanned', count: 1 },
  ]);
});

test('says whether two days are compared or a scenario with the plan', () => {
  expect(comparedInWords(comparison)).toBe('1 Jan 2027 with 1 Jul 2027');
  const scenario = { kind: 'scenario' as const, id: 9, key: 'split', name: 'Split', isUnconfirmed: false };
  expect(comparedInWords({ ...comparison, before: comparison.after, scenario })).toBe(
    'Split with the plan on 1 Jul 2027',
  );
});

test('a team that a scenario puts under another one is marked', () => {
  const [root] = comparedTree(
    { ...comparison, teams: [team(1, null, { state: 'moved' })], members: [], positions: [] },
    false,
  );
  expect([root?.mark, root?.detail]).toEqual(['moved', 'Under another team · 2 people']);
});
