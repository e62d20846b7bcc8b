//! MRR of each customer at the end of each month, as billing tools export it: one row a customer, one column a month.
//!
//! What a customer pays in a month is read as a subscription of that month, so that movements follow as they do for
//! subscriptions. Who the customers are is not kept.

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place};
use headroom_model::{Currency, KnownMetric, PeriodLength};
use headroom_tabular::{
    cell::{amount::currency, number::DecimalMark},
    raw_table::{RawRow, RawTable},
};

use super::{
    columns::{CUSTOMER, CustomerColumn as Column},
    monthly_amount::MonthlyAmount,
    rows::SubscriptionRow,
};
use crate::{
    EventTableOptions,
    period_label::{PeriodLabel, SaidPeriod},
    period_span::PeriodSpan,
};
use headroom_tabular::known_columns::{CellFault, KnownColumns, NumberColumn, text_of};

/// Where customers and months are.
pub(super) struct CustomerMonths {
    columns: KnownColumns<Column>,
    months: Vec<(usize, PeriodSpan)>,
}

impl CustomerMonths {
    /// The header of such a table; none if it is not one. A table of customers by month may be about anything: unless its
    /// format was chosen, something has to say that it is about recurring revenue.
    pub fn of(table: &RawTable, is_chosen: bool) -> Option<Self> {
        let months_of = |columns: &KnownColumns<Column>| months_in(table.rows.get(columns.row)?);
        let columns = KnownColumns::find(table, CUSTOMER, |columns| {
            columns.has(Column::Customer) && months_of(columns).is_some()
        })?;
        let months = months_of(&columns)?;
        let customer = columns.at(Column::Customer)?;
        let is_metric = |row: &RawRow| KnownMetric::called(&row.cell(customer).text()).is_some();
        if table.rows.iter().skip(columns.row + 1).any(is_metric) {
            return None;
        }
        let above = table.rows.iter().take(columns.row).flat_map(|row| &row.cells);
        let mut texts = above.map(|cell| cell.text().to_lowercase()).chain([table.name.to_lowercase()]);
        let is_about_revenue = texts.any(|text| text.contains("mrr") || text.contains("recurring"));
        (is_chosen || is_about_revenue).then_some(Self { columns, months })
    }

    /// The first month: who pays in it may have paid before.
    pub fn opening(&self) -> Option<NaiveDate> {
        self.months.iter().map(|(_, span)| span.first).min()
    }

    /// The last day of the last month.
    pub fn newest(&self) -> Option<NaiveDate> {
        self.months.iter().map(|(_, span)| span.last).max()
    }

    /// What customers pay by month; a customer with a cell that can't be read is left out, which is told.
    pub fn rows(
        &self,
        table: &RawTable,
        options: &EventTableOptions,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<SubscriptionRow> {
        let mut rows = Vec::new();
        for row in table.rows.iter().skip(self.columns.row + 1).filter(|row| !row.is_blank()) {
            let customer = text_of(row, self.columns.at(Column::Customer));
            if customer.is_empty() || crate::column_role::is_total(&customer) {
                continue;
            }
            match self.customer(table, row, &customer, options) {
                Ok(paid) => rows.extend(paid),
                Err(fault) => problems.push(fault.at(table, row)),
            }
        }
        let place = Place::new(&table.name, self.columns.line, 0);
        let message = "what customers pay by month is read as MRR; movements begin with the second month";
        problems.push(Diagnostic::new(Level::Note, place.clone(), message, "nothing to do"));
        if rows.iter().all(|row| row.currency.is_none()) {
            let message = "amounts name no currency; they count in that of the plan";
            let advice = "say it with --currency if it is another one";
            problems.push(Diagnostic::new(Level::Warning, place, message, advice));
        }
        rows
    }

    fn customer(
        &self,
        table: &RawTable,
        row: &RawRow,
        customer: &str,
        options: &EventTableOptions,
    ) -> Result<Vec<SubscriptionRow>, CellFault> {
        let mut paid = Vec::new();
        for (at, span) in &self.months {
            let column = NumberColumn::of(table, self.columns.row, *at).or_mark(DecimalMark::Point);
            let Some(found) = column.amount(row)? else { continue };
            let fault = |why| column.fault(row.cell(*at), why);
            let monthly = MonthlyAmount::of(found.low, 1).ok_or_else(|| fault("is too large"))?;
            if monthly.is_zero() {
                continue;
            }
            let said = text_of(row, self.columns.at(Column::Currency));
            let currency: Option<Currency> = match said.as_str() {
                "" => options.currency_of(found.mark),
                said => Some(currency(said).ok_or_else(|| fault("has no currency that is known"))?),
            };
            paid.push(SubscriptionRow {
                id: format!("{customer} {}", span.first),
                customer: customer.to_owned(),
                start: span.first,
                end: span.last.succ_opt(),
                monthly,
                currency,
                segment: String::new(),
                seen: None,
                place: Place::new(&table.name, row.line, 0),
            });
        }
        Ok(paid)
    }
}

/// The columns that are months; none if there are not several.
fn months_in(row: &RawRow) -> Option<Vec<(usize, PeriodSpan)>> {
    let month = |said: SaidPeriod| {
        PeriodSpan::of_said(said, PeriodLength::Month).filter(|span| span.length == PeriodLength::Month)
    };
    let cells = row.cells.iter().enumerate();
    let months: Vec<(usize, PeriodSpan)> = cells
        .filter_map(|(at, cell)| {
            Some((at, month(PeriodLabel::of(cell, None).filter(|label| !label.is_sum())?.said)?))
        })
        .collect();
    (months.len() > 1).then_some(months)
}
