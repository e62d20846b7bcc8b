//! Everything that can be done from anywhere: one line here is a line in the palette and a key.

import { commands, parseKey } from '../ipc/client';
import { address, NEW_ROW } from '../state/address.svelte';
import { actionsOf, entityActions } from '../entities/entity-actions';
import { takeIn } from '../entities/scenarios/ways';
import { reviewing, reviewKinds } from '../entities/finding-review.svelte';
import { askUndo, redo, session } from '../state/session.svelte';
import { searchKey } from '../lib/search-key';
import { theme } from '../state/theme.svelte';
import type { Action } from '../state/view-actions.svelte';
import { presenting } from './presenting.svelte';
import { ownActions } from './own-actions';
import { time } from './time.svelte';
import { ui } from '../state/ui.svelte';
import { views } from './views';

/** What the window is about: what has the page, or the panel. */
function onPage() {
  const { id, sel } = address.parameters;
  return parseKey(id ? `${address.view}:${id}` : sel);
}

/** What can be done with what the window is about. */
const ofSubject: Action[] = entityActions.map((action) => ({
  id: action.id,
  title: action.title,
  ...(action.key && { key: action.key }),
  isPossible: () => {
    const subject = onPage();
    const isOpen = action.id === 'open' && address.parameters.id !== undefined;
    return !!subject && !isOpen && actionsOf(subject.kind).includes(action);
  },
  run: () => {
    const subject = onPage();
    if (subject) action.run(subject);
  },
}));

/** Keys for views, as they lie on a keyboard: what comes after the tenth has none. */
const DIGITS = '1234567890';

const isEditable = () => !session.isReadOnly;

/** The scenario that is shown, as long as nothing is decided about it. */
function shownScenario() {
  const scenario = session.frame?.scenario;
  return scenario?.standing === 'open' ? scenario : undefined;
}

