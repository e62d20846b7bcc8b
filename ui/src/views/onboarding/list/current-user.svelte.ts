//! Who sits in front of this computer, as they said. No login: it is only whose list is shown first and whose name a
//! tick carries, kept here for each plan.

import { session } from '../../../state/session.svelte';

const KEY = 'headroom.me';

class CurrentUser {
  #kept = $state.raw<Record<string, number>>(read());

  /** The checklist of whoever said who they are; none when nobody did. */
  get list(): number | null {
    return this.#kept[session.frame?.path ?? ''] ?? null;
  }

  set list(id: number | null) {
    const path = session.frame?.path;
    if (!path) return;
    const rest = Object.fromEntries(Object.entries(this.#kept).filter(([known]) => known !== path));
    this.#kept = id === null ? rest : { ...rest, [path]: id };
    localStorage.setItem(KEY, JSON.stringify(this.#kept));
  }
}

function read(): Record<string, number> {
  try {
    return { ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return {};
  }
}

export const currentUser = new CurrentUser();
