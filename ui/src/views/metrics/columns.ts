//! The columns of the table of metrics.

import type { Column } from '../../components/columns';
import type { MetricRow } from '../../ipc/client';

/** `+4.2%`; empty where there is none. */
export function changeWords(change: number | null): string {
  if (change === null) return '';
  const percent = Math.round(change * 1000) / 10;
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  return `${sign}${Math.abs(percent)}%`;
}

export const columns: Column<MetricRow>[] = [
  {
    id: 'metric',
    title: 'Metric',
    kind: 'choice',
    width: 150,
    share: 4,
    value: (row) => row.metric.name,
    isDrawn: true,
  },
  {
    id: 'scope',
    title: 'Of',
    kind: 'choice',
    none: 'The organisation',
    width: 96,
    share: 2,
    value: (row) => row.scope.words,
  },
  {
    id: 'value',
    title: 'Newest',
    kind: 'text',
    width: 116,
    share: 1,
    value: (row) => row.value,
    isDrawn: true,
  },
  { id: 'curve', title: 'Last 13', width: 96, goes: 2 },
  {
    id: 'change',
    title: 'Change',
    kind: 'number',
    width: 76,
    goes: 1,
    isUngrouped: true,
    hint: 'From the period before',
    value: (row) => changeWords(row.change),
    isDrawn: true,
  },
  { id: 'period', title: 'Period', kind: 'day', width: 100, value: (row) => row.last, isDrawn: true },
  {
    id: 'missing',
    title: 'Missing',
    kind: 'text',
    width: 130,
    share: 2,
    goes: 4,
    none: 'Nothing missing',
    hint: 'Due, and not there',
    value: (row) => row.missing,
  },
  {
    id: 'objectives',
    title: 'Objectives',
    kind: 'choice',
    width: 104,
    share: 2,
    none: 'No objective',
    value: (row) => row.objectives.map((one) => one.condition).join(', '),
    isDrawn: true,
  },
  {
    id: 'waiting',
    title: 'Waiting',
    kind: 'choice',
    width: 84,
    goes: 3,
    none: 'Nobody waits',
    hint: 'Positions that wait for an objective of it',
    value: (row) => row.waiting.map((position) => position.key).join(', '),
    isDrawn: true,
  },
];
