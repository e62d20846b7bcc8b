//! Cost lines: an occupancy cut into ranges of days on which its cost does not change.

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Assignment, Assumption, AssumptionId, Currency, Decimal6, Money, PersonId, Plan, Position, PositionId,
    Rate, money::divided,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    compensation::{
        CompensationFigure, CompensationTerms, CompensationTimeline, CompensationTimelines, CostCalendar,
        Value, YearlyRaise,
    },
    component::{COMPONENTS, Component},
    currency::{RateOnDay, Rates},
};
use crate::{
    assumptions::{Assumptions, Subject},
    hiring::{Occupancy, distinct_incumbents},
};

/// Setting that says which pay of a range is used.
pub const PAY_RANGE: &str = "pay-range";

/// Which pay is used if a position has a range and the person's own pay is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayInRange {
    Low,
    /// The default.
    #[default]
    Middle,
    High,
}

impl PayInRange {
    pub const ALL: [PayInRange; 3] = [PayInRange::Low, PayInRange::Middle, PayInRange::High];

    /// Value of the setting.
    pub fn word(self) -> &'static str {
        match self {
            PayInRange::Low => "low",
            PayInRange::Middle => "middle",
            PayInRange::High => "high",
        }
    }

    /// The choice of a plan.
    pub fn of(plan: &Plan) -> Self {
        let said = plan.setting(PAY_RANGE);
        Self::ALL.into_iter().find(|choice| Some(choice.word()) == said).unwrap_or_default()
    }

    /// Pay of a position per year, full time.
    pub fn pay(self, position: &Position) -> Option<Money> {
        let low = position.pay?;
        let high = position.pay_up_to.unwrap_or(low);
        let minor = match self {
            PayInRange::Low => low.minor,
            PayInRange::Middle => divided(i128::from(low.minor) + i128::from(high.minor), 2),
            PayInRange::High => high.minor,
        };
        Some(Money::new(minor, low.currency))
    }
}

/// Where base pay comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaySaidBy {
    /// Pay of the assignment.
    Person,
    Position,
    /// The assumption `base`.
    Assumption(AssumptionId),
}

/// A range of days of an occupancy on which its cost does not change.
#[derive(Debug, Clone)]
pub struct Line {
    /// Index of the occupancy.
    pub occupancy: usize,
    /// First and last day, within the period.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub fte: Decimal6,
    /// Number of people, for caps: one, or as many as a pooled position counts.
    pub people: Decimal6,
    /// Yearly amount of each component, in the smallest unit of the plan's currency.
    pub yearly: [i64; COMPONENTS],
    /// One-off cost on the first day of the occupancy.
    pub once: Option<Once>,
    /// Full-time yearly pay before raises, and its source; none if unknown.
    pub pay: Option<(Money, PaySaidBy)>,
    /// Raises in effect, in order.
    pub raises: Vec<YearlyRaise>,
    /// Exchange rate of the pay.
    pub rate: Option<RateOnDay>,
    /// Index of its compensation timeline, and of the terms in it.
    pub course: usize,
    pub terms: usize,
}

/// One-off cost of a new hire, in the smallest unit of the plan's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    pub day: NaiveDate,
    pub equipment: i64,
    pub recruiting: i64,
}

impl Line {
    /// Yearly cost, fully loaded, without one-off cost.
    pub fn yearly_cost(&self) -> i64 {
        self.yearly.iter().fold(0, |sum: i64, amount| sum.saturating_add(*amount))
    }

    /// Days of this line in the month that begins on `month`.
    pub fn days_in(&self, month: NaiveDate) -> i64 {
        let last = last_day(month);
        (self.until.min(last) - self.from.max(month)).num_days().saturating_add(1).max(0)
    }

    /// Cost in a month, one-off cost included.
    ///
    /// Of each component it is the yearly amount up to the last day paid less that up to the day before the first,
    /// both since January and rounded half away from zero, so that months and parts of months add up to the whole.
    pub fn cost_in(&self, month: NaiveDate) -> i64 {
        let (days, length) = (self.days_in(month), i128::from(days_of(month)));
        if days == 0 {
            return 0;
        }
        let begin = i128::from((self.from.max(month) - month).num_days());
        let before = i128::from(month.month0()) * length + begin;
        let up_to = |yearly: &i64, days: i128| divided(i128::from(*yearly) * days, 12 * length);
        let share = |yearly: &i64| up_to(yearly, before + i128::from(days)) - up_to(yearly, before);
        let monthly = self.yearly.iter().map(share).fold(0, i64::saturating_add);
        let once = self.once.filter(|once| same_month(once.day, month));
        monthly.saturating_add(once.map_or(0, |once| once.equipment.saturating_add(once.recruiting)))
    }
}

pub fn same_month(day: NaiveDate, month: NaiveDate) -> bool {
    (day.year(), day.month()) == (month.year(), month.month())
}

/// Number of days of the month.
pub fn days_of(month: NaiveDate) -> i64 {
    (last_day(month) - first_day(month)).num_days() + 1
}

