import { expect, test } from 'vitest';
import type { TeamNode } from '../../ipc/client';
import { arrangements, depthOf, foldedAtFirst, foldedBelow, layOut, type Picture } from './layout';
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
      const isBeside = a.x >= b.x + b.width || b.x >= a.x + a.width;
      const isBelow = a.y >= b.y + b.height || b.y >= a.y + a.height;
      if (!isBeside && !isBelow) found += 1;
    }),
  );
  return found;
}

/** Every fifth has somebody who leads it, so that boxes differ in height. */
const uneven = () => treeOf(large().map((team) => (team.id % 5 ? team : { ...team, leads: ['Ada Byron'] })));

test.each(arrangements)('no two boxes overlap, and every team is drawn once: $title', ({ id }) => {
  for (const levels of [5, 3, 2, 1]) {
    const roots = uneven();
    const picture = layOut(roots, foldedBelow(roots, levels), id);
    expect(overlaps(picture)).toBe(0);
    expect(new Set(picture.boxes.map((box) => box.node.id)).size).toBe(picture.boxes.length);
    expect(picture.boxes.reduce((sum, box) => sum + 1 + box.hidden, 0)).toBe(300);
    for (const box of picture.boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
      expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
    }
  }
});

test('as many levels are shown as are asked for', () => {
  const roots = treeOf(large());
  expect(depthOf(roots)).toBe(5);
  expect(layOut(roots, foldedBelow(roots, 1)).boxes).toHaveLength(1);
  expect(layOut(roots, foldedBelow(roots, 2)).boxes).toHaveLength(5);
  expect(layOut(roots, foldedBelow(roots, 5)).boxes).toHaveLength(300);
  expect(depthOf([])).toBe(0);
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
