//! From values to pixels, as `d3-scale` does it. That one is built on `d3-color`, which assigns to `constructor` of plain
//! objects; where the prototypes are frozen, as in the window, it does not even load.

import { nice as niceBounds, ticks } from 'd3-array';

export interface Linear {
  (value: number): number;
  ticks(count: number): number[];
}

/** From a domain, widened to round numbers, to a range. */
export function linear(domain: [number, number], range: [number, number], count: number): Linear {
  const [low, high] = niceBounds(domain[0], domain[1], count);
  const place = (value: number) =>
    high === low ? range[0] : range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  return Object.assign(place, { ticks: (wanted: number) => ticks(low, high, wanted) });
}

export interface Bands {
  /** Where the band at this place begins. */
  (at: number): number | undefined;
  bandwidth(): number;
  /** From the beginning of one to that of the next. */
  step(): number;
}

/** So many bands side by side, with `inner` of a step between them and `outer` of one before and after. */
export function bands(count: number, range: [number, number], inner: number, outer: number): Bands {
  const step = (range[1] - range[0]) / Math.max(1, count - inner + outer * 2);
  const start = range[0] + (range[1] - range[0] - step * (count - inner)) / 2;
  const place = (at: number) => (at >= 0 && at < count ? start + step * at : undefined);
  return Object.assign(place, { bandwidth: () => step * (1 - inner), step: () => step });
}
