//! Recurring revenue from a table of subscriptions: what billing tools and databases export, one row a subscription or
//! a stretch of one, with a customer, a first day, an end and an amount.
//!
//! A table of accounts beside it says of which segment, market and channel a customer is. From both come figures by
//! month of the organisation and of these ([`movements`], [`scopes`]); the rows themselves are not kept.

mod accounts;
mod changes;
mod columns;
mod customer_months;
mod monthly_amount;
mod movements;
mod rows;
mod scopes;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, ReadError, records::Records};
use headroom_model::{Currency, KnownMetric, MetricValue, PeriodLength};
use headroom_tabular::raw_table::RawTable;

use self::{
    accounts::Accounts,
    changes::{RevenueChanges, change_columns},
    columns::{account_columns, subscription_columns},
    customer_months::CustomerMonths,
    monthly_amount::MonthlyAmount,
    movements::MonthlyMovements,
    rows::{SubscriptionRow, subscription_rows},
    scopes::{RevenueByScope, ScopeMonths, revenue_by_scope},
};
use crate::{
    EventTableOptions, ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope,
    event_tables::{EventTables, read_events},
    measured_months::{MeasuredMonth, MeasuredMonths},
};
use headroom_tabular::known_columns::{file_name, heads_of, tables_in};

/// Whether a file is a table of subscriptions or of their accounts, or a folder has one of subscriptions at its top.
pub fn recognise_subscriptions(path: &Path) -> bool {
    let is_of_revenue = |table: &RawTable| {
        subscription_columns(table).is_some()
            || change_columns(table).is_some()
            || CustomerMonths::of(table, false).is_some()
    };
    let has_subscriptions = |path: &Path| heads_of(path).iter().any(is_of_revenue);
    if path.is_dir() {
        return tables_in(path).iter().any(|path| has_subscriptions(path));
    }
    has_subscriptions(path) || heads_of(path).iter().any(|table| account_columns(table).is_some())
}

/// Reads tables of subscriptions and accounts; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no table of subscriptions among the sources; [`ReadError::Io`] or
/// [`ReadError::Structure`] if a file can't be read.
pub fn read_subscriptions(sources: &[PathBuf], options: &EventTableOptions) -> Result<Records, ReadError> {
    read_events::<SubscriptionTables>(sources, options)
}

/// Everything that the tables say.
#[derive(Debug, Default)]
struct SubscriptionTables {
    rows: Vec<SubscriptionRow>,
    accounts: Accounts,
    changes: RevenueChanges,
    /// The first month of tables by month, of which they do not know what came about in it.
    opening: Option<NaiveDate>,
    /// The last day of which tables by month know.
    newest: Option<NaiveDate>,
    /// The first table of subscriptions.
    place: Option<Place>,
}

impl EventTables for SubscriptionTables {
    const EXPECTED: &'static str = "no table with the columns ID, customer, start, end and monthly amount, or of what customers pay by month";

    fn read(&mut self, table: &RawTable, options: &EventTableOptions, problems: &mut Vec<Diagnostic>) {
        if let Some(columns) = subscription_columns(table) {
            problems.extend(table.problems.iter().cloned());
            columns.tell_ignored(table, problems);
            self.place.get_or_insert_with(|| Place::new(&table.name, 0, 0));
            self.rows.extend(subscription_rows(table, &columns, options, problems));
        } else if let Some(columns) = change_columns(table) {
            problems.extend(table.problems.iter().cloned());
            self.place.get_or_insert_with(|| Place::new(&table.name, 0, 0));
            self.changes.read(table, &columns, options, problems);
        } else if let Some(months) = CustomerMonths::of(table, true) {
            problems.extend(table.problems.iter().cloned());
            self.place.get_or_insert_with(|| Place::new(&table.name, 0, 0));
            self.opening = self.opening.into_iter().chain(months.opening()).min();
            self.newest = self.newest.into_iter().chain(months.newest()).max();
            self.rows.extend(months.rows(table, options, problems));
        } else if let Some(columns) = account_columns(table) {
            problems.extend(table.problems.iter().cloned());
            columns.tell_ignored(table, problems);
            self.accounts.read(table, &columns, problems);
        }
    }

    fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    fn add_figures(&self, place: &Place, today: Option<NaiveDate>, imported: &mut ImportedFigures) {
        add_figures(self, place, today, imported);
        self.changes.add_figures(place, today, imported);
    }
}

impl SubscriptionTables {
    /// The currency of all amounts; none if none is named.
    ///
    /// # Errors
    /// The two of which no sum can be made.
    fn currency(&self) -> Result<Option<Currency>, (Currency, Currency)> {
        let mut named = self.rows.iter().filter(|row| !row.monthly.is_zero()).filter_map(|row| row.currency);
        let Some(first) = named.next() else { return Ok(None) };
        named.find(|other| *other != first).map_or(Ok(Some(first)), |other| Err((first, other)))
    }

