//! What floats above the views.

import type { EntityKind } from '../ipc/client';

class Floating {
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);
  /** The kind of thing that the add dialog makes. */
  adding = $state<EntityKind | null>(null);
}

export const ui = new Floating();
