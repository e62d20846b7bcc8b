//! Checks of budgets: teams below may together not have more than the team above.
//!
//! Money is compared over each period of the budget above, on the scale of equally long months; positions on every
//! day. A budget in between replaces those below it on its days, for its own kind (money or positions).
//!
//! Source: <https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/staffing_plan/staffing_plan.py>.

use chrono::NaiveDate;
use headroom_model::{Budget, BudgetId, Decimal6, Entity, Money, Plan, TeamId};
use rustc_hash::FxHashMap;

use super::{Rates, month_scale::length};

/// Budgets below that exceed the one above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// None for the organisation.
    pub above: Option<TeamId>,
    /// Budgets below that exceed it together.
    pub below: Vec<BudgetId>,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub amount: TooMuch,
}

/// Sum of the budgets below, and the limit above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    Money { below: Money, above: Money },
    Positions { below: Decimal6, above: Decimal6 },
}

impl Excess {
    /// Whether both are of the same team, days and kind.
    fn is_alike(&self, other: &Self) -> bool {
        let place = |excess: &Self| {
            (excess.above, excess.from, excess.until, matches!(excess.amount, TooMuch::Money { .. }))
        };
        place(self) == place(other)
    }

    /// By how much it exceeds the limit, in the smallest unit or millionths of a position.
    fn by(&self) -> i128 {
        match self.amount {
            TooMuch::Money { below, above } => i128::from(below.minor) - i128::from(above.minor),
            TooMuch::Positions { below, above } => {
                i128::from(below.millionths()) - i128::from(above.millionths())
            }
        }
    }

    /// `Checkout and Payments together get 130 000 EUR from 1 Jan 2027 to 31 Dec 2027; the limit for Platform is
    /// 120 000 EUR`.
    pub fn words(&self, plan: &Plan) -> String {
        let of = |id: &BudgetId| plan.budgets.get(*id).and_then(|budget| budget.team);
        let mut teams: Vec<TeamId> = self.below.iter().filter_map(of).collect();
        teams.sort_unstable_by_key(|team| plan.place_of(*team));
        teams.dedup();
        let name = |team: &TeamId| plan.name_of((*team).into());
        let below = match teams.as_slice() {
            [one] => name(one),
            [one, other] => format!("{} and {}", name(one), name(other)),
            many => format!("The {} sub-teams", many.len()),
        };
        let get = if teams.len() > 1 { "together get" } else { "gets" };
        let above = self.above.map_or_else(|| "the organisation".to_owned(), |team| name(&team));
        let day = |day: NaiveDate| headroom_model::wording::date(day);
        let days = format!("from {} to {}", day(self.from), day(self.until));
        match self.amount {
            TooMuch::Money { below: has, above: may } => {
                let (has, may) = (has.spoken(), may.spoken());
                format!("{below} {get} {has} {days}; the limit for {above} is {may}")
            }
            TooMuch::Positions { below: has, above: may } => {
                let positions = if has == Decimal6::ONE { "position" } else { "positions" };
                format!("{below} {get} {has} {positions} {days}; the limit for {above} is {may}")
            }
        }
    }
}

/// The headcount that the budgets of a day allow a team with all below it, or the organisation: its own; without any, the
/// sum of those below; none if there is none.
pub fn budgeted_headcount(plan: &Plan, team: Option<TeamId>, day: NaiveDate) -> Option<Decimal6> {
    let mut own: FxHashMap<Option<TeamId>, i64> = FxHashMap::default();
    for budget in plan.budgets.iter().filter(|budget| budget.date_range().contains(day)) {
        if let Some(headcount) = budget.seats {
            let sum = own.entry(budget.team).or_default();
            *sum = sum.saturating_add(headcount.millionths());
        }
    }
    if let Some(headcount) = own.get(&team) {
        return Some(Decimal6::from_millionths(*headcount));
    }
    // A budget counts unless there is one between its team and this one.
    let is_counted = |below: TeamId| {
        let mut above = plan.teams.get(below).and_then(|row| row.parent);
        while above != team {
            let Some(at) = above.filter(|_| !own.contains_key(&above)) else { return false };
            above = plan.teams.get(at).and_then(|row| row.parent);
        }
        true
    };
    let below =
        own.iter().filter(|(below, _)| below.is_some_and(is_counted)).map(|(_, headcount)| *headcount);
    below.reduce(i64::saturating_add).map(Decimal6::from_millionths)
}

