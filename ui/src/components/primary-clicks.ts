//! A press of another button than the first is no click, on whatever it falls: WebKit takes the end of it for one.

/** Keeps such clicks from everything on the page; gives what stops that. */
export function keepPrimaryClicks(): () => void {
  let isPrimary = true;
  const press = (event: PointerEvent) => (isPrimary = event.button === 0);
  const click = (event: MouseEvent) => {
    // Without a count it comes from the keyboard or a program.
    if (isPrimary || event.detail === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('pointerdown', press, true);
  window.addEventListener('click', click, true);
  return () => {
    window.removeEventListener('pointerdown', press, true);
    window.removeEventListener('click', click, true);
  };
}
