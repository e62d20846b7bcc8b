//! The parts of the Onboarding view: one line here, one folder beside it.

import type { Component } from 'svelte';
import Mine from './list/Mine.svelte';
import Chase from './chase/Chase.svelte';
import Load from './load/Load.svelte';
import Templates from './templates/Templates.svelte';
import Times from './times/Times.svelte';
import Starters from './starters/Starters.svelte';

export interface Part {
  /** In the address: `#/onboarding?part=…`. The first part has none. */
  id: string;
  title: string;
  component: Component;
}

export const parts: Part[] = [
  { id: '', title: 'Starters', component: Starters },
  { id: 'mine', title: 'My checklist', component: Mine },
  { id: 'chase', title: 'Late and blocked', component: Chase },
  { id: 'load', title: 'Load', component: Load },
  { id: 'times', title: 'Times', component: Times },
  { id: 'templates', title: 'Templates', component: Templates },
];