pub fn first_day(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

pub fn last_day(day: NaiveDate) -> NaiveDate {
    let next = first_day(day).checked_add_months(chrono::Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// A cost that is missing because the plan says too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingCost {
    /// The pay of the position is unknown.
    Pay(PositionId),
    /// No exchange rate on the first day on which this position needs one.
    Rate(Currency, PositionId, NaiveDate),
    /// A yearly raise without a first day: it is unknown since when it was given.
    UndatedRaise(AssumptionId),
}

pub(super) struct LineBuilder<'a> {
    pub plan: &'a Plan,
    pub rates: &'a Rates<'a>,
    pub calendar: &'a CostCalendar,
    pub until: NaiveDate,
    pub range: PayInRange,
    pub lines: Vec<Line>,
    pub missing: Vec<MissingCost>,
    /// Missing rates already reported: once per position and currency.
    reported: FxHashSet<(Currency, PositionId)>,
}

impl<'a> LineBuilder<'a> {
    /// Adds the lines of every occupancy.
    pub fn run(&mut self, occupancies: &'a [Occupancy], courses: &mut CompensationTimelines<'a>) {
        let pay_of = self.own_pay();
        let starts = first_starts(self.plan, occupancies);
        for (at, occupancy) in occupancies.iter().enumerate() {
            let Some(position) = self.plan.positions.get(occupancy.position) else { continue };
            let course = courses.of(Subject::position(position, occupancy.person));
            let days = (occupancy.from, occupancy.until);
            let own = occupancy.person.and_then(|person| pay_of.get(&(position.id, person, days)).copied());
            let is_start =
                !position.pooled && occupancy.person.is_none_or(|person| starts.get(&person) == Some(&at));
            let seat = CostedPosition { at, occupancy, position, own, is_start, course };
            self.add(&seat, &courses.courses[course]);
        }
    }

    /// Pay of people, by the occupancy that their assignments add up to.
    fn own_pay(&self) -> FxHashMap<(PositionId, PersonId, Days), Money> {
        let mut rows: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
        for row in self.plan.assignments.iter() {
            rows.entry(row.position).or_default().push(row);
        }
        let of_position = |(id, rows): (PositionId, Vec<&Assignment>)| {
            self.plan
                .positions
                .get(id)
                .map_or_else(Vec::new, |position| distinct_incumbents(self.plan, position, &rows))
        };
        let said = rows.into_iter().flat_map(of_position);
        said.filter_map(|(occupancy, pay)| {
            Some(((occupancy.position, occupancy.person?, (occupancy.from, occupancy.until)), pay?))
        })
        .collect()
    }

    fn add(&mut self, seat: &CostedPosition<'_>, course: &CompensationTimeline) {
        let first = self.lines.len();
        for (nth, begins) in self.calendar.range_starts.iter().enumerate() {
            let next = self.calendar.range_starts.get(nth + 1).and_then(|next| next.pred_opt());
            let ends = next.unwrap_or(self.until);
            let from = seat.occupancy.from.map_or(*begins, |from| from.max(*begins));
            let until = seat.occupancy.until.map_or(ends, |until| until.min(ends));
            if from > until {
                continue;
            }
            let line = self.line(seat, course, nth, (from, until));
            match self.lines[first..].last_mut() {
                // Nothing changed for this position. Pay of zero differs from unknown pay.
                Some(last) if last.yearly == line.yearly && last.pay.is_some() == line.pay.is_some() => {
                    last.until = line.until;
                }
                _ => self.lines.push(line),
            }
        }
        let position = seat.position.id;
        if self.lines[first..].iter().any(|line| line.pay.is_none()) {
            self.missing.push(MissingCost::Pay(position));
        }
    }

    fn line(
        &mut self,
        seat: &CostedPosition<'_>,
        course: &CompensationTimeline,
        nth: usize,
        (from, until): (NaiveDate, NaiveDate),
    ) -> Line {
        let terms = &course.terms[nth];
        let said = seat.own.map(|pay| (pay, PaySaidBy::Person, seat.occupancy.from)).or_else(|| {
            self.range.pay(seat.position).map(|pay| (pay, PaySaidBy::Position, seat.occupancy.from)).or_else(
                || {
                    let (row, pay, since) = terms.base?;
                    Some((pay, PaySaidBy::Assumption(row), since.max(seat.occupancy.from)))
                },
            )
        });
        let since = said.and_then(|(_, _, since)| since);
        let is_given =
            |raise: &&YearlyRaise| raise.day <= from && since.is_none_or(|since| since < raise.day);
        let raises: Vec<YearlyRaise> = course.raises.iter().filter(is_given).copied().collect();
        let people = if seat.position.pooled { seat.position.fte } else { Decimal6::ONE };
        let mut line = Line {
            occupancy: seat.at,
            from,
            until,
            fte: seat.position.fte,
            people,
            yearly: [0; COMPONENTS],
            once: None,
            pay: said.map(|(pay, by, _)| (pay, by)),
            rate: said.and_then(|(pay, ..)| self.rate(pay.currency, seat, from)),
            raises,
            course: seat.course,
            terms: nth,
        };
        self.fill(&mut line, seat, terms);
        line
    }

    /// The rate of a currency; reports it as missing if there is none.
    fn rate(&mut self, currency: Currency, seat: &CostedPosition<'_>, day: NaiveDate) -> Option<RateOnDay> {
        let found = self.rates.on(currency, day);
        if found.is_none() && self.reported.insert((currency, seat.position.id)) {
            self.missing.push(MissingCost::Rate(currency, seat.position.id, day));
        }
        found
    }

    fn fill(&mut self, line: &mut Line, seat: &CostedPosition<'_>, terms: &CompensationTerms) {
        let base = match (line.pay, line.rate) {
            (Some((pay, _)), Some(on)) => {
                let raised = line.raises.iter().fold(pay.minor, |pay, raise| raised(pay, raise.share));
                self.rates.convert(Money::new(raised, pay.currency), on.rate, line.fte.millionths())
            }
            _ => 0,
        };
        line.yearly[Component::Base as usize] = base;
        let figure = |this: &mut Self, figure: &CompensationFigure, basis: i64| match figure.value {
            Value::Share(share, None) => share.of(basis),
            Value::Share(share, Some(cap)) => {
                let rate = this.rate(cap.currency, seat, line.from).map(|on| on.rate);
                // Without a rate the cap is unknown and not applied.
                let cap =
                    rate.map_or(i64::MAX, |rate| this.rates.convert(cap, rate, line.people.millionths()));
                share.of(basis.min(cap))
            }
            Value::Amount(amount) => {
                let rate = this
                    .rate(amount.currency, seat, line.from)
                    .map_or(Rate::from_billionths(0), |on| on.rate);
                this.rates.convert(amount, rate, line.fte.millionths())
            }
        };
        let variable = terms.variable.as_ref().map_or(0, |said| figure(self, said, base));
        line.yearly[Component::Variable as usize] = variable;
        for (component, said) in &terms.on_top {
            let basis =
                if *component == Component::EmployerTax { base.saturating_add(variable) } else { base };
            let amount = figure(self, said, basis);
            let place = &mut line.yearly[*component as usize];
            *place = place.saturating_add(amount);
        }
        if let Some(burden) = &terms.burden {
            line.yearly[Component::Burden as usize] = figure(self, burden, base);
        }
        if seat.is_start && seat.occupancy.from == Some(line.from) {
            let equipment = terms.equipment_once.iter().map(|said| figure(self, said, base));
            let equipment = equipment.fold(0, i64::saturating_add);
            let recruiting = terms.recruiting.as_ref().map_or(0, |said| figure(self, said, base));
            line.once = Some(Once { day: line.from, equipment, recruiting });
        }
    }
}

/// Pay after a raise, in whole smallest units.
pub fn raised(pay: i64, share: Decimal6) -> i64 {
    divided(i128::from(pay) * (1_000_000 + i128::from(share.millionths())), 1_000_000)
}

/// First and last day.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

struct CostedPosition<'a> {
    at: usize,
    occupancy: &'a Occupancy,
    position: &'a Position,
    /// Pay of the assignment.
    own: Option<Money>,
    /// Whether a new hire starts, and nobody who moves from another position.
    is_start: bool,
    course: usize,
}

