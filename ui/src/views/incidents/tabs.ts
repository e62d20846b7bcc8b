//! The tabs of the Incidents view.

import type { Component } from 'svelte';
import ActionTable from './ActionTable.svelte';
import IncidentTable from './IncidentTable.svelte';
import RepairTimes from './RepairTimes.svelte';

export interface Tab {
  /** In the address: `#/incidents?part=…`. The first tab has none. */
  id: string;
  title: string;
  component: Component;
}

export const tabs: Tab[] = [
  { id: '', title: 'Incidents', component: IncidentTable },
  { id: 'actions', title: 'Actions', component: ActionTable },
  { id: 'times', title: 'Time to repair', component: RepairTimes },
];
