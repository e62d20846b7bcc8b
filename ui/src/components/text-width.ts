//! How wide a text is, and as much of it as there is room for: for pictures, which have no ellipsis of their own.

const NARROW = /[iIjltfr.,:;|!'()[\]{} ]/;
const WIDE = /[mwMW@%&]/;

/** Width in pixels in Inter at a size, by its letters; a little too wide rather than too narrow. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x1100) width += 1.05;
    else if (NARROW.test(letter)) width += 0.36;
    else if (WIDE.test(letter)) width += 0.9;
    else width += letter === letter.toLowerCase() ? 0.6 : 0.72;
  }
  return width * size;
}

const pen = document.createElement('canvas').getContext('2d');

/** Width in pixels as the page draws it; `font` is weight and size: `600 12.5px`. */
function drawnWidth(text: string, font: string): number {
  if (!pen) return 0;
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

/** Texts that were cut: measuring is dear, and most stay the same from day to day. */
const known = new Map<string, string>();
const KNOWN_AT_MOST = 20_000;

/**
 * The text, cut with an ellipsis where it is wider than this. At a size it is as wide as a file or a canvas may draw it
 * in whatever font there is; in a font as the page draws it.
 */
export function truncate(text: string, sizeOrFont: number | string, room: number): string {
  const key = `${sizeOrFont} ${room} ${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_AT_MOST) known.clear();
  const width = (part: string) =>
    typeof sizeOrFont === 'number' ? textWidth(part, sizeOrFont) : drawnWidth(part, sizeOrFont);
  const fitting = fit(text, width, room);
  known.set(key, fitting);
  return fitting;
}

function fit(text: string, width: (part: string) => number, room: number): string {
  // No letter is narrower than two pixels: what is longer by far need not be measured.
  const letters = [...text.slice(0, Math.max(0, room / 2))];
  if (letters.length > 0 && letters.join('') === text && width(text) <= room) return text;
  if (text === '') return text;
  let [fits, tooMany] = [0, letters.length + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (width(`${letters.slice(0, middle).join('')}…`) <= room) fits = middle;
    else tooMany = middle;
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`;
}
