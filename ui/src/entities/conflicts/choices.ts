//! What has been chosen about conflicts: for whole groups, and for single ones, which go before.

import type { ConflictPage, Decisions, Side } from '../../ipc/client';

export interface Choices {
  groups: Record<string, Side>;
  rows: Record<number, Side>;
}

export const noChoices: Choices = { groups: {}, rows: {} };

type Group = ConflictPage['groups'][number];

/** The side that is taken of one conflict, if it is decided. */
export function sideOf(choices: Choices, group: string, place: number): Side | undefined {
  return choices.rows[place] ?? choices.groups[group];
}

/** Decides a whole group, whatever was chosen for single ones of it. */
export function chooseAll(choices: Choices, group: Group, side: Side): Choices {
  const rows = { ...choices.rows };
  for (const row of group.rows) delete rows[row.place];
  return { groups: { ...choices.groups, [group.id]: side }, rows };
}

/** Decides one conflict; choosing the same side again takes the choice back, unless its group is decided. */
export function chooseOne(choices: Choices, group: string, place: number, side: Side | null): Choices {
  const rows = { ...choices.rows };
  if (side === null || (rows[place] === side && !choices.groups[group])) delete rows[place];
  else rows[place] = side;
  return { ...choices, rows };
}

/** How many conflicts of a page are decided. */
export function decidedCount(choices: Choices, groups: Group[]): number {
  const decided = (group: Group) =>
    choices.groups[group.id] ? group.count : group.rows.filter((row) => choices.rows[row.place]).length;
  return groups.reduce((sum, group) => sum + decided(group), 0);
}

/** As the core takes them. */
export function decisionsOf(choices: Choices): Decisions {
  return {
    groups: Object.entries(choices.groups).map(([group, side]) => ({ group, side })),
    rows: Object.entries(choices.rows).map(([place, side]) => ({ place: Number(place), side })),
  };
}
