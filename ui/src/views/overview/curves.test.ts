import { expect, test } from 'vitest';
import { curve, monthOf, whole } from './curves';

test('a curve knows the month of the day', () => {
  const month = (iso: string, people: number) => ({ month: iso, people, planned: 1, cost: null });
  const found = curve(
    [month('2026-10-01', 1), month('2026-11-01', 2), month('2026-12-01', 3)],
    (row) => row.people,
  );
  expect(found).toEqual({ values: [1, 2, 3], labels: ['Oct 2026', 'Nov 2026', 'Dec 2026'], now: 1 });
  expect([monthOf('2027-03-12'), whole(11.3000001)]).toEqual(['Mar 2027', 11.3]);
});
