//! What can be decided about findings, from one list: the palette and keys, the menu of a row, the bar and the panel.

import { commands, type FindingChoice, type ReviewEdit } from '../ipc/client';
import { count } from '../lib/format';
import { currentUser } from '../state/current-user.svelte';
import { act, session } from '../state/session.svelte';

export type ReviewKind = 'accept' | 'snooze' | 'assign' | 'assign-to-me' | 'comment' | 'reopen';

/** What a dialog asks more about. */
export type AskedKind = Exclude<ReviewKind, 'assign-to-me'>;

/** Findings that something can be decided about. */
export interface Chosen {
  choice: FindingChoice;
  count: number;
  /** Those that are accepted or snoozed, or were. */
  decided: number;
}

export const reviewKinds: { id: ReviewKind; title: string; key: string; done: (what: string) => string }[] = [
  { id: 'accept', title: 'Accept finding…', key: 'Alt A', done: (what) => `Accepted ${what}` },
  { id: 'snooze', title: 'Snooze finding…', key: 'Alt S', done: (what) => `Snoozed ${what}` },
  { id: 'assign', title: 'Assign finding…', key: 'Alt D', done: (what) => `Assigned ${what}` },
  {
    id: 'assign-to-me',
    title: 'Assign finding to me',
    key: 'Alt M',
    done: (what) => `Assigned ${what} to you`,
  },
  { id: 'comment', title: 'Comment on finding…', key: 'Alt C', done: (what) => `Commented on ${what}` },
  { id: 'reopen', title: 'Reopen finding', key: 'Alt R', done: (what) => `Reopened ${what}` },
];

class Reviewing {
  /** What is chosen in the view that is shown. */
  chosen = $state.raw<Chosen | null>(null);
  /** What a dialog asks about. */
  asked = $state.raw<{ kind: AskedKind; chosen: Chosen } | null>(null);
  /** Goes up with every decision: what was chosen is dealt with. */
  decisions = $state(0);

  isPossible(kind: ReviewKind, chosen: Chosen | null = this.chosen): boolean {
    if (session.isReadOnly || !chosen?.count) return false;
    if (kind === 'assign-to-me') return !!currentUser.known;
    return kind !== 'reopen' || chosen.decided > 0;
  }

  /** Asks what there is to ask first; what needs no answer is done at once. */
  begin(kind: ReviewKind, chosen: Chosen | null = this.chosen): void {
    if (!chosen || !this.isPossible(kind, chosen)) return;
    if (kind === 'reopen') void this.decide(kind, chosen, 'reopen');
    else if (kind === 'assign-to-me') void this.decide(kind, chosen, { assign: { person: currentUser.id } });
    else this.asked = { kind, chosen };
  }

  /** One step for all that is chosen; answers with what is wrong, if anything is. */
  async decide(kind: ReviewKind, chosen: Chosen, edit: ReviewEdit) {
    const done = reviewKinds.find((one) => one.id === kind)!.done(count(chosen.count, 'finding'));
    const answer = await act(commands.reviewFindings(chosen.choice, edit, session.at), done);
    if (answer.status === 'error') return answer.error;
    this.asked = null;
    this.decisions += 1;
    return null;
  }
}

export const reviewing = new Reviewing();
