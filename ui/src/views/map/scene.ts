//! What is drawn of a graph: boxes and wires. The page draws a scene, and so does the file that it is exported to.

import { baseline, type Lettering } from '../../components/lettering';
import { truncate } from '../../components/text-width';
import type { Rectangle } from '../../components/spatial-navigation';
import { count } from '../../lib/format';
import type { MapEdge, MapGraph, MapMark, MapNodeView } from '../../ipc/client';
import { CHANGE_MARKS, changeFacet, changeInWords } from './change-marks';
import { facetOf, type ColourBy, type Facet } from './color-by';
import { routeOf, type Layout, type Link, type Point, type Sized } from './layout';
import { routeFor } from './incremental-layout';

export const BOX = { width: 188, height: 42, title: 12.5, detail: 11, inset: 14 };
const SMALL = { width: 132, height: 26, title: 11 };

export interface SceneBox extends Rectangle {
  key: string;
  node: MapNodeView;
  title: string;
  detail: string;
  /** All of it in words. */
  full: string;
  facet: Facet;
  isSmall: boolean;
  isSubject: boolean;
  /** What becomes of it, where a scenario is shown against the plan. */
  mark: MapMark | null;
  /** Drawn back, for what changes to stand out. */
  isQuiet: boolean;
}

export interface SceneWire {
  id: string;
  from: string;
  to: string;
  path: string;
  head: string;
  /** How many dependencies it stands for, where that is more than itself. */
  label: string;
  at: Point;
  width: number;
  full: string;
  /** It is implied, or removed. */
  isDashed: boolean;
  /** The name of a colour token. */
  ink: string;
  mark: MapMark | null;
  isQuiet: boolean;
  isImplied: boolean;
  isCycle: boolean;
}

export interface Scene {
  boxes: SceneBox[];
  wires: SceneWire[];
  bounds: Rectangle;
}

export interface Colouring {
  by: ColourBy;
  day: string;
}

export const linksOf = (graph: MapGraph): Link[] =>
  graph.edges.map((edge) => ({ from: graph.nodes[edge.from]!.key, to: graph.nodes[edge.to]!.key }));

export const sizesOf = (graph: MapGraph): Sized[] =>
  graph.nodes.map((node) => {
    const { width, height } = node.isOutside ? SMALL : BOX;
    return { key: node.key, width, height };
  });

export function sceneOf(
  graph: MapGraph,
  places: ReadonlyMap<string, Point>,
  memory: Layout,
  colouring: Colouring,
): Scene {
  const subject = graph.of && `${graph.of.kind}:${graph.of.id}`;
  const boxes = graph.nodes
    .filter((node) => places.has(node.key))
    .map((node) => boxOf(node, places.get(node.key)!, graph, colouring, node.key === subject));
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const isFolded = graph.nodes.some((node) => node.entity?.kind !== 'service');
  const wires = graph.edges.flatMap((edge) => {
    const from = byKey.get(graph.nodes[edge.from]!.key);
    const to = byKey.get(graph.nodes[edge.to]!.key);
    return from && to ? [wireOf(edge, from, to, memory, isFolded, graph.against !== null)] : [];
  });
  return { boxes, wires, bounds: boundsOf(boxes) };
}

function boxOf(
  node: MapNodeView,
  place: Point,
  graph: MapGraph,
  colouring: Colouring,
  isSubject: boolean,
): SceneBox {
  const isComparing = graph.against !== null;
  const { change } = node;
  const facet = isComparing ? changeFacet(change) : facetOf(node, colouring.by, graph.owners, colouring.day);
  const size = node.isOutside ? SMALL : BOX;
  const isOwner = node.entity?.kind !== 'service';
  const counted = isOwner ? count(node.services, 'service') : '';
  const words = isComparing
    ? [change ? change.short || CHANGE_MARKS[change.mark].word : '', change?.short ? '' : counted]
    : isOwner
      ? [counted, colouring.by === 'owner' ? '' : facet.legend]
      : [facet.label];
  const detail = words.filter(Boolean).join(' · ');
  const told = isComparing ? [change ? changeInWords(change) : 'Unchanged', counted] : [detail];
  const more = node.together > 0 ? ` · includes ${count(node.together, 'sub-team')}` : '';
  const room = size.width - BOX.inset - 8;
  return {
    key: node.key,
    node,
    ...place,
    width: size.width,
    height: size.height,
    title: truncate(node.title, size.title, node.isOutside ? size.width - 16 : room),
    detail: node.isOutside ? '' : truncate(detail, BOX.detail, room),
    full: `${[node.title, ...told].filter(Boolean).join(' · ')}${more}`,
    facet,
    isSmall: node.isOutside,
    isSubject,
    mark: change?.mark ?? null,
    isQuiet: isComparing && !change,
  };
}

/** The name of a box as it is lettered: cut to the box, and where it stands in it. */
export function nameOf(box: SceneBox, { size, hasDetail }: Lettering) {
  const left = box.isSmall ? 8 : BOX.inset;
  if (hasDetail) {
    const own = box.isSmall ? SMALL.title : BOX.title;
    return { text: box.title, size: own, left, line: box.isSmall ? 17 : 18 };
  }
  const text = truncate(box.node.title, size, box.width - left - 8);
  return { text, size, left, line: baseline(box.height, size) };
}

