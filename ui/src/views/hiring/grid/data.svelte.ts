//! The rows of the sheet: which there are, what their cells say, and what is being written into them.

import { untrack } from 'svelte';
import { notices } from '../../../state/notices.svelte';
import { session } from '../../../state/session.svelte';
import { ui } from '../../../state/ui.svelte';
import { capitalize } from '../../../lib/format';
import {
  commands,
  type GridAction,
  type PlanningColumn,
  type GridEdit,
  type PlanningGroup,
  type GridLayout,
  type GridOutcome,
  type PlanningQuery,
  type PlanningRow,
} from '../../../ipc/client';

export type Line =
  /** Counted from 1, as at the head of the row. */
  | { kind: 'row'; id: number; number: number }
  | { kind: 'group'; group: PlanningGroup; isFolded: boolean }
  /** The empty last one, in which a position is made. */
  | { kind: 'new' };

type Texts = ReadonlyMap<string, string>;

/** Lines around those in sight that are fetched with them, and those that must be there before more are. */
const AROUND = 60;
const NEAR = 20;
/** Rows of which the cells are kept. */
const KEPT = 20_000;
/** Cells that show what is being written before it is. */
const FORESEEN = 4_000;

export class SheetData {
  layout = $state.raw<GridLayout>();
  problem = $state<string>();
  folded = $state.raw<ReadonlySet<string>>(new Set());
  /** What the program has told; goes up when it tells more. Thousands of rows are not copied for each that comes. */
  #cells = new Map<number, PlanningRow>();
  #told = $state(0);
  /** What is being written, by row and column; goes up when it changes. */
  #pending = new Map<number, Texts>();
  #foreseen = $state(0);
  /** Rows that are being made, by numbers below zero. */
  #making = $state.raw<number[]>([]);
  /** Of rows that were being made: what became of them. */
  #made = new Map<number, number | null>();
  /** Those that were made since the question became what it is: they stay in sight, whatever it leaves out. */
  #added: number[] = [];
  /** What has been written and not been told again yet. */
  #settled = new Set<string>();
  /** Open while a row is being made. */
  #creating: Promise<unknown> | null = null;
  #standing: number[] = [];
  /** Whether the present question has been answered. */
  #isAnswered = false;
  /** Those who wait for the next answer about the order. */
  #waiting: (() => void)[] = [];
  #asked = new Set<number>();
  #inSight: number[] = [];
  #turn = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #nextMaking = -1;

