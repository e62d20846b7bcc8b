import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { address } from '../state/address.svelte';
import { session } from '../state/session.svelte';
import type { Frame } from '../ipc/client';
import DateInput from './DateInput.svelte';

beforeEach(() => {
  session.frame = { today: '2026-11-24' } as Frame;
  address.set({ day: '2026-11-25' });
});

afterEach(() => {
  address.set({ day: undefined });
  session.frame = null;
});

function shown(properties: Partial<{ value: string; mayBeEmpty: boolean; edge: 'first' | 'last' }> = {}) {
  const onchange = vi.fn();
  const drawn = render(DateInput, { label: 'First day', value: '2027-03-12', onchange, ...properties });
  return { onchange, input: screen.getByRole<HTMLInputElement>('combobox'), ...drawn };
}

async function type(input: HTMLInputElement, text: string) {
  await userEvent.clear(input);
  await userEvent.type(input, text);
}

it('says while it is typed what is understood, and takes it on Enter, once', async () => {
  const { onchange, input, rerender } = shown();
  await type(input, 'next mon');
  expect(screen.getByTestId('date-hint')).toHaveTextContent('Mon 30 Nov 2026');
  await userEvent.type(input, '{Enter}');
  await userEvent.tab();
  expect(onchange.mock.calls).toEqual([['2026-11-30']]);
  await rerender({ value: '2026-11-30' });
  expect(input).toHaveValue('30 Nov 2026');
  expect(screen.queryByTestId('date-hint')).toBeNull();
});

it('gives the last day of a quarter where an end is asked for', async () => {
  const { onchange, input } = shown({ edge: 'last' });
  await type(input, 'q3{Enter}');
  expect(onchange).toHaveBeenCalledWith('2027-09-30');
});

it('says in words what cannot be read, keeps the former day, and lets no form be sent', async () => {
  const { onchange, input } = shown();
  await type(input, 'soon');
  expect(input).toHaveAttribute('aria-invalid', 'false');
  expect(screen.getByTestId('date-hint')).toHaveTextContent('e.g. 12 Mar 2027, next mon or +2w');
  await userEvent.tab();
  expect(screen.getByTestId('date-hint')).toHaveTextContent('“soon” is not a date');
  expect(input).toHaveAttribute('aria-invalid', 'true');
  expect(input).toHaveAccessibleDescription(/“soon” is not a date/);
  expect(input.validity.valid).toBe(false);
  expect(onchange).not.toHaveBeenCalled();
  await userEvent.type(input, '{Escape}');
  expect(input).toHaveValue('12 Mar 2027');
  expect(input.validity.valid).toBe(true);
});

it('is emptied only where it may be empty', async () => {
  const { onchange, input, unmount } = shown();
  await userEvent.clear(input);
  await fireEvent.change(input);
  expect(onchange).not.toHaveBeenCalled();
  expect(input).toHaveValue('12 Mar 2027');
  unmount();
  const other = shown({ mayBeEmpty: true });
  await userEvent.clear(other.input);
  await fireEvent.change(other.input);
  expect(other.onchange).toHaveBeenCalledWith('');
});

it('opens a calendar with Alt and an arrow, walks through it by key, and goes back to the field', async () => {
  const { onchange, input } = shown();
  input.focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await tick();
  const focused = () => document.activeElement?.getAttribute('data-day');
  expect(focused()).toBe('2027-03-12');
  expect(screen.getByRole('grid', { name: 'March 2027' })).toBeInTheDocument();
  for (const [key, day] of [
    ['{ArrowRight}', '2027-03-13'],
    ['{ArrowDown}', '2027-03-20'],
    ['{Home}', '2027-03-15'],
    ['{End}', '2027-03-21'],
    ['{PageDown}', '2027-04-21'],
    ['{Shift>}{PageUp}{/Shift}', '2026-04-21'],
    ['{ArrowUp}', '2026-04-14'],
  ] as const) {
    await userEvent.keyboard(key);
    expect(focused(), key).toBe(day);
  }
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('grid')).toBeNull();
  expect(document.activeElement).toBe(input);
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}{ArrowRight}{Enter}');
  expect(onchange.mock.calls).toEqual([['2027-03-13']]);
  expect(document.activeElement).toBe(input);
});

it('marks today, the day shown and the day chosen, in weeks from Monday', async () => {
  shown({ value: '2026-11-30' });
  await userEvent.click(screen.getByTestId('date-calendar'));
  const named = (name: string) => screen.getByRole('gridcell', { name });
  expect(named('Tue 24 Nov 2026, today')).toHaveAttribute('aria-current', 'date');
  expect(named('Wed 25 Nov 2026, day shown')).toBeInTheDocument();
  expect(named('Mon 30 Nov 2026, chosen')).toHaveAttribute('aria-selected', 'true');
  expect(screen.getAllByRole('columnheader')[0]).toHaveTextContent('Mo');
  expect(screen.getAllByRole('gridcell')).toHaveLength(42);
  expect(screen.getAllByRole('gridcell')[0]).toHaveAccessibleName('Mon 26 Oct 2026');
});