function wireOf(
  edge: MapEdge,
  from: SceneBox,
  to: SceneBox,
  memory: Layout,
  isFolded: boolean,
  isComparing: boolean,
): SceneWire {
  const link = { from: from.key, to: to.key };
  const all = edge.stored + edge.implied;
  const mark = edge.change?.mark ?? null;
  const drawn = from === to ? loop(from) : line(from, to, routeFor(memory, link) ?? [], memory.isDown);
  return {
    id: routeOf(link),
    ...link,
    ...drawn,
    label: isFolded ? String(all) : '',
    width: widthOf(edge, isFolded, isComparing),
    isDashed: edge.stored === 0 || mark === 'removed',
    ink: mark ? CHANGE_MARKS[mark].ink : isComparing ? 'line' : edge.isCycle ? 'critical' : 'line-strong',
    mark,
    isQuiet: isComparing && !mark,
    full: `${from.node.title} depends on ${to.node.title}${isFolded ? `: ${count(all, 'dependency', 'dependencies')}` : ''}${edge.stored === 0 ? ' via hidden services' : ''}${edge.change ? ` · ${changeInWords(edge.change)}` : ''}`,
    isImplied: edge.stored === 0,
    isCycle: edge.isCycle && !isComparing,
  };
}

function widthOf(edge: MapEdge, isFolded: boolean, isComparing: boolean): number {
  if (isComparing) return edge.change ? 2 : 1;
  if (isFolded) return Math.min(5, 1 + Math.log2(edge.stored + edge.implied) / 2);
  return edge.isCycle ? 1.5 : 1;
}

type Drawn = Pick<SceneWire, 'path' | 'head' | 'at'>;
const HEAD = 6;

/**
 * From side to side, level at every bend. Everything is worked out for a map that goes from left to right; one that
 * goes down is the same with x and y exchanged.
 */
function line(from: SceneBox, to: SceneBox, bends: Point[], isDown: boolean): Drawn {
  const turn = (point: Point): Point => (isDown ? { x: point.y, y: point.x } : point);
  const side = (box: SceneBox) => ({
    ...turn(box),
    ahead: isDown ? box.height : box.width,
    across: isDown ? box.width : box.height,
  });
  const [one, other] = [side(from), side(to)];
  const middle = (box: ReturnType<typeof side>) => ({ x: box.x + box.ahead / 2, y: box.y + box.across / 2 });
  const isBeside = Math.abs(middle(one).x - middle(other).x) < (one.ahead + other.ahead) / 2;
  if (isBeside && bends.length === 0) return aside(from, to, isDown);
  const turned = bends.map(turn);
  const first = turned[0] ?? middle(other);
  const last = turned.at(-1) ?? middle(one);
  const isAhead = last.x <= middle(other).x;
  const points = [
    { x: first.x >= middle(one).x ? one.x + one.ahead : one.x, y: middle(one).y },
    ...turned,
    { x: isAhead ? other.x - HEAD : other.x + other.ahead + HEAD, y: middle(other).y },
  ];
  let path = `M${at(turn(points[0]!))}`;
  points.slice(1).forEach((point, index) => {
    const before = points[index]!;
    const bend = (point.x - before.x) / 2;
    path += `C${[{ x: before.x + bend, y: before.y }, { x: point.x - bend, y: point.y }, point].map(turn).map(at).join(' ')}`;
  });
  const half = points.length >> 1;
  const [a, b] = [points[half - 1]!, points[half]!];
  const label = points.length % 2 === 1 ? b : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { path, head: headAt(turn(points.at(-1)!), isAhead ? HEAD : -HEAD, isDown), at: turn(label) };
}

const at = (point: Point): string => `${point.x} ${point.y}`;

/** Between two boxes of one rank: out and in on the same side. */
function aside(from: SceneBox, to: SceneBox, isDown: boolean): Drawn {
  if (isDown) {
    const start = { x: from.x + from.width / 2, y: from.y + from.height };
    const end = { x: to.x + to.width / 2, y: to.y + to.height + HEAD };
    const out = Math.max(start.y, end.y) + 24;
    return {
      path: `M${at(start)}C${start.x} ${out} ${end.x} ${out} ${at(end)}`,
      head: headAt(end, -HEAD, true),
      at: { x: (start.x + end.x) / 2, y: out - 6 },
    };
  }
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x + to.width + HEAD, y: to.y + to.height / 2 };
  const out = Math.max(start.x, end.x) + 28;
  return {
    path: `M${at(start)}C${out} ${start.y} ${out} ${end.y} ${at(end)}`,
    head: headAt(end, -HEAD, false),
    at: { x: out - 7, y: (start.y + end.y) / 2 },
  };
}

/** What needs itself. */
function loop(box: SceneBox): Drawn {
  const x = box.x + box.width - 18;
  const end = { x: box.x + box.width + HEAD, y: box.y + 14 };
  return {
    path: `M${x} ${box.y}C${x} ${box.y - 22} ${end.x + 22} ${end.y} ${at(end)}`,
    head: headAt(end, -HEAD, false),
    at: { x: x + 16, y: box.y - 6 },
  };
}

/** The tip of an arrow, so long, along the way that the map goes or against it. */
function headAt(end: Point, long: number, isDown: boolean): string {
  return isDown
    ? `M${end.x - 4} ${end.y}L${end.x} ${end.y + long}L${end.x + 4} ${end.y}Z`
    : `M${end.x} ${end.y - 4}L${end.x + long} ${end.y}L${end.x} ${end.y + 4}Z`;
}

/** A rectangle around these boxes, with room for what stands out. */
export function boundsOf(boxes: SceneBox[]): Rectangle {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top - 24, width: right - left + 36, height: bottom - top + 32 };
}
