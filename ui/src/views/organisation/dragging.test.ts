import { expect, it } from 'vitest';
import type { TeamNode } from '../../ipc/client';
import { HOLDING_AREA } from '../../entities/move/entity-drag.svelte';
import { draggedNode, refusal, Tree } from './dragging';
import { namedNode, treeOf, withStaff } from './nodes';

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
const refused = (id: number, target: number) => refusal(tree, node(id), namedNode(node(target))!);

it('drops a person on every team but their own', () => {
  expect(refused(9, 2)).toBe('Ada is on Billing already');
  expect(refused(9, 3)).toBeNull();
  expect(refused(9, 9)).toBe('Drop on a team');
  expect(draggedNode(tree, node(9))).toMatchObject({ subject: { kind: 'person', id: 9 }, from: 2 });
});

it('drops a team on no team that is inside it', () => {
  expect(refused(1, 2)).toBe('Billing is inside Commerce');
  expect(refused(1, 1)).toBe('Drop on another team');
  expect(refused(2, 1)).toBe('Billing is below Commerce already');
  expect(refused(1, 3)).toBeNull();
  expect(draggedNode(tree, node(1))).toMatchObject({ subject: { kind: 'team', id: 1 }, from: null });
});

it('drops a box on a team that the chart does not show', () => {
  const elsewhere = { kind: 'team' as const, id: 77, key: '', name: 'Search', isUnconfirmed: false };
  expect(refusal(tree, node(9), elsewhere)).toBeNull();
  expect(refusal(tree, node(2), elsewhere)).toBeNull();
});

it('leaves the heads of groups where they are', () => {
  const head = { id: -1, kind: 'group' as const, title: '', detail: '', children: [] };
  expect(draggedNode(tree, head)).toBeNull();
});

it('drops people on the holding area, and no team', () => {
  expect(refusal(tree, node(9), HOLDING_AREA)).toBeNull();
  expect(refusal(tree, node(2), HOLDING_AREA)).toBe('Only people and positions are held');
});
