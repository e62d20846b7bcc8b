//! The dependency matrix as numbers, ready to be drawn many times a second.

import type { MapMatrix, MapNodeView } from '../../ipc/client';
import { facetOf, type ColourBy, type Facet } from './color-by';

/** Width and height of a cell at 100 %. */
export const CELL = 12;

export interface MatrixScene {
  matrix: MapMatrix;
  size: number;
  facets: Facet[];
  /** Where the cells of each row begin, and one more. */
  starts: Uint32Array;
  columns: Uint32Array;
  kinds: Uint8Array;
  /** Position of each service by its id. */
  places: Map<number, number>;
}

/** What a cell is, which decides its colour. */
export const kind = { within: 0, across: 1, cycle: 2, implied: 3 } as const;

export function matrixScene(matrix: MapMatrix, by: ColourBy, day: string): MatrixScene {
  const size = matrix.nodes.length;
  const band = blocks(size, matrix.bands, -1);
  const cycle = blocks(size, matrix.cycles, -1);
  const all: [number, number, number][] = [];
  const add = (pairs: number[], isImplied: boolean) => {
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const [row, column] = [pairs[at]!, pairs[at + 1]!];
      const isCycle = row === column || (cycle[row] !== -1 && cycle[row] === cycle[column]);
      const own = band[row] === band[column] ? kind.within : kind.across;
      all.push([row, column, isImplied ? kind.implied : isCycle ? kind.cycle : own]);
    }
  };
  add(matrix.cells, false);
  add(matrix.implied, true);
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const starts = new Uint32Array(size + 1);
  for (const [row] of all) starts[row + 1]! += 1;
  for (let row = 0; row < size; row += 1) starts[row + 1]! += starts[row]!;
  return {
    matrix,
    size,
    facets: matrix.nodes.map((node) => facetOf(node, by, matrix.owners, day)),
    starts,
    columns: Uint32Array.from(all, ([, column]) => column),
    kinds: Uint8Array.from(all, ([, , kind]) => kind),
    places: new Map(matrix.nodes.map((node, at) => [node.entity?.id ?? -1, at])),
  };
}

function blocks(size: number, stretches: { start: number; end: number }[], none: number): Int32Array {
  const block = new Int32Array(size).fill(none);
  stretches.forEach(({ start, end }, at) => block.fill(at, start, end));
  return block;
}

/** The cell's place among the cells, or -1 where there is no dependency. */
export function find(scene: MatrixScene, row: number, column: number): number {
  let [low, high] = [scene.starts[row]!, scene.starts[row + 1]!];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scene.columns[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low < scene.starts[row + 1]! && scene.columns[low] === column ? low : -1;
}

/** The next dependency from a cell in a direction, in the same row or column; undefined when there is none. */
export function nextFilled(
  scene: MatrixScene,
  row: number,
  column: number,
  down: number,
  right: number,
): [number, number] | undefined {
  let [r, c] = [row + down, column + right];
  while (r >= 0 && c >= 0 && r < scene.size && c < scene.size) {
    if (find(scene, r, c) !== -1) return [r, c];
    [r, c] = [r + down, c + right];
  }
  return undefined;
}

/** A cell in words. */
export function cellText(scene: MatrixScene, row: number, column: number): string {
  const [from, to] = [scene.matrix.nodes[row], scene.matrix.nodes[column]];
  if (!from || !to) return '';
  const at = find(scene, row, column);
  if (at === -1) return row === column ? from.title : `${from.title} does not depend directly on ${to.title}`;
  const what = scene.kinds[at];
  const more =
    what === kind.cycle ? ' (dependency cycle)' : what === kind.implied ? ' via hidden services' : '';
  return `${from.title} depends on ${row === column ? 'itself' : `${to.title}${more}`}`;
}

export const detailOf = (scene: MatrixScene, at: number, node: MapNodeView): string =>
  `${node.title}: ${scene.facets[at]!.label}`;
