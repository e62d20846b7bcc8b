//! The chart of teams as an SVG file.

import { truncate } from '../../components/text-width';
import { capitalize } from '../../lib/format';
import { escape, fileOf, text, type Frame, type Ink } from '../../components/svg-file';
import { type Box, type Picture } from './layout';
import { MARKS } from './marks';

export function chartSvg(picture: Picture, frame: Frame, ink: Ink): string {
  const wire = (path: string) => `<path d="${path}" fill="none" stroke="${ink('line-strong')}"/>`;
  const body =
    picture.wires.map((line) => wire(line.path)).join('') +
    picture.boxes.map((box) => boxSvg(box, ink)).join('');
  return fileOf(picture.width + 16, picture.height, body, frame, ink);
}

function boxSvg({ node, x, y, width, height, hidden }: Box, ink: Ink): string {
  const fill = ink(node.kind === 'group' || node.isUnfilled ? 'ground' : 'surface');
  const edge = node.isUnfilled
    ? `stroke="${ink('text-quiet')}" stroke-dasharray="4 3"`
    : `stroke="${ink('line-strong')}"`;
  const change = node.mark && MARKS[node.mark];
  const sign = change
    ? `<rect width="${width}" height="${height}" rx="6" fill="${ink(change.ink)}" fill-opacity="0.14"/>` +
      `<circle cx="${width - 14}" cy="14" r="8" fill="${ink(change.ink)}"/>` +
      text(change.sign, width - 14, 18, 12, ink('surface'), 'text-anchor="middle" font-weight="600"')
    : '';
  const mark = node.worst
    ? `<rect y="8" width="3" height="${height - 16}" rx="1.5" fill="${ink(node.worst)}"/>`
    : '';
  const line = (words: string, at: number) =>
    at < height ? text(truncate(words, 11, width - 20), 12, at, 11, ink('text-quiet')) : '';
  const findings = node.worst ? `${capitalize(node.worst)} ${node.findings ?? 0} · ` : '';
  const more = hidden ? text(`+${hidden}`, width + 4, height / 2 + 4, 11, ink('text-quiet')) : '';
  return (
    `<g class="node" transform="translate(${x} ${y})"><title>${escape(node.title)}</title>` +
    `<rect width="${width}" height="${height}" rx="6" fill="${fill}" ${edge}/>${mark}` +
    sign +
    text(
      truncate(node.title, 12.5, width - (change ? 44 : 20)),
      12,
      19,
      12.5,
      ink('text'),
      'font-weight="600"',
    ) +
    line(findings + node.detail, 36) +
    line(node.lead ?? '', 52) +
    `${more}</g>`
  );
}
