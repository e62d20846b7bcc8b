//! Texts cut to the room they have in a picture.

const pen = document.createElement('canvas').getContext('2d');
/** Texts that were cut: measuring is dear, and most stay the same from day to day. */
const cuts = new Map<string, string>();
const KNOWN_AT_MOST = 20_000;

/** As much of a text as fits, with an ellipsis; `font` is weight and size. */
export function short(text: string, room: number, font: string): string {
  const key = `${font} ${room} ${text}`;
  const known = cuts.get(key);
  if (known !== undefined) return known;
  if (cuts.size >= KNOWN_AT_MOST) cuts.clear();
  const fitting = cut(text, room, font);
  cuts.set(key, fitting);
  return fitting;
}

function cut(text: string, room: number, font: string): string {
  if (!pen) return text;
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  // No letter is narrower than two pixels: what is longer by far need not be measured.
  let shown = text.slice(0, Math.max(0, room / 2));
  if (shown === text && pen.measureText(text).width <= room) return text;
  while (shown && pen.measureText(`${shown}…`).width > room) shown = [...shown].slice(0, -1).join('');
  return `${shown.trimEnd()}…`;
}
