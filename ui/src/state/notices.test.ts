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
