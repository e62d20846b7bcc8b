//! How a question gets to the program: with the scenario from which it is asked.

import { invoke as call } from '@tauri-apps/api/core';

let scenario: () => string = () => '';

/** From now on questions are asked from the scenario whose key this gives; empty: from the plan itself. */
export function lookFrom(key: () => string): void {
  scenario = key;
}

/** Asks the program. Where the answer is waited for by something reactive, it is asked again from another scenario. */
export function invoke<T>(command: string, values: Record<string, unknown> = {}): Promise<T> {
  return call<T>(command, { scenario: scenario(), ...values });
}
