/**
 * The fresh rows, where those that say the same as the known ones in their places are the known ones themselves: what is
 * drawn of them need not be drawn again.
 */
export function reused<T>(known: readonly T[], fresh: readonly T[]): T[] {
  return fresh.map((row, at) => {
    const before = known[at];
    return before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
}
