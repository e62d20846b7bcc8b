import { beforeEach, expect, it } from 'vitest';
import { ColumnLayout } from './column-layout.svelte';
import { cellsOf, nothingIn, told, type Column } from './columns';

const columns: Column<{ name: string; size: number }>[] = [
  { id: 'severity', title: 'Severity', width: 100 },
  { id: 'name', title: 'Name', width: 200, share: 1, kind: 'text', value: (row) => row.name },
  { id: 'bars', title: 'Days', width: 100, goes: 1 },
  { id: 'size', title: 'Size', width: 100, kind: 'number', value: (row) => row.size },
  { id: 'rare', title: 'Rare', width: 100, isRare: true },
];
let turn = 0;
let layout: ColumnLayout<(typeof columns)[number]>;
beforeEach(() => {
  localStorage.clear();
  turn += 1;
  layout = new ColumnLayout(`sizes-${turn}`, () => columns);
});
const ids = (shown: { id: string }[]) => shown.map((column) => column.id).join(' ');

it('cuts the least important column first, and the main one never', () => {
  expect(ids(layout.fitting(500))).toBe('severity name bars size');
  expect(ids(layout.fitting(499))).toBe('severity name size');
  expect(ids(layout.fitting(399))).toBe('severity name');
  expect(ids(layout.fitting(10))).toBe('name');
});

it('leaves columns that stay, so that the table scrolls', () => {
  const staying = columns.map((column) => (column.id === 'size' ? { ...column, stays: true } : column));
  const other = new ColumnLayout(`staying-${turn}`, () => staying);
  expect(ids(other.fitting(10))).toBe('name size');
});

it('keeps what was asked for as long as it can', () => {
  layout.toggle(columns[4]!);
  expect(ids(layout.fitting(400))).toBe('severity name rare');
  layout.resize(columns[4]!, 60);
  expect(layout.width(columns[4]!)).toBe(60);
  expect(ids(layout.fitting(360))).toBe('severity name rare');
});

it('remembers order, columns and widths for whoever shows the table next', () => {
  layout.shift(columns[3]!, -1);
  layout.toggle(columns[0]!);
  layout.resize(columns[1]!, 20);
  const again = new ColumnLayout(`sizes-${turn}`, () => columns);
  expect(ids(again.shown)).toBe('name size bars');
  expect(again.width(columns[1]!)).toBe(48);
  again.toggle(columns[1]!);
  expect(again.isShown(columns[1]!)).toBe(true);
  layout.reset();
  expect(ids(again.shown)).toBe('severity name bars size');
});

it('copies what has a value, and says what rows without are called', () => {
  expect(told(columns).map((column) => column.title)).toEqual(['Name', 'Size']);
  expect(cellsOf(columns, [{ name: 'Ledger', size: 3 }])).toEqual([['Ledger', 3]]);
  expect(nothingIn({ title: 'Owner' })).toBe('No owner');
  expect(nothingIn({ title: 'Owner', none: 'Unowned' })).toBe('Unowned');
});
