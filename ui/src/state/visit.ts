//! Where in the history the last visit of a plan ended, remembered on this computer for each plan file.

const KEY = 'headroom.visit:';

export interface Visit {
  /** The newest step then. */
  seq: number;
  /** When that was. */
  at: string;
}

/** How the last visits ended, as it was when each plan was first looked at in this window. */
const begun = new Map<string, Visit | null>();

/** The end of the visit before this one; null if this is the first. */
export function lastVisit(path: string): Visit | null {
  const known = begun.get(path);
  if (known !== undefined) return known;
  const visit = read(path);
  begun.set(path, visit);
  return visit;
}

/** This visit has seen the history up to a step. */
export function seen(path: string, seq: number, at: string): void {
  const visit: Visit = { seq, at };
  // Of a first visit, what was there when it began is no news.
  if (!lastVisit(path)) begun.set(path, visit);
  try {
    localStorage.setItem(KEY + path, JSON.stringify(visit));
  } catch {
    // Without it, the next visit is the first.
  }
}

function read(path: string): Visit | null {
  try {
    const { seq, at } = JSON.parse(localStorage.getItem(KEY + path) ?? '{}') as Partial<Visit>;
    return typeof seq === 'number' && typeof at === 'string' ? { seq, at } : null;
  } catch {
    return null;
  }
}

/** For tests: the window is closed. */
export function forget(): void {
  begun.clear();
}
