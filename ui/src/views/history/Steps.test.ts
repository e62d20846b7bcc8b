import { cleanup, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { address } from '../../state/address.svelte';
import { session } from '../../state/session.svelte';
import { commands, type Frame, type HistoryEntry, type HistoryPage, type Rewinding } from '../../ipc/client';
import Steps from './Steps.svelte';

const step = (seq: number, label: string): HistoryEntry => ({
  seq,
  label,
  at: '2026-11-20T09:00:00Z',
  author: 'Ana Márquez',
  action: 'edit',
  changeCount: 1,
  types: ['Person'],
  isUndone: false,
  fromCopy: false,
  canUndo: true,
});

const pageOf = (...steps: HistoryEntry[]): HistoryPage => ({
  total: 9,
  newest: 9,
  lines: {
    total: steps.length,
    found: steps.length,
    rows: steps.map((row) => ({ group: null, row })),
    choices: [{ id: 'Ana Márquez', title: 'Ana Márquez', count: 2 }],
    keys: [],
  },
});
const page = pageOf(step(9, 'Add both'), step(3, 'Add Gdańsk'));

const listing = (answer: HistoryPage) =>
  vi.spyOn(commands, 'history').mockResolvedValue({ status: 'ok', data: answer });

const settled = async () => {
  await new Promise((done) => setTimeout(done));
  await tick();
};

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  session.frame = { today: '2026-11-24', openConflicts: 0 } as Frame;
  vi.spyOn(commands, 'historyChanges').mockResolvedValue({ status: 'ok', data: { total: 0, changes: [] } });
  address.go('history');
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  address.go('history');
  session.frame = null;
});

it('asks for what is chosen, and says how many steps that leaves', async () => {
  const asked = listing(page);
  render(Steps);
  await settled();
  expect(screen.getByTestId('history-count')).toHaveTextContent('9 steps');
  await userEvent.click(screen.getByTestId('table-filter'));
  await userEvent.click(screen.getByTestId('filter-author'));
  await settled();
  await userEvent.click(screen.getByLabelText('Ana Márquez'));
  await settled();
  expect(address.parameters).toEqual({ 'where.author': '=Ana Márquez' });
  address.set({ 'where.at': '@2026-11-20..' });
  await settled();
  const query = asked.mock.lastCall?.[0];
  expect(query?.rows?.filters).toEqual([{ column: 'author', anyOf: ['Ana Márquez'] }]);
  expect(new Date(query?.from ?? '').getDate()).toBe(20);
  expect(screen.getByTestId('history-count')).toHaveTextContent('2 of 9 steps');
  expect(screen.getByTestId('conditions')).toHaveTextContent('When from 20 Nov 2026');
});

it('says when nothing matches, and leads back to all steps', async () => {
  address.set({ 'where.author': '=Nobody', text: 'x' });
  listing(pageOf());
  render(Steps);
  await settled();
  expect(screen.getByText(/No step matches/)).toBeInTheDocument();
  await userEvent.click(screen.getByTestId('history-all'));
  expect(address.parameters).toEqual({});
});

it('restores to a step after showing what that does, and not to the newest', async () => {
  listing(page);
  const effect = { changeCount: 2, changes: [], closed: [], opened: [], loads: [] };
  vi.spyOn(commands, 'rewindEffect').mockResolvedValue({
    status: 'ok',
    data: { steps: 5, newest: 9, effect } as unknown as Rewinding,
  });
  const rewind = vi
    .spyOn(commands, 'rewind')
    .mockResolvedValue({ status: 'ok', data: 'Restored to “Add Gdańsk”' });
  render(Steps);
  await settled();
  await userEvent.click(screen.getByText('Add both'));
  await settled();
  expect(screen.queryByTestId('rewind')).toBeNull();
  await userEvent.click(screen.getByText('Add Gdańsk'));
  await settled();
  await userEvent.click(screen.getByTestId('rewind'));
  await settled();
  const dialog = within(screen.getByRole('dialog'));
  expect(dialog.getByText(/Undoes 5 steps after .*, as one step/)).toBeInTheDocument();
  await userEvent.click(screen.getByTestId('rewind-done'));
  expect(rewind).toHaveBeenCalledWith(3, 9);
});
