//! A log of changes of MRR, as billing tools export it: one row a change of a customer, with its type and amount.
//!
//! The amounts are added up by month and type, as the tool counted them. What MRR was before the first is not in it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_model::{Currency, KnownMetric, MetricValue, PeriodLength};
use headroom_tabular::{
    cell::{amount::currency, number::DecimalMark},
    raw_table::{RawRow, RawTable},
};

use super::{
    columns::{CHANGE, ChangeColumn as Column},
    monthly_amount::MonthlyAmount,
};
use crate::{
    EventTableOptions, ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope,
    measured_months::{MeasuredMonth, MeasuredMonths},
};
use headroom_tabular::known_columns::{
    CellFault, DateColumn, KnownColumns, NumberColumn, bare, file_name, text_of,
};

/// The metrics of a type of change: of its amount, and of its customers.
type ChangeMetrics = (&'static str, Option<&'static str>);

const METRICS: [ChangeMetrics; 5] = [
    ("new-mrr", Some("new-customers")),
    ("reactivation-mrr", Some("reactivated-customers")),
    ("expansion-mrr", None),
    ("contraction-mrr", None),
    ("churned-mrr", Some("lost-customers")),
];

fn metrics_of(word: &str) -> Option<ChangeMetrics> {
    let at = match bare(word).as_str() {
        "new" | "newbusiness" | "newbiz" | "newmrr" | "signup" => 0,
        "reactivation" | "reactivated" | "reactivate" | "resumed" => 1,
        "upgrade" | "upgraded" | "expansion" | "expanded" | "upsell" => 2,
        "downgrade" | "downgraded" | "contraction" | "contracted" | "downsell" => 3,
        "churn" | "churned" | "cancellation" | "canceled" | "cancelled" | "lost" => 4,
        _ => return None,
    };
    METRICS.get(at).copied()
}

#[derive(Debug, Clone, Copy, Default)]
struct MonthOfChanges {
    amount: MonthlyAmount,
    count: u32,
}

/// The changes of all tables, by the metric of their amount and by month.
#[derive(Debug, Default)]
pub(super) struct RevenueChanges {
    months: BTreeMap<(&'static str, MeasuredMonth), MonthOfChanges>,
    currency: Option<Currency>,
    days: Option<(NaiveDate, NaiveDate)>,
}

/// The header of such a table; none if it is not one.
pub(super) fn change_columns(table: &RawTable) -> Option<KnownColumns<Column>> {
    KnownColumns::find(table, CHANGE, |columns| {
        [Column::Day, Column::Type, Column::Amount].into_iter().all(|column| columns.has(column))
    })
}

impl RevenueChanges {
    pub fn read(
        &mut self,
        table: &RawTable,
        columns: &KnownColumns<Column>,
        options: &EventTableOptions,
        problems: &mut Vec<Diagnostic>,
    ) {
        let at = |column| columns.at(column).unwrap_or(0);
        let days = match DateColumn::of(table, columns.row, at(Column::Day), options.dates) {
            Ok(days) => days,
            Err(problem) => return problems.push(problem),
        };
        let amounts = NumberColumn::of(table, columns.row, at(Column::Amount)).or_mark(DecimalMark::Point);
        for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
            if let Err(fault) = self.take(row, columns, days, amounts, options) {
                problems.push(fault.at(table, row));
            }
        }
    }

    fn take(
        &mut self,
        row: &RawRow,
        columns: &KnownColumns<Column>,
        days: DateColumn,
        amounts: NumberColumn,
        options: &EventTableOptions,
    ) -> Result<(), CellFault> {
        let fault = |column, message: String, advice| CellFault {
            column: columns.at(column).unwrap_or(0),
            message,
            advice,
        };
        let day = days.read(row)?;
        let day = day.ok_or_else(|| fault(Column::Day, "no day".to_owned(), "fill in the cell"))?;
        let word = text_of(row, columns.at(Column::Type));
        let (metric, _) = metrics_of(&word).ok_or_else(|| {
            let advice = "write new, reactivation, upgrade, downgrade or churn";
            fault(Column::Type, format!("{} is not a type of change", quoted(&word)), advice)
        })?;
        let cell = row.cell(amounts.at);
        let found = amounts.signed_amount(row)?.ok_or_else(|| amounts.fault(cell, "no amount"))?;
        let amount = MonthlyAmount::of(found.low, 1).ok_or_else(|| amounts.fault(cell, "is too large"))?;
        let said = text_of(row, columns.at(Column::Currency));
        let own = currency(&said).or_else(|| options.currency_of(found.mark));
        if let (Some(known), Some(own)) = (self.currency, own)
            && known != own
        {
            let message = format!("is in {own}, and others are in {known}, which have no sum");
            return Err(fault(Column::Currency, message, "import the changes of one currency"));
        }
        self.currency = self.currency.or(own);
        let month = self.months.entry((metric, MeasuredMonth::of(day))).or_default();
        month.amount += amount.abs();
        month.count += 1;
        let (first, last) = self.days.unwrap_or((day, day));
        self.days = Some((first.min(day), last.max(day)));
        Ok(())
    }

    pub fn add_figures(&self, place: &Place, today: Option<NaiveDate>, imported: &mut ImportedFigures) {
        let Some((oldest, newest)) = self.days else { return };
        let months = MeasuredMonths::between(oldest, newest, today);
        let message = format!(
            "movements of MRR from {} on, the month of the oldest change; MRR itself is not in the file",
            MeasuredMonth::of(oldest)
        );
        let advice = "import MRR by month or by customer as well";
        imported.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        for (amounts, counts) in METRICS {
            for month in &months.months {
                let found = self.months.get(&(amounts, *month)).copied().unwrap_or_default();
                let value = found.amount.decimal().parse().ok();
                let value = value.map(|number| MetricValue::of(number, self.currency));
                add(amounts, *month, value, place, imported);
                if let Some(key) = counts {
                    add(key, *month, found.count.to_string().parse().ok(), place, imported);
                }
            }
        }
    }
}

fn add(
    key: &'static str,
    month: MeasuredMonth,
    value: Option<MetricValue>,
    place: &Place,
    imported: &mut ImportedFigures,
) {
    let Some((known, value)) = KnownMetric::of_key(key).zip(value) else { return };
    imported.add_metric(ImportedMetric::known(known, PeriodLength::Month, place.clone()));
    imported.figures.push(ImportedFigure {
        metric: key.to_owned(),
        scope: ImportedScope::default(),
        first: month.first,
        last: month.last,
        value,
        origin: file_name(place),
        place: place.clone(),
    });
}
