//! The simulation that runs, and the last one that is done. Kept while other views are looked at.

import { session } from '../../../state/session.svelte';
import {
  commands,
  events,
  type AppError,
  type SimulationAnswer,
  type SimulationRequest,
} from '../../../ipc/client';

/** What takes no longer than this needs no word about it. */
const SOON = 250;

class Runs {
  answer = $state.raw<SimulationAnswer | null>(null);
  /** What was asked for, of the answer that is shown. */
  asked = $state.raw<SimulationRequest | null>(null);
  problem = $state.raw<AppError | null>(null);
  isRunning = $state(false);
  /** It takes long enough to be worth a word. */
  isLong = $state(false);
  done = $state(0);
  of = $state(0);
  isCalledOff = $state(false);
  #of = '';
  #turn = 0;
  #revision = -1;

  #listens = false;

  /** Progress is heard of from the first run on. */
  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    void events.simulationProgress.listen((event) => {
      if (this.isRunning && event.payload.runs === this.of) this.done = event.payload.done;
    });
  }

  /** Whether the answer is of another plan, point or choice than what is shown now. */
  isOld(request: SimulationRequest): boolean {
    return this.#revision !== session.frame?.revision || this.#of !== this.#key(request);
  }

  #key(request: SimulationRequest): string {
    return JSON.stringify([request, session.at, session.frame?.path]);
  }

  async run(request: SimulationRequest): Promise<void> {
    this.#listen();
    const mine = ++this.#turn;
    const key = this.#key(request);
    const revision = session.frame?.revision ?? -1;
    this.isRunning = true;
    this.isLong = false;
    this.isCalledOff = false;
    this.done = 0;
    this.of = request.runs;
    const timer = setTimeout(() => {
      if (mine === this.#turn) this.isLong = true;
    }, SOON);
    const answer = await commands.simulatePlan(request, session.at);
    clearTimeout(timer);
    if (mine !== this.#turn) return;
    this.isRunning = false;
    this.isLong = false;
    if (answer.status === 'ok') {
      this.answer = answer.data;
      this.asked = request;
      this.problem = null;
      this.#of = key;
      this.#revision = revision;
    } else if (answer.error.kind === 'cancelled') {
      this.isCalledOff = true;
    } else {
      this.problem = answer.error;
    }
  }

  cancel(): void {
    void commands.cancelSimulation();
  }

  /** Forgets what belongs to another plan. */
  forget(): void {
    this.answer = null;
    this.asked = null;
    this.#of = '';
  }

  isOfThisPlan(): boolean {
    return this.#of.endsWith(`${JSON.stringify(session.frame?.path)}]`);
  }
}

export const runs = new Runs();
