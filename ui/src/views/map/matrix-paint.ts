//! Paints the matrix. Only what is in sight is touched, and no dependency is ever smaller than a pixel of the screen.

import { truncate } from '../../components/text-width';
import { CELL, kind, type MatrixScene } from './matrix-scene';
import type { Ink } from '../../components/svg-file';

/** Room for the names of rows and columns. */
export const GUTTER = { left: 172, top: 136 };
const STRIP = 6;
/** Cells smaller than this are set as dots. */
const TINY = 2.5;
/** Cells of this many pixels have their names beside them. */
const NAMED = 9;
const FONT = "'Inter Variable', Inter, sans-serif";

export interface MatrixView {
  width: number;
  height: number;
  x: number;
  y: number;
  zoom: number;
  /** The cell under the pointer, and the one that the keys move. */
  hovered: [number, number] | null;
  current: [number, number] | null;
}

export interface Inks {
  cells: string[];
  /** The colours of cells as the picture's memory has them. */
  dots: (context: CanvasRenderingContext2D) => number[];
  named: (token: string) => string;
  strips: string[];
}

/** Colours looked up once, not for every frame. */
export function inksOf(scene: MatrixScene, ink: Ink): Inks {
  const known = new Map<string, string>();
  const named = (token: string) => {
    const found = known.get(token) ?? ink(token);
    known.set(token, found);
    return found;
  };
  const cells: string[] = [];
  cells[kind.within] = named('line-strong');
  cells[kind.across] = named('text');
  cells[kind.cycle] = named('critical');
  cells[kind.implied] = named('hue-2');
  let dots: number[] | undefined;
  return {
    cells,
    named,
    dots: (context) => (dots ??= cells.map((cell) => dotOf(context, cell))),
    strips: scene.facets.map((facet) => named(facet.ink)),
  };
}

/** A colour as four bytes, however the stylesheet writes it. */
function dotOf(context: CanvasRenderingContext2D, colour: string): number {
  context.fillStyle = colour;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(String(context.fillStyle).slice(at, at + 2), 16));
  return new Uint32Array(new Uint8ClampedArray([red!, green!, blue!, 255]).buffer)[0]!;
}

export function paint(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  pixel: number,
): void {
  const step = CELL * view.zoom;
  const from = (offset: number, gutter: number) => Math.max(0, Math.floor((gutter - offset) / step));
  const to = (offset: number, end: number) => Math.min(scene.size, Math.ceil((end - offset) / step));
  const rows = { from: from(view.y, GUTTER.top), to: to(view.y, view.height) };
  const columns = { from: from(view.x, GUTTER.left), to: to(view.x, view.width) };
  context.setTransform(pixel, 0, 0, pixel, 0, 0);
  context.fillStyle = inks.named('surface');
  context.fillRect(0, 0, view.width, view.height);
  context.save();
  context.beginPath();
  context.rect(GUTTER.left, GUTTER.top, view.width, view.height);
  context.clip();
  paintBands(context, scene, view, inks, step);
  paintCross(context, view, inks, step);
  paintCells(context, scene, view, inks, { step, pixel, rows, columns });
  paintCycles(context, scene, view, inks, step);
  paintCurrent(context, view, inks, step);
  context.restore();
  paintNames(context, scene, view, inks, { step, rows, columns });
}

interface Stretch {
  from: number;
  to: number;
}

function paintBands(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  step: number,
) {
  const size = scene.size * step;
  context.fillStyle = inks.named('ground');
  context.fillRect(view.x, view.y, size, size);
  context.fillStyle = inks.named('selected');
  for (const { start, end } of scene.matrix.bands) {
    const long = (end - start) * step;
    context.fillRect(view.x + start * step, view.y + start * step, long, long);
  }
  context.strokeStyle = inks.named('line');
  context.lineWidth = 1;
  context.beginPath();
  let last = -Infinity;
  for (const { start } of scene.matrix.bands) {
    // Lines closer than this would only darken the picture.
    if ((start - last) * step < 6) continue;
    last = start;
    const [x, y] = [Math.round(view.x + start * step) + 0.5, Math.round(view.y + start * step) + 0.5];
    context.moveTo(x, view.y);
    context.lineTo(x, view.y + size);
    context.moveTo(view.x, y);
    context.lineTo(view.x + size, y);
  }
  context.stroke();
}

