//! What a whole column decides about its cells: date order, decimal mark, currency, unit of shares.

use std::collections::BTreeMap;

use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_model::Currency;
use headroom_tabular::{
    cell::{
        Read,
        amount::{self, PayPeriod},
        date::{self, DateOrder, DateStyle},
        number::{self, DecimalMark},
    },
    raw_table::{RawCell, RawRow},
};

use super::{
    built_in,
    field::{CellReading, Field, fold},
    profile::{TableProfile, Target},
    table::SourceTable,
};

/// A column, and how its cells are read.
#[derive(Debug, Clone)]
pub struct SheetColumn {
    pub at: usize,
    pub header: String,
    pub target: Option<Target>,
    pub dates: DateStyle,
    pub decimal: Option<DecimalMark>,
    /// The more common decimal mark, if the cells have both.
    pub mostly: Option<DecimalMark>,
    pub currency: Option<Currency>,
    /// The currency that the header names.
    pub named: Option<Currency>,
    /// Factor of its numbers: a thousand if the header says so.
    pub unit: i128,
    pub period: PayPeriod,
    /// The line that showed the date order.
    pub shown_by: Option<u64>,
    /// What its numbers are, if they are shares of full time.
    pub shares: Shares,
    /// Some of its cells are below one, so larger numbers need not be percentages.
    pub has_parts: bool,
}

/// What the numbers of a column of shares are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shares {
    /// Fractions, or percentages where they are above one.
    #[default]
    Parts,
    /// Percentages, as the header says.
    Percent,
    /// Weekly hours: the header says so, or the cells do.
    Hours,
    /// Words for full and part time, among others without a meaning for it.
    Words,
}

impl SheetColumn {
    /// Whether its cells are amounts of pay. Includes columns that are left out if they look like it.
    pub fn is_pay(&self) -> bool {
        match self.target {
            Some(Target::Field(field)) => field.reading() == CellReading::Amount,
            Some(Target::Table { .. }) => false,
            None => names_pay(&self.header),
        }
    }
}

/// Whether a header is about pay.
fn names_pay(header: &str) -> bool {
    const WORDS: [&str; 18] = [
        "ctc",
        "pay",
        "salary",
        "salaries",
        "wage",
        "wages",
        "comp",
        "compensation",
        "remuneration",
        "bonus",
        "ote",
        "earnings",
        "gehalt",
        "lohn",
        "entgelt",
        "vergütung",
        "salaire",
        "salario",
    ];
    let folded = fold(header);
    let is_amount = Field::of_header(header).is_some_and(|field| field.reading() == CellReading::Amount);
    is_amount || amount::named_in(header).is_some() || folded.split(' ').any(|word| WORDS.contains(&word))
}

/// The columns of a table by a profile.
pub fn columns(table: &SourceTable, profile: &TableProfile) -> Vec<SheetColumn> {
    let targets = profile.fitting(&table.headers).targets;
    let one = |(at, header): (usize, &String)| {
        let target = targets[at].filter(|_| !table.hidden_columns.contains(&at));
        let mut column = SheetColumn {
            at,
            header: header.clone(),
            target: target.cloned(),
            dates: DateStyle {
                order: profile.dates,
                short_years: profile.short_years,
                counts_from_1904: table.grid.counts_from_1904,
            },
            decimal: profile.decimal,
            mostly: None,
            currency: amount::named_in(header).or(profile.currency),
            named: amount::named_in(header),
            unit: if amount::is_in_thousands(header) { 1_000 } else { 1 },
            period: period(header, profile),
            shown_by: None,
            shares: shares(header),
            has_parts: false,
        };
        decide(&mut column, table);
        column
    };
    table.headers.iter().enumerate().map(one).collect()
}

fn period(header: &str, profile: &TableProfile) -> PayPeriod {
    profile.pay_period.unwrap_or_else(|| {
        let header = header.to_lowercase();
        let is_month = ["month", "monat", "mensual", "mensuel"].iter().any(|word| header.contains(word));
        if is_month { PayPeriod::Month } else { PayPeriod::Year }
    })
}

/// What a header says about shares of full time.
fn shares(header: &str) -> Shares {
    const HOURS: [&str; 5] = ["hour", "hrs", "stunden", "heures", "horas"];
    const PERCENT: [&str; 8] =
        ["%", "percent", "prozent", "pourcent", "pensum", "beschäftigungsgrad", "taux", "anteil"];
    const WORDS: [&str; 3] = ["type", "full time part time", "full part time"];
    let lower = header.to_lowercase();
    let folded = fold(header);
    if WORDS.iter().any(|word| folded.ends_with(word)) {
        return Shares::Words;
    }
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match (says(&PERCENT), says(&HOURS) || lower.contains("wochenarbeitszeit")) {
        (true, _) => Shares::Percent,
        (false, true) => Shares::Hours,
        (false, false) => Shares::Parts,
    }
}

