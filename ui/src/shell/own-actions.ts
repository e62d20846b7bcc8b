//! What somebody can do who said who they are: a line here is a line in the palette and in the menu of their name.

import { becomeNobody, showFirstWeeks, showOwnOverview } from '../entities/i-am';
import { currentUser } from '../state/current-user.svelte';
import { ui } from '../state/ui.svelte';
import type { Action } from '../state/view-actions.svelte';

const isSomebody = () => currentUser.id !== null;

export const ownActions: Action[] = [
  { id: 'my-overview', title: 'My overview', isPossible: isSomebody, run: showOwnOverview },
  {
    id: 'my-first-weeks',
    title: 'Show only my first weeks',
    isPossible: () => currentUser.onboarding !== null,
    run: () => {
      if (currentUser.onboarding !== null) showFirstWeeks(currentUser.onboarding);
    },
  },
  { id: 'i-am', title: 'I am…', run: () => (ui.isChoosingMe = true) },
  { id: 'i-am-nobody', title: 'Forget who I am', isPossible: isSomebody, run: becomeNobody },
];
