//! Where the nodes of a map go when it is laid out anew: what needs others on the left, what is needed on the right.
//! Pure, and run in a worker, since a large map takes a second.

import { Graph, layout } from '@dagrejs/dagre';
import { smoothEdges } from './edge-smoothing';

export interface Sized {
  key: string;
  width: number;
  height: number;
}

export interface Link {
  from: string;
  to: string;
}

export interface Point {
  x: number;
  y: number;
}

/** Top left corners of the nodes, and the bends of the edges that have any. */
export interface Layout {
  places: Map<string, Point>;
  routes: Map<string, Point[]>;
  /** What is needed stands below, not on the right. */
  isDown: boolean;
}

export const emptyLayout = (): Layout => ({ places: new Map(), routes: new Map(), isDown: false });

const GAP = { across: 56, rank: 48, down: 14, column: 22, edge: 6, part: 36 };
/** A column of more nodes than this is set in several, where nothing leads further. */
const TALL = 18;
/** Width to height of the whole. */
const SHAPE = 1.7;
/** Wider than this, in itself and to its height, the ranks stand below each other. */
const WIDE = { itself: 1400, toHeight: 2.4 };

export const routeOf = (link: Link): string => `${link.from}>${link.to}`;

/** What needs others on the left, or above where that makes a better shape. */
export function layOut(nodes: Sized[], links: Link[]): Layout {
  const across = laidOut(nodes, links, false);
  const isWide = across.width > WIDE.itself && across.width > WIDE.toHeight * across.height;
  return isWide ? laidOut(nodes, links, true) : across;
}

function laidOut(nodes: Sized[], links: Link[], isDown: boolean): Block {
  const parts = partsOf(nodes, links);
  const alone = parts.filter((part) => part.nodes.length === 1).flatMap((part) => part.nodes);
  const blocks = parts
    .filter((part) => part.nodes.length > 1)
    .map((part) => ranked(part.nodes, part.links, isDown));
  if (alone.length > 0) blocks.push(inRows(alone));
  const whole = { ...shelves(blocks), isDown };
  smoothEdges(whole, nodes, links);
  return whole;
}

interface Part {
  nodes: Sized[];
  links: Link[];
}

