//! By what the rows of the sheet can be grouped.

import type { PlanningGrouping } from '../../../ipc/client';

export const groupings: [PlanningGrouping, string][] = [
  ['none', 'No grouping'],
  ['team', 'By team'],
  ['quarter', 'By start quarter'],
  ['reason', 'By reason'],
  ['status', 'By status'],
];

/** The one that an address names. */
export function groupingOf(text: string | undefined): PlanningGrouping {
  return groupings.find(([id]) => id === text)?.[0] ?? 'none';
}
