//! Views of tables under a name: filters, order, groups and columns. They are kept on this computer for each plan file: what
//! they filter by are things of that plan, and what one person looks at is no step in the history that all read.

import { SvelteMap } from 'svelte/reactivity';
import { keepColumns } from '../components/column-layout.svelte';
import { address, type Parameters } from './address.svelte';

const KEY = 'headroom.views:';

export interface SavedView {
  name: string;
  /** Of the table, under which its columns are remembered. */
  table: string;
  /** Where the table is: the view of the window, and what of its address belongs to the view. */
  view: string;
  parameters: Parameters;
  columns: { order: string[]; toggled: string[] };
}

/** By plan file. */
const known = new SvelteMap<string, SavedView[]>();

function read(path: string): SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY + path) ?? '[]');
    return Array.isArray(found) ? found.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(found: Partial<SavedView> | null): found is SavedView {
  return (
    typeof found?.name === 'string' &&
    typeof found.table === 'string' &&
    typeof found.view === 'string' &&
    typeof found.parameters === 'object' &&
    Array.isArray(found.columns?.order) &&
    Array.isArray(found.columns.toggled)
  );
}

/** All views of a plan, by name. */
export function savedViews(path: string): SavedView[] {
  return known.get(path) ?? read(path);
}

function keep(path: string, views: SavedView[]): void {
  const sorted = [...views].sort((one, other) => one.name.localeCompare(other.name));
  known.set(path, sorted);
  try {
    localStorage.setItem(KEY + path, JSON.stringify(sorted));
  } catch {
    // Without it, the view is there until the window is closed.
  }
}

const isSame = (one: SavedView, other: { table: string; name: string }) =>
  one.table === other.table && one.name === other.name;

/** Saves a view; one of the same name and table gives way. */
export function saveView(path: string, view: SavedView): void {
  keep(path, [...savedViews(path).filter((other) => !isSame(other, view)), view]);
}

export function removeView(path: string, view: SavedView): void {
  keep(
    path,
    savedViews(path).filter((other) => !isSame(other, view)),
  );
}

/** Shows the table as it was saved. */
export function showView(view: SavedView): void {
  keepColumns(view.table, view.columns);
  address.go(view.view, view.parameters);
}
