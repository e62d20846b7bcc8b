//! Edge smoothing: takes bends out of the edges of a layout where the way is free without them.

import { routeOf, type Layout, type Link, type Point, type Sized } from './layout';

/** How near an edge may come to a box that it passes. */
const CLEAR = 7;
/** Distance of the points of a stretch that are looked at: less than the height of a box. */
const LOOK = 12;

interface Obstacle extends Sized, Point {}

export function smoothEdges(layout: Layout, nodes: Sized[], links: Link[]): void {
  const obstacles = nodes.map((node): Obstacle => ({ ...node, ...layout.places.get(node.key)! }));
  const boxes = new Map(obstacles.map((box) => [box.key, box]));
  for (const link of links) {
    const route = layout.routes.get(routeOf(link));
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    if (!route?.length || !from || !to) continue;
    const others = obstacles.filter((box) => box !== from && box !== to);
    layout.routes.set(routeOf(link), smoothRoute(from, route, to, others, layout.isDown));
  }
}

function smoothRoute(
  from: Obstacle,
  route: Point[],
  to: Obstacle,
  others: Obstacle[],
  isDown: boolean,
): Point[] {
  const isAhead = isDown ? to.y >= from.y : to.x >= from.x;
  const points = [attachmentPoint(from, isAhead, isDown), ...route, attachmentPoint(to, !isAhead, isDown)];
  const kept = [points[0]!];
  let at = 0;
  while (at < points.length - 1) {
    // As far as the eye reaches from here.
    let next = points.length - 1;
    while (next > at + 1 && !isFree(points[at]!, points[next]!, others, isDown)) next -= 1;
    kept.push(points[next]!);
    at = next;
  }
  return kept.slice(1, -1);
}

/** Where an edge leaves or meets a box. */
function attachmentPoint(box: Obstacle, isFar: boolean, isDown: boolean): Point {
  return isDown
    ? { x: box.x + box.width / 2, y: isFar ? box.y + box.height : box.y }
    : { x: isFar ? box.x + box.width : box.x, y: box.y + box.height / 2 };
}

/** Whether the curve between two points, as it is drawn, meets no box. */
function isFree(a: Point, b: Point, others: Obstacle[], isDown: boolean): boolean {
  const looks = Math.ceil((Math.abs(b.x - a.x) + Math.abs(b.y - a.y)) / LOOK);
  for (let look = 1; look < looks; look += 1) {
    const t = look / looks;
    const ahead = 1.5 * t * (1 - t) + t ** 3;
    const aside = 3 * t ** 2 - 2 * t ** 3;
    const [along, across] = isDown ? [aside, ahead] : [ahead, aside];
    const x = a.x + (b.x - a.x) * along;
    const y = a.y + (b.y - a.y) * across;
    const isMet = others.some(
      (box) =>
        x > box.x - CLEAR &&
        x < box.x + box.width + CLEAR &&
        y > box.y - CLEAR &&
        y < box.y + box.height + CLEAR,
    );
    if (isMet) return false;
  }
  return true;
}
