//! Whose figures a page shows, in its address.

import type { MetricScope } from '../../ipc/client';

/** What stands in the address; empty for the organisation. */
export function scopeParameter(scope: MetricScope): string {
  const isOrganisation = !scope.service && !scope.team && !scope.segment && !scope.channel && !scope.market;
  return isOrganisation
    ? ''
    : JSON.stringify([scope.service, scope.team, scope.segment, scope.channel, scope.market]);
}
