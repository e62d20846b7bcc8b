import { beforeEach, expect, test } from 'vitest';
import { forget, lastVisit, seen } from './visit';

const path = '/plans/acme.headroom';

beforeEach(() => {
  localStorage.clear();
  forget();
});

test('a visit begins where the one before it ended', () => {
  expect(lastVisit(path)).toBeNull();
  seen(path, 7, '2027-03-01T09:00:00Z');
  seen(path, 9, '2027-03-01T09:30:00Z');
  expect(lastVisit(path)?.seq).toBe(7);
  forget();
  expect(lastVisit(path)).toEqual({ seq: 9, at: '2027-03-01T09:30:00Z' });
  seen(path, 12, '2027-03-02T09:00:00Z');
  expect(lastVisit(path)?.seq).toBe(9);
});

test('each plan has visits of its own, and what cannot be read is none', () => {
  seen(path, 7, '2027-03-01T09:00:00Z');
  expect(lastVisit('/plans/other.headroom')).toBeNull();
  localStorage.setItem('headroom.visit:/plans/odd.headroom', '{"seq":"7"');
  expect(lastVisit('/plans/odd.headroom')).toBeNull();
});
