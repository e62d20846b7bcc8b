//! The page's side of the layout worker: sends graphs, hands back layouts.

import type { Layout, Link, Sized } from './layout';
import LayoutWorker from './layout.worker?worker';

let worker: Worker | undefined;
let next = 1;
const waiting = new Map<number, { done: (layout: Layout) => void; failed: (problem: Error) => void }>();

/** Lays out in the worker; fails when the worker does. */
export function requestLayout(nodes: Sized[], links: Link[]): Promise<Layout> {
  worker ??= start();
  const id = next++;
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed });
    worker?.postMessage({ id, nodes, links });
  });
}

function start(): Worker {
  const made = new LayoutWorker();
  made.onmessage = (event: MessageEvent<{ id: number; layout: Layout }>) => {
    waiting.get(event.data.id)?.done(event.data.layout);
    waiting.delete(event.data.id);
  };
  made.onerror = (event) => {
    for (const { failed } of waiting.values()) failed(new Error(event.message || 'the layout stopped'));
    waiting.clear();
    made.terminate();
    worker = undefined;
  };
  return made;
}
