import { expect, test } from 'vitest';
import type { PlanningColumn } from '../../../ipc/client';
import type { Line } from './data.svelte';
import {
  clearCells,
  fillDown,
  fillTo,
  findStretch,
  lineBelow,
  pasteBlock,
  setCells,
} from './cell-operations';

const column = (id: string, title: string, kind: PlanningColumn['kind'] = 'text'): PlanningColumn => ({
  id,
  title,
  csvTitle: title,
  kind,
  width: 80,
  hint: '',
  isRare: false,
  isWorkedOut: false,
  words: [],
});
const columns = [column('key', 'Id'), column('title', 'Title'), column('start', 'Start', 'date')];
const row = (id: number): Line => ({ kind: 'row', id, number: id });
const lines: Line[] = [row(1), row(2), row(3), { kind: 'new' }];
const cell = { top: 1, bottom: 1, left: 1, right: 1 };
const brief = (edits: { id: number | null; line: number; column: string; text: string }[]) =>
  edits.map((edit) => [edit.id ?? `new ${edit.line}`, edit.column, edit.text]);

test('a block is pasted from the corner on, and what is left over becomes new positions', () => {
  const block = [
    ['A', '12 Mar 2027'],
    ['B', '2027-04-01'],
    ['', ''],
    ['C', '3/12/2027'],
  ];
  const made = pasteBlock(block, { ...cell, top: 2, bottom: 2 }, lines, columns, columns);
  expect(brief(made.edits)).toEqual([
    [3, 'title', 'A'],
    [3, 'start', '2027-03-12'],
    ['new 0', 'title', 'B'],
    ['new 0', 'start', '2027-04-01'],
    ['new 1', 'title', 'C'],
    ['new 1', 'start', '3/12/2027'],
  ]);
  expect(made.reach).toEqual({ top: 2, bottom: 4, left: 1, right: 2 });
});

test('one cell goes into all that are chosen, and what has no column is counted', () => {
  const block = pasteBlock([['X']], { top: 0, bottom: 2, left: 1, right: 1 }, lines, columns, columns);
  expect(brief(block.edits).map(([id]) => id)).toEqual([1, 2, 3]);
  expect(pasteBlock([['a', 'b', 'c', 'd']], cell, lines, columns, columns).beyond).toBe(2);
});

test('a block with the titles of columns goes into those', () => {
  const block = [
    ['start', 'Title'],
    ['2027-01-01', 'A'],
  ];
  expect(brief(pasteBlock(block, cell, lines, columns, columns).edits)).toEqual([
    [2, 'start', '2027-01-01'],
    [2, 'title', 'A'],
  ]);
  // So does one from an exported file.
  const renamed = [{ ...column('need_by', 'Needed by', 'date'), csvTitle: 'Need by' }, ...columns];
  const exported = [
    ['Need by', 'Title'],
    ['2027-01-01', 'A'],
  ];
  expect(brief(pasteBlock(exported, cell, lines, columns, renamed).edits).map(([, id]) => id)).toEqual([
    'need_by',
    'title',
  ]);
});

test('heads of groups are passed over', () => {
  const group = { kind: 'group', group: { title: 'x' }, isFolded: false } as unknown as Line;
  const made = pasteBlock(
    [['A'], ['B']],
    { ...cell, top: 0, bottom: 0 },
    [row(1), group, row(2)],
    columns,
    columns,
  );
  expect(brief(made.edits).map(([id]) => id)).toEqual([1, 2]);
});

test('ids are neither cleared nor copied', () => {
  const chosen = { top: 0, bottom: 1, left: 0, right: 1 };
  expect(brief(clearCells(chosen, lines, columns))).toEqual([
    [1, 'title', ''],
    [2, 'title', ''],
  ]);
  expect(fillDown(chosen, lines, columns)).toEqual([{ id: 2, line: 0, column: 'title', text: '', like: 1 }]);
  expect(brief(setCells('x', { ...chosen, left: 1 }, lines, columns))).toHaveLength(2);
});

test('drawing on continues days and ids, and copies unseen what is hidden', () => {
  const texts: Record<string, string> = { '1:start': '2027-01-01', '2:start': '2027-02-01', '1:key': 'HC-1' };
  const text = (id: number, column: PlanningColumn) => texts[`${id}:${column.id}`] ?? null;
  const chosen = { top: 0, bottom: 1, left: 2, right: 2 };
  expect(brief(fillTo(chosen, 2, lines, columns, text))).toEqual([[3, 'start', '2027-03-01']]);
  const ids = fillTo({ ...chosen, bottom: 0, left: 0, right: 0 }, 2, lines, columns, text);
  expect(brief(ids)).toEqual([
    [2, 'key', 'HC-2'],
    [3, 'key', 'HC-3'],
  ]);
  const hidden = fillTo({ ...chosen, left: 1, right: 1 }, 2, lines, columns, text);
  expect(hidden).toEqual([{ id: 3, line: 0, column: 'title', text: '', like: 1 }]);
});

test('what is worked out is left alone', () => {
  const cost = { ...column('cost', 'Cost this year', 'money'), isWorkedOut: true };
  const all = [...columns, cost];
  const block = { top: 0, bottom: 1, left: 1, right: 3 };
  const made = pasteBlock([['A', '', '1 EUR']], { ...cell, top: 0, bottom: 0 }, lines, all, all);
  expect(brief(made.edits).map(([, id]) => id)).toEqual(['title', 'start']);
  expect(made.workedOut).toBe(1);
  for (const edits of [
    clearCells(block, lines, all),
    fillDown(block, lines, all),
    setCells('x', block, lines, all),
    fillTo({ ...block, bottom: 0 }, 1, lines, all, () => 'x'),
  ]) {
    expect(edits.length).toBeGreaterThan(0);
    expect(edits.some((edit) => edit.column === 'cost')).toBe(false);
  }
});

test('what was pasted is chosen as far as it stands together', () => {
  const head = { kind: 'group' } as Line;
  const grouped = [head, row(1), row(5), row(6), head, row(7), { kind: 'new' } as Line];
  expect(findStretch(grouped, new Set([7, 6, 5]))).toEqual({ top: 2, bottom: 3 });
  expect(findStretch(grouped, new Set([7]))).toEqual({ top: 5, bottom: 5 });
  expect(findStretch(grouped, new Set([9]))).toBe(null);
});

test('so many rows below a line end on a line, whatever heads of groups stand between', () => {
  const grouped: Line[] = [row(1), { kind: 'group' } as Line, row(2), row(3), { kind: 'new' }];
  expect(lineBelow(grouped, 0, 1)).toBe(2);
  expect(lineBelow(grouped, 0, 2)).toBe(3);
  expect(lineBelow(grouped, 0, 9)).toBe(3);
  expect(lineBelow(grouped, 3, 1)).toBeNull();
});
