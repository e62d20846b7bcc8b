//! What was looked at last, remembered on this computer for each plan file.

import { parseKey, type EntityKind } from '../ipc/client';

const KEY = 'headroom.recent:';
const MOST = 12;

export type Visited = { kind: EntityKind; id: number };

/** What was looked at last in a plan, the newest first. */
export function recent(path: string): Visited[] {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(KEY + path) ?? '[]');
    const texts = Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
    return texts.map(parseKey).filter((found) => found !== null);
  } catch {
    return [];
  }
}

/** Something is looked at: its page, or it stands beside a view. */
export function lookedAt(path: string, thing: Visited): void {
  const others = recent(path).filter((other) => other.kind !== thing.kind || other.id !== thing.id);
  const keys = [thing, ...others].slice(0, MOST).map(({ kind, id }) => `${kind}:${id}`);
  try {
    localStorage.setItem(KEY + path, JSON.stringify(keys));
  } catch {
    // Without it, nothing is recent next time.
  }
}
