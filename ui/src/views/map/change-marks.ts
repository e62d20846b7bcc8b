//! What becomes of things on a map of a scenario against the plan: each with a sign, a word and a colour, so that colour alone says nothing.

import { count, number } from '../../lib/format';
import type { AgainstPart, MapChange, MapGraph, MapMark } from '../../ipc/client';
import type { Facet } from './color-by';

export interface ChangeMark {
  word: string;
  /** One letter, drawn on a box or a line. */
  sign: string;
  /** The name of a colour token. */
  ink: string;
}

export const CHANGE_MARKS: Record<MapMark, ChangeMark> = {
  added: { word: 'Added', sign: '+', ink: 'good' },
  removed: { word: 'Removed', sign: '−', ink: 'critical' },
  changed: { word: 'Changed', sign: '±', ink: 'medium' },
  becomesCrossTeam: { word: 'Becomes cross-team', sign: '↗', ink: 'medium' },
  noLongerCrossTeam: { word: 'No longer cross-team', sign: '↙', ink: 'medium' },
};
const ORDER = Object.keys(CHANGE_MARKS) as MapMark[];

export const parts: { id: AgainstPart; title: string; words: string }[] = [
  { id: 'before', title: 'Before', words: 'the plan' },
  { id: 'after', title: 'After', words: 'the scenario' },
  { id: 'both', title: 'Both', words: 'plan and scenario together' },
];

/** `Changed: Payments → Invoicing, Ada joins`. */
export function changeInWords({ mark, words }: MapChange): string {
  const { word } = CHANGE_MARKS[mark];
  return words.length ? `${word}: ${words.join(', ')}` : word;
}

/** The colour of a box: what becomes of it, and nothing else. */
export function changeFacet(change: MapChange | null): Facet {
  if (!change) return { id: 'same', label: '', legend: 'Unchanged', ink: 'line', order: 9 };
  const { word, ink } = CHANGE_MARKS[change.mark];
  return { id: change.mark, label: word, legend: word, ink, order: ORDER.indexOf(change.mark) };
}

export interface ChangeLine {
  mark: MapMark;
  /** How many boxes and how many lines have it. */
  boxes: number;
  wires: number;
}

/** The marks that there are on a map, in order. */
export function changesOn(graph: MapGraph): ChangeLine[] {
  const having = (all: { change: MapChange | null }[], mark: MapMark) =>
    all.filter(({ change }) => change?.mark === mark).length;
  return ORDER.map((mark) => ({
    mark,
    boxes: having(graph.nodes, mark),
    wires: having(graph.edges, mark),
  })).filter(({ boxes, wires }) => boxes + wires > 0);
}

/** `+ Added: 1 team, 2 links`. */
export function changeLineText({ mark, boxes, wires }: ChangeLine, box: string): string {
  const { sign, word } = CHANGE_MARKS[mark];
  const counts = [
    ...(boxes ? [count(boxes, box)] : []),
    ...(wires ? [count(wires, 'dependency', 'dependencies')] : []),
  ];
  return `${sign} ${word}: ${counts.join(', ')}`;
}

/** `2 removed, 1 becomes cross-team`. */
export const changesInShort = (lines: ChangeLine[]): string =>
  lines
    .map(({ mark, boxes, wires }) => {
      const word = CHANGE_MARKS[mark].word.toLowerCase();
      return `${number(boxes + wires)} ${boxes + wires === 1 ? word : word.replace('becomes', 'become')}`;
    })
    .join(', ');
