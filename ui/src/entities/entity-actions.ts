//! What can be done with one thing, whichever way it is asked for: one line here is a line in its context menu, in the
//! palette and, with a key, on the keyboard.

import type { MenuLine } from '../components/ContextMenu.svelte';
import { formatDepartures } from './hypothetical-departures';
import { commands, hasPage, type EntityKind, type NamedEntity } from '../ipc/client';
import { count } from '../lib/format';
import { address } from '../state/address.svelte';
import { becomeSomebody } from './i-am';
import { mapOf, onMaps } from './map-address';
import { act, session } from '../state/session.svelte';
import { ui, type Subject } from '../state/ui.svelte';

/** What an action is about: the palette knows a thing by its number alone. */
type Target = Subject & Partial<NamedEntity>;

export interface EntityAction {
  id: string;
  title: string;
  /** As shown; see `matchesKey`. */
  key?: string;
  isFor: (kind: EntityKind) => boolean;
  /** It changes the plan. */
  isEdit?: boolean;
  /** It is only done in a scenario. */
  isOfScenario?: boolean;
  run: (target: Target) => void;
  /** The same with several of one of these kinds, as one step; none where it is about one alone. */
  together?: { kinds: EntityKind[]; run: (ids: number[]) => void };
}

/** What can be moved to another team. */
export const movable: EntityKind[] = ['person', 'position', 'team'];

/** What can be taken off its team and not be placed yet. */
export const holdable: EntityKind[] = ['person', 'position'];

export const entityActions: EntityAction[] = [
  {
    id: 'open',
    title: 'Open',
    isFor: (kind) => hasPage({ kind }),
    run: ({ kind, id }) => address.go(kind, { id: String(id) }),
  },
  {
    id: 'show-on-map',
    title: 'Show on map',
    key: 'Ctrl M',
    isFor: (kind) => onMaps.includes(kind),
    run: (target) => address.go('map', mapOf(target)),
  },
  {
    id: 'move',
    title: 'Move to team…',
    key: 'Ctrl Shift M',
    isEdit: true,
    isFor: (kind) => movable.includes(kind),
    run: ({ kind, id }) => (ui.moving = { kind, id }),
    together: { kinds: ['person'], run: (ids) => (ui.movingSeveral = ids) },
  },
  {
    id: 'take-off',
    title: 'Take off the team…',
    isEdit: true,
    isOfScenario: true,
    isFor: (kind) => holdable.includes(kind),
    run: ({ kind, id }) => (ui.moving = { kind, id, isOff: true }),
  },
  {
    id: 'split',
    title: 'Split in two…',
    isEdit: true,
    isFor: (kind) => kind === 'team',
    run: ({ id }) => (ui.splitting = id),
  },
  {
    id: 'merge-teams',
    title: 'Merge into another team…',
    isEdit: true,
    isFor: (kind) => kind === 'team',
    run: ({ kind, id }) =>
      void nameOf({ kind, id }).then((team) => (ui.measure = { kind: 'mergeTeams', team })),
  },
  {
    id: 'cut-cost-of',
    title: 'Cut the team’s cost…',
    isEdit: true,
    isFor: (kind) => kind === 'team',
    run: ({ kind, id }) => void nameOf({ kind, id }).then((team) => (ui.cuttingCost = { team })),
  },
  {
    id: 'assign-one',
    title: 'Assign owner…',
    isEdit: true,
    isFor: (kind) => kind === 'service',
    run: ({ id, name }) => (ui.assigning = { services: [id], role: 'owner', name }),
    together: { kinds: ['service'], run: (services) => (ui.assigning = { services, role: 'owner' }) },
  },
  {
    id: 'assign-backup',
    title: 'Set backup…',
    isEdit: true,
    isFor: (kind) => kind === 'service',
    run: ({ id, name }) => (ui.assigning = { services: [id], role: 'backup', name }),
    together: { kinds: ['service'], run: (services) => (ui.assigning = { services, role: 'backup' }) },
  },
  {
    id: 'confirm-owner',
    title: 'Confirm owner',
    isEdit: true,
    isFor: (kind) => kind === 'service',
    run: ({ id }) => void confirmOwners([id]),
    together: { kinds: ['service'], run: (services) => void confirmOwners(services) },
  },
  {
    id: 'this-is-me',
    title: 'This is me',
    isFor: (kind) => kind === 'person',
    run: (person) => void becomeSomebody(person),
  },
  {
    id: 'what-if',
    title: 'What if they leave…',
    isFor: (kind) => kind === 'person',
    run: ({ id }) => address.go('forecast', { leavers: formatDepartures([{ person: id, lastDay: null }]) }),
  },
  {
    id: 'start-checklist',
    title: 'Start checklist…',
    isEdit: true,
    isFor: (kind) => kind === 'person',
    run: ({ kind, id, key = '', name, isUnconfirmed = false }) => {
      if (name) ui.starting = { kind, id, key, name, isUnconfirmed };
      else void nameOf({ kind, id }).then((found) => (ui.starting = found));
    },
  },
  {
    id: 'offboard',
    title: 'Offboard…',
    isEdit: true,
    isFor: (kind) => kind === 'person',
    run: ({ id }) => (ui.offboarding = id),
  },
  ...(
    [
      ['service', 'Retire'],
      ['team', 'Dissolve'],
      ['position', 'Close'],
    ] as const
  ).map(([kind, verb]) => ({
    id: `end-${kind}`,
    title: `${verb}…`,
    isEdit: true,
    isFor: (other: EntityKind) => other === kind,
    run: ({ id }: Target) => (ui.ending = { kind, id, verb }),
  })),
];

/** The palette knows a thing by its number alone, and a dialog needs its name. */
async function nameOf(subject: Subject): Promise<NamedEntity | null> {
  const answer = await commands.names([subject]);
  return answer.status === 'ok' ? (answer.data[0] ?? null) : null;
}

async function confirmOwners(services: number[]) {
  const words =
    services.length === 1
      ? 'Confirmed the owner'
      : `Confirmed owners of ${count(services.length, 'service')}`;
  await act(commands.confirmServices(services, session.at), words);
}

/** How something of a kind ends; none for what does not end by itself. */
export function endOf(kind: EntityKind): EntityAction | undefined {
  const ends = ['offboard', 'end-service', 'end-team', 'end-position'];
  return entityActions.find((action) => ends.includes(action.id) && action.isFor(kind));
}

/** What can be done with something of a kind now. */
export function actionsOf(kind: EntityKind): EntityAction[] {
  return entityActions.filter(
    (action) =>
      action.isFor(kind) &&
      !(action.isEdit && session.isReadOnly) &&
      !(action.isOfScenario && !session.scenario),
  );
}

/** The lines of the context menu of something. */
export function menuOf(target: NamedEntity): MenuLine[] {
  return actionsOf(target.kind).map(({ title, key, run }) => ({ title, key, run: () => run(target) }));
}

/** What can be done with several things of a kind. */
export function menuOfSeveral(kind: EntityKind, ids: number[]): MenuLine[] {
  const [id] = ids;
  if (ids.length === 1 && id !== undefined)
    return actionsOf(kind).map(({ title, key, run }) => ({ title, key, run: () => run({ kind, id }) }));
  return actionsOf(kind).flatMap(({ title, key, together }) =>
    together?.kinds.includes(kind) ? { title, key, run: () => together.run(ids) } : [],
  );
}

/** Shows the menu of something where the pointer is, or below what has the focus. */
export function offerMenu(event: MouseEvent, subject: NamedEntity): void {
  if (menuOf(subject).length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  ui.menu = { subject, x: event.clientX, y: event.clientY, from };
}
