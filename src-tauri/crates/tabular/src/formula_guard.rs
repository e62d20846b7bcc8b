//! Keeps spreadsheets from running the text of a CSV cell as a formula.

/// Removes the `'` that [`guarded`] puts before a formula.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// Puts a `'` before a cell that a spreadsheet would run as a formula.
pub fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    if is_dangerous(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// Includes cells that are guarded already, so that guarding and unguarding are inverse.
fn is_dangerous(cell: &str) -> bool {
    let start = cell.trim_start_matches('\'');
    start.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
