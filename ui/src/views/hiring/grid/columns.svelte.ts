//! Which columns of the sheet are shown, in which order and how wide: remembered on this machine.

import type { PlanningColumn } from '../../../ipc/client';

const KEY = 'headroom.columns.positions';
const NARROWEST = 48;

interface Remembered {
  order: string[];
  /** Those whose visibility differs from the usual. */
  toggled: string[];
  widths: Record<string, number>;
}

function remembered(): Remembered {
  const nothing = { order: [], toggled: [], widths: {} };
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return nothing;
  }
}

export class Columns {
  #all: PlanningColumn[];
  #kept = $state.raw<Remembered>(remembered());

  constructor(all: PlanningColumn[]) {
    this.#all = all;
  }

  /** All of them, in the order of the user; new ones where they usually are. */
  readonly all = $derived.by(() => {
    const place = (column: PlanningColumn) => this.#kept.order.indexOf(column.id);
    const known = this.#all.filter((column) => place(column) >= 0).sort((a, b) => place(a) - place(b));
    const ordered = [...known];
    for (const [at, column] of this.#all.entries()) {
      if (!known.includes(column)) ordered.splice(Math.min(at, ordered.length), 0, column);
    }
    return ordered;
  });

  readonly shown = $derived.by(() => this.all.filter((column) => this.isShown(column)));

  /** Of those that are shown, the places among the cells of a row. */
  readonly places = $derived.by(() => this.shown.map((column) => this.placeOf(column)));

  /** The place of a column among the cells of a row. */
  placeOf(column: PlanningColumn): number {
    return this.#all.indexOf(column);
  }

  isShown(column: PlanningColumn): boolean {
    return column.isRare === this.#kept.toggled.includes(column.id);
  }

  width(column: PlanningColumn): number {
    return this.#kept.widths[column.id] ?? column.width;
  }

  toggle(column: PlanningColumn): void {
    const { toggled } = this.#kept;
    const others = toggled.filter((id) => id !== column.id);
    this.#keep({ toggled: others.length === toggled.length ? [...toggled, column.id] : others });
  }

  /** Puts a column before another; behind the last without one. */
  move(id: string, before: string | null): void {
    if (id === before) return;
    const order = this.all.map((column) => column.id).filter((other) => other !== id);
    order.splice(before === null ? order.length : order.indexOf(before), 0, id);
    this.#keep({ order });
  }

  shift(column: PlanningColumn, step: 1 | -1): void {
    const order = this.all.map((other) => other.id);
    const at = order.indexOf(column.id);
    const other = order[at + step];
    if (other === undefined) return;
    order[at] = other;
    order[at + step] = column.id;
    this.#keep({ order });
  }

  resize(column: PlanningColumn, width: number | null): void {
    const widths = { ...this.#kept.widths };
    if (width === null) delete widths[column.id];
    else widths[column.id] = Math.max(NARROWEST, Math.round(width));
    this.#keep({ widths });
  }

  reset(): void {
    this.#keep({ order: [], toggled: [], widths: {} });
  }

  #keep(part: Partial<Remembered>): void {
    this.#kept = { ...this.#kept, ...part };
    localStorage.setItem(KEY, JSON.stringify(this.#kept));
  }
}
