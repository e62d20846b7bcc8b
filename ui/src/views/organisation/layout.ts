//! Where the boxes of the team chart go: from left to right, a parent beside the middle of its children. Children that
//! are all leaves stand in a block of several columns, so that a flat organisation of hundreds stays readable.

import type { ChartNode } from './nodes';

export const BOX = { width: 196, height: 46 };
const GAP = { across: 44, down: 10, column: 12, branch: 18 };
/** Leaves stand in one column up to this many. */
const ONE_COLUMN = 8;

export interface Box {
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
  boxes: Box[];
  wires: Wire[];
  width: number;
  height: number;
}

function countBelow(node: ChartNode): number {
  return node.children.reduce((sum, child) => sum + 1 + countBelow(child), 0);
}

/** Folded at first: from the deepest level up, until what is left can be read. */
export function foldedAtFirst(roots: ChartNode[], readable = 120): Set<number> {
  const levels: ChartNode[][] = [];
  let level = roots;
  while (level.length > 0) {
    levels.push(level);
    level = level.flatMap((node) => node.children);
  }
  const folded = new Set<number>();
  let shown = levels.reduce((sum, nodes) => sum + nodes.length, 0);
  for (let depth = levels.length - 1; depth > 0 && shown > readable; depth -= 1) {
    shown -= levels[depth]!.length;
    for (const node of levels[depth - 1]!) if (node.children.length > 0) folded.add(node.id);
  }
  return folded;
}

export function layOut(roots: ChartNode[], folded: ReadonlySet<number>): Picture {
  const picture: Picture = { boxes: [], wires: [], width: 0, height: 0 };
  const size = placeChildren(roots, 0, 0, folded, picture);
  picture.width = size.width;
  picture.height = size.height;
  return picture;
}

interface Size {
  width: number;
  height: number;
  /** Middles of the boxes that a wire of the parent goes to. */
  doors: { id: number; x: number; y: number }[];
}

function placeChildren(
  nodes: ChartNode[],
  x: number,
  y: number,
  folded: ReadonlySet<number>,
  to: Picture,
): Size {
  const isLeaf = (node: ChartNode) => node.children.length === 0 || folded.has(node.id);
  const leaves = nodes.filter(isLeaf);
  const branches = nodes.filter((node) => !isLeaf(node));
  const size: Size = { width: 0, height: 0, doors: [] };
  if (leaves.length > 0) placeBlock(leaves, x, y, folded, to, size);
  for (const branch of branches) {
    const top = y + size.height + (size.height > 0 ? GAP.branch : 0);
    const inner = placeBranch(branch, x, top, folded, to);
    size.doors.push(...inner.doors);
    size.width = Math.max(size.width, inner.width);
    size.height = top - y + inner.height;
  }
  return size;
}

function placeBlock(
  leaves: ChartNode[],
  x: number,
  y: number,
  folded: ReadonlySet<number>,
  to: Picture,
  size: Size,
) {
  const wanted = Math.ceil(
    Math.sqrt((leaves.length * (BOX.height + GAP.down) * 1.5) / (BOX.width + GAP.column)),
  );
  const columns = leaves.length <= ONE_COLUMN ? 1 : wanted;
  const rows = Math.ceil(leaves.length / columns);
  leaves.forEach((node, at) => {
    const left = x + Math.floor(at / rows) * (BOX.width + GAP.column);
    const top = y + (at % rows) * (BOX.height + GAP.down);
    const isFolded = folded.has(node.id) && node.children.length > 0;
    to.boxes.push({ node, x: left, y: top, isFolded, hidden: isFolded ? countBelow(node) : 0 });
    if (at < rows) size.doors.push({ id: node.id, x: left, y: top + BOX.height / 2 });
  });
  size.width = columns * (BOX.width + GAP.column) - GAP.column;
  size.height = rows * (BOX.height + GAP.down) - GAP.down;
}

function placeBranch(node: ChartNode, x: number, y: number, folded: ReadonlySet<number>, to: Picture): Size {
  const inner = placeChildren(node.children, x + BOX.width + GAP.across, y, folded, to);
  const height = Math.max(BOX.height, inner.height);
  const first = inner.doors[0];
  const last = inner.doors.at(-1);
  const middle = first && last ? (first.y + last.y) / 2 : y + BOX.height / 2;
  to.boxes.push({ node, x, y: middle - BOX.height / 2, isFolded: false, hidden: 0 });
  const right = x + BOX.width;
  for (const door of inner.doors) {
    const bend = right + GAP.across / 2;
    to.wires.push({ from: node.id, to: door.id, path: `M${right} ${middle}H${bend}V${door.y}H${door.x}` });
  }
  return {
    width: BOX.width + GAP.across + inner.width,
    height,
    doors: [{ id: node.id, x, y: middle }],
  };
}
