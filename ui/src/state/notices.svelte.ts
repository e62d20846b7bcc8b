//! Short messages at the foot of the window.

export interface Notice {
  id: number;
  text: string;
  isWarning: boolean;
  action?: { label: string; run: () => void };
  /** About what somebody else has done: true whatever comes next. */
  isNews?: boolean;
}

const SHOWN_MS = 6000;

class Notices {
  all = $state<Notice[]>([]);
  #next = 1;

  say(text: string, action?: Notice['action']): void {
    this.#passing({ text, isWarning: false, ...(action && { action }) });
  }

  /** Says what somebody else has done. */
  tell(text: string, action: Notice['action']): void {
    this.#passing({ text, isWarning: false, isNews: true, ...(action && { action }) });
  }

  /** Warnings stay until they are read. */
  warn(text: string): void {
    this.#put({ text, isWarning: true });
  }

  /** The plan has changed: what a notice offers is about the change before. */
  passed(): void {
    const isPast = (notice: Notice) => notice.action && !notice.isNews;
    if (this.all.some(isPast)) this.all = this.all.filter((notice) => !isPast(notice));
  }

  dismiss(id: number): void {
    this.all = this.all.filter((notice) => notice.id !== id);
  }

  #passing(notice: Omit<Notice, 'id'>): void {
    const id = this.#put(notice);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  #put(notice: Omit<Notice, 'id'>): number {
    const id = this.#next++;
    const others = this.all.filter((other) => other.text !== notice.text);
    // The newest and the one before it: what was said a moment ago can still be read.
    const passing = others.filter((other) => !other.isWarning).slice(-1);
    this.all = [...others.filter((other) => other.isWarning || passing.includes(other)), { id, ...notice }];
    return id;
  }
}

export const notices = new Notices();
