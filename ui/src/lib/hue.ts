//! The colours of teams and owners: the same wherever they are shown.

const HUES = 8;

/** The name of the colour token of a team or another owner. */
export function hueOf(id: number): string {
  // The remainder first: five times an ID is more than a number holds exactly.
  return `hue-${1 + (((id % HUES) * 5) % HUES)}`;
}
