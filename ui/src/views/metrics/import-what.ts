/** What to import where there are no figures. */
export const IMPORT_WHAT =
  'Import the board pack as it is mailed: a spreadsheet with metrics by month. CAC, payback, NRR and others follow from it, and positions can wait for them.';
