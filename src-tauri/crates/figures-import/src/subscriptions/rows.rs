//! The rows of a table of subscriptions: each a customer, the days on which it pays, and an amount a month.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_model::Currency;
use headroom_tabular::{
    cell::amount::{CellAmount, CurrencyMark, PayPeriod, currency, is_in_thousands, named_in},
    raw_table::{RawRow, RawTable},
};

use super::{columns::SubscriptionColumn as Column, monthly_amount::MonthlyAmount};
use crate::EventTableOptions;
use headroom_tabular::known_columns::{CellFault, DateColumn, KnownColumns, NumberColumn, is_yes, text_of};

/// A subscription, or a stretch of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SubscriptionRow {
    pub id: String,
    pub customer: String,
    /// The day from which it pays.
    pub start: NaiveDate,
    /// The first day without it.
    pub end: Option<NaiveDate>,
    /// Zero of trials.
    pub monthly: MonthlyAmount,
    pub currency: Option<Currency>,
    pub segment: String,
    /// The newest day by which the file knows that it went on.
    pub seen: Option<NaiveDate>,
    pub place: Place,
}

impl SubscriptionRow {
    /// Whether both stand in the table for the same: their places apart.
    fn is_same_as(&self, other: &Self) -> bool {
        let bare = |row: &Self| Self { place: Place::default(), seen: None, ..row.clone() };
        bare(self) == bare(other)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let ends_after = |row: &Self, day| row.end.is_none_or(|end| end > day);
        ends_after(self, other.start) && ends_after(other, self.start)
    }
}

/// Where the columns of a table are and how their cells are read.
struct RowReader<'t> {
    table: &'t RawTable,
    columns: &'t KnownColumns<Column>,
    start: DateColumn,
    end: DateColumn,
    trial_end: Option<DateColumn>,
    seen: Option<DateColumn>,
    amount: NumberColumn,
    /// Months that the amounts of the column are for; none: the interval of each row says it.
    months: Option<i128>,
    thousands: i128,
    /// Of amounts that name none.
    usual_currency: Option<Currency>,
    dollar: Option<Currency>,
}

/// The rows of a table that can be read; the others are told.
pub(super) fn subscription_rows(
    table: &RawTable,
    columns: &KnownColumns<Column>,
    options: &EventTableOptions,
    problems: &mut Vec<Diagnostic>,
) -> Vec<SubscriptionRow> {
    let reader = match RowReader::new(table, columns, options) {
        Ok(reader) => reader,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    let mut not_begun = 0;
    for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
        match reader.read(row) {
            Ok(Some(row)) => rows.push(row),
            Ok(None) => not_begun += 1,
            Err(fault) => problems.push(fault.at(table, row)),
        }
    }
    if not_begun > 0 {
        let message =
            format!("{not_begun} rows of subscriptions that never began to pay, by their status; left out");
        problems.push(note(table, columns, &message, "nothing to do"));
    }
    reader.tell_readings(&rows, problems);
    once_each(rows, problems)
}

fn note(table: &RawTable, columns: &KnownColumns<Column>, message: &str, advice: &str) -> Diagnostic {
    Diagnostic::new(Level::Note, Place::new(&table.name, columns.line, 0), message, advice)
}

impl<'t> RowReader<'t> {
    fn new(
        table: &'t RawTable,
        columns: &'t KnownColumns<Column>,
        options: &EventTableOptions,
    ) -> Result<Self, Diagnostic> {
        let dates = |column| {
            columns.at(column).map(|at| DateColumn::of(table, columns.row, at, options.dates)).transpose()
        };
        let amounts = [(Column::Monthly, Some(1)), (Column::Amount, None), (Column::Annual, Some(12))];
        let chosen = amounts.into_iter().find(|(column, _)| columns.has(*column));
        let missing = || note(table, columns, "no start, end or amount", "name the columns");
        let (amount, months) = chosen.ok_or_else(missing)?;
        let at = columns.at(amount).ok_or_else(missing)?;
        let header = columns.header(amount);
        Ok(Self {
            table,
            columns,
            start: dates(Column::Start)?.ok_or_else(missing)?,
            end: dates(Column::End)?.ok_or_else(missing)?,
            trial_end: dates(Column::TrialEnd)?,
            seen: dates(Column::Seen)?,
            amount: NumberColumn::of(table, columns.row, at),
            months,
            thousands: if is_in_thousands(header) { 1_000 } else { 1 },
            usual_currency: named_in(header).or(options.currency),
            dollar: options.dollar,
        })
    }

