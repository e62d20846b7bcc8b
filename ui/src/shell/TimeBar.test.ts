import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commands, type Frame } from '../ipc/client';
import { actions } from './actions';
import { address } from '../state/address.svelte';
import { session } from '../state/session.svelte';
import TimeBar from './TimeBar.svelte';

const frame = {
  today: '2026-11-24',
  day: '2026-11-24',
  people: 3,
  findings: { open: 0, accepted: 0, snoozed: 0, ofTeams: 0, ofPeople: 0, ofServices: 0 },
  seats: { filled: 0, planned: 0, vacant: 0, frozen: 0 },
} as unknown as Frame;

beforeEach(() => {
  // jsdom measures nothing.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(commands, 'timeMarks').mockResolvedValue({ status: 'ok', data: [] });
  vi.spyOn(commands, 'scenarioNames').mockResolvedValue({ status: 'ok', data: [] });
  vi.spyOn(commands, 'lookAhead').mockResolvedValue({ status: 'ok', data: null } as never);
  session.frame = frame;
  address.set({ day: undefined });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  address.set({ day: undefined });
  session.frame = null;
});

const today = () => actions.find((action) => action.id === 'today')!;

it('tells of another day than today, and goes back with one key', async () => {
  render(TimeBar, { frame });
  expect(screen.getByTestId('today')).toBeDisabled();
  expect(screen.queryByTestId('not-today')).toBeNull();
  await userEvent.type(screen.getByTestId('day'), '{Control>}a{/Control}+2w{Enter}');
  await tick();
  expect(address.parameters.day).toBe('2026-12-08');
  expect(screen.getByTestId('not-today')).toHaveTextContent('14 days ahead');
  expect(screen.getByRole('contentinfo')).toHaveClass('elsewhere');
  expect(screen.getByTestId('today')).toHaveTextContent('Back to today');
  expect(today().isPossible?.()).toBe(true);
  today().run();
  await tick();
  expect(address.parameters.day).toBeUndefined();
  expect(screen.queryByTestId('not-today')).toBeNull();
});
