//! The Import view: reading and previewing files, tables of HR software, diagnostics; then one step that applies it.

pub mod diagnostics;
pub mod preview;
pub mod sheet;

use self::{diagnostics::*, preview::*, sheet::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    import_diagnostics, formats @ immediate, import_preview, import_changes, import_apply, import_cancel,
    sheet_fields @ immediate, sheet_preview, sheet_profile, sheet_save_profile,
};
