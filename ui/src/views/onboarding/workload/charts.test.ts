import { expect, it } from 'vitest';
import type { WorkloadLine } from '../../../ipc/client';
import { workloadChart } from './charts';

const line = (who: string, byWeek: number[]): WorkloadLine => ({
  who,
  entity: null,
  roles: 'buddy',
  byWeek,
  overdue: 0,
  later: 0,
  all: 0,
  starters: [],
});

it('sums whoever has no colour of their own', () => {
  const rows = Array.from({ length: 7 }, (_, at) => line(`P${at}`, [at, 1]));
  const chart = workloadChart({ weeks: ['2027-01-04', '2027-01-11'], rows }, 'Tidewater');
  expect(chart.places.map((place) => place.label)).toEqual(['4 Jan', '11 Jan']);
  expect(chart.marks.length).toBe(6);
  const others = chart.marks.at(-1);
  expect(others?.kind === 'bars' && others.values).toEqual([11, 2]);
});
