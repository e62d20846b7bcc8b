//! The Import view: reading and previewing files, tables of HR software, diagnostics; then one step that applies it.

pub mod diagnostics;
pub mod preview;
pub mod sheet;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    diagnostics::import_diagnostics,
    preview::formats @ immediate,
    preview::import_preview,
    preview::import_changes,
    preview::import_apply,
    preview::import_cancel,
    sheet::sheet_fields @ immediate,
    sheet::sheet_preview,
    sheet::sheet_profile,
    sheet::sheet_save_profile,
];
