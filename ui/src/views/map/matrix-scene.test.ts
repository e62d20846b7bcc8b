import { expect, test } from 'vitest';
import type { MapMatrix } from '../../ipc/client';
import { node } from './fixtures';
import { cellText, find, kind, matrixScene, nextFilled } from './matrix-scene';
import { matrixSvg } from './matrix-svg';

/** Two owners; a and b wait for each other. */
const matrix: MapMatrix = {
  nodes: [node(1, 'a'), node(2, 'b'), node(3, 'c'), node(4, 'd')],
  owners: [],
  kinds: [],
  bands: [
    { title: 'One', owner: 0, start: 0, end: 3 },
    { title: 'Two', owner: 1, start: 3, end: 4 },
  ],
  cycles: [{ start: 0, end: 2 }],
  cells: [0, 1, 1, 0, 1, 2, 2, 3, 3, 3],
  implied: [0, 3],
};
const scene = matrixScene(matrix, 'tier', '2026-11-24');
const kindAt = (row: number, column: number) => scene.kinds[find(scene, row, column)];

test('every cell is found, and says what it is', () => {
  expect(scene.columns).toHaveLength(6);
  expect(kindAt(0, 1)).toBe(kind.cycle);
  expect(kindAt(1, 2)).toBe(kind.within);
  expect(kindAt(2, 3)).toBe(kind.across);
  expect(kindAt(3, 3)).toBe(kind.cycle);
  expect(kindAt(0, 3)).toBe(kind.implied);
  expect(find(scene, 3, 0)).toBe(-1);
  expect(cellText(scene, 1, 0)).toBe('b depends on a (dependency cycle)');
  expect(cellText(scene, 0, 3)).toBe('a depends on d via hidden services');
  expect(cellText(scene, 3, 0)).toBe('d does not depend directly on a');
  expect(cellText(scene, 3, 3)).toBe('d depends on itself');
});

test('a jump goes to the next dependency and stays where there is none', () => {
  expect(nextFilled(scene, 0, 1, 0, 1)).toEqual([0, 3]);
  expect(nextFilled(scene, 0, 3, 1, 0)).toEqual([2, 3]);
  expect(nextFilled(scene, 3, 0, 0, -1)).toBeUndefined();
});

test('the file holds every dependency, every name and every cycle', () => {
  const svg = matrixSvg(scene, { title: 'Matrix', note: '', legend: [] }, (token) => `[${token}]`);
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.querySelectorAll('.edge')).toHaveLength(6);
  expect(parsed.querySelectorAll('[stroke="[critical]"]')).toHaveLength(1);
  expect([...parsed.querySelectorAll('text')].filter((text) => text.textContent === 'c')).toHaveLength(2);
});
