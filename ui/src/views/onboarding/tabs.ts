//! The tabs of the Onboarding view: one line here, one folder beside it.

import type { Component } from 'svelte';
import MyChecklist from './list/MyChecklist.svelte';
import Overdue from './overdue/Overdue.svelte';
import Workload from './workload/Workload.svelte';
import Templates from './templates/Templates.svelte';
import Analytics from './analytics/Analytics.svelte';
import NewHires from './new-hires/NewHires.svelte';

export interface Tab {
  /** In the address: `#/onboarding?part=…`. The first tab has none. */
  id: string;
  title: string;
  component: Component;
}

export const tabs: Tab[] = [
  { id: '', title: 'Checklists', component: NewHires },
  { id: 'mine', title: 'My checklist', component: MyChecklist },
  { id: 'chase', title: 'Overdue & blocked', component: Overdue },
  { id: 'load', title: 'Workload', component: Workload },
  { id: 'times', title: 'Analytics', component: Analytics },
  { id: 'templates', title: 'Templates', component: Templates },
];
