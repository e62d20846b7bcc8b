import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { session } from '../../../state/session.svelte';
import {
  commands,
  type Answer,
  type PlanningColumn,
  type GridLayout,
  type GridOutcome,
} from '../../../ipc/client';
import { edit, SheetData } from './data.svelte';

const title = { id: 'title', kind: 'text' } as PlanningColumn;
const query = { text: '', sort: '', isDescending: false, grouping: 'none', withPast: false } as const;

/** A question that is answered when the test says so. */
function open<T>() {
  const asked: ((data: T) => Promise<void>)[] = [];
  const question = () =>
    new Promise<Answer<T>>((resolve) => {
      asked.push(async (data) => {
        resolve({ status: 'ok', data });
        await new Promise((done) => setTimeout(done));
        await tick();
      });
    });
  return { asked, question };
}

function layout(...rows: number[]): GridLayout {
  const totals = {
    seats: rows.length,
    fte: `${rows.length}`,
    filled: 0,
    pay: [],
    withoutPay: rows.length,
    cost: [],
  };
  return { rows, groups: [], totals, currency: 'EUR' };
}

const made = (...rows: number[]): GridOutcome => ({ problems: [], made: rows });

/** A sheet on one row, with hands on what is answered when. */
async function sheet() {
  const layouts = open<GridLayout>();
  const edits = open<GridOutcome>();
  vi.spyOn(commands, 'gridLayout').mockImplementation(layouts.question);
  vi.spyOn(commands, 'gridEdit').mockImplementation(edits.question);
  vi.spyOn(commands, 'gridRows').mockResolvedValue({ status: 'ok', data: [] });
  let data!: SheetData;
  const close = $effect.root(() => {
    data = new SheetData(() => query);
  });
  await tick();
  await layouts.asked[0]!(layout(1));
  return { data, layouts: layouts.asked, edits: edits.asked, close };
}

const kinds = (data: SheetData) =>
  data.lines.map((line) => (line.kind === 'row' ? data.realId(line.id) : line.kind));

afterEach(() => vi.restoreAllMocks());

test('a row that is being made is there once, whichever answer comes first', async () => {
  const { data, layouts, edits, close } = await sheet();
  // The order is being asked for when a row is begun.
  session.changed();
  await tick();
  const id = data.begin();
  const written = data.write('set', [edit(id, title, 'Designer')]);
  await tick();
  expect(kinds(data)).toEqual([1, id, 'new']);

  // The program has made the row when it answers about the order, but has not told its number yet.
  await layouts[1]!(layout(1, 7));
  expect(kinds(data)).toEqual([1, id, 'new']);

  await edits[0]!(made(7));
  await written;
  expect(kinds(data)).toEqual([1, 7, 'new']);
  await layouts[2]!(layout(1, 7));
  expect(kinds(data)).toEqual([1, 7, 'new']);
  close();
});

test('an order that came while a row was being made counts when the row is refused', async () => {
  const { data, layouts, edits, close } = await sheet();
  session.changed();
  await tick();
  void data.write('set', [edit(data.begin(), title, 'Designer')]);
  await tick();
  await layouts[1]!(layout(1, 2));
  const problem = { edit: 0, column: 'title', text: 'Designer', message: 'is wrong', suggestions: [] };
  await edits[0]!({ problems: [problem], made: [] });
  expect(kinds(data)).toEqual([1, 2, 'new']);
  close();
});

test('a row that the filter leaves out is written on, and shows its number', async () => {
  const { data, layouts, edits, close } = await sheet();
  const line = { kind: 'row', id: data.begin(), number: 2 } as const;
  const written = data.write('set', [edit(line.id, title, 'Designer')]);
  await tick();
  await edits[0]!(made(7));
  await written;
  // Its line is found before the order has been told again.
  expect(data.placeOf(line, 1)).toBe(1);
  const asked = vi.mocked(commands.gridLayout).mock.lastCall![0];
  expect(asked.standing).toEqual([1, 7]);
  await layouts[1]!(layout(1, 7));
  expect(data.placeOf(line, 1)).toBe(1);
  expect(data.lines.map((line) => (line.kind === 'row' ? line.id : line.kind))).toEqual([1, 7, 'new']);

  // Taken back, it goes.
  session.changed();
  await tick();
  await layouts[2]!(layout(1));
  expect(kinds(data)).toEqual([1, 'new']);
  close();
});
