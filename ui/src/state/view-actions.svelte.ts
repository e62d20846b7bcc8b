//! What the view that is shown offers: its tabs and what can be done in it, for the palette. Whatever offers something
//! does so as long as it is there.

import { untrack } from 'svelte';

/** What can be done: a line in the palette, and maybe a key. */
export interface Action {
  id: string;
  title: string;
  /** As shown; see `matchesKey`. */
  key?: string;
  /** Its key works while something is typed, too. */
  isForTyping?: boolean;
  /** Present only where it can be done. */
  isPossible?: () => boolean;
  run: () => void;
}

type Offer = () => Action[];

let offers = $state.raw<Offer[]>([]);

/** Has the palette offer these while the component is there. Call while a component is being made. */
export function offerActions(offer: Offer): void {
  $effect(() => {
    untrack(() => (offers = [...offers, offer]));
    return () => (offers = offers.filter((other) => other !== offer));
  });
}

/** What the view offers now that can be done; once, where several parts of it offer the same. */
export function viewActions(): Action[] {
  const all = offers.flatMap((offer) => offer()).filter((action) => action.isPossible?.() ?? true);
  return all.filter((action, at) => all.findIndex((other) => other.id === action.id) === at);
}
