import { expect, test } from 'vitest';
import type { TeamNode } from '../../ipc/client';
import { BOX, foldedAtFirst, layOut, type Picture } from './layout';
import { byKind, treeOf } from './nodes';

function team(id: number, parent: number | null, kind = ''): TeamNode {
  const findings = { count: 0, worst: null };
  const seats = { filled: 0, planned: 0, vacant: 0, frozen: 0 };
  return {
    id,
    parent,
    kind,
    findings,
    seats,
    seatsBelow: seats,
    key: `t${id}`,
    name: `Team ${id}`,
    isUnconfirmed: false,
    people: 0,
    peopleBelow: 0,
    services: 0,
    servicesBelow: 0,
    leads: [],
  };
}

/** Five levels, 275 teams and more. */
function large(): TeamNode[] {
  const teams = [team(1, null)];
  for (let id = 2; id <= 300; id += 1) teams.push(team(id, Math.floor((id - 2) / 4) + 1));
  return teams;
}

function overlaps({ boxes }: Picture): number {
  let found = 0;
  boxes.forEach((a, at) =>
    boxes.slice(at + 1).forEach((b) => {
      if (Math.abs(a.x - b.x) < BOX.width && Math.abs(a.y - b.y) < BOX.height) found += 1;
    }),
  );
  return found;
}

test('no two boxes overlap, and every team is drawn once', () => {
  const picture = layOut(treeOf(large()), new Set());
  expect(picture.boxes).toHaveLength(300);
  expect(overlaps(picture)).toBe(0);
  expect(new Set(picture.boxes.map((box) => box.node.id)).size).toBe(300);
});

test('a flat organisation becomes a block, not a column', () => {
  const picture = layOut(treeOf(Array.from({ length: 275 }, (_, at) => team(at + 1, null))), new Set());
  expect(overlaps(picture)).toBe(0);
  expect(picture.width / picture.height).toBeGreaterThan(1);
  expect(picture.width / picture.height).toBeLessThan(3);
});

test('folding hides what is below and says how many', () => {
  const roots = treeOf(large());
  const folded = foldedAtFirst(roots);
  const picture = layOut(roots, folded);
  expect(picture.boxes.length).toBeLessThanOrEqual(120);
  const hidden = picture.boxes.reduce((sum, box) => sum + box.hidden, 0);
  expect(picture.boxes.length + hidden).toBe(300);
});

test('a parent that is not there makes a root, and kinds make groups', () => {
  expect(treeOf([team(1, 99), team(2, 1)]).map((node) => node.id)).toEqual([1]);
  const groups = byKind([team(1, null, 'platform'), team(2, 1, 'platform'), team(3, null)]);
  expect(groups.map((group) => [group.title, group.children.length])).toEqual([
    ['platform', 2],
    ['No type', 1],
  ]);
});
