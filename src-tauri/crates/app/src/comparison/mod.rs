//! Two days of the plan side by side: who joined, left and moved, and what else is new, for the chart and as a list.
//!
//! `changes.rs` makes the list, `chart.rs` what the chart marks, `document.rs` writes both as text and as a table.

mod changes;
mod chart;
mod document;

use std::path::Path;

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::teams_below,
    comparison::{DayComparison, HeadcountChange},
};
use headroom_model::{Plan, TeamId};
use headroom_tabular::xlsx::write_csv;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub use self::{
    changes::{ChangeKind, DayChange},
    chart::{ComparedMember, ComparedPosition, ComparedTeam, TeamState},
};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { compare_days, comparison_text, save_comparison };

/// With which other day the one shown is compared, and of which team the list is.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CompareQuery {
    pub with: NaiveDate,
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
    pub after: NaiveDate,
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

/// What differs between the day shown and another one.
#[specta::specta]
pub fn compare_days(app: &AppState, query: CompareQuery, at: At) -> Answer<ComparedDays> {
    let (plan, occupancies) = (app.plan()?, app.occupancies()?);
    let found = DayComparison::new(&plan, (at.shown_day(), query.with), &occupancies);
    let team = query.team.map(TeamId::from);
    let teams = team.map(|team| teams_below(&plan, team));
    if team.is_some_and(|team| plan.teams.get(team).is_none()) {
        return Err(AppError::not_found("the team"));
    }
    let changes = changes::changes(&plan, &found, teams.as_ref(), at);
    let headcount = match team {
        None => found.whole,
        Some(team) => found.headcounts.get(&team).map(|it| it.whole).unwrap_or_default(),
    };
    Ok(ComparedDays {
        before: found.before.day(),
        after: found.after.day(),
        team: team.map(|team| NamedEntity::new(&plan, team)),
        headcount: headcount.into(),
        counts: changes::counts(&changes),
        teams: chart::teams(&plan, &found),
        members: chart::members(&plan, &found),
        positions: chart::positions(&plan, &found, at),
        changes,
    })
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

fn named(plan: &Plan, teams: &[TeamId]) -> Vec<NamedEntity> {
    teams.iter().map(|team| NamedEntity::new(plan, *team)).collect()
}