/// All budgets that exceed those above.
pub fn excesses(plan: &Plan) -> Vec<Excess> {
    let mut of_team: FxHashMap<Option<TeamId>, Vec<&Budget>> = FxHashMap::default();
    for budget in plan.in_order::<Budget>() {
        of_team.entry(budget.team).or_default().push(budget);
    }
    let mut below: FxHashMap<Option<TeamId>, Vec<Below<'_>>> = FxHashMap::default();
    for (team, budgets) in of_team.iter().filter_map(|(team, budgets)| Some(((*team)?, budgets))) {
        let (mut above, mut between) = (plan.teams.get(team).and_then(|team| team.parent), Vec::new());
        loop {
            if let Some(own) = of_team.get(&above) {
                let rows = below.entry(above).or_default();
                rows.extend(budgets.iter().map(|budget| Below { budget, between: between.clone() }));
                between.extend(own.iter().copied());
            }
            let Some(at) = above else { break };
            above = plan.teams.get(at).and_then(|team| team.parent);
        }
    }
    let rates = Rates::new(plan);
    let mut found = Vec::new();
    for (above, below) in &mut below {
        below.sort_by(|one, other| one.budget.compare(other.budget, plan));
        let own = &of_team[above];
        too_much_money(&rates, *above, own, below, &mut found);
        too_many_positions(*above, own, below, &mut found);
    }
    found.sort_by_key(|excess| {
        let above = excess.above.map(|team| plan.place_of(team));
        (above, excess.from, matches!(excess.amount, TooMuch::Positions { .. }), excess.until)
    });
    found
}

/// A budget below another, and the budgets in between, which replace it on their days if they are of the same kind.
struct Below<'a> {
    budget: &'a Budget,
    between: Vec<&'a Budget>,
}

/// Why this budget cannot be set, if so: the first excess that it is part of. An excess that existed before and is
/// not larger now does not count, otherwise no budget could be set until all are right at once.
pub fn refusal(before: &Plan, after: &Plan, budget: BudgetId) -> Option<String> {
    let team = after.budgets.get(budget)?.team;
    let was = excesses(before);
    let is_new = |excess: &Excess| !was.iter().any(|was| was.is_alike(excess) && was.by() >= excess.by());
    let is_part = |excess: &Excess| excess.above == team || excess.below.contains(&budget);
    excesses(after).iter().find(|excess| is_part(excess) && is_new(excess)).map(|excess| excess.words(after))
}

fn days(budget: &Budget) -> Option<(NaiveDate, NaiveDate)> {
    budget.from.zip(budget.until).filter(|(from, until)| from <= until)
}

fn too_much_money(
    rates: &Rates<'_>,
    above: Option<TeamId>,
    own: &[&Budget],
    below: &[Below<'_>],
    found: &mut Vec<Excess>,
) {
    for (from, until) in periods(own.iter().filter(|budget| budget.amount.is_some())) {
        let part = |row: &Below<'_>| {
            let (low, high) = in_period(rates, row.budget, &row.between, (from, until))?;
            Some((row.budget.id, low, high))
        };
        let parts: Vec<(BudgetId, i128, i128)> = below.iter().filter_map(part).collect();
        // A part of a period may be a cent more or less: only what certainly exceeds the limit counts.
        let has: i128 = parts.iter().map(|(_, low, _)| low).sum();
        let may = own.iter().filter_map(|budget| in_period(rates, budget, &[], (from, until)));
        let may: i128 = may.map(|(_, high)| high).sum();
        if has > may {
            let money = |minor: i128| Money::new(i64::try_from(minor).unwrap_or(i64::MAX), rates.currency);
            found.push(Excess {
                above,
                below: parts.iter().map(|(id, ..)| *id).collect(),
                from,
                until,
                amount: TooMuch::Money { below: money(has), above: money(may) },
            });
        }
    }
}

