//! Short messages at the foot of the window.

export interface Notice {
  id: number;
  text: string;
  isWarning: boolean;
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 6000;

class Notices {
  all = $state<Notice[]>([]);
  #next = 1;

  say(text: string, action?: Notice['action']): void {
    const id = this.#put({ text, isWarning: false, ...(action && { action }) });
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  /** Warnings stay until they are read. */
  warn(text: string): void {
    this.#put({ text, isWarning: true });
  }

  /** The plan has changed: what a notice offers is about the change before. */
  passed(): void {
    if (this.all.some((notice) => notice.action)) this.all = this.all.filter((notice) => !notice.action);
  }

  dismiss(id: number): void {
    this.all = this.all.filter((notice) => notice.id !== id);
  }

  #put(notice: Omit<Notice, 'id'>): number {
    const id = this.#next++;
    this.all = [
      ...this.all.filter((other) => other.isWarning && other.text !== notice.text),
      { id, ...notice },
    ];
    return id;
  }
}

export const notices = new Notices();
