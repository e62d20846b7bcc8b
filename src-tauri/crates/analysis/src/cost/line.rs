//! What a stay costs, stretch by stretch.

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Assignment, AssumptionId, Currency, Decimal6, Money, PersonId, Plan, Position, PositionId, Rate,
    money::divided,
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

/// The setting that says which pay is taken from a range.
pub const PAY_RANGE: &str = "pay-range";

/// Which pay is taken where a position says a range and nobody's own pay is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayInRange {
    Low,
    /// Neither hopeful nor fearful; what a plan takes that says nothing.
    #[default]
    Middle,
    High,
}

impl PayInRange {
    pub const ALL: [PayInRange; 3] = [PayInRange::Low, PayInRange::Middle, PayInRange::High];

    pub fn word(self) -> &'static str {
        match self {
            PayInRange::Low => "low",
            PayInRange::Middle => "middle",
            PayInRange::High => "high",
        }
    }

    pub fn of(plan: &Plan) -> Self {
        let said = plan.setting(PAY_RANGE);
        Self::ALL.into_iter().find(|choice| Some(choice.word()) == said).unwrap_or_default()
    }

    /// The pay of a position, a year, full time.
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

/// Who says the base pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaySaidBy {
    /// The person's own pay.
    Person,
    Position,
    /// The assumption `base`.
    Assumption(AssumptionId),
}

/// Days of a stay on which nothing that it costs changes.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which of the stays.
    pub occupancy: usize,
    /// Both included, within the days looked at.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub fte: Decimal6,
    /// How many people the seat stands for, where caps are concerned: one, or as many as a pooled seat counts.
    pub people: Decimal6,
    /// What each component costs a year, in the plan's currency.
    pub yearly: [i64; COMPONENTS],
    /// Paid on the first day of the stay: equipment, and recruiting.
    pub once: Option<Once>,
    /// Full-time pay a year before raises; none where nobody says.
    pub pay: Option<(Money, PaySaidBy)>,
    /// What the pay has been raised by until then, in order.
    pub raises: Vec<YearlyRaise>,
    pub rate: Option<RateOnDay>,
    /// Where its figures are: the course, and which terms of it.
    pub course: usize,
    pub terms: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    pub day: NaiveDate,
    pub equipment: i64,
    pub recruiting: i64,
}

impl Line {
    /// What the seat costs a year, fully loaded, without what is paid once.
    pub fn yearly_cost(&self) -> i64 {
        self.yearly.iter().fold(0, |sum: i64, amount| sum.saturating_add(*amount))
    }

    /// Days of this line in the month that begins on this day.
    pub fn days_in(&self, month: NaiveDate) -> i64 {
        let last = last_day(month);
        (self.until.min(last) - self.from.max(month)).num_days().saturating_add(1).max(0)
    }

    /// What it costs in a month, and what is paid once. Of each component a month is what the calendar year's amount
    /// comes to by the last day that is paid less what it came to before the first one, both rounded half away from
    /// zero to the smallest unit: so the months of a year, and the parts of a month, add up to the whole.
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

/// How many days the month has.
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

/// Something that is not in the cost because the plan does not say enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissingCost {
    /// Nobody says what the seat is paid.
    Pay(PositionId),
    /// There is no exchange rate on the first day on which this seat needs one.
    Rate(Currency, PositionId, NaiveDate),
    /// A yearly raise without a first day: nobody can say since when it has been given.
    UndatedRaise(AssumptionId),
}

pub(super) struct Reckoning<'a> {
    pub plan: &'a Plan,
    pub rates: &'a Rates<'a>,
    pub calendar: &'a CostCalendar,
    pub until: NaiveDate,
    pub range: PayInRange,
    pub lines: Vec<Line>,
    pub missing: Vec<MissingCost>,
    /// Rates that are missing are told once a seat.
    told: FxHashSet<(Currency, PositionId)>,
}

impl<'a> Reckoning<'a> {
    /// Adds the lines of every stay.
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

    /// What people are paid, by the stay that their assignments come to.
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
        for (nth, begins) in self.calendar.stretches.iter().enumerate() {
            let next = self.calendar.stretches.get(nth + 1).and_then(|next| next.pred_opt());
            let ends = next.unwrap_or(self.until);
            let from = seat.occupancy.from.map_or(*begins, |from| from.max(*begins));
            let until = seat.occupancy.until.map_or(ends, |until| until.min(ends));
            if from > until {
                continue;
            }
            let line = self.line(seat, course, nth, (from, until));
            match self.lines[first..].last_mut() {
                // Nothing changed for this seat. To be paid nothing is not the same as that nobody says.
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

    /// The rate of a currency; tells it where there is none.
    fn rate(&mut self, currency: Currency, seat: &CostedPosition<'_>, day: NaiveDate) -> Option<RateOnDay> {
        let found = self.rates.on(currency, day);
        if found.is_none() && self.told.insert((currency, seat.position.id)) {
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
                // Without a rate the cap cannot be told, and the whole is taken.
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

/// Pay after a raise, to the smallest unit.
pub fn raised(pay: i64, share: Decimal6) -> i64 {
    divided(i128::from(pay) * (1_000_000 + i128::from(share.millionths())), 1_000_000)
}

/// First and last.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

struct CostedPosition<'a> {
    at: usize,
    occupancy: &'a Occupancy,
    position: &'a Position,
    /// The person's own pay.
    own: Option<Money>,
    /// Somebody new starts: not a move from another seat.
    is_start: bool,
    course: usize,
}

/// Of each person the stay with which they start: the first one, unless they were employed before.
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

/// The lines of all stays between two days, with what is missing, in the order of the stays.
pub(super) fn lines<'a>(
    plan: &'a Plan,
    assumptions: &'a Assumptions<'a>,
    rates: &'a Rates<'a>,
    occupancies: &'a [Occupancy],
    (from, until): (NaiveDate, NaiveDate),
) -> (Vec<Line>, Vec<CompensationTimeline>, Vec<MissingCost>) {
    let calendar = CostCalendar::new(plan, rates, from, until);
    let mut courses = CompensationTimelines::new(plan, assumptions, &calendar);
    let undated = plan.assumptions.iter().filter(|row| row.kind == "merit" && row.from.is_none());
    let mut reckoning = Reckoning {
        plan,
        rates,
        calendar: &calendar,
        until,
        range: PayInRange::of(plan),
        lines: Vec::with_capacity(occupancies.len() * 2),
        missing: undated.map(|row| MissingCost::UndatedRaise(row.id)).collect(),
        told: FxHashSet::default(),
    };
    reckoning.run(occupancies, &mut courses);
    let Reckoning { lines, missing, .. } = reckoning;
    (lines, courses.courses, missing)
}
