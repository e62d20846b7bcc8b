//! The shell around the views: status of the plan, undo and redo, and the search of the command palette. Undo reverts
//! an operation of someone else only if it is the one that the user agreed to.

use crate::view::id::Id;
use chrono::NaiveDate;
use headroom_analysis::{RULES, Severity, hiring::PositionStatuses};
use headroom_model::{Entity, EntityRef, Grouping, Position, folded};
use headroom_store::UndoStep;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, State};

use super::{EntityKind, NamedEntity};
use crate::{
    error::Answer,
    state::{AppState, today},
    view::{findings::SeverityLevel, hiring::hidden_pay::ShownAmount, positions::PositionCounts},
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    pub plan_name: String,
    pub path: String,
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
    /// Findings by the kind of their subject.
    pub team_findings: u32,
    pub person_findings: u32,
    pub service_findings: u32,
    pub findings: u32,
    pub seats: PositionCounts,
    /// Annual cost of everyone in a position at the rate of the day; none while salaries are hidden.
    pub cost: Option<ShownAmount>,
    pub worst: Option<SeverityLevel>,
}

/// A step that can be undone.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoStepRow {
    pub seq: u32,
    pub label: String,
    /// The author, if it is someone else.
    pub other: Option<String>,
}

impl UndoStepRow {
    fn new(step: &UndoStep, author: &str) -> Self {
        let other = (step.author != author).then(|| step.author.clone());
        Self { seq: u32::try_from(step.seq).unwrap_or(u32::MAX), label: step.label.clone(), other }
    }
}

#[tauri::command(async)]
#[specta::specta]
pub fn frame(app: State<'_, AppState>, day: Option<NaiveDate>) -> Answer<Frame> {
    let view = app.day(day)?;
    let count = |kind| {
        view.findings.iter().filter(|finding| EntityKind::from(finding.subject.kind) == kind).count() as u32
    };
    let snapshot = &view.snapshot;
    let seats = PositionStatuses::new(snapshot, &app.occupancies()?);
    let cost = app.cost_on(snapshot.day())?;
    app.with_store(|store, revision| Frame {
        plan_name: super::welcome::plan_name(store.plan(), store.path()),
        path: store.path().display().to_string(),
        is_read_only: store.is_read_only(),
        revision,
        day: snapshot.day(),
        today: today(),
        author: app.author.clone(),
        is_pay_shown: app.is_pay_shown(),
        undo: store.next_undo().map(|step| UndoStepRow::new(step, &app.author)),
        redo: store.next_redo().map(|step| step.label.clone()),
        teams: (0..snapshot.team_count()).filter(|at| !snapshot.team(*at).unconfirmed).count() as u32,
        people: (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed).count() as u32,
        services: snapshot.service_count() as u32,
        team_findings: count(EntityKind::Team),
        person_findings: count(EntityKind::Person),
        service_findings: count(EntityKind::Service),
        findings: view.findings.len() as u32,
        seats: PositionCounts::of((0..snapshot.position_count()).map(|at| seats.of(at))),
        cost: cost.map(ShownAmount::from),
        worst: view.findings.iter().map(|finding| finding.severity).max().map(SeverityLevel::from),
    })
}

/// Calculates days that are likely to be asked for next, in the background.
#[tauri::command]
#[specta::specta]
pub fn look_ahead(handle: AppHandle, days: Vec<NaiveDate>) {
    std::thread::spawn(move || handle.state::<AppState>().look_ahead(&days));
}

/// An entity, as in an address.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EntityChoice {
    pub kind: EntityKind,
    pub id: Id,
}

/// The names of these; unknown IDs are left out.
#[tauri::command(async)]
#[specta::specta]
pub fn names(app: State<'_, AppState>, entities: Vec<EntityChoice>) -> Answer<Vec<NamedEntity>> {
    let plan = app.plan()?;
    let subjects = entities.into_iter().map(|entity| EntityRef { kind: entity.kind.into(), id: entity.id.0 });
    let is_there = |subject: &EntityRef| headroom_model::with_row!(plan, subject, _row => ()).is_some();
    Ok(subjects.filter(is_there).map(|subject| NamedEntity::new(&plan, subject)).collect())
}

/// A result of the search.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The entity; none for a rule.
    pub entity: Option<NamedEntity>,
    pub rule: Option<String>,
    pub title: String,
    pub detail: String,
}

