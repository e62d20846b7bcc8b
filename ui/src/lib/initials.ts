//! Initials, in place of a face.

/** `Grace Nair` as `GN`, `Ada` as `A`; what an empty name has is a question mark. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-–·,()]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  // A letter with the marks that belong to it, not half of a pair.
  const letter = (word: string | undefined) => word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '';
  return (letter(first) + letter(last)).toLocaleUpperCase('en') || '?';
}
