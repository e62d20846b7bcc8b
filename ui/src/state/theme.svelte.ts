//! Light or dark: as the system has it until the user says otherwise.

type Theme = 'light' | 'dark';
const KEY = 'headroom.theme';

class ThemeChoice {
  #system = window.matchMedia?.('(prefers-color-scheme: dark)');
  now = $state<Theme>('light');

  constructor() {
    const kept = localStorage.getItem(KEY);
    this.#show(kept === 'light' || kept === 'dark' ? kept : this.#system?.matches ? 'dark' : 'light');
    this.#system?.addEventListener('change', (event) => {
      if (!localStorage.getItem(KEY)) this.#show(event.matches ? 'dark' : 'light');
    });
    // Paper is white.
    window.addEventListener('beforeprint', () => (document.documentElement.dataset.theme = 'light'));
    window.addEventListener('afterprint', () => this.#show(this.now));
  }

  toggle(): void {
    this.#show(this.now === 'dark' ? 'light' : 'dark');
    localStorage.setItem(KEY, this.now);
  }

  #show(theme: Theme): void {
    this.now = theme;
    document.documentElement.dataset.theme = theme;
  }
}

export const theme = new ThemeChoice();
