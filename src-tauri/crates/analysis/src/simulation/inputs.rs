//! Inputs of a simulation, made from a plan.

use std::{hash::BuildHasher, sync::Arc};

use chrono::{Days, NaiveDate};
use headroom_model::{Currency, EntityRef, Plan, Position, Status, TeamId};
use rustc_hash::FxBuildHasher;

use super::{Hiring, PositionCost, PositionEntry, SimulatedPosition, position::spread_of, position_costs};
use crate::{
    assumptions::{Assumptions, Subject},
    capacity::{
        Curve, HeadcountLine, Learning, Months, Vacancy, attrition, headcount_lines, interview_months,
        is_sought,
    },
    cost::MissingCost,
};

/// Options of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    pub runs: u32,
    pub seed: u64,
    /// Whether departures are backfilled: recruiting for the position opens on the day somebody leaves.
    pub replaces_leavers: bool,
}

/// A plan prepared for the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    pub months: Months,
    /// The moment from which anything is random; what lies before is known.
    pub from: f64,
    pub seats: Vec<SimulatedPosition>,
    /// Whether a position has the same chance in every plan; see [`Inputs::in_common`].
    pub is_common: bool,
    /// Missing cost; see [`super::PositionCosts`].
    pub missing: Vec<MissingCost>,
    /// Moment of each day of the months, and of the one after them.
    places: Vec<f64>,
    /// The first day of chance, and each later one on which attrition may change.
    attrition_days: Vec<NaiveDate>,
}

impl Inputs {
    /// Inputs for the teams that `is_wanted` selects, from the month of the day on, and the currency of their cost.
    pub fn of_plan(
        plan: &Plan,
        day: NaiveDate,
        months: usize,
        is_wanted: impl Fn(Option<TeamId>) -> bool,
    ) -> (Self, Currency) {
        let assumptions = Assumptions::new(plan);
        let mut heads = headcount_lines(plan, &assumptions);
        heads.retain(|head| is_wanted(head.team));
        let months = Months::new(day, months);
        let costs = position_costs(plan, &assumptions, &heads, &months);
        let inputs = Self::new(plan, &assumptions, &heads, months, day, &costs.seats);
        (Self { missing: costs.missing, ..inputs }, costs.currency)
    }

    /// `costs` has the cost of each of `heads`; see [`super::position_costs`].
    pub fn new(
        plan: &Plan,
        assumptions: &Assumptions<'_>,
        heads: &[HeadcountLine],
        months: Months,
        day: NaiveDate,
        costs: &[PositionCost],
    ) -> Self {
        let first = months.first_day(0);
        let length = usize::try_from((months.first_day(months.len()) - first).num_days()).unwrap_or(0);
        let places = (0..=length)
            .map(|day| months.place(first.checked_add_days(Days::new(day as u64)).unwrap_or(first)));
        let places: Vec<f64> = places.collect();
        let mut inputs = Self {
            from: months.place(day).max(0.0),
            places,
            attrition_days: attrition_days(plan, day, months.last_day(months.len() - 1)),
            seats: Vec::new(),
            is_common: false,
            missing: Vec::new(),
            months,
        };
        let nothing = PositionCost::default();
        for (at, head) in heads.iter().enumerate() {
            let cost = costs.get(at).unwrap_or(&nothing);
            let Some(seat) = inputs.simulated_position(plan, assumptions, head, day, cost) else { continue };
            // A pooled position is simulated person by person.
            let many = head.fte.max(0.0);
            let is_pooled = head.person.is_none() && !head.is_planned;
            let parts = if is_pooled { many.ceil().max(1.0) as usize } else { 1 };
            let of = 1.0 / parts as f64;
            let cost = seat.cost.iter().map(|cost| cost * of).collect();
            let hire_cost = if parts > 1 { Arc::new(seat.hire_cost.part(of)) } else { seat.hire_cost };
            let part = SimulatedPosition { fte: seat.fte * of, cost, hire_cost, ..seat };
            let identity = |nth: usize| identity(plan, head, nth);
            inputs
                .seats
                .extend((0..parts).map(|nth| SimulatedPosition { identity: identity(nth), ..part.clone() }));
        }
        inputs
    }

    /// With the same chance for a position in every plan, whatever else there is (common random numbers), so that plans
    /// differ by what they change and not by luck as well.
    ///
    /// Source: P. Glasserman, D. Yao, Some guidelines and guarantees for common random numbers, Management Science 38
    /// (1992), <https://doi.org/10.1287/mnsc.38.6.884>.
    #[must_use]
    pub fn in_common(self) -> Self {
        Self { is_common: true, ..self }
    }

    /// The moment that is `day` days after the start of the first month, where a fraction is part of a day.
    pub fn place(&self, day: f64) -> f64 {
        let last = self.places.len() - 1;
        if day >= last as f64 {
            // After the last month precision does not matter.
            return self.places[last] + (day - last as f64) / 30.0;
        }
        if day < 0.0 {
            return day / 30.0;
        }
        let whole = day as usize;
        self.places[whole] + (self.places[whole + 1] - self.places[whole]) * (day - whole as f64)
    }

