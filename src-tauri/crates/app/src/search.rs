//! The search: entities and rules by name, key and former name.

use headroom_analysis::RULES;
use headroom_model::{Entity, EntityRef, Grouping, Kind, Person, Plan, Position, Service, Team, folded};
use serde::Serialize;

use crate::{
    at::At,
    entities::entity::{EntityKind, NamedEntity},
    error::{Answer, AppError, ErrorKind},
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { search };

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
#[specta::specta]
pub fn search(app: &AppState, text: String, kinds: Vec<EntityKind>, at: At, limit: u32) -> Answer<Vec<Hit>> {
    let view = app.day(at)?;
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

/// The entity of a type that a text means: by its key, also if it does not exist on the day, else by name.
///
/// # Errors
/// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Invalid`] if there are several.
pub fn find(app: &AppState, kind: EntityKind, text: &str, at: At) -> Answer<NamedEntity> {
    let plan = app.plan()?;
    if let Some(found) = by_key(&plan, kind, text) {
        return Ok(NamedEntity::new(&plan, found));
    }
    let hits = search(app, text.to_owned(), vec![kind], at, u32::MAX)?;
    let mut found: Vec<NamedEntity> = hits.into_iter().filter_map(|hit| hit.entity).collect();
    if found.iter().any(|entity| folded(&entity.name) == folded(text)) {
        found.retain(|entity| folded(&entity.name) == folded(text));
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let noun = Kind::from(kind).noun();
            Err(AppError::new(ErrorKind::NotFound, format!("no {noun} “{text}”; use an ID or name")))
        }
        many => {
            let keys: Vec<&str> = many.iter().map(|entity| entity.key.as_str()).take(NAMED).collect();
            let more = if many.len() > NAMED { ", …" } else { "" };
            let message = format!("“{text}” is ambiguous ({}{more}): use an ID", keys.join(", "));
            Err(AppError::new(ErrorKind::Invalid, message))
        }
    }
}

/// How many entities are named if a text is ambiguous.
const NAMED: usize = 5;

fn by_key(plan: &Plan, kind: EntityKind, key: &str) -> Option<EntityRef> {
    match kind {
        EntityKind::Team => plan.find::<Team>(key).map(EntityRef::from),
        EntityKind::Person => plan.find::<Person>(key).map(EntityRef::from),
        EntityKind::Service => plan.find::<Service>(key).map(EntityRef::from),
        EntityKind::Position => plan.find::<Position>(key).map(EntityRef::from),
        _ => None,
    }
}
