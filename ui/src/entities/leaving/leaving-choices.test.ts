import { expect, it } from 'vitest';
import type { EntityKind, NamedEntity, OffboardForm } from '../../ipc/client';
import { offboardQuery, suggested, type LeavingChoices } from './leaving-choices';

const named = (kind: EntityKind, id: number): NamedEntity => ({
  kind,
  id,
  key: '',
  name: `${kind} ${id}`,
  isUnconfirmed: false,
});
const service = (id: number, ...teams: number[]) => ({
  service: named('service', id),
  tier: null,
  team: null,
  candidates: teams.map((team) => ({ team: named('team', team), score: 1, reasons: [] })),
});
const form: OffboardForm = {
  person: named('person', 1),
  lastDay: null,
  positions: [named('position', 2)],
  reports: [],
  above: null,
  services: [service(3, 10, 11), service(4)],
  checklistItems: 0,
  checklistProblem: 'no template matches',
};
const choices: LeavingChoices = {
  lastDay: '2027-01-01',
  position: 'backfill',
  manager: 9,
  owners: new Map([
    [3, 11],
    [99, 10],
  ]),
  handoverDay: null,
  startsChecklist: true,
};

it('takes only what the form asks for', () => {
  expect(offboardQuery(form, choices)).toEqual({
    person: 1,
    lastDay: '2027-01-01',
    position: 'backfill',
    manager: null,
    handovers: [{ service: 3, team: 11 }],
    handoverDay: null,
    startsChecklist: false,
  });
  expect(offboardQuery({ ...form, positions: [] }, choices).position).toBeNull();
  expect(offboardQuery(form, { ...choices, position: 'later' }).position).toBeNull();
});

it('suggests the best candidate', () => {
  expect(form.services.map(suggested)).toEqual([10, null]);
});
