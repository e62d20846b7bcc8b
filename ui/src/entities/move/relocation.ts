//! Where people and positions of a closed location can go.

import type { LocationForm } from '../../ipc/client';

/** The choice of leaving. No location can be called that: they are without spaces at their ends. */
export const LEAVES = ' leaves';

export interface Destination {
  to: string;
  title: string;
}

/** Whether two words are one location. */
export const isSamePlace = (one: string, other: string) =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** Other locations, with the one that was typed, and working remotely last. */
export function destinations(
  form: Pick<LocationForm, 'locations' | 'remote'>,
  closed: string,
  typed: string,
): Destination[] {
  const names = [...form.locations.map((row) => row.name), typed.trim()].filter(Boolean);
  const others = names.filter(
    (name, at) =>
      !isSamePlace(name, closed) &&
      !(form.remote !== null && isSamePlace(name, form.remote)) &&
      names.findIndex((before) => isSamePlace(before, name)) === at,
  );
  const towns = others.map((name) => ({ to: name, title: `To ${name}` }));
  return form.remote === null ? towns : [...towns, { to: form.remote, title: 'Stays remote' }];
}

/** The other location of a choice; none for leaving. */
export const outcomeOf = (choice: string): string | null => (choice === LEAVES ? null : choice);
