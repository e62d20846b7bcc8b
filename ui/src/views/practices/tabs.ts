//! The tabs of the Practices view.

import type { Component } from 'svelte';
import Campaigns from './Campaigns.svelte';
import Matrix from './Matrix.svelte';
import Work from './Work.svelte';

export interface Tab {
  /** In the address: `#/practices?part=…`. The first tab has none. */
  id: string;
  title: string;
  component: Component;
}

export const tabs: Tab[] = [
  { id: '', title: 'Matrix', component: Matrix },
  { id: 'work', title: 'To reach by next quarter', component: Work },
  { id: 'campaigns', title: 'Campaigns', component: Campaigns },
];
