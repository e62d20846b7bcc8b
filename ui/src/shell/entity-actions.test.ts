import { afterEach, expect, it } from 'vitest';
import type { EntityKind, Frame, NamedEntity } from '../ipc/client';
import { actions, actionsFor } from './actions';
import { address } from '../state/address.svelte';
import { endOf, entityActions, menuOf } from '../entities/entity-actions';
import { session } from '../state/session.svelte';
import { ui } from '../state/ui.svelte';

const kinds: EntityKind[] = ['person', 'team', 'position', 'service'];
const named = (kind: EntityKind): NamedEntity => ({ kind, id: 3, key: '', name: kind, isUnconfirmed: false });

afterEach(() => {
  session.frame = null;
  ui.moving = null;
  address.go('overview');
});

it('offers the same in the menu of a thing and in the palette on its page', () => {
  session.frame = { isReadOnly: false } as Frame;
  for (const kind of kinds) {
    address.go(kind, { id: '3' });
    const onPage = actionsFor('').filter((action) => entityActions.some((one) => one.id === action.id));
    const titles = menuOf(named(kind)).map((line) => line.title);
    // The page that is open already is not opened.
    expect(onPage.map((action) => action.title)).toEqual(titles.filter((title) => title !== 'Open'));
    expect(titles).toContain(kind === 'service' ? 'Assign owner…' : 'Move to team…');
    expect(titles).toContain(endOf(kind)!.title);
  }
  address.go('person', { id: '3' });
  actions.find((action) => action.id === 'move')!.run();
  expect(ui.moving).toEqual({ kind: 'person', id: 3 });
});

it('takes people and positions off their team in a scenario alone', () => {
  session.frame = { isReadOnly: false } as Frame;
  const offered = () =>
    kinds.filter((kind) => menuOf(named(kind)).some((line) => line.title === 'Take off the team…'));
  expect(offered()).toEqual([]);
  session.showScenario('elsewhere');
  expect(offered()).toEqual(['person', 'position']);
  session.showScenario('');
});

it('changes nothing in a plan that is read only', () => {
  session.frame = { isReadOnly: true } as Frame;
  const titles = kinds.flatMap((kind) => menuOf(named(kind)).map((line) => line.title));
  expect(titles.filter((title) => /Move|Assign|Offboard|Retire|Dissolve|Close/.test(title))).toEqual([]);
});
