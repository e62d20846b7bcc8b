//! Cost of the positions of a simulation, calculated by [`crate::cost`].

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use headroom_model::{Currency, Plan, PositionId};

use crate::{
    assumptions::Assumptions,
    capacity::{HeadcountLine, Months},
    cost::{Costs, Line, MissingCost, days_of, days_of_change},
    hiring::Occupancy,
};

/// Cost of a position, in whole units of the plan's currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PositionCost {
    /// Cost of each month with the present or certain incumbent throughout.
    pub months: Vec<f64>,
    /// One-off cost when they start.
    pub start: f64,
    /// Cost of a new hire.
    pub hire: Arc<HireCost>,
}

/// Cost of a new hire by start. Raises before the start do not apply, and one-off cost depends on the assumptions of
/// the first day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HireCost {
    /// Cost of each month as a whole, for those who start at this moment or later.
    pub months: Vec<(f64, Vec<f64>)>,
    /// One-off cost of those who start at this moment or later.
    pub once: Vec<(f64, f64)>,
}

impl HireCost {
    /// Cost of each month for a start at this moment.
    pub fn months_from(&self, place: f64) -> &[f64] {
        since(&self.months, place).map_or(&[], |(_, months)| months)
    }

    /// A fraction of the cost, for one person of a pooled position.
    pub(super) fn part(&self, share: f64) -> Self {
        let of_months = |months: &Vec<f64>| months.iter().map(|cost| cost * share).collect();
        Self {
            months: self.months.iter().map(|(from, months)| (*from, of_months(months))).collect(),
            once: self.once.iter().map(|(from, once)| (*from, once * share)).collect(),
        }
    }

    /// One-off cost for a start at this moment.
    pub fn once_at(&self, place: f64) -> f64 {
        since(&self.once, place).map_or(0.0, |(_, once)| *once)
    }
}

/// The latest step that has begun; the first before any has.
fn since<T>(steps: &[(f64, T)], place: f64) -> Option<&(f64, T)> {
    let begun = steps.partition_point(|(from, _)| *from <= place);
    steps.get(begun.saturating_sub(1))
}

/// Cost of all positions of a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionCosts {
    pub currency: Currency,
    /// Cost of each headcount line, in their order.
    pub seats: Vec<PositionCost>,
    /// Cost that is missing, as [`Costs::missing`] of the plan itself.
    pub missing: Vec<MissingCost>,
}

/// Cost of each headcount line. Members without a position cost nothing, since their pay is unknown. A hire may start
/// at any time, so cost is calculated for each month.
pub fn position_costs(
    plan: &Plan,
    assumptions: &Assumptions<'_>,
    heads: &[HeadcountLine],
    months: &Months,
) -> PositionCosts {
    let (first, last) = (months.first_day(0), months.last_day(months.len() - 1));
    let occupancy = |head: &HeadcountLine| {
        let (person, from, until) = (head.person, head.from, head.until);
        head.position.map(|position| Occupancy { position, person, from, until })
    };
    let occupancies = heads.iter().filter_map(occupancy).collect();
    let costs = Costs::of(plan, assumptions, occupancies, first, last);
    let starts = Starts::new(plan, first, last);
    let hires =
        heads.iter().filter_map(|head| head.position).flat_map(|position| starts.occupancies(position));
    let hires = Costs::of(plan, assumptions, hires.collect(), first, last);
    let (lines, of_hires) = (by_occupancy(&costs), by_occupancy(&hires));
    let mut of_hires = of_hires.chunks(starts.count());
    let mut lines = lines.iter();
    let scale = costs.currency.scale() as f64;
    let mut of = |head: &HeadcountLine| {
        head.position?;
        let (lines, of_hires) = (lines.next()?, of_hires.next()?);
        let now = of_months(lines, months, scale);
        let mut hire = starts.cost(of_hires, months, scale);
        // If the pay of the position is unknown, a successor costs what the predecessor did.
        if !head.is_planned && of_hires.iter().flatten().any(|line| line.pay.is_none()) {
            hire.months = vec![(0.0, now.clone())];
        }
        Some(PositionCost { months: now, start: paid_once(lines) / scale, hire: Arc::new(hire) })
    };
    let seats = heads.iter().map(|head| of(head).unwrap_or_default()).collect();
    PositionCosts { currency: costs.currency, seats, missing: costs.missing }
}

/// Starts for which the cost of a new hire differs.
struct Starts {
    /// First day of each year in the period: raises come in January.
    years: Vec<NaiveDate>,
    /// Each day on which a figure changes.
    days: Vec<NaiveDate>,
}

impl Starts {
    fn new(plan: &Plan, first: NaiveDate, last: NaiveDate) -> Self {
        let has_raises = plan.assumptions.iter().any(|row| row.kind == "merit");
        let until = if has_raises { last.year() } else { first.year() };
        let years = (first.year()..=until).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1));
        Self { years: years.map(|day| day.max(first)).collect(), days: days_of_change(plan, first, last) }
    }

    fn count(&self) -> usize {
        self.years.len() + self.days.len()
    }

    /// For each year an occupancy that goes on, and for each day one of that day alone.
    fn occupancies(&self, position: PositionId) -> impl Iterator<Item = Occupancy> {
        let occupancy =
            move |from: &NaiveDate, until| Occupancy { position, person: None, from: Some(*from), until };
        let years = self.years.iter().map(move |day| occupancy(day, None));
        years.chain(self.days.iter().map(move |day| occupancy(day, Some(*day))))
    }

    /// Cost from the lines of [`Starts::occupancies`].
    fn cost(&self, occupancies: &[Vec<&Line>], months: &Months, scale: f64) -> HireCost {
        let (years, days) = occupancies.split_at(self.years.len());
        let year =
            |(day, lines): (&NaiveDate, &Vec<&Line>)| (months.place(*day), of_months(lines, months, scale));
        let once = |(day, lines): (&NaiveDate, &Vec<&Line>)| (months.place(*day), paid_once(lines) / scale);
        HireCost {
            months: self.years.iter().zip(years).map(year).collect(),
            once: self.days.iter().zip(days).map(once).collect(),
        }
    }
}

fn by_occupancy(costs: &Costs) -> Vec<Vec<&Line>> {
    let mut lines: Vec<Vec<&Line>> = vec![Vec::new(); costs.occupancies.len()];
    for line in &costs.lines {
        lines[line.occupancy].push(line);
    }
    lines
}

fn paid_once(lines: &[&Line]) -> f64 {
    let paid = lines.iter().filter_map(|line| line.once);
    paid.map(|once| once.equipment.saturating_add(once.recruiting) as f64).sum()
}

fn of_months(lines: &[&Line], months: &Months, scale: f64) -> Vec<f64> {
    (0..months.len()).map(|month| whole_month(lines, months.first_day(month)) / scale).collect()
}

/// Cost of a whole month at the rate of its days, without one-off cost.
fn whole_month(lines: &[&Line], month: NaiveDate) -> f64 {
    let days: i64 = lines.iter().map(|line| line.days_in(month)).sum();
    if days == 0 {
        return 0.0;
    }
    let recurring = |line: &&Line| {
        let without_once = Line { once: None, ..(*line).clone() };
        without_once.cost_in(month) as f64
    };
    lines.iter().map(recurring).sum::<f64>() * days_of(month) as f64 / days as f64
}