/// Index of the occupancy with which each person joins: the first one, unless they were employed before it.
fn first_starts(plan: &Plan, occupancies: &[Occupancy]) -> FxHashMap<PersonId, usize> {
    let mut first: FxHashMap<PersonId, usize> = FxHashMap::default();
    for (at, occupancy) in occupancies.iter().enumerate() {
        let Some(person) = occupancy.person else { continue };
        let known = first.entry(person).or_insert(at);
        if occupancy.from < occupancies[*known].from {
            *known = at;
        }
    }
    first.retain(|person, at| {
        let hired = plan.people.get(*person).and_then(|person| person.from);
        hired.is_none_or(|hired| occupancies[*at].from.is_none_or(|from| from <= hired))
    });
    first
}

/// Lines, compensation timelines and missing costs of all occupancies in a period, in their order.
pub(super) fn lines<'a>(
    plan: &'a Plan,
    assumptions: &'a Assumptions<'a>,
    rates: &'a Rates<'a>,
    occupancies: &'a [Occupancy],
    (from, until): (NaiveDate, NaiveDate),
) -> (Vec<Line>, Vec<CompensationTimeline>, Vec<MissingCost>) {
    let calendar = CostCalendar::new(plan, rates, from, until);
    let mut courses = CompensationTimelines::new(plan, assumptions, &calendar);
    let assumptions_in_order = plan.in_order::<Assumption>().into_iter();
    let undated = assumptions_in_order.filter(|row| row.kind == "merit" && row.from.is_none());
    let mut builder = LineBuilder {
        plan,
        rates,
        calendar: &calendar,
        until,
        range: PayInRange::of(plan),
        lines: Vec::with_capacity(occupancies.len() * 2),
        missing: undated.map(|row| MissingCost::UndatedRaise(row.id)).collect(),
        reported: FxHashSet::default(),
    };
    builder.run(occupancies, &mut courses);
    let LineBuilder { lines, missing, .. } = builder;
    (lines, courses.courses, missing)
}
