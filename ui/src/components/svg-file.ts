//! A picture as an SVG file of its own: every colour and font written out, nothing asked for elsewhere.

import { textWidth } from './text-width';

/** The colour of a token in the theme that is shown. */
export type Ink = (token: string) => string;

export const shownInk: Ink = (token) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();

export interface Frame {
  title: string;
  /** Below the title: the day, what is left out. */
  note: string;
  legend: { text: string; ink: string }[];
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
    width: Math.ceil(
      Math.max(width, textWidth(frame.title, 20), textWidth(frame.note, 12), 480) + 2 * MARGIN,
    ),
    height: Math.ceil(height + HEAD + FOOT + legend.length * 20 + MARGIN),
  };
  const marks = legend.map((row, at) => {
    const y = HEAD + height + FOOT + at * 20;
    return row
      .map(
        ({ line, x }) =>
          `<rect x="${MARGIN + x}" y="${y - 9}" width="10" height="10" rx="2" fill="${ink(line.ink)}"/>` +
          text(line.text, MARGIN + x + 16, y, 12, ink('text')),
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

function legendRows(lines: Frame['legend'], room: number): { line: Frame['legend'][number]; x: number }[][] {
  const rows: ReturnType<typeof legendRows> = [];
  let x = Infinity;
  for (const line of lines) {
    const width = textWidth(line.text, 12) + 36;
    if (x + width > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ line, x });
    x += width;
  }
  return rows;
}
