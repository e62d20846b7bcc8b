//! Variance from a baseline: what was approved, what it costs now, and why.
//!
//! Approving stores the cost lines as they are ([`approved_positions`]). [`variance`](variance()) splits the
//! difference since by [`Cause`]; the causes add up to it exactly. One-off cost is left out on both sides.

use chrono::{Datelike, NaiveDate};
use headroom_model::{Approval, ApprovedPosition, Currency, Decimal6, Plan, TeamId, money::divided};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Costs, Line, Rates};

/// Number of years for which yearly figures are stored one by one; the last one goes on.
const YEARS: i32 = 5;
/// Days of a year of annual cost, as in the worked example.
const YEAR: i128 = 365;

/// Positions of a plan to approve, from the start of the year of `on`: each with its days and yearly cost. A position
/// whose cost changes has several rows, one after the other.
pub fn approved_positions(plan: &Plan, on: NaiveDate) -> Vec<ApprovedPosition> {
    let from = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
    let until = NaiveDate::from_ymd_opt(on.year() + YEARS, 12, 31).unwrap_or(on);
    let costs = Costs::new(plan, from, until);
    let seat = |line: &Line| {
        let occupancy = &costs.occupancies[line.occupancy];
        let position = plan.positions.get(occupancy.position)?;
        let team = position.team.map_or("", |team| plan.key_of(team.into()));
        Some(ApprovedPosition {
            position: position.key.clone(),
            title: position.title.clone(),
            team: team.to_owned(),
            from: if line.from == from { occupancy.from } else { Some(line.from) },
            until: if line.until == until { occupancy.until } else { Some(line.until) },
            fte: line.fte,
            annual_cost: line.pay.is_some().then(|| costs.money(line.yearly_cost())),
            filled: occupancy.person.is_some(),
        })
    };
    costs.lines.iter().filter_map(seat).collect()
}

/// Why a position costs something else than was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Other days: somebody joins later, or earlier.
    Timing,
    /// Another yearly cost: pay, raises, taxes, exchange rates, full-time equivalent.
    Rate,
    /// Nobody is planned for the position any more.
    Unfilled,
    /// A position that was not approved.
    Unplanned,
    /// Somebody has left, or will.
    Attrition,
    /// It moved to another team, or from one.
    Moved,
}

impl Cause {
    pub const ALL: [Cause; 6] =
        [Cause::Timing, Cause::Rate, Cause::Unfilled, Cause::Unplanned, Cause::Attrition, Cause::Moved];

    pub fn title(self) -> &'static str {
        match self {
            Cause::Timing => "Timing",
            Cause::Rate => "Rate",
            Cause::Unfilled => "Unfilled",
            Cause::Unplanned => "Unplanned",
            Cause::Attrition => "Attrition",
            Cause::Moved => "Moved",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            Cause::Timing => "Dates moved, at baseline cost",
            Cause::Rate => "Annual cost changed, on current dates",
            Cause::Unfilled => "Cancelled positions",
            Cause::Unplanned => "Positions not in the baseline",
            Cause::Attrition => "Savings from early departures",
            Cause::Moved => "Positions that changed team",
        }
    }
}

/// Variance of one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionVariance {
    /// The key of the position.
    pub position: String,
    pub title: String,
    pub approved: i64,
    pub now: i64,
    /// They add up to `now − approved`.
    pub causes: Vec<(Cause, i64)>,
}

/// Variance of a period: [`Variance::causes`] add up to `now − approved` exactly.
///
/// Counted in days of a 365th of the yearly cost; one-off cost is left out. Amounts are in the smallest unit of the
/// plan's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variance {
    pub approved: i64,
    pub now: i64,
    /// In the order of [`Cause::ALL`].
    pub causes: [i64; Cause::ALL.len()],
    /// Positions with a variance, the largest first.
    pub seats: Vec<PositionVariance>,
    /// Positions left out of all figures, by key: they were approved in a currency without a rate on the day of the
    /// approval.
    pub without_rate: Vec<(String, Currency)>,
}

/// Days of a position on one side, and their cost in 365ths of the smallest unit.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    days: i64,
    cost: i128,
}

impl Side {
    fn add(&mut self, days: i64, yearly: i64) {
        self.days += days;
        self.cost += i128::from(yearly) * i128::from(days);
    }

    fn money(self) -> i64 {
        divided(self.cost, YEAR)
    }
}

#[derive(Debug, Default)]
struct ComparedPosition<'a> {
    title: &'a str,
    approved: Side,
    now: Side,
    was_approved: bool,
    was_filled: bool,
    /// Occupied or planned on some day.
    is_planned: bool,
    /// On a team outside the scope, now or when it was approved.
    is_elsewhere: bool,
    /// The currency of what was approved, if it cannot be converted.
    without_rate: Option<Currency>,
}

