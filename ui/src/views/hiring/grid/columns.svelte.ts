//! The columns of the planning grid: which are shown is remembered as for any table.

import { ColumnLayout } from '../../../components/column-layout.svelte';
import type { PlanningColumn } from '../../../ipc/client';

export class Columns extends ColumnLayout<PlanningColumn> {
  #cells: PlanningColumn[];

  constructor(all: PlanningColumn[]) {
    super('positions', () => all);
    this.#cells = all;
  }

  /** Of those that are shown, the places among the cells of a row. */
  readonly places = $derived.by(() => this.shown.map((column) => this.placeOf(column)));

  /** The place of a column among the cells of a row. */
  placeOf(column: PlanningColumn): number {
    return this.#cells.indexOf(column);
  }
}