/// Teams, people, services, systems and rules whose name, ID or former name contains the text, best match first. With
/// `kinds`, only entities of these.
#[tauri::command(async)]
#[specta::specta]
pub fn search(
    app: State<'_, AppState>,
    text: String,
    kinds: Vec<EntityKind>,
    day: Option<NaiveDate>,
    limit: u32,
) -> Answer<Vec<Hit>> {
    let view = app.day(day)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let needle = folded(&text);
    let mut found: Vec<(u8, String, EntityRef, String)> = Vec::new();
    let mut consider = |subject: EntityRef, name: &str, key: &str, aliases: &[String], detail: &str| {
        let is_wanted = kinds.is_empty() || kinds.contains(&subject.kind.into());
        if is_wanted && let Some(rank) = rank(&needle, name, key, aliases) {
            found.push((rank, name.to_lowercase(), subject, detail.to_owned()));
        }
    };
    for at in 0..snapshot.team_count() {
        let team = snapshot.team(at);
        consider(team.id.into(), &team.name, &team.key, &team.aliases, &team.kind);
    }
    for at in 0..snapshot.person_count() {
        let person = snapshot.person(at);
        consider(person.id.into(), &person.name, &person.key, &person.aliases, &person.title);
    }
    for at in 0..snapshot.service_count() {
        let service = snapshot.service(at);
        consider(service.id.into(), &service.name, &service.key, &service.aliases, &service.kind);
    }
    for position in plan.in_order::<Position>() {
        let team = position.team.map(|team| plan.name_of(team.into())).unwrap_or_default();
        consider(position.id.into(), &position.name(), &position.key, &[], &team);
    }
    for grouping in
        plan.in_order::<Grouping>().into_iter().filter(|row| row.date_range().contains(snapshot.day()))
    {
        consider(grouping.id.into(), &grouping.name, &grouping.key, &grouping.aliases, grouping.kind.noun());
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let rules = RULES
        .iter()
        .filter(|rule| kinds.is_empty() && rank(&needle, rule.title, rule.id, &[]).is_some())
        .map(|rule| Hit {
            entity: None,
            rule: Some(rule.id.to_owned()),
            title: rule.title.to_owned(),
            detail: "rule".to_owned(),
        });
    let entities = found.into_iter().map(|(_, _, subject, detail)| {
        let named = NamedEntity::new(plan, subject);
        Hit { title: named.name.clone(), entity: Some(named), rule: None, detail }
    });
    Ok(entities.chain(rules).take(limit as usize).collect())
}

/// 0 is the best: the whole name, its start, the start of a word, anywhere, a former name.
fn rank(needle: &str, name: &str, key: &str, aliases: &[String]) -> Option<u8> {
    let (name, key) = (folded(name), folded(key));
    if name == needle || key == needle {
        return Some(0);
    }
    if name.starts_with(needle) || key.starts_with(needle) {
        return Some(1);
    }
    let is_word_start =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(needle));
    if is_word_start(&name) {
        return Some(2);
    }
    if name.contains(needle) || key.contains(needle) {
        return Some(3);
    }
    aliases.iter().any(|alias| folded(alias).contains(needle)).then_some(4)
}

/// Undoes the newest operation if it is the one of someone else that was agreed to, or one's own if none was; answers
/// with its label.
#[tauri::command(async)]
#[specta::specta]
pub fn undo(app: State<'_, AppState>, seq: Option<u32>) -> Answer<String> {
    let author = app.author.clone();
    let is_meant = |step: &UndoStep| match seq {
        Some(seq) => step.seq == i64::from(seq),
        None => step.author == author,
    };
    app.alter(|store| {
        if !store.next_undo().is_none_or(is_meant) {
            return Err(headroom_store::StoreError::ChangedElsewhere);
        }
        store.undo(&author, crate::state::now())
    })
}

/// Redoes the operation undone last; answers with its label.
#[tauri::command(async)]
#[specta::specta]
pub fn redo(app: State<'_, AppState>) -> Answer<String> {
    let author = app.author.clone();
    app.alter(|store| store.redo(&author, crate::state::now()))
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
#[tauri::command(async)]
#[specta::specta]
pub fn refresh(app: State<'_, AppState>) -> Answer<Refreshed> {
    Ok(Refreshed { is_changed: app.refresh()?, today: today() })
}

/// Number of findings by severity, for a badge.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    pub count: u32,
    pub worst: Option<SeverityLevel>,
}

impl Tally {
    pub fn add(&mut self, severity: Severity) {
        self.count += 1;
        let severity = SeverityLevel::from(severity);
        self.worst = Some(self.worst.map_or(severity, |worst| worst.max(severity)));
    }

    pub fn of<'a>(findings: impl Iterator<Item = &'a headroom_analysis::Finding>) -> Self {
        let mut tally = Tally::default();
        findings.for_each(|finding| tally.add(finding.severity));
        tally
    }
}
