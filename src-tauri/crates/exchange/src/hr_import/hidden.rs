//! Hidden rows and columns of a workbook. They may have been left out on purpose, so the user decides whether they
//! count.

use super::{
    ambiguity::{Ambiguity, AmbiguityKind, quoted},
    header::Header,
    profile::{HiddenRows, TableProfile},
    raw_table::{RawRow, RawTable, letters},
};
use crate::diagnostic::{Diagnostic, Level, Place};
use headroom_model::wording::listed;

/// Removes hidden rows unless the profile says that they count. Gives the hidden columns that don't count, and the
/// ambiguity.
pub fn settle(
    grid: &mut RawTable,
    rows: &mut Vec<RawRow>,
    headers: &[String],
    header: &Header,
    profile: &TableProfile,
    table: usize,
) -> (Vec<usize>, Option<Ambiguity>) {
    let lines: Vec<u64> =
        rows.iter().map(|row| row.line).filter(|line| grid.hidden_rows.binary_search(line).is_ok()).collect();
    let says = |column: usize| {
        !header.names[column].is_empty() || rows.iter().any(|row| !row.cell(column).is_empty())
    };
    let columns: Vec<usize> = (0..headers.len())
        .filter(|column| grid.hidden_columns.binary_search(column).is_ok() && says(*column))
        .collect();
    if lines.is_empty() && columns.is_empty() {
        return (Vec::new(), None);
    }
    let what = in_words(grid, &lines, &columns, headers);
    if let Some(decision) = profile.hidden {
        let (was, advice) = match decision {
            HiddenRows::Take => ("imported, as you chose", "skip them if they should not be imported"),
            HiddenRows::LeaveOut => ("skipped, as you chose", "import them if they are needed"),
        };
        let place = Place::new(&grid.name, header.line, 0);
        let message = format!("{what}; {was}");
        grid.problems.push(Diagnostic::new(Level::Note, place, message, advice));
        if decision == HiddenRows::Take {
            return (Vec::new(), None);
        }
    }
    let question = profile.hidden.is_none().then(|| Ambiguity {
        table,
        ask: AmbiguityKind::Hidden,
        column: columns.first().map(|column| headers[*column].clone()).unwrap_or_default(),
        text: format!("{what}; import {}?", if lines.len() + columns.len() == 1 { "it" } else { "them" }),
        examples: examples(rows, &lines, &columns, headers),
        cells: lines.len() + columns.len(),
        place: Place::new(&grid.name, lines.first().copied().unwrap_or(header.line), 0),
        advice: "choose whether to import them (--hidden include or skip)".to_owned(),
        is_pay: false,
    });
    rows.retain(|row| lines.binary_search(&row.line).is_err());
    (columns, question)
}

/// `rows 3 and 5 to 7 are hidden by a filter, column H (“Salary”) is hidden`.
fn in_words(grid: &RawTable, lines: &[u64], columns: &[usize], headers: &[String]) -> String {
    let mut parts = Vec::new();
    if !lines.is_empty() {
        let (noun, are) = if lines.len() == 1 { ("row", "is") } else { ("rows", "are") };
        let by = if grid.has_filter { " by a filter" } else { "" };
        parts.push(format!("{noun} {} {are} hidden{by}", ranges(lines)));
    }
    if !columns.is_empty() {
        let (noun, are) = if columns.len() == 1 { ("column", "is") } else { ("columns", "are") };
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("{} ({})", letters(*column), quoted(&headers[*column])))
            .collect();
        parts.push(format!("{noun} {} {are} hidden", listed(&names)));
    }
    parts.join(" and ")
}

fn ranges(lines: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let one = |(first, last): &(u64, u64)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    };
    runs.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Examples of what is hidden, by cells that identify the rows.
fn examples(rows: &[RawRow], lines: &[u64], columns: &[usize], headers: &[String]) -> Vec<String> {
    const SHOWN: usize = 3;
    let hidden = rows.iter().filter(|row| lines.binary_search(&row.line).is_ok());
    let first =
        |row: &RawRow| row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.text().into_owned());
    let rows = hidden.filter_map(first).take(SHOWN);
    rows.chain(columns.iter().map(|column| headers[*column].clone())).take(SHOWN).collect()
}
