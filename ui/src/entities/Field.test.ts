import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../state/session.svelte';
import { commands, type Frame } from '../ipc/client';
import Field from './Field.svelte';

const set = () => vi.spyOn(commands, 'setFields').mockResolvedValue({ status: 'ok', data: null });

beforeEach(() => {
  session.frame = { today: '2026-11-25' } as Frame;
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  session.frame = null;
});

async function editing(field = 'from') {
  render(Field, { kind: 'person', id: 7, field, label: 'Start date', type: 'date', value: '2027-03-12' });
  await userEvent.click(screen.getByTestId(`person-7-${field}-shown`));
  return screen.getByRole('combobox');
}

it('takes a date as it is said, and an end as its last day', async () => {
  const sent = set();
  await editing();
  await userEvent.keyboard('next mon{Enter}');
  await tick();
  expect(sent).toHaveBeenCalledWith('person', 7, [
    { field: 'from', value: { text: '2026-11-30' }, was: { text: '2027-03-12' } },
  ]);
  cleanup();
  await editing('until');
  await userEvent.keyboard('q3{Enter}');
  expect(sent).toHaveBeenLastCalledWith('person', 7, [
    { field: 'until', value: { text: '2027-09-30' }, was: { text: '2027-03-12' } },
  ]);
  expect(sent).toHaveBeenCalledTimes(2);
});

it('is emptied, left as it was, or kept open while it cannot be read', async () => {
  const sent = set();
  const input = await editing();
  await userEvent.keyboard('soon{Enter}');
  expect(input).toBeInTheDocument();
  expect(screen.getByTestId('date-hint')).toHaveTextContent('“soon” is not a date');
  await userEvent.tab();
  await userEvent.tab();
  expect(input).toBeInTheDocument();
  input.focus();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(sent).not.toHaveBeenCalled();
  cleanup();
  await editing();
  await userEvent.keyboard('{Delete}{Enter}');
  expect(sent).toHaveBeenCalledWith('person', 7, [
    { field: 'from', value: { text: '' }, was: { text: '2027-03-12' } },
  ]);
});

it('says what it was opened with, whatever the plan has meanwhile', async () => {
  const sent = set();
  const props = { kind: 'person' as const, id: 7, field: 'title', label: 'Title', value: 'Engineer' };
  const { rerender } = render(Field, props);
  await userEvent.click(screen.getByTestId('person-7-title-shown'));
  await userEvent.keyboard('Manager');
  await rerender({ ...props, value: 'Lead' });
  await userEvent.keyboard('{Enter}');
  const edit = { field: 'title', value: { text: 'Manager' }, was: { text: 'Engineer' } };
  expect(sent).toHaveBeenCalledWith('person', 7, [edit]);
});

it('sends nothing when nothing was typed, whatever the plan has meanwhile', async () => {
  const sent = set();
  const props = { kind: 'person' as const, id: 7, field: 'title', label: 'Title', value: 'Engineer' };
  const { rerender } = render(Field, props);
  await userEvent.click(screen.getByTestId('person-7-title-shown'));
  await rerender({ ...props, value: 'Lead' });
  await userEvent.keyboard('{Enter}');
  expect(sent).not.toHaveBeenCalled();
  expect(screen.getByTestId('person-7-title-shown')).toHaveTextContent('Lead');
});
