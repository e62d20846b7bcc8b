//! What a block of cells becomes when it is pasted, filled on, emptied or set: edits, one a cell.

import type { PlanningColumn, GridEdit } from '../../../ipc/client';
import { matchHeaders, parseCell } from './cell';
import { edit, rowsIn, type Line } from './data.svelte';
import { continueSeries } from './fill';
import type { Block } from './selection';

export interface PasteResult {
  edits: GridEdit[];
  /** The cells that it reaches, to be chosen afterwards. */
  reach: Block;
  /** Cells of the block for which there is no column. */
  beyond: number;
  /** Cells of the block that are worked out, and stay what they are. */
  workedOut: number;
}

export function columnsIn(columns: PlanningColumn[], block: Block): PlanningColumn[] {
  return columns.slice(block.left, block.right + 1);
}

/**
 * A block pasted at the corner of the chosen cells: repeated where they are a multiple of it, going on below and beside
 * them where it is larger. Rows for which there are none become new positions; empty ones are left out.
 */
export function pasteBlock(
  block: string[][],
  chosen: Block,
  lines: Line[],
  columns: PlanningColumn[],
  all: PlanningColumn[],
): PasteResult {
  const named = matchHeaders(block, all);
  const rows = named?.rows ?? block;
  const wide = Math.max(...rows.map((row) => row.length));
  const [height, width] = [chosen.bottom - chosen.top + 1, chosen.right - chosen.left + 1];
  const down = !named && height % rows.length === 0 ? height / rows.length : 1;
  const across = !named && width % wide === 0 ? width / wide : 1;
  const into = named?.columns ?? columns.slice(chosen.left, chosen.left + wide * across);
  const edits: GridEdit[] = [];
  let beyond = 0;
  let workedOut = 0;
  let at = chosen.top;
  let made = 0;
  for (let step = 0; step < rows.length * down; step += 1) {
    while (lines[at]?.kind === 'group') at += 1;
    const line = lines[at];
    const row = rows[step % rows.length]!;
    const id = line?.kind === 'row' ? line.id : null;
    const cells = Array.from({ length: wide * across }, (_, place) => row[place % wide] ?? '');
    if (id !== null) at += 1;
    else if (cells.every((cell) => cell.trim() === '')) continue;
    cells.forEach((cell, place) => {
      const column = into[place];
      if (!column) beyond += cell.trim() ? 1 : 0;
      else if (column.isWorkedOut) workedOut += cell.trim() ? 1 : 0;
      else if (id !== null || cell.trim() !== '') edits.push(edit(id, column, parseCell(column, cell), made));
    });
    if (id === null) made += 1;
  }
  const bottom = Math.max(chosen.top, at - 1 + made);
  const right = named ? chosen.right : Math.min(columns.length - 1, chosen.left + wide * across - 1);
  return { edits, reach: { ...chosen, bottom, right }, beyond, workedOut };
}

/** The lines of these rows, as far as they stand together from the first one on: groups part them. */
export function findStretch(lines: Line[], ids: ReadonlySet<number>): { top: number; bottom: number } | null {
  const isOne = (line: Line | undefined) => line?.kind === 'row' && ids.has(line.id);
  const top = lines.findIndex(isOne);
  if (top < 0) return null;
  let bottom = top;
  while (isOne(lines[bottom + 1])) bottom += 1;
  return { top, bottom };
}

/** The line of the last of so many rows below a line, or of the last that there is; null where there is none. */
export function lineBelow(lines: Line[], from: number, count: number): number | null {
  let last: number | null = null;
  let left = count;
  for (let at = from + 1; at < lines.length && left > 0; at += 1) {
    if (lines[at]!.kind !== 'row') continue;
    last = at;
    left -= 1;
  }
  return last;
}

/** Columns that can be written in many rows at once: not ids, which differ, nor what is worked out. */
function writableColumns(columns: PlanningColumn[], chosen: Block): PlanningColumn[] {
  return columnsIn(columns, chosen).filter((column) => column.id !== 'key' && !column.isWorkedOut);
}

/** The same text in every chosen cell. */
export function setCells(text: string, chosen: Block, lines: Line[], columns: PlanningColumn[]): GridEdit[] {
  return rowsIn(lines, chosen.top, chosen.bottom).flatMap((id) =>
    columnsIn(columns, chosen)
      .filter((column) => !column.isWorkedOut)
      .map((column) => edit(id, column, parseCell(column, text))),
  );
}

/** Every chosen cell emptied that can be. */
export function clearCells(chosen: Block, lines: Line[], columns: PlanningColumn[]): GridEdit[] {
  const cleared = writableColumns(columns, chosen);
  return rowsIn(lines, chosen.top, chosen.bottom).flatMap((id) =>
    cleared.map((column) => edit(id, column, '')),
  );
}

/** What the first chosen row holds, in those below it. */
export function fillDown(chosen: Block, lines: Line[], columns: PlanningColumn[]): GridEdit[] {
  const [first, ...others] = rowsIn(lines, chosen.top, chosen.bottom);
  const copied = writableColumns(columns, chosen);
  if (first === undefined) return [];
  return others.flatMap((id) => copied.map((column) => ({ ...edit(id, column, ''), like: first })));
}

/**
 * What the chosen cells hold, drawn on to a row below: days and numbers go on by their step, the rest is repeated.
 * Without `text` (it is hidden, or not there yet) a cell is copied unseen.
 */
export function fillTo(
  chosen: Block,
  to: number,
  lines: Line[],
  columns: PlanningColumn[],
  text: (id: number, column: PlanningColumn) => string | null,
): GridEdit[] {
  const from = rowsIn(lines, chosen.top, chosen.bottom);
  const onto = rowsIn(lines, chosen.bottom + 1, to);
  if (from.length === 0) return [];
  const drawn = columnsIn(columns, chosen).filter((column) => !column.isWorkedOut);
  return drawn.flatMap((column) => {
    const texts = from.map((id) => text(id, column));
    const isCounted = ['date', 'number', 'text'].includes(column.kind);
    const isKnown = texts.every((text) => text !== null);
    if (column.id === 'key' && !isKnown) return [];
    const next =
      isCounted && isKnown ? continueSeries(texts as string[], onto.length, column.id === 'key') : null;
    return onto.map((id, at) =>
      next && (column.id === 'key' || next[at] !== texts[at % from.length])
        ? edit(id, column, next[at]!)
        : { ...edit(id, column, ''), like: from[at % from.length]! },
    );
  });
}