  /** Call while a component is being made. */
  constructor(query: () => Omit<PlanningQuery, 'standing'>) {
    let last = '';
    let turn = 0;
    $effect(() => {
      void session.revision;
      const [asked, at] = [query(), session.at];
      const key = JSON.stringify([asked, at]);
      if (key !== last) untrack(() => this.#ask());
      last = key;
      const standing = this.#isAnswered ? [...new Set([...this.#standing, ...this.#added])] : [];
      const mine = ++turn;
      void commands.gridLayout({ ...asked, standing }, at).then(async (answer) => {
        // It may hold a row that is being made before the number of that row has been told: the row would stand there
        // twice, and every line below it would move under the hands.
        while (this.#creating) await this.#creating;
        if (mine !== turn) return;
        this.problem = answer.status === 'ok' ? undefined : answer.error.message;
        if (answer.status === 'ok') this.#arrange(standing, answer.data);
        for (const done of this.#waiting.splice(0)) done();
      });
    });
    $effect(() => {
      void session.revision;
      void session.at;
      untrack(() => this.#renew());
    });
  }

  /** In which order rows and groups stand: the same as before when an answer changes only totals. */
  #order = $state.raw<Pick<GridLayout, 'rows' | 'groups'>>({ rows: [], groups: [] });

  readonly lines = $derived.by((): Line[] => {
    const { rows, groups } = this.#order;
    const row = (id: number, at: number): Line => ({ kind: 'row', id, number: at + 1 });
    const lines: Line[] = groups.length ? [] : rows.map(row);
    groups.forEach((group, at) => {
      const isFolded = this.folded.has(group.title);
      lines.push({ kind: 'group', group, isFolded });
      if (isFolded) return;
      const end = groups[at + 1]?.first ?? rows.length;
      for (let place = group.first; place < end; place += 1) lines.push(row(rows[place]!, place));
    });
    this.#making.forEach((id, at) => lines.push(row(id, rows.length + at)));
    if (!session.isReadOnly) lines.push({ kind: 'new' });
    return lines;
  });

  /** The rows that a folded group hides are part of it. */
  get rows(): number[] {
    return this.#order.rows;
  }

  /** The number of a row that was being made, once it is. */
  realId(id: number): number {
    return id < 0 ? (this.#made.get(id) ?? id) : id;
  }

  /** The line on which a row, the head of a group or the empty row is now; -1 when it is nowhere. */
  placeOf(line: Line, near: number): number {
    const isIt = (other: Line | undefined) => {
      if (line.kind === 'row') return other?.kind === 'row' && this.realId(other.id) === this.realId(line.id);
      if (line.kind === 'group') return other?.kind === 'group' && other.group.title === line.group.title;
      return other?.kind === 'new';
    };
    return isIt(this.lines[near]) ? near : this.lines.findIndex(isIt);
  }

  row(id: number): PlanningRow | undefined {
    void this.#told;
    return this.#cells.get(id);
  }

  /** What is being written into a row, by column. */
  pending(id: number): Texts | undefined {
    void this.#foreseen;
    return this.#pending.get(id);
  }

  /** What a cell says; none while it is not there yet. */
  text(id: number, column: PlanningColumn, place: number): string | undefined {
    return this.pending(id)?.get(column.id) ?? (id < 0 ? '' : this.row(id)?.cells[place]);
  }

  fold(title: string): void {
    const folded = new Set(this.folded);
    if (!folded.delete(title)) folded.add(title);
    this.folded = folded;
  }

  /** Unfolds the group that hides a row; false when none does. */
  unfold(id: number): boolean {
    const at = this.rows.indexOf(this.realId(id));
    const group = this.layout?.groups.findLast((group) => group.first <= at);
    if (at < 0 || !group || !this.folded.has(group.title)) return false;
    this.fold(group.title);
    return true;
  }

  foldAll(isFolded: boolean): void {
    this.folded = new Set(isFolded ? this.layout?.groups.map((group) => group.title) : []);
  }

  /** Says which lines are in sight; their cells come, with those around them. */
  see(from: number, to: number): void {
    const rows = (from: number, to: number) => rowsIn(this.lines, from, to).filter((id) => id >= 0);
    this.#inSight = rows(from, to);
    const isNear = (ids: number[]) => ids.every((id) => this.#asked.has(id));
    if (isNear(this.#inSight) && isNear(rows(from - NEAR, to + NEAR))) return;
    void this.load(rows(from - AROUND, to + AROUND));
  }

  /** Fetches the cells of these rows; true when they are there. */
  async load(ids: number[]): Promise<boolean> {
    const missing = ids.filter((id) => id >= 0 && !this.#asked.has(id));
    if (missing.length === 0) return ids.every((id) => this.#cells.has(id));
    missing.forEach((id) => this.#asked.add(id));
    const turn = this.#turn;
    const answer = await commands.gridRows(missing, session.at);
    if (turn !== this.#turn || answer.status !== 'ok') return false;
    if (this.#cells.size > KEPT) this.#cells.clear();
    for (const row of answer.data) this.#cells.set(row.id, row);
    this.#told += 1;
    this.#forget(new Set(missing));
    return true;
  }

  isLoaded(ids: number[]): boolean {
    return ids.every((id) => this.#cells.has(id));
  }

  /** Resolves when the order has been told again. */
  arranged(): Promise<void> {
    return new Promise((done) => this.#waiting.push(done));
  }

  /** A row for what is being typed into the empty one. */
  begin(): number {
    const id = this.#nextMaking--;
    this.#making = [...this.#making, id];
    return id;
  }

  /**
   * Writes cells, one list after the other; none when it failed, which has been said then. Edits of a row that is being
   * made go to it once it is.
   */
  write(action: GridAction, edits: GridEdit[]): Promise<GridOutcome | null> {
    const now = edits.map((edit) => ({ ...edit, id: edit.id === null ? null : this.#shownAs(edit.id) }));
    const shown = now.slice(0, FORESEEN).filter((edit) => edit.id !== null && edit.like === null);
    for (const { id, column, text } of shown) this.#foresee(id!, column, text);
    const turn = this.#queue.then(() => this.#write(action, now, shown));
    this.#queue = turn;
    if (now.some((edit) => edit.id !== null && this.realId(edit.id) < 0)) {
      this.#creating = turn;
      void turn.finally(() => {
        if (this.#creating === turn) this.#creating = null;
      });
    }
    return turn;
  }

  async #write(action: GridAction, edits: GridEdit[], shown: GridEdit[]): Promise<GridOutcome | null> {
    const making = [
      ...new Set(edits.map((edit) => edit.id).filter((id) => id !== null && id < 0)),
    ] as number[];
    const isLost = making.some((id) => this.#made.get(id) === null);
    const sent = edits.map((edit) => {
      const id = edit.id === null ? null : this.realId(edit.id);
      return id !== null && id < 0 ? { ...edit, id: null, line: -id } : { ...edit, id };
    });
    const answer = isLost ? null : await commands.gridEdit(action, sent, session.at);
    const outcome = answer?.status === 'ok' ? answer.data : null;
    if (answer?.status === 'error') {
      if (answer.error.kind === 'conflict') ui.isEditRefused = true;
      else notices.warn(capitalize(answer.error.message));
    }
    const isWritten = outcome !== null && outcome.problems.length === 0;
    const fresh = making.filter((id) => !this.#made.has(id));
    fresh.forEach((id, at) => this.#made.set(id, isWritten ? (outcome.made[at] ?? null) : null));
    if (isWritten) this.#added.push(...outcome.made);
    if (!isWritten) {
      for (const edit of shown) if (this.#isPending(edit)) this.#drop(`${edit.id}:${edit.column}`);
      this.#making = this.#making.filter((id) => this.#made.get(id) !== null);
      if (answer?.status === 'error') session.changed();
      return outcome;
    }
    for (const edit of shown) if (this.#isPending(edit)) this.#settled.add(`${edit.id}:${edit.column}`);
    session.changed();
    return outcome;
  }

  /** Another question: whatever was made before is part of its answer, or is not. */
  #ask(): void {
    this.#isAnswered = false;
    this.#added = [];
    this.#making = this.#making.filter((id) => this.#made.get(id) === undefined);
  }

  /** The answer about the order; rows that are gone keep their place, for when they come back. */
  #arrange(standing: number[], layout: GridLayout): void {
    const known = new Set(standing);
    this.#standing = standing.length
      ? [...standing, ...layout.rows.filter((id) => !known.has(id))]
      : layout.rows;
    this.#isAnswered = true;
    this.layout = layout;
    const isSame = layout.groups.length === 0 && isAlike(this.#order.rows, layout.rows);
    if (!isSame || this.#order.groups.length > 0) this.#order = layout;
    const there = new Set(layout.rows);
    // One that was asked about and is not there has been taken back.
    const isTold = (id: number) => there.has(this.realId(id)) || known.has(this.realId(id));
    for (const id of this.#making.filter(isTold)) this.#follow(id, this.realId(id));
    this.#making = this.#making.filter((id) => !isTold(id) && this.#made.get(id) !== null);
  }

  /** What was written into a row that was being made is shown in the row that it became. */
  #follow(making: number, id: number): void {
    for (const [column, text] of this.#pending.get(making) ?? []) {
      this.#foresee(making, column, null);
      this.#foresee(id, column, text);
      if (this.#settled.delete(`${making}:${column}`)) this.#settled.add(`${id}:${column}`);
    }
  }

  /** Whether nothing newer is being written there. */
  #isPending({ id, column, text }: GridEdit): boolean {
    return this.#pending.get(id!)?.get(column) === text;
  }

  /** The number under which a row is shown now. */
  #shownAs(id: number): number {
    return this.#making.includes(id) ? id : this.realId(id);
  }

  #foresee(id: number, column: string, text: string | null): void {
    const texts = new Map(this.#pending.get(id));
    if (text === null) texts.delete(column);
    else texts.set(column, text);
    if (texts.size > 0) this.#pending.set(id, texts);
    else this.#pending.delete(id);
    this.#foreseen += 1;
  }

  #renew(): void {
    this.#turn += 1;
    this.#asked.clear();
    const inSight = new Set(this.#inSight);
    for (const key of this.#settled) {
      const id = Number(key.split(':')[0]);
      if (id >= 0 && !inSight.has(id)) this.#drop(key);
    }
    void this.load(this.#inSight);
  }

  #forget(ids: Set<number>): void {
    for (const key of this.#settled) if (ids.has(Number(key.split(':')[0]))) this.#drop(key);
  }

  #drop(key: string): void {
    const [id = '', column = ''] = key.split(':');
    this.#settled.delete(key);
    if (this.#pending.get(Number(id))?.has(column)) this.#foresee(Number(id), column, null);
  }
}

function isAlike(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}

/** The rows from one line to another; groups and their heads do not count. */
export function rowsIn(lines: Line[], from: number, to: number): number[] {
  const within = lines.slice(Math.max(0, from), to + 1);
  return within.flatMap((line) => (line.kind === 'row' ? [line.id] : []));
}

/** What is written into one cell. */
export function edit(id: number | null, column: PlanningColumn, text: string, line = 0): GridEdit {
  return { id, line, column: column.id, text, like: null };
}
