//! Which parts of a toolbar stand in its row, and which in its menu.

export interface Folding {
  /** Of the part as it stands in the row, in pixels. */
  width: number;
  /** What goes into the menu first, from 1; a part without stays in the row. */
  folds?: number;
}

/** The places of the parts that do not fit: those that fold first, until the others and the menu's button have room. */
export function foldedParts(parts: Folding[], room: number, gap: number, button: number): Set<number> {
  const folded = new Set<number>();
  let needed = parts.reduce((sum, part) => sum + part.width + gap, -gap);
  if (needed <= room) return folded;
  needed += button + gap;
  const order = [...parts.entries()]
    .filter(([, part]) => part.folds !== undefined)
    .sort(([, one], [, other]) => one.folds! - other.folds!);
  for (const [at, part] of order) {
    if (needed <= room) break;
    folded.add(at);
    needed -= part.width + gap;
  }
  return folded;
}
