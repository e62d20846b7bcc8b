//! The next weeks: gaps that open, what becomes unowned, who joins and leaves.

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    capacity::{Roster, RosterMove},
    forecast::{ForecastParams, Gap, GapKind},
};
use headroom_model::{Checklist, EntityRef, Kind, LifecycleEvent, Plan};
use serde::Serialize;

use super::scope::Scope;
use crate::{
    at::At,
    entities::entity::NamedEntity,
    forecast::{GapRow, gaps_of, row},
    state::asked_on,
};

/// Days that are looked ahead for gaps, and for people who join and leave.
const GAP_DAYS: Days = Days::new(90);
const MOVE_DAYS: Days = Days::new(60);
/// How many are listed of each.
const LISTED: usize = 6;

/// Gaps that open in the next 90 days.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapsAhead {
    /// The last day.
    pub until: NaiveDate,
    pub total: u32,
    /// Services that are left without an owner, or without anybody who can support them.
    pub unowned_total: u32,
    /// The first of them, by day.
    pub unowned: Vec<GapRow>,
}

/// Who joins and leaves in the next 60 days.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    /// The last day.
    pub until: NaiveDate,
    pub joining_total: u32,
    pub leaving_total: u32,
    /// The first of them, by day.
    pub joining: Vec<MoveRow>,
    pub leaving: Vec<MoveRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoveRow {
    /// The person, or the position of a planned hire.
    pub who: NamedEntity,
    pub title: String,
    pub team: Option<NamedEntity>,
    /// The first day of whoever joins, the last one of whoever leaves.
    pub day: NaiveDate,
    pub is_planned: bool,
    /// A person who joins and has no checklist for it.
    pub lacks_checklist: bool,
}

fn end(day: NaiveDate, days: Days) -> NaiveDate {
    day.checked_add_days(days).unwrap_or(day)
}

pub(super) fn gaps(scope: &Scope<'_>, at: At) -> GapsAhead {
    let until = end(scope.day, GAP_DAYS);
    let question = ForecastParams::new(scope.plan, scope.day, until).asked_on(asked_on(scope.day));
    let mut gaps = gaps_of(scope.plan, question, at);
    gaps.retain(|gap| gap.opens.is_some() && scope.is_about(gap.subject));
    let is_unowned = |gap: &&Gap| matches!(gap.kind, GapKind::Unowned | GapKind::Nobody);
    GapsAhead {
        until,
        total: gaps.len() as u32,
        unowned_total: gaps.iter().filter(is_unowned).count() as u32,
        unowned: gaps.iter().filter(is_unowned).take(LISTED).map(|gap| row(scope.view, gap, None)).collect(),
    }
}

pub(super) fn moves(scope: &Scope<'_>, roster: &Roster, at: At) -> Moves {
    let until = moves_until(scope.day);
    let is_counted = |found: &RosterMove| at.planned_hires || !found.is_planned;
    let mut joining = roster.joining(scope.day, until);
    let mut leaving = roster.leaving(scope.day, until);
    joining.retain(is_counted);
    leaving.retain(is_counted);
    Moves::listed(scope.plan, until, &joining, &leaving)
}

/// The last day on which it is looked ahead for people who join and leave.
pub(super) fn moves_until(day: NaiveDate) -> NaiveDate {
    end(day, MOVE_DAYS)
}

impl Moves {
    /// The first of those who join and leave, with the number of all.
    pub(super) fn listed(
        plan: &Plan,
        until: NaiveDate,
        joining: &[RosterMove],
        leaving: &[RosterMove],
    ) -> Self {
        let rows = |found: &[RosterMove], is_joining: bool| {
            found.iter().take(LISTED).map(|found| move_row(plan, found, is_joining)).collect()
        };
        Self {
            until,
            joining_total: joining.len() as u32,
            leaving_total: leaving.len() as u32,
            joining: rows(joining, true),
            leaving: rows(leaving, false),
        }
    }
}

fn move_row(plan: &Plan, found: &RosterMove, is_joining: bool) -> MoveRow {
    let is_joined_by =
        |list: &Checklist| list.occasion == LifecycleEvent::Join && EntityRef::from(list.person) == found.who;
    let title = match found.who.kind {
        Kind::Person => plan.people.get(found.who.id.into()).map(|person| person.title.clone()),
        _ => plan.positions.get(found.who.id.into()).map(|position| position.title.clone()),
    };
    MoveRow {
        who: NamedEntity::new(plan, found.who),
        title: title.unwrap_or_default(),
        team: found.team.map(|team| NamedEntity::new(plan, team)),
        day: found.day,
        is_planned: found.is_planned,
        lacks_checklist: is_joining
            && found.who.kind == Kind::Person
            && !plan.checklists.iter().any(is_joined_by),
    }
}
