//! What a map shows, as the address has it.

import type { Parameters } from '../../state/address.svelte';
import { parseKey, type AgainstPart, type MapFilter, type MapQuery, type GraphScope } from '../../ipc/client';
import { parts } from './change-marks';
import { colourings, type ColourBy } from './color-by';

export type Shown = GraphScope | 'matrix';

export const pictures: { id: Shown; title: string; hint: string }[] = [
  { id: 'teams', title: 'Teams', hint: 'Dependencies between teams' },
  { id: 'around', title: 'Neighbourhood', hint: 'A service with its dependencies and dependents' },
  { id: 'inside', title: 'Services', hint: 'The services of a team or system' },
  { id: 'matrix', title: 'Matrix', hint: 'All services; rows depend on columns' },
];

export interface MapState {
  shown: Shown;
  query: MapQuery;
  colour: ColourBy;
}

const NO_KIND = '-';
const STEPS = 4;

export function stateOf(at: Parameters): MapState {
  const shown = pictures.find((picture) => picture.id === at.picture)?.id ?? 'teams';
  return {
    shown,
    query: {
      picture: shown === 'matrix' ? 'teams' : shown,
      of: parseKey(at.of),
      up: steps(at.up, 1),
      down: steps(at.down, 2),
      neighbours: at.outside === '1',
      hide: hiding(at.hide),
      together: togetherOf(at.together),
      against: againstOf(at),
    },
    colour: colourings.find((colouring) => colouring.id === at.colour)?.id ?? usual(shown),
  };
}

/** Which part of a scenario against the plan: only where a scenario is shown. */
function againstOf({ scenario, against }: Parameters): AgainstPart | null {
  return scenario ? (parts.find(({ id }) => id === against)?.id ?? null) : null;
}

/** On a map of owners the colour of the owner says nothing new. */
const usual = (shown: Shown): ColourBy => (shown === 'teams' ? 'findings' : 'owner');

function steps(text: string | undefined, usual: number): number {
  const given = Number(text);
  return Number.isInteger(given) && given >= 1 && given <= STEPS ? given : usual;
}

function hiding(text: string | undefined): MapFilter {
  const kinds = (text ?? '').split(';').filter(Boolean);
  return { kinds: kinds.map((kind) => (kind === NO_KIND ? '' : kind)), missing: false };
}

/** The address of a filter with this kind hidden, or shown again. */
export function toggled(hide: MapFilter, kind: string): string | undefined {
  const kinds = hide.kinds.includes(kind)
    ? hide.kinds.filter((other) => other !== kind)
    : [...hide.kinds, kind];
  return kinds.map((kind) => kind || NO_KIND).join(';') || undefined;
}

function togetherOf(text: string | undefined): number[] | null {
  if (text === undefined) return null;
  return text.split(';').flatMap((id) => (/^\d+$/.test(id) ? [Number(id)] : []));
}

export const togetherText = (teams: number[]): string => teams.join(';') || NO_KIND;

/** What makes it another map rather than the same one after an edit. */
export function scopeOf({ query }: MapState): string {
  const { picture, of, up, down, neighbours, together, against } = query;
  const subject = of ? `${of.kind}:${of.id}` : '';
  // Before, after and both are one map, on which things keep their places.
  const compared = against ? 'compared ' : '';
  if (picture === 'around') return `${compared}around ${subject} ${up} ${down}`;
  if (picture === 'inside') return `${compared}inside ${subject} ${neighbours}`;
  return `${compared}teams ${together?.join(';') ?? ''}`;
}
