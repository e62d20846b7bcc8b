//! Which steps of the history are listed: days are those of the reader, which the core does not know.

import type { HistoryQuery, RowQuery } from '../../ipc/client';
import { daysAfter } from '../../lib/format';

/** The query of the table with its days as moments. */
export function queryOf(rows: RowQuery): HistoryQuery {
  const { filters = [] } = rows;
  const days = filters.find((filter) => filter.column === 'at');
  return {
    rows: { ...rows, filters: filters.filter((filter) => filter !== days) },
    from: days?.from ? midnight(days.from) : null,
    until: days?.until ? midnight(daysAfter(days.until, 1)) : null,
  };
}

/** The moment at which a day begins where the reader is. */
function midnight(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
