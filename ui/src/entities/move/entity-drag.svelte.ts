//! Something on its way to a team: a person, a position, a team or a service, taken by its name in a list or by its box
//! in the chart, and let go over a team wherever one is shown. By the keyboard its menu does the same.

import { parseKey, type EntityKind, type NamedEntity } from '../../ipc/client';
import { session } from '../../state/session.svelte';
import { ui } from '../../state/ui.svelte';
import { holdable, movable } from '../entity-actions';

/** What stands for the holding area of a scenario where something is let go over it: a team that is none. */
export const HOLDING_AREA: NamedEntity = {
  kind: 'team',
  id: 0,
  key: '',
  name: 'Holding area',
  isUnconfirmed: false,
};

/** Less than this is a click. */
const THRESHOLD = 5;

/** What is dragged. */
export interface Dragged {
  subject: NamedEntity;
  /** The team that it leaves, where that can be seen. */
  from: number | null;
  /** Why it cannot be dropped on this, in words; null if it can. */
  refusal: (target: NamedEntity) => string | null;
}

/** Whether something of a kind can be dragged onto a team. */
export function isDraggable(kind: EntityKind): boolean {
  return !session.isReadOnly && (movable.includes(kind) || kind === 'service');
}

/** What is known wherever it is dragged from. */
export function refusalOf(subject: NamedEntity, from: number | null, target: NamedEntity): string | null {
  if (target === HOLDING_AREA)
    return holdable.includes(subject.kind) ? null : 'Only people and positions are held';
  if (target.kind !== 'team') return 'Drop on a team';
  if (subject.kind === 'team' && subject.id === target.id) return 'Drop on another team';
  if (from === target.id) return `${subject.name} is on ${target.name} already`;
  return null;
}

class EntityDrag {
  /** Once it has left its place. */
  moved = $state.raw<Dragged | null>(null);
  over = $state.raw<NamedEntity | null>(null);
  x = $state(0);
  y = $state(0);
  /** Why it cannot be dropped where it is; none where it can, or over nothing. */
  readonly problem = $derived.by(() => (this.moved && this.over ? this.moved.refusal(this.over) : null));

  /** The pointer went down on something: it is dragged once it moves, until it is let go or Escape is pressed. */
  begin(event: PointerEvent, what: Dragged): void {
    const hasModifier = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.button !== 0 || hasModifier || !isDraggable(what.subject.kind)) return;
    const source = event.currentTarget as HTMLElement;
    if (source.closest('dialog')) return;
    const start = { x: event.clientX, y: event.clientY };
    let target: HTMLElement | null = null;
    const moved = (move: PointerEvent) => {
      const far = Math.abs(move.clientX - start.x) + Math.abs(move.clientY - start.y);
      if (!this.moved && far < THRESHOLD) return;
      if (!this.moved) lift(source);
      this.moved = what;
      this.x = move.clientX;
      this.y = move.clientY;
      const found = targetAt(move.clientX, move.clientY);
      if (found !== target) delete target?.dataset.drop;
      target = found;
      this.over = target && named(target);
      if (target) target.dataset.drop = this.problem === null ? 'here' : 'refused';
    };
    const dropped = () => {
      const { moved, over, problem } = this;
      if (moved) swallowClick();
      end();
      if (moved && over && problem === null) ask(moved, over);
    };
    const pressed = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !this.moved) return;
      key.preventDefault();
      key.stopPropagation();
      window.addEventListener('pointerup', swallowClick, { once: true });
      end();
    };
    const end = () => {
      this.moved = this.over = null;
      delete target?.dataset.drop;
      delete source.dataset.dragged;
      document.removeEventListener('selectstart', prevent);
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('pointerup', dropped);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', pressed, true);
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('pointerup', dropped);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', pressed, true);
  }

  /** The same for a name in a list; a list of who is on a team says so with `data-of-team`. */
  beginAt(event: PointerEvent, subject: NamedEntity): void {
    const list = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-of-team]');
    const from = list && subject.kind !== 'service' ? Number(list.dataset.ofTeam) : null;
    const isHeld = !!(event.currentTarget as HTMLElement).closest('[data-holding]');
    const refusal = (target: NamedEntity) =>
      isHeld && target === HOLDING_AREA
        ? `${subject.name} is there already`
        : refusalOf(subject, from, target);
    this.begin(event, { subject, from, refusal });
  }
}

export const entityDrag = new EntityDrag();

/** Whatever something can be let go over says what it is: `data-entity`, the key, and `data-name`; or `data-holding`. */
function targetAt(x: number, y: number): HTMLElement | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-entity], [data-holding]') ?? null;
}

function named({ dataset }: HTMLElement): NamedEntity | null {
  if (dataset.holding !== undefined) return HOLDING_AREA;
  const entity = parseKey(dataset.entity);
  return entity && { ...entity, key: '', name: dataset.name ?? '', isUnconfirmed: false };
}

/** What is dragged is no text that is being selected. Said by an event: a style of the whole page would draw it anew. */
function lift(source: HTMLElement): void {
  source.dataset.dragged = '';
  document.addEventListener('selectstart', prevent);
  document.getSelection()?.removeAllRanges();
}

const prevent = (event: Event) => event.preventDefault();

function ask({ subject: { kind, id, name }, from }: Dragged, to: NamedEntity): void {
  if (kind === 'service') ui.assigning = { services: [id], role: 'owner', name, to };
  else if (to === HOLDING_AREA) ui.moving = { kind, id, from, isOff: true };
  else ui.moving = { kind, id, from, to };
}

/** The click that follows letting go selects nothing, and follows no link. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  // None follows where the pointer was let go over something else.
  setTimeout(() => window.removeEventListener('click', swallow, true));
}
