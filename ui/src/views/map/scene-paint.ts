//! Paints a graph while it moves: many times faster than the browser moves a drawing of as many parts.

import { letteringAt } from '../../components/lettering';
import type { MapMark } from '../../ipc/client';
import { CHANGE_MARKS } from './change-marks';
import { BOX, nameOf, type Scene, type SceneBox, type SceneWire } from './scene';
import type { Ink } from '../../components/svg-file';

const FONT = "'Inter Variable', Inter, sans-serif";

export interface SceneView {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
  current: string | null;
  /** Letters of another size for every frame are dear: the numbers of edges wait until the size stays. */
  isZooming: boolean;
}

/** A painter of one scene in the colours of now. */
export function painterOf(
  scene: Scene,
  ink: Ink,
): (context: CanvasRenderingContext2D, view: SceneView, pixel: number) => void {
  const known = new Map<string, string>();
  const named = (token: string) => {
    const found = known.get(token) ?? ink(token);
    known.set(token, found);
    return found;
  };
  const boxes = new Map(scene.boxes.map((box) => [box.key, box]));
  const wires = scene.wires.map((wire) => ({
    wire,
    line: new Path2D(wire.path),
    head: new Path2D(wire.head),
    from: boxes.get(wire.from)!,
    to: boxes.get(wire.to)!,
  }));

  return (context, view, pixel) => {
    const { zoom } = view;
    context.setTransform(pixel, 0, 0, pixel, 0, 0);
    context.fillStyle = named('ground');
    context.fillRect(0, 0, view.width, view.height);
    context.setTransform(zoom * pixel, 0, 0, zoom * pixel, view.x * pixel, view.y * pixel);
    const visible = {
      left: -view.x / zoom,
      top: -view.y / zoom,
      right: (view.width - view.x) / zoom,
      bottom: (view.height - view.y) / zoom,
    };
    const isSeen = (box: SceneBox) =>
      box.x < visible.right &&
      box.x + box.width > visible.left &&
      box.y < visible.bottom &&
      box.y + box.height > visible.top;
    for (const { wire, line, head } of wires) paintWire(context, wire, line, head, named);
    if (zoom > 0.995 && !view.isZooming) for (const { wire } of wires) paintLabel(context, wire, named);
    for (const box of scene.boxes) {
      if (isSeen(box)) paintBox(context, box, named, box.key === view.current, zoom);
    }
  };
}

function paintWire(
  context: CanvasRenderingContext2D,
  wire: SceneWire,
  line: Path2D,
  head: Path2D,
  named: Ink,
) {
  const colour = named(wire.ink);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = wire.width;
  if (wire.isDashed) context.setLineDash(wire.mark ? [6, 4] : [5, 4]);
  context.stroke(line);
  if (wire.isDashed) context.setLineDash([]);
  context.fill(head);
  if (wire.mark) paintSign(context, wire.mark, wire.at.x, wire.at.y, named);
}

function paintSign(context: CanvasRenderingContext2D, mark: MapMark, x: number, y: number, named: Ink) {
  const { sign, ink } = CHANGE_MARKS[mark];
  context.fillStyle = named(ink);
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = named('surface');
  context.font = `600 11px ${FONT}`;
  context.textAlign = 'center';
  context.fillText(sign, x, y + 4);
}

function paintLabel(context: CanvasRenderingContext2D, wire: SceneWire, named: Ink) {
  if (!wire.label || wire.mark) return;
  const half = 3 + wire.label.length * 3.4;
  context.fillStyle = named('ground');
  context.fillRect(wire.at.x - half, wire.at.y - 6, 2 * half, 12);
  context.fillStyle = named('text');
  context.font = `11px ${FONT}`;
  context.textAlign = 'center';
  context.fillText(wire.label, wire.at.x, wire.at.y + 4);
}

function paintBox(
  context: CanvasRenderingContext2D,
  box: SceneBox,
  named: Ink,
  isCurrent: boolean,
  zoom: number,
) {
  const { x, y, width, height } = box;
  context.fillStyle = named(isCurrent ? 'selected' : box.isSmall ? 'ground' : 'surface');
  const plain = box.isSmall || box.isQuiet ? 'line' : 'line-strong';
  const edge =
    box.mark && !isCurrent ? CHANGE_MARKS[box.mark].ink : isCurrent || box.isSubject ? 'accent' : plain;
  context.strokeStyle = named(edge);
  context.lineWidth = isCurrent || box.isSubject || box.mark ? 2 : 1;
  const isGone = box.mark === 'removed';
  if (isGone) context.setLineDash([6, 4]);
  context.beginPath();
  context.roundRect(x, y, width, height, 6);
  context.fill();
  context.stroke();
  if (isGone) context.setLineDash([]);
  if (box.mark) paintSign(context, box.mark, x, y, named);
  if (!box.isSmall) {
    context.fillStyle = named(box.facet.ink);
    context.fillRect(x + 4, y + 6, 5, height - 12);
  }
  const lettering = letteringAt(zoom, height);
  if (!lettering) return;
  context.textAlign = 'left';
  const isQuiet = box.isSmall || box.isQuiet;
  context.fillStyle = named(isQuiet ? 'text-quiet' : 'text');
  const { text, size, left, line } = nameOf(box, lettering);
  context.font = `${isQuiet ? '' : '600 '}${size}px ${FONT}`;
  context.fillText(text, x + left, y + line);
  if (!box.detail || !lettering.hasDetail) return;
  context.fillStyle = named('text-quiet');
  context.font = `${BOX.detail}px ${FONT}`;
  context.fillText(box.detail, x + BOX.inset, y + 33);
}