/// Whether numbers of a column without a hint are weekly hours: some are a usual full-time week, and none is more
/// than anyone works.
fn are_hours(cells: impl Iterator<Item = f64>) -> bool {
    let (mut is_full, mut is_percent) = (false, false);
    for number in cells {
        is_full |= is_full_week(number);
        is_percent |= number > MOST_HOURS;
    }
    is_full && !is_percent
}

/// No one is employed for more weekly hours than this.
pub const MOST_HOURS: f64 = 60.0;

/// Whether this many weekly hours are full time in some country.
pub fn is_full_week(hours: f64) -> bool {
    (35.0..=48.0).contains(&hours)
}

fn decide(column: &mut SheetColumn, table: &SourceTable) {
    let Some(Target::Field(field)) = column.target else { return };
    let cells = || table.rows.iter().map(|row| (row.line, row.cell(column.at)));
    if field.reading() == CellReading::Share {
        let plain = |(_, cell): (u64, &RawCell)| cell.text().replace(',', ".").parse::<f64>().ok();
        column.has_parts = cells().filter_map(plain).any(|number| number > 0.0 && number < 1.0);
        if column.shares == Shares::Parts && are_hours(cells().filter_map(plain)) {
            column.shares = Shares::Hours;
        }
    }
    match field.reading() {
        CellReading::Date => {
            let (mut day, mut month) = (None, None);
            for (line, cell) in cells() {
                match date::evidence(cell).shows {
                    Some(DateOrder::DayFirst) => day = day.or(Some(line)),
                    Some(DateOrder::MonthFirst) => month = month.or(Some(line)),
                    None => {}
                }
            }
            // What the cells show counts more than what the profile says.
            let shown = match (day, month) {
                (Some(line), None) => Some((DateOrder::DayFirst, line)),
                (None, Some(line)) => Some((DateOrder::MonthFirst, line)),
                _ => None,
            };
            if let Some((order, line)) = shown.filter(|(order, _)| column.dates.order != Some(*order)) {
                (column.dates.order, column.shown_by) = (Some(order), Some(line));
            }
        }
        CellReading::Amount | CellReading::Share if column.decimal.is_none() => {
            let mut seen: BTreeMap<bool, usize> = BTreeMap::new();
            for (_, cell) in cells() {
                if let RawCell::Text(text) = cell
                    && let Some(mark) = number::shows(&digits_of(text))
                {
                    *seen.entry(mark == DecimalMark::Comma).or_default() += 1;
                }
            }
            let (points, commas) = (seen.get(&false).copied(), seen.get(&true).copied());
            match (points, commas) {
                (Some(_), None) => column.decimal = Some(DecimalMark::Point),
                (None, Some(_)) => column.decimal = Some(DecimalMark::Comma),
                (Some(points), Some(commas)) if commas > points => column.mostly = Some(DecimalMark::Comma),
                (Some(_), Some(_)) => column.mostly = Some(DecimalMark::Point),
                (None, None) => {}
            }
        }
        _ => {}
    }
}

impl SheetColumn {
    /// Why a number should be checked if its column has both decimal marks.
    pub fn odd_mark(&self, text: &str) -> Option<String> {
        let own =
            number::shows(&digits_of(text)).filter(|own| self.mostly.is_some_and(|mostly| mostly != *own))?;
        Some(format!("decimal separator “{}” differs from the other cells", own.letter()))
    }
}

/// The part of an amount that shows the decimal mark.
fn digits_of(text: &str) -> String {
    let body: String =
        text.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',')).collect();
    let is_range = text.matches(['-', '–']).count() > 0;
    // Two numbers in one cell show nothing.
    if is_range { String::new() } else { body.trim_matches(['.', ',']).to_owned() }
}

/// What was decided for each column, to be reported.
pub fn decisions(table: &SourceTable, profile: &TableProfile, columns: &[SheetColumn]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let is_said = |column: &&SheetColumn| table.rows.iter().any(|row| !row.cell(column.at).is_empty());
    let is_key =
        |column: &&SheetColumn| profile.key.as_ref().is_some_and(|key| fold(key) == fold(&column.header));
    let left: Vec<String> = columns
        .iter()
        .filter(|column| column.target.is_none() && !is_key(column))
        .filter(|column| !table.hidden_columns.contains(&column.at))
        .filter(is_said)
        .map(|column| quoted(&column.header))
        .collect();
    if !left.is_empty() {
        let message = format!("columns not imported: {}", left.join(", "));
        let place = Place::new(&table.grid.name, table.header.line, 0);
        notes.push(Diagnostic::new(Level::Note, place, message, "map them to fields if they matter"));
    }
    notes.extend(columns.iter().filter_map(|column| rehired(table, columns, column)));
    notes.extend(columns.iter().filter_map(|column| order_of_dates(table, profile, column)));
    notes.extend(columns.iter().filter(|column| column.is_pay() && column.unit != 1).map(|column| {
        let message = format!("“{}” read in thousands, as its header says", column.header);
        let place = table.grid.place(table.header.line, column.at);
        Diagnostic::new(Level::Note, place, message, "change the header if this is wrong")
    }));
    notes
}

