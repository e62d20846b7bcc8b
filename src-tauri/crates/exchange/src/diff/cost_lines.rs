//! Compares the cost lines of a bill: of each account and month that it has, it says all that there is.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{Records, RowRecord},
};
use headroom_model::{ChargeClass, CostLine, Currency, Plan, SharedText, folded, wording::count_of};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    described::records_of,
    differ::Differ,
    relations::{new_row, source_of},
};

/// What stands in place of somebody's name.
const PERSON: &str = "(person)";

/// The account and the month that a bill is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct BilledMonth {
    first: NaiveDate,
    provider: SharedText,
    account: SharedText,
}

/// What lines of it are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct LineIdentity {
    month: BilledMonth,
    last: NaiveDate,
    class: ChargeClass,
    currency: Currency,
    namespace: SharedText,
    labels: SharedText,
}

impl LineIdentity {
    fn of(line: &CostLine) -> Self {
        let CostLine { first, provider, account, namespace, labels, .. } = line;
        let month = BilledMonth { first: *first, provider: provider.clone(), account: account.clone() };
        let (namespace, labels) = (namespace.clone(), labels.clone());
        Self { month, last: line.last, class: line.class, currency: line.currency, namespace, labels }
    }
}

impl Differ<'_> {
    /// Replaces what the plan has of the months in a bill.
    pub(super) fn restate_bill(&mut self, records: &Records) {
        let named = NamedPeople::of(self.plan, records);
        let mut lines: Vec<(LineIdentity, CostLine, &RowRecord)> = Vec::new();
        let mut at: FxHashMap<LineIdentity, usize> = FxHashMap::default();
        let mut hidden = 0;
        for record in records_of::<CostLine>(records) {
            let Some(resolved) = self.resolved::<CostLine>(record) else { continue };
            let mut line = resolved.said;
            hidden += usize::from(named.leave_out(&mut line));
            let identity = LineIdentity::of(&line);
            // Two people with the same label elsewhere are one line.
            match at.get(&identity).copied() {
                Some(known) if let Some(sum) = sum_of(&lines[known].1, &line) => lines[known].1 = sum,
                _ => {
                    at.insert(identity.clone(), lines.len());
                    lines.push((identity, line, record));
                }
            }
        }
        let months: FxHashSet<&BilledMonth> = lines.iter().map(|(identity, ..)| &identity.month).collect();
        let mut known: FxHashMap<LineIdentity, CostLine> = FxHashMap::default();
        for line in self.plan.cost_lines.iter().filter(|line| source_of(*line) == Some(self.options.source)) {
            let identity = LineIdentity::of(line);
            if months.contains(&identity.month) {
                known.insert(identity, line.clone());
            }
        }
        let mut restated: BTreeSet<NaiveDate> = BTreeSet::new();
        let mut count = 0;
        let is_known_month: FxHashSet<BilledMonth> =
            known.keys().map(|identity| identity.month.clone()).collect();
        let place = lines.first().map(|(_, _, record)| record.place.clone()).unwrap_or_default();
        for (identity, line, record) in lines {
            let before = known.remove(&identity);
            let row = match &before {
                Some(before) => CostLine { billed: line.billed, effective: line.effective, ..before.clone() },
                None => {
                    let new = new_row::<CostLine>(self.draft.new_id::<CostLine>(), self.source());
                    CostLine { id: new.id, source: new.source, ..line }
                }
            };
            if before.as_ref() != Some(&row) && is_known_month.contains(&identity.month) {
                restated.insert(identity.month.first);
                count += 1;
            }
            self.put(row, &record.place);
        }
        for (identity, gone) in known {
            restated.insert(identity.month.first);
            count += 1;
            self.draft.remove::<CostLine>(gone.id);
        }
        self.tell_bill(&place, &restated, count, hidden);
    }

    fn tell_bill(&mut self, place: &Place, restated: &BTreeSet<NaiveDate>, count: usize, hidden: usize) {
        if !restated.is_empty() {
            let months: Vec<String> =
                restated.iter().map(|first| first.format("%Y-%m").to_string()).collect();
            let message = format!(
                "replaces what the plan has of {} in the accounts of this bill: {}",
                months.join(", "),
                count_of(count, "cost line")
            );
            let advice =
                "undo the import if this is the bill of another cluster: name clusters in a column “cluster”";
            self.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        }
        if hidden > 0 {
            let message =
                format!("names of people left out of the labels of {}", count_of(hidden, "cost line"));
            let advice = "label resources with a team instead";
            self.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        }
    }
}

fn sum_of(one: &CostLine, other: &CostLine) -> Option<CostLine> {
    let add = |one: headroom_model::ExactDecimal, other: headroom_model::ExactDecimal| {
        let ((one, one_decimals), (other, other_decimals)) = (one.parts(), other.parts());
        let decimals = one_decimals.max(other_decimals);
        let scaled =
            |digits: i64, own: u32| i128::from(digits).checked_mul(10_i128.checked_pow(decimals - own)?);
        headroom_model::ExactDecimal::nearest(
            scaled(one, one_decimals)?.checked_add(scaled(other, other_decimals)?)?,
            decimals,
        )
    };
    let (billed, effective) = (add(one.billed, other.billed)?, add(one.effective, other.effective)?);
    Some(CostLine { billed, effective, ..one.clone() })
}

/// The people of the plan by everything that names them, without what names a team or a service as well.
struct NamedPeople(FxHashSet<String>);

impl NamedPeople {
    fn of(plan: &Plan, records: &Records) -> Self {
        let mut names: FxHashSet<String> = FxHashSet::default();
        for person in plan.people.iter() {
            names.extend(
                [&person.key, &person.name, &person.email].into_iter().map(|name| folded(name).into_owned()),
            );
            names.extend(person.aliases.iter().map(|alias| folded(alias).into_owned()));
        }
        names.extend(records.people.iter().map(|person| folded(&person.key).into_owned()));
        for team in plan.teams.iter() {
            [&team.key, &team.name].into_iter().chain(&team.aliases).for_each(|name| {
                names.remove(&*folded(name));
            });
        }
        for service in plan.services.iter() {
            [&service.key, &service.name].into_iter().chain(&service.aliases).for_each(|name| {
                names.remove(&*folded(name));
            });
        }
        names.remove("");
        Self(names)
    }

    fn leave_out(&self, line: &mut CostLine) -> bool {
        let is_person = |text: &str| self.0.contains(&*folded(text));
        if !line.label_pairs().any(|(_, value)| is_person(value)) && !is_person(&line.account) {
            return false;
        }
        let label =
            |(key, value): (&str, &str)| format!("{key}={}", if is_person(value) { PERSON } else { value });
        let labels: Vec<String> = line.label_pairs().map(label).collect();
        line.labels = labels.join("; ").as_str().into();
        if is_person(&line.account) {
            line.account = PERSON.into();
        }
        true
    }
}
