//! A cursor on a sheet and the block of cells that it has been drawn to.

export interface Place {
  line: number;
  column: number;
}

export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export function blockOf(a: Place, b: Place): Block {
  return {
    top: Math.min(a.line, b.line),
    bottom: Math.max(a.line, b.line),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

export function holds(block: Block, line: number, column: number): boolean {
  return line >= block.top && line <= block.bottom && column >= block.left && column <= block.right;
}

export interface Extent {
  lines: number;
  columns: number;
  /** Lines in sight. */
  page: number;
}

/** Where a key leads from a place; none when it leads nowhere. */
export function movePlace(from: Place, key: string, isCtrl: boolean, extent: Extent): Place | null {
  const last = { line: extent.lines - 1, column: extent.columns - 1 };
  const to = (line: number, column: number): Place => ({
    line: Math.max(0, Math.min(last.line, line)),
    column: Math.max(0, Math.min(last.column, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(isCtrl ? last.line : from.line + 1, from.column);
    case 'ArrowUp':
      return to(isCtrl ? 0 : from.line - 1, from.column);
    case 'ArrowRight':
      return to(from.line, isCtrl ? last.column : from.column + 1);
    case 'ArrowLeft':
      return to(from.line, isCtrl ? 0 : from.column - 1);
    case 'PageDown':
      return to(from.line + extent.page, from.column);
    case 'PageUp':
      return to(from.line - extent.page, from.column);
    case 'Home':
      return to(isCtrl ? 0 : from.line, 0);
    case 'End':
      return to(isCtrl ? last.line : from.line, last.column);
    default:
      return null;
  }
}

/** The next cell in reading order, or the one before; none behind the last and before the first. */
export function stepPlace(from: Place, step: 1 | -1, extent: Extent): Place | null {
  const at = from.line * extent.columns + from.column + step;
  if (at < 0 || at >= extent.lines * extent.columns) return null;
  return { line: Math.floor(at / extent.columns), column: at % extent.columns };
}
