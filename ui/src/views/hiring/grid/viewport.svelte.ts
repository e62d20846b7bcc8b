//! Which lines and columns of the sheet are in sight, and where on it they stand.

import type { Columns } from './columns.svelte';
import type { SheetData } from './data.svelte';
import type { Place } from './selection';

export const ROW = 30;
export const HEAD = 32;
/** Lines that are drawn above and below those in sight. */
const SPARE = 6;
/** Columns that stay while the others are scrolled. */
const FROZEN = 2;

export class SheetViewport {
  height = $state(600);
  width = $state(800);
  scrolled = $state(0);
  #data: SheetData;
  #columns: Columns;

  constructor(data: SheetData, columns: Columns) {
    this.#data = data;
    this.#columns = columns;
  }

  readonly from = $derived(Math.max(0, Math.floor(this.scrolled / ROW) - SPARE));
  readonly to = $derived.by(() =>
    Math.min(this.#data.lines.length - 1, Math.ceil((this.scrolled + this.height) / ROW) + SPARE),
  );
  readonly lines = $derived(
    Array.from({ length: Math.max(0, this.to - this.from + 1) }, (_, at) => this.from + at),
  );
  /** Lines that fit in without being cut. */
  readonly page = $derived(Math.max(1, Math.floor((this.height - HEAD) / ROW) - 1));

  /** The column of numbers, which has room for those of all rows. */
  readonly #number = $derived.by(() => (this.#data.lines.length > 9_999 ? 54 : 44));
  readonly #widths = $derived.by(() => this.#columns.shown.map((column) => this.#columns.width(column)));
  /** As CSS has them. */
  readonly template = $derived([this.#number, ...this.#widths].map((width) => `${width}px`).join(' '));
  readonly full = $derived(this.#number + this.#widths.reduce((sum, width) => sum + width, 0));
  /** Where each column begins. */
  readonly lefts = $derived.by(() => {
    let left = this.#number;
    return this.#widths.map((width) => (left += width) - width);
  });
  /** How many columns stay. Two would leave no room for the others in a narrow window. */
  readonly frozen = $derived((this.lefts[FROZEN] ?? this.full) < this.width / 2 ? FROZEN : 1);

  /** Scrolls no further than it takes. */
  reveal(body: HTMLElement, place: Place): void {
    const top = place.line * ROW;
    if (top < body.scrollTop) body.scrollTop = top;
    else if (top + ROW > body.scrollTop + this.height - HEAD) body.scrollTop = top + ROW - this.height + HEAD;
    if (place.column < this.frozen) return;
    const left = this.lefts[place.column] ?? 0;
    const end = left + (this.#widths[place.column] ?? 0);
    const edge = this.lefts[this.frozen] ?? this.#number;
    if (left - edge < body.scrollLeft) body.scrollLeft = left - edge;
    else if (end > body.scrollLeft + this.width) body.scrollLeft = end - this.width;
  }

  /** The line at a height in the window. */
  lineAt(body: HTMLElement, y: number): number {
    const top = body.getBoundingClientRect().top + HEAD;
    const at = Math.floor((y - top + body.scrollTop) / ROW);
    return Math.max(0, Math.min(this.#data.lines.length - 1, at));
  }

  columnAt(body: HTMLElement, x: number): number {
    const inside = x - body.getBoundingClientRect().left;
    const edge = this.lefts[this.frozen] ?? this.full;
    const at = inside < edge ? inside : inside + body.scrollLeft;
    return Math.max(
      0,
      this.lefts.findLastIndex((left) => left <= at),
    );
  }
}
