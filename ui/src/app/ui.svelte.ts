//! What floats above the views.

import type { EntityKind, UndoStepRow } from '../ipc/client';

class Floating {
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);
  /** The kind of thing that the add dialog makes. */
  adding = $state<EntityKind | null>(null);
  /** A step of somebody else that is to be taken back, once that is agreed on. */
  undoing = $state.raw<UndoStepRow | null>(null);
  /** An edit was refused, since somebody else had changed the same; it waits to be decided. */
  isEditRefused = $state(false);
}

export const ui = new Floating();
