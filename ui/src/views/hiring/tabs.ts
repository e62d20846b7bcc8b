//! The tabs of the Hiring view: one line here, one folder beside it.

import type { Component } from 'svelte';
import Assumptions from './assumptions/Assumptions.svelte';
import Capacity from './capacity/Capacity.svelte';
import Gaps from './gaps/Gaps.svelte';
import Grid from './grid/Grid.svelte';
import BudgetAndCost from './budget/BudgetAndCost.svelte';
import HiringTimeline from './timeline/HiringTimeline.svelte';

export interface Tab {
  /** In the address: `#/hiring?part=…`. The first tab has none. */
  id: string;
  title: string;
  component: Component;
}

export const tabs: Tab[] = [
  { id: '', title: 'Positions', component: Grid },
  { id: 'timeline', title: 'Timeline', component: HiringTimeline },
  { id: 'gaps', title: 'Gaps', component: Gaps },
  { id: 'capacity', title: 'Capacity', component: Capacity },
  { id: 'money', title: 'Budget & cost', component: BudgetAndCost },
  { id: 'assumptions', title: 'Assumptions', component: Assumptions },
];
