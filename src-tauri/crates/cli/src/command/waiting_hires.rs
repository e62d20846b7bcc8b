//! Hires that wait for a gate, beside what is asked of the plan with them: which, how many, and what they cost.

use chrono::NaiveDate;
use headroom_analysis::{
    cost::{Costs, cost_by_position},
    gates::{GateView, GatedPlan, WaitingHire},
};
use headroom_model::{Plan, wording::date};
use serde_json::{Value, json};

use super::count_of;
use crate::screen::{CAUTION, QUIET, println};

pub fn as_value(plan: &Plan, gated: &GatedPlan, view: GateView, cost: Option<&str>) -> Value {
    let hire = |hire: &WaitingHire| {
        json!({
            "position": plan.key_of(hire.position.into()),
            "planned": {"opens": hire.planned.opens, "start": hire.planned.start, "productive": hire.planned.productive},
            "opens": hire.opening.map(|opening| opening.opens),
            "start": hire.opening.map(|opening| opening.start),
            "productive": hire.opening.map(|opening| opening.productive),
        })
    };
    json!({
        "view": view.word(),
        "waiting": gated.waiting.iter().map(hire).collect::<Vec<_>>(),
        "cost_waiting": cost,
    })
}

/// What all that wait would cost as planned, in the period of these costs.
pub fn cost_waiting(plan: &Plan, gated: &GatedPlan, from: NaiveDate, until: NaiveDate) -> Option<String> {
    if gated.waiting.is_empty() {
        return None;
    }
    let costs = Costs::new(plan, from, until);
    let by_position = cost_by_position(&costs);
    let minor =
        gated.waiting.iter().filter_map(|hire| by_position.get(&hire.position)).map(|cost| cost.minor);
    Some(costs.money(minor.sum()).to_string())
}

pub fn print(plan: &Plan, gated: &GatedPlan, view: GateView, cost: Option<&str>) {
    if gated.waiting.is_empty() {
        return;
    }
    let cost = cost.map(|cost| format!(", {cost}")).unwrap_or_default();
    let how = match view {
        GateView::AsPlanned => "counted as planned",
        GateView::AsTheyStand => "counted from the earliest day of their gates",
        GateView::AtTrend => "counted from the day to which the trend leads",
    };
    let hires = count_of(gated.waiting.len(), "hire");
    let waits = if gated.waiting.len() == 1 { "waits" } else { "wait" };
    println!("{CAUTION}{hires} {waits} for a gate{cost}{CAUTION:#} · {how}");
    for hire in &gated.waiting {
        let name = plan.name_of(hire.position.into());
        let then = match hire.opening {
            None => "not at all".to_owned(),
            Some(opening) if view == GateView::AsPlanned || !hire.is_delayed() => {
                format!("starts {}", date(opening.start))
            }
            Some(opening) => format!("starts {}, not {}", date(opening.start), date(hire.planned.start)),
        };
        println!("  {name} {QUIET}·{QUIET:#} {then}");
    }
}
