//! What the pointer does on the sheet: chooses cells and rows by drawing over them, and draws what is chosen on.

import type { Cursor } from './cursor.svelte';
import type { SheetData } from './data.svelte';
import type { Place } from './selection';
import { HEAD, ROW, type SheetViewport } from './viewport.svelte';

/** What stands below the pointer. */
type Target = { kind: 'cell'; place: Place } | { kind: 'number'; line: number } | { kind: 'handle' } | null;

export class PointerSelection {
  /** The line to which what is chosen is being drawn on. */
  fillTo = $state<number | null>(null);
  #cursor: Cursor;
  #viewport: SheetViewport;
  #data: SheetData;
  #onfill: (to: number) => void;

  constructor(cursor: Cursor, viewport: SheetViewport, data: SheetData, onfill: (to: number) => void) {
    this.#cursor = cursor;
    this.#viewport = viewport;
    this.#data = data;
    this.#onfill = onfill;
  }

  /** The cell that an event is about; none in an editor, on a number and on the head of a group. */
  cellOf(event: Event): Place | null {
    const target = this.#targetOf(event);
    return target?.kind === 'cell' ? target.place : null;
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const target = this.#targetOf(event);
    if (target?.kind === 'handle') this.#drawOn(event);
    else if (target?.kind === 'number') this.#chooseRow(event, target.line);
    else if (target) this.#choose(event, target.place);
  }

  #targetOf(event: Event): Target {
    const element = event.target as Element;
    if (element.closest('.editor')) return null;
    if (element.closest('.handle')) return { kind: 'handle' };
    const line = Number(element.closest<HTMLElement>('[data-line]')?.dataset.line ?? NaN);
    if (Number.isNaN(line)) return null;
    if (element.closest('.number')) return { kind: 'number', line };
    const column = Number(element.closest<HTMLElement>('[data-column]')?.dataset.column ?? NaN);
    return Number.isNaN(column) ? null : { kind: 'cell', place: { line, column } };
  }

  #choose(event: PointerEvent, place: Place): void {
    this.#cursor.start(place, event.shiftKey);
    this.#drag(event, (at, body) =>
      this.#cursor.drawTo({
        line: this.#viewport.lineAt(body, at.clientY),
        column: this.#viewport.columnAt(body, at.clientX),
      }),
    );
  }

  #chooseRow(event: PointerEvent, line: number): void {
    const first = event.shiftKey ? this.#cursor.anchor.line : line;
    this.#cursor.chooseLines(first, line);
    this.#drag(event, (at, body) => this.#cursor.chooseLines(first, this.#viewport.lineAt(body, at.clientY)));
  }

  #drawOn(event: PointerEvent): void {
    event.preventDefault();
    const { bottom } = this.#cursor.chosen;
    this.#drag(
      event,
      (at, body) => (this.fillTo = Math.max(bottom, this.#viewport.lineAt(body, at.clientY))),
      () => {
        if (this.fillTo !== null && this.fillTo > bottom) this.#onfill(this.fillTo);
        this.fillTo = null;
      },
    );
  }

  #drag(event: PointerEvent, move: (at: PointerEvent, body: HTMLElement) => void, done?: () => void): void {
    const body = this.#cursor.body;
    if (!body || this.#data.lines.length === 0) return;
    body.setPointerCapture(event.pointerId);
    body.onpointermove = (at) => {
      const box = body.getBoundingClientRect();
      if (at.clientY > box.bottom - 20) body.scrollTop += ROW;
      else if (at.clientY < box.top + HEAD + 8) body.scrollTop -= ROW;
      move(at, body);
    };
    body.onpointerup = body.onpointercancel = () => {
      body.onpointermove = body.onpointerup = body.onpointercancel = null;
      done?.();
    };
  }
}
