import type { Component } from 'svelte';

/** A component that is there once its code has been read. */
export interface Part<Props extends Record<string, unknown>> {
  readonly component: Component<Props> | undefined;
}

/** A component whose code is read when it is first shown, or before that: the first view does not wait for it. */
export class LazyComponent<Props extends Record<string, unknown>> implements Part<Props> {
  #component = $state.raw<Component<Props>>();
  #loading: Promise<void> | undefined;
  readonly #read: () => Promise<{ default: Component<Props> }>;

  constructor(read: () => Promise<{ default: Component<Props> }>) {
    this.#read = read;
  }

  get component(): Component<Props> | undefined {
    void this.load();
    return this.#component;
  }

  load(): Promise<void> {
    this.#loading ??= this.#read().then((module) => void (this.#component = module.default));
    return this.#loading;
  }
}
