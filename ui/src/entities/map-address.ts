//! Where the map of something is.

import type { EntityKind } from '../ipc/client';
import type { Parameters } from '../state/address.svelte';

/** What can be the subject of a map. */
export const onMaps: EntityKind[] = ['service', 'team', 'person', 'grouping'];

/** The address parameters that lead to a map of this. */
export function mapOf(entity: { kind: EntityKind; id: number }): Parameters {
  return { picture: entity.kind === 'service' ? 'around' : 'inside', of: `${entity.kind}:${entity.id}` };
}
