import { expect, it } from 'vitest';
import { isFiltered, queryOf } from './filter';

it('takes whole days of the reader, the last one included', () => {
  const { from, until } = queryOf({ from: '2026-11-20', until: '2026-11-21' });
  const local = (iso: string | null | undefined) => new Date(iso ?? '').toString().slice(0, 21);
  expect(local(from)).toBe('Fri Nov 20 2026 00:00');
  expect(local(until)).toBe('Sun Nov 22 2026 00:00');
});

it('knows when everything is listed', () => {
  expect(isFiltered({ entry: '3', day: '2027-01-01' })).toBe(false);
  expect(isFiltered({ author: 'Ada' })).toBe(true);
  expect(queryOf({})).toEqual({ text: '', from: null, until: null, author: null, kind: null });
});
