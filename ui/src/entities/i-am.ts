//! Saying who one is, and what follows: a new hire sees their first weeks, anybody else what they have to do with.

import { commands } from '../ipc/client';
import { address } from '../state/address.svelte';
import { currentUser } from '../state/current-user.svelte';
import { session } from '../state/session.svelte';

/** Shows nothing but a checklist, from today. */
export function showFirstWeeks(checklist: number): void {
  address.go('first-weeks', { id: String(checklist), day: undefined, seats: undefined });
}

export function showOwnOverview(): void {
  if (currentUser.id !== null) address.go('overview', { person: String(currentUser.id) });
}

/** From now on they are this person. */
export async function becomeSomebody(person: { id: number }): Promise<void> {
  currentUser.become(person.id);
  const answer = await commands.currentPerson(person.id, session.atToday);
  const known = answer.status === 'ok' ? answer.data : null;
  if (known?.onboarding && !known.left) showFirstWeeks(known.onboarding);
  else showOwnOverview();
}

/** From now on they are nobody in particular. */
export function becomeNobody(): void {
  const { view, parameters } = address;
  const isOwn = view === 'overview' && parameters.person === String(currentUser.id);
  currentUser.become(null);
  if (isOwn || view === 'first-weeks') address.go('overview');
}
