//! What is done to the chosen cells: written, copied, pasted, filled, emptied; and to their rows.

import { tick } from 'svelte';
import { notices } from '../../../state/notices.svelte';
import { act, session, undo } from '../../../state/session.svelte';
import { capitalize, count } from '../../../lib/format';
import {
  commands,
  type GridAction,
  type PlanningColumn,
  type GridEdit,
  type GridProblem,
} from '../../../ipc/client';
import { parseBlock, formatBlock } from '../../../lib/clipboard-block';
import { HIDDEN, parseCell } from './cell';
import type { Columns } from './columns.svelte';
import type { Cursor } from './cursor.svelte';
import { rowsIn, type SheetData } from './data.svelte';
import type { Block } from './selection';
import * as operations from './cell-operations';

/** Chosen rows are fetched once nobody has drawn them further for so long. */
const RESTING_MS = 250;

/** What could not be taken, to be put right. */
export interface RejectedEdits {
  action: GridAction;
  edits: GridEdit[];
  problems: GridProblem[];
}

export class GridActions {
  rejected = $state.raw<RejectedEdits | null>(null);
  isDuplicating = $state(false);
  /** It is asked for how many rows what is chosen goes on. */
  isContinuing = $state(false);
  #data: SheetData;
  #columns: Columns;
  #cursor: Cursor;

  /** Call while a component is being made. */
  constructor(data: SheetData, columns: Columns, cursor: Cursor) {
    this.#data = data;
    this.#columns = columns;
    this.#cursor = cursor;
    // A copy is made at once or not at all: what is chosen is there by then.
    $effect(() => {
      const rows = this.rows;
      if (rows.length < 2) return;
      const resting = setTimeout(() => void data.load(rows), RESTING_MS);
      return () => clearTimeout(resting);
    });
  }

