//! Incremental layout: keeps a map still while the plan is edited: what was there stays where it is, also what goes and comes back; what
//! is new finds a free place beside what it is related to.

import { routeOf, type Layout, type Link, type Point, type Sized } from './layout';

const GAP = 14;
/** How far beside its neighbours, or above or below, something new is looked for a place. */
const BESIDE = { across: 248, down: 94 };

/**
 * Places for all nodes, out of the remembered ones, which are added to. Null when none of the nodes is known: then
 * the whole is laid out anew.
 */
export function updateLayout(memory: Layout, nodes: Sized[], links: Link[]): Map<string, Point> | null {
  const known = nodes.filter((node) => memory.places.has(node.key));
  if (nodes.length > 0 && known.length === 0) return null;
  const taken = known.map((node) => ({ ...memory.places.get(node.key)!, ...node }));
  let open = nodes.filter((node) => !memory.places.has(node.key));
  while (open.length > 0) {
    // What has neighbours with a place comes first, so that a chain of new ones follows the old.
    const next = open.find((node) => neighbours(node.key, links, memory).length > 0) ?? open[0]!;
    const place = freePlace(next, wanted(next, links, memory, taken), taken);
    memory.places.set(next.key, place);
    taken.push({ ...place, ...next });
    open = open.filter((node) => node !== next);
  }
  return new Map(nodes.map((node) => [node.key, memory.places.get(node.key)!]));
}

/** The bends of an edge, as long as both its ends stand where the layout had put them. */
export function routeFor(memory: Layout, link: Link): Point[] | undefined {
  return memory.routes.get(routeOf(link));
}

interface PlacedBox extends Sized, Point {}

/** Where each neighbour with a place would have it: before what it needs and after what needs it. */
function neighbours(key: string, links: Link[], { places, isDown }: Layout): Point[] {
  const found: Point[] = [];
  for (const link of links) {
    const isFrom = link.from === key && link.to !== key;
    const isTo = link.to === key && link.from !== key;
    const other = isFrom ? places.get(link.to) : isTo ? places.get(link.from) : undefined;
    const way = isFrom ? -1 : 1;
    if (other && isDown) found.push({ x: other.x, y: other.y + way * BESIDE.down });
    else if (other) found.push({ x: other.x + way * BESIDE.across, y: other.y });
  }
  return found;
}

function wanted(node: Sized, links: Link[], memory: Layout, taken: PlacedBox[]): Point {
  const near = neighbours(node.key, links, memory);
  if (near.length === 0) {
    const left = Math.min(...taken.map((box) => box.x));
    const bottom = Math.max(...taken.map((box) => box.y + box.height));
    return taken.length > 0 ? { x: left, y: bottom + 2 * GAP } : { x: 0, y: 0 };
  }
  const mean = (of: (point: Point) => number) =>
    Math.round(near.reduce((sum, point) => sum + of(point), 0) / near.length);
  return { x: mean((point) => point.x), y: mean((point) => point.y) };
}

/** The free place nearest to the wanted one, in rings around it. */
function freePlace(node: Sized, at: Point, taken: PlacedBox[]): Point {
  const isFree = (x: number, y: number) =>
    taken.every(
      (box) =>
        x + node.width + GAP <= box.x ||
        box.x + box.width + GAP <= x ||
        y + node.height + GAP <= box.y ||
        box.y + box.height + GAP <= y,
    );
  const step = { x: node.width + GAP, y: node.height + GAP };
  for (let ring = 0; ; ring += 1) {
    let best: Point | undefined;
    let least = Infinity;
    for (let across = -ring; across <= ring; across += 1) {
      for (let down = -ring; down <= ring; down += 1) {
        if (Math.max(Math.abs(across), Math.abs(down)) !== ring) continue;
        const place = { x: at.x + across * step.x, y: at.y + down * step.y };
        const away = Math.hypot(across * step.x, down * step.y);
        if (away < least && isFree(place.x, place.y)) [best, least] = [place, away];
      }
    }
    if (best) return best;
  }
}
