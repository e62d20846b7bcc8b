//! Filters by column, kept in the address: `where.tier==1|2` one of these, `where.name=~words`, `where.size=#2..5` numbers,
//! `where.from=@2027-01-01..` days.

import type { ColumnFilter } from '../ipc/client';
import type { Parameters } from './address.svelte';

const PREFIX = 'where.';

/** What must hold of one column. */
export type Condition = Omit<ColumnFilter, 'column'>;

/** The parameter of the address that filters a column. */
export const filterOf = (column: string) => PREFIX + column;

const escape = (id: string) => id.replace(/[\\|]/g, '\\$&');

function unescaped(text: string): string[] {
  const ids = [''];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (letter === '|') ids.push('');
    else ids[ids.length - 1] += letter === '\\' ? (text[(at += 1)] ?? '') : letter;
  }
  return ids;
}

/** One of these; an empty one stands for rows with nothing in the column. */
export const anyOf = (...ids: string[]) => `=${ids.map(escape).join('|')}`;

export const atLeast = (number: number) => `#${number}..`;

/** As it stands in the address; undefined for no condition at all. */
export function formatCondition(condition: Condition): string | undefined {
  if (condition.anyOf?.length) return anyOf(...condition.anyOf);
  if (condition.text?.trim()) return `~${condition.text}`;
  const range = (sign: string, first: unknown, last: unknown) =>
    (first ?? null) === null && (last ?? null) === null ? undefined : `${sign}${first ?? ''}..${last ?? ''}`;
  return (
    range('#', condition.atLeast, condition.atMost) ??
    range('@', condition.from || null, condition.until || null)
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** None where it says nothing that can be understood. */
export function parseCondition(text: string | undefined): Condition | null {
  const rest = text?.slice(1) ?? '';
  const [first = '', last = ''] = rest.split('..');
  const number = (part: string) => (part !== '' && Number.isFinite(Number(part)) ? Number(part) : null);
  const day = (part: string) => (DAY.test(part) ? part : null);
  const some = (condition: Condition) => (formatCondition(condition) === undefined ? null : condition);
  switch (text?.[0]) {
    case '=':
      return { anyOf: unescaped(rest) };
    case '~':
      return some({ text: rest });
    case '#':
      return some({ atLeast: number(first), atMost: number(last) });
    case '@':
      return some({ from: day(first), until: day(last) });
    default:
      return null;
  }
}

/** All filters by column that an address has, in a steady order. */
export function columnFilters(parameters: Parameters): (Condition & { column: string })[] {
  const names = Object.keys(parameters).filter((name) => name.startsWith(PREFIX));
  return names.sort().flatMap((name) => {
    const condition = parseCondition(parameters[name]);
    return condition ? [{ column: name.slice(PREFIX.length), ...condition }] : [];
  });
}

/** What takes all filters out of an address. */
export function withoutFilters(parameters: Parameters): Parameters {
  const names = Object.keys(parameters).filter((name) => name.startsWith(PREFIX) || name === 'text');
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
