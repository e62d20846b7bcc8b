//! A chart as shapes, with the names of colours in them: the page fills them in from its tokens, a file from the theme.

import { area, curveLinear, curveStep, line } from 'd3-shape';
import { truncate, textWidth } from '../text-width';
import { said, type Band, type Chart, type Floats, type Happenings, type Line, type Mark } from './chart';
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
/** A row of marks below the names of the places. */
const HAPPENING = 16;

interface Scales {
  x: Bands;
  y: Linear;
}

export function draw(chart: Chart, width: number, height: number): Drawing {
  const hasFloats = chart.marks.some((mark) => mark.kind === 'floats');
  const top = chart.signs?.length || hasFloats ? TOP + SIGN : TOP;
  const happenings = chart.happenings ?? [];
  const bottom = height - FOOT - happenings.length * HAPPENING;
  const y = linear(extent(chart), [bottom, top], 4);
  const ticks = y.ticks(4);
  const words = tickWords(chart, ticks);
  const widest = [...words, ...happenings.map((it) => it.title)].map((text) => textWidth(text, LETTERS));
  const left = Math.ceil(Math.max(24, ...widest) + 8);
  const x = bands(chart.places.length, [left, Math.max(left + 1, width - 4)], 0.28, 0.14);
  const plot = { left, right: width - 4, top, bottom };
  const middles = chart.places.map((_, at) => (x(at) ?? left) + x.bandwidth() / 2);
  const shapes: Shape[] = ticks.flatMap((tick, at) => [
    path(`M${plot.left} ${round(y(tick))}H${plot.right}`, tick === 0 ? 'line-strong' : 'line', 1),
    label(plot.left - 6, y(tick) + 4, words[at] ?? '', 'end'),
  ]);
  shapes.push(...below(chart, x, middles, plot.bottom));
  happenings.forEach((row, at) => {
    const level = bottom + FOOT + at * HAPPENING + HAPPENING / 2;
    shapes.push(label(plot.left - 6, level + 4, row.title, 'end'), ...marksOf(row, middles, level, x.step()));
  });
  shapes.push(...bars(chart, { x, y }));
  for (const mark of chart.marks) {
    if (mark.kind === 'floats') shapes.push(...floats(chart, mark, { x, y }, bottom));
    else shapes.push(...drawn(mark, middles, { x, y }));
  }
  for (const sign of chart.signs ?? []) {
    const at = middles[sign.place];
    if (at === undefined) continue;
    shapes.push(path(`M${round(at)} ${plot.top - SIGN}V${plot.bottom}`, 'text-quiet', 1, '2 3'));
    const isLeft = at + textWidth(sign.title, LETTERS) + 8 < plot.right;
    shapes.push(label(at + (isLeft ? 4 : -4), plot.top - 5, sign.title, isLeft ? 'start' : 'end'));
  }
  return { width, height, shapes, middles, plot };
}

/** What stands beside the axis: exact where short words are the same for two ticks. */
function tickWords(chart: Chart, ticks: number[]): string[] {
  const words = ticks.map(chart.format);
  const isTold = new Set(words).size === words.length;
  return isTold || !chart.formatExact ? words : ticks.map(chart.formatExact);
}

/** A mark at each place where something happened, with how often if there is room. */
function marksOf(row: Happenings, middles: number[], level: number, step: number): Shape[] {
  return row.at.flatMap((words, place) => {
    const x = middles[place];
    if (words.length === 0 || x === undefined) return [];
    const r = 3.5;
    const d =
      row.sign === 'dot'
        ? `M${round(x - r)} ${level}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
        : `M${round(x)} ${level - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}Z`;
    const mark: Shape = { kind: 'path', d, ink: row.ink, isFilled: true };
    return words.length > 1 && step > 24
      ? [mark, label(x + r + 3, level + 4, String(words.length), 'start')]
      : [mark];
  });
}

/** From the lowest value to the highest, and the ground. */
function extent(chart: Chart): [number, number] {
  const values: number[] = [chart.ground ?? 0];
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
    case 'floats':
      return [];
    case 'band':
      return [{ kind: 'path', d: bandPath(mark, middles, y), ink: mark.ink, isFilled: true, opacity: 0.22 }];
    case 'line': {
      const dash = mark.dash === 'dashed' ? '6 4' : mark.dash === 'dotted' ? '2 3' : undefined;
      const half = x.bandwidth() / 2;
      return [path(linePath(mark, middles, y) + alonePath(mark, middles, y, half), mark.ink, 2, dash)];
    }
  }
}

/** Steps with what they say above them, joined where one ends and the next begins. */
function floats(chart: Chart, mark: Floats, { x, y }: Scales, bottom: number): Shape[] {
  return mark.steps.flatMap((step, at) => {
    const left = x(at) ?? 0;
    const isCut = step.isTotal && chart.ground !== undefined;
    const shapes: Shape[] = [
      upright(left, x.bandwidth(), isCut ? bottom : y(step.from), y(step.to), step.ink, 1),
    ];
    if (isCut) shapes.push(path(cutPath(left, x.bandwidth(), bottom - 10), 'surface', 3));
    const next = x(at + 1);
    if (next !== undefined)
      shapes.push(
        path(`M${round(left + x.bandwidth())} ${round(y(step.to))}H${round(next)}`, 'line-strong', 1, '2 2'),
      );
    const short = step.value > 0 && !step.isTotal ? `+${chart.format(step.value)}` : chart.format(step.value);
    const words = [said(chart, mark, at), short].find((text) => textWidth(text, LETTERS) < x.step() - 4);
    const level = Math.min(y(step.from), y(step.to)) - 5;
    if (words) shapes.push({ ...label(left + x.bandwidth() / 2, level, words, 'middle'), ink: 'text' });
    return shapes;
  });
}

/** The zigzag of a bar that does not begin at nothing. */
function cutPath(left: number, width: number, level: number): string {
  const teeth = 6;
  const step = round(width / teeth);
  const turns = Array.from({ length: teeth }, (_, at) => `l${step} ${at % 2 ? 5 : -5}`);
  return `M${round(left)} ${level}${turns.join('')}`;
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
