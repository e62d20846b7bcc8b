import { afterEach, expect, it, vi } from 'vitest';
import type { Frame } from '../ipc/client';
import { matchesKey } from '../components/keys';
import { actions, actionsFor } from './actions';
import { session } from '../state/session.svelte';

afterEach(() => {
  session.frame = null;
  vi.unstubAllGlobals();
});

/** The press of one key with what is held, as a keyboard sends it; none for a key that there is not. */
function press(key: string): KeyboardEvent | null {
  const parts = key.split(' ');
  const letter = parts.at(-1)!;
  const arrows: Record<string, string> = { '←': 'ArrowLeft', '→': 'ArrowRight' };
  const named = ['F2', 'F11', 'Enter', 'Home', 'End'].includes(letter);
  if (!named && letter.length !== 1) return null;
  const holds = (name: string) => parts.includes(name);
  return new KeyboardEvent('keydown', {
    key: arrows[letter] ?? letter,
    ctrlKey: holds('Ctrl'),
    altKey: holds('Alt'),
    shiftKey: holds('Shift'),
  });
}

it('shows only keys that can be pressed, and each for one thing', () => {
  const keys = actions.flatMap((action) => action.key ?? []);
  for (const key of keys) {
    const event = press(key);
    expect(event, key).not.toBeNull();
    expect(actions.filter((action) => action.key && matchesKey(event!, action.key))).toHaveLength(1);
  }
  expect(keys).toContain('Alt 0');
  expect(keys.some((key) => /Alt \d\d/.test(key))).toBe(false);
});

it('finds what can be done by the starts of its words, so that “do” is no undo', () => {
  session.frame = { undo: { id: 'a', label: 'Add Ada', other: null }, redo: 'Add Bo' } as Frame;
  const found = (typed: string) => actionsFor(typed).map((action) => action.id);
  expect(found('do')).not.toContain('undo');
  expect(found('undo')).toEqual(['undo']);
  expect(found('GÓ  hist')).toEqual(['view-history']);
});
