//! Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, lines between rows, and quotes around
//! a cell that holds a tab, a line break or a quote.

export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  const source = text.replace(/\r\n?/g, '\n');
  while (at <= source.length) {
    const [cell, end] = source[at] === '"' ? quoted(source, at) : plain(source, at);
    rows.at(-1)!.push(cell);
    if (source[end] === '\n') rows.push([]);
    at = end + 1;
  }
  // Spreadsheets end the last row with a line break, too.
  if (rows.length > 1 && rows.at(-1)!.length === 1 && rows.at(-1)![0] === '') rows.pop();
  if (rows.at(-1)!.length === 0) rows.pop();
  return rows;
}

function plain(text: string, start: number): [string, number] {
  let end = start;
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end += 1;
  return [text.slice(start, end), end];
}

/** A quoted cell; one whose quote never ends, or goes on behind it, only begins with a quote. */
function quoted(text: string, start: number): [string, number] {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] !== '"') at += 1;
    else if (text[at + 1] === '"') at += 2;
    else break;
  }
  const isEnd = at < text.length && (at + 1 === text.length || '\t\n'.includes(text[at + 1]!));
  return isEnd ? [text.slice(start + 1, at).replaceAll('""', '"'), at + 1] : plain(text, start);
}

export function formatBlock(rows: string[][]): string {
  const cell = (text: string) => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}

/** A cell that a spreadsheet takes for what it is: numbers without separators, words never for a formula. */
export function plainCell(cell: string | number | null | undefined): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell ?? '';
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
