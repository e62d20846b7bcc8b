//! What the part draws, as data.

import { capitalize, moneyInShort } from '../../../lib/format';
import type { Chart, Place } from '../../../components/chart/chart';
import type { CapacityMonth, PercentileRow, LayersAnswer, RecruitingAnswer } from '../../../ipc/client';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2027-03-01` as `Mar 27` below a chart and as `March 2027` in a table. */
export function place(day: string): Place {
  const [year = '', month = '1'] = day.split('-');
  const name = MONTHS[Number(month) - 1] ?? '';
  return { id: day, label: `${name.slice(0, 3)} ${year.slice(2)}`, title: `${name} ${year}` };
}

/** Full-time people with one decimal. */
export function people(value: number): string {
  const text = Math.abs(value) < 0.05 ? '0' : value.toFixed(1);
  return text.replace('-', '−').replace(/\.0$/, '');
}

/** The same with the decimal always, for a column of them. */
export function tenths(value: number): string {
  return (Math.abs(value) < 0.05 ? 0 : value).toFixed(1).replace('-', '−');
}

export function percent(value: number, digits = 0): string {
  return `${(value * 100).toFixed(digits)}%`;
}

export function capacityChart(months: CapacityMonth[], note: string): Chart {
  const bars = (id: string, title: string, ink: string, value: (month: CapacityMonth) => number) => ({
    kind: 'bars' as const,
    id,
    title,
    ink,
    values: months.map(value),
  });
  return {
    title: 'Headcount and capacity',
    note,
    places: months.map((month) => place(month.month)),
    isStacked: true,
    format: people,
    formatExact: tenths,
    marks: [
      bars('capacity', 'Capacity', 'hue-1', (month) => month.capacity),
      bars('interviews', 'Interviews', 'hue-4', (month) => month.interviews),
      bars('mentoring', 'Mentoring', 'hue-2', (month) => month.mentoring),
      { ...bars('ramp', 'Ramp-up', 'hue-7', (month) => month.ramp), isPale: true },
      {
        kind: 'line',
        id: 'headcount',
        title: 'Headcount',
        ink: 'text',
        values: months.map((month) => month.headcount),
      },
      {
        kind: 'line',
        id: 'expected',
        title: 'Capacity with attrition',
        ink: 'hue-5',
        dash: 'dashed',
        values: months.map((month) => month.expectedCapacity),
      },
    ],
  };
}

export function fanChart(
  title: string,
  months: string[],
  fans: PercentileRow[],
  note: string,
  currency?: string,
): Chart {
  const write = currency ? (value: number) => moneyInShort(value, currency) : people;
  return {
    title,
    note,
    places: months.map(place),
    format: write,
    formatExact: currency ? (value) => moneyInShort(Math.round(value), currency) : tenths,
    marks: [
      {
        kind: 'band',
        id: 'band',
        title: 'P10 – P90',
        ink: 'hue-1',
        low: fans.map((fan) => fan.p10),
        high: fans.map((fan) => fan.p90),
      },
      { kind: 'line', id: 'p50', title: 'P50', ink: 'hue-1', values: fans.map((fan) => fan.p50) },
      {
        kind: 'line',
        id: 'mean',
        title: 'Mean',
        ink: 'text-quiet',
        dash: 'dotted',
        values: fans.map((fan) => fan.mean),
      },
    ],
  };
}

export function recruitingChart(answer: RecruitingAnswer, note: string): Chart {
  const carried = answer.carried > 0 ? answer.carried : null;
  return {
    title: 'Open requisitions and hires',
    note,
    places: answer.months.map((month) => place(month.month)),
    format: people,
    formatExact: tenths,
    marks: [
      {
        kind: 'bars',
        id: 'requisitions',
        title: 'Open requisitions',
        ink: 'hue-1',
        values: answer.months.map((month) => month.requisitions),
      },
      {
        kind: 'line',
        id: 'carried',
        title: answer.recruiters === null ? 'Capacity per recruiter' : 'Recruiter capacity',
        ink: 'hue-2',
        dash: 'dashed',
        isStepped: true,
        values: answer.months.map(() => carried),
      },
      {
        kind: 'line',
        id: 'hires',
        title: 'Hires starting',
        ink: 'hue-3',
        dash: 'dotted',
        values: answer.months.map((month) => month.hires),
      },
    ],
  };
}

export function spanChart(answer: LayersAnswer, note: string): Chart {
  return {
    title: 'Span of control',
    note,
    places: answer.spans.map((span) => ({
      id: String(span.reports),
      label: String(span.reports),
      title: `${span.reports} ${span.reports === 1 ? 'report' : 'reports'}`,
    })),
    format: String,
    marks: [
      {
        kind: 'bars',
        id: 'managers',
        title: 'Managers',
        ink: 'hue-1',
        values: answer.spans.map((span) => span.managers),
      },
    ],
  };
}

export function layerChart(answer: LayersAnswer, note: string): Chart {
  return {
    title: 'Positions per layer',
    note,
    places: answer.layers.map((_, at) => ({
      id: String(at),
      label: String(at + 1),
      title: at === 0 ? 'Layer 1 (top)' : capitalize(`layer ${at + 1}`),
    })),
    format: String,
    marks: [{ kind: 'bars', id: 'positions', title: 'Positions', ink: 'hue-3', values: answer.layers }],
  };
}
