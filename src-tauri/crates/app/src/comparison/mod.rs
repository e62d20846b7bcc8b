//! Two days of the plan side by side, or a scenario and the plan on one day: who joined, left and moved, and what else is
//! new, for the chart and as a list.
//!
//! `changes.rs` makes the list, `chart.rs` what the chart marks, `document.rs` writes both as text and as a table.

mod changes;
mod chart;
mod document;

use std::path::Path;

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::teams_below,
    comparison::{DayComparison, HeadcountChange},
    hiring::occupancies,
};
use headroom_model::TeamId;
use headroom_tabular::xlsx::write_csv;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub use self::{
    changes::{ChangeKind, DayChange},
    chart::{ComparedMember, ComparedPosition, ComparedTeam, TeamState},
};
use crate::{
    against_plan::{AgainstPlan, TwoPlans},
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { compare_days, comparison_text, save_comparison };

/// With what the day shown is compared, and of which team the list is.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CompareQuery {
    /// Another day; none: the plan, where a scenario is looked at.
    pub with: Option<NaiveDate>,
    /// Only changes that concern this team or one below it.
    pub team: Option<Id>,
}

/// Headcount of two days: `before + joined - left + movedIn - movedOut = after`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadcountSum {
    pub before: u32,
    pub joined: u32,
    pub left: u32,
    pub moved_in: u32,
    pub moved_out: u32,
    pub after: u32,
}

impl From<HeadcountChange> for HeadcountSum {
    fn from(change: HeadcountChange) -> Self {
        let HeadcountChange { before, joined, left, moved_in, moved_out, after } = change;
        Self { before, joined, left, moved_in, moved_out, after }
    }
}

/// How many changes there are of a kind.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangeCount {
    pub kind: ChangeKind,
    pub count: u32,
    /// `5 joined`, `1 new team`.
    pub words: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedDays {
    /// The earlier day.
    pub before: NaiveDate,
    /// The same day, where a scenario is compared with the plan.
    pub after: NaiveDate,
    /// What is compared with the plan; none where two days are compared.
    pub scenario: Option<NamedEntity>,
    /// Whether all that the scenario changes is in effect on the day.
    pub is_in_effect: bool,
    /// The team that the list is about; none for the organisation.
    pub team: Option<NamedEntity>,
    /// Headcount of that team with those below it, or of the organisation.
    pub headcount: HeadcountSum,
    /// The kinds that occur, in order.
    pub counts: Vec<ChangeCount>,
    /// By kind, then by day, then by name.
    pub changes: Vec<DayChange>,
    /// All teams of the two days, for the chart; siblings by name.
    pub teams: Vec<ComparedTeam>,
    /// The people on teams on either day, for the chart, by name.
    pub members: Vec<ComparedMember>,
    /// Positions on teams that are not filled, or were not.
    pub positions: Vec<ComparedPosition>,
}

/// What differs between the day shown and another one, or between the scenario that is looked at and the plan.
#[specta::specta]
pub fn compare_days(app: &AppState, query: CompareQuery, at: At) -> Answer<ComparedDays> {
    let Some(with) = query.with else { return compare_with_plan(app, query.team, at) };
    let found = DayComparison::new(&app.plan()?, (at.shown_day(), with), &app.occupancies()?);
    compared(&found, query.team, at)
}

fn compare_with_plan(app: &AppState, team: Option<Id>, at: At) -> Answer<ComparedDays> {
    let against = AgainstPlan::shown(app, at)?;
    let [was, is] = [&against.before, &against.after].map(|plan| occupancies(plan, &Assumptions::new(plan)));
    let found = DayComparison::of_plans([&against.before, &against.after], against.day, [&was, &is]);
    // Scenarios are said in the plan itself.
    let scenario = NamedEntity::new(&*app.in_plan().plan()?, against.scenario);
    let is_in_effect = against.is_in_effect;
    Ok(ComparedDays { scenario: Some(scenario), is_in_effect, ..compared(&found, team, at)? })
}

fn compared(found: &DayComparison, team: Option<Id>, at: At) -> Answer<ComparedDays> {
    let plans = plans(found);
    let team = team.map(TeamId::from);
    if team.is_some_and(|team| plans.of(team).teams.get(team).is_none()) {
        return Err(AppError::not_found("the team"));
    }
    let teams = team.map(|team| {
        let mut teams = teams_below(plans.before, team);
        teams.extend(teams_below(plans.after, team));
        teams
    });
    let changes = changes::changes(found, teams.as_ref(), at);
    let headcount = match team {
        None => found.whole,
        Some(team) => found.headcounts.get(&team).map(|it| it.whole).unwrap_or_default(),
    };
    Ok(ComparedDays {
        before: found.before.day(),
        after: found.after.day(),
        scenario: None,
        is_in_effect: true,
        team: team.map(|team| plans.named(team)),
        headcount: headcount.into(),
        counts: changes::counts(&changes),
        teams: chart::teams(found),
        members: chart::members(found),
        positions: chart::positions(found, at),
        changes,
    })
}

/// The plans of both sides; one plan twice where two days are compared.
fn plans(found: &DayComparison) -> TwoPlans<'_> {
    TwoPlans { before: found.before.plan(), after: found.after.plan() }
}

/// The comparison as text, for a mail or a chat.
#[specta::specta]
pub fn comparison_text(app: &AppState, query: CompareQuery, at: At) -> Answer<String> {
    Ok(document::text(&compare_days(app, query, at)?))
}

/// Writes the list to a CSV file.
#[specta::specta]
pub fn save_comparison(app: &AppState, query: CompareQuery, at: At, path: String) -> Answer<()> {
    Ok(write_csv(&document::table(&compare_days(app, query, at)?), Path::new(&path))?)
}

/// Whether one of the teams is looked at.
fn concerns(looked_at: Option<&FxHashSet<TeamId>>, teams: impl IntoIterator<Item = TeamId>) -> bool {
    looked_at.is_none_or(|looked_at| teams.into_iter().any(|team| looked_at.contains(&team)))
}
