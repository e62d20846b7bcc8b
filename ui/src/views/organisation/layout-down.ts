//! From top to bottom: a parent over the middle of its children; leaves hang below it, and branches stand beside them.

import type { ChartNode } from './nodes';
import { parted, put, putBlock, type Box, type BoxSize, type Sheet } from './layout';

const GAP = { down: 36, across: 28, indent: 24 };

const centre = (box: Box) => box.x + box.width / 2;
const middle = (box: Box) => box.y + box.height / 2;

interface Placed extends BoxSize {
  /** The boxes that a wire comes to from above, and those of leaves, at their side. */
  branches: Box[];
  leaves: Box[];
}

export function placeDown(nodes: ChartNode[], sheet: Sheet, x = 0, y = 0): Placed {
  const [leaves, branches] = parted(nodes, sheet.folded);
  const placed: Placed = { width: 0, height: 0, branches: [], leaves: [] };
  if (leaves.length > 0) {
    const { first, width, height } = putBlock(sheet, leaves, x, y);
    Object.assign(placed, { width, height, leaves: first });
  }
  for (const branch of branches) {
    const left = x + placed.width + (placed.width > 0 ? GAP.across : 0);
    const { box, width, height } = placeBranch(branch, sheet, left, y);
    placed.branches.push(box);
    placed.width = left - x + width;
    placed.height = Math.max(placed.height, height);
  }
  return placed;
}

function placeBranch(node: ChartNode, sheet: Sheet, x: number, y: number): BoxSize & { box: Box } {
  const own = sheet.heightOf(node);
  const below = y + own + GAP.down;
  const inner = placeDown(node.children, sheet, x + GAP.indent, below);
  const [first, last] = [inner.branches[0], inner.branches.at(-1)];
  const left = first && last ? Math.max(x, (centre(first) + centre(last)) / 2 - sheet.width / 2) : x;
  const box = put(sheet, node, left, y);
  const wire = (to: Box, path: string) => sheet.picture.wires.push({ from: node.id, to: to.node.id, path });
  const bus = below - GAP.down / 2;
  for (const to of inner.branches) wire(to, `M${centre(box)} ${y + own}V${bus}H${centre(to)}V${to.y}`);
  const spine = x + GAP.indent / 2;
  for (const to of inner.leaves) wire(to, `M${centre(box)} ${y + own}V${bus}H${spine}V${middle(to)}H${to.x}`);
  return {
    box,
    width: Math.max(left - x + sheet.width, GAP.indent + inner.width),
    height: own + GAP.down + inner.height,
  };
}