/// Amount of a budget in the plan's currency; none without an amount, dates or a rate.
fn in_own_currency(rates: &Rates<'_>, budget: &Budget) -> Option<i64> {
    let (first, _) = days(budget)?;
    let amount = budget.amount?;
    let on = rates.on(amount.currency, first)?;
    Some(rates.convert(amount, on.rate, Decimal6::ONE.millionths()))
}

/// Part of a budget that falls into a period, without the days of budgets in between, rounded down and up; none if
/// nothing does.
fn in_period(
    rates: &Rates<'_>,
    budget: &Budget,
    between: &[&Budget],
    (from, until): (NaiveDate, NaiveDate),
) -> Option<(i128, i128)> {
    let (first, last) = days(budget)?;
    let minor = i128::from(in_own_currency(rates, budget)?);
    let between = between.iter().filter(|row| in_own_currency(rates, row).is_some());
    let shared = length_without((first.max(from), last.min(until)), between.copied());
    let length = length(first, last);
    let part = minor * shared;
    (shared > 0).then(|| (part.div_euclid(length), -(-part).div_euclid(length)))
}

/// Length of the days that are in none of the budgets.
fn length_without<'a>(
    (first, last): (NaiveDate, NaiveDate),
    budgets: impl Iterator<Item = &'a Budget>,
) -> i128 {
    let mut taken: Vec<_> = budgets.filter_map(days).collect();
    taken.sort_unstable();
    let (mut count, mut next) = (0, Some(first));
    for (from, until) in taken {
        let Some(at) = next.filter(|at| *at <= last) else { break };
        if until >= at {
            count += from.pred_opt().map_or(0, |before| length(at, before.min(last)));
            next = until.succ_opt();
        }
    }
    count + next.map_or(0, |at| length(at, last))
}

fn periods<'a>(budgets: impl Iterator<Item = &'a &'a Budget>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut periods: Vec<_> = budgets.filter_map(|budget| days(budget)).collect();
    periods.sort_unstable();
    periods.dedup();
    periods
}

