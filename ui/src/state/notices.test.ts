import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notices } from './notices.svelte';
import { session } from './session.svelte';

beforeEach(() => (notices.all = []));
afterEach(() => (notices.all = []));

test('what a notice offers goes with the next change, and a warning stays', () => {
  vi.useFakeTimers();
  notices.warn('The file cannot be written');
  notices.say('Undone: Changed team', { label: 'Redo', run: () => undefined });
  session.changed();
  expect(notices.all.map((notice) => notice.text)).toEqual(['The file cannot be written']);
  notices.say('Saved plan.csv');
  session.changed();
  expect(notices.all).toHaveLength(2);
  // What somebody else has done is so whatever comes next.
  notices.tell('Ben: Changed team', { label: 'Show', run: () => undefined });
  session.changed();
  expect(notices.all.map((notice) => notice.text)).toContain('Ben: Changed team');
  vi.useRealTimers();
});

test('the newest two stand, and the same is said once', () => {
  vi.useFakeTimers();
  const texts = () => notices.all.map((notice) => notice.text);
  notices.say('Saved a.csv');
  notices.say('Saved b.csv');
  expect(texts()).toEqual(['Saved a.csv', 'Saved b.csv']);
  notices.warn('The file cannot be written');
  notices.say('Saved c.csv');
  expect(texts()).toEqual(['Saved b.csv', 'The file cannot be written', 'Saved c.csv']);
  notices.say('Saved b.csv');
  expect(texts()).toEqual(['The file cannot be written', 'Saved c.csv', 'Saved b.csv']);
  vi.advanceTimersByTime(6000);
  expect(texts()).toEqual(['The file cannot be written']);
  vi.useRealTimers();
});
