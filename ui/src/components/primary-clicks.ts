//! A press of another button than the first is no click, on whatever it falls: WebKit takes the end of it for one.

/** Keeps such clicks from everything on the page; gives what stops that. */
export function keepPrimaryClicks(): () => void {
  let isPrimary = true;
  const press = (event: MouseEvent) => (isPrimary = event.button === 0);
  const click = (event: MouseEvent) => {
    // Without a count it comes from the keyboard or a program.
    if (isPrimary || event.detail === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // A second button while another is held is a press of the mouse and none of the pointer.
  const presses = ['pointerdown', 'mousedown'] as const;
  for (const name of presses) window.addEventListener(name, press, true);
  window.addEventListener('click', click, true);
  return () => {
    for (const name of presses) window.removeEventListener(name, press, true);
    window.removeEventListener('click', click, true);
  };
}
