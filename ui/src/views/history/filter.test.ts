import { expect, it } from 'vitest';
import { queryOf } from './filter';

it('takes whole days of the reader, the last one included', () => {
  const author = { column: 'author', anyOf: ['Ben'] };
  const { rows, from, until } = queryOf({
    filters: [{ column: 'at', from: '2026-11-20', until: '2026-11-21' }, author],
  });
  const local = (iso: string | null | undefined) => new Date(iso ?? '').toString().slice(0, 21);
  expect(local(from)).toBe('Fri Nov 20 2026 00:00');
  expect(local(until)).toBe('Sun Nov 22 2026 00:00');
  expect(rows?.filters).toEqual([author]);
});

it('asks for any time where no day is chosen', () => {
  expect(queryOf({ text: 'ada' })).toEqual({ rows: { text: 'ada', filters: [] }, from: null, until: null });
});