    fn text(&self, row: &RawRow, column: Column) -> String {
        text_of(row, self.columns.at(column))
    }

    /// A row; none if it never began to pay.
    fn read(&self, row: &RawRow) -> Result<Option<SubscriptionRow>, CellFault> {
        let status = self.text(row, Column::Status).to_lowercase();
        if matches!(status.as_str(), "incomplete" | "incomplete_expired" | "future" | "draft") {
            return Ok(None);
        }
        let is_trial =
            is_yes(&self.text(row, Column::Trial)) || matches!(status.as_str(), "trialing" | "trial");
        let (start, end) = self.days(row)?;
        let (monthly, currency) = self.monthly(row, is_trial)?;
        let required = |column, what: &str| {
            let text = self.text(row, column);
            let fault = || CellFault {
                column: self.columns.at(column).unwrap_or(0),
                message: format!("no {what}"),
                advice: "fill in the cell",
            };
            if text.is_empty() { Err(fault()) } else { Ok(text) }
        };
        Ok(Some(SubscriptionRow {
            id: required(Column::Id, "ID")?,
            customer: required(Column::Customer, "customer")?,
            start,
            end,
            monthly,
            currency,
            segment: self.text(row, Column::Segment),
            seen: self.seen.map(|column| column.read(row)).transpose()?.flatten(),
            place: Place::new(&self.table.name, row.line, 0),
        }))
    }

    fn days(&self, row: &RawRow) -> Result<(NaiveDate, Option<NaiveDate>), CellFault> {
        let start = self.start.read(row)?.ok_or(CellFault {
            column: self.start.at,
            message: "no start".to_owned(),
            advice: "fill in the day on which it begins",
        })?;
        let end = self.end.read(row)?;
        if let Some(end) = end.filter(|end| *end < start) {
            return Err(CellFault {
                column: self.end.at,
                message: format!("ends on {end}, before it begins on {start}"),
                advice: "correct the dates",
            });
        }
        let trial_end = self.trial_end.map(|column| column.read(row)).transpose()?.flatten();
        let pays_from = start.max(trial_end.unwrap_or(start));
        Ok((end.map_or(pays_from, |end| end.min(pays_from)), end))
    }

    fn monthly(&self, row: &RawRow, is_trial: bool) -> Result<(MonthlyAmount, Option<Currency>), CellFault> {
        let fault = |why: &str| self.amount.fault(row.cell(self.amount.at), why);
        let Some(found) = self.amount.amount(row)? else {
            return if is_trial { Ok((MonthlyAmount::ZERO, None)) } else { Err(fault("no amount")) };
        };
        let currency = self.currency(row, &found)?;
        if is_trial {
            return Ok((MonthlyAmount::ZERO, currency));
        }
        let months = match (found.per, self.months) {
            (Some(PayPeriod::Year), _) => 12,
            (Some(PayPeriod::Month), _) => 1,
            (None, Some(months)) => months,
            (None, None) => self.interval(row)?,
        };
        let amount = found.low.times(self.thousands);
        let monthly = amount.and_then(|amount| MonthlyAmount::of(amount, months));
        Ok((monthly.ok_or_else(|| fault("is too large or has more than six decimals"))?, currency))
    }

    /// Months of the interval that a row is billed by: of a unit, perhaps several times.
    fn interval(&self, row: &RawRow) -> Result<i128, CellFault> {
        let (text, count) = (self.text(row, Column::Interval), self.text(row, Column::IntervalCount));
        let times = if count.is_empty() { Some(1) } else { count.parse::<i128>().ok() };
        let months = months_of(&text).zip(times).and_then(|(months, times)| months.checked_mul(times));
        months.filter(|months| [1, 2, 3, 4, 6, 12].contains(months)).ok_or_else(|| CellFault {
            column: self.columns.at(Column::Interval).unwrap_or(0),
            message: format!(
                "{} is not an interval of up to 12 months",
                quoted(format!("{count} {text}").trim())
            ),
            advice: "write month, quarter, half-year or year",
        })
    }

