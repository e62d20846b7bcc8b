//! Lays out maps beside the page, which stays free to answer.

import { layOut, type Link, type Sized } from './layout';

export interface LayoutOrder {
  id: number;
  nodes: Sized[];
  links: Link[];
}

onmessage = (event: MessageEvent<LayoutOrder>) => {
  const { id, nodes, links } = event.data;
  postMessage({ id, layout: layOut(nodes, links) });
};
