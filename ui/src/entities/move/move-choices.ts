//! What is chosen in the dialog of a move, as the program takes it.

import type { MoveForm, MoveQuery, NamedEntity, PositionChoice } from '../../ipc/client';

/** The value of the list of positions: `along`, `stays`, or the number of a free one that is taken. */
export type PositionValue = 'along' | 'stays' | `takes:${number}`;

export interface Choices {
  to: NamedEntity | null;
  share: number | null;
  position: PositionValue;
  /** Whether the position reports to the lead of the other team from then on. */
  isToLead: boolean;
  /** Services that were ticked or cleared by hand. */
  services: ReadonlyMap<number, boolean>;
}

/** Whether a service goes along: what somebody owns in person does by itself, what the team owns stays. */
export function goesAlong(services: ReadonlyMap<number, boolean>, id: number, isPersonal: boolean): boolean {
  return services.get(id) ?? isPersonal;
}

/** The choice, where the form still has it: another team has other free positions. */
export function positionIn(form: MoveForm | undefined, value: PositionValue): PositionValue {
  const { takes } = positionOf(value) as { takes?: number };
  return takes === undefined || form?.free.some((row) => row.id === takes) ? value : 'along';
}

export function positionOf(value: PositionValue): PositionChoice {
  const [, id] = value.split(':');
  return id ? { takes: Number(id) } : (value as 'along' | 'stays');
}

export function queryOf(form: MoveForm, choices: Choices): MoveQuery {
  const { subject, from, lead, services } = form;
  const position = positionIn(form, choices.position);
  const goes = services.filter((row) => goesAlong(choices.services, row.service.id, row.isPersonal));
  return {
    kind: subject.kind,
    id: subject.id,
    from: from?.id ?? null,
    to: choices.to?.id ?? null,
    share: choices.share,
    position: positionOf(position),
    manager: position === 'along' && choices.isToLead ? (lead?.position.id ?? null) : null,
    services: goes.map((row) => row.service.id),
  };
}

/** The first day of the month after a day. */
export function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const [then, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(then).padStart(4, '0')}-${String(next).padStart(2, '0')}-01`;
}
