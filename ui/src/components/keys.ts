//! Which key was pressed.

/** WebKitGTK does not name the key that Shift and Tab make; it says only where it is. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return event.key === 'Unidentified' && event.code === 'Tab' ? 'Tab' : event.key;
}
