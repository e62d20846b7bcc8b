//! What stands around every view: status of the plan, names, whether salaries are shown.

use chrono::NaiveDate;
use headroom_analysis::{DayView, Finding, StatusCounts, hiring::PositionStatuses};
use headroom_model::{EntityRef, Scenario};
use headroom_store::Store;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::Answer,
    frame::undo::UndoStepRow,
    hidden_pay::ShownAmount,
    organisation::reporting_lines::PositionCounts,
    scenarios::list::ScenarioStanding,
    state::{AppState, plan_name, today},
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    pub plan_name: String,
    pub path: String,
    /// The scenario that is looked at; none: the plan itself.
    pub scenario: Option<FrameScenario>,
    pub is_read_only: bool,
    /// Incremented with every change of the plan.
    pub revision: u32,
    pub day: NaiveDate,
    pub today: NaiveDate,
    pub author: String,
    /// Whether salaries are shown.
    pub is_pay_shown: bool,
    /// The step that undo would undo.
    pub undo: Option<UndoStepRow>,
    /// The step that redo would redo.
    pub redo: Option<String>,
    pub teams: u32,
    pub people: u32,
    pub services: u32,
    /// None while figures that they need are still read: see [`await_findings`].
    pub findings: Option<FindingCounts>,
    /// Conflicts of merged copies that nobody has decided yet.
    pub open_conflicts: u32,
    pub seats: PositionCounts,
    /// Annual cost of everyone in a position at the rate of the day; none while salaries are hidden.
    pub cost: Option<ShownAmount>,
}

/// How many findings there are.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingCounts {
    /// Neither accepted nor snoozed.
    pub open: u32,
    pub accepted: u32,
    pub snoozed: u32,
    /// Open ones by the kind of their subject.
    pub of_teams: u32,
    pub of_people: u32,
    pub of_services: u32,
}

impl FindingCounts {
    fn of(view: &DayView) -> Self {
        let count = |kind| {
            let is_of = |finding: &&Finding| EntityKind::from(finding.subject.kind) == kind;
            view.open_findings().filter(is_of).count() as u32
        };
        let StatusCounts { open, accepted, snoozed } = view.status_counts();
        Self {
            open: open as u32,
            accepted: accepted as u32,
            snoozed: snoozed as u32,
            of_teams: count(EntityKind::Team),
            of_people: count(EntityKind::Person),
            of_services: count(EntityKind::Service),
        }
    }
}

/// The scenario that is looked at.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FrameScenario {
    pub id: Id,
    pub key: String,
    pub name: String,
    pub standing: ScenarioStanding,
    /// Number of things that it adds, changes or removes.
    pub change_count: u32,
    /// How many steps of the plan it does not have.
    pub behind: u32,
}

impl FrameScenario {
    fn of(store: &Store) -> Option<Self> {
        let row = store.plan_itself().get::<Scenario>(store.scenario()?)?;
        let branch = store.branch(row.id).ok()?;
        Some(Self {
            id: Id(row.id.0),
            key: row.key.clone(),
            name: row.name.clone(),
            standing: row.state.into(),
            change_count: branch.changes().len() as u32,
            behind: branch.behind,
        })
    }
}

#[specta::specta]
pub fn frame(app: &AppState, at: At) -> Answer<Frame> {
    let view = app.day(at)?;
    let findings = view.has_findings_at_once().then(|| FindingCounts::of(&view));
    let snapshot = &view.snapshot;
    let seats = PositionStatuses::new(snapshot, &app.occupancies()?);
    let cost = app.cost_on(snapshot.day())?;
    app.with_store(|store, revision| Frame {
        plan_name: plan_name(store.plan(), store.path()),
        path: store.path().display().to_string(),
        scenario: FrameScenario::of(store),
        is_read_only: store.is_read_only(),
        revision,
        day: snapshot.day(),
        today: today(),
        author: app.author.clone(),
        is_pay_shown: app.pay.is_shown(),
        undo: store.next_undo().map(|step| UndoStepRow::new(step, &app.author)),
        redo: store.next_redo().map(|step| step.label.clone()),
        teams: (0..snapshot.team_count()).filter(|at| !snapshot.team(*at).unconfirmed).count() as u32,
        people: (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed).count() as u32,
        services: snapshot.service_count() as u32,
        findings,
        // Without the number the rest of the frame is the same.
        open_conflicts: store.open_conflict_count().unwrap_or_default(),
        seats: PositionCounts::of((0..snapshot.position_count()).map(|at| seats.of(at))),
        cost: cost.map(ShownAmount::from),
    })
}

/// Waits until the findings of a day are known.
#[specta::specta]
pub fn await_findings(app: &AppState, at: At) -> Answer<()> {
    app.day(at)?.findings();
    Ok(())
}

/// An entity, as in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EntityChoice {
    pub kind: EntityKind,
    pub id: Id,
}

/// The names of these; unknown IDs are left out.
#[specta::specta]
pub fn names(app: &AppState, entities: Vec<EntityChoice>) -> Answer<Vec<NamedEntity>> {
    let plan = app.plan()?;
    let subjects = entities.into_iter().map(|entity| EntityRef { kind: entity.kind.into(), id: entity.id.0 });
    let is_there = |subject: &EntityRef| headroom_model::with_row!(plan, subject, _row => ()).is_some();
    Ok(subjects.filter(is_there).map(|subject| NamedEntity::new(&plan, subject)).collect())
}

/// The result of a check for changes from outside.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Refreshed {
    /// Another program has written to the plan.
    pub is_changed: bool,
    /// The date may have changed.
    pub today: NaiveDate,
}

/// Reloads the plan if another program has written to it.
#[specta::specta]
pub fn refresh(app: &AppState) -> Answer<Refreshed> {
    Ok(Refreshed { is_changed: app.refresh()?, today: today() })
}

/// Shows or hides salaries.
#[specta::specta]
pub fn show_pay(app: &AppState, shown: bool) -> Answer<()> {
    app.pay.show(shown);
    Ok(())
}
