//! Request coalescing: while something changes fast, such as the day under the slider, each query has one request open
//! at a time, always for the newest state. States that were skipped are never requested, so no queue builds up.

import { tick } from 'svelte';

class RequestCoalescing {
  /** Whether something changes fast just now. */
  isCoalescing = $state(false);
  #open = 0;
  #settled: (() => void)[] = [];

  /** A request was sent. */
  begin(): void {
    this.#open += 1;
  }

  /** It was answered, and no newer one waits. */
  end(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    const waiting = this.#settled;
    this.#settled = [];
    for (const done of waiting) done();
  }

  /** Resolves once every request has been answered, also those about to be sent. */
  async settled(): Promise<void> {
    await tick();
    if (this.#open > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }
}

export const requests = new RequestCoalescing();
