//! A table of the plan: its rows as the address asks for them, what is chosen, and what can be done with it. The columns are
//! one description (`components/columns.ts`); filtering, ordering and grouping are the core's, on all rows.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { ColumnLayout } from '../../components/column-layout.svelte';
import { cellsOf, nothingIn, told, type CellData, type Column } from '../../components/columns';
import type { MenuLine } from '../../components/ContextMenu.svelte';
import { rowsOf } from '../../components/rows.svelte';
import {
  commands,
  keyOf,
  parseKey,
  type Answer,
  type ColumnChoice,
  type EntityKind,
  type TableLines,
  type NamedEntity,
  type RowQuery,
  type TableCell,
  type TableLine,
} from '../../ipc/client';
import { formatBlock, plainCell } from '../../lib/clipboard-block';
import { capitalize, count } from '../../lib/format';
import { address, type Parameters } from '../../state/address.svelte';
import {
  columnFilters,
  filterOf,
  formatCondition,
  parseCondition,
  withoutFilters,
  type Condition,
} from '../../state/column-filters';
import { notices } from '../../state/notices.svelte';
import { savedViews, type SavedView } from '../../state/saved-views.svelte';
import { act, session } from '../../state/session.svelte';
import { ui } from '../../state/ui.svelte';
import { sorting } from '../../state/sorting';
import { offerActions } from '../../state/view-actions.svelte';
import { menuOf, menuOfSeveral } from '../entity-actions';

/** More rows than there can be. */
const ALL = 2 ** 32 - 1;

/** The browser says when that is pressed. */
export const COPY = 'Ctrl C';

/** A view of a table that comes with the program. */
export interface ReadyView {
  name: string;
  parameters: Parameters;
}

export interface TableOptions<Row> {
  /** Under which its columns are remembered. */
  id: string;
  /** One row, and several: `service`, `services`. */
  noun: [string, string];
  columns: () => Column<Row>[];
  /** The column of its own order. */
  own: string;
  /** Asks for rows; reads whatever they depend on. */
  ask: (query: RowQuery) => Promise<Answer<TableLines<Row>>>;
  /** Asks for all rows, to copy or write them, where that is another question. */
  askAll?: (query: RowQuery) => Promise<Answer<TableLines<Row>>>;
  /** What stands for a row in the selection. */
  keyOf: (row: Row) => number;
  /** Whether a row is copied with what is chosen; by default if it is chosen itself. */
  isChosen?: (row: Row) => boolean;
  /** What a row is about, which has a menu of its own. */
  subject?: (row: Row) => NamedEntity | null;
  /** The kind of thing that keys are IDs of: then there is something to do with several, and with Delete. */
  kind?: EntityKind;
  /** What can be done with rows that are chosen, where it is not what can be done with things of a kind. */
  actions?: (keys: number[]) => MenuLine[];
  /** The column that it is grouped by where the address says nothing. */
  groupBy?: string;
  /** It has groups of its own kind. */
  hasOwnGroups?: boolean;
  views?: ReadyView[];
}

export class Table<Row> {
  readonly options: TableOptions<Row>;
  readonly layout: ColumnLayout<Column<Row>>;
  readonly rows;
  /** Rows that are chosen, by key. */
  readonly selected = new SvelteSet<number>();
  /** Rows that match. */
  found = $state(0);
  /** The column that is asked about, and beside what. */
  asked = $state.raw<{ column: Column<Row>; anchor: HTMLElement } | null>(null);
  /** What choices are called, by column and choice, as far as they were asked for. */
  readonly #titles = new SvelteMap<string, string>();
  /** Columns that there is room for. */
  fitting = $state.raw<Column<Row>[]>();

