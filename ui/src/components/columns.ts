//! The description of a table's columns. What follows from it: the head, the menu of columns and of one column, filters,
//! groups, what is copied and what is written as CSV.

/** What stands in a cell: words, a number, a day as ISO 8601. */
export type CellData = string | number | null | undefined;

/** Words are filtered by words, choices by choosing some of those that there are, numbers and days by a range. */
export type ColumnKind = 'text' | 'choice' | 'number' | 'day';

// What describes columns of rows of one kind is not asked about another: the parameter is only taken in.
export interface Column<Row = never> {
  id: string;
  title: string;
  /** None: a picture or a button, that is neither sorted, filtered nor copied. */
  kind?: ColumnKind;
  /** In pixels, until the user drags it. */
  width: number;
  /** Takes its share of what room is left, beside the others that do. The first that has one says what a row is. */
  share?: number;
  hint?: string;
  /** What is copied and written; shown as it is, unless the table draws the column itself (`isDrawn`). */
  value?: (row: Row) => CellData;
  isDrawn?: boolean;
  isSortable?: boolean;
  /** Its values make no groups. */
  isUngrouped?: boolean;
  /** Filtered elsewhere in the view. */
  isUnfiltered?: boolean;
  /** Every row has something in it. */
  isAlways?: boolean;
  /** Shown only once it is chosen. */
  isRare?: boolean;
  /** Where there is no room, those with the highest number go first, and of the same number the last. */
  goes?: number;
  /** Never goes: where there is no room the table scrolls to the side, and what a row is stays in sight. */
  stays?: boolean;
  /** What rows have with nothing in it: `Unowned`. */
  none?: string;
}

/** The column that says what a row is: it is cut last. */
export function primaryOf<C extends { share?: number }>(columns: readonly C[]): C | undefined {
  return columns.find((column) => column.share) ?? columns[0];
}

/** What rows are called that have nothing in a column. */
export function nothingIn(column: { title: string; none?: string }): string {
  return column.none ?? `No ${column.title.charAt(0).toLowerCase()}${column.title.slice(1)}`;
}

/** The columns that are copied and written. */
export function told<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  return columns.filter((column) => column.value && column.kind);
}

/** Rows with the titles of their columns, as a spreadsheet takes them from the clipboard. */
export function cellsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): CellData[][] {
  const shown = told(columns);
  return rows.map((row) => shown.map((column) => column.value!(row)));
}
