import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commands, type Answer, type Frame, type Hit } from '../ipc/client';
import ViewTabs from '../entities/ViewTabs.svelte';
import { address } from '../state/address.svelte';
import Palette from './Palette.svelte';
import { lookedAt } from '../state/recent';
import { session } from '../state/session.svelte';

let undo: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  // jsdom has no dialogs, and scrolls nothing.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  Element.prototype.scrollIntoView = () => {};
  undo = vi.spyOn(commands, 'undo').mockResolvedValue({ status: 'ok', data: '' });
  session.frame = {
    path: '/plan',
    undo: { id: 'a', label: 'Add Ada', other: null },
    redo: 'Add Bo',
  } as Frame;
});

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
  session.frame = null;
});

const ada: Hit = {
  entity: { kind: 'person', id: 7, key: 'ada', name: 'Ada', isUnconfirmed: false },
  rule: null,
  title: 'Ada',
  detail: '',
  absence: '',
};

it('does nothing on Enter while nothing is typed or chosen', async () => {
  const go = vi.spyOn(address, 'go');
  render(Palette, { onclose: () => {} });
  await userEvent.type(screen.getByRole('combobox'), '{Enter}');
  expect(undo).not.toHaveBeenCalled();
  expect(go).not.toHaveBeenCalled();
  expect(screen.getByRole('dialog')).toHaveAttribute('open');
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

const settled = async () => {
  await new Promise((done) => setTimeout(done));
  await tick();
};

const titles = () => screen.getAllByRole('option').map((line) => line.firstElementChild?.textContent);

it('finds people of any day, and says what keeps them from being there', async () => {
  const bo: Hit = {
    ...ada,
    entity: { ...ada.entity!, id: 8, name: 'Bo' },
    title: 'Bo',
    absence: 'joins 1 Mar 2027',
  };
  const search = vi.spyOn(commands, 'search').mockResolvedValue({ status: 'ok', data: [ada, bo] });
  render(Palette, { onclose: () => {} });
  await userEvent.type(screen.getByRole('combobox'), 'x');
  await settled();
  expect(search).toHaveBeenLastCalledWith('x', [], true, session.at, 40);
  expect(screen.getByText('person · joins 1 Mar 2027')).toBeInTheDocument();
});

it('has what was looked at last first, in what is found and while nothing is typed', async () => {
  const bo: Hit = { ...ada, entity: { ...ada.entity!, id: 8, name: 'Bo' }, title: 'Bo' };
  lookedAt('/plan', { kind: 'person', id: 8 });
  vi.spyOn(commands, 'names').mockResolvedValue({ status: 'ok', data: [bo.entity!] });
  vi.spyOn(commands, 'search').mockResolvedValue({ status: 'ok', data: [ada, bo] });
  const go = vi.spyOn(address, 'go');
  render(Palette, { onclose: () => {} });
  await settled();
  expect(screen.getByText('Recent')).toBeInTheDocument();
  expect(titles()[0]).toBe('Bo');
  await userEvent.type(screen.getByRole('combobox'), 'x');
  await settled();
  expect(titles()).toEqual(['Bo', 'Ada']);
  await userEvent.type(screen.getByRole('combobox'), '{Enter}');
  expect(go).toHaveBeenCalledWith('person', { id: '8' });
});

it('runs on Enter what an arrow has chosen, and nothing that is only pointed at', async () => {
  const onclose = vi.fn();
  render(Palette, { onclose });
  await userEvent.hover(screen.getByText('Undo'));
  await userEvent.type(screen.getByRole('combobox'), '{Enter}');
  expect(undo).not.toHaveBeenCalled();
  const go = vi.spyOn(address, 'go');
  await userEvent.type(screen.getByRole('combobox'), '{ArrowDown}{Enter}');
  expect(go).toHaveBeenCalledWith('overview');
});

it('offers the tabs of the view that is shown, by the starts of their words', async () => {
  address.go('hiring');
  vi.spyOn(commands, 'search').mockResolvedValue({ status: 'ok', data: [] });
  render(ViewTabs, {
    view: 'hiring',
    label: 'Tabs',
    tabs: [
      { id: 'gaps', title: 'Gaps' },
      { id: 'cafe', title: 'Café' },
    ],
  });
  render(Palette, { onclose: () => {} });
  await tick();
  expect(titles().slice(0, 2)).toEqual(['Show Gaps', 'Show Café']);
  await userEvent.type(screen.getByRole('combobox'), 'cafe');
  await settled();
  expect(titles()).toEqual(['Show Café']);
  await userEvent.type(screen.getByRole('combobox'), '{Enter}');
  expect(address.parameters.part).toBe('cafe');
});