/** What hangs together, the largest first. */
function partsOf(nodes: Sized[], links: Link[]): Part[] {
  const part = new Map(nodes.map((node) => [node.key, node.key]));
  const root = (key: string): string => {
    let at = key;
    while (part.get(at) !== at) at = part.get(at)!;
    part.set(key, at);
    return at;
  };
  for (const link of links) part.set(root(link.from), root(link.to));
  const parts = new Map<string, Part>();
  for (const node of nodes) {
    const at = root(node.key);
    const found = parts.get(at) ?? { nodes: [], links: [] };
    parts.set(at, found);
    found.nodes.push(node);
  }
  for (const link of links) if (link.from !== link.to) parts.get(root(link.from))!.links.push(link);
  return [...parts.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

interface Block extends Layout {
  width: number;
  height: number;
}

function ranked(nodes: Sized[], links: Link[], isDown: boolean): Block {
  const first = withDagre(nodes, links, isDown);
  if (isDown) return first;
  const towers = tooTall(first, nodes, links);
  if (towers.length === 0) return first;
  const tower = new Map(towers.flatMap((tower) => tower.members.map((node) => [node.key, tower])));
  const end = (key: string) => tower.get(key)?.key ?? key;
  const lines = links.map((link) => ({ from: end(link.from), to: end(link.to) }));
  const others = nodes.filter((node) => !tower.has(node.key));
  const block = withDagre([...others, ...towers], lines, false);
  for (const { key, members } of towers) {
    const corner = block.places.get(key)!;
    block.places.delete(key);
    inColumns(members, corner, block.places);
  }
  return block;
}

function withDagre(nodes: Sized[], links: Link[], isDown: boolean): Block {
  const graph = new Graph();
  graph.setGraph({
    rankdir: isDown ? 'TB' : 'LR',
    nodesep: isDown ? GAP.column : GAP.down,
    ranksep: isDown ? GAP.rank : GAP.across,
    edgesep: GAP.edge,
  });
  for (const { key, width, height } of nodes) graph.setNode(key, { width, height });
  for (const { from, to } of links) graph.setEdge(from, to, {});
  layout(graph);
  const block: Block = { ...emptyLayout(), width: 0, height: 0 };
  for (const { key, width, height } of nodes) {
    const at = graph.node(key) as Point;
    block.places.set(key, { x: Math.round(at.x - width / 2), y: Math.round(at.y - height / 2) });
    block.width = Math.max(block.width, at.x + width / 2);
    block.height = Math.max(block.height, at.y + height / 2);
  }
  for (const link of links) {
    const points = (graph.edge(link.from, link.to) as { points?: Point[] } | undefined)?.points ?? [];
    block.routes.set(
      routeOf(link),
      points.slice(1, -1).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
    );
  }
  return block;
}

/** Nodes at the ends that would stand in one very tall column, put together to be set in several. */
interface Tower extends Sized {
  members: Sized[];
}

function tooTall(block: Block, nodes: Sized[], links: Link[]): Tower[] {
  const needs = new Set(links.map((link) => link.from));
  const needed = new Set(links.map((link) => link.to));
  const ranks = new Map<string, Sized[]>();
  for (const node of nodes) {
    if (needs.has(node.key) && needed.has(node.key)) continue;
    const rank = `${needs.has(node.key)} ${Math.round(block.places.get(node.key)!.x + node.width / 2)}`;
    ranks.set(rank, [...(ranks.get(rank) ?? []), node]);
  }
  const tall = [...ranks].filter(([, members]) => members.length > TALL);
  return tall.map(([rank, members]) => {
    members.sort((a, b) => block.places.get(a.key)!.y - block.places.get(b.key)!.y);
    const rows = rowsOf(members.length);
    const width = Math.ceil(members.length / rows) * (widest(members) + GAP.column) - GAP.column;
    return { key: `tower ${rank}`, members, width, height: rows * (tallest(members) + GAP.down) - GAP.down };
  });
}

const widest = (nodes: Sized[]) => Math.max(...nodes.map((node) => node.width));
const tallest = (nodes: Sized[]) => Math.max(...nodes.map((node) => node.height));
const rowsOf = (count: number) => Math.max(TALL / 2, Math.ceil(Math.sqrt(count * 3)));

function inColumns(members: Sized[], corner: Point, places: Map<string, Point>) {
  const rows = rowsOf(members.length);
  members.forEach((node, at) =>
    places.set(node.key, {
      x: corner.x + Math.floor(at / rows) * (widest(members) + GAP.column),
      y: corner.y + (at % rows) * (tallest(members) + GAP.down),
    }),
  );
}

/** What is related to nothing stands in rows. */
function inRows(nodes: Sized[]): Block {
  const across = widest(nodes) + GAP.column;
  const down = tallest(nodes) + GAP.down;
  const columns = Math.max(1, Math.ceil(Math.sqrt((nodes.length * down * SHAPE) / across)));
  const places = new Map<string, Point>();
  nodes.forEach((node, at) =>
    places.set(node.key, { x: (at % columns) * across, y: Math.floor(at / columns) * down }),
  );
  const width = Math.min(columns, nodes.length) * across;
  return { ...emptyLayout(), places, width, height: Math.ceil(nodes.length / columns) * down };
}

/** Sets blocks beside each other like books on shelves. */
function shelves(blocks: Block[]): Block {
  const area = blocks.reduce((sum, block) => sum + (block.width + GAP.part) * (block.height + GAP.part), 0);
  const width = Math.max(Math.sqrt(area * SHAPE), ...blocks.map((block) => block.width));
  const whole: Block = { ...emptyLayout(), width: 0, height: 0 };
  let [x, y, high] = [0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > width) [x, y, high] = [0, y + high + GAP.part, 0];
    const moved = (point: Point): Point => ({ x: Math.round(point.x + x), y: Math.round(point.y + y) });
    for (const [key, place] of block.places) whole.places.set(key, moved(place));
    for (const [key, route] of block.routes) whole.routes.set(key, route.map(moved));
    x += block.width + GAP.part;
    high = Math.max(high, block.height);
    whole.width = Math.max(whole.width, x);
    whole.height = y + high;
  }
  return whole;
}
