//! Figures of metrics from spreadsheets, board packs and exports.

mod imported_figures;

pub use imported_figures::{
    ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope, USUAL_LAG_DAYS,
};
