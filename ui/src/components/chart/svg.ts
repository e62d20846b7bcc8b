//! A chart as an SVG file of its own.

import { escape, fileOf, text, type Ink } from '../svg-file';
import type { Chart } from './chart';
import { draw, LETTERS, type Shape } from './draw';

const SIZE = { width: 960, height: 360 };

export function chartFile(chart: Chart, ink: Ink, size = SIZE): string {
  const { shapes } = draw(chart, size.width, size.height);
  const legend = chart.marks
    .filter((mark) => mark.kind !== 'floats')
    .map((mark) => ({ text: mark.title, ink: mark.ink }));
  const frame = { title: chart.title, note: chart.note ?? '', legend };
  return fileOf(size.width, size.height, shapes.map((shape) => written(shape, ink)).join(''), frame, ink);
}

function written(shape: Shape, ink: Ink): string {
  const opacity = 'opacity' in shape && shape.opacity !== undefined ? ` opacity="${shape.opacity}"` : '';
  switch (shape.kind) {
    case 'rect':
      return (
        `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" ` +
        `fill="${ink(shape.ink)}"${opacity}/>`
      );
    case 'path': {
      const paint = shape.isFilled
        ? `fill="${ink(shape.ink)}"`
        : `fill="none" stroke="${ink(shape.ink)}" stroke-width="${shape.width ?? 1}"`;
      const dash = shape.dash ? ` stroke-dasharray="${shape.dash}"` : '';
      return `<path d="${escape(shape.d)}" ${paint}${dash}${opacity}/>`;
    }
    case 'text':
      return text(shape.words, shape.x, shape.y, LETTERS, ink(shape.ink), `text-anchor="${shape.anchor}"`);
  }
}