function paintCross(context: CanvasRenderingContext2D, view: MatrixView, inks: Inks, step: number) {
  const cell = view.hovered;
  if (!cell) return;
  context.fillStyle = inks.named('hover');
  const wide = Math.max(step, 2);
  context.fillRect(GUTTER.left, view.y + cell[0] * step, view.width, wide);
  context.fillRect(view.x + cell[1] * step, GUTTER.top, wide, view.height);
}

interface VisibleCells {
  step: number;
  rows: Stretch;
  columns: Stretch;
}

const ORDER = [kind.within, kind.implied, kind.across, kind.cycle];

function paintCells(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  visible: VisibleCells & { pixel: number },
) {
  if (visible.step * visible.pixel < TINY) paintDots(context, scene, view, inks, visible);
  else paintSquares(context, scene, view, inks, visible);
}

function paintSquares(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  { step, rows, columns }: VisibleCells,
) {
  const long = step > 5 ? step - 1 : step;
  // One colour after the other: changing it costs more than going over the cells again.
  for (const what of ORDER) {
    context.fillStyle = inks.cells[what]!;
    for (let row = rows.from; row < rows.to; row += 1) {
      const y = view.y + row * step;
      for (let at = scene.starts[row]!; at < scene.starts[row + 1]!; at += 1) {
        const column = scene.columns[at]!;
        if (column < columns.from) continue;
        if (column >= columns.to) break;
        if (scene.kinds[at] === what) context.fillRect(view.x + column * step, y, long, long);
      }
    }
  }
}

/** Cells of about a pixel are set in the picture's own memory, which is many times faster. */
function paintDots(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  { step, rows, columns, pixel }: VisibleCells & { pixel: number },
) {
  const [left, top] = [Math.round(GUTTER.left * pixel), Math.round(GUTTER.top * pixel)];
  const [width, height] = [Math.floor(view.width * pixel) - left, Math.floor(view.height * pixel) - top];
  if (width <= 0 || height <= 0) return;
  const image = context.getImageData(left, top, width, height);
  const dots = new Uint32Array(image.data.buffer);
  const colours = inks.dots(context);
  const long = Math.max(1, Math.round(step * pixel));
  for (const what of ORDER) {
    const colour = colours[what]!;
    for (let row = rows.from; row < rows.to; row += 1) {
      const y = Math.floor((view.y + row * step) * pixel) - top;
      for (let at = scene.starts[row]!; at < scene.starts[row + 1]!; at += 1) {
        const column = scene.columns[at]!;
        if (scene.kinds[at] !== what || column < columns.from || column >= columns.to) continue;
        const x = Math.floor((view.x + column * step) * pixel) - left;
        for (let down = Math.max(0, y); down < Math.min(height, y + long); down += 1) {
          for (let right = Math.max(0, x); right < Math.min(width, x + long); right += 1) {
            dots[down * width + right] = colour;
          }
        }
      }
    }
  }
  context.putImageData(image, left, top);
}

function paintCycles(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  step: number,
) {
  context.strokeStyle = inks.named('critical');
  context.lineWidth = 1.5;
  for (const { start, end } of scene.matrix.cycles) {
    const long = Math.max((end - start) * step, 5);
    const middle = ((start + end) / 2) * step;
    context.strokeRect(view.x + middle - long / 2, view.y + middle - long / 2, long, long);
  }
}

function paintCurrent(context: CanvasRenderingContext2D, view: MatrixView, inks: Inks, step: number) {
  if (!view.current) return;
  const long = Math.max(step, 8);
  const [y, x] = view.current.map((at) => (at + 0.5) * step - long / 2) as [number, number];
  context.strokeStyle = inks.named('accent');
  context.lineWidth = 2;
  context.strokeRect(view.x + x - 1, view.y + y - 1, long + 1, long + 1);
}

function paintNames(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  { step, rows, columns }: VisibleCells,
) {
  const { left, top } = GUTTER;
  context.fillStyle = inks.named('surface');
  context.fillRect(0, 0, left, view.height);
  context.fillRect(0, 0, view.width, top);
  runs(inks.strips, rows, step, (ink, from, to) => {
    const [y, end] = [Math.max(top, view.y + from * step), view.y + to * step];
    context.fillStyle = ink;
    context.fillRect(left - STRIP - 1, y, STRIP, end - y);
  });
  runs(inks.strips, columns, step, (ink, from, to) => {
    const [x, end] = [Math.max(left, view.x + from * step), view.x + to * step];
    context.fillStyle = ink;
    context.fillRect(x, top - STRIP - 1, end - x, STRIP);
  });
  const size = Math.min(12, step);
  const titles = scene.matrix.nodes;
  if (step >= NAMED) {
    const lit = view.hovered ?? view.current;
    names(context, view, inks, (at, isRow) => lit?.[isRow ? 0 : 1] === at)(rows, columns, step, size, (at) =>
      truncate(titles[at]!.title, size, left - STRIP - 12),
    );
  } else bandNames(context, scene, view, inks, step);
  context.fillStyle = inks.named('surface');
  context.fillRect(0, 0, left, top);
  context.fillStyle = inks.named('text-quiet');
  context.font = `11px ${FONT}`;
  context.textAlign = 'right';
  context.fillText('rows depend on columns', left - STRIP - 6, top - STRIP - 6);
}

