//! Which steps of the history are listed, as the address has it.

import type { Parameters } from '../../state/address.svelte';
import type { EntityKind, HistoryQuery } from '../../ipc/client';
import { daysAfter } from '../../lib/format';

export const NO_FILTER = {
  text: undefined,
  from: undefined,
  until: undefined,
  author: undefined,
  kind: undefined,
} satisfies Parameters;

export function isFiltered(at: Parameters): boolean {
  return Object.keys(NO_FILTER).some((name) => !!at[name]);
}

/** Days are those of the reader, as the moments of the list are. */
export function queryOf(at: Parameters): HistoryQuery {
  return {
    text: at.text ?? '',
    from: at.from ? midnight(at.from) : null,
    until: at.until ? midnight(daysAfter(at.until, 1)) : null,
    author: at.author ?? null,
    kind: (at.kind as EntityKind | undefined) ?? null,
  };
}

/** The moment at which a day begins where the reader is. */
function midnight(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