    /// The oldest start and the newest day that has come.
    fn span(&self, today: Option<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
        let of_rows = self.rows.iter().flat_map(|row| [Some(row.start), row.end, row.seen]).flatten();
        // A table by month ends with its last column, and not with the day after it.
        let days = of_rows.filter(|day| self.newest.is_none_or(|newest| *day <= newest)).chain(self.newest);
        let newest = days.filter(|day| today.is_none_or(|today| *day <= today)).max()?;
        Some((self.rows.iter().map(|row| row.start).min()?, newest))
    }
}

fn add_figures(
    source: &SubscriptionTables,
    place: &Place,
    today: Option<NaiveDate>,
    imported: &mut ImportedFigures,
) {
    let mut tell = |level, message: String, advice: &str| {
        imported.problems.push(Diagnostic::new(level, place.clone(), message, advice));
    };
    let currency = match source.currency() {
        Ok(currency) => currency,
        Err((one, other)) => {
            let message =
                format!("amounts are in {one} and {other}, which have no sum; no figures were made");
            return tell(Level::Error, message, "import the subscriptions of one currency");
        }
    };
    let Some((oldest, newest)) = source.span(today) else { return };
    let months = MeasuredMonths::between(oldest, newest, today);
    let Some(last) = months.months.last() else {
        return tell(Level::Error, "no month in it is over".to_owned(), "import it when the month is over");
    };
    tell(Level::Note, span_words(&months, *last, newest), "export the table again for later months");
    let revenue = revenue_by_scope(&source.rows, &source.accounts, &months);
    if revenue.strangers > 0 {
        let message = format!(
            "{} customers are in no table of accounts; they count in no market or channel",
            revenue.strangers
        );
        tell(Level::Note, message, "export the accounts again");
    }
    add_revenue(&revenue, &months, (currency, source.opening), place, imported);
}

fn span_words(months: &MeasuredMonths, last: MeasuredMonth, newest: NaiveDate) -> String {
    let cut = if months.is_cut { "; earlier months were left out" } else { "" };
    match months.not_over {
        Some(month) => format!("figures up to {last}: {month} is not over{cut}"),
        None => format!("figures up to {last}, the month of the newest date ({newest}){cut}"),
    }
}

/// What a figure of a month is.
#[derive(Clone, Copy)]
enum RevenueFigure {
    Money(fn(&MonthlyMovements) -> MonthlyAmount),
    Count(fn(&MonthlyMovements) -> u32),
}

use RevenueFigure::{Count, Money};

/// The known metrics that come from subscriptions, and whether they are movements.
const REVENUE_FIGURES: [(&str, bool, RevenueFigure); 11] = [
    ("mrr", false, Money(|month| month.end)),
    ("customers", false, Count(|month| month.customers)),
    ("mrr-start", true, Money(|month| month.start)),
    ("new-mrr", true, Money(|month| month.new)),
    ("reactivation-mrr", true, Money(|month| month.reactivation)),
    ("expansion-mrr", true, Money(|month| month.expansion)),
    ("contraction-mrr", true, Money(|month| month.contraction)),
    ("churned-mrr", true, Money(|month| month.churned)),
    ("new-customers", true, Count(|month| month.new_customers)),
    ("reactivated-customers", true, Count(|month| month.reactivated_customers)),
    ("lost-customers", true, Count(|month| month.lost_customers)),
];

fn add_revenue(
    revenue: &RevenueByScope,
    months: &MeasuredMonths,
    (currency, opening): (Option<Currency>, Option<NaiveDate>),
    place: &Place,
    imported: &mut ImportedFigures,
) {
    for (key, is_movement, figure) in REVENUE_FIGURES {
        let Some(known) = KnownMetric::of_key(key) else { continue };
        imported.add_metric(ImportedMetric::known(known, PeriodLength::Month, place.clone()));
        for (scope, of_scope) in &revenue.scopes {
            if is_movement && !of_scope.has_movements {
                continue;
            }
            for (month, values) in measured(of_scope, months) {
                if is_movement && opening == Some(month.first) {
                    continue;
                }
                let value = value_of(figure, values, currency);
                imported.figures.extend(value.map(|value| figure_of(key, scope, month, value, place)));
            }
        }
    }
}

/// The months of a scope from the first in which somebody pays.
fn measured<'m>(
    of_scope: &'m ScopeMonths,
    months: &'m MeasuredMonths,
) -> impl Iterator<Item = (MeasuredMonth, &'m MonthlyMovements)> {
    let all = months.months.iter().copied().zip(&of_scope.months);
    all.skip_while(|(_, values)| values.customers == 0 && values.lost_customers == 0)
}

fn value_of(
    figure: RevenueFigure,
    month: &MonthlyMovements,
    currency: Option<Currency>,
) -> Option<MetricValue> {
    match figure {
        Money(amount) => {
            let number = amount(month).decimal().parse().ok()?;
            Some(MetricValue::of(number, currency))
        }
        Count(count) => count(month).to_string().parse().ok(),
    }
}

fn figure_of(
    key: &str,
    scope: &ImportedScope,
    month: MeasuredMonth,
    value: MetricValue,
    place: &Place,
) -> ImportedFigure {
    ImportedFigure {
        metric: key.to_owned(),
        scope: scope.clone(),
        first: month.first,
        last: month.last,
        value,
        origin: file_name(place),
        place: place.clone(),
    }
}