/** Stretches of one colour, none much shorter than a pixel. */
function runs(
  strips: string[],
  { from, to }: Stretch,
  step: number,
  draw: (ink: string, from: number, to: number) => void,
) {
  const stride = Math.max(1, Math.round(0.75 / step));
  for (let start = from; start < to;) {
    let end = start + stride;
    while (end < to && strips[end] === strips[start]) end += stride;
    draw(strips[start]!, start, Math.min(end, to));
    start = end;
  }
}

/** Names of single services beside their rows and columns. */
function names(
  context: CanvasRenderingContext2D,
  view: MatrixView,
  inks: Inks,
  isLit: (at: number, isRow: boolean) => boolean,
) {
  return (rows: Stretch, columns: Stretch, step: number, size: number, name: (at: number) => string) => {
    const { left, top } = GUTTER;
    const ink = (at: number, isRow: boolean) => inks.named(isLit(at, isRow) ? 'text' : 'text-quiet');
    const font = (isBold: boolean) => `${isBold ? 600 : 400} ${size}px ${FONT}`;
    context.textAlign = 'right';
    for (let row = rows.from; row < rows.to; row += 1) {
      context.font = font(isLit(row, true));
      context.fillStyle = ink(row, true);
      context.fillText(name(row), left - STRIP - 6, view.y + (row + 0.5) * step + size * 0.36);
    }
    context.textAlign = 'left';
    for (let column = columns.from; column < columns.to; column += 1) {
      context.save();
      context.translate(view.x + (column + 0.5) * step + size * 0.36, top - STRIP - 5);
      context.rotate(-Math.PI / 2);
      context.font = font(isLit(column, false));
      context.fillStyle = ink(column, false);
      context.fillText(name(column), 0, 0);
      context.restore();
    }
  };
}

/** Names of owners beside their bands, where there is room for one. */
function bandNames(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  view: MatrixView,
  inks: Inks,
  step: number,
) {
  const { left, top } = GUTTER;
  context.font = `12px ${FONT}`;
  context.fillStyle = inks.named('text');
  let [lowest, rightmost] = [-Infinity, -Infinity];
  for (const band of scene.matrix.bands) {
    if ((band.end - band.start) * step < 5) continue;
    const middle = ((band.start + band.end) / 2) * step;
    const [x, y] = [view.x + middle, view.y + middle];
    if (y - lowest >= 13 && y > top && y < view.height) {
      lowest = y;
      context.textAlign = 'right';
      context.fillText(truncate(band.title, 12, left - STRIP - 12), left - STRIP - 6, y + 4);
    }
    if (x - rightmost >= 13 && x > left && x < view.width) {
      rightmost = x;
      context.save();
      context.translate(x + 4, top - STRIP - 5);
      context.rotate(-Math.PI / 2);
      context.textAlign = 'left';
      context.fillText(truncate(band.title, 12, top - STRIP - 12), 0, 0);
      context.restore();
    }
  }
}

/** The whole matrix in a small square, a pixel a dependency at least. */
export function paintOverview(
  context: CanvasRenderingContext2D,
  scene: MatrixScene,
  inks: Inks,
  long: number,
): void {
  const step = long / Math.max(1, scene.size);
  context.fillStyle = inks.named('ground');
  context.fillRect(0, 0, long, long);
  context.fillStyle = inks.named('selected');
  for (const { start, end } of scene.matrix.bands) {
    context.fillRect(start * step, start * step, (end - start) * step, (end - start) * step);
  }
  for (let row = 0; row < scene.size; row += 1) {
    for (let at = scene.starts[row]!; at < scene.starts[row + 1]!; at += 1) {
      context.fillStyle = inks.cells[scene.kinds[at]!]!;
      context.fillRect(scene.columns[at]! * step, row * step, Math.max(1, step), Math.max(1, step));
    }
  }
}
