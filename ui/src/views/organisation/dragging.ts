//! Which box of the chart can be dropped on which: a person, a position or a team on another team.

import type { MoveRequest } from '../../state/ui.svelte';
import { movable } from '../../entities/entity-actions';
import { entityOf, namedNode, type ChartNode } from './nodes';

/** The boxes of a chart with the box that each stands below. */
export class Tree {
  readonly #above = new Map<number, ChartNode>();
  readonly #nodes = new Map<number, ChartNode>();

  constructor(roots: ChartNode[]) {
    const walk = (node: ChartNode) => {
      this.#nodes.set(node.id, node);
      for (const child of node.children) {
        this.#above.set(child.id, node);
        walk(child);
      }
    };
    roots.forEach(walk);
  }

  node(id: number): ChartNode | undefined {
    return this.#nodes.get(id);
  }

  /** The team that a box stands on; for a team its parent, however the chart is grouped. */
  teamOf(node: ChartNode): number | null {
    if (node.team) return node.team.parent;
    const above = this.#above.get(node.id);
    return above?.team ? above.id : null;
  }

  isInside(node: ChartNode, root: ChartNode): boolean {
    let at: ChartNode | undefined = node;
    while (at && at.id !== root.id) at = at.team?.parent ? this.#nodes.get(at.team.parent) : undefined;
    return at !== undefined;
  }
}

export function isMovable(node: ChartNode): boolean {
  return node.kind !== 'group' && movable.includes(node.kind);
}

/** Why a box cannot be dropped on another, in words; none if it can. */
export function refusal(tree: Tree, node: ChartNode, target: ChartNode): string | null {
  if (!target.team) return 'Drop on a team';
  if (node.team && tree.isInside(target, node))
    return target.id === node.id ? 'Drop on another team' : `${target.title} is inside ${node.title}`;
  if (tree.teamOf(node) === target.id)
    return `${node.title} is ${node.team ? 'below' : 'on'} ${target.title} already`;
  return null;
}

/** What the dialog is asked for when a box is dropped on a team. */
export function requestOf(tree: Tree, node: ChartNode, target: ChartNode): MoveRequest | null {
  const entity = entityOf(node);
  if (!entity || refusal(tree, node, target) !== null) return null;
  return { ...entity, from: tree.teamOf(node), to: namedNode(target)! };
}
