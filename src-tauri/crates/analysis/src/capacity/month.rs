//! Capacity by month and team: headcount, ramp-up, mentoring, interviews and expected attrition.

use chrono::NaiveDate;
use headroom_model::{Plan, TeamId};
use rustc_hash::FxHashMap;

use super::{Curve, HeadcountLine, Months, Vacancy, attrition, interview_months, is_sought};
use crate::assumptions::{Assumptions, Subject};

/// Capacity of one team or several in a month, in full-time people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Month {
    /// Full-time equivalent, on average over the month.
    pub headcount: f64,
    /// Output after ramp-up.
    pub output: f64,
    /// Time that colleagues spend on mentoring. It counts against the team that a new hire joins, even if nobody is
    /// there to mentor.
    pub mentoring: f64,
    /// Time spent on interviews, spread evenly over the days from opening to acceptance.
    pub interviews: f64,
    /// The same three figures with attrition: people leave at the rate of their group from the day of the calculation
    /// on, and are not replaced.
    pub expected_headcount: f64,
    pub expected_output: f64,
    pub expected_mentoring: f64,
    /// Positions that are being recruited for, on average over the month.
    pub requisitions: f64,
    /// People who join, and people whose last day is in the month.
    pub starts: u32,
    pub leaves: u32,
    /// At the end of the month: people who need mentoring, colleagues who can mentor, and how many those can take.
    pub learning: u32,
    pub mentors: u32,
    pub room: f64,
}

impl Month {
    /// Capacity left for the work itself.
    pub fn capacity(&self) -> f64 {
        self.output - self.mentoring - self.interviews
    }

    /// Capacity with expected attrition.
    pub fn expected_capacity(&self) -> f64 {
        self.expected_output - self.expected_mentoring - self.interviews
    }

    /// Capacity lost to ramp-up.
    pub fn lost_to_ramp(&self) -> f64 {
        self.headcount - self.output
    }

    /// Whether more people need mentoring than mentors can take.
    pub fn lacks_mentors(&self) -> bool {
        f64::from(self.learning) > self.room
    }

    /// Fraction of the mentors' time that mentoring takes; none without mentors.
    pub fn drag(&self) -> Option<f64> {
        (self.mentors > 0).then(|| self.mentoring / f64::from(self.mentors))
    }

    fn add(&mut self, other: &Month) {
        self.headcount += other.headcount;
        self.output += other.output;
        self.mentoring += other.mentoring;
        self.interviews += other.interviews;
        self.expected_headcount += other.expected_headcount;
        self.expected_output += other.expected_output;
        self.expected_mentoring += other.expected_mentoring;
        self.requisitions += other.requisitions;
        self.starts += other.starts;
        self.leaves += other.leaves;
        self.learning += other.learning;
        self.mentors += other.mentors;
        self.room += other.room;
    }
}

/// Ramp-up of a new hire, and the mentoring it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    pub ramp: Curve,
    pub mentoring: Curve,
}

impl Learning {
    /// Curves by the assumptions of the first day on the team. Without a known first day, by assumptions without a
    /// first day.
    pub fn of(plan: &Plan, assumptions: &Assumptions<'_>, head: &HeadcountLine) -> Self {
        let (subject, day) = (head.subject(plan), head.since.unwrap_or(NaiveDate::MIN));
        let mentoring = assumptions.curve("mentor-drag", subject, day);
        Self {
            ramp: Curve::from_fractions(&assumptions.curve("ramp", subject, day)),
            mentoring: if mentoring.is_empty() {
                Curve::new(&[0.0])
            } else {
                Curve::from_fractions(&mentoring)
            },
        }
    }

    /// Whether somebody still takes mentoring `months` after the start.
    pub fn is_learning(&self, months: f64) -> bool {
        self.mentoring.at(months) > 0.0
    }
}

/// The capacity of every team of a plan.
#[derive(Debug, Clone)]
pub struct Capacity {
    pub months: Months,
    by_team: FxHashMap<Option<TeamId>, Vec<Month>>,
    /// The teams of [`Capacity::by_team`] in the order of [`Plan::place_of`], none first.
    teams: Vec<Option<TeamId>>,
}

impl Capacity {
    /// `day` is the day from which attrition counts.
    pub fn new(
        plan: &Plan,
        assumptions: &Assumptions<'_>,
        heads: &[HeadcountLine],
        months: Months,
        day: NaiveDate,
    ) -> Self {
        CapacityBuilder { plan, assumptions, months: &months, day }.by_team(heads, CapacityBuilder::add)
    }

    /// Only [`Month::mentoring`], `learning`, `mentors` and `room`, which are much cheaper to calculate.
    pub fn of_learning(
        plan: &Plan,
        assumptions: &Assumptions<'_>,
        heads: &[HeadcountLine],
        months: Months,
        day: NaiveDate,
    ) -> Self {
        CapacityBuilder { plan, assumptions, months: &months, day }.by_team(heads, |this, head, rows| {
            if let Some(presence) = this.presence(head) {
                this.add_learning(&presence, rows);
            }
        })
    }

    /// Months of this team alone, without teams below it; none if it never has anybody.
    pub fn of(&self, team: Option<TeamId>) -> Option<&[Month]> {
        self.by_team.get(&team).map(Vec::as_slice)
    }

    /// Teams that have somebody at some time; none stands for positions without a team.
    pub fn teams(&self) -> impl Iterator<Item = Option<TeamId>> {
        self.teams.iter().copied()
    }

