import { describe, expect, it } from 'vitest';
import type { NamedEntity, TeamLoad } from '../../ipc/client';
import { PendingAssignments } from './pending-assignments.svelte';

const named = (kind: NamedEntity['kind'], id: number): NamedEntity => ({
  kind,
  id,
  key: String(id),
  name: `${kind} ${id}`,
  isUnconfirmed: false,
});
const load: TeamLoad = { team: named('team', 7), points: 12, services: 4, people: 5, tenths: 24, limit: 30 };

describe('pending assignments', () => {
  it('adds to the load of its team alone, and once a service', () => {
    const pending = new PendingAssignments();
    expect(pending.planned(load)).toBeNull();
    pending.put(named('service', 1), 4, named('team', 8));
    expect(pending.planned(load)).toBeNull();
    pending.put(named('service', 1), 4, load.team);
    expect(pending.planned(load)).toBe(32);
    expect(pending.pairs).toEqual([{ service: 1, team: 7 }]);
    expect(pending.countFor(7)).toBe(1);
  });
});
