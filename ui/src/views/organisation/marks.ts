//! What is marked when two days are compared, or a scenario with the plan: each with a sign and a word, so that colour alone says nothing.

import type { ChangeKind, ComparedMember, ComparedPosition, ComparedTeam, TeamState } from '../../ipc/client';

export interface Mark {
  word: string;
  /** One letter, drawn on the card. */
  sign: string;
  /** The name of a colour token. */
  ink: string;
}

const inks = { come: 'hue-3', gone: 'hue-5', in: 'hue-1', out: 'hue-2', other: 'hue-4' };

export const MARKS = {
  joined: { word: 'Joined', sign: '+', ink: inks.come },
  left: { word: 'Left', sign: '−', ink: inks.gone },
  movedIn: { word: 'Moved in', sign: '→', ink: inks.in },
  movedOut: { word: 'Moved out', sign: '←', ink: inks.out },
  new: { word: 'New team', sign: '+', ink: inks.come },
  dissolved: { word: 'Dissolved', sign: '×', ink: inks.gone },
  moved: { word: 'Under another team', sign: '⇄', ink: inks.in },
  changed: { word: 'Team with changes', sign: '±', ink: inks.other },
  opened: { word: 'Position opened', sign: '+', ink: inks.come },
  closed: { word: 'Position closed', sign: '×', ink: inks.gone },
  hirePlanned: { word: 'Planned hire', sign: '○', ink: inks.in },
} satisfies Record<string, Mark>;

export type MarkId = keyof typeof MARKS;

export function markOfTeam(team: ComparedTeam): MarkId | undefined {
  const states: Record<TeamState, MarkId | undefined> = {
    new: 'new',
    dissolved: 'dissolved',
    moved: 'moved',
    kept: isChanged(team) ? 'changed' : undefined,
  };
  return states[team.state];
}

/** Whether people or services came or went, on the team itself. */
function isChanged({ own, servicesGained, servicesLost }: ComparedTeam): boolean {
  return own.joined + own.left + own.movedIn + own.movedOut + servicesGained + servicesLost > 0;
}

export function markOfMember({ state }: ComparedMember): MarkId | undefined {
  return state === 'kept' ? undefined : state;
}

export function markOfPosition({ state }: ComparedPosition): MarkId {
  return state;
}

/** The sign of a change in the list. */
export function signOf(kind: ChangeKind): Mark {
  const marks: Record<ChangeKind, Mark> = {
    joined: MARKS.joined,
    left: MARKS.left,
    moved: { word: 'Moved', sign: '⇄', ink: inks.in },
    newTeam: MARKS.new,
    dissolvedTeam: MARKS.dissolved,
    movedTeam: MARKS.moved,
    positionOpened: MARKS.opened,
    positionClosed: MARKS.closed,
    hirePlanned: MARKS.hirePlanned,
    positionFilled: { word: 'Position filled', sign: '+', ink: inks.come },
    positionVacated: { word: 'Position vacated', sign: '−', ink: inks.gone },
    positionMoved: { word: 'Position moved', sign: '⇄', ink: inks.in },
    ownerChanged: { word: 'Other owner', sign: '⇄', ink: inks.other },
    newService: { word: 'New service', sign: '+', ink: inks.come },
    retiredService: { word: 'Retired service', sign: '×', ink: inks.gone },
  };
  return marks[kind];
}
