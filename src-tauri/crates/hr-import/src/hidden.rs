//! Hidden rows and columns of a workbook. They may have been left out on purpose, so the user decides whether they
//! count.

use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_model::wording::listed;
use headroom_tabular::raw_table::{RawRow, RawTable, letters};

use super::{
    ambiguity::{Ambiguity, AmbiguityKind},
    header::{self, Header},
    profile::{HiddenRows, TableProfile},
};

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

/// Reports hidden headers: they may have been hidden because they don't belong to the columns below.
pub fn tell_hidden_headers(grid: &mut RawTable) {
    if grid.hidden_rows.is_empty() {
        return;
    }
    let Some(header) = header::find(grid, None, &|_| false) else { return };
    let first = header.line.saturating_sub(header.rows as u64 - 1);
    let hidden: Vec<u64> =
        (first..=header.line).filter(|line| grid.hidden_rows.binary_search(line).is_ok()).collect();
    if let Some(line) = hidden.first() {
        let message = "the header row is hidden; used anyway".to_owned();
        let advice = "set the header row if it is another one";
        grid.tell(Level::Warning, *line, message, advice);
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    /// What is reported for a workbook with one employee per sheet, given the hidden rows of the first.
    fn told(sheets: &[(&str, bool)], rows: &[u32]) -> Vec<(Level, u64, String)> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staff.xlsx");
        let mut book = Workbook::new();
        for (at, (name, is_hidden)) in sheets.iter().enumerate() {
            let sheet = book.add_worksheet();
            sheet.set_name(*name).unwrap().set_hidden(*is_hidden);
            if !is_hidden {
                sheet.set_active(true);
            }
            for (row, cells) in [
                ["Employee ID", "Name", "Job Title", "Hire Date"],
                ["1", "Ada", "Developer", "2021-06-01"],
                ["2", "Bo", "Developer", "2021-06-01"],
            ]
            .iter()
            .enumerate()
            {
                sheet.write_row(row as u32, 0, *cells).unwrap();
            }
            for row in rows.iter().filter(|_| at == 0) {
                sheet.set_row_hidden(*row).unwrap();
            }
        }
        book.save(&file).unwrap();
        let records = crate::read(&[file], &crate::TableOptions::default()).unwrap();
        let rows = records.problems.into_iter().map(|row| (row.level, row.place.line, row.message));
        rows.filter(|(.., message)| message.contains("hidden")).collect()
    }

    #[test]
    fn reports_hidden_headers_with_their_place() {
        let told_of_headers = told(&[("Staff", false)], &[0]);
        let [(Level::Warning, 1, message)] = told_of_headers.as_slice() else {
            panic!("{told_of_headers:?}")
        };
        assert!(message.contains("header row"), "{message}");
        let of_a_row = told(&[("Staff", false)], &[1]);
        assert!(of_a_row.iter().all(|(.., message)| !message.contains("header row")), "{of_a_row:?}");
        assert!(told(&[("Staff", false)], &[]).is_empty());
    }

    #[test]
    fn reports_hidden_sheets() {
        let unread = told(&[("Staff", false), ("Former", true), ("Lists", true)], &[]);
        assert!(
            unread.iter().any(|(.., message)| message.contains("“Former”, “Lists” are hidden")),
            "{unread:?}"
        );
        let read = told(&[("Former", true), ("Empty", false)], &[]);
        assert!(read.iter().any(|(.., message)| message.contains("“Former” is hidden")), "{read:?}");
    }
}
