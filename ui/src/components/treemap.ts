//! A treemap: areas in proportion to amounts, as square as they can be (Bruls, Huizing and van Wijk, 2000).

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Weighed {
  at: number;
  area: number;
}

/** The area of each amount in a rectangle; amounts of nothing or less have none. */
export function treemap(amounts: number[], width: number, height: number): (Area | null)[] {
  const areas: (Area | null)[] = amounts.map(() => null);
  const all = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  if (all <= 0 || width <= 0 || height <= 0) return areas;
  const scale = (width * height) / all;
  const left: Weighed[] = amounts
    .map((amount, at) => ({ at, area: amount * scale }))
    .filter(({ area }) => area > 0)
    .sort((one, other) => other.area - one.area);
  let rest: Area = { x: 0, y: 0, width, height };
  while (left.length) {
    const row = nextRow(left, Math.min(rest.width, rest.height));
    rest = place(row, rest, areas);
  }
  return areas;
}

/** Takes as many as make a row of areas that are as square as possible along the shorter side. */
function nextRow(left: Weighed[], side: number): Weighed[] {
  const row: Weighed[] = [];
  let sum = 0;
  for (let next = left[0]; next; next = left[0]) {
    const largest = row[0]?.area ?? next.area;
    const smallest = row.at(-1)?.area ?? next.area;
    const worst = (total: number, small: number) =>
      Math.max((side * side * largest) / (total * total), (total * total) / (side * side * small));
    if (row.length && worst(sum + next.area, next.area) > worst(sum, smallest)) break;
    row.push(next);
    sum += next.area;
    left.shift();
  }
  return row;
}

/** Puts a row along the shorter side, and gives what is left of the rectangle. */
function place(row: Weighed[], rest: Area, areas: (Area | null)[]): Area {
  const sum = row.reduce((total, { area }) => total + area, 0);
  const isUpright = rest.width >= rest.height;
  const depth = sum / (isUpright ? rest.height : rest.width);
  let done = 0;
  for (const { at, area } of row) {
    const length = area / depth;
    areas[at] = isUpright
      ? { x: rest.x, y: rest.y + done, width: depth, height: length }
      : { x: rest.x + done, y: rest.y, width: length, height: depth };
    done += length;
  }
  return isUpright
    ? { ...rest, x: rest.x + depth, width: Math.max(0, rest.width - depth) }
    : { ...rest, y: rest.y + depth, height: Math.max(0, rest.height - depth) };
}
