//! What is decided when somebody leaves, as the program takes it.

import type { BackfillChoice, LeavingService, OffboardForm, OffboardQuery } from '../../ipc/client';

/** What becomes of a position; `later` where it is not decided now. */
export type PositionDecision = BackfillChoice | 'later';

export interface LeavingChoices {
  lastDay: string;
  position: PositionDecision;
  manager: number | null;
  /** The new owner of each service that gets one. */
  owners: ReadonlyMap<number, number>;
  handoverDay: string | null;
  startsChecklist: boolean;
}

/** The best candidate for a service, if there is one. */
export function suggested(row: LeavingService): number | null {
  return row.candidates[0]?.team.id ?? null;
}

export function offboardQuery(form: OffboardForm, choices: LeavingChoices): OffboardQuery {
  const handovers = form.services.flatMap(({ service }) => {
    const team = choices.owners.get(service.id);
    return team === undefined ? [] : [{ service: service.id, team }];
  });
  return {
    person: form.person.id,
    lastDay: choices.lastDay,
    position: choices.position === 'later' || form.positions.length === 0 ? null : choices.position,
    manager: form.reports.length > 0 ? choices.manager : null,
    handovers,
    handoverDay: choices.handoverDay,
    startsChecklist: choices.startsChecklist && form.checklistProblem === null,
  };
}
