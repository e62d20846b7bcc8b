//! The open plan as the frame knows it, and the two ways to talk about it: `ask` reads, `act` changes.

import { commands, type Answer, type AppError, type Frame } from '../ipc/client';
import { address } from './address.svelte';
import { notices } from './notices.svelte';

class Session {
  frame = $state.raw<Frame | null>(null);
  /** Goes up when the plan may have changed; every question is asked again then. */
  revision = $state(0);

  /** The day that is shown; none stands for today. */
  get day(): string | null {
    return address.parameters.day ?? null;
  }

  /** The day that is shown, once the plan is open. */
  get shownDay(): string {
    return this.day ?? this.frame?.today ?? '';
  }

  setDay(day: string | null): void {
    address.set({ day: day && day !== this.frame?.today ? day : undefined }, true);
  }

  get isReadOnly(): boolean {
    return this.frame?.isReadOnly ?? false;
  }

  changed(): void {
    this.revision += 1;
  }
}

export const session = new Session();

export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly isWaiting: boolean;
}

/**
 * Asks a question, and again whenever something it reads changes or the plan does. The former answer stays until
 * the new one is there; answers that come too late are dropped. Call while a component is being made.
 */
export function ask<T>(question: () => Promise<Answer<T>> | null): Asked<T> {
  let data = $state.raw<T>();
  let error = $state.raw<AppError>();
  let isWaiting = $state(true);
  let turn = 0;
  $effect(() => {
    void session.revision;
    const mine = ++turn;
    const asked = question();
    if (!asked) {
      isWaiting = false;
      return;
    }
    isWaiting = true;
    void asked.then((answer) => {
      if (mine !== turn) return;
      isWaiting = false;
      if (answer.status === 'ok') {
        data = answer.data;
        error = undefined;
      } else {
        error = answer.error;
      }
    });
  });
  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get isWaiting() {
      return isWaiting;
    },
  };
}

/**
 * Changes something, then has every view ask again. Says what went wrong in a notice, unless it is about a field,
 * where the form shows it.
 */
export async function act<T>(change: Promise<Answer<T>>, done?: string): Promise<Answer<T>> {
  const answer = await change;
  if (answer.status === 'ok') {
    session.changed();
    if (done) notices.say(done, { label: 'Undo', run: undo });
  } else {
    if (answer.error.kind === 'stale') session.changed();
    if (!answer.error.field) notices.warn(answer.error.message);
  }
  return answer;
}

export async function undo(): Promise<void> {
  const answer = await act(commands.undo());
  if (answer.status === 'ok') notices.say(`Undone: ${answer.data}`, { label: 'Redo', run: redo });
}

export async function redo(): Promise<void> {
  const answer = await act(commands.redo());
  if (answer.status === 'ok') notices.say(`Done again: ${answer.data}`, { label: 'Undo', run: undo });
}
