//! A chart as shapes, with the names of colours in them: the page fills them in from its tokens, a file from the theme.

import { area, curveLinear, curveStep, line } from 'd3-shape';
import { truncate, textWidth } from '../text-width';
import type { Band, Chart, Line, Mark } from './chart';
import { bands, linear, type Bands, type Linear } from './scale';

export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; ink: string; opacity?: number }
  | {
      kind: 'path';
      d: string;
      ink: string;
      isFilled?: boolean;
      opacity?: number;
      width?: number;
      dash?: string;
    }
  | {
      kind: 'text';
      x: number;
      y: number;
      words: string;
      ink: string;
      anchor: 'start' | 'middle' | 'end';
      /** In full, where the words are cut. */
      full?: string;
    };

export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
  /** The middle of each place. */
  middles: number[];
  /** The room between the axes. */
  plot: { left: number; right: number; top: number; bottom: number };
}

export const LETTERS = 11;
const FOOT = 24;
const TOP = 10;
/** Space above the plot for what signs are called, so that no line runs through it. */
const SIGN = 14;

interface Scales {
  x: Bands;
  y: Linear;
}

export function draw(chart: Chart, width: number, height: number): Drawing {
  const top = chart.signs?.length ? TOP + SIGN : TOP;
  const y = linear(extent(chart), [height - FOOT, top], 4);
  const ticks = y.ticks(4);
  const left = Math.ceil(Math.max(24, ...ticks.map((tick) => textWidth(chart.format(tick), LETTERS))) + 8);
  const x = bands(chart.places.length, [left, Math.max(left + 1, width - 4)], 0.28, 0.14);
  const plot = { left, right: width - 4, top, bottom: height - FOOT };
  const middles = chart.places.map((_, at) => (x(at) ?? left) + x.bandwidth() / 2);
  const shapes: Shape[] = ticks.flatMap((tick) => [
    path(`M${plot.left} ${round(y(tick))}H${plot.right}`, tick === 0 ? 'line-strong' : 'line', 1),
    label(plot.left - 6, y(tick) + 4, chart.format(tick), 'end'),
  ]);
  shapes.push(...below(chart, x, middles, plot.bottom));
  shapes.push(...bars(chart, { x, y }));
  for (const mark of chart.marks) shapes.push(...drawn(mark, middles, { x, y }));
  for (const sign of chart.signs ?? []) {
    const at = middles[sign.place];
    if (at === undefined) continue;
    shapes.push(path(`M${round(at)} ${plot.top - SIGN}V${plot.bottom}`, 'text-quiet', 1, '2 3'));
    const isLeft = at + textWidth(sign.title, LETTERS) + 8 < plot.right;
    shapes.push(label(at + (isLeft ? 4 : -4), plot.top - 5, sign.title, isLeft ? 'start' : 'end'));
  }
  return { width, height, shapes, middles, plot };
}

