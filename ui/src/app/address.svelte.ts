//! Where the window is: the view, what is selected and how it is filtered, kept in the address behind the `#`, so
//! that every state can be linked and gone back to (Alt-Left).

export type Parameters = Record<string, string | undefined>;

interface Address {
  view: string;
  parameters: Parameters;
}

export function parse(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { view: path || 'organisation', parameters: Object.fromEntries(new URLSearchParams(query)) };
}

export function format(view: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const text = query.toString();
  return `#/${view}${text ? `?${text}` : ''}`;
}

class AddressBar {
  #now = $state.raw(parse(location.hash));

  constructor() {
    window.addEventListener('hashchange', () => (this.#now = parse(location.hash)));
  }

  get view(): string {
    return this.#now.view;
  }

  get parameters(): Parameters {
    return this.#now.parameters;
  }

  /** Goes to a view; the day stays the same, and whether planned hires count. */
  go(view: string, parameters: Parameters = {}): void {
    this.#put(format(view, { ...kept(this.parameters), ...parameters }), false);
  }

  /** Sets parameters of the present view. A filter that is being typed is not worth a step back each letter. */
  set(parameters: Parameters, isStep = false): void {
    this.#put(format(this.view, { ...this.parameters, ...parameters }), !isStep);
  }

  #put(hash: string, isReplaced: boolean): void {
    if (hash === location.hash) return;
    if (isReplaced) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#now = parse(hash);
  }
}

export const address = new AddressBar();

/** What stays from view to view. */
function kept({ day, seats }: Parameters): Parameters {
  return { day, seats };
}

/** The address of an entity's page, keeping the day. */
export function pageOf(entity: { kind: string; id: number }): string {
  return format(entity.kind, { id: String(entity.id), ...kept(address.parameters) });
}
