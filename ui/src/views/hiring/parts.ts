//! The parts of the Hiring view: one line here, one folder beside it.

import type { Component } from 'svelte';
import Assumptions from './assumptions/Assumptions.svelte';
import Capacity from './capacity/Capacity.svelte';
import Gaps from './gaps/Gaps.svelte';
import Grid from './grid/Grid.svelte';
import Money from './money/Money.svelte';
import Timeline from './timeline/Timeline.svelte';

export interface Part {
  /** In the address: `#/hiring?part=…`. The first part has none. */
  id: string;
  title: string;
  component: Component;
}

export const parts: Part[] = [
  { id: '', title: 'Positions', component: Grid },
  { id: 'timeline', title: 'Timeline', component: Timeline },
  { id: 'gaps', title: 'Gaps', component: Gaps },
  { id: 'capacity', title: 'Capacity', component: Capacity },
  { id: 'money', title: 'Money', component: Money },
  { id: 'assumptions', title: 'Assumptions', component: Assumptions },
];
