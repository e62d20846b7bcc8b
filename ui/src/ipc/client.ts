//! The one place that talks to the program. Everything else asks `commands` through here.

export { commands, events } from './bindings';
export { lookFrom } from './invoke';
export type * from './bindings';

import type { AppError, EntityKind, NamedEntity, SeverityLevel } from './bindings';

/** What every command that can fail answers with. */
export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: AppError };

/** What stands for an entity in an address or a key. */
export function keyOf(entity: { kind: EntityKind; id: number }): string {
  return `${entity.kind}:${entity.id}`;
}

export function parseKey(text: string | undefined): { kind: EntityKind; id: number } | null {
  const [kind, id] = (text ?? '').split(':');
  if (!kind || !id || !/^\d+$/.test(id)) return null;
  return { kind: kind as EntityKind, id: Number(id) };
}

/** Kinds with a page of their own. */
export function hasPage(entity: NamedEntity | { kind: EntityKind }): boolean {
  return [
    'team',
    'person',
    'service',
    'position',
    'checklist',
    'template',
    'scenario',
    'metric',
    'incident',
    'action',
    'bet',
  ].includes(entity.kind);
}

export const severities: SeverityLevel[] = ['critical', 'high', 'medium', 'low'];
