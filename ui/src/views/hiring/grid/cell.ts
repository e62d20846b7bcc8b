//! How a cell is written on the screen, and what is typed becomes.

import { session } from '../../../state/session.svelte';
import * as words from '../../../lib/format';
import { readDate, type Edge } from '../../../lib/dates';
import type { EntityKind, PlanningColumn } from '../../../ipc/client';

/** What stands for an amount while pay is hidden. */
export const HIDDEN = '•••';

/** The text of a cell as it is read. */
export function formatCell(column: PlanningColumn, text: string): string {
  if (text === HIDDEN) return text;
  if (column.kind === 'date') return words.date(text) || text;
  if (column.kind === 'money') return words.money(text) || text;
  return text;
}

/** Which day of a quarter or a month is meant. */
export function edgeOf(column: PlanningColumn): Edge {
  return column.id === 'until' ? 'last' : 'first';
}

/** What is typed or pasted as the program takes it: days are turned into ISO 8601 where they are days. */
export function parseCell(column: PlanningColumn, typed: string, at = session.reference): string {
  return column.kind === 'date' ? (readDate(typed, at, edgeOf(column)).day ?? typed.trim()) : typed;
}

/** The kind of thing that a cell points to. */
export function pointsTo(column: PlanningColumn): EntityKind | null {
  const kind = column.kind;
  return kind === 'team' || kind === 'service' || kind === 'position' || kind === 'person' ? kind : null;
}

export function isRight(column: PlanningColumn): boolean {
  return column.kind === 'number' || column.kind === 'money';
}

/** A block whose first row names columns is put into those, whatever their order. */
export function matchHeaders(
  block: string[][],
  columns: PlanningColumn[],
): { columns: PlanningColumn[]; rows: string[][] } | null {
  const [first, ...rows] = block;
  if (!first || first.length < 2 || rows.length === 0) return null;
  const named = first.map((cell) =>
    columns.find((column) =>
      [column.title, column.csvTitle].some((title) => title.toLowerCase() === cell.trim().toLowerCase()),
    ),
  );
  return named.every((column) => column !== undefined) ? { columns: named as PlanningColumn[], rows } : null;
}