fn too_many_positions(above: Option<TeamId>, own: &[&Budget], below: &[Below<'_>], found: &mut Vec<Excess>) {
    let limits: Vec<&&Budget> = own.iter().filter(|budget| budget.seats.is_some()).collect();
    // The number of positions changes only where a budget begins or has ended.
    let ends = |budget: &Budget| days(budget).map(|(from, until)| [Some(from), until.succ_opt()]);
    let all = limits.iter().map(|budget| **budget);
    let all = all.chain(below.iter().flat_map(|row| row.between.iter().copied().chain([row.budget])));
    let mut days: Vec<NaiveDate> = all.filter_map(ends).flatten().flatten().collect();
    days.sort_unstable();
    days.dedup();
    let positions_on = |budget: &Budget, day: NaiveDate| {
        let seats = budget.seats.filter(|_| budget.date_range().contains(day))?;
        Some((budget.id, seats.millionths()))
    };
    for pair in days.windows(2) {
        let [day, next] = *pair else { continue };
        let may: Vec<(BudgetId, i64)> = own.iter().filter_map(|budget| positions_on(budget, day)).collect();
        if may.is_empty() {
            continue;
        }
        let is_counted = |row: &&Below<'_>| row.between.iter().all(|row| positions_on(row, day).is_none());
        let has: Vec<(BudgetId, i64)> = below
            .iter()
            .filter_map(|row| positions_on(row.budget, day).filter(|_| is_counted(&row)))
            .collect();
        let sum = |seats: &[(BudgetId, i64)]| {
            seats.iter().fold(0, |sum: i64, (_, seats)| sum.saturating_add(*seats))
        };
        if sum(&has) <= sum(&may) {
            continue;
        }
        let seats = |count: &[(BudgetId, i64)]| Decimal6::from_millionths(sum(count));
        let (ids, until) = (has.iter().map(|(id, _)| *id).collect(), next.pred_opt().unwrap_or(day));
        let amount = TooMuch::Positions { below: seats(&has), above: seats(&may) };
        match found.last_mut() {
            // The same as on the day before: extend it.
            Some(last)
                if last.above == above
                    && last.amount == amount
                    && last.below == ids
                    && last.until.succ_opt() == Some(day) =>
            {
                last.until = until;
            }
            _ => found.push(Excess { above, below: ids, from: day, until, amount }),
        }
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Team};

    use super::*;

    /// Budgets of the organisation, a team and two teams below it: amount, positions, first and last day.
    type Row = (usize, &'static str, &'static str, &'static str, &'static str);

    fn budgeted(rows: &[Row]) -> Plan {
        crate::cost::tests::plan(|draft: &mut Draft<'_>| {
            let mut teams = vec![None];
            for (key, parent) in [("Platform", 0), ("Payments", 1), ("Checkout", 1)] {
                let id = draft.new_id::<Team>();
                draft.put(Team {
                    id,
                    key: key.into(),
                    name: key.into(),
                    parent: teams[parent],
                    ..Team::default()
                });
                teams.push(Some(id));
            }
            for (team, amount, seats, from, until) in rows {
                let id = draft.new_id::<Budget>();
                draft.put(Budget {
                    id,
                    team: teams[*team],
                    amount: amount.parse().ok(),
                    seats: seats.parse().ok(),
                    from: from.parse().ok(),
                    until: until.parse().ok(),
                    ..Budget::default()
                });
            }
        })
    }

    fn found(rows: &[Row]) -> Vec<String> {
        let plan = budgeted(rows);
        excesses(&plan).iter().map(|excess| excess.words(&plan)).collect()
    }

    #[test]
    fn refusal_ignores_excess_that_does_not_grow() {
        let with = |amount| {
            let year = |team, amount| (team, amount, "", "2027-01-01", "2027-12-31");
            budgeted(&[year(1, "100 EUR"), year(2, "60 EUR"), year(3, amount)])
        };
        let set = |from, to| {
            let (before, after) = (with(from), with(to));
            let last = after.budgets.iter().map(|row| row.id).max_by_key(|id| id.0).unwrap();
            refusal(&before, &after, last)
        };
        assert_eq!(set("40 EUR", "39 EUR"), None);
        assert!(set("40 EUR", "41 EUR").is_some());
        assert_eq!(set("50 EUR", "45 EUR"), None, "too much, but less than before");
        assert!(set("50 EUR", "51 EUR").is_some());
    }

    #[test]
    fn budgets_below_may_not_exceed_the_one_above() {
        let year = |team, amount| (team, amount, "", "2027-01-01", "2027-12-31");
        assert_eq!(found(&[year(1, "100 EUR"), year(2, "60 EUR"), year(3, "40 EUR")]), [""; 0]);
        assert_eq!(
            found(&[year(1, "100 EUR"), year(2, "60 EUR"), year(3, "40.01 EUR")]),
            ["Checkout and Payments together get 100.01 EUR from 1 Jan 2027 to 31 Dec 2027; \
              the limit for Platform is 100 EUR"]
        );
        // A team in between without a budget does not matter.
        assert_eq!(found(&[year(0, "50 EUR"), year(2, "60 EUR")]).len(), 1);
        assert_eq!(found(&[year(0, "50 EUR"), year(1, "40 EUR"), year(2, "45 EUR")]).len(), 1);
    }

    #[test]
    fn intermediate_budget_replaces_only_its_kind_and_days() {
        let year = |team, amount, seats| (team, amount, seats, "2027-01-01", "2027-12-31");
        let (top, low) = (year(0, "100 EUR", "3"), year(2, "500 EUR", "9"));
        let between = |amount, seats, from, until| found(&[top, (1, amount, seats, from, until), low]);
        let against_top = |found: &[String]| -> Vec<bool> {
            [
                "EUR from 1 Jan 2027 to 31 Dec 2027; the limit for the organisation",
                "positions from 1 Jan 2027 to 31 Dec 2027; the limit for the organisation",
            ]
            .map(|words| found.iter().any(|told| told.contains(words)))
            .to_vec()
        };
        // Of another kind, or of another year.
        assert_eq!(against_top(&between("", "3", "2027-01-01", "2027-12-31")), [true, false]);
        assert_eq!(against_top(&between("100 EUR", "", "2027-01-01", "2027-12-31")), [false, true]);
        assert_eq!(against_top(&between("50 EUR", "5", "2026-01-01", "2026-12-31")), [true, true]);
        // What lies before and after a quarter in between: three quarters of 500.
        let quarter = found(&[year(0, "400 EUR", ""), (1, "124 EUR", "", "2027-01-01", "2027-03-31"), low]);
        assert!(quarter.iter().any(|told| told.contains("together get 499 EUR")), "{quarter:?}");
        let rows = [year(0, "501 EUR", ""), (1, "124 EUR", "", "2027-01-01", "2027-03-31"), low];
        assert_eq!(against_top(&found(&rows)), [false, false]);
    }

    #[test]
    fn overlapping_periods_are_prorated_by_months() {
        let above = (1, "365 EUR", "", "2027-01-01", "2027-12-31");
        // Half of these two years lie in the period above.
        assert_eq!(found(&[above, (2, "730 EUR", "", "2027-01-01", "2028-12-31")]), [""; 0]);
        assert_eq!(found(&[above, (2, "735 EUR", "", "2027-01-01", "2028-12-31")]).len(), 1);
        // A quarter may use up the year.
        assert_eq!(found(&[above, (2, "365 EUR", "", "2027-01-01", "2027-03-31")]), [""; 0]);
    }

    #[test]
    fn budgeted_headcount_is_the_own_or_the_sum_below() {
        let year = |team, headcount| (team, "", headcount, "2027-01-01", "2027-12-31");
        let on = |rows: &[Row], team: Option<&str>, day: &str| {
            let plan = budgeted(rows);
            let team = team.map(|key| plan.find::<Team>(key).unwrap());
            budgeted_headcount(&plan, team, day.parse().unwrap()).map(Decimal6::as_f64)
        };
        let rows = [year(2, "6"), year(3, "5.5")];
        assert_eq!(on(&rows, None, "2027-05-01"), Some(11.5));
        assert_eq!(on(&rows, Some("Checkout"), "2027-05-01"), Some(5.5));
        assert_eq!(on(&rows, None, "2028-01-01"), None);
        let rows = [year(1, "10"), year(2, "6"), year(3, "5.5")];
        assert_eq!(on(&rows, None, "2027-05-01"), Some(10.0), "the nearest one counts");
        assert_eq!(on(&[year(1, "10")], Some("Checkout"), "2027-05-01"), None);
    }

    #[test]
    fn position_limits_hold_on_every_day() {
        let rows = |last: &'static str| {
            [
                (1, "", "10", "2027-01-01", "2027-12-31"),
                (2, "", "6", "2027-01-01", last),
                (3, "", "5.5", "2027-06-01", "2027-12-31"),
            ]
        };
        assert_eq!(found(&rows("2027-05-31")), [""; 0]);
        assert_eq!(
            found(&rows("2027-06-30")),
            ["Checkout and Payments together get 11.5 positions from 1 Jun 2027 to 30 Jun 2027; \
              the limit for Platform is 10"]
        );
    }
}
