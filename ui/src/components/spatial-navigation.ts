//! Spatial navigation: the arrow keys move from box to box in a picture.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The nearest box in a direction: straight ahead counts more than aside. */
export function nearestInDirection<T extends { x: number; y: number }>(
  boxes: Iterable<T>,
  here: { x: number; y: number },
  dx: number,
  dy: number,
): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const box of boxes) {
    const ahead = (box.x - here.x) * dx + (box.y - here.y) * dy;
    const aside = Math.abs((box.x - here.x) * dy) + Math.abs((box.y - here.y) * dx);
    const cost = ahead + 2 * aside;
    if (ahead > 1 && cost < least) [best, least] = [box, cost];
  }
  return best;
}