  /** Call while a component is being made. */
  constructor(options: TableOptions<Row>) {
    this.options = options;
    this.layout = new ColumnLayout(options.id, options.columns);
    this.rows = rowsOf<TableLine<Row>>(
      async (offset, limit) => {
        const answer = await options.ask({ ...this.query, offset, limit });
        if (answer.status === 'error') return capitalize(answer.error.message);
        this.found = answer.data.found;
        return answer.data;
      },
      () => session.revision,
    );
    $effect(() => {
      void this.scope;
      this.selected.clear();
    });
    offerActions(() => this.#offered());
  }

  readonly sorting = $derived(sorting(address.parameters));
  readonly filters = $derived(columnFilters(address.parameters));
  readonly filtered = $derived(new Set(this.filters.map((filter) => filter.column)));
  readonly isFiltered = $derived(this.filters.length > 0 || !!address.parameters.text);
  readonly groupBy = $derived.by(() => {
    const by = address.parameters.by ?? this.options.groupBy ?? '';
    return by === 'none' ? '' : by;
  });

  readonly query: RowQuery = $derived({
    text: address.parameters.text ?? '',
    ...this.sorting,
    filters: this.filters,
    groupBy: this.groupBy,
  });

  /** Changes with every other list of rows. */
  readonly scope = $derived(JSON.stringify(this.query));

  column(id: string): Column<Row> | undefined {
    return this.options.columns().find((column) => column.id === id);
  }

  /** Columns that can be filtered by themselves. */
  get filterable(): Column<Row>[] {
    return this.layout.all.filter((column) => column.kind && !column.isUnfiltered);
  }

  /** Columns whose values make groups. */
  get groupable(): Column<Row>[] {
    if (this.options.hasOwnGroups) return [];
    const makesGroups = ({ kind, isUngrouped }: Column<Row>) =>
      (kind === 'choice' || kind === 'day') && !isUngrouped;
    return this.layout.all.filter(makesGroups);
  }

  condition(column: Column<Row>): Condition | null {
    return parseCondition(address.parameters[filterOf(column.id)]);
  }

  filter(column: Column<Row>, condition: Condition | null): void {
    address.set({ [filterOf(column.id)]: condition ? formatCondition(condition) : undefined }, true);
  }

  clearFilters(): void {
    address.set(withoutFilters(address.parameters), true);
  }

  group(column: string): void {
    const usual = this.options.groupBy ?? '';
    address.set({ by: column === usual ? undefined : column || 'none' }, true);
  }

  sort(column: string, isDescending?: boolean): void {
    const next =
      isDescending === undefined
        ? sorting.next(address.parameters, column, this.options.own)
        : { sort: isDescending ? `-${column}` : column };
    address.set(next, true);
  }

  /** What is in a column, with how many rows have it. */
  async choices(column: Column<Row>): Promise<ColumnChoice[]> {
    const answer = await this.options.ask({ ...this.query, choicesOf: column.id, offset: 0, limit: 0 });
    if (answer.status === 'error') return [];
    for (const { id, title } of answer.data.choices) this.#titles.set(`${column.id} ${id}`, title);
    return answer.data.choices.map((choice) =>
      choice.id === '' ? { ...choice, title: nothingIn(column) } : choice,
    );
  }

  /** Learns what choices of a filter are called that came with the address. */
  async learn(column: Column<Row>, ids: string[]): Promise<void> {
    await this.choices(column);
    // What no row has any more is still called something.
    const rest = ids.filter((id) => id !== '' && !this.titleOf(column, id));
    const things = rest.flatMap((id) => parseKey(id) ?? []);
    const answer = things.length ? await commands.names(things) : null;
    const names = new Map(answer?.status === 'ok' ? answer.data.map((one) => [keyOf(one), one.name]) : []);
    for (const id of rest) this.#titles.set(`${column.id} ${id}`, names.get(id) ?? capitalize(id));
  }

  titleOf(column: Column<Row>, id: string): string | undefined {
    return this.#titles.get(`${column.id} ${id}`);
  }

  async selectAll(): Promise<void> {
    const answer = await this.options.ask({ ...this.query, withKeys: true, offset: 0, limit: 0 });
    if (answer.status === 'error') return;
    this.selected.clear();
    for (const key of answer.data.keys) this.selected.add(key);
    // Rows that the core does not number are chosen as they are listed.
    if (answer.data.keys.length === 0 && answer.data.found > 0) await this.#selectListed();
  }

  async #selectListed(): Promise<void> {
    const { rows, options } = this;
    await rows.show(0, Math.max(0, rows.total - 1));
    for (let at = 0; at < rows.total; at += 1) {
      const row = rows.at(at)?.row;
      if (row !== null && row !== undefined) this.selected.add(options.keyOf(row));
    }
  }

