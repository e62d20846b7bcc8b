//! What of unit economics the address asks for.

import type { EconomicsColumn, MetricDimension, UnitEconomicsQuery } from '../../ipc/client';
import type { Parameters } from '../../state/address.svelte';

export const DIMENSIONS: { id: MetricDimension; title: string }[] = [
  { id: 'segment', title: 'Segments' },
  { id: 'market', title: 'Markets' },
  { id: 'channel', title: 'Channels' },
];

/** The longest span over which MRR is followed. */
export const MOST_MONTHS = 12;

/** `across` is what stands side by side, `month` any day of the month, `months` over how many MRR moved. */
export function economicsQuery(parameters: Parameters): UnitEconomicsQuery {
  const months = Number(parameters.months ?? 1);
  return {
    by: DIMENSIONS.find(({ id }) => id === parameters.across)?.id ?? null,
    month: parameters.month ?? null,
    months: Number.isInteger(months) && months >= 1 ? Math.min(months, MOST_MONTHS) : 1,
  };
}

/** The column that is looked at: the one asked for, all together, or the first. */
export function shownColumn(
  columns: EconomicsColumn[],
  asked: string | undefined,
): EconomicsColumn | undefined {
  const found = columns.find((column) => column.id === asked);
  return found ?? columns.find((column) => column.id === 'of-' || column.id === 'together') ?? columns[0];
}
