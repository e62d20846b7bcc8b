//! From left to right: a parent beside the middle of its children.

import type { ChartNode } from './nodes';
import { parted, put, putBlock, type Box, type BoxSize, type Sheet } from './layout';

const GAP = { across: 44, branch: 18 };

const middle = (box: Box) => box.y + box.height / 2;

interface Placed extends BoxSize {
  /** The boxes that a wire of the parent goes to. */
  doors: Box[];
}

export function placeRight(nodes: ChartNode[], sheet: Sheet, x = 0, y = 0): Placed {
  const [leaves, branches] = parted(nodes, sheet.folded);
  const placed: Placed = { width: 0, height: 0, doors: [] };
  if (leaves.length > 0) {
    const { first, width, height } = putBlock(sheet, leaves, x, y);
    Object.assign(placed, { width, height, doors: first });
  }
  for (const branch of branches) {
    const top = y + placed.height + (placed.height > 0 ? GAP.branch : 0);
    const inner = placeBranch(branch, sheet, x, top);
    placed.doors = [...placed.doors, ...inner.doors];
    placed.width = Math.max(placed.width, inner.width);
    placed.height = top - y + inner.height;
  }
  return placed;
}

function placeBranch(node: ChartNode, sheet: Sheet, x: number, y: number): Placed {
  const inner = placeRight(node.children, sheet, x + sheet.width + GAP.across, y);
  const first = inner.doors[0];
  const last = inner.doors.at(-1);
  const own = sheet.heightOf(node);
  const centre = first && last ? (middle(first) + middle(last)) / 2 : y + own / 2;
  // A parent that is higher than its only child begins no higher than what is its.
  const box = put(sheet, node, x, Math.max(y, centre - own / 2));
  const right = x + sheet.width;
  const bend = right + GAP.across / 2;
  for (const door of inner.doors) {
    const path = `M${right} ${middle(box)}H${bend}V${middle(door)}H${door.x}`;
    sheet.picture.wires.push({ from: node.id, to: door.node.id, path });
  }
  return {
    width: sheet.width + GAP.across + inner.width,
    height: Math.max(box.y - y + own, inner.height),
    doors: [box],
  };
}