    fn currency(&self, row: &RawRow, found: &CellAmount) -> Result<Option<Currency>, CellFault> {
        let text = self.text(row, Column::Currency);
        if !text.is_empty() {
            let fault = || CellFault {
                column: self.columns.at(Column::Currency).unwrap_or(0),
                message: format!("{} is not a currency", quoted(&text)),
                advice: "write its code, such as EUR",
            };
            return currency(&text).map(Some).ok_or_else(fault);
        }
        match found.mark {
            CurrencyMark::Named(currency) => Ok(Some(currency)),
            CurrencyMark::Sign('$') => Ok(self.dollar.or_else(|| "USD".parse().ok())),
            CurrencyMark::Sign(_) => {
                Err(self.amount.fault(row.cell(self.amount.at), "its currency is not certain"))
            }
            CurrencyMark::None => Ok(self.usual_currency),
        }
    }

    /// Tells once how amounts and dates were read, where someone may have meant something else.
    fn tell_readings(&self, rows: &[SubscriptionRow], problems: &mut Vec<Diagnostic>) {
        let mut tell = |level, column: Column, message: &str, advice: &str| {
            let place = self.table.place(self.columns.line, self.columns.at(column).unwrap_or(0));
            problems.push(Diagnostic::new(level, place, message, advice));
        };
        if rows.is_empty() {
            return;
        }
        let message = "the end is taken for the first day without the subscription";
        let advice = "if it is the last day with it, months may differ at their ends: add a day in the file";
        tell(Level::Note, Column::End, message, advice);
        if rows.iter().all(|row| row.currency.is_none()) {
            let message = "amounts name no currency; they count in that of the plan";
            tell(Level::Note, Column::Monthly, message, "add a column “currency” if it is another one");
        }
        let body = || self.table.rows.iter().skip(self.columns.row + 1);
        if body().any(|row| row.cell(self.amount.at).text().contains('$'))
            && !self.columns.has(Column::Currency)
            && self.dollar.is_none()
        {
            let advice = "add a column “currency” if they are others, or say which with --dollar";
            tell(Level::Warning, Column::Monthly, "“$” is taken for US dollars", advice);
        }
        let is_many = |row: &RawRow| !matches!(self.text(row, Column::Quantity).as_str(), "" | "1");
        if body().any(is_many) {
            let message = "amounts are taken as they are, not multiplied by the quantity";
            tell(
                Level::Warning,
                Column::Quantity,
                message,
                "multiply them in the file if they are of one unit",
            );
        }
    }
}

/// Months of a billing interval; a month if nothing is said.
fn months_of(interval: &str) -> Option<i128> {
    let word = headroom_tabular::known_columns::bare(interval);
    match word.as_str() {
        "" | "month" | "months" | "monthly" | "1" | "1month" | "m" => Some(1),
        "quarter" | "quarterly" | "3" | "3months" | "3month" => Some(3),
        "halfyear" | "halfyearly" | "semiannual" | "semiannually" | "6" | "6months" | "6month" => Some(6),
        "year" | "years" | "yearly" | "annual" | "annually" | "12" | "12months" | "1year" | "y" => Some(12),
        _ => None,
    }
}

/// Rows of one ID that say the same count once; stretches of one ID that follow each other are all kept, and of two
/// that contradict each other the first.
fn once_each(rows: Vec<SubscriptionRow>, problems: &mut Vec<Diagnostic>) -> Vec<SubscriptionRow> {
    let mut kept: Vec<SubscriptionRow> = Vec::with_capacity(rows.len());
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut repeated: Vec<Place> = Vec::new();
    for row in rows {
        let others = by_id.entry(row.id.clone()).or_default();
        let of_id = || others.iter().map(|at| &kept[*at]);
        if of_id().any(|other| other.is_same_as(&row)) {
            repeated.push(row.place.clone());
        } else if let Some(other) =
            of_id().find(|other| other.overlaps(&row) || other.customer != row.customer)
        {
            let message = format!(
                "subscription {} is also at {}, with other values for the same days; row left out",
                quoted(&row.id),
                other.place.beside(&row.place)
            );
            problems.push(Diagnostic::new(Level::Error, row.place.clone(), message, "keep one of them"));
        } else {
            others.push(kept.len());
            kept.push(row);
        }
    }
    if let Some(first) = repeated.first() {
        let message =
            format!("{} rows repeat a row above with the same ID; each counts once", repeated.len());
        problems.push(Diagnostic::new(Level::Note, first.clone(), message, "nothing to do"));
    }
    kept
}
