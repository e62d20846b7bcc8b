//! What the board has set aside to hand over, before it is done.

import { SvelteMap } from 'svelte/reactivity';
import type { CandidateRow, Named, TeamLoad } from '../../ipc/client';

export interface Staged {
  service: Named;
  team: Named;
  /** Points that the service weighs. */
  weight: number;
  /** Why this team; empty when the user chose it. */
  reasons: string[];
  /** No team has room for it. */
  isOver: boolean;
}

export class StagedHandovers {
  readonly all = new SvelteMap<number, Staged>();

  put(service: Named, weight: number, team: Named, candidate?: CandidateRow, isOver = false): void {
    const reasons =
      candidate?.reasons.filter((reason) => reason.points > 0).map((reason) => reason.words) ?? [];
    if (candidate && reasons.length === 0) reasons.push('no team stands out; it owns least');
    this.all.set(service.id, { service, team, weight, reasons, isOver });
  }

  get pairs(): { service: number; team: number }[] {
    return [...this.all.values()].map((one) => ({ service: one.service.id, team: one.team.id }));
  }

  /** Tenths of a point a person that a team would carry with what is staged; none when nothing is. */
  planned(load: TeamLoad): number | null {
    const more = [...this.all.values()].filter((one) => one.team.id === load.team.id);
    if (more.length === 0 || load.people === 0) return null;
    const points = load.points + more.reduce((sum, one) => sum + one.weight, 0);
    return Math.floor((points * 10) / load.people);
  }

  countFor(team: number): number {
    return [...this.all.values()].filter((one) => one.team.id === team).length;
  }
}
