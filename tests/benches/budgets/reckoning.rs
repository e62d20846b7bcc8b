//! Cost by month and team of two thousand positions over three years, against LibreOffice calculating the exported
//! workbook.

use std::path::Path;

use chrono::Months;
use headroom_analysis::cost::{Costs, MonthTable};
use headroom_hiring_export::hiring_book;
use headroom_tabular::xlsx::write_xlsx;
use headroom_tests::{hiring_plan, office};

use crate::{Line, shortest};

const SEATS: u32 = 2_000;
const MONTHS: u32 = 36;
const RUNS: usize = 3;
/// Index of the sheet with the months of every team.
const TEAMS: usize = 2;

pub fn lines(folder: &Path) -> Vec<Line> {
    if !office::is_there() {
        return Vec::new();
    }
    let plan = hiring_plan::large(SEATS, 7);
    let from = hiring_plan::first_day();
    let until = from.checked_add_months(Months::new(MONTHS)).unwrap().pred_opt().unwrap();
    let book = folder.join("hiring.xlsx");
    write_xlsx(&hiring_book(&plan, "Acme", from, until), &book).unwrap();
    // Without calculation, the rest of the time is reading, writing and starting.
    let whole = shortest(RUNS, || office::reckoned(&book, TEAMS, folder));
    let rest = shortest(RUNS, || office::as_stored(&book, TEAMS, folder));
    let ours = shortest(RUNS, || MonthTable::new(&plan, &Costs::new(&plan, from, until)));
    vec![Line::ratio("cost of 2,000 seats by team over 36 months", ours, "LibreOffice", whole - rest, 0.1)]
}
