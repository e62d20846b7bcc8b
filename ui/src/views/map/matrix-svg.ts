//! The whole matrix as an SVG file: every dependency, every name.

import { truncate, textWidth } from '../../components/text-width';
import { CELL, cellText, kind, type MatrixScene } from './matrix-scene';
import { inksOf } from './matrix-paint';
import { escape, fileOf, text, type Frame, type Ink } from '../../components/svg-file';

const LONGEST = 220;

export function matrixSvg(scene: MatrixScene, frame: Frame, ink: Ink): string {
  const inks = inksOf(scene, ink);
  const { matrix, size } = scene;
  const names = matrix.nodes.map((node) => truncate(node.title, 9, LONGEST));
  const room = Math.min(LONGEST, Math.max(0, ...names.map((name) => textWidth(name, 9)))) + 16;
  const whole = size * CELL;
  const parts: string[] = [];
  parts.push(`<g transform="translate(${room} ${room})">`);
  parts.push(`<rect width="${whole}" height="${whole}" fill="${ink('ground')}"/>`);
  for (const { start, end } of matrix.bands) {
    const long = (end - start) * CELL;
    const at = start * CELL;
    parts.push(`<rect x="${at}" y="${at}" width="${long}" height="${long}" fill="${ink('selected')}"/>`);
    parts.push(`<path d="M0 ${at}H${whole}M${at} 0V${whole}" stroke="${ink('line')}"/>`);
  }
  for (let row = 0; row < size; row += 1) {
    for (let at = scene.starts[row]!; at < scene.starts[row + 1]!; at += 1) {
      parts.push(cell(scene, row, at, inks.cells[scene.kinds[at]!]!));
    }
  }
  for (const { start, end } of matrix.cycles) {
    const [at, long] = [start * CELL, (end - start) * CELL];
    parts.push(
      `<rect x="${at}" y="${at}" width="${long}" height="${long}" fill="none" stroke="${ink('critical')}" stroke-width="1.5"/>`,
    );
  }
  names.forEach((name, at) => {
    const middle = (at + 0.5) * CELL;
    const strip = inks.strips[at]!;
    parts.push(`<rect x="-7" y="${at * CELL}" width="6" height="${CELL}" fill="${strip}"/>`);
    parts.push(`<rect x="${at * CELL}" y="-7" width="${CELL}" height="6" fill="${strip}"/>`);
    parts.push(text(name, -11, middle + 3, 9, ink('text'), 'text-anchor="end"'));
    parts.push(text(name, 0, 0, 9, ink('text'), `transform="translate(${middle + 3} -11) rotate(-90)"`));
  });
  parts.push('</g>');
  return fileOf(whole + room, whole + room, parts.join(''), frame, ink);
}

function cell(scene: MatrixScene, row: number, at: number, colour: string): string {
  const column = scene.columns[at]!;
  const isImplied = scene.kinds[at] === kind.implied;
  const inside = isImplied ? `fill="none" stroke="${colour}"` : `fill="${colour}"`;
  return (
    `<rect class="edge" x="${column * CELL + 0.5}" y="${row * CELL + 0.5}" width="${CELL - 1}" height="${CELL - 1}" ${inside}>` +
    `<title>${escape(cellText(scene, row, column))}</title></rect>`
  );
}