/** From the lowest value to the highest, and the ground. */
function extent(chart: Chart): [number, number] {
  const values: number[] = [0];
  const add = (list: (number | null)[]) => list.forEach((value) => value !== null && values.push(value));
  for (const mark of chart.marks) {
    if (mark.kind === 'band') add([...mark.low, ...mark.high]);
    else if (mark.kind === 'floats') add(mark.steps.flatMap((step) => [step.from, step.to]));
    else if (mark.kind === 'line' || !chart.isStacked) add(mark.values);
  }
  if (chart.isStacked) {
    const stacked = chart.marks.filter((mark) => mark.kind === 'bars');
    add(chart.places.map((_, at) => stacked.reduce((sum, mark) => sum + (mark.values[at] ?? 0), 0)));
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [0, 1] : [low, high];
}

/** The names of the places, as many as there is room for. */
function below(chart: Chart, x: Bands, middles: number[], bottom: number): Shape[] {
  const isSteps = chart.marks.some((mark) => mark.kind === 'floats');
  const widest = Math.max(0, ...chart.places.map((place) => textWidth(place.label, LETTERS)));
  const every = isSteps ? 1 : Math.max(1, Math.ceil((widest + 8) / Math.max(1, x.step())));
  return chart.places.flatMap((place, at) => {
    if (at % every !== 0) return [];
    const words = isSteps ? truncate(place.label, LETTERS, x.step() - 4) : place.label;
    return [{ ...label(middles[at] ?? 0, bottom + 16, words, 'middle'), full: place.title }];
  });
}

function bars(chart: Chart, { x, y }: Scales): Shape[] {
  const marks = chart.marks.filter((mark) => mark.kind === 'bars');
  const width = x.bandwidth() / (chart.isStacked ? 1 : Math.max(1, marks.length));
  return chart.places.flatMap((_, at) => {
    let level = 0;
    return marks.flatMap((mark, nth) => {
      const value = mark.values[at];
      if (value === null || value === undefined || value === 0) return [];
      const from = chart.isStacked ? level : 0;
      level += value;
      const left = (x(at) ?? 0) + (chart.isStacked ? 0 : nth * width);
      return [upright(left, width, y(from), y(from + value), mark.ink, mark.isPale ? 0.45 : 1)];
    });
  });
}

function drawn(mark: Mark, middles: number[], { x, y }: Scales): Shape[] {
  switch (mark.kind) {
    case 'bars':
      return [];
    case 'floats':
      return mark.steps.flatMap((step, at) => {
        const left = x(at) ?? 0;
        const bar = upright(left, x.bandwidth(), y(step.from), y(step.to), step.ink, 1);
        const next = x(at + 1);
        if (next === undefined) return [bar];
        const level = round(y(step.to));
        return [
          bar,
          path(`M${round(left + x.bandwidth())} ${level}H${round(next)}`, 'line-strong', 1, '2 2'),
        ];
      });
    case 'band':
      return [{ kind: 'path', d: bandPath(mark, middles, y), ink: mark.ink, isFilled: true, opacity: 0.22 }];
    case 'line': {
      const dash = mark.dash === 'dashed' ? '6 4' : mark.dash === 'dotted' ? '2 3' : undefined;
      const half = x.bandwidth() / 2;
      return [path(linePath(mark, middles, y) + alonePath(mark, middles, y, half), mark.ink, 2, dash)];
    }
  }
}

function linePath(mark: Line, middles: number[], y: Scales['y']): string {
  const d = line<number | null>()
    .defined((value) => value !== null)
    .x((_, at) => round(middles[at] ?? 0))
    .y((value) => round(y(value ?? 0)))
    .curve(mark.isStepped ? curveStep : curveLinear)(mark.values);
  return d ?? '';
}

/** What has no neighbour would be a line without length: it is as wide as a bar. */
function alonePath(mark: Line, middles: number[], y: Scales['y'], half: number): string {
  const alone = mark.values.map((value, at) => {
    const isAlone = (mark.values[at - 1] ?? null) === null && (mark.values[at + 1] ?? null) === null;
    if (value === null || !isAlone) return '';
    const middle = middles[at] ?? 0;
    return `M${round(middle - half)} ${round(y(value))}H${round(middle + half)}`;
  });
  return alone.join('');
}

function bandPath(mark: Band, middles: number[], y: Scales['y']): string {
  const d = area<number | null>()
    .defined((value, at) => value !== null && (mark.high[at] ?? null) !== null)
    .x((_, at) => round(middles[at] ?? 0))
    .y0((value) => round(y(value ?? 0)))
    .y1((_, at) => round(y(mark.high[at] ?? 0)))(mark.low);
  return d ?? '';
}

function upright(x: number, width: number, y0: number, y1: number, ink: string, opacity: number): Shape {
  const top = Math.min(y0, y1);
  // What is not nothing can be seen.
  const height = Math.max(1, Math.abs(y1 - y0));
  return {
    kind: 'rect',
    x: round(x),
    y: round(top),
    width: round(width),
    height: round(height),
    ink,
    opacity,
  };
}

function path(d: string, ink: string, width: number, dash?: string): Shape {
  return { kind: 'path', d, ink, width, dash };
}

function label(
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'middle' | 'end',
): Shape & { kind: 'text' } {
  return { kind: 'text', x: round(x), y: round(y), words, ink: 'text-quiet', anchor };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
