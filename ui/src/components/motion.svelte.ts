//! While something moves, such as the day under the slider, every question is asked one at a time and always about the
//! newest state: what was passed over is never asked, so that nothing queues up behind the hand.

import { tick } from 'svelte';

class Motion {
  /** Whether something moves just now. */
  isOn = $state(false);
  #open = 0;
  #settled: (() => void)[] = [];

  /** A question was asked. */
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

  /** Resolves once everything that was asked has been answered, also by whoever is about to ask. */
  async settled(): Promise<void> {
    await tick();
    if (this.#open > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }
}

export const motion = new Motion();
