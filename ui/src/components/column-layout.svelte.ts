//! Which columns of a table are shown, in which order and how wide: remembered on this computer for each table.

import { SvelteMap } from 'svelte/reactivity';
import { primaryOf } from './columns';

const KEY = 'headroom.columns.';
const NARROWEST = 48;

/** What there is to know of a column here. */
export interface LaidOut {
  id: string;
  title: string;
  width: number;
  share?: number;
  isRare?: boolean;
  goes?: number;
  stays?: boolean;
}

export interface Remembered {
  order: string[];
  /** Those whose visibility differs from the usual. */
  toggled: string[];
  widths: Record<string, number>;
}

/** By table, so that all that show one know the same. */
const kept = new SvelteMap<string, Remembered>();

function read(table: string): Remembered {
  const nothing = { order: [], toggled: [], widths: {} };
  try {
    const found = JSON.parse(localStorage.getItem(KEY + table) ?? '{}') as Partial<Remembered>;
    const isWhole = Array.isArray(found.order) && Array.isArray(found.toggled) && !!found.widths;
    return isWhole ? (found as Remembered) : nothing;
  } catch {
    return nothing;
  }
}

/** Remembers a part of how a table is laid out. */
export function keepColumns(table: string, part: Partial<Remembered>): void {
  const whole = { ...(kept.get(table) ?? read(table)), ...part };
  kept.set(table, whole);
  try {
    localStorage.setItem(KEY + table, JSON.stringify(whole));
  } catch {
    // Without it, the table is as usual next time.
  }
}

export class ColumnLayout<C extends LaidOut> {
  readonly table: string;
  #columns: () => readonly C[];

  constructor(table: string, columns: () => readonly C[]) {
    this.table = table;
    this.#columns = columns;
  }

  readonly kept = $derived.by(() => kept.get(this.table) ?? read(this.table));

  /** All of them, in the order of the user; new ones where they usually are. */
  readonly all: C[] = $derived.by(() => {
    const { order } = this.kept;
    const columns = this.#columns();
    const place = (column: C) => order.indexOf(column.id);
    const known = columns.filter((column) => place(column) >= 0).sort((a, b) => place(a) - place(b));
    const ordered = [...known];
    for (const [at, column] of columns.entries()) {
      if (!known.includes(column)) ordered.splice(Math.min(at, ordered.length), 0, column);
    }
    return ordered;
  });

  readonly shown: C[] = $derived.by(() => this.all.filter((column) => this.isShown(column)));

  /** Says what a row is: it is always there. */
  readonly primary: C | undefined = $derived.by(() => primaryOf(this.#columns()));

  isShown(column: C): boolean {
    return !!column.isRare === this.kept.toggled.includes(column.id) || column === this.primary;
  }

  width(column: C): number {
    return this.kept.widths[column.id] ?? column.width;
  }

  /** Those that there is room for: the least important go first, what was asked for after them, and the main one never. */
  fitting(room: number): C[] {
    const { shown, primary } = this;
    if (room <= 0) return shown;
    const least = (column: C) => Math.min(this.width(column), column.width);
    const isAsked = (column: C) => !!column.isRare;
    const rest = shown
      .map((column, at) => ({ column, at }))
      .filter(({ column }) => column !== primary && !column.stays)
      .sort(
        (one, other) =>
          Number(isAsked(one.column)) - Number(isAsked(other.column)) ||
          (other.column.goes ?? 0) - (one.column.goes ?? 0) ||
          other.at - one.at,
      );
    let sum = shown.reduce((all, column) => all + least(column), 0);
    const gone = new Set<C>();
    for (const { column } of rest) {
      if (sum <= room) break;
      gone.add(column);
      sum -= least(column);
    }
    return gone.size ? shown.filter((column) => !gone.has(column)) : shown;
  }

  toggle(column: C): void {
    const { toggled } = this.kept;
    const others = toggled.filter((id) => id !== column.id);
    keepColumns(this.table, {
      toggled: others.length === toggled.length ? [...toggled, column.id] : others,
    });
  }

  /** Puts a column before another; behind the last without one. */
  move(id: string, before: string | null): void {
    if (id === before) return;
    const order = this.all.map((column) => column.id).filter((other) => other !== id);
    order.splice(before === null ? order.length : order.indexOf(before), 0, id);
    keepColumns(this.table, { order });
  }

  shift(column: C, step: 1 | -1): void {
    const order = this.all.map((other) => other.id);
    const at = order.indexOf(column.id);
    const other = order[at + step];
    if (other === undefined) return;
    order[at] = other;
    order[at + step] = column.id;
    keepColumns(this.table, { order });
  }

  resize(column: C, width: number | null): void {
    const widths = { ...this.kept.widths };
    if (width === null) delete widths[column.id];
    else widths[column.id] = Math.max(NARROWEST, Math.round(width));
    keepColumns(this.table, { widths });
  }

  reset(): void {
    keepColumns(this.table, { order: [], toggled: [], widths: {} });
  }
}
