//! Where the keyboard is once the thing that had it is gone.

const TAKERS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';
const FIELDS = 'input:not(:disabled, [type="hidden"]), select:not(:disabled), textarea:not(:disabled)';
const TYPED = 'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select';

/** Where a dialog begins: where it says, at its first field, else at the first button that does more than close it. */
export function firstOf(dialog: HTMLElement): HTMLElement | null {
  return (
    dialog.querySelector<HTMLElement>('[data-autofocus]') ??
    dialog.querySelector<HTMLElement>(FIELDS) ??
    dialog.querySelector<HTMLElement>('button:not(:disabled, [aria-label="Close"])')
  );
}

/** Where something stood among what takes the keys, in each thing that holds it; the innermost first. */
interface Stand {
  element: HTMLElement;
  holders: { holder: HTMLElement; at: number }[];
  dialog: HTMLElement | null;
}

function takersIn(holder: HTMLElement): HTMLElement[] {
  return [...holder.querySelectorAll<HTMLElement>(TAKERS)];
}

/** Whoever pressed a button is not to find themselves in a text. */
function isAlike(element: HTMLElement, taker: HTMLElement): boolean {
  return element.matches(TYPED) || !taker.matches(TYPED);
}

export function standOf(element: HTMLElement): Stand {
  const all = takersIn(document.body).filter((taker) => isAlike(element, taker));
  const holders: Stand['holders'] = [];
  for (let holder = element.parentElement; holder; holder = holder.parentElement) {
    const inside = all.filter((taker) => holder!.contains(taker));
    holders.push({ holder, at: Math.max(0, inside.indexOf(element)) });
    if (holder.matches('main, aside, dialog')) break;
  }
  return { element, holders, dialog: element.closest('dialog') };
}

/** What takes the place of something that is gone: itself where it has come back, else what stands there now. */
export function successor({ element, holders }: Stand): HTMLElement | null {
  if (element.isConnected) return element;
  const left = holders.filter(({ holder }) => holder.isConnected);
  // A table has keys of its own, and its rows come and go.
  const table = left[0]?.holder.closest<HTMLElement>('[role="grid"][tabindex="0"]');
  if (table) return table;
  for (const { holder, at } of left) {
    if (holder.matches('[tabindex="0"]')) return holder;
    const takers = takersIn(holder).filter((taker) => isAlike(element, taker));
    if (takers.length > 0) return takers[Math.min(at, takers.length - 1)]!;
  }
  return null;
}

/**
 * Moves the focus to what takes the place of a thing that goes while it has it, until it is called off. On another page
 * (`page` tells which) that is the page as a whole.
 */
export function keepFocus(page: () => string): () => void {
  let inside: Stand | null = null;
  let outside: Stand | null = null;
  let on = page();
  const isFree = () => !document.activeElement || document.activeElement === document.body;

  function took({ target }: FocusEvent) {
    const stand = standOf(target as HTMLElement);
    if (stand.dialog) inside = stand;
    else [inside, outside] = [null, stand];
    on = page();
  }
  function left({ target, relatedTarget }: FocusEvent) {
    // On its way to something else, which may go before anybody looks.
    if (relatedTarget) return;
    queueMicrotask(() => {
      // Not because it went: somebody has put the focus nowhere.
      if (isFree() && !inside && (target as HTMLElement).isConnected) outside = null;
    });
  }
  function look() {
    const last = inside ?? outside;
    if (!isFree() || !last || last.element.isConnected) return;
    if (page() !== on) return document.querySelector('main')?.focus({ preventScroll: true });
    const heir = inside?.dialog?.isConnected ? inside : outside;
    inside = null;
    if (heir) successor(heir)?.focus({ preventScroll: true });
  }

  // Once a view has put it where it wants it.
  const observer = new MutationObserver(() => {
    if (isFree() && (inside ?? outside)) requestAnimationFrame(look);
  });
  observer.observe(document.body, { subtree: true, childList: true });
  document.addEventListener('focusin', took);
  document.addEventListener('focusout', left);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', took);
    document.removeEventListener('focusout', left);
  };
}
