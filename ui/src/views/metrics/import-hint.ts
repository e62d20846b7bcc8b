//! What to do where no figures were imported.

export const IMPORT_HINT =
  'Import the board pack as it is mailed: a spreadsheet with metrics by month. CAC, payback, NRR and others follow from it, and positions can wait for them.';