    fn simulated_position(
        &self,
        plan: &Plan,
        assumptions: &Assumptions<'_>,
        head: &HeadcountLine,
        day: NaiveDate,
        cost: &PositionCost,
    ) -> Option<SimulatedPosition> {
        let ends = head.until.map_or(f64::INFINITY, |last| self.months.end(last));
        if ends <= 0.0 {
            return None;
        }
        let learning = Learning::of(plan, assumptions, head);
        let net = net(&learning);
        let subject = head.subject(plan);
        let known = head.from.map_or(day, |from| from.max(day));
        let of_day = |day: &NaiveDate| {
            let yearly = assumptions.number("attrition", subject, *day).as_f64();
            (self.months.place(*day), attrition::hazard(yearly))
        };
        let mut hazard: Vec<(f64, f64)> = self.attrition_days.iter().map(of_day).collect();
        hazard.dedup_by(|next, last| next.1 == last.1);
        let position = head.position.and_then(|id| plan.positions.get(id)).filter(|_| head.is_planned);
        let entry = match position.zip(head.from) {
            Some((position, starts)) => self.awaited(assumptions, position, starts, day),
            None => PositionEntry::There {
                from: head.from.map_or(f64::NEG_INFINITY, |from| self.months.place(from)),
                since: head.since.map_or(-(net.settles_after() as f64), |since| self.months.place(since)),
                once: cost.start,
            },
        };
        let mut months = cost.months.clone();
        months.resize(self.months.len(), 0.0);
        let hiring = hiring(assumptions, subject, known);
        let hire_cost = cost.hire.clone();
        Some(SimulatedPosition {
            identity: 0,
            fte: head.fte,
            entry,
            hiring,
            net,
            hazard,
            ends,
            cost: months,
            hire_cost,
        })
    }

    /// How a planned hire is made. One whose day has passed is still to be made.
    fn awaited(
        &self,
        assumptions: &Assumptions<'_>,
        position: &Position,
        starts: NaiveDate,
        day: NaiveDate,
    ) -> PositionEntry {
        let number = |day: NaiveDate| (day - self.months.first_day(0)).num_days() as f64;
        let today = number(day);
        if !is_sought(position) {
            return PositionEntry::Offered { from: today, starts: number(starts).max(today) };
        }
        let opens = number(Vacancy::before(assumptions, position, starts).opens);
        let approval = assumptions.days("approval-time", Subject::position(position, None), day) as f64;
        match position.status {
            Status::Open => PositionEntry::Sought { opens, elapsed: (today - opens).max(0.0) },
            // A position that is not open cannot have been opened in the past, nor without approval.
            Status::Approved => PositionEntry::Sought { opens: opens.max(today), elapsed: 0.0 },
            _ => PositionEntry::Sought { opens: opens.max(today + approval), elapsed: 0.0 },
        }
    }
}

/// What a line is known by in every plan, by keys; `nth` of those that a pooled position stands for.
fn identity(plan: &Plan, head: &HeadcountLine, nth: usize) -> u64 {
    let key = |entity: Option<EntityRef>| entity.map_or("", |entity| plan.key_of(entity));
    let keys = (key(head.position.map(Into::into)), key(head.person.map(Into::into)));
    FxBuildHasher.hash_one((keys, head.is_planned, nth))
}

/// The first day, and each later one on which an assumption about attrition begins or has ended.
fn attrition_days(plan: &Plan, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let rows = plan.assumptions.iter().filter(|row| row.kind == "attrition");
    let ends = rows.flat_map(|row| [row.from, row.until.and_then(|last| last.succ_opt())]);
    let mut days: Vec<NaiveDate> = ends.flatten().filter(|day| first < *day && *day <= last).collect();
    days.push(first);
    days.sort_unstable();
    days.dedup();
    days
}

fn net(learning: &Learning) -> Curve {
    let months = learning.ramp.settles_after().max(learning.mentoring.settles_after()) + 1;
    let at = |month: usize| learning.ramp.at(month as f64) - learning.mentoring.at(month as f64);
    Curve::new(&(0..months).map(at).collect::<Vec<_>>())
}

fn hiring(assumptions: &Assumptions<'_>, subject: Subject<'_>, day: NaiveDate) -> Hiring {
    let number = |kind| assumptions.number(kind, subject, day).as_f64();
    let days = |kind| assumptions.days(kind, subject, day) as f64;
    Hiring {
        time_to_fill: days("time-to-fill"),
        spread: spread_of(number("time-to-fill-spread")),
        acceptance: number("offer-acceptance"),
        next_offer: days("next-offer"),
        notice: days("notice"),
        ramp_spread: spread_of(number("ramp-spread")),
        interviews: interview_months(assumptions, subject, day),
    }
}