    /// Sum of the months of all teams that `is_wanted` selects.
    pub fn sum(&self, is_wanted: impl Fn(Option<TeamId>) -> bool) -> Vec<Month> {
        let mut sum = vec![Month::default(); self.months.len()];
        // A fixed order of addition, so that the same plan gives the same last digit.
        for rows in self.teams().filter(|team| is_wanted(*team)).filter_map(|team| self.of(team)) {
            sum.iter_mut().zip(rows).for_each(|(sum, row)| sum.add(row));
        }
        sum
    }
}

struct CapacityBuilder<'a> {
    plan: &'a Plan,
    assumptions: &'a Assumptions<'a>,
    months: &'a Months,
    day: NaiveDate,
}

/// A headcount line that overlaps the months. Moments are in months since the first one.
struct Presence<'a> {
    head: &'a HeadcountLine,
    subject: Subject<'a>,
    start: f64,
    end: f64,
    /// Start of ramp-up.
    since: f64,
    learning: Learning,
}

impl Presence<'_> {
    /// The part of a month in which the line holds.
    fn within(&self, at: usize) -> Option<(f64, f64)> {
        let (from, to) = (self.start.max(at as f64), self.end.min(at as f64 + 1.0));
        (to > from).then_some((from, to))
    }

    fn is_pooled(&self) -> bool {
        self.head.person.is_none() && !self.head.is_planned
    }
}

impl<'a> CapacityBuilder<'a> {
    fn by_team(self, heads: &[HeadcountLine], add: impl Fn(&Self, &HeadcountLine, &mut [Month])) -> Capacity {
        let months = self.months.clone();
        let mut by_team: FxHashMap<Option<TeamId>, Vec<Month>> = FxHashMap::default();
        for head in heads {
            let rows = by_team.entry(head.team).or_insert_with(|| vec![Month::default(); months.len()]);
            add(&self, head, rows);
        }
        let mut teams: Vec<Option<TeamId>> = by_team.keys().copied().collect();
        teams.sort_by_key(|team| team.map(|team| self.plan.place_of(team)));
        Capacity { months, by_team, teams }
    }

    fn add(&self, head: &HeadcountLine, rows: &mut [Month]) {
        if let Some(presence) = self.presence(head) {
            self.add_presence(&presence, rows);
            self.add_learning(&presence, rows);
        }
        self.add_recruiting(head, rows);
    }

    fn presence<'b>(&self, head: &'b HeadcountLine) -> Option<Presence<'b>>
    where
        'a: 'b,
    {
        let start = head.from.map_or(f64::NEG_INFINITY, |day| self.months.place(day));
        let end = head.until.map_or(f64::INFINITY, |day| self.months.end(day));
        if end <= 0.0 || start >= self.months.len() as f64 {
            return None;
        }
        let learning = Learning::of(self.plan, self.assumptions, head);
        // An unknown start is placed where every curve has reached its end, to keep the number finite.
        let settled = learning.ramp.settles_after().max(learning.mentoring.settles_after()) as f64;
        let since = head.since.map_or(-settled, |day| self.months.place(day));
        Some(Presence { head, subject: head.subject(self.plan), start, end, since, learning })
    }

    fn add_presence(&self, presence: &Presence<'_>, rows: &mut [Month]) {
        let Presence { head, start, end, since, learning, .. } = presence;
        let rate = self.assumptions.number(
            "attrition",
            presence.subject,
            self.day.max(head.from.unwrap_or(self.day)),
        );
        let hazard = attrition::hazard(rate.as_f64());
        let whole = self.months.place(self.day).max(*start) - since;
        let full = Curve::new(&[1.0]);
        for (at, row) in rows.iter_mut().enumerate() {
            if let Some((from, to)) = presence.within(at) {
                let (a, b, fte) = (from - since, to - since, head.fte);
                row.headcount += fte * (to - from);
                row.output += fte * learning.ramp.between(a, b);
                let expected = |curve: &Curve| fte * curve.between_shrinking(a, b, hazard, whole);
                row.expected_headcount += expected(&full);
                row.expected_output += expected(&learning.ramp);
                row.expected_mentoring += expected(&learning.mentoring);
            }
            row.starts += u32::from((at as f64..at as f64 + 1.0).contains(start));
            // The end of the last day of a month is the start of the next.
            row.leaves += u32::from(*end > at as f64 && *end <= at as f64 + 1.0);
        }
    }

    fn add_learning(&self, presence: &Presence<'_>, rows: &mut [Month]) {
        let Presence { head, start, end, since, learning, .. } = presence;
        for (at, row) in rows.iter_mut().enumerate() {
            if let Some((from, to)) = presence.within(at) {
                row.mentoring += head.fte * learning.mentoring.between(from - since, to - since);
            }
            let last = at as f64 + 1.0;
            if *start >= last || *end < last || presence.is_pooled() {
                continue;
            }
            if learning.is_learning(last - since - 1e-9) {
                row.learning += 1;
                continue;
            }
            row.mentors += 1;
            let (kind, day) = ("starters-per-mentor", self.months.last_day(at));
            row.room += self.assumptions.number(kind, presence.subject, day).as_f64();
        }
    }

    fn add_recruiting(&self, head: &HeadcountLine, rows: &mut [Month]) {
        let Some(opening) = Vacancy::of(self.plan, self.assumptions, head) else { return };
        let Some(position) = head.position.and_then(|id| self.plan.positions.get(id)) else { return };
        if !is_sought(position) {
            return;
        }
        let subject = head.subject(self.plan);
        let whole = interview_months(self.assumptions, subject, opening.starts);
        let length = self.months.place(opening.accepts) - self.months.place(opening.opens);
        for (at, row) in rows.iter_mut().enumerate() {
            let part = opening.recruiting_in(self.months, at);
            row.requisitions += part;
            if length > 0.0 {
                row.interviews += whole * part / length;
            }
        }
    }
}
