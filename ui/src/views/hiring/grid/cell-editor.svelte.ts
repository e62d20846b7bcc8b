//! The cell that is being edited: it stays with its row and column, wherever those go meanwhile.

import { untrack } from 'svelte';
import { notices } from '../../../state/notices.svelte';
import { session } from '../../../state/session.svelte';
import type { PlanningColumn, GridProblem } from '../../../ipc/client';
import { HIDDEN, formatCell, parseCell } from './cell';
import type { Columns } from './columns.svelte';
import type { Cursor } from './cursor.svelte';
import { edit, type Line, type SheetData } from './data.svelte';
import type { MoveAfterCommit } from './move-after-commit';
import type { GridActions } from './grid-actions.svelte';

export interface EditedCell {
  line: Line;
  column: PlanningColumn;
  value: string;
  /** What the cell had when it was opened. */
  was: string;
  /** Typing began it. */
  isReplacing: boolean;
  problem?: GridProblem;
}

export class CellEditorState {
  now = $state.raw<EditedCell | null>(null);
  #data: SheetData;
  #columns: Columns;
  #cursor: Cursor;
  #actions: GridActions;
  #near = 0;

  /** Call while a component is being made. */
  constructor(data: SheetData, columns: Columns, cursor: Cursor, actions: GridActions) {
    this.#data = data;
    this.#columns = columns;
    this.#cursor = cursor;
    this.#actions = actions;
    $effect(() => {
      const [now, place] = [this.now, this.place];
      if (now && !place) untrack(() => this.#lost(now));
    });
  }

  /** Where its cell is now; none when its row or its column is not shown any more. */
  readonly place = $derived.by(() => {
    if (!this.now) return null;
    const line = this.#data.placeOf(this.now.line, this.#near);
    const column = this.#columns.shown.indexOf(this.now.column);
    return line < 0 || column < 0 ? null : { line, column };
  });

  /** Opens the editor on the cell of the cursor: with what it holds, or with what was typed. */
  begin(typed: string | null, problem?: GridProblem): void {
    const { line, column } = this.#cursor;
    if (!line || !column || line.kind === 'group' || session.isReadOnly) return;
    if (column.isWorkedOut) {
      notices.say(`${column.title} is calculated and can’t be edited.`);
      return;
    }
    const place = this.#columns.placeOf(column);
    const text = line.kind === 'row' ? (this.#data.text(line.id, column, place) ?? '') : '';
    const isStatus = column.id === 'status' && text.startsWith('filled by ');
    const value = typed ?? (text === HIDDEN || isStatus ? '' : formatCell(column, text));
    this.#near = this.#cursor.place.line;
    this.now = { line, column, value, was: text, isReplacing: typed !== null, problem };
  }

  cancel(): void {
    this.now = null;
    this.#cursor.focus();
  }

  async commit(typed: string, move: MoveAfterCommit): Promise<void> {
    if (!this.now) return;
    const { line, column, value, was, isReplacing } = this.now;
    this.now = null;
    if (move !== 'stay' || document.activeElement === document.body) this.#cursor.focus();
    if (line.kind === 'group') return;
    if (move === 'all' && this.#actions.cells > 1) return this.#actions.setAll(typed, column);
    const isSame = typed === value && !isReplacing;
    const isNothing = line.kind === 'new' && typed.trim() === '';
    let id = line.kind === 'row' ? line.id : null;
    if (!isSame && !isNothing) id ??= this.#data.begin();
    if (move !== 'stay' && move !== 'all') this.#cursor.step(move);
    else this.#cursor.pin();
    if (isSame || isNothing || id === null) return;
    const outcome = await this.#data.write('set', [{ ...edit(id, column, parseCell(column, typed)), was }]);
    const problem = outcome?.problems[0];
    if (problem) this.#askAgain(line, column, typed, problem);
  }

  /** Opens the editor once more on what could not be taken, unless the hands are elsewhere. */
  #askAgain(line: Line, column: PlanningColumn, typed: string, problem: GridProblem): void {
    const at = this.#data.placeOf(line, this.#cursor.place.line);
    if (this.now || this.#actions.rejected || at < 0) {
      notices.warn(`${problem.column}: “${problem.text}” ${problem.message}`);
      return;
    }
    this.#cursor.go({ line: at, column: this.#columns.shown.indexOf(column) });
    this.begin(typed, problem);
  }

  #lost({ line }: EditedCell): void {
    // A group that is folded hides the row that has moved into it.
    if (line.kind === 'row' && this.#data.unfold(line.id)) return;
    this.cancel();
  }
}
