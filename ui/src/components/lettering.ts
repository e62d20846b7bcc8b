//! Text in a picture that is zoomed out: it is larger in its box then, with the name alone, and nothing is smaller on the
//! screen than can be read.

/** On the screen, in pixels. */
const SMALLEST = 11;
/** Sizes of names, in the units of the picture: few, so that a cut name stays as it is while one zooms. */
const SIZES = [12.5, 16, 22, 30];

export interface Lettering {
  /** Of the name. */
  size: number;
  /** Whether there is more than the name. */
  hasDetail: boolean;
}

/** How a box of this height is lettered; without text if none could be read. */
export function letteringAt(zoom: number, height: number): Lettering | null {
  // The details are as small as can be read at their own size.
  if (zoom > 0.995) return { size: SIZES[0]!, hasDetail: true };
  const size = SIZES.find((size) => size * zoom >= SMALLEST);
  return size && size <= height - 4 ? { size, hasDetail: false } : null;
}

/** Where the line of a name alone stands in its box. */
export function baseline(height: number, size: number): number {
  return height / 2 + size * 0.36;
}
