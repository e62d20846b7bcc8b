//! Layout cache: where the nodes of the map that is shown lie. Kept as long as the window is open, so that a map looks the
//! same when one comes back to it.

import { untrack } from 'svelte';
import type { MapGraph } from '../../ipc/client';
import { requestLayout } from './layout-client';
import { emptyLayout, type Layout, type Point } from './layout';
import { linksOf, sizesOf } from './scene';
import { updateLayout } from './incremental-layout';

const cache = new Map<string, Layout>();

export interface PlacedGraph {
  graph: MapGraph;
  scope: string;
  places: ReadonlyMap<string, Point>;
  memory: Layout;
}

export interface MapLayout {
  readonly now: PlacedGraph | undefined;
  readonly isWorking: boolean;
  readonly problem: string | undefined;
  /** Lays out anew, whatever stood where. */
  tidy(): void;
}

/** Lays out the graph whenever it is another; `scope` names what it is a map of. Call while a component is being made. */
export function keepLayout(graph: () => MapGraph | undefined, scope: () => string): MapLayout {
  let now = $state.raw<PlacedGraph>();
  let isWorking = $state(false);
  let problem = $state<string>();
  let turn = 0;

  function show(graph: MapGraph, scope: string, memory: Layout): boolean {
    const places = updateLayout(memory, sizesOf(graph), linksOf(graph));
    if (!places) return false;
    cache.set(scope, memory);
    now = { graph, scope, places, memory };
    return true;
  }

  async function place(graph: MapGraph, scope: string) {
    const mine = ++turn;
    problem = undefined;
    if (show(graph, scope, cache.get(scope) ?? emptyLayout())) {
      isWorking = false;
      return;
    }
    isWorking = true;
    try {
      const layout = await requestLayout(sizesOf(graph), linksOf(graph));
      if (mine === turn) show(graph, scope, layout);
    } catch (error) {
      if (mine === turn) problem = `The map layout failed: ${String(error)}`;
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
      cache.delete(of);
      if (shown) void place(shown, of);
    },
  };
}
