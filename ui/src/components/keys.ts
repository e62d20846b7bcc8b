//! Which key was pressed.

/** WebKitGTK does not name the key that Shift and Tab make; it says only where it is. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return event.key === 'Unidentified' && event.code === 'Tab' ? 'Tab' : event.key;
}

const ARROWS: Record<string, string> = { '←': 'ArrowLeft', '→': 'ArrowRight' };

/** Whether a key press is the one written as `Ctrl Shift Z`. */
export function matchesKey(event: KeyboardEvent, key: string): boolean {
  const parts = key.split(' ');
  const letter = parts.at(-1) ?? '';
  const holds = (name: string) => parts.slice(0, -1).includes(name);
  const isCtrl = event.ctrlKey || event.metaKey;
  // `?` needs Shift on most keyboards; it is the sign that counts.
  const isShiftRight = letter === '?' || event.shiftKey === holds('Shift');
  return (
    isCtrl === holds('Ctrl') &&
    event.altKey === holds('Alt') &&
    isShiftRight &&
    event.key.toLowerCase() === (ARROWS[letter] ?? letter).toLowerCase()
  );
}