  /** What can be done with all that is chosen. */
  get actions(): MenuLine[] {
    const keys = [...this.selected];
    if (keys.length === 0) return [];
    const { actions, kind } = this.options;
    return [
      ...(actions?.(keys) ?? []),
      ...(kind ? menuOfSeveral(kind, keys) : []),
      ...(kind && !session.isReadOnly
        ? [{ title: keys.length > 1 ? 'Delete…' : 'Delete', key: 'Delete', run: () => void this.remove() }]
        : []),
      { title: 'Copy', key: COPY, run: () => void this.copy() },
    ];
  }

  /** For all that is chosen if the row is among it, else for it alone. */
  menu(row: Row): MenuLine[] {
    const key = this.options.keyOf(row);
    if (this.selected.has(key) && this.selected.size > 1) return this.actions;
    const subject = this.options.subject?.(row);
    return [...(this.options.actions?.([key]) ?? []), ...(subject ? menuOf(subject) : [])];
  }

  /** Deletes what is chosen; there is a way back. What happens to several is shown before. */
  async remove(): Promise<void> {
    const { kind, noun } = this.options;
    const ids = [...this.selected];
    if (!kind || ids.length === 0) return;
    if (session.isReadOnly) {
      notices.say('Nothing can be deleted: this plan is read-only');
      return;
    }
    const what = count(ids.length, ...noun);
    const ondone = () => {
      this.selected.clear();
      address.set({ sel: undefined });
    };
    if (ids.length > 1) {
      ui.deleting = { kind, ids, what, ondone };
      return;
    }
    const answer = await act(commands.removeSeveral(kind, ids), `Deleted ${what}`);
    if (answer.status === 'ok') ondone();
  }

