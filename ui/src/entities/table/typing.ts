//! Typing over a table filters it.

/** Whether a key is a letter that goes into the filter. */
export function isTypedInto(event: KeyboardEvent): boolean {
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
  return isPlain && event.key.length === 1 && event.key !== ' ' && event.key !== '?';
}
