import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commands, type Answer, type Frame, type Hit } from '../ipc/client';
import { address } from './address.svelte';
import Palette from './Palette.svelte';
import { session } from './session.svelte';

let undo: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  undo = vi.spyOn(commands, 'undo').mockResolvedValue({ status: 'ok', data: '' });
  session.frame = { undo: { id: 'a', label: 'Add Ada', other: null }, redo: 'Add Bo' } as Frame;
});

afterEach(() => {
  vi.restoreAllMocks();
  session.frame = null;
});

const ada: Hit = {
  entity: { kind: 'person', id: 7, key: 'ada', name: 'Ada', isUnconfirmed: false },
  rule: null,
  title: 'Ada',
  detail: '',
};

it('does nothing on Enter while nothing is typed or chosen', async () => {
  const onclose = vi.fn();
  render(Palette, { onclose });
  await userEvent.type(screen.getByRole('combobox'), '{Enter}');
  expect(undo).not.toHaveBeenCalled();
  expect(screen.queryByRole('option', { selected: true })).toBeNull();
});

it('waits on Enter for what is searched, and runs no action meanwhile', async () => {
  const go = vi.spyOn(address, 'go');
  let answer: (hits: Answer<Hit[]>) => void = () => {};
  vi.spyOn(commands, 'search').mockReturnValue(new Promise((resolve) => (answer = resolve)) as never);
  render(Palette, { onclose: () => {} });
  await userEvent.type(screen.getByRole('combobox'), 'u{Enter}');
  expect(undo).not.toHaveBeenCalled();
  answer({ status: 'ok', data: [ada] });
  await new Promise((done) => setTimeout(done));
  await tick();
  expect(go).toHaveBeenCalledWith('person', { id: '7' });
  expect(undo).not.toHaveBeenCalled();
});
