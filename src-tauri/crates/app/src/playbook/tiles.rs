//! Figures of the plan itself, each as the Overview and its view have it.

use headroom_analysis::error_budget::{Downtime, error_budgets};
use headroom_model::{EntityRef, Plan, ServiceId, wording::count_of};
use serde::Serialize;

use crate::{
    at::At,
    error::Answer,
    hidden_pay::ShownAmount,
    overview::{
        cost,
        headcount::{self, AROUND, HeadcountFigures, OverviewMonth},
        overdue, positions, rotas,
        scope::Scope,
    },
    state::AppState,
};

/// A figure with a few words below.
#[derive(Debug, Clone, Default, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaybookTile {
    /// `headcount`, `positions`, `on-call` …
    pub id: String,
    pub label: String,
    pub value: String,
    /// What else is to be said of it.
    pub words: Vec<String>,
    /// The last of the words is bad news.
    pub is_bad: bool,
    /// A curve by month, with their names; may be empty.
    pub values: Vec<Option<f64>>,
    pub labels: Vec<String>,
    /// The place of the day in it.
    pub now: u32,
}

/// With the ID of the section that each belongs to.
type Placed = (&'static str, PlaybookTile);

pub(super) fn tiles(app: &AppState, scope: &Scope<'_>, at: At) -> Answer<Vec<Placed>> {
    let (heads, months, _) = headcount::figures(app, scope, at)?;
    let mut tiles = vec![];
    tiles.extend(services(scope).map(|tile| ("architecture", tile)));
    tiles.extend(on_call(scope).map(|tile| ("reliability", tile)));
    tiles.extend(budgets(scope).map(|tile| ("reliability", tile)));
    if heads.people + heads.ahead > 0.0 {
        tiles.push(("team", people(&heads, &months)));
    }
    tiles.extend(to_fill(scope).map(|tile| ("team", tile)));
    tiles.extend(onboarding(scope).map(|tile| ("team", tile)));
    // Hidden even while salaries are shown.
    if let Some(figures) = cost::figures(app, scope, false)? {
        tiles.push(("cost", cost_tile(&figures)));
    }
    tiles.extend(against_budget(&heads).map(|tile| ("cost", tile)));
    Ok(tiles)
}

fn tile(id: &str, label: impl Into<String>, value: impl Into<String>, words: Vec<String>) -> PlaybookTile {
    PlaybookTile { id: id.to_owned(), label: label.into(), value: value.into(), words, ..Default::default() }
}

/// The same with bad news at the end, if there is any.
fn with_bad(mut tile: PlaybookTile, bad: Option<String>) -> PlaybookTile {
    tile.is_bad = bad.is_some();
    tile.words.extend(bad);
    tile
}

fn services(scope: &Scope<'_>) -> Option<PlaybookTile> {
    let snapshot = &scope.view.snapshot;
    let ids: Vec<ServiceId> = snapshot.plan().services.iter().map(|row| row.id).collect();
    let here: Vec<_> = ids
        .into_iter()
        .filter(|id| scope.is_about(EntityRef::from(*id)))
        .filter_map(|id| snapshot.service_ix(id))
        .collect();
    if here.is_empty() {
        return None;
    }
    let unowned = here.iter().filter(|at| snapshot.owners(**at).is_empty()).count();
    let dependencies: usize = here.iter().map(|at| snapshot.needs(*at).len()).sum();
    let words = vec![match dependencies {
        1 => "1 dependency".to_owned(),
        several => format!("{several} dependencies"),
    }];
    let bad = (unowned > 0).then(|| format!("{unowned} unowned"));
    Some(with_bad(tile("services", "Services", here.len().to_string(), words), bad))
}

fn on_call(scope: &Scope<'_>) -> Option<PlaybookTile> {
    let found = rotas(scope);
    if found.teams == 0 {
        return None;
    }
    let short = found.teams - found.staffed;
    let value = format!("{} of {}", found.staffed, found.teams);
    let bad = (short > 0).then(|| format!("{} can’t staff a rota", count_of(short as usize, "team")));
    let words = if short == 0 { vec!["every team can staff its rota".to_owned()] } else { Vec::new() };
    Some(with_bad(tile("on-call", "On-call", value, words), bad))
}

/// What is left of the error budgets of SLOs.
fn budgets(scope: &Scope<'_>) -> Option<PlaybookTile> {
    let plan: &Plan = scope.plan;
    let mut found = error_budgets(plan, scope.day, None, &Downtime::new(plan, scope.day, None));
    found.retain(|budget| scope.is_about(EntityRef::from(budget.slo.service)));
    if found.is_empty() {
        return None;
    }
    let is_spent = |spent: bool| {
        found.iter().filter(move |budget| {
            budget.reading.as_ref().is_ok_and(|reading| (reading.is_exhausted == Some(true)) == spent)
        })
    };
    let (kept, spent) = (is_spent(false).count(), is_spent(true).count());
    let measured = kept + spent;
    if measured == 0 {
        let words = vec!["none of them measured".to_owned()];
        return Some(tile("error-budgets", "SLOs", found.len().to_string(), words));
    }
    let unknown = found.len() - measured;
    let words = (unknown > 0).then(|| format!("{unknown} not measured")).into_iter().collect();
    let value = format!("{kept} of {measured}");
    let bad = (spent > 0).then(|| format!("{} spent", count_of(spent, "error budget")));
    Some(with_bad(tile("error-budgets", "SLOs within budget", value, words), bad))
}

fn people(heads: &HeadcountFigures, months: &[OverviewMonth]) -> PlaybookTile {
    let ahead = format!("{} planned by {}", whole(heads.ahead), heads.ahead_day.format("%b %Y"));
    PlaybookTile {
        values: months.iter().map(|row| Some(row.people + row.planned)).collect(),
        labels: months.iter().map(|row| row.month.format("%b %Y").to_string()).collect(),
        now: AROUND,
        ..tile("headcount", "Headcount", whole(heads.people), vec![ahead])
    }
}

fn to_fill(scope: &Scope<'_>) -> Option<PlaybookTile> {
    let found = positions(scope);
    let bad = (found.late > 0).then(|| format!("{} behind schedule", found.late));
    (found.open > 0).then(|| {
        let words = if found.late == 0 { vec!["none behind schedule".to_owned()] } else { Vec::new() };
        with_bad(tile("positions", "Positions to fill", found.open.to_string(), words), bad)
    })
}

fn onboarding(scope: &Scope<'_>) -> Option<PlaybookTile> {
    if scope.plan.checklists.is_empty() {
        return None;
    }
    let found = overdue(scope);
    let words = if found.items == 0 { vec!["nothing overdue".to_owned()] } else { Vec::new() };
    let bad = (found.items > 0).then(|| format!("in {}", count_of(found.lists as usize, "checklist")));
    Some(with_bad(tile("overdue", "Overdue onboarding", found.items.to_string(), words), bad))
}

/// Rounded, and left out where it would reveal a salary.
fn cost_tile(figures: &cost::CostFigures) -> PlaybookTile {
    let amount = |amount: &Option<ShownAmount>| amount.as_ref().map(ShownAmount::in_short);
    let value = amount(&figures.cost).map_or_else(|| "Hidden".to_owned(), |cost| format!("about {cost}"));
    let label = format!("Cost in {}", figures.from.format("%Y"));
    let mut words = vec![
        amount(&figures.budget).map_or_else(|| "no budget".to_owned(), |budget| format!("budget {budget}")),
    ];
    words.extend(figures.cost.is_none().then(|| "it would reveal a salary".to_owned()));
    words.extend(Some(figures.note.clone()).filter(|note| !note.is_empty()));
    words.extend(amount(&figures.left).filter(|_| !figures.is_over).map(|left| format!("{left} left")));
    let bad = figures.is_over.then(|| "over budget".to_owned());
    with_bad(tile("cost", label, value, words), bad)
}

fn against_budget(heads: &HeadcountFigures) -> Option<PlaybookTile> {
    let budget = heads.budget?;
    let words = vec![format!("{} planned by {}", whole(heads.ahead), heads.ahead_day.format("%b %Y"))];
    let bad = heads.is_over.then(|| "over the budget".to_owned());
    Some(with_bad(tile("headcount-budget", "Headcount budget", whole(budget), words), bad))
}

/// Without a fraction that says nothing.
fn whole(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}
