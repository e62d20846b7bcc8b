//! Which lines of a nested table are seen.

interface Line {
  id: string;
  depth: number;
  isGroup: boolean;
}

/** Lines that are seen at once without a choice. */
const FEW = 40;

/** The depth down to which groups are open, so that a few lines are seen; those directly below the first one always. */
function openTo(lines: readonly Line[]): number {
  const deepest = Math.max(0, ...lines.map((line) => line.depth));
  let depth = 0;
  while (depth < deepest && lines.filter((line) => line.depth <= depth + 2).length <= FEW) depth += 1;
  return depth;
}

/** The lines that no closed group hides, each with whether it is open. `opened` says what was chosen by hand. */
export function visibleLines<T extends Line>(
  lines: readonly T[],
  opened: ReadonlyMap<string, boolean>,
): { line: T; isOpen: boolean }[] {
  const deepest = openTo(lines);
  let hidden = Infinity;
  return lines.flatMap((line) => {
    if (line.depth > hidden) return [];
    const isOpen = line.depth === 0 || (opened.get(line.id) ?? line.depth <= deepest);
    hidden = line.isGroup && !isOpen ? line.depth : Infinity;
    return [{ line, isOpen }];
  });
}
