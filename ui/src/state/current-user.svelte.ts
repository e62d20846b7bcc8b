//! Who sits in front of this computer, as they said: “I am …”. No login: it is only what is shown first and whose name is
//! on what is marked as done, remembered on this computer for each plan file.

import type { CurrentPerson } from '../ipc/client';
import { session } from './session.svelte';

const KEY = 'headroom.i-am:';

interface Kept {
  /** The ID of the person. */
  person: number;
  /** The checklist whose person sees nothing else, in the new hire's mode. */
  firstWeeks: number | null;
}

class CurrentUser {
  /** What was read or set last, and of which plan. */
  #now = $state.raw<{ path: string; kept: Kept | null }>({ path: '', kept: null });
  /** What the plan knows of them; undefined until it has been asked, null if they are not in it any more. */
  known = $state.raw<CurrentPerson | null | undefined>();

  get #kept(): Kept | null {
    const path = session.frame?.path ?? '';
    return this.#now.path === path ? this.#now.kept : read(path);
  }

  /** The person; none if nobody said who they are. */
  get id(): number | null {
    return this.#kept?.person ?? null;
  }

  /** The checklist that fills the window in the new hire's mode; none in any other. */
  get firstWeeks(): number | null {
    return this.#kept?.firstWeeks ?? null;
  }

  /** The open checklist with which they join or change teams. */
  get onboarding(): number | null {
    return this.known && !this.known.left ? this.known.onboarding : null;
  }

  /** They are somebody; null: nobody any more. */
  become(person: number | null): void {
    if (person !== this.id) this.known = undefined;
    this.#keep(person === null ? null : { person, firstWeeks: null });
  }

  /** The new hire's mode begins with a checklist, or ends. */
  showOnly(checklist: number | null): void {
    const kept = this.#kept;
    if (kept && kept.firstWeeks !== checklist) this.#keep({ ...kept, firstWeeks: checklist });
  }

  #keep(kept: Kept | null): void {
    const path = session.frame?.path;
    if (!path) return;
    this.#now = { path, kept };
    try {
      if (kept) localStorage.setItem(KEY + path, JSON.stringify(kept));
      else localStorage.removeItem(KEY + path);
    } catch {
      // Without it, they are asked again next time.
    }
  }
}

function read(path: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY + path) ?? '{}') as Partial<Kept>;
    if (typeof kept.person !== 'number') return null;
    return {
      person: kept.person,
      firstWeeks: typeof kept.firstWeeks === 'number' ? kept.firstWeeks : null,
    };
  } catch {
    return null;
  }
}

export const currentUser = new CurrentUser();
