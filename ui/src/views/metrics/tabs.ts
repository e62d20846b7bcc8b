//! The tabs of the Metrics view.

import type { Component } from 'svelte';
import MarketShortlist from './MarketShortlist.svelte';
import MetricTable from './MetricTable.svelte';
import MrrMovements from './MrrMovements.svelte';
import UnitEconomics from './UnitEconomics.svelte';

export interface Tab {
  /** In the address: `#/metrics?part=…`. The first tab has none. */
  id: string;
  title: string;
  component: Component;
}

export const tabs: Tab[] = [
  { id: '', title: 'All metrics', component: MetricTable },
  { id: 'economics', title: 'Unit economics', component: UnitEconomics },
  { id: 'markets', title: 'Markets and channels', component: MarketShortlist },
  { id: 'mrr', title: 'MRR movements', component: MrrMovements },
];
