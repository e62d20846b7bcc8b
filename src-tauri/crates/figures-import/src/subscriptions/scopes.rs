//! Recurring revenue by month and scope: of the organisation, and of segments, markets and channels.

use std::collections::BTreeMap;

use super::{
    accounts::{AccountScopes, Accounts},
    monthly_amount::MonthlyAmount,
    movements::{MonthlyMovements, add_customer},
    rows::SubscriptionRow,
};
use crate::{ImportedScope, measured_months::MeasuredMonths};

/// The months of a scope.
#[derive(Debug, Default)]
pub(super) struct ScopeMonths {
    /// Whether its customers are its own. Those of a segment that is told by the subscription move from one to
    /// another, which is neither churn nor new business.
    pub has_movements: bool,
    pub months: Vec<MonthlyMovements>,
}

/// What belongs to customers that no account tells of.
#[derive(Debug, Default)]
pub(super) struct RevenueByScope {
    pub scopes: BTreeMap<ImportedScope, ScopeMonths>,
    /// Customers without an account, if there are accounts.
    pub strangers: usize,
}

/// Adds up the months of all customers. Segments are those of the subscriptions, if these have any, else of accounts.
pub(super) fn revenue_by_scope(
    rows: &[SubscriptionRow],
    accounts: &Accounts,
    months: &MeasuredMonths,
) -> RevenueByScope {
    let has_own_segments = rows.iter().any(|row| !row.segment.is_empty());
    let mut by_customer: BTreeMap<&str, Vec<&SubscriptionRow>> = BTreeMap::new();
    for row in rows {
        by_customer.entry(&row.customer).or_default().push(row);
    }
    let mut revenue = RevenueByScope::default();
    for (customer, rows) in by_customer {
        let account = accounts.get(customer);
        revenue.strangers += usize::from(account.is_none() && !accounts.is_empty());
        let paid = PaidMonths::of(rows.iter().copied(), months);
        for scope in scopes_of(account, !has_own_segments) {
            revenue.add(scope, true, &paid, months);
        }
        let mut of_segment: BTreeMap<&str, Vec<&SubscriptionRow>> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.segment.is_empty()) {
            of_segment.entry(&row.segment).or_default().push(row);
        }
        for (segment, rows) in of_segment {
            let scope = ImportedScope { segment: segment.to_owned(), ..ImportedScope::default() };
            revenue.add(scope, false, &PaidMonths::of(rows.into_iter(), months), months);
        }
    }
    revenue
}

impl RevenueByScope {
    fn add(&mut self, scope: ImportedScope, has_movements: bool, paid: &PaidMonths, months: &MeasuredMonths) {
        let of_scope = self.scopes.entry(scope).or_insert_with(|| ScopeMonths {
            has_movements,
            months: vec![MonthlyMovements::default(); months.months.len()],
        });
        add_customer(&mut of_scope.months, paid.before, &paid.ends);
    }
}

/// The organisation, and what an account belongs to.
fn scopes_of(account: Option<&AccountScopes>, has_segment: bool) -> Vec<ImportedScope> {
    let mut scopes = vec![ImportedScope::default()];
    let Some(account) = account else { return scopes };
    let AccountScopes { segment, market, channel } = account.clone();
    let of = ImportedScope::default;
    if has_segment && !segment.is_empty() {
        scopes.push(ImportedScope { segment, ..of() });
    }
    if !market.is_empty() {
        scopes.push(ImportedScope { market, ..of() });
    }
    if !channel.is_empty() {
        scopes.push(ImportedScope { channel, ..of() });
    }
    scopes
}

/// What subscriptions pay at the end of each month, and at the end of the month before the first.
struct PaidMonths {
    before: MonthlyAmount,
    ends: Vec<MonthlyAmount>,
}

impl PaidMonths {
    fn of<'r>(rows: impl Iterator<Item = &'r SubscriptionRow>, months: &MeasuredMonths) -> Self {
        let mut paid =
            Self { before: MonthlyAmount::ZERO, ends: vec![MonthlyAmount::ZERO; months.months.len()] };
        let beginning = months.months.first().map(|month| month.first);
        for row in rows {
            // It pays at the end of a month if it has begun by then and its first day without it is later.
            let from = months.first_ending_from(row.start);
            let until = row.end.map_or(months.months.len(), |end| months.first_ending_from(end));
            for month in paid.ends.iter_mut().take(until).skip(from) {
                *month += row.monthly;
            }
            if beginning.is_some_and(|first| row.start < first && row.end.is_none_or(|end| end >= first)) {
                paid.before += row.monthly;
            }
        }
        paid
    }
}
