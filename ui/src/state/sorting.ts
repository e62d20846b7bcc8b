//! The order of a table, kept in the address: `sort=owner` or `sort=-owner`.

import type { Parameters } from './address.svelte';

export function sorting(parameters: Parameters): { sort: string; isDescending: boolean } {
  const text = parameters.sort ?? '';
  return { sort: text.replace(/^-/, ''), isDescending: text.startsWith('-') };
}

/**
 * What a click on the head of a column asks for: by it, then the other way round, then the view's own order, which is
 * by the column `own`.
 */
sorting.next = (parameters: Parameters, column: string, own: string): Parameters => {
  const { sort, isDescending } = sorting(parameters);
  if ((sort || own) !== column) return { sort: column };
  return { sort: isDescending ? undefined : `-${column}` };
};
