//! Where the nodes of the map that is shown lie. Remembered as long as the window is open, so that a map looks the
//! same when one comes back to it.

import { untrack } from 'svelte';
import type { MapGraph } from '../../ipc/client';
import { layOutAside } from './lay-out-aside';
import { nothing, type Layout, type Point } from './layout';
import { linksOf, sizesOf } from './scene';
import { settle } from './settle';

const memories = new Map<string, Layout>();

export interface Placed {
  graph: MapGraph;
  scope: string;
  places: ReadonlyMap<string, Point>;
  memory: Layout;
}

export interface Places {
  readonly now: Placed | undefined;
  readonly isWorking: boolean;
  readonly problem: string | undefined;
  /** Lays out anew, whatever stood where. */
  tidy(): void;
}

/** Places the graph whenever it is another; `scope` names what it is a map of. Call while a component is being made. */
export function placesOf(graph: () => MapGraph | undefined, scope: () => string): Places {
  let now = $state.raw<Placed>();
  let isWorking = $state(false);
  let problem = $state<string>();
  let turn = 0;

  function show(graph: MapGraph, scope: string, memory: Layout): boolean {
    const places = settle(memory, sizesOf(graph), linksOf(graph));
    if (!places) return false;
    memories.set(scope, memory);
    now = { graph, scope, places, memory };
    return true;
  }

  async function place(graph: MapGraph, scope: string) {
    const mine = ++turn;
    problem = undefined;
    if (show(graph, scope, memories.get(scope) ?? nothing())) {
      isWorking = false;
      return;
    }
    isWorking = true;
    try {
      const layout = await layOutAside(sizesOf(graph), linksOf(graph));
      if (mine === turn) show(graph, scope, layout);
    } catch (error) {
      if (mine === turn) problem = `The map could not be laid out: ${String(error)}`;
    }
    if (mine === turn) isWorking = false;
  }

  $effect(() => {
    const [shown, of] = [graph(), scope()];
    if (shown) untrack(() => void place(shown, of));
  });

  return {
    get now() {
      return now;
    },
    get isWorking() {
      return isWorking;
    },
    get problem() {
      return problem;
    },
    tidy() {
      const [shown, of] = [graph(), scope()];
      memories.delete(of);
      if (shown) void place(shown, of);
    },
  };
}
