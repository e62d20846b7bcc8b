//! What the seats of a simulation cost, by the plan's own reckoning of cost.

use chrono::NaiveDate;
use headroom_model::{Currency, Plan};

use crate::{
    assumptions::Assumptions,
    capacity::{Head, Months},
    cost::{Costs, Line, days_of},
    hiring::Stay,
};

/// What a seat costs, in whole units of the plan's currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeatCost {
    /// Of each month, if somebody is in it throughout.
    pub months: Vec<f64>,
    /// Once, when whoever is meant to be in it starts.
    pub start: f64,
    /// Once, when somebody is hired for it anew.
    pub hire: f64,
}

/// What each of the heads costs, in their order. Members without a seat cost nothing: nobody has said what they are
/// paid. A hire may start at any time, so that the cost is known for each month.
pub fn seat_costs(
    plan: &Plan,
    assumptions: &Assumptions<'_>,
    heads: &[Head],
    months: &Months,
) -> (Currency, Vec<SeatCost>) {
    let (first, last) = (months.first_day(0), months.last_day(months.len() - 1));
    let mut stays = Vec::new();
    let mut places = Vec::new();
    for head in heads {
        let Some(position) = head.position else {
            places.push(None);
            continue;
        };
        let from = if head.is_planned { Some(first) } else { head.from };
        places.push(Some(stays.len()));
        stays.push(Stay { position, person: head.person, from, until: head.until });
        stays.push(Stay { position, person: None, from: Some(first), until: None });
    }
    let costs = Costs::of(plan, assumptions, stays, first, last);
    let mut lines: Vec<Vec<&Line>> = vec![Vec::new(); costs.stays.len()];
    for line in &costs.lines {
        lines[line.stay].push(line);
    }
    let scale = costs.currency.scale() as f64;
    let once = |lines: &[&Line]| {
        let paid = lines.iter().filter_map(|line| line.once);
        paid.map(|once| (once.equipment + once.recruiting) as f64).sum::<f64>() / scale
    };
    let of = |place: &Option<usize>| {
        let Some(at) = *place else { return SeatCost::default() };
        let whole = |month: usize| whole_month(&lines[at], months.first_day(month)) / scale;
        SeatCost {
            months: (0..months.len()).map(whole).collect(),
            start: once(&lines[at]),
            hire: once(&lines[at + 1]),
        }
    };
    (costs.currency, places.iter().map(of).collect())
}

/// What the days of a month cost, as if it were all of them; without what is paid once.
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
