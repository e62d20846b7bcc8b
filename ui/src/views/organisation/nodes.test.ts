import { expect, test } from 'vitest';
import type { PositionNode, Staff, TeamNode } from '../../ipc/client';
import { foldedAtFirst, layOut } from './layout';
import { byManager, entityOf, treeOf, withStaff, twin } from './nodes';

function position(id: number, manager: number | null, more: Partial<PositionNode> = {}): PositionNode {
  return {
    id,
    key: `HC-${id}`,
    title: 'Engineer',
    state: 'vacant',
    team: 1,
    manager,
    people: [],
    start: null,
    ...more,
  };
}

function team(id: number): TeamNode {
  const seats = { filled: 1, planned: 2, vacant: 3, frozen: 0 };
  return {
    id,
    key: `t${id}`,
    name: `Team ${id}`,
    parent: null,
    kind: '',
    isUnconfirmed: false,
    people: 4,
    peopleBelow: 4,
    services: 1,
    servicesBelow: 1,
    leads: [],
    seats,
    seatsBelow: seats,
    findings: { count: 0, worst: null },
  };
}

test('positions stand below whom they report to, filled or not', () => {
  const filled = position(10, null, { state: 'filled', people: ['Ada'] });
  const positions = [filled, position(11, 10), position(12, 11), position(13, null), position(14, null)];
  const roots = byManager(positions, [team(1)]);
  expect(roots.map((node) => node.title)).toEqual(['Ada', 'No manager or reports']);
  expect(roots[0]!.detail).toBe('HC-10 Engineer · Team 1');
  expect(roots[0]!.children[0]!.children.map((node) => node.id)).toEqual([12]);
  expect(roots[0]!.children[0]).toMatchObject({ isUnfilled: true, detail: 'vacant · Team 1' });
  expect(roots[1]!.children).toHaveLength(2);
});

test('a team shows its people, and its unfilled positions', () => {
  const person = { id: 5, name: 'Ada', title: 'Engineer', team: 1, role: 'lead' };
  const staff: Staff = {
    people: [person, { ...person, team: 2, role: 'member' }],
    seats: [position(20, null, { state: 'planned' }), position(21, null, { start: '2027-02-01' })],
  };
  const [first, second] = withStaff(treeOf([team(1), team(2)]), staff);
  expect(first!.children.map((node) => [node.title, node.detail])).toEqual([
    ['Ada', 'Engineer · lead'],
    ['HC-20 Engineer', 'planned'],
    ['HC-21 Engineer', 'vacant until 1 Feb 2027'],
  ]);
  // On two teams: two boxes of one person.
  const again = second!.children[0]!;
  expect(again.id).not.toBe(5);
  expect(entityOf(again)).toEqual({ kind: 'person', id: 5 });
  expect(first!.detail).toBe('4 people · 2 planned · 3 vacant');
});

test('somebody on three teams has three boxes, whatever the numbers of IDs', () => {
  const [person, team] = [200_508_318_797_232, 200_508_318_797_001];
  const boxes = [twin(person, team), twin(person, team + 1), twin(person + 1, team)];
  expect(new Set(boxes).size).toBe(3);
  expect(twin(person, team)).toBe(boxes[0]);
});

test('thousands of positions are folded to what can be read', () => {
  const positions = Array.from({ length: 5000 }, (_, at) =>
    position(at + 1, at === 0 ? null : Math.ceil(at / 6)),
  );
  const roots = byManager(positions, []);
  const picture = layOut(roots, foldedAtFirst(roots));
  expect(picture.boxes.length).toBeLessThanOrEqual(120);
});
