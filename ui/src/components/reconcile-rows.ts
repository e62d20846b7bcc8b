//! Reconciles fresh rows with those already shown, so that what has not changed is not drawn again.

/** The fresh rows; one that equals the known row in its place is that known row itself. */
export function reconcileRows<T>(known: readonly T[], fresh: readonly T[]): T[] {
  return fresh.map((row, at) => {
    const before = known[at];
    return before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
}
