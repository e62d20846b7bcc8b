//! What was agreed to, frozen; and by what the plan differs from it since.

use chrono::{Datelike, NaiveDate};
use headroom_model::{Approval, ApprovedSeat, Currency, Fraction, Plan, TeamId, money::divided};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Costs, Line, Rates};

/// For how many years the yearly figures of a seat are frozen one by one; the last one goes on.
const YEARS: i32 = 5;
/// Days of a year of an annual cost, as in the worked example.
const YEAR: i128 = 365;

/// The seats of a plan as they are, from the beginning of the day's year on: each with its days and what it costs a
/// year. A seat whose cost changes is several rows, one after the other.
pub fn freeze(plan: &Plan, on: NaiveDate) -> Vec<ApprovedSeat> {
    let from = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
    let until = NaiveDate::from_ymd_opt(on.year() + YEARS, 12, 31).unwrap_or(on);
    let costs = Costs::new(plan, from, until);
    let seat = |line: &Line| {
        let stay = &costs.stays[line.stay];
        let position = plan.positions.get(stay.position)?;
        let team = position.team.map_or("", |team| plan.key_of(team.into()));
        Some(ApprovedSeat {
            position: position.key.clone(),
            title: position.title.clone(),
            team: team.to_owned(),
            from: if line.from == from { stay.from } else { Some(line.from) },
            until: if line.until == until { stay.until } else { Some(line.until) },
            fte: line.fte,
            annual_cost: line.pay.is_some().then(|| costs.money(line.yearly_cost())),
            filled: stay.person.is_some(),
        })
    };
    costs.lines.iter().filter_map(seat).collect()
}

/// Why a seat costs something else than was agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Other days: somebody starts later, or sooner.
    Timing,
    /// Another cost a year: pay, raises, taxes, exchange rates, share of full time.
    Rate,
    /// Nobody is planned in the seat any more.
    Unfilled,
    /// A seat that was not agreed to.
    Unplanned,
    /// Somebody who was there has left, or will.
    Attrition,
    /// It has gone to another team, or come from there.
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
            Cause::Timing => "other days at the cost that was agreed to",
            Cause::Rate => "another cost a year on the days that are paid now",
            Cause::Unfilled => "seats in which nobody is planned any more",
            Cause::Unplanned => "seats that were not agreed to",
            Cause::Attrition => "days lost since somebody left who was there",
            Cause::Moved => "seats that changed the team",
        }
    }
}

/// One seat: what was agreed to, what it costs now, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatDifference {
    /// The key of the position.
    pub position: String,
    pub title: String,
    pub approved: i64,
    pub now: i64,
    /// They add up to the difference.
    pub causes: Vec<(Cause, i64)>,
}

/// What was agreed to for a period, what it costs now, and why: [`Difference::causes`] add up to the difference exactly.
/// In days of a 365th of the yearly cost; what is paid once is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub approved: i64,
    pub now: i64,
    /// In the order of [`Cause::ALL`].
    pub causes: [i64; Cause::ALL.len()],
    /// Seats that differ, those that differ most first.
    pub seats: Vec<SeatDifference>,
    /// Seats in none of the figures, by key: what was agreed to is in a currency for which there was no rate on the day
    /// of the approval.
    pub without_rate: Vec<(String, Currency)>,
}

/// Days of a seat on one side, and their cost in 365ths of the smallest unit.
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
struct Seat<'a> {
    title: &'a str,
    approved: Side,
    now: Side,
    was_approved: bool,
    was_filled: bool,
    /// Somebody is in it or planned, on whatever day.
    is_planned: bool,
    /// It is, or was, with a team that is not looked at.
    is_elsewhere: bool,
    /// What was agreed to cannot be told in the plan's currency.
    without_rate: Option<Currency>,
}

/// By what a plan differs from an approval between two days; with `teams`, only these.
pub fn difference(
    plan: &Plan,
    approval: &Approval,
    (from, until): (NaiveDate, NaiveDate),
    teams: Option<&FxHashSet<TeamId>>,
) -> Difference {
    let costs = Costs::new(plan, from, until);
    let is_looked_at =
        |team: Option<TeamId>| teams.is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)));
    let rates = Rates::new(plan);
    let mut seats: FxHashMap<&str, Seat<'_>> = FxHashMap::default();
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
    for stay in &costs.stays {
        let Some(position) = plan.positions.get(stay.position) else { continue };
        let seat = seats.entry(&position.key).or_default();
        seat.title = &position.title;
        match is_looked_at(position.team) {
            true => seat.is_planned = true,
            false => seat.is_elsewhere = true,
        }
    }
    for line in &costs.lines {
        let Some(position) = plan.positions.get(costs.stays[line.stay].position) else { continue };
        if is_looked_at(position.team) {
            let days = shared_days((Some(line.from), Some(line.until)), (from, until));
            let seat = seats.entry(&position.key).or_default();
            seat.now.add(days, line.yearly_cost());
        }
    }
    sum_up(seats)
}