  /** All rows that match, or those that are chosen, in their order. */
  async #all(areChosen: boolean): Promise<Row[] | string> {
    const { ask, askAll = ask, keyOf, isChosen = (row) => this.selected.has(keyOf(row)) } = this.options;
    const answer = await askAll({ ...this.query, groupBy: '', offset: 0, limit: ALL });
    if (answer.status === 'error') return capitalize(answer.error.message);
    const rows = answer.data.rows.flatMap((line) => (line.row === null ? [] : [line.row]));
    return areChosen ? rows.filter(isChosen) : rows;
  }

  /** Puts what is chosen on the clipboard, or everything where nothing is. Begins at once: later it would be refused. */
  async copy(areAll = this.selected.size === 0): Promise<void> {
    let copied = 0;
    const asked = this.#all(!areAll).then((rows) => {
      if (typeof rows === 'string') throw new Error(rows);
      copied = rows.length;
      return new Blob([this.#block(rows)], { type: 'text/plain' });
    });
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': asked })]);
      this.#sayCopied(copied);
    } catch {
      const reason = await asked.then(
        () => 'Couldn’t access the clipboard. Save the table as CSV instead.',
        (error: Error) => error.message,
      );
      notices.warn(reason);
    }
  }

  /** As `copy`, where the browser asks what is to be on the clipboard. */
  copied(event: ClipboardEvent): void {
    event.preventDefault();
    const rows = this.#chosenInSight();
    if (!rows) return void this.copy();
    event.clipboardData?.setData('text/plain', this.#block(rows));
    this.#sayCopied(rows.length);
  }

  /** What is chosen, if all of it was asked for already. */
  #chosenInSight(): Row[] | null {
    const { keyOf, isChosen } = this.options;
    if (isChosen || this.selected.size === 0) return null;
    const rows: Row[] = [];
    for (let at = 0; at < this.rows.total; at += 1) {
      const row = this.rows.at(at)?.row;
      if (row !== null && row !== undefined && this.selected.has(keyOf(row))) rows.push(row);
    }
    return rows.length === this.selected.size ? rows : null;
  }

  #block(rows: Row[]): string {
    const columns = told(this.layout.shown);
    const titles = columns.map((column) => column.title);
    return formatBlock([titles, ...cellsOf(columns, rows).map((row) => row.map(plainCell))]);
  }

  #sayCopied(rows: number): void {
    notices.say(`Copied ${count(rows, ...this.options.noun)} with the titles of their columns`);
  }

  /** Writes every row that matches, with the columns that are shown. */
  async exportCsv(): Promise<void> {
    const [path] = await commands.choose('exportFile', `${capitalize(this.options.noun[1])}.csv`);
    if (!path) return;
    const rows = await this.#all(false);
    if (typeof rows === 'string') return notices.warn(rows);
    const columns = told(this.layout.shown);
    const cells = cellsOf(columns, rows).map((row) =>
      row.map((data, at) => cellOf(data, columns[at]?.kind === 'day')),
    );
    const titles = columns.map((column) => column.title);
    const answer = await commands.exportTable(titles, cells, path);
    if (answer.status === 'error') notices.warn(capitalize(answer.error.message));
    else notices.say(`Saved ${count(rows.length, ...this.options.noun)} as ${path}`);
  }

  /** The view that is shown, to be saved. */
  viewNamed(name: string): SavedView {
    const kept = [
      'text',
      'sort',
      'by',
      'mode',
      'part',
      'across',
      'as',
      'status',
      'rule',
      'team',
      'assignee',
      'weeks',
    ];
    const isKept = (parameter: string) => kept.includes(parameter) || parameter.startsWith(filterOf(''));
    const parameters = Object.fromEntries(
      Object.entries(address.parameters).filter(([parameter]) => isKept(parameter)),
    );
    const { order, toggled } = this.layout.kept;
    return { name, table: this.options.id, view: address.view, parameters, columns: { order, toggled } };
  }

  /** Views of this table that were saved. */
  get views(): SavedView[] {
    return savedViews(session.frame?.path ?? '').filter((view) => view.table === this.options.id);
  }

  /** Shows a view that comes with the program: the columns stay. */
  showReady(view: ReadyView): void {
    const { mode, part, across } = address.parameters;
    address.go(address.view, { mode, part, across, ...view.parameters });
  }

  #offered() {
    const { noun, views = [] } = this.options;
    const several = this.selected.size > 1 ? this.actions : [];
    return [
      ...several.map(({ title, run }) => ({
        id: `${this.options.id}-all-${title}`,
        title: `${title.replace('…', '')}: ${count(this.selected.size, ...noun)}${title.endsWith('…') ? '…' : ''}`,
        run,
      })),
      { id: `${this.options.id}-csv`, title: `Save ${noun[1]} as CSV…`, run: () => void this.exportCsv() },
      { id: `${this.options.id}-copy`, title: `Copy all ${noun[1]}`, run: () => void this.copy(true) },
      {
        id: `${this.options.id}-clear`,
        title: 'Clear filters',
        isPossible: () => this.isFiltered,
        run: () => this.clearFilters(),
      },
      ...this.groupable.map((column) => ({
        id: `${this.options.id}-by-${column.id}`,
        title: `Group by ${column.title.toLowerCase()}`,
        run: () => this.group(column.id),
      })),
      ...views.map((view) => ({
        id: `${this.options.id}-view-${view.name}`,
        title: `Show view “${view.name}”`,
        run: () => this.showReady(view),
      })),
    ];
  }
}

function cellOf(data: CellData, isDay: boolean): TableCell {
  if (typeof data === 'number') return { number: data };
  if (!data) return 'nothing';
  return isDay ? { day: data } : { text: data };
}
