import { expect, it } from 'vitest';
import type { EntityKind, MoveForm, NamedEntity } from '../../ipc/client';
import { nextMonth, positionOf, queryOf, type Choices } from './move-choices';

const named = (kind: EntityKind, id: number): NamedEntity => ({
  kind,
  id,
  key: '',
  name: `${kind} ${id}`,
  isUnconfirmed: false,
});
const service = (id: number, isPersonal: boolean) => ({
  service: named('service', id),
  tier: null,
  isPersonal,
  isAlone: false,
});
const form: MoveForm = {
  subject: named('person', 1),
  from: named('team', 2),
  teams: [named('team', 2)],
  hasDay: true,
  share: 80,
  position: named('position', 4),
  free: [],
  lead: { position: named('position', 5), person: named('person', 6) },
  services: [service(7, true), service(8, false), service(9, false)],
  excluded: [2],
};
const choices: Choices = {
  to: named('team', 3),
  share: 80,
  position: 'along',
  isToLead: true,
  services: new Map([[9, true]]),
};

it('takes along what is owned in person and what is ticked', () => {
  expect(queryOf(form, choices).services).toEqual([7, 9]);
  expect(queryOf(form, { ...choices, services: new Map([[7, false]]) }).services).toEqual([]);
});

it('has only a position that moves along report to the lead', () => {
  expect(queryOf(form, choices)).toMatchObject({ from: 2, to: 3, position: 'along', manager: 5 });
  expect(queryOf(form, { ...choices, position: 'stays' }).manager).toBeNull();
  expect(queryOf(form, { ...choices, isToLead: false }).manager).toBeNull();
  expect(positionOf('takes:12')).toEqual({ takes: 12 });
});

it('forgets a free position of a team that was chosen before', () => {
  const takes: Choices = { ...choices, position: 'takes:12' };
  expect(queryOf(form, takes)).toMatchObject({ position: 'along', manager: 5 });
  const free = [named('position', 12)];
  expect(queryOf({ ...form, free }, takes)).toMatchObject({ position: { takes: 12 }, manager: null });
});

it('knows the first day of the next month', () => {
  expect(nextMonth('2026-11-27')).toBe('2026-12-01');
  expect(nextMonth('2026-12-31')).toBe('2027-01-01');
});
