//! What floats above the views.

import type { EntityKind, NamedEntity, UndoStepRow } from '../ipc/client';

/** Something in the plan. */
export interface Subject {
  kind: EntityKind;
  id: number;
}

/** What is to be moved to another team. */
export interface MoveRequest extends Subject {
  /** The team that it leaves, where it is on several. */
  from?: number | null;
  /** The team that it was dropped on. */
  to?: NamedEntity;
  /** It is taken off its team and is on none, in a scenario. */
  isOff?: boolean;
}

/** Services that are to get an owner or a backup. */
export interface AssignRequest {
  services: number[];
  role: 'owner' | 'backup';
  /** What the service is called, where it is one. */
  name?: string | undefined;
  /** The team that it was dropped on. */
  to?: NamedEntity;
}

/** What is to end. */
export interface EndRequest extends Subject {
  /** `Retire`, `Dissolve`, `Close`. */
  verb: string;
}

/** Things of one kind that are to be deleted together. */
export interface DeleteRequest {
  kind: EntityKind;
  ids: number[];
  /** `3 services`. */
  what: string;
  ondone: () => void;
}

/** A move of a whole organisation. */
export interface MeasureRequest {
  kind: 'mergeTeams' | 'handOverDomain' | 'freezeHiring' | 'shiftStarts';
  /** The team that it is about, if one was chosen. */
  team?: NamedEntity | null;
}

/** Cost that is to be cut. */
export interface CutRequest {
  /** With the teams below it; none: of all. */
  team: NamedEntity | null;
  /** The period that is looked at, if one is. */
  from?: string;
  until?: string;
}

class Floating {
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);
  /** Somebody is asked who they are. */
  isChoosingMe = $state(false);
  /** The person for whom a dialog starts a checklist. */
  starting = $state.raw<NamedEntity | null>(null);
  /** The kind of thing that the add dialog makes. */
  adding = $state<EntityKind | null>(null);
  /** What the dialog moves. */
  moving = $state.raw<MoveRequest | null>(null);
  /** The person whom the dialog offboards. */
  offboarding = $state<number | null>(null);
  /** What the dialog ends. */
  ending = $state.raw<EndRequest | null>(null);
  /** The measure that the dialog takes. */
  measure = $state.raw<MeasureRequest | null>(null);
  /** Whose cost the dialog cuts. */
  cuttingCost = $state.raw<CutRequest | null>(null);
  /** The location that the dialog closes; empty: it is chosen there. */
  closingLocation = $state<string | null>(null);
  /** The team that the dialog splits. */
  splitting = $state<number | null>(null);
  /** What the dialog deletes. */
  deleting = $state.raw<DeleteRequest | null>(null);
  /** What the dialog gives an owner or a backup. */
  assigning = $state.raw<AssignRequest | null>(null);
  /** The people whom the dialog moves together. */
  movingSeveral = $state.raw<number[] | null>(null);
  /** A day is chosen to compare the one shown with. */
  isComparing = $state(false);
  /** The menu of something, where it was asked for, and what had the focus. */
  menu = $state.raw<{ subject: NamedEntity; x: number; y: number; from: HTMLElement | null } | null>(null);
  /** One of the scenarios is to be shown. */
  isChoosingScenario = $state(false);
  /** What a new scenario begins with, and whether it is shown then. */
  addingScenario = $state.raw<{ from: number | null; isShown: boolean } | null>(null);
  /** The scenario that is merged into the plan. */
  mergingScenario = $state<number | null>(null);
  /** The scenario that is dropped. */
  droppingScenario = $state<number | null>(null);
  /** A step of somebody else that is to be taken back, once that is agreed on. */
  undoing = $state.raw<UndoStepRow | null>(null);
  /** An edit was refused, since somebody else had changed the same; it waits to be decided. */
  isEditRefused = $state(false);
}

export const ui = new Floating();
