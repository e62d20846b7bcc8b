//! The form in which texts are searched: `gdansk` finds `Gdańsk`, `strasse` finds `Straße`. The program does the same in
//! `src-tauri/crates/model/src/search_key.rs`; `search-key-cases.json` is tested on both sides.

/** Accents, the points of Hebrew and Arabic, and what is invisible. Not the marks of scripts whose vowels they are. */
const MARKS =
  // eslint-disable-next-line no-misleading-character-class -- each is meant by itself
  /[\u0300-\u036f\u05b0-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** What is typed for a letter that has no accent to take away. */
const BASES: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ə: 'e',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  ʻ: "'",
  ʼ: "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const SPECIAL = new RegExp(`[${Object.keys(BASES).join('')}]`, 'g');

/** What is in ASCII has nothing to take away. */
const ASCII = /^[\0-\x7f]*$/;

/**
 * The form of a text in which it is searched: lower case, without accents, single spaces between words. A text contains
 * what is looked for if its form contains the other's.
 */
export function searchKey(text: string): string {
  if (ASCII.test(text)) return single(text.toLowerCase());
  const plain = text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '');
  return single(plain.replace(SPECIAL, (letter) => BASES[letter]!));
}

function single(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Whether each word that was typed occurs in one of the texts; every text has nothing. */
export function holdsWords(typed: string, ...texts: (string | null | undefined)[]): boolean {
  const words = searchKey(typed).split(' ').filter(Boolean);
  if (words.length === 0) return true;
  const keys = texts.map((text) => searchKey(text ?? ''));
  return words.every((word) => keys.some((key) => key.includes(word)));
}
