import { describe, expect, it } from 'vitest';
import type { Named, TeamLoad } from '../../ipc/client';
import { StagedHandovers } from './staged.svelte';

const named = (kind: Named['kind'], id: number): Named => ({
  kind,
  id,
  key: String(id),
  name: `${kind} ${id}`,
  isUnconfirmed: false,
});
const load: TeamLoad = { team: named('team', 7), points: 12, services: 4, people: 5, tenths: 24, limit: 30 };

describe('what is staged', () => {
  it('adds to the load of its team alone, and once a service', () => {
    const staged = new StagedHandovers();
    expect(staged.planned(load)).toBeNull();
    staged.put(named('service', 1), 4, named('team', 8));
    expect(staged.planned(load)).toBeNull();
    staged.put(named('service', 1), 4, load.team);
    expect(staged.planned(load)).toBe(32);
    expect(staged.pairs).toEqual([{ service: 1, team: 7 }]);
    expect(staged.countFor(7)).toBe(1);
  });
});
