//! Where the window is: the view, what is selected and how it is filtered, kept in the address behind the `#`, so
//! that every state can be linked and gone back to (Alt-Left).

export type Parameters = Record<string, string | undefined>;

interface Address {
  view: string;
  parameters: Parameters;
}

export function parse(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { view: path || 'overview', parameters: Object.fromEntries(new URLSearchParams(query)) };
}

export function format(view: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const text = query.toString();
  return `#/${view}${text ? `?${text}` : ''}`;
}

/** The view that lists the things of a kind. */
export const LISTS: Record<string, string> = {
  team: 'organisation',
  person: 'people',
  service: 'ownership',
  position: 'hiring',
  checklist: 'onboarding',
  scenario: 'scenarios',
  metric: 'metrics',
  bet: 'bets',
  incident: 'incidents',
  action: 'incidents',
};

class AddressBar {
  #now = $state.raw(parse(location.hash));

  /** How many steps led here, and how many there were when no one went back. */
  #step = $state(0);
  #last = $state(0);

  constructor() {
    if (!history.state) history.replaceState({}, '', location.hash || undefined);
    this.#step = this.#last = this.#stepOf(history.state);
    window.addEventListener('hashchange', (event) => {
      // A link was followed: as `#put`, it leaves behind where it came from.
      if (history.state) this.#step = this.#stepOf(history.state);
      else history.replaceState(this.#next(new URL(event.oldURL).hash), '', location.hash);
      this.#now = parse(location.hash);
    });
  }

  get canGoBack(): boolean {
    return this.#step > 0;
  }

  get canGoForward(): boolean {
    return this.#step < this.#last;
  }

  #stepOf(state: unknown): number {
    return (state as { step?: number } | null)?.step ?? 0;
  }

  /** The state of the step that follows, from where it comes. */
  #next(before: string) {
    this.#last = this.#step += 1;
    return { before, step: this.#step };
  }

  get view(): string {
    return this.#now.view;
  }

  get parameters(): Parameters {
    return this.#now.parameters;
  }

  /** Goes to a view; the day and the scenario stay the same, and whether planned hires count. */
  go(view: string, parameters: Parameters = {}): void {
    this.#put(format(view, { ...kept(this.parameters), ...parameters }), false);
  }

  /** Sets parameters of the present view. A filter that is being typed is not worth a step back each letter. */
  set(parameters: Parameters, isStep = false): void {
    this.#put(format(this.view, { ...this.parameters, ...parameters }), !isStep);
  }

  /** Leaves what is there no more: for where one came from, else for the list of its kind. There is no way back to it. */
  leave(gone: { kind: string; id: number }): void {
    const { before } = (history.state ?? {}) as { before?: string };
    const came = before && !isAbout(parse(before), gone) ? before : null;
    const hash = came ?? format(LISTS[gone.kind] ?? 'organisation', kept(this.parameters));
    if (isAbout(this.#now, gone)) this.#put(hash, true);
  }

  #put(hash: string, isReplaced: boolean): void {
    if (hash === location.hash) return;
    if (isReplaced) history.replaceState(history.state, '', hash);
    else history.pushState(this.#next(location.hash), '', hash);
    this.#now = parse(hash);
  }
}

export const address = new AddressBar();

/** Whether it is the page of a thing, or shows it beside a view. */
function isAbout({ view, parameters }: Address, { kind, id }: { kind: string; id: number }): boolean {
  return (view === kind && parameters.id === String(id)) || parameters.sel === `${kind}:${id}`;
}

/** What stays from view to view: from where the plan is looked at. */
function kept({ day, seats, scenario }: Parameters): Parameters {
  return { day, seats, scenario };
}

/** The address of a view, looked at from the same point. */
export function viewOf(view: string, parameters: Parameters = {}): string {
  return format(view, { ...kept(address.parameters), ...parameters });
}

/** The address of an entity's page, looked at from the same point. */
export function pageOf(entity: { kind: string; id: number }): string {
  return viewOf(entity.kind, { id: String(entity.id) });
}

/** In the address of the planning grid: the empty row, where a position is added. */
export const NEW_ROW = 'new';
