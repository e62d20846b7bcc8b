//! By what the rows of the sheet can be grouped.

import type { GridGrouping } from '../../../ipc/client';

export const groupings: [GridGrouping, string][] = [
  ['none', 'Not grouped'],
  ['team', 'By team'],
  ['quarter', 'By quarter of start'],
  ['reason', 'By reason'],
  ['status', 'By status'],
];

/** The one that an address names. */
export function groupingOf(text: string | undefined): GridGrouping {
  return groupings.find(([id]) => id === text)?.[0] ?? 'none';
}
