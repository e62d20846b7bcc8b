//! What floats above the views.

import type { EntityKind, UndoStepRow } from '../ipc/client';

class Floating {
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);
  /** The kind of thing that the add dialog makes. */
  adding = $state<EntityKind | null>(null);
  /** A step of somebody else that is to be taken back, once that is agreed on. */
  undoing = $state.raw<UndoStepRow | null>(null);
}

export const ui = new Floating();
