import { expect, it } from 'vitest';
import type { TeamNode } from '../../ipc/client';
import { isMovable, refusal, requestOf, Tree } from './dragging';
import { treeOf, withStaff } from './nodes';

const seats = { filled: 0, planned: 0, vacant: 0, frozen: 0 };
function team(id: number, name: string, parent: number | null): TeamNode {
  return {
    id,
    name,
    parent,
    key: name,
    kind: '',
    isUnconfirmed: false,
    people: 0,
    peopleBelow: 0,
    services: 0,
    servicesBelow: 0,
    leads: [],
    seats,
    seatsBelow: seats,
    findings: { count: 0, worst: null },
  } as unknown as TeamNode;
}

const roots = withStaff(
  treeOf([team(1, 'Commerce', null), team(2, 'Billing', 1), team(3, 'Payments', null)]),
  {
    people: [{ id: 9, name: 'Ada', title: '', team: 2, role: 'member' }],
    seats: [],
  } as never,
);
const tree = new Tree(roots);
const node = (id: number) => tree.node(id)!;

it('drops a person on every team but their own', () => {
  expect(refusal(tree, node(9), node(2))).toBe('Ada is on Billing already');
  expect(refusal(tree, node(9), node(3))).toBeNull();
  expect(refusal(tree, node(9), node(9))).toBe('Drop on a team');
  expect(requestOf(tree, node(9), node(3))).toMatchObject({ kind: 'person', id: 9, from: 2, to: { id: 3 } });
});

it('drops a team on no team that is inside it', () => {
  expect(refusal(tree, node(1), node(2))).toBe('Billing is inside Commerce');
  expect(refusal(tree, node(1), node(1))).toBe('Drop on another team');
  expect(refusal(tree, node(2), node(1))).toBe('Billing is below Commerce already');
  expect(requestOf(tree, node(1), node(2))).toBeNull();
  expect(requestOf(tree, node(1), node(3))).toMatchObject({ kind: 'team', id: 1, from: null });
});

it('leaves the heads of groups where they are', () => {
  expect(isMovable({ id: -1, kind: 'group', title: '', detail: '', children: [] })).toBe(false);
});
