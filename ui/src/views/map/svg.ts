//! A scene as an SVG file.

import type { MapMark } from '../../ipc/client';
import { escape, fileOf, text, type Frame, type Ink } from '../../components/svg-file';
import { CHANGE_MARKS } from './change-marks';
import { BOX, type Scene, type SceneBox, type SceneWire } from './scene';

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
  const colour = ink(wire.ink);
  const dash = wire.isDashed ? ` stroke-dasharray="${wire.mark ? '6 4' : '5 4'}"` : '';
  return (
    `<g class="edge" id="${escape(wire.id)}"><title>${escape(wire.full)}</title>` +
    `<path d="${wire.path}" fill="none" stroke="${colour}" stroke-width="${wire.width}"${dash}/>` +
    `<path d="${wire.head}" fill="${colour}"/></g>`
  );
}

function labelSvg(wire: SceneWire, ink: Ink): string {
  if (wire.mark) return signSvg(wire.mark, wire.at.x, wire.at.y, ink);
  if (!wire.label) return '';
  const halo = `text-anchor="middle" stroke="${ink('surface')}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"`;
  return text(wire.label, wire.at.x, wire.at.y + 4, 11, ink('text'), halo);
}

/** The sign of a mark, on a disc. */
function signSvg(mark: MapMark, x: number, y: number, ink: Ink): string {
  const { sign, ink: token } = CHANGE_MARKS[mark];
  const middle = 'text-anchor="middle" font-weight="600"';
  return `<circle cx="${x}" cy="${y}" r="8" fill="${ink(token)}"/>${text(sign, x, y + 4, 11, ink('surface'), middle)}`;
}

function boxSvg(box: SceneBox, ink: Ink): string {
  const { x, y, width, height } = box;
  const line = ink(
    box.mark ? CHANGE_MARKS[box.mark].ink : box.isSubject ? 'accent' : box.isQuiet ? 'line' : 'line-strong',
  );
  const isGone = box.mark === 'removed';
  const dash = isGone ? ' stroke-dasharray="6 4"' : box.node.isMissing ? ' stroke-dasharray="4 3"' : '';
  const sign = box.mark ? signSvg(box.mark, x, y, ink) : '';
  const frame =
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${ink(box.isSmall ? 'ground' : 'surface')}" ` +
    `stroke="${line}" stroke-width="${box.isSubject || box.mark ? 2 : 1}"${dash}/>${sign}`;
  if (box.isSmall) {
    const words = text(box.title, x + 8, y + 17, 11, ink('text-quiet'));
    return `<g class="node"><title>${escape(box.full)}</title>${frame}${words}</g>`;
  }
  const weight = box.isQuiet ? '' : 'font-weight="600"';
  return (
    `<g class="node"><title>${escape(box.full)}</title>${frame}` +
    `<rect x="${x + 4}" y="${y + 6}" width="5" height="${height - 12}" rx="2.5" fill="${ink(box.facet.ink)}"/>` +
    text(box.title, x + BOX.inset, y + 18, BOX.title, ink(box.isQuiet ? 'text-quiet' : 'text'), weight) +
    text(box.detail, x + BOX.inset, y + 33, BOX.detail, ink('text-quiet')) +
    '</g>'
  );
}