  /** The rows that are chosen, but for those that are being made. */
  readonly rows: number[] = $derived.by(() => {
    const { top, bottom } = this.#cursor.chosen;
    return rowsIn(this.#data.lines, top, bottom).filter((id) => id >= 0);
  });
  /** How many rows there are below what is chosen. */
  readonly rowsBelow = $derived.by(
    () => rowsIn(this.#data.lines, this.#cursor.chosen.bottom + 1, this.#data.lines.length).length,
  );
  readonly cells = $derived.by(
    () => this.rows.length * (this.#cursor.chosen.right - this.#cursor.chosen.left + 1),
  );

  async write(action: GridAction, edits: GridEdit[], reach?: Block): Promise<void> {
    if (edits.length === 0 || session.isReadOnly) return;
    const outcome = await this.#data.write(action, edits);
    if (!outcome) return;
    if (outcome.problems.length) this.rejected = { action, edits, problems: outcome.problems };
    else if (reach && outcome.made.length) await this.#chooseWith(outcome.made, edits, reach);
    else if (reach) this.#cursor.choose(reach);
  }

  /** Chooses what was written once new rows stand where they belong, unless the hands have gone on. */
  async #chooseWith(made: number[], edits: GridEdit[], reach: Block): Promise<void> {
    const { sought } = this.#cursor;
    await this.#data.arranged();
    await tick();
    if (this.#cursor.sought !== sought || !this.#cursor.isAtHand) return;
    const ids = new Set([
      ...edits.flatMap(({ id }) => (id === null ? [] : [this.#data.realId(id)])),
      ...made,
    ]);
    const lines = operations.findStretch(this.#data.lines, ids);
    if (!lines) return;
    // All of it is in sight where there is room: the upper end is brought there first.
    this.#cursor.go({ line: lines.top, column: reach.left });
    await tick();
    this.#cursor.choose({ ...reach, ...lines });
  }

  /** The same text in every chosen cell. */
  async setAll(typed: string, column: PlanningColumn): Promise<void> {
    const { chosen } = this.#cursor;
    if (chosen.left !== chosen.right && column.id === 'key') return;
    await this.write('set', operations.setCells(typed, chosen, this.#data.lines, this.#columns.shown));
  }

  /** Writes what was put right in the list of problems. */
  again(edits: GridEdit[]): void {
    const action = this.rejected?.action ?? 'set';
    this.rejected = null;
    const column = (edit: GridEdit) => this.#columns.all.find((column) => column.id === edit.column);
    const as = (edit: GridEdit, column: PlanningColumn | undefined) =>
      column ? { ...edit, text: parseCell(column, edit.text) } : edit;
    void this.write(
      action,
      edits.map((edit) => as(edit, column(edit))),
    );
    this.#cursor.focus();
  }

  clear(): void {
    const edits = operations.clearCells(this.#cursor.chosen, this.#data.lines, this.#columns.shown);
    if (edits.length) void this.write('clear', edits);
    else if (this.rows.length)
      notices.say('This cell can’t be empty. Press Ctrl Delete to delete the position.');
  }

  copy(event: ClipboardEvent, isCut: boolean): void {
    event.preventDefault();
    const { rows } = this;
    if (rows.length === 0) return;
    const { chosen } = this.#cursor;
    const columns = operations.columnsIn(this.#columns.shown, chosen);
    if (!this.#data.isLoaded(rows)) {
      notices.say(`Loading ${count(rows.length, 'row')}. Copy again in a moment.`);
      void this.#data.load(rows);
      return;
    }
    let hidden = 0;
    const block = rows.map((id) =>
      columns.map((column) => {
        const text = this.#text(id, column) ?? '';
        if (text === HIDDEN) hidden += 1;
        return text === HIDDEN ? '' : text;
      }),
    );
    if (isCut && hidden) {
      notices.warn('Salaries are hidden and can’t be cut. Show salaries first.');
      return;
    }
    event.clipboardData?.setData('text/plain', formatBlock(block));
    if (hidden)
      notices.say(`${count(hidden, 'hidden salary cell was', 'hidden salary cells were')} not copied.`);
    if (isCut) void this.write('cut', operations.clearCells(chosen, this.#data.lines, this.#columns.shown));
  }

  paste(event: ClipboardEvent): void {
    event.preventDefault();
    const block = parseBlock(event.clipboardData?.getData('text/plain') ?? '');
    if (block.length === 0 || session.isReadOnly) return;
    const { shown, all } = this.#columns;
    const made = operations.pasteBlock(block, this.#cursor.chosen, this.#data.lines, shown, all);
    if (made.beyond) {
      notices.warn(
        `Nothing was pasted: the block is too wide, and ${count(made.beyond, 'cell has', 'cells have')} no column.`,
      );
      return;
    }
    if (made.workedOut)
      notices.say(`${count(made.workedOut, 'calculated cell was', 'calculated cells were')} skipped.`);
    void this.write('paste', made.edits, made.reach);
  }

  fillDown(): void {
    void this.write('fill', operations.fillDown(this.#cursor.chosen, this.#data.lines, this.#columns.shown));
  }

  /** Continues what is chosen down to a line. */
  fillTo(line: number): void {
    const known = (id: number, column: PlanningColumn) => {
      const text = this.#text(id, column);
      return text === undefined || text === HIDDEN ? null : text;
    };
    const { chosen } = this.#cursor;
    const edits = operations.fillTo(chosen, line, this.#data.lines, this.#columns.shown, known);
    void this.write('fill', edits, { ...chosen, bottom: line });
  }

  /** The same, down by so many rows: what drawing the corner of what is chosen does. */
  continueBelow(count: number): void {
    this.isContinuing = false;
    this.#cursor.focus();
    const line = operations.lineBelow(this.#data.lines, this.#cursor.chosen.bottom, count);
    if (line !== null) this.fillTo(line);
  }

  async remove(): Promise<void> {
    const { rows } = this;
    if (rows.length === 0) return;
    const answer = await act(commands.gridRemove(rows), `Deleted ${count(rows.length, 'position')}`);
    if (answer.status === 'error') notices.warn(capitalize(answer.error.message));
  }

  async duplicate(times: number): Promise<void> {
    this.isDuplicating = false;
    this.#cursor.focus();
    const answer = await act(commands.gridDuplicate(this.rows, times, session.at));
    if (answer.status === 'error') return;
    notices.say(`Created ${count(answer.data.length, 'position')}`, { label: 'Undo', run: undo });
  }

  /** Keys that do something with the chosen cells; true when it took the key. */
  pressed(event: KeyboardEvent): boolean {
    const isCtrl = event.ctrlKey || event.metaKey;
    const isD = event.key.toLowerCase() === 'd' && isCtrl;
    if (event.key === 'Delete' && isCtrl) void this.remove();
    else if (event.key === 'Delete') this.clear();
    else if (isD && event.shiftKey) this.isDuplicating = this.rows.length > 0;
    else if (isD) this.fillDown();
    else return false;
    return true;
  }

  async exportCsv(): Promise<void> {
    const path = (await commands.choose('exportFile', 'positions.csv'))[0];
    if (!path) return;
    const ids = this.#columns.shown.map((column) => column.id);
    const answer = await commands.gridExport(this.#data.rows, ids, path, session.at);
    if (answer.status === 'error') notices.warn(capitalize(answer.error.message));
    else if (answer.data.length)
      notices.say(`Saved ${path} without ${answer.data.join(' and ')} (salaries are hidden)`);
    else notices.say(`Saved ${path}`);
  }

  #text(id: number, column: PlanningColumn): string | undefined {
    return this.#data.text(id, column, this.#columns.placeOf(column));
  }
}
