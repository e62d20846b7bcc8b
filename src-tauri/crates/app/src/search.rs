//! The search: entities and rules by name, key and former name.

use chrono::NaiveDate;
use headroom_analysis::RULES;
use headroom_model::{
    Checklist, Entity, EntityRef, EntityTable, Grouping, GroupingKind, Kind, Person, Plan, Position, Service,
    Team, Template, folded, search_key, wording,
};
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
    /// Why it does not exist on the day shown: `joins 1 Mar 2027`, `ended 31 Jan 2026`; empty if it does.
    pub absence: String,
}

/// Entities and rules whose name, ID or former name contains the text, best match first; case and accents are ignored.
/// With `kinds`, only entities of these. With `is_any_day`, also those that begin after the day shown or have ended
/// before it, which come after the others that match as well.
#[specta::specta]
pub fn search(
    app: &AppState,
    text: String,
    kinds: Vec<EntityKind>,
    is_any_day: bool,
    at: At,
    limit: u32,
) -> Answer<Vec<Hit>> {
    let plan = app.plan()?;
    let search =
        Search { plan: &plan, needle: search_key(&text), kinds: &kinds, is_any_day, day: at.shown_day() };
    let mut found = Vec::new();
    search.table(&mut found, |team: &Team| team.kind.clone());
    search.table(&mut found, |person: &Person| person.title.clone());
    search.table(&mut found, |service: &Service| service.kind.clone());
    search.table(&mut found, |position: &Position| {
        position.team.map(|team| plan.name_of(team.into())).unwrap_or_default()
    });
    search.table(&mut found, |grouping: &Grouping| grouping.kind.noun().to_owned());
    search.table(&mut found, |template: &Template| template.occasion.doing().to_owned());
    search.table(&mut found, |_: &Checklist| String::new());
    found.sort_by(|a, b| a.place.cmp(&b.place));
    let rules = RULES
        .iter()
        .filter(|rule| kinds.is_empty() && rank(&search.needle, rule.title, rule.id, &[]).is_some())
        .map(|rule| Hit {
            entity: None,
            rule: Some(rule.id.to_owned()),
            title: rule.title.to_owned(),
            detail: "rule".to_owned(),
            absence: String::new(),
        });
    let entities = found.into_iter().map(|found| {
        let named = NamedEntity::new(&plan, found.subject);
        let (detail, absence) = (found.detail, found.absence);
        Hit { title: named.name.clone(), entity: Some(named), rule: None, detail, absence }
    });
    Ok(entities.chain(rules).take(limit as usize).collect())
}

struct Search<'a> {
    plan: &'a Plan,
    /// [Folded](search_key).
    needle: String,
    kinds: &'a [EntityKind],
    is_any_day: bool,
    day: NaiveDate,
}

struct Found {
    /// How good the match is, whether it is absent, the name.
    place: (u8, bool, String),
    subject: EntityRef,
    detail: String,
    absence: String,
}

impl Search<'_> {
    fn table<T: EntityTable>(&self, found: &mut Vec<Found>, detail: impl Fn(&T) -> String) {
        if !self.kinds.is_empty() && !self.kinds.contains(&T::KIND.into()) {
            return;
        }
        for row in self.plan.in_order::<T>() {
            let absence = self.absence(row);
            if !self.is_any_day && !absence.is_empty() {
                continue;
            }
            let name = row.display_name(self.plan);
            if let Some(rank) = rank(&self.needle, &name, row.key().unwrap_or_default(), row.aliases()) {
                let place = (rank, !absence.is_empty(), search_key(&name));
                found.push(Found {
                    place,
                    subject: EntityRef { kind: T::KIND, id: row.id().into() },
                    detail: detail(row),
                    absence,
                });
            }
        }
    }

    /// Positions are always there: whoever plans looks for those to come, and closed ones say so themselves.
    fn absence<T: EntityTable>(&self, row: &T) -> String {
        let range = row.date_range();
        if T::KIND == Kind::Position || range.contains(self.day) {
            return String::new();
        }
        let (begins, ended) = match T::KIND {
            Kind::Person => ("joins", "left"),
            _ => ("begins", "ended"),
        };
        match (range.from, range.until) {
            (Some(from), _) if from > self.day => format!("{begins} {}", wording::date(from)),
            (_, Some(until)) => format!("{ended} {}", wording::date(until)),
            _ => String::new(),
        }
    }
}

/// 0 is the best: the whole name, its start, the start of a word, anywhere, its words in another order, a former name.
fn rank(needle: &str, name: &str, key: &str, aliases: &[String]) -> Option<u8> {
    let (name, key) = (search_key(name), search_key(key));
    if name == needle || key == needle {
        return Some(0);
    }
    if name.starts_with(needle) || key.starts_with(needle) {
        return Some(1);
    }
    let begins_word = |text: &str, begin: &str| {
        text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(begin))
    };
    if begins_word(&name, needle) {
        return Some(2);
    }
    if name.contains(needle) || key.contains(needle) {
        return Some(3);
    }
    if needle.contains(' ') && needle.split(' ').all(|word| begins_word(&name, word)) {
        return Some(4);
    }
    aliases.iter().any(|alias| search_key(alias).contains(needle)).then_some(5)
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
    let hits = search(app, text.to_owned(), vec![kind], false, at, u32::MAX)?;
    only(hits.into_iter().filter_map(|hit| hit.entity).collect(), Kind::from(kind).noun(), text)
}

/// The domain that a text means: by its key, else by name, of those that are there on the day.
///
/// # Errors
/// As [`find`].
pub fn find_domain(app: &AppState, text: &str, at: At) -> Answer<NamedEntity> {
    let plan = app.plan()?;
    let domains = || plan.in_order::<Grouping>().into_iter().filter(|row| row.kind == GroupingKind::Domain);
    if let Some(row) = domains().find(|row| row.key == text) {
        return Ok(NamedEntity::new(&plan, row.id));
    }
    let (needle, day) = (search_key(text), at.shown_day());
    let is_meant = |row: &&Grouping| {
        row.date_range().contains(day) && rank(&needle, &row.name, &row.key, &row.aliases).is_some()
    };
    only(domains().filter(is_meant).map(|row| NamedEntity::new(&plan, row.id)).collect(), "domain", text)
}

/// The one that is meant: of several, the one with exactly this name.
fn only(mut found: Vec<NamedEntity>, noun: &str, text: &str) -> Answer<NamedEntity> {
    if found.iter().any(|entity| folded(&entity.name) == folded(text)) {
        found.retain(|entity| folded(&entity.name) == folded(text));
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(AppError::new(ErrorKind::NotFound, format!("no {noun} “{text}”; use an ID or name"))),
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
