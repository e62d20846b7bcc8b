//! Which box of the chart can be dropped on which: a person, a position or a team on another team.

import { movable } from '../../entities/entity-actions';
import { refusalOf, type Dragged } from '../../entities/move/entity-drag.svelte';
import type { NamedEntity } from '../../ipc/client';
import { namedNode, type ChartNode } from './nodes';

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

/** Why a box cannot be dropped on something, in words; null if it can. */
export function refusal(tree: Tree, node: ChartNode, target: NamedEntity): string | null {
  const team = target.kind === 'team' ? tree.node(target.id) : undefined;
  if (node.team && team && team.id !== node.id) {
    if (tree.isInside(team, node)) return `${target.name} is inside ${node.title}`;
    if (node.team.parent === team.id) return `${node.title} is below ${target.name} already`;
  }
  return refusalOf(namedNode(node)!, node.team ? null : tree.teamOf(node), target);
}

/** What is dragged with a box; null for what stays where it is. */
export function draggedNode(tree: Tree, node: ChartNode): Dragged | null {
  const subject = namedNode(node);
  if (!subject || !movable.includes(subject.kind)) return null;
  return { subject, from: tree.teamOf(node), refusal: (target) => refusal(tree, node, target) };
}
