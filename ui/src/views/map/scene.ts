//! What is drawn of a graph: boxes and wires. The page draws a scene, and so does the file that it is exported to.

import { cut } from '../../components/letters';
import type { Rectangle } from '../../components/walk';
import { count } from '../../app/words';
import type { MapEdge, MapGraph, MapNode } from '../../ipc/client';
import { facetOf, type ColourBy, type Facet } from './facets';
import { routeOf, type Layout, type Link, type Point, type Sized } from './layout';
import { routed } from './settle';

export const BOX = { width: 188, height: 42, title: 12.5, detail: 11, inset: 14 };
const SMALL = { width: 132, height: 26, title: 11 };

export interface SceneBox extends Rectangle {
  key: string;
  node: MapNode;
  title: string;
  detail: string;
  /** All of it in words. */
  full: string;
  facet: Facet;
  isSmall: boolean;
  isSubject: boolean;
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
    return from && to ? [wireOf(edge, from, to, memory, isFolded)] : [];
  });
  return { boxes, wires, bounds: boundsOf(boxes) };
}

function boxOf(
  node: MapNode,
  place: Point,
  graph: MapGraph,
  colouring: Colouring,
  isSubject: boolean,
): SceneBox {
  const facet = facetOf(node, colouring.by, graph.owners, colouring.day);
  const size = node.isOutside ? SMALL : BOX;
  const isOwner = node.entity?.kind !== 'service';
  const words = isOwner
    ? [count(node.services, 'service'), colouring.by === 'owner' ? '' : facet.label]
    : [facet.label];
  if (isOwner && node.together > 0) words.splice(1, 0, `with ${count(node.together, 'team')} below`);
  const detail = words.filter(Boolean).join(' · ');
  const room = size.width - BOX.inset - 8;
  return {
    key: node.key,
    node,
    ...place,
    width: size.width,
    height: size.height,
    title: cut(node.title, size.title, node.isOutside ? size.width - 16 : room),
    detail: node.isOutside ? '' : cut(detail, BOX.detail, room),
    full: `${node.title} — ${detail}`,
    facet,
    isSmall: node.isOutside,
    isSubject,
  };
}

function wireOf(edge: MapEdge, from: SceneBox, to: SceneBox, memory: Layout, isFolded: boolean): SceneWire {
  const link = { from: from.key, to: to.key };
  const all = edge.stored + edge.implied;
  const drawn = from === to ? loop(from) : line(from, to, routed(memory, link) ?? []);
  return {
    id: routeOf(link),
    ...link,
    ...drawn,
    label: isFolded ? String(all) : '',
    width: isFolded ? Math.min(5, 1 + Math.log2(all) / 2) : edge.isCycle ? 1.5 : 1,
    full: `${from.node.title} needs ${to.node.title}${isFolded ? `: ${count(all, 'dependency', 'dependencies')}` : ''}${edge.stored === 0 ? ' through what is hidden' : ''}`,
    isImplied: edge.stored === 0,
    isCycle: edge.isCycle,
  };
}

type Drawn = Pick<SceneWire, 'path' | 'head' | 'at'>;
const HEAD = 6;

/** From side to side, level at every bend. */
function line(from: SceneBox, to: SceneBox, bends: Point[]): Drawn {
  const middle = (box: SceneBox) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const overlap = Math.abs(middle(from).x - middle(to).x) < (from.width + to.width) / 2;
  if (overlap && bends.length === 0) return aside(from, to);
  const first = bends[0] ?? middle(to);
  const last = bends.at(-1) ?? middle(from);
  const start = { x: first.x >= middle(from).x ? from.x + from.width : from.x, y: middle(from).y };
  const isAhead = last.x <= middle(to).x;
  const end = { x: isAhead ? to.x - HEAD : to.x + to.width + HEAD, y: middle(to).y };
  const points = [start, ...bends, end];
  let path = `M${start.x} ${start.y}`;
  points.slice(1).forEach((point, at) => {
    const bend = (point.x - points[at]!.x) / 2;
    path += `C${points[at]!.x + bend} ${points[at]!.y} ${point.x - bend} ${point.y} ${point.x} ${point.y}`;
  });
  const half = points.length >> 1;
  const [one, other] = [points[half - 1]!, points[half]!];
  const at = points.length % 2 === 1 ? other : { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  return { path, head: headAt(end, isAhead ? 1 : -1), at };
}

/** Between two boxes above each other: out and in on the right. */
function aside(from: SceneBox, to: SceneBox): Drawn {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x + to.width + HEAD, y: to.y + to.height / 2 };
  const out = Math.max(start.x, end.x) + 28;
  return {
    path: `M${start.x} ${start.y}C${out} ${start.y} ${out} ${end.y} ${end.x} ${end.y}`,
    head: headAt(end, -1),
    at: { x: out - 7, y: (start.y + end.y) / 2 },
  };
}

/** What needs itself. */
function loop(box: SceneBox): Drawn {
  const x = box.x + box.width - 18;
  const end = { x: box.x + box.width + HEAD, y: box.y + 14 };
  return {
    path: `M${x} ${box.y}C${x} ${box.y - 22} ${end.x + 22} ${end.y} ${end.x} ${end.y}`,
    head: headAt(end, -1),
    at: { x: x + 16, y: box.y - 6 },
  };
}

/** The tip of an arrow that goes right (1) or left (-1). */
function headAt(end: Point, way: number): string {
  return `M${end.x} ${end.y - 4}L${end.x + HEAD * way} ${end.y}L${end.x} ${end.y + 4}Z`;
}

function boundsOf(boxes: SceneBox[]): Rectangle {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top - 24, width: right - left + 36, height: bottom - top + 32 };
}
