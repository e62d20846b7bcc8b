//! What the findings are filtered by, as it stands in the address.

import type { FindingFilter } from '../../ipc/client';

export const STATUSES: [FindingFilter, string][] = [
  ['open', 'Open'],
  ['accepted', 'Accepted'],
  ['snoozed', 'Snoozed'],
  ['all', 'All'],
];

/** No group is chosen. */
export const NO_GROUP = { rule: undefined, team: undefined, assignee: undefined, finding: undefined };