/// Variance of a plan from an approval between two days; with `teams`, for positions on these alone.
pub fn variance(
    plan: &Plan,
    approval: &Approval,
    (from, until): (NaiveDate, NaiveDate),
    teams: Option<&FxHashSet<TeamId>>,
) -> Variance {
    let costs = Costs::new(plan, from, until);
    let is_looked_at =
        |team: Option<TeamId>| teams.is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)));
    let rates = Rates::new(plan);
    let mut seats: FxHashMap<&str, ComparedPosition<'_>> = FxHashMap::default();
    for row in &approval.seats {
        let seat = seats.entry(&row.position).or_default();
        seat.title = &row.title;
        if is_looked_at(plan.find::<headroom_model::Team>(&row.team)) {
            seat.was_approved = true;
            seat.was_filled |= row.filled;
            let days = shared_days((row.from, row.until), (from, until));
            match agreed(&rates, approval, row) {
                Ok(yearly) => seat.approved.add(days, yearly),
                Err(currency) => seat.without_rate = Some(currency),
            }
        } else {
            seat.is_elsewhere = true;
        }
    }
    for occupancy in &costs.occupancies {
        let Some(position) = plan.positions.get(occupancy.position) else { continue };
        let seat = seats.entry(&position.key).or_default();
        seat.title = &position.title;
        match is_looked_at(position.team) {
            true => seat.is_planned = true,
            false => seat.is_elsewhere = true,
        }
    }
    for line in &costs.lines {
        let Some(position) = plan.positions.get(costs.occupancies[line.occupancy].position) else { continue };
        if is_looked_at(position.team) {
            let days = shared_days((Some(line.from), Some(line.until)), (from, until));
            let seat = seats.entry(&position.key).or_default();
            seat.now.add(days, line.yearly_cost());
        }
    }
    sum_up(seats)
}

/// Approved yearly cost of a position in the plan's currency, at the rate of the day of the approval.
///
/// # Errors
/// The currency for which there is no rate.
fn agreed(rates: &Rates<'_>, approval: &Approval, row: &ApprovedPosition) -> Result<i64, Currency> {
    let Some(cost) = row.annual_cost else { return Ok(0) };
    let on = rates.on(cost.currency, approval.on).ok_or(cost.currency)?;
    Ok(rates.convert(cost, on.rate, Decimal6::ONE.millionths()))
}

fn sum_up(seats: FxHashMap<&str, ComparedPosition<'_>>) -> Variance {
    let mut difference = Variance::default();
    for (position, seat) in seats {
        if let Some(currency) = seat.without_rate {
            difference.without_rate.push((position.to_owned(), currency));
            continue;
        }
        let (approved, now) = (seat.approved.money(), seat.now.money());
        difference.approved += approved;
        difference.now += now;
        let causes = split(&seat);
        for (cause, amount) in &causes {
            difference.causes[*cause as usize] += amount;
        }
        if !causes.is_empty() {
            let (position, title) = (position.to_owned(), seat.title.to_owned());
            difference.seats.push(PositionVariance { position, title, approved, now, causes });
        }
    }
    let key = |seat: &PositionVariance| {
        (std::cmp::Reverse((seat.now - seat.approved).abs()), seat.position.clone())
    };
    difference.seats.sort_by_cached_key(key);
    difference.without_rate.sort();
    difference
}

/// Splits the variance of one position by cause: timing is the difference in days at the approved cost, rate is the
/// rest.
fn split(seat: &ComparedPosition<'_>) -> Vec<(Cause, i64)> {
    let (approved, now) = (seat.approved.money(), seat.now.money());
    let whole = |cause: Cause| vec![(cause, now - approved)];
    let mut causes = match (seat.approved.days, seat.now.days) {
        (0, 0) => Vec::new(),
        (0, _) if seat.was_approved => whole(Cause::Timing),
        (0, _) if seat.is_elsewhere => whole(Cause::Moved),
        (0, _) => whole(Cause::Unplanned),
        (_, 0) if !seat.is_planned && seat.is_elsewhere => whole(Cause::Moved),
        (_, 0) if seat.was_filled => whole(Cause::Attrition),
        (_, 0) if seat.is_planned => whole(Cause::Timing),
        (_, 0) => whole(Cause::Unfilled),
        (was, is) => {
            let timing = divided(i128::from(is - was) * seat.approved.cost, i128::from(was) * YEAR);
            let cause = if seat.was_filled && is < was { Cause::Attrition } else { Cause::Timing };
            vec![(cause, timing), (Cause::Rate, now - approved - timing)]
        }
    };
    causes.retain(|(_, amount)| *amount != 0);
    causes
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

fn shared_days((first, last): Days, (from, until): (NaiveDate, NaiveDate)) -> i64 {
    let first = first.map_or(from, |first| first.max(from));
    let last = last.map_or(until, |last| last.min(until));
    ((last - first).num_days() + 1).max(0)
}

#[cfg(test)]
mod tests;