export const actions: Action[] = [
  {
    id: 'search',
    title: 'Search or run a command…',
    key: 'Ctrl K',
    isForTyping: true,
    run: () => (ui.isPaletteOpen = true),
  },
  ...views.map((view, at) => ({
    id: `view-${view.id}`,
    title: `Go to ${view.title}`,
    ...(at < DIGITS.length && { key: `Alt ${DIGITS[at]}` }),
    run: () => address.go(view.id),
  })),
  {
    id: 'undo',
    title: 'Undo',
    key: 'Ctrl Z',
    // The frame may not have heard yet of what was done a moment ago; the core says when there is nothing.
    isPossible: isEditable,
    run: () => void askUndo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    key: 'Ctrl Shift Z',
    isPossible: isEditable,
    run: () => void redo(),
  },
  { id: 'add-team', title: 'Add team…', isPossible: isEditable, run: () => (ui.adding = 'team') },
  { id: 'add-person', title: 'Add person…', isPossible: isEditable, run: () => (ui.adding = 'person') },
  { id: 'add-service', title: 'Add service…', isPossible: isEditable, run: () => (ui.adding = 'service') },
  {
    id: 'add-position',
    title: 'Add position',
    isPossible: isEditable,
    run: () => address.go('hiring', { row: NEW_ROW }),
  },
  ...ofSubject,
  {
    id: 'assign',
    title: 'Assign owners',
    isPossible: isEditable,
    run: () => address.go('ownership', { mode: 'assign' }),
  },
  {
    id: 'confirm',
    title: 'Review unconfirmed owners',
    run: () => address.go('ownership', { mode: 'confirm' }),
  },
  ...reviewKinds.map(({ id, title, key }) => ({
    id: `finding-${id}`,
    title,
    key,
    isPossible: () => reviewing.isPossible(id),
    run: () => reviewing.begin(id),
  })),
  ...ownActions,
  { id: 'leaver', title: 'What if someone leaves…', run: () => address.go('forecast') },
  {
    id: 'compare',
    title: 'Compare two days…',
    key: 'Alt V',
    run: () => {
      if (address.view !== 'organisation') address.go('organisation');
      ui.isComparing = true;
    },
  },
  ...(
    [
      ['freezeHiring', 'Freeze hiring…'],
      ['shiftStarts', 'Shift planned starts…'],
      ['handOverDomain', 'Hand over a domain…'],
    ] as const
  ).map(([kind, title]) => ({
    id: `measure-${kind}`,
    title,
    isPossible: isEditable,
    run: () => (ui.measure = { kind }),
  })),
  {
    id: 'cut-cost',
    title: 'Cut cost…',
    isPossible: isEditable,
    run: () => (ui.cuttingCost = { team: null }),
  },
  {
    id: 'close-location',
    title: 'Close a location…',
    isPossible: isEditable,
    run: () => (ui.closingLocation = ''),
  },
  {
    id: 'scenario-on-map',
    title: 'Show the scenario against the plan on the map',
    isPossible: () => !!session.scenario && address.parameters.against !== 'both',
    run: () => address.go('map', { ...(address.view === 'map' ? address.parameters : {}), against: 'both' }),
  },
  {
    id: 'scenario-in-chart',
    title: 'Show the scenario against the plan in the organisation chart',
    isPossible: () => !!session.scenario && address.parameters.compare !== 'plan',
    run: () => address.go('organisation', { compare: 'plan' }),
  },
  {
    id: 'scenario-new',
    title: 'New scenario…',
    isPossible: isEditable,
    run: () => (ui.addingScenario = { from: null, isShown: true }),
  },
  {
    id: 'scenario-choose',
    title: 'Switch scenario…',
    key: 'Alt B',
    isForTyping: true,
    run: () => (ui.isChoosingScenario = true),
  },
  {
    id: 'scenario-leave',
    title: 'Back to the plan',
    key: 'Alt End',
    isForTyping: true,
    isPossible: () => session.scenario !== '',
    run: () => session.showScenario(''),
  },
  {
    id: 'scenario-take-in',
    title: 'Take the plan’s changes into this scenario',
    isPossible: () => isEditable() && (shownScenario()?.behind ?? 0) > 0,
    run: () => {
      const scenario = shownScenario();
      if (scenario) void takeIn(scenario);
    },
  },
  {
    id: 'scenario-merge',
    title: 'Merge this scenario into the plan…',
    isPossible: () => isEditable() && (shownScenario()?.changeCount ?? 0) > 0,
    run: () => (ui.mergingScenario = shownScenario()?.id ?? null),
  },
  {
    id: 'scenario-drop',
    title: 'Drop this scenario…',
    isPossible: () => isEditable() && !!shownScenario(),
    run: () => (ui.droppingScenario = shownScenario()?.id ?? null),
  },
  { id: 'import', title: 'Import files…', key: 'Ctrl I', run: () => address.go('import') },
  {
    id: 'merge',
    title: 'Merge a copy…',
    isPossible: isEditable,
    run: () => address.go('history', { part: 'merge' }),
  },
  {
    id: 'back',
    title: 'Go back',
    key: 'Alt ←',
    isForTyping: true,
    isPossible: () => address.canGoBack,
    run: () => history.back(),
  },
  {
    id: 'forward',
    title: 'Go forward',
    key: 'Alt →',
    isForTyping: true,
    isPossible: () => address.canGoForward,
    run: () => history.forward(),
  },
  {
    id: 'today',
    title: 'Go back to today',
    key: 'Alt Home',
    isForTyping: true,
    isPossible: () => time.isElsewhere,
    run: () => time.toToday(),
  },
  { id: 'play', title: 'Play or pause timeline', key: 'Alt P', run: () => time.toggle() },
  {
    id: 'mark-after',
    title: 'Go to next change: a gap opens or closes',
    key: 'Alt .',
    isPossible: () => time.canJump(1),
    run: () => time.jump(1),
  },
  {
    id: 'mark-before',
    title: 'Go to previous change: a gap opened or closed',
    key: 'Alt ,',
    isPossible: () => time.canJump(-1),
    run: () => time.jump(-1),
  },
  {
    id: 'time-line',
    title: 'Focus timeline',
    key: 'Alt T',
    run: () => document.getElementById('date-slider')?.focus(),
  },
  { id: 'month-later', title: 'Forward one month', run: () => time.stepMonth(1) },
  { id: 'month-earlier', title: 'Back one month', run: () => time.stepMonth(-1) },
  {
    id: 'present',
    title: 'Present full screen, or stop',
    key: 'F11',
    isForTyping: true,
    run: () => presenting.toggle(),
  },
  { id: 'theme', title: 'Switch between light and dark theme', run: () => theme.toggle() },
  { id: 'keys', title: 'Show keyboard shortcuts', key: '?', run: () => (ui.isHelpOpen = true) },
  {
    id: 'close',
    title: 'Close plan',
    run: () => void commands.closePlan().then(() => ((session.frame = null), session.changed())),
  },
];

/** What can be done now whose title has a word that begins with each one typed. */
export function actionsFor(typed: string, all = actions): Action[] {
  const wordsOf = (text: string) => searchKey(text).split(/[^\p{L}\p{N}]+/u);
  const words = wordsOf(typed).filter(Boolean);
  const begins = (action: Action) => {
    const title = wordsOf(action.title);
    return words.every((word) => title.some((part) => part.startsWith(word)));
  };
  return all.filter((action) => action.id !== 'search' && (action.isPossible?.() ?? true) && begins(action));
}
