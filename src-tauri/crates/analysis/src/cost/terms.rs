//! Which figures hold for a seat on which days. Seats alike share what is found.

use chrono::{Datelike, NaiveDate};
use headroom_model::{Assumption, AssumptionId, Entity, Fraction, Money, Plan, Quantity};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    component::{Component, KINDS},
    currency::Rates,
};
use crate::assumptions::{Assumptions, Subject, kind};

/// A rate or an amount, and the assumption that says it; none for a default.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub row: Option<AssumptionId>,
    pub value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Of pay up to the cap, a year.
    Share(Fraction, Option<Money>),
    /// A year for a full-time seat; once, for what is paid at the start.
    Amount(Money),
}

impl Figure {
    fn of(row: &Assumption) -> Option<Self> {
        Some(Self { row: Some(row.id), value: value(&row.value, row.cap)? })
    }
}

fn value(said: &Quantity, cap: Option<Money>) -> Option<Value> {
    match said {
        Quantity::Amount(money) => Some(Value::Amount(*money)),
        Quantity::Share(share) => Some(Value::Share(*share, cap)),
        Quantity::Number(_) | Quantity::Curve(_) | Quantity::DaysOff(_) => None,
    }
}

/// What holds on all days of one stretch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// Base pay, where neither the person nor the position says, and the first day of that assumption.
    pub base: Option<(AssumptionId, Money, Option<NaiveDate>)>,
    pub variable: Option<Figure>,
    pub on_top: Vec<(Component, Figure)>,
    /// Only where nothing is said on top.
    pub burden: Option<Figure>,
    pub equipment_once: Vec<Figure>,
    pub recruiting: Option<Figure>,
}

/// A raise of the base on a 1 January.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raise {
    pub day: NaiveDate,
    pub row: AssumptionId,
    pub share: Fraction,
}

/// What holds for seats alike, from the first day looked at to the last.
#[derive(Debug)]
pub struct Course {
    /// One for each stretch of [`Terms`], as [`Calendar::stretches`] has them.
    pub terms: Vec<Terms>,
    pub raises: Vec<Raise>,
}

/// The days on which what a seat costs may change.
#[derive(Debug)]
pub struct Calendar {
    /// First days, in order.
    pub stretches: Vec<NaiveDate>,
    /// Each 1 January on which there may be a raise, also before the first day looked at.
    januaries: Vec<NaiveDate>,
}

/// Nobody is raised more often than this before the days looked at.
const RAISES_AT_MOST: i32 = 60;

impl Calendar {
    pub fn new(plan: &Plan, rates: &Rates<'_>, from: NaiveDate, until: NaiveDate) -> Self {
        let rows = plan.assumptions.iter().filter(|row| KINDS.contains(&row.kind.as_str()));
        let ends = |row: &Assumption| [row.from, row.until.and_then(|last| last.succ_opt())];
        let mut stretches: Vec<NaiveDate> = rows.flat_map(|row| ends(row).into_iter().flatten()).collect();
        stretches.extend(rates.days());
        let merit = plan.assumptions.iter().filter(|row| row.kind == "merit").filter_map(|row| row.from);
        let januaries: Vec<NaiveDate> = merit.min().map_or_else(Vec::new, |first| {
            let first = first.year().max(from.year() - RAISES_AT_MOST);
            (first..=until.year()).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).collect()
        });
        stretches.extend(&januaries);
        stretches.retain(|day| from < *day && *day <= until);
        stretches.push(from);
        stretches.sort_unstable();
        stretches.dedup();
        Self { stretches, januaries }
    }
}

/// The first of these days, and each on which what a seat costs may change.
pub(crate) fn days_of_change(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    Calendar::new(plan, &Rates::new(plan), from, until).stretches
}

/// What seats share: all that an assumption can be about but the position and the person.
type Alike<'a> = (&'a str, &'a str, &'a str, Option<headroom_model::TeamId>);

/// Finds the course of each seat, and remembers it for seats alike.
pub struct Courses<'a> {
    assumptions: &'a Assumptions<'a>,
    calendar: &'a Calendar,
    /// Positions and people that an assumption names: those are looked at one by one.
    named: FxHashSet<u32>,
    known: FxHashMap<Alike<'a>, usize>,
    /// Of one seat alone where it is named.
    pub courses: Vec<Course>,
}

impl<'a> Courses<'a> {
    pub fn new(plan: &Plan, assumptions: &'a Assumptions<'a>, calendar: &'a Calendar) -> Self {
        let names = |row: &Assumption| [row.position.map(|id| id.0), row.person.map(|id| id.0)];
        let named = plan.assumptions.iter().flat_map(|row| names(row).into_iter().flatten()).collect();
        Self { assumptions, calendar, named, known: FxHashMap::default(), courses: Vec::new() }
    }

    /// The place of the seat's course in [`Courses::courses`].
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
        let terms = self.calendar.stretches.iter().map(|day| self.terms(subject, *day)).collect();
        let raise = |day: &NaiveDate| {
            let row =
                self.assumptions.most_specific("merit", subject, *day).filter(|row| row.from.is_some())?;
            match row.value {
                Quantity::Share(share) => Some(Raise { day: *day, row: row.id, share }),
                _ => None,
            }
        };
        let raises = self.calendar.januaries.iter().filter_map(raise).collect();
        self.courses.push(Course { terms, raises });
        self.courses.len() - 1
    }

    fn terms(&self, subject: Subject<'_>, day: NaiveDate) -> Terms {
        let one = |kind: &str| self.assumptions.most_specific(kind, subject, day);
        let each =
            |kind: &str| self.assumptions.each_label(kind, subject, day).into_iter().filter_map(Figure::of);
        let on_top: Vec<(Component, Figure)> = Component::ON_TOP
            .into_iter()
            .flat_map(|component| each(component.kind()).map(move |figure| (component, figure)))
            .collect();
        let burden =
            on_top.is_empty().then(|| one("burden").and_then(Figure::of).or_else(default_burden)).flatten();
        let base = one("base").and_then(|row| match row.value {
            Quantity::Amount(pay) => Some((row.id, pay, row.span().from)),
            _ => None,
        });
        Terms {
            base,
            variable: one("variable").and_then(Figure::of),
            on_top,
            burden,
            equipment_once: each("equipment-once").collect(),
            recruiting: one("recruiting").and_then(Figure::of),
        }
    }
}

fn default_burden() -> Option<Figure> {
    let said = kind("burden")?.default?.parse().ok()?;
    Some(Figure { row: None, value: value(&said, None)? })
}
