import { beforeEach, expect, it } from 'vitest';
import type { Frame } from '../ipc/client';
import { currentUser } from './current-user.svelte';
import { session } from './session.svelte';

const open = (path: string) => (session.frame = { path } as Frame);

beforeEach(() => {
  localStorage.clear();
  open('/plans/other.headroom');
  currentUser.become(null);
  open('/plans/acme.headroom');
  currentUser.become(null);
});

it('is remembered for each plan, and forgotten when it is taken back', () => {
  currentUser.become(7);
  expect(currentUser.id).toBe(7);
  open('/plans/other.headroom');
  expect(currentUser.id).toBeNull();
  open('/plans/acme.headroom');
  expect(currentUser.id).toBe(7);
  currentUser.become(null);
  expect([currentUser.id, localStorage.length]).toEqual([null, 0]);
});

it('knows whether the window is in the new hire’s mode, which ends with another person', () => {
  currentUser.showOnly(3);
  expect(currentUser.firstWeeks).toBeNull();
  currentUser.become(7);
  currentUser.showOnly(3);
  expect(currentUser.firstWeeks).toBe(3);
  currentUser.become(8);
  expect(currentUser.firstWeeks).toBeNull();
});

it('is nobody where what is kept cannot be read', () => {
  for (const text of ['{"person":"7"', '{"person":"7"}', '[]', 'null']) {
    localStorage.setItem('headroom.i-am:/plans/odd.headroom', text);
    open('/plans/odd.headroom');
    expect(currentUser.id).toBeNull();
  }
});
