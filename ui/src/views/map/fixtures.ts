//! Small maps for the tests beside this.

import type { MapEdge, MapGraph, MapNodeView } from '../../ipc/client';

export function node(id: number, title: string, more: Partial<MapNodeView> = {}): MapNodeView {
  return {
    key: `service:${id}`,
    entity: { kind: 'service', id, key: title.toLowerCase(), name: title, isUnconfirmed: false },
    title,
    kind: 'service',
    tier: null,
    lifecycle: '',
    owner: null,
    worst: null,
    findings: 0,
    confirmed: null,
    services: 1,
    inner: 0,
    isOutside: false,
    isMissing: false,
    parent: null,
    together: 0,
    budget: null,
    change: null,
    ...more,
  };
}

export function edge(from: number, to: number, more: Partial<MapEdge> = {}): MapEdge {
  return { from, to, stored: 1, implied: 0, isCycle: false, change: null, ...more };
}

export function graph(nodes: MapNodeView[], edges: MapEdge[], more: Partial<MapGraph> = {}): MapGraph {
  return {
    nodes,
    edges,
    owners: [],
    kinds: [],
    of: null,
    allNodes: nodes.length,
    allEdges: edges.length,
    together: [],
    against: null,
    ...more,
  };
}
