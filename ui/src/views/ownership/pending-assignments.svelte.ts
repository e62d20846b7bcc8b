//! Pending assignments: services set aside for a new owner on the board, before the change is applied.

import { SvelteMap } from 'svelte/reactivity';
import type { CandidateRow, NamedEntity, TeamLoad } from '../../ipc/client';

export interface PendingAssignment {
  service: NamedEntity;
  team: NamedEntity;
  /** Points that the service weighs. */
  weight: number;
  /** Why this team; empty when the user chose it. */
  reasons: string[];
  /** No team has room for it. */
  isOver: boolean;
}

export class PendingAssignments {
  readonly all = new SvelteMap<number, PendingAssignment>();

  put(
    service: NamedEntity,
    weight: number,
    team: NamedEntity,
    candidate?: CandidateRow,
    isOver = false,
  ): void {
    const reasons =
      candidate?.reasons.filter((reason) => reason.points > 0).map((reason) => reason.words) ?? [];
    if (candidate && reasons.length === 0) reasons.push('no strong match; lightest load');
    this.all.set(service.id, { service, team, weight, reasons, isOver });
  }

  get pairs(): { service: number; team: number }[] {
    return [...this.all.values()].map((one) => ({ service: one.service.id, team: one.team.id }));
  }

  /** Tenths of a point a person that a team would have with what is pending; none when nothing is. */
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