/// What was agreed to for a seat a year, in the plan's currency at the rate of the day of the approval; the currency
/// where there is no rate.
fn agreed(rates: &Rates<'_>, approval: &Approval, row: &ApprovedSeat) -> Result<i64, Currency> {
    let Some(cost) = row.annual_cost else { return Ok(0) };
    let on = rates.on(cost.currency, approval.on).ok_or(cost.currency)?;
    Ok(rates.convert(cost, on.rate, Fraction::ONE.millionths()))
}

fn sum_up(seats: FxHashMap<&str, Seat<'_>>) -> Difference {
    let mut difference = Difference::default();
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
            difference.seats.push(SeatDifference { position, title, approved, now, causes });
        }
    }
    let key =
        |seat: &SeatDifference| (std::cmp::Reverse((seat.now - seat.approved).abs()), seat.position.clone());
    difference.seats.sort_by_cached_key(key);
    difference.without_rate.sort();
    difference
}

/// The difference of one seat by cause: timing is the difference in days at the cost agreed to, rate what is left.
fn split(seat: &Seat<'_>) -> Vec<(Cause, i64)> {
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
mod tests {
    use chrono::Days;
    use headroom_model::{Draft, ExchangeRate, Position, Status, Team};
    use proptest::prelude::*;

    use super::*;
    use crate::cost::tests::{assume, plan, seat};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year() -> (NaiveDate, NaiveDate) {
        (day("2027-01-01"), day("2027-12-31"))
    }

    fn approved(seats: Vec<ApprovedSeat>) -> Approval {
        Approval { id: 99.into(), name: "Budget".into(), on: day("2026-12-01"), seats, ..Approval::default() }
    }

    fn one_seat(pay: &str, start: &str) -> Plan {
        plan(|draft| {
            let row = seat(draft, pay);
            draft.put(Position { start: Some(day(start)), ..row });
            let row = assume(draft, "burden", "", "0%");
            draft.put(row);
        })
    }

    /// The worked example: 140 000 a year from 1 March, now 150 000 from 15 April.
    #[test]
    fn a_later_start_and_a_higher_pay_are_told_apart() {
        let before = one_seat("140000 USD", "2027-03-01");
        let now = one_seat("150000 USD", "2027-04-15");
        let found = difference(&now, &approved(freeze(&before, day("2027-01-10"))), year(), None);
        let whole = |minor: i64| divided(i128::from(minor), 100);
        assert_eq!([found.approved, found.now].map(whole), [117_370, 107_260]);
        assert_eq!(whole(found.causes[Cause::Timing as usize]), -17_260);
        assert_eq!(whole(found.causes[Cause::Rate as usize]), 7_151);
        assert_eq!(whole(found.now - found.approved), -10_110);
        assert_eq!(found.causes.iter().sum::<i64>(), found.now - found.approved);
    }

    #[test]
    fn nothing_differs_right_after_an_approval() {
        let plan = plan(|draft| {
            let row = seat(draft, "120000 EUR");
            draft.put(Position { start: Some(day("2026-05-05")), ..row });
            let row = assume(draft, "merit", "", "3%");
            draft.put(headroom_model::Assumption { from: Some(day("2026-01-01")), ..row });
        });
        let seats = freeze(&plan, day("2026-11-23"));
        assert_eq!(seats.len(), 6, "one for each raise");
        for period in [year(), (day("2026-01-01"), day("2031-12-31"))] {
            assert_eq!(difference(&plan, &approved(seats.clone()), period, None).seats, []);
        }
    }

    #[test]
    fn what_was_agreed_to_in_another_currency_is_told_in_the_plans_own() {
        // Agreed to in euros, before the plan came to count in złoty.
        let before = one_seat("100000 EUR", "2027-01-01");
        let approval = approved(freeze(&before, day("2027-01-10")));
        let now = |rate_from: &str| {
            let mut plan = before.clone();
            let mut draft = Draft::new(&before);
            draft.set(crate::cost::CURRENCY, "PLN");
            for (rate, from) in [("4", rate_from), ("4.5", "2027-01-01")] {
                let (id, from) = (draft.new_id::<ExchangeRate>(), from.parse().ok());
                let (currency, rate) = (Currency::EUR, rate.parse().unwrap());
                draft.put(ExchangeRate { id, currency, rate, from, ..ExchangeRate::default() });
            }
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            difference(&plan, &approval, year(), None)
        };
        let found = now("2020-01-01");
        assert_eq!([found.approved, found.now], [40_000_000, 45_000_000]);
        assert_eq!(found.causes[Cause::Rate as usize], 5_000_000);
        assert_eq!(found.without_rate, []);
        // On the day of the approval nobody knew a rate: the seat is in neither sum.
        let found = now("2026-12-24");
        assert_eq!((found.approved, found.now, found.causes.iter().sum::<i64>()), (0, 0, 0));
        assert_eq!(found.without_rate, [(before.positions.rows()[0].key.clone(), Currency::EUR)]);
    }

    #[test]
    fn each_cause_is_told_by_its_name() {
        let cause = |change: &dyn Fn(Position) -> Position, was_filled: bool| {
            let before = one_seat("100000 EUR", "2027-03-01");
            let seats = freeze(&before, day("2027-01-01"));
            let seats = seats.into_iter().map(|seat| ApprovedSeat { filled: was_filled, ..seat }).collect();
            let mut after = before.clone();
            let mut draft = Draft::new(&before);
            draft.put(change(before.positions.rows()[0].clone()));
            let changes = draft.finish();
            after.apply(&changes).unwrap();
            let found = difference(&after, &approved(seats), year(), None);
            Cause::ALL.into_iter().filter(|cause| found.causes[*cause as usize] != 0).collect::<Vec<_>>()
        };
        let closed = |seat| Position { status: Status::Closed, ..seat };
        assert_eq!(cause(&closed, false), [Cause::Unfilled]);
        assert_eq!(cause(&closed, true), [Cause::Attrition]);
        let postponed = |seat| Position { start: Some(day("2028-02-01")), ..seat };
        assert_eq!(cause(&postponed, false), [Cause::Timing]);
        let ended = |seat| Position { until: Some(day("2027-08-31")), ..seat };
        assert_eq!(cause(&ended, true), [Cause::Attrition]);
        let renamed = |seat| Position { key: "HC-other".into(), ..seat };
        assert_eq!(cause(&renamed, false), [Cause::Unfilled, Cause::Unplanned]);
    }

    #[test]
    fn a_seat_that_changed_the_team_is_told_where_only_one_is_looked_at() {
        let mut teams = Vec::new();
        let mut before = plan(|draft| {
            for key in ["a", "b"] {
                let id = draft.new_id::<Team>();
                draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
                teams.push(id);
            }
            let row = seat(draft, "100000 EUR");
            draft.put(Position { team: Some(teams[0]), ..row });
        });
        let approval = approved(freeze(&before, day("2027-01-01")));
        let mut draft = Draft::new(&before);
        draft.put(Position { team: Some(teams[1]), ..before.positions.rows()[0].clone() });
        let changes = draft.finish();
        before.apply(&changes).unwrap();
        let of = |team: TeamId| {
            let looked_at = [team].into_iter().collect();
            difference(&before, &approval, year(), Some(&looked_at)).causes[Cause::Moved as usize]
        };
        assert_eq!([of(teams[0]), of(teams[1])], [-13_000_000, 13_000_000]);
        assert_eq!(difference(&before, &approval, year(), None).seats, []);
    }

    proptest! {
        /// Whatever happens to the seats, the causes come to the whole difference.
        #[test]
        fn causes_add_up(
            seats in prop::collection::vec((0_u64..700, 1_i64..30_000_000, 1_i64..=10, any::<bool>()), 1..12),
            moves in prop::collection::vec((0_u64..700, 1_i64..30_000_000, 1_i64..=10, 0_usize..6), 12),
            from in 0_u64..400, length in 0_u64..800,
        ) {
            let after = |days: u64| day("2026-06-01").checked_add_days(Days::new(days)).unwrap();
            let row = |row: Position, start: u64, minor: i64, tenths: i64| Position {
                start: Some(after(start)),
                pay: Some(headroom_model::Money::new(minor, headroom_model::Currency::EUR)),
                fte: Fraction::from_millionths(tenths * 100_000),
                ..row
            };
            let before = plan(|draft| for (start, minor, tenths, _) in &seats {
                let made = row(seat(draft, ""), *start, *minor, *tenths);
                draft.put(made);
            });
            let frozen = freeze(&before, day("2026-06-01"));
            let is_filled = |key: &str| before.positions.iter().zip(&seats).any(|(p, s)| p.key == key && s.3);
            let frozen = frozen.into_iter().map(|seat| ApprovedSeat { filled: is_filled(&seat.position), ..seat });
            let approval = approved(frozen.collect());
            let mut now = before.clone();
            let mut draft = Draft::new(&before);
            for (position, (start, minor, tenths, what)) in before.positions.iter().zip(&moves) {
                match what {
                    0 => draft.put(row(position.clone(), *start, *minor, *tenths)),
                    1 => draft.put(Position { status: Status::Closed, ..position.clone() }),
                    2 => draft.remove::<Position>(position.id),
                    3 => draft.put(Position { until: Some(after(*start)), ..position.clone() }),
                    4 => {
                        let made = row(seat(&mut draft, ""), *start, *minor, *tenths);
                        draft.put(made);
                    }
                    _ => {}
                }
            }
            let changes = draft.finish();
            now.apply(&changes).unwrap();
            let period = (after(from), after(from + length));
            let found = difference(&now, &approval, period, None);
            prop_assert_eq!(found.causes.iter().sum::<i64>(), found.now - found.approved);
            for seat in &found.seats {
                prop_assert_eq!(seat.causes.iter().map(|(_, amount)| amount).sum::<i64>(), seat.now - seat.approved);
            }
            let same = difference(&before, &approval, period, None);
            prop_assert_eq!(same.causes, [0; 6]);
        }
    }
}
