//! Where the boxes of the team chart go. Children that are all leaves stand in a block of several columns, so that a flat
//! organisation of hundreds stays readable.

import type { ChartNode } from './nodes';
import { placeDown } from './layout-down';
import { placeRight } from './layout-right';

/** From left to right with what is known of each, the same in small boxes, and from top to bottom. */
export type Arrangement = 'right' | 'compact' | 'down';
/** What they are tried in, where none was chosen. */
export const arrangements: { id: Arrangement; title: string }[] = [
  { id: 'right', title: 'Left to right' },
  { id: 'down', title: 'Top to bottom' },
  { id: 'compact', title: 'Compact' },
];

export interface BoxSize {
  width: number;
  height: number;
}

/** Of a box: a line for the name, one for figures, and one for who leads a team. */
const SIZES = { name: 30, figures: 46, lead: 62 };
const WIDTHS: Record<Arrangement, number> = { right: 216, compact: 196, down: 208 };

export interface Box extends BoxSize {
  node: ChartNode;
  x: number;
  y: number;
  isFolded: boolean;
  /** Boxes hidden behind it. */
  hidden: number;
}

export interface Wire {
  from: number;
  to: number;
  path: string;
}

export interface Picture {
  arrangement: Arrangement;
  boxes: Box[];
  wires: Wire[];
  width: number;
  height: number;
}

function countBelow(node: ChartNode): number {
  return node.children.reduce((sum, child) => sum + 1 + countBelow(child), 0);
}

/** The nodes of each level, from the roots down. */
function levelsOf(roots: ChartNode[]): ChartNode[][] {
  const levels: ChartNode[][] = [];
  for (let level = roots; level.length > 0; level = level.flatMap((node) => node.children))
    levels.push(level);
  return levels;
}

export function depthOf(roots: ChartNode[]): number {
  return levelsOf(roots).length;
}

/** What is folded where a number of levels is shown. */
export function foldedBelow(roots: ChartNode[], levels: number): Set<number> {
  const last = levelsOf(roots)[levels - 1] ?? [];
  return new Set(last.filter((node) => node.children.length > 0).map((node) => node.id));
}

/** Folded at first: from the deepest level up, until what is left can be read. */
export function foldedAtFirst(roots: ChartNode[], readable = 120): Set<number> {
  const levels = levelsOf(roots);
  let shown = levels.reduce((sum, nodes) => sum + nodes.length, 0);
  let depth = levels.length;
  while (depth > 1 && shown > readable) {
    depth -= 1;
    shown -= levels[depth]!.length;
  }
  return depth === levels.length ? new Set() : foldedBelow(roots, depth);
}

export function layOut(
  roots: ChartNode[],
  folded: ReadonlySet<number>,
  arrangement: Arrangement = 'right',
): Picture {
  const picture: Picture = { arrangement, boxes: [], wires: [], width: 0, height: 0 };
  const sheet: Sheet = {
    picture,
    folded,
    width: WIDTHS[arrangement],
    heightOf: (node) => (arrangement === 'compact' ? SIZES.name : node.lead ? SIZES.lead : SIZES.figures),
  };
  const size = arrangement === 'down' ? placeDown(roots, sheet) : placeRight(roots, sheet);
  picture.width = size.width;
  picture.height = size.height;
  return picture;
}

/** The first arrangement that is seen whole in this room; the first of all if none is. */
export function fittingArrangement(
  roots: ChartNode[],
  folded: ReadonlySet<number>,
  room: BoxSize,
): Arrangement {
  const fits = ({ id }: { id: Arrangement }) => {
    const { width, height } = layOut(roots, folded, id);
    return width <= room.width && height <= room.height;
  };
  return (arrangements.find(fits) ?? arrangements[0]!).id;
}

/** What a picture is drawn on. */
export interface Sheet {
  picture: Picture;
  folded: ReadonlySet<number>;
  /** Of every box. */
  width: number;
  heightOf: (node: ChartNode) => number;
}

/** Draws a box. */
export function put(sheet: Sheet, node: ChartNode, x: number, y: number): Box {
  const isFolded = sheet.folded.has(node.id) && node.children.length > 0;
  const { width } = sheet;
  const hidden = isFolded ? countBelow(node) : 0;
  const box = { node, x, y, width, height: sheet.heightOf(node), isFolded, hidden };
  sheet.picture.boxes.push(box);
  return box;
}

/** Those that show nothing below them, and the others. */
export function parted(nodes: ChartNode[], folded: ReadonlySet<number>): [ChartNode[], ChartNode[]] {
  const isLeaf = (node: ChartNode) => node.children.length === 0 || folded.has(node.id);
  return [nodes.filter(isLeaf), nodes.filter((node) => !isLeaf(node))];
}

/** Between the boxes of a block. */
export const BETWEEN = { across: 12, down: 10 };
/** Leaves stand in one column up to this many. */
const ONE_COLUMN = 8;

/** A block of leaves, and its first column. */
export interface Block extends BoxSize {
  first: Box[];
}

export function putBlock(sheet: Sheet, leaves: ChartNode[], x: number, y: number): Block {
  const step = {
    across: sheet.width + BETWEEN.across,
    down: Math.max(...leaves.map(sheet.heightOf)) + BETWEEN.down,
  };
  const wanted = Math.ceil(Math.sqrt((leaves.length * step.down * 1.5) / step.across));
  const columns = leaves.length <= ONE_COLUMN ? 1 : wanted;
  const rows = Math.ceil(leaves.length / columns);
  const boxes = leaves.map((node, at) =>
    put(sheet, node, x + Math.floor(at / rows) * step.across, y + (at % rows) * step.down),
  );
  return {
    first: boxes.slice(0, rows),
    width: Math.ceil(leaves.length / rows) * step.across - BETWEEN.across,
    height: rows * step.down - BETWEEN.down,
  };
}
