//! Splitting a team in two: what is suggested, what an adjusted split comes to, and making it.

use headroom_analysis::{
    Policy,
    team_split::{Departing, SplitPart, TeamSplit, depart, judge_split, suggest_split},
};
use headroom_model::{Draft, Kind, Plan, Service, ServiceId, Team, TeamId, fields};
use headroom_model::{PersonId, wording::date};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::subject::refused;
use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// A team in two parts, on the day from which it would be split.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitView {
    pub team: NamedEntity,
    pub stays: SplitPartView,
    pub goes: SplitPartView,
    /// Dependencies from one part on the other.
    pub cut: Vec<CutDependency>,
    /// Every division was looked at: there is none with fewer dependencies cut that keeps size and on-call as well.
    pub is_exact: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitPartView {
    pub services: Vec<SplitService>,
    pub people: Vec<NamedEntity>,
    /// Service load in points.
    pub points: u32,
    pub needs_on_call: bool,
    /// How many more people its on-call rota takes.
    pub lacks_on_call: u32,
    /// How many more people the smallest team has.
    pub lacks_size: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitService {
    pub service: NamedEntity,
    pub tier: Option<u8>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CutDependency {
    pub service: NamedEntity,
    pub depends_on: NamedEntity,
}

/// What goes to the new team. The first day is that of the point from which it is asked for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitQuery {
    pub team: Id,
    /// The name of the new team.
    pub name: String,
    pub services: Vec<Id>,
    pub people: Vec<Id>,
}

/// The split that is suggested for a team.
///
/// # Errors
/// If the team does not exist on the day, or has fewer than two services or two people.
#[specta::specta]
pub fn suggested_split(app: &AppState, team: Id, at: At) -> Answer<SplitView> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let team = existing(plan, team)?;
    let found = suggest_split(&view.snapshot, &Policy::from_plan(plan), team);
    let too_small = || {
        let name = plan.name_of(team.into());
        refused(format!("{name} has fewer than two services or two people on {}", date(view.snapshot.day())))
    };
    Ok(SplitView::new(plan, team, &found.ok_or_else(too_small)?))
}

/// What a split comes to that was adjusted by hand.
///
/// # Errors
/// If the team does not exist on the day.
#[specta::specta]
pub fn adjusted_split(app: &AppState, query: SplitQuery, at: At) -> Answer<SplitView> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let team = existing(plan, query.team)?;
    let (services, people) = query.going();
    let found = judge_split(&view.snapshot, &Policy::from_plan(plan), team, (&services, &people));
    Ok(SplitView::new(plan, team, &found.ok_or_else(|| AppError::not_found("the team"))?))
}

/// The effect of a split on its first day, without making it.
///
/// # Errors
/// As [`split_team`].
#[specta::specta]
pub fn split_preview(app: &AppState, query: SplitQuery, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    let label = make(plan, &mut draft, &query, at)?;
    effect(app, &view, label, draft.finish())
}

/// Makes the new team beside the old one, and hands services and people over to it, as one undoable step.
///
/// # Errors
/// If the team does not exist, the new one has no name, or nothing goes or nothing stays.
#[specta::specta]
pub fn split_team(app: &AppState, query: SplitQuery, at: At) -> Answer<()> {
    app.edit_as(|plan, draft| Ok((make(plan, draft, &query, at)?, ())))
}

fn existing(plan: &Plan, team: Id) -> Answer<TeamId> {
    let id = TeamId::from(team);
    plan.get::<Team>(id).map(|team| team.id).ok_or_else(|| AppError::not_found("the team"))
}

fn make(plan: &Plan, draft: &mut Draft<'_>, query: &SplitQuery, at: At) -> Answer<String> {
    let from = existing(plan, query.team)?;
    let row = plan.get::<Team>(from).ok_or_else(|| AppError::not_found("the team"))?;
    let (services, people) = query.going();
    if services.is_empty() && people.is_empty() {
        return Err(refused("nothing goes to the new team".to_owned()));
    }
    let (name, day) = (query.name.trim(), at.shown_day());
    let parent = row.parent.map(|parent| parent.0);
    let values =
        [("name", json!(name)), ("kind", json!(row.kind)), ("parent", json!(parent)), ("from", json!(day))];
    let values: Vec<_> = values
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| (field.to_owned(), value))
        .collect();
    let made = fields::create(draft, Kind::Team, &values)?;
    let to = TeamId(made.id);
    depart(draft, Departing { from, to, services: &services, people: &people, day });
    Ok(format!("Split {} into {} and {name} from {}", row.name, row.name, date(day)))
}

impl SplitQuery {
    fn going(&self) -> (Vec<ServiceId>, Vec<PersonId>) {
        let services = self.services.iter().map(|id| ServiceId::from(*id)).collect();
        (services, self.people.iter().map(|id| PersonId::from(*id)).collect())
    }
}

impl SplitView {
    fn new(plan: &Plan, team: TeamId, split: &TeamSplit) -> Self {
        let [stays, goes] = split.parts.each_ref().map(|part| SplitPartView::new(plan, part));
        let cut = split.cut.iter().map(|(service, depends_on)| CutDependency {
            service: NamedEntity::new(plan, *service),
            depends_on: NamedEntity::new(plan, *depends_on),
        });
        Self { team: NamedEntity::new(plan, team), stays, goes, cut: cut.collect(), is_exact: split.is_exact }
    }
}

impl SplitPartView {
    fn new(plan: &Plan, part: &SplitPart) -> Self {
        let service = |id: &ServiceId| SplitService {
            service: NamedEntity::new(plan, *id),
            tier: plan.get::<Service>(*id).and_then(|service| service.tier),
        };
        Self {
            services: part.services.iter().map(service).collect(),
            people: part.people.iter().map(|person| NamedEntity::new(plan, *person)).collect(),
            points: part.points,
            needs_on_call: part.needs_on_call,
            lacks_on_call: part.lacks_on_call,
            lacks_size: part.lacks_size,
        }
    }
}
