//! A chart as data: what stands along the bottom, and what is drawn above it. Drawn by `draw.ts`, shown with a table
//! beside it by `Chart.svelte`, written as a file by `svg.ts`.

import { nice } from 'd3-array';

/** A place along the bottom: a month, a quarter, a step of a waterfall. */
export interface Place {
  id: string;
  /** Short, below the chart: `Mar 27`. */
  label: string;
  /** In full, in the table and when it is pointed at: `March 2027`. */
  title: string;
}

interface Named {
  id: string;
  title: string;
  /** The name of a colour token, such as `hue-1` or `line-strong`. */
  ink: string;
}

/** A value at each place; null where there is none. */
export type Values = (number | null)[];

export interface Bars extends Named {
  kind: 'bars';
  values: Values;
  isPale?: boolean;
}

export interface Line extends Named {
  kind: 'line';
  values: Values;
  /** Told apart without colour too. */
  dash?: 'dashed' | 'dotted';
  /** Stays level between places and jumps at them: budgets, limits. */
  isStepped?: boolean;
}

/** From a low to a high value, such as P10 to P90. */
export interface Band extends Named {
  kind: 'band';
  low: Values;
  high: Values;
}

/** Bars that float: the steps of a waterfall. Each has its own colour. */
export interface Floats extends Named {
  kind: 'floats';
  steps: { from: number; to: number; value: number; ink: string; isTotal: boolean }[];
}

export type Mark = Bars | Line | Band | Floats;

/** What happened at the places, such as who joined: marks below them. */
export interface Happenings {
  id: string;
  title: string;
  ink: string;
  sign: 'dot' | 'diamond';
  /** At each place, in words. */
  at: string[][];
}

export interface Chart {
  title: string;
  /** Below the title in a file: the plan, the team, the days. */
  note?: string;
  places: Place[];
  marks: Mark[];
  /** Bars on top of each other, not side by side. */
  isStacked?: boolean;
  /** Along the side and in the table. */
  format: (value: number) => string;
  /** In the table and when pointed at, where the axis is shorter than exact. */
  formatExact?: (value: number) => string;
  /** Upright lines: today, an approval. */
  signs?: { place: number; title: string }[];
  happenings?: Happenings[];
  /** Where the axis begins, if not at nothing: what stands on the ground is drawn as cut. */
  ground?: number;
}

export interface Step {
  id: string;
  title: string;
  /** The short name below the bar; the title where there is none. */
  label?: string;
  value: number;
  /** Stands on the ground: the start, the end, a sum in between. */
  isTotal?: boolean;
  /** Its colour, if neither good nor bad. */
  ink?: string;
}

export interface WaterfallOptions {
  /** More is bad, as of cost; by default it is. */
  isMoreBad?: boolean;
  /** The axis begins below the lowest step where the totals are so large that no step could be seen. */
  isCut?: boolean;
}

/** A waterfall: totals stand on the ground, every other step begins where the one before it ended. */
export function waterfall(
  steps: Step[],
  chart: Omit<Chart, 'places' | 'marks'>,
  { isMoreBad = true, isCut = false }: WaterfallOptions = {},
): Chart {
  let level = 0;
  const levels = steps.map((step) => (level = step.isTotal ? step.value : level + step.value));
  const ground = isCut ? groundBelow(levels) : undefined;
  level = 0;
  const floats = steps.map((step) => {
    const from = step.isTotal ? (ground ?? 0) : level;
    level = step.isTotal ? step.value : level + step.value;
    const isBad = step.value > 0 === isMoreBad;
    const ink = step.ink ?? (step.isTotal ? 'line-strong' : isBad ? 'hue-2' : 'hue-3');
    return { from, to: level, value: step.value, ink, isTotal: step.isTotal ?? false };
  });
  return {
    ...chart,
    ...(ground === undefined ? {} : { ground }),
    places: steps.map((step) => ({ id: step.id, label: step.label ?? step.title, title: step.title })),
    marks: [{ kind: 'floats', id: 'steps', title: 'Amount', ink: 'line-strong', steps: floats }],
  };
}

/** Where the axis begins if it begins below all levels; none if these are far enough from each other to be seen. */
function groundBelow(levels: number[]): number | undefined {
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  if (low <= 0 || high - low > high / 2) return undefined;
  const room = Math.max((high - low) / 2, high / 100);
  const [ground] = nice(Math.max(0, low - room), high, 4);
  return ground > 0 ? ground : undefined;
}

/** What a mark says at a place, as text; empty where it says nothing. */
export function said(chart: Chart, mark: Mark, at: number): string {
  const write = chart.formatExact ?? chart.format;
  const one = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : write(value);
  switch (mark.kind) {
    case 'band': {
      const [low, high] = [one(mark.low[at]), one(mark.high[at])];
      return low && high ? `${low} – ${high}` : low || high;
    }
    case 'floats': {
      const step = mark.steps[at];
      const sign = step && !step.isTotal && step.value > 0 ? '+' : '';
      return step ? sign + write(step.value) : '';
    }
    default:
      return one(mark.values[at]);
  }
}

/** A place in one sentence, for those who hear it. */
export function sentence(chart: Chart, at: number): string {
  const parts = chart.marks
    .map((mark) => [mark.title, said(chart, mark, at)] as const)
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${title} ${text}`);
  for (const { title, at: words } of chart.happenings ?? [])
    if (words[at]?.length) parts.push(`${title}: ${words[at].join(', ')}`);
  return `${chart.places[at]?.title ?? ''}: ${parts.join(', ') || 'no data'}`;
}

export function isEmpty(chart: Chart): boolean {
  return chart.places.every((_, at) => chart.marks.every((mark) => said(chart, mark, at) === ''));
}
