//! Compensation timelines: which figures hold for a position on which days. Positions that no assumption tells apart
//! share one.

use chrono::{Datelike, NaiveDate};
use headroom_model::{Assumption, AssumptionId, AssumptionValue, Decimal6, Entity, Money, Plan};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    component::{Component, KINDS},
    currency::Rates,
};
use crate::assumptions::{Assumptions, Subject, kind};

/// A rate or an amount, and the assumption it comes from; none for a default.
#[derive(Debug, Clone, PartialEq)]
pub struct CompensationFigure {
    pub row: Option<AssumptionId>,
    pub value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Fraction of pay up to the cap, per year.
    Share(Decimal6, Option<Money>),
    /// Per year for a full-time position; once, for one-off cost.
    Amount(Money),
}

impl CompensationFigure {
    fn of(row: &Assumption) -> Option<Self> {
        Some(Self { row: Some(row.id), value: value(&row.value, row.cap)? })
    }
}

fn value(said: &AssumptionValue, cap: Option<Money>) -> Option<Value> {
    match said {
        AssumptionValue::Amount(money) => Some(Value::Amount(*money)),
        AssumptionValue::Share(share) => Some(Value::Share(*share, cap)),
        AssumptionValue::Number(_) | AssumptionValue::Curve(_) | AssumptionValue::DaysOff(_) => None,
    }
}

/// Terms that hold on all days of one range of the calendar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CompensationTerms {
    /// Base pay from an assumption, with its first day; used if neither person nor position has pay.
    pub base: Option<(AssumptionId, Money, Option<NaiveDate>)>,
    pub variable: Option<CompensationFigure>,
    pub on_top: Vec<(Component, CompensationFigure)>,
    /// Only without anything in `on_top`.
    pub burden: Option<CompensationFigure>,
    pub equipment_once: Vec<CompensationFigure>,
    pub recruiting: Option<CompensationFigure>,
}

/// A raise of base pay on a 1 January.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearlyRaise {
    pub day: NaiveDate,
    pub row: AssumptionId,
    pub share: Decimal6,
}

/// Terms and raises of a position over the whole period.
#[derive(Debug)]
pub struct CompensationTimeline {
    /// One for each range of the calendar, in order.
    pub terms: Vec<CompensationTerms>,
    pub raises: Vec<YearlyRaise>,
}

/// Days on which the cost of a position may change.
#[derive(Debug)]
pub struct CostCalendar {
    /// First days of the ranges, in order.
    pub range_starts: Vec<NaiveDate>,
    /// Each 1 January that may bring a raise, also before the period.
    januaries: Vec<NaiveDate>,
}

/// Most years before the period for which raises are applied.
const RAISES_AT_MOST: i32 = 60;

impl CostCalendar {
    pub fn new(plan: &Plan, rates: &Rates<'_>, from: NaiveDate, until: NaiveDate) -> Self {
        let rows = plan.assumptions.iter().filter(|row| KINDS.contains(&row.kind.as_str()));
        let ends = |row: &Assumption| [row.from, row.until.and_then(|last| last.succ_opt())];
        let mut range_starts: Vec<NaiveDate> = rows.flat_map(|row| ends(row).into_iter().flatten()).collect();
        range_starts.extend(rates.days());
        let merit = plan.assumptions.iter().filter(|row| row.kind == "merit").filter_map(|row| row.from);
        let januaries: Vec<NaiveDate> = merit.min().map_or_else(Vec::new, |first| {
            let first = first.year().max(from.year() - RAISES_AT_MOST);
            (first..=until.year()).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).collect()
        });
        range_starts.extend(&januaries);
        range_starts.retain(|day| from < *day && *day <= until);
        range_starts.push(from);
        range_starts.sort_unstable();
        range_starts.dedup();
        Self { range_starts, januaries }
    }
}

/// The first of these days, and each later one on which the cost of a position may change.
pub(crate) fn days_of_change(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    CostCalendar::new(plan, &Rates::new(plan), from, until).range_starts
}

/// What an assumption can name other than a position or a person.
type SharedKey<'a> = (&'a str, &'a str, &'a str, Option<headroom_model::TeamId>);

/// Builds the timeline of each position, and shares it between positions with the same key.
pub struct CompensationTimelines<'a> {
    assumptions: &'a Assumptions<'a>,
    calendar: &'a CostCalendar,
    /// Positions and people that an assumption names; they have timelines of their own.
    named: FxHashSet<u64>,
    known: FxHashMap<SharedKey<'a>, usize>,
    /// Timelines built so far.
    pub courses: Vec<CompensationTimeline>,
}

impl<'a> CompensationTimelines<'a> {
    pub fn new(plan: &Plan, assumptions: &'a Assumptions<'a>, calendar: &'a CostCalendar) -> Self {
        let names = |row: &Assumption| [row.position.map(|id| id.0), row.person.map(|id| id.0)];
        let named = plan.assumptions.iter().flat_map(|row| names(row).into_iter().flatten()).collect();
        Self { assumptions, calendar, named, known: FxHashMap::default(), courses: Vec::new() }
    }

    /// Index of the subject's timeline in [`CompensationTimelines::courses`].
    pub fn of(&mut self, subject: Subject<'a>) -> usize {
        let ids = [subject.position.map(|id| id.0), subject.person.map(|id| id.0)];
        if ids.into_iter().flatten().any(|id| self.named.contains(&id)) {
            return self.find(subject);
        }
        let alike = (subject.level, subject.discipline, subject.location, subject.team);
        if let Some(known) = self.known.get(&alike) {
            return *known;
        }
        let found = self.find(subject);
        self.known.insert(alike, found);
        found
    }

    fn find(&mut self, subject: Subject<'_>) -> usize {
        let terms = self.calendar.range_starts.iter().map(|day| self.terms(subject, *day)).collect();
        let raise = |day: &NaiveDate| {
            let row =
                self.assumptions.most_specific("merit", subject, *day).filter(|row| row.from.is_some())?;
            match row.value {
                AssumptionValue::Share(share) => Some(YearlyRaise { day: *day, row: row.id, share }),
                _ => None,
            }
        };
        let raises = self.calendar.januaries.iter().filter_map(raise).collect();
        self.courses.push(CompensationTimeline { terms, raises });
        self.courses.len() - 1
    }

    fn terms(&self, subject: Subject<'_>, day: NaiveDate) -> CompensationTerms {
        let one = |kind: &str| self.assumptions.most_specific(kind, subject, day);
        let each = |kind: &str| {
            self.assumptions.each_label(kind, subject, day).into_iter().filter_map(CompensationFigure::of)
        };
        let on_top: Vec<(Component, CompensationFigure)> = Component::ON_TOP
            .into_iter()
            .flat_map(|component| each(component.kind()).map(move |figure| (component, figure)))
            .collect();
        let burden = on_top
            .is_empty()
            .then(|| one("burden").and_then(CompensationFigure::of).or_else(default_burden))
            .flatten();
        let base = one("base").and_then(|row| match row.value {
            AssumptionValue::Amount(pay) => Some((row.id, pay, row.date_range().from)),
            _ => None,
        });
        CompensationTerms {
            base,
            variable: one("variable").and_then(CompensationFigure::of),
            on_top,
            burden,
            equipment_once: each("equipment-once").collect(),
            recruiting: one("recruiting").and_then(CompensationFigure::of),
        }
    }
}

fn default_burden() -> Option<CompensationFigure> {
    let said = kind("burden")?.default?.parse().ok()?;
    Some(CompensationFigure { row: None, value: value(&said, None)? })
}
