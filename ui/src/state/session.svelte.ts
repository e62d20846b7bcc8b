//! The open plan as the frame knows it, and the two ways to talk about it: `ask` reads, `act` changes.

import { tick, untrack } from 'svelte';
import {
  commands,
  lookFrom,
  type Answer,
  type AppError,
  type At,
  type Frame,
  type StepsSince,
} from '../ipc/client';
import type { Reference } from '../lib/dates';
import { requests } from '../lib/request-coalescing.svelte';
import { address } from './address.svelte';
import { notices } from './notices.svelte';
import { ui } from './ui.svelte';
import { capitalize, daysAfter, daysBetween } from '../lib/format';

class Session {
  frame = $state.raw<Frame | null>(null);
  /** What was done to the plan since the last visit of it. */
  since = $state.raw<StepsSince>();
  /** Goes up when the plan may have changed; every question is asked again then. */
  revision = $state(0);

  /** The day that the slider is over, before it comes to rest there. */
  #passing = $state<string | null>();

  // Each is worked out by itself, so that a filter that is typed into the address asks nothing again.
  readonly #day: string | null = $derived(
    this.#passing === undefined ? (address.parameters.day ?? null) : this.#passing,
  );
  readonly #plannedHires: boolean = $derived(address.parameters.seats !== 'no');

  /** The key of the scenario from which the plan is looked at; empty: the plan itself. */
  readonly scenario: string = $derived(address.parameters.scenario ?? '');

  /** The point from which the plan is looked at, on today: for what is the same whichever day is shown. */
  readonly atToday: At = $derived({ day: null, plannedHires: this.#plannedHires });

  /** The point from which the plan is looked at: what every question takes. */
  readonly at: At = $derived({ ...this.atToday, day: this.#day });

  /** The day that is shown, once the plan is open. */
  get shownDay(): string {
    return this.#day ?? this.frame?.today ?? '';
  }

  /** What a day that is typed counts from. */
  get reference(): Reference {
    return { from: this.shownDay, today: this.frame?.today ?? this.shownDay };
  }

  /** Shows a day on the way to another: no step to go back to. */
  passDay(day: string): void {
    const stride = daysBetween(this.shownDay, day);
    requests.isCoalescing = true;
    void requests.settled().then(() => {
      // For the benchmark: which day the whole page shows.
      document.documentElement.dataset.shown = this.shownDay;
      // Whoever drags goes on as they went: the next day is worked out while this one is painted.
      requestAnimationFrame(() => setTimeout(() => this.#foresee(day, stride)));
    });
    this.#passing = day === this.frame?.today ? null : day;
  }

  #foresee(day: string, stride: number): void {
    if (this.#passing !== undefined && this.shownDay === day && stride !== 0) {
      this.lookAhead([daysAfter(day, stride)]);
    }
  }

  /** Has these days worked out, which are likely to be shown next. */
  lookAhead(days: string[]): void {
    void commands.lookAhead(
      days.map((day) => ({ ...this.at, day })),
      this.scenario,
    );
  }

  setDay(day: string | null): void {
    this.#passing = undefined;
    requests.isCoalescing = false;
    address.set({ day: day && day !== this.frame?.today ? day : undefined }, true);
  }

  /** Goes over to a scenario, or to the plan itself. */
  showScenario(key: string): void {
    this.#passing = undefined;
    this.leftScenario(key);
    address.set({ scenario: key || undefined }, true);
  }

  /** The scenario that was shown last. */
  #lastScenario = '';

  /** Another scenario is shown, whichever way: what could be undone or done again was in the one before. */
  leftScenario(key: string): void {
    if (key === this.#lastScenario) return;
    this.#lastScenario = key;
    notices.passed();
    void requests.settled().then(() => {
      // For the benchmark: which scenario the whole page shows.
      document.documentElement.dataset.scenario = this.scenario;
    });
  }

  get isReadOnly(): boolean {
    return this.frame?.isReadOnly ?? false;
  }

  /** Asks again what another program has changed meanwhile; and everything, once it is another day. */
  async lookAgain(): Promise<void> {
    const answer = await commands.refresh();
    if (answer.status === 'error') return;
    if (answer.data.isChanged || (this.frame && this.frame.today !== answer.data.today)) this.changed();
  }

  changed(): void {
    // What could be undone or done again is not what comes next any more.
    notices.passed();
    this.askAgain();
  }

  /** Has every question asked again: more is known, though nothing has changed. */
  askAgain(): void {
    this.revision += 1;
  }
}

export const session = new Session();
lookFrom(() => session.scenario);

export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly isWaiting: boolean;
}

/**
 * Asks a question, and again whenever something it reads changes or the plan does. The former answer stays until
 * the new one is there; answers that come too late are dropped. Where the plan changes while a question is open, it
 * is asked once more after the answer. Call while a component is being made.
 */
export function ask<T>(question: () => Promise<Answer<T>> | null): Asked<T> {
  let data = $state.raw<T>();
  let error = $state.raw<AppError>();
  let isWaiting = $state(true);
  let again = $state(0);
  let turn = 0;
  let open = 0;
  let isPassed = false;
  let revision = session.revision;
  $effect(() => {
    // Changes that follow each other, as cells that are typed, are not asked about one by one.
    const isNews = session.revision !== revision;
    revision = session.revision;
    void again;
    if (open > 0 && (isNews || untrack(() => requests.isCoalescing))) {
      isPassed = true;
      return;
    }
    const mine = ++turn;
    const asked = question();
    if (!asked) {
      isWaiting = false;
      return;
    }
    isWaiting = true;
    open += 1;
    requests.begin();
    void asked.then((answer) => {
      open -= 1;
      if (mine === turn) {
        isWaiting = false;
        if (answer.status === 'ok') {
          data = answer.data;
          error = undefined;
        } else {
          error = answer.error;
        }
      }
      if (isPassed) {
        isPassed = false;
        again += 1;
        // Counted as open until the effect has asked again.
        void tick().then(() => requests.end());
      } else requests.end();
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
    if (answer.error.kind === 'stale' || answer.error.kind === 'conflict') session.changed();
    if (answer.error.kind === 'conflict') ui.isEditRefused = true;
    else if (!answer.error.field) notices.warn(capitalize(answer.error.message));
  }
  return answer;
}

/**
 * Takes the newest step back, after asking when it is somebody else's. Which one that is the core is asked: the frame may
 * not have heard yet of what was done a moment ago.
 */
export function askUndo(): Promise<void> {
  // Whoever presses the key three times means three steps, each as it is once the one before is taken back.
  lastUndo = lastUndo.then(takeBack);
  return lastUndo;
}

let lastUndo: Promise<void> = Promise.resolve();

async function takeBack(): Promise<void> {
  const answer = await commands.frame(session.at);
  const step = answer.status === 'ok' ? answer.data.undo : null;
  if (step?.other) ui.undoing = step;
  else if (step) await undo(step.id);
}

/** `step`: the ID of the step that was shown; none: what was done here last. Nothing else is taken back. */
export async function undo(step: string | null = null): Promise<void> {
  const answer = await act(commands.undo(step));
  if (answer.status === 'ok') notices.say(`Undone: ${answer.data}`, { label: 'Redo', run: redo });
}

export async function redo(): Promise<void> {
  const answer = await act(commands.redo());
  if (answer.status === 'ok') notices.say(`Redone: ${answer.data}`, { label: 'Undo', run: askUndo });
}
