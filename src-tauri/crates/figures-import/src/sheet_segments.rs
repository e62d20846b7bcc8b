//! Workbooks with a sheet for each segment: the same metrics and periods, sheet after sheet.

use headroom_files::Level;
use headroom_tabular::raw_table::RawTable;
use rustc_hash::FxHashSet;

use super::{
    column_role::is_total,
    figure_table::{FigureTable, PeriodCell},
    imported_figures::ImportedScope,
    metric_label::MetricLabel,
    period_label::SaidPeriod,
};

/// A figure of the organisation, without its value.
type Cell = (&'static str, SaidPeriod);

/// Makes the names of sheets segments where most of their figures of the organisation stand in another sheet as well. The
/// sheet of the total is left out, since it adds up the others.
pub fn take_sheet_names(tables: &mut [(RawTable, FigureTable)]) {
    let cells: Vec<FxHashSet<Cell>> = tables.iter().map(|(_, found)| cells_of(found)).collect();
    for at in 0..tables.len() {
        let is_repeated = |cell: &&Cell| {
            cells.iter().enumerate().any(|(other, cells)| other != at && cells.contains(*cell))
        };
        let repeated = cells[at].iter().filter(is_repeated).count();
        let (table, found) = &mut tables[at];
        let Some(sheet) = sheet_of(&table.name).filter(|_| repeated > 0 && repeated * 2 >= cells[at].len())
        else {
            continue;
        };
        let line = found.lines.first().map_or(1, |line| line.at.0);
        for line in found.lines.iter_mut().filter(|line| line.scope == ImportedScope::default()) {
            line.scope.segment.clone_from(&sheet);
        }
        if is_total(&sheet) {
            found.lines.clear();
            let message = "sheet of totals; not read".to_owned();
            found.tell(table, Level::Note, (line, 0), message, "nothing to do");
        } else {
            let message =
                format!("other sheets have the same metrics: “{sheet}” is read as the segment of this one");
            let advice = "name the segment, market or team in a column if it is something else";
            found.tell(table, Level::Note, (line, 0), message, advice);
        }
    }
}

fn cells_of(found: &FigureTable) -> FxHashSet<Cell> {
    let of_organisation = found.lines.iter().filter(|line| line.scope == ImportedScope::default());
    let known = of_organisation.filter_map(|line| {
        let label = MetricLabel::of(&line.label);
        Some((label.known.filter(|_| label.segment.is_empty())?.key, &line.cells))
    });
    let filled = |cells: &Vec<PeriodCell>| -> Vec<SaidPeriod> {
        cells.iter().filter(|cell| !cell.cell.is_empty()).map(|cell| cell.period.said).collect()
    };
    known.flat_map(|(key, cells)| filled(cells).into_iter().map(move |said| (key, said))).collect()
}

/// `Small` of `pack.xlsx [Small]`.
fn sheet_of(table: &str) -> Option<String> {
    let (_, sheet) = table.strip_suffix(']')?.rsplit_once(" [")?;
    Some(sheet.trim().to_owned()).filter(|sheet| !sheet.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_tabular::read_tables;

    use super::*;

    /// Sheets with these names and texts, read, and the segments of their lines.
    fn segments(sheets: &[(&str, &str)]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        let mut tables: Vec<(RawTable, FigureTable)> = Vec::new();
        for (name, text) in sheets {
            std::fs::write(&path, text).unwrap();
            let mut table = read_tables(&path).unwrap().remove(0);
            table.name = format!("pack.xlsx [{name}]").into();
            let found = crate::lines_of(&table, None).unwrap();
            tables.push((table, found));
        }
        take_sheet_names(&mut tables);
        let of_table = |(_, found): &(RawTable, FigureTable)| {
            found.lines.iter().map(|line| line.scope.segment.clone()).collect()
        };
        tables.iter().map(of_table).collect()
    }

    #[test]
    fn sheets_with_the_same_figures_are_of_their_segments() {
        let sheet = "KPI,Jan 2026,Feb 2026\nMRR,1 €,2 €\nCustomers,3,4\n";
        let found = segments(&[("Small", sheet), ("Large", sheet), ("Total", sheet)]);
        assert_eq!(found, [vec!["Small", "Small"], vec!["Large", "Large"], vec![]]);
    }

    #[test]
    fn sheets_of_other_years_or_metrics_are_none() {
        let sheet = |year: i32| format!("KPI,Jan {year},Feb {year}\nMRR,1 €,2 €\n");
        let found = segments(&[("2025", &sheet(2025)), ("2026", &sheet(2026))]);
        assert_eq!(found, [[""], [""]]);
        let support = "KPI,Jan 2026,Feb 2026\nCalls,1,2\n";
        assert_eq!(segments(&[("Revenue", &sheet(2026)), ("Support", support)]), [[""], [""]]);
    }
}
