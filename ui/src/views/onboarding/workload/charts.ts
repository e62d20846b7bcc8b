//! The onboarding workload as chart data.

import { date } from '../../../lib/format';
import type { Chart, Mark } from '../../../components/chart/chart';
import type { WorkloadLine } from '../../../ipc/client';

/** Those with a colour of their own; all others are one. */
const APART = 5;

export function workloadChart(view: { weeks: string[]; rows: WorkloadLine[] }, note: string): Chart {
  const apart = view.rows.slice(0, APART);
  const others = view.rows.slice(APART);
  const values = (lines: WorkloadLine[]) =>
    view.weeks.map((_, at) => lines.reduce((sum, line) => sum + (line.byWeek[at] ?? 0), 0));
  const marks: Mark[] = apart.map((line, at) => ({
    kind: 'bars',
    id: `who-${at}`,
    title: line.who,
    ink: `hue-${at + 1}`,
    values: values([line]),
  }));
  if (others.length > 0) {
    marks.push({ kind: 'bars', id: 'others', title: 'Others', ink: 'line-strong', values: values(others) });
  }
  return {
    title: 'Items due by week',
    note,
    isStacked: true,
    places: view.weeks.map((week) => ({
      id: week,
      label: date(week).replace(/ \d+$/, ''),
      title: `Week of ${date(week)}`,
    })),
    marks,
    format: String,
  };
}

/** How strongly a week stands out, from 0 to 1. */
export function weight(count: number, most: number): number {
  return most > 0 ? count / most : 0;
}
