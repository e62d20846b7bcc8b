import { viewOf } from '../state/address.svelte';
import type { FindingRow } from '../ipc/client';

/** The address of a finding among those of its rule and status, keeping the day. */
export function addressOf(finding: FindingRow): string {
  return viewOf('findings', {
    finding: finding.id,
    rule: finding.rule,
    status: finding.status === 'open' ? undefined : finding.status,
  });
}
