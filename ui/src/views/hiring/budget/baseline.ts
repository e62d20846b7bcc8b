//! The baseline that the plan is compared with: the newest one, unless another one or none was chosen.

/** In the address, for no comparison. */
export const NO_BASELINE = 'none';

/** The chosen baseline of these, newest first; the newest one without a choice, none where there is no such. */
export function chosenBaseline(chosen: string | undefined, rows: readonly { id: number }[]): number | null {
  if (chosen === undefined) return rows[0]?.id ?? null;
  return rows.find((row) => String(row.id) === chosen)?.id ?? null;
}
