//! A scene as an SVG file of its own: every colour and font written out, nothing asked for elsewhere.

import { widthOf } from '../../components/letters';
import { legendText, type LegendLine } from './facets';
import { BOX, type Scene, type SceneBox, type SceneWire } from './scene';

/** The colour of a token in the theme that is shown. */
export type Ink = (token: string) => string;

export const shownInk: Ink = (token) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();

export interface Frame {
  title: string;
  /** Below the title: the day, what is left out. */
  note: string;
  legend: LegendLine[];
}

const FONT = "Inter, 'DejaVu Sans', sans-serif";
const HEAD = 64;
const FOOT = 36;
const MARGIN = 24;

export function escape(text: string): string {
  // What XML cannot hold at all is left out.
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function text(words: string, x: number, y: number, size: number, fill: string, more = ''): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more ? ` ${more}` : ''}>${escape(words)}</text>`;
}

/** A whole file: title, legend and, between them, a picture of this size whose top left corner is at 0, 0. */
export function fileOf(width: number, height: number, body: string, frame: Frame, ink: Ink): string {
  const legend = legendRows(frame.legend, Math.max(width, 480));
  const whole = {
    width: Math.ceil(Math.max(width, widthOf(frame.title, 20), widthOf(frame.note, 12), 480) + 2 * MARGIN),
    height: Math.ceil(height + HEAD + FOOT + legend.length * 20 + MARGIN),
  };
  const marks = legend.map((row, at) => {
    const y = HEAD + height + FOOT + at * 20;
    return row
      .map(
        ({ line, x }) =>
          `<rect x="${MARGIN + x}" y="${y - 9}" width="10" height="10" rx="2" fill="${ink(line.facet.ink)}"/>` +
          text(legendText(line), MARGIN + x + 16, y, 12, ink('text')),
      )
      .join('');
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" ` +
    `viewBox="0 0 ${whole.width} ${whole.height}" font-family="${FONT}">` +
    `<title>${escape(frame.title)}</title>` +
    `<rect width="100%" height="100%" fill="${ink('surface')}"/>` +
    text(frame.title, MARGIN, 32, 20, ink('text'), 'font-weight="600"') +
    text(frame.note, MARGIN, 50, 12, ink('text-quiet')) +
    `<g transform="translate(${MARGIN} ${HEAD})">${body}</g>${marks.join('')}</svg>\n`
  );
}

function legendRows(lines: LegendLine[], room: number): { line: LegendLine; x: number }[][] {
  const rows: { line: LegendLine; x: number }[][] = [];
  let x = Infinity;
  for (const line of lines) {
    const width = widthOf(legendText(line), 12) + 36;
    if (x + width > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ line, x });
    x += width;
  }
  return rows;
}

/** The graph as it stands, all of it. */
export function svgOf(scene: Scene, frame: Frame, ink: Ink): string {
  const { bounds } = scene;
  const body =
    `<g transform="translate(${-bounds.x} ${-bounds.y})">` +
    scene.wires.map((wire) => wireSvg(wire, ink)).join('') +
    scene.wires.map((wire) => labelSvg(wire, ink)).join('') +
    scene.boxes.map((box) => boxSvg(box, ink)).join('') +
    '</g>';
  return fileOf(bounds.width, bounds.height, body, frame, ink);
}

function wireSvg(wire: SceneWire, ink: Ink): string {
  const colour = ink(wire.isCycle ? 'critical' : 'line-strong');
  const dash = wire.isImplied ? ' stroke-dasharray="5 4"' : '';
  return (
    `<g class="edge" id="${escape(wire.id)}"><title>${escape(wire.full)}</title>` +
    `<path d="${wire.path}" fill="none" stroke="${colour}" stroke-width="${wire.width}"${dash}/>` +
    `<path d="${wire.head}" fill="${colour}"/></g>`
  );
}

function labelSvg(wire: SceneWire, ink: Ink): string {
  if (!wire.label) return '';
  const halo = `text-anchor="middle" stroke="${ink('surface')}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"`;
  return text(wire.label, wire.at.x, wire.at.y + 4, 11, ink('text'), halo);
}

function boxSvg(box: SceneBox, ink: Ink): string {
  const { x, y, width, height } = box;
  const line = box.isSubject ? ink('accent') : ink('line-strong');
  const dash = box.node.isMissing ? ' stroke-dasharray="4 3"' : '';
  const frame =
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${ink(box.isSmall ? 'ground' : 'surface')}" ` +
    `stroke="${line}" stroke-width="${box.isSubject ? 2 : 1}"${dash}/>`;
  if (box.isSmall) {
    const words = text(box.title, x + 8, y + 17, 11, ink('text-quiet'));
    return `<g class="node"><title>${escape(box.full)}</title>${frame}${words}</g>`;
  }
  return (
    `<g class="node"><title>${escape(box.full)}</title>${frame}` +
    `<rect x="${x + 4}" y="${y + 6}" width="5" height="${height - 12}" rx="2.5" fill="${ink(box.facet.ink)}"/>` +
    text(box.title, x + BOX.inset, y + 18, BOX.title, ink('text'), 'font-weight="600"') +
    text(box.detail, x + BOX.inset, y + 33, BOX.detail, ink('text-quiet')) +
    '</g>'
  );
}