/// Reports rehired people: they were away before, which one row can't show.
fn rehired(table: &SourceTable, columns: &[SheetColumn], column: &SheetColumn) -> Option<Diagnostic> {
    let folded = fold(&column.header).replace(' ', "");
    let is_of_rehire = ["rehire", "wiedereintritt", "reingreso"].iter().any(|word| folded.contains(word));
    let start = of_field(columns, Field::Start).next().filter(|start| start.at != column.at);
    // The start date of the row adds nothing.
    let is_new = |row: &&RawRow| {
        let said = date::read(row.cell(column.at), column.dates);
        matches!(said, Read::Sure(_) | Read::Doubt(..) | Read::Open)
            && start.is_none_or(|start| date::read(row.cell(start.at), start.dates) != said)
    };
    let mut back = table.rows.iter().filter(is_new);
    let first = back.next().filter(|_| is_of_rehire)?;
    let people = match back.count() + 1 {
        1 => "1 person was".to_owned(),
        count => format!("{count} people were"),
    };
    let counts = match start {
        Some(start) => {
            format!("employment counted from {} without a break", quoted(&start.header))
        }
        None if column.target.is_some() => "employment counted from that date only".to_owned(),
        None => "that date is ignored".to_owned(),
    };
    let message = format!("“{}” shows that {people} rehired; {counts}", column.header);
    let advice = "give each employment its own row with a start and end date";
    Some(Diagnostic::new(Level::Warning, table.grid.place(first.line, column.at), message, advice))
}

/// How the dates of a column were read, if that is not obvious.
fn order_of_dates(table: &SourceTable, profile: &TableProfile, column: &SheetColumn) -> Option<Diagnostic> {
    let is_date =
        matches!(&column.target, Some(Target::Field(field)) if field.reading() == CellReading::Date);
    let order = column.dates.order.filter(|_| is_date)?;
    if !table.rows.iter().any(|row| date::evidence(row.cell(column.at)).needs_order) {
        return None;
    }
    let (line, level, why) = match (column.shown_by, profile.dates) {
        (Some(line), None) => (line, Level::Note, "based on this row"),
        (Some(line), Some(_)) => {
            (line, Level::Warning, "based on this row, although the profile expects the other order")
        }
        (None, _) => (table.header.line, Level::Note, "as set in the profile"),
    };
    let message = format!("“{}” read as {}, {why}", column.header, order.in_words());
    let place = table.grid.place(line, column.at);
    Some(Diagnostic::new(level, place, message, "set the date order if this is wrong"))
}

/// Columns of the profile that the file has twice, or not at all.
pub fn misfits(table: &SourceTable, profile: &TableProfile) -> Vec<Diagnostic> {
    let fitting = profile.fitting(&table.headers);
    let place = |column| table.grid.place(table.header.line, column);
    let mut problems = Vec::new();
    for (own, alike) in &fitting.doubtful {
        let headers: Vec<String> = alike.iter().map(|at| quoted(&table.headers[*at])).collect();
        let message = format!("{} could be {}; the first was used", quoted(own), headers.join(" or "));
        problems.push(Diagnostic::new(
            Level::Warning,
            place(alike[0]),
            message,
            "map the right one to the field",
        ));
    }
    let missing: Vec<String> = fitting
        .missing
        .iter()
        .filter(|own| !built_in::may_lack(profile, own))
        .map(|own| quoted(own))
        .collect();
    if !missing.is_empty() {
        let message = format!("columns expected by the profile are missing: {}", missing.join(", "));
        let advice = "map the columns that replaced them, or remove them from the profile";
        problems.push(Diagnostic::new(
            Level::Error,
            Place::new(&table.grid.name, table.header.line, 0),
            message,
            advice,
        ));
    }
    if table.rows.is_empty() {
        let message = "table has headers but no rows; nothing imported".to_owned();
        let place = Place::new(&table.grid.name, table.header.line, 0);
        problems.push(Diagnostic::new(Level::Error, place, message, "choose a file with rows"));
    }
    problems
}

/// The columns of a field, in the order of the file.
pub fn of_field(columns: &[SheetColumn], field: Field) -> impl Iterator<Item = &SheetColumn> {
    columns.iter().filter(move |column| column.target == Some(Target::Field(field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_headers_about_pay() {
        for header in
            ["Salary Cost of Reports (£)", "baseSalary", "Bonus target", "Total comp 2026", "Cost EUR"]
        {
            assert!(names_pay(header), "{header}");
        }
        for header in ["Payments team", "Cost center", "Company", "Grade", "Compound"] {
            assert!(!names_pay(header), "{header}");
        }
    }
}
