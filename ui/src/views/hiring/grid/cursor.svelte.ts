//! The cursor on the sheet and the cells that are chosen with it. It stays on its row while rows come, go and move.

import { untrack } from 'svelte';
import type { Columns } from './columns.svelte';
import type { Line, SheetData } from './data.svelte';
import type { MoveAfterCommit } from './move-after-commit';
import { blockOf, movePlace, stepPlace, type Block, type Place } from './selection';

const KEYS = { down: 'ArrowDown', up: 'ArrowUp', right: 'ArrowRight', left: 'ArrowLeft' };

export class Cursor {
  place = $state.raw<Place>({ line: 0, column: 0 });
  /** The other corner of what is chosen. */
  anchor = $state.raw<Place>({ line: 0, column: 0 });
  /** Goes up whenever the place is to be brought into sight. */
  sought = $state(0);
  /** Lines that are in sight at once. */
  page = $state(1);
  /** Where the sheet takes the keys from. */
  body: HTMLElement | undefined = $state();
  #data: SheetData;
  #columns: Columns;
  /** The line that the cursor is on, wherever that goes. */
  #here: Line | undefined;
  /** Whether anybody has put it anywhere: until then it is on the first line, whatever comes to stand there. */
  #isPut = false;
  /** Where Tab began, to which Enter comes back. */
  #tabStart: number | null = null;

  /** Call while a component is being made. */
  constructor(data: SheetData, columns: Columns) {
    this.#data = data;
    this.#columns = columns;
    $effect(() => {
      void data.lines;
      untrack(() => this.#follow());
    });
  }

  readonly chosen: Block = $derived(blockOf(this.place, this.anchor));
  readonly line: Line | undefined = $derived.by(() => this.#data.lines[this.place.line]);
  readonly column = $derived.by(() => this.#columns.shown[this.place.column]);
  readonly #extent = $derived.by(() => ({
    lines: this.#data.lines.length,
    columns: this.#columns.shown.length,
    page: this.page,
  }));

  get isOne(): boolean {
    return this.anchor.line === this.place.line && this.anchor.column === this.place.column;
  }

  focus(): void {
    this.body?.focus({ preventScroll: true });
  }

  go(place: Place, isExtending = false): void {
    this.#put(place);
    if (!isExtending) this.anchor = this.place;
    this.sought += 1;
  }

  /** Goes to a row, with the keyboard; nowhere when it is not shown. */
  goTo(row: number): void {
    const line = this.#data.placeOf({ kind: 'row', id: row, number: 0 }, -1);
    if (line < 0) return;
    this.start({ line, column: this.place.column });
    this.focus();
  }

  /** Goes to the title of the empty row, where a position begins. */
  goToNew(): void {
    const line = this.#data.lines.findLastIndex((line) => line.kind === 'new');
    if (line < 0) return;
    const title = this.#columns.shown.findIndex((column) => column.id === 'title');
    this.start({ line, column: Math.max(0, title) });
    this.focus();
  }

  /** Whether the keyboard is on the sheet, and not in a cell or elsewhere. */
  get isAtHand(): boolean {
    return this.body !== undefined && document.activeElement === this.body;
  }

  /** Goes there as by a key or the pointer: Enter will not go back to where Tab began. */
  start(place: Place, isExtending = false): void {
    this.#tabStart = null;
    this.go(place, isExtending);
  }

  /** Goes where the key leads; false when it leads nowhere. */
  move(key: string, isCtrl: boolean, isExtending: boolean): boolean {
    const next = movePlace(this.place, key, isCtrl, this.#extent);
    if (next) this.start(next, isExtending);
    return next !== null;
  }

  canStep(step: 1 | -1): boolean {
    return stepPlace(this.place, step, this.#extent) !== null;
  }

  /** Goes on once a cell is written. */
  step(move: Exclude<MoveAfterCommit, 'stay' | 'all'>): void {
    if (move === 'right' || move === 'left') {
      this.#tabStart ??= this.place.column;
      const next = stepPlace(this.place, move === 'right' ? 1 : -1, this.#extent);
      if (next) this.go(next);
    } else {
      const next = movePlace(this.place, KEYS[move], false, this.#extent);
      if (next) this.go({ ...next, column: this.#tabStart ?? next.column });
      this.#tabStart = null;
    }
    this.focus();
  }

  choose(block: Block): void {
    this.go({ line: block.top, column: block.left });
    this.#put({ line: block.bottom, column: block.right });
  }

  /** Draws what is chosen to there, as the pointer does: the sheet stays where it is. */
  drawTo(place: Place): void {
    this.#put(place);
  }

  /** Stays where it is, whatever the line there has become. */
  pin(): void {
    this.#here = this.line;
  }

  chooseLines(first: number, last: number): void {
    this.anchor = { line: first, column: 0 };
    this.#put({ line: last, column: this.#columns.shown.length - 1 });
  }

  chooseColumns(): void {
    this.anchor = { ...this.anchor, line: 0 };
    this.#put({ ...this.place, line: this.#data.lines.length - 1 });
  }

  chooseAll(): void {
    this.chooseLines(0, this.#data.lines.length - 1);
  }

  chooseNothing(): void {
    this.anchor = this.place;
  }

  #put({ line, column }: Place): void {
    const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
    this.place = {
      line: within(line, this.#extent.lines),
      column: within(column, this.#extent.columns),
    };
    this.#here = this.line;
    this.#isPut = true;
  }

  #follow(): void {
    if (!this.#here || !this.#isPut) {
      this.#here = this.line;
      return;
    }
    const at = this.#data.placeOf(this.#here, this.place.line);
    if (at === this.place.line) return;
    if (at < 0) return this.go(this.place);
    const shift = at - this.place.line;
    this.place = { ...this.place, line: at };
    this.anchor = { ...this.anchor, line: Math.max(0, this.anchor.line + shift) };
    this.#here = this.line;
  }
}
