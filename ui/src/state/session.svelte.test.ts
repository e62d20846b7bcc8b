import { afterEach, expect, it, vi } from 'vitest';
import { commands, type AppError, type Frame } from '../ipc/client';
import { address } from './address.svelte';
import { notices } from './notices.svelte';
import { act, askUndo, session } from './session.svelte';
import { ui } from './ui.svelte';

afterEach(() => {
  notices.all = [];
  ui.isEditRefused = false;
  vi.restoreAllMocks();
  session.frame = null;
  ui.undoing = null;
});

it('asks everything again once another day has begun, and only then', async () => {
  session.frame = { today: '2027-06-15' } as Frame;
  const refresh = vi.spyOn(commands, 'refresh');
  const before = session.revision;
  refresh.mockResolvedValue({ status: 'ok', data: { isChanged: false, today: '2027-06-15' } });
  await session.lookAgain();
  expect(session.revision).toBe(before);
  refresh.mockResolvedValue({ status: 'ok', data: { isChanged: false, today: '2027-06-16' } });
  await session.lookAgain();
  expect(session.revision).toBe(before + 1);
});

it('looks at the plan from another point after the day or the switch has changed, and after nothing else', () => {
  address.go('forecast');
  // Another test may have left a day behind.
  address.set({ day: undefined, seats: undefined });
  const { at, atToday } = session;
  expect(at).toEqual({ day: null, plannedHires: true });
  address.set({ text: 'pay' });
  expect(session.at).toBe(at);
  address.set({ day: '2027-06-15' });
  expect(session.at).toEqual({ day: '2027-06-15', plannedHires: true });
  expect(session.atToday).toBe(atToday);
  address.set({ seats: 'no' });
  expect(session.at).toEqual({ day: '2027-06-15', plannedHires: false });
  expect(session.atToday).toEqual({ day: null, plannedHires: false });
  address.set({ day: undefined, seats: undefined });
});

it('takes back one’s own step at once, and asks about that of somebody else', async () => {
  const undo = vi.spyOn(commands, 'undo').mockResolvedValue({ status: 'ok', data: 'Add Ada' });
  const frame = vi.spyOn(commands, 'frame');
  const next = (step: object) =>
    frame.mockResolvedValue({ status: 'ok', data: { undo: step } as unknown as Frame });
  // What the page has heard of last is not what comes next any more.
  session.frame = { undo: { id: 'c', label: 'Add Cy', other: null } } as Frame;
  next({ id: 'd', label: 'Add Ada', other: 'Ben' });
  await askUndo();
  expect(undo).not.toHaveBeenCalled();
  expect(ui.undoing?.id).toBe('d');
  next({ id: 'e', label: 'Add Bo', other: null });
  await askUndo();
  expect(undo).toHaveBeenCalledExactlyOnceWith('e');
});

it('asks everything again when the plan was reloaded under a change that failed', async () => {
  const failed = (kind: AppError['kind']) =>
    act(Promise.resolve({ status: 'error', error: { kind, message: 'no', field: null } }));
  for (const kind of ['stale', 'conflict'] as const) {
    const before = session.revision;
    await failed(kind);
    expect(session.revision).toBe(before + 1);
  }
  const before = session.revision;
  await failed('file');
  expect(session.revision).toBe(before);
});
