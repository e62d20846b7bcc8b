//! The history: who changed what, and when.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use headroom_model::Kind;
use headroom_store::{Operation, Store};
use serde::{Deserialize, Serialize};

use crate::{
    change_presenter::{ChangePresenter, HistoryChanges},
    entities::entity::EntityKind,
    error::Answer,
    paging::{matches, search_words},
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { history, history_changes, steps_since };

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub seq: u32,
    pub at: DateTime<Utc>,
    pub author: String,
    /// `edit`, `import`, `undo`, `redo`.
    pub action: String,
    pub label: String,
    pub change_count: u32,
    /// Undone since.
    pub is_undone: bool,
    /// Done in a copy of the plan, and brought by the merge above it.
    pub from_copy: bool,
    /// In effect, so that it can be undone, also after others.
    pub can_undo: bool,
}

impl HistoryEntry {
    fn new(store: &Store, entry: Operation) -> Self {
        Self {
            seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
            at: entry.at,
            is_undone: entry.target.is_none() && store.is_undone(entry.seq),
            from_copy: entry.merge.is_some(),
            can_undo: store.can_undo(entry.seq),
            author: entry.author,
            action: entry.action.name().to_owned(),
            label: entry.label,
            change_count: entry.change_count,
        }
    }
}

/// Which steps are listed.
#[derive(Debug, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct HistoryQuery {
    /// Words that occur in the label or the author.
    pub text: String,
    /// The first moment, and the one after the last.
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    pub author: Option<String>,
    /// Steps that have changed something of this type.
    pub kind: Option<EntityKind>,
}

/// The steps that match a query.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// All steps of the plan.
    pub total: u32,
    /// Those that match.
    pub found: u32,
    /// The newest step of the plan.
    pub newest: u32,
    /// The newest that match first.
    pub entries: Vec<HistoryEntry>,
    /// Who has done those that match but for the author, most first.
    pub authors: Vec<HistoryAuthor>,
    /// What those that match but for the type have changed, most first.
    pub kinds: Vec<HistoryKind>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryAuthor {
    pub name: String,
    pub steps: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryKind {
    pub kind: EntityKind,
    /// In words: `checklist item`.
    pub noun: String,
    pub steps: u32,
}

/// The steps that match, newest first, and who has done what among them.
#[specta::specta]
pub fn history(app: &AppState, query: HistoryQuery, limit: u32) -> Answer<HistoryPage> {
    app.with_store(|store, _| {
        let (all, kinds) = (store.history(None, u32::MAX)?, store.kinds_of_operations()?);
        let total = all.len() as u32;
        let words = search_words(&query.text);
        let kinds_of = |entry: &Operation| kinds.get(&entry.seq).map_or(&[][..], Vec::as_slice);
        let is_of = |entry: &Operation| query.author.as_ref().is_none_or(|author| *author == entry.author);
        let has = |entry: &Operation| query.kind.is_none_or(|kind| kinds_of(entry).contains(&kind.into()));
        let (mut authors, mut changed) = (BTreeMap::new(), BTreeMap::new());
        let mut found = Vec::new();
        for entry in all.into_iter().filter(|entry| query.is_in_time(entry) && query.has_words(&words, entry))
        {
            let (is_of, has) = (is_of(&entry), has(&entry));
            if has {
                *authors.entry(entry.author.clone()).or_default() += 1;
            }
            if is_of {
                kinds_of(&entry).iter().for_each(|kind| *changed.entry(*kind).or_default() += 1);
            }
            if is_of && has {
                found.push(entry);
            }
        }
        let author = |(name, steps)| HistoryAuthor { name, steps };
        let kind = |(kind, steps): (Kind, u32)| HistoryKind {
            kind: kind.into(),
            noun: kind.noun().to_owned(),
            steps,
        };
        Ok(HistoryPage {
            total,
            found: found.len() as u32,
            newest: u32::try_from(store.newest_operation()).unwrap_or(u32::MAX),
            entries: found
                .into_iter()
                .take(limit as usize)
                .map(|entry| HistoryEntry::new(store, entry))
                .collect(),
            authors: most_first(authors).into_iter().map(author).collect(),
            kinds: most_first(changed).into_iter().map(kind).collect(),
        })
    })?
}

impl HistoryQuery {
    fn is_in_time(&self, entry: &Operation) -> bool {
        self.from.is_none_or(|from| entry.at >= from) && self.until.is_none_or(|until| entry.at < until)
    }

    fn has_words(&self, words: &[String], entry: &Operation) -> bool {
        matches(words, [entry.label.as_str(), entry.author.as_str()])
    }
}

fn most_first<T>(counts: BTreeMap<T, u32>) -> Vec<(T, u32)> {
    let mut counts: Vec<(T, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, steps)| std::cmp::Reverse(*steps));
    counts
}

/// What was done after a step.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StepsSince {
    /// The file of the plan.
    pub path: String,
    /// The newest step; 0 if nothing was ever done.
    pub newest: u32,
    /// Number of steps, at most [`COUNTED`]; a merged copy is one.
    pub count: u32,
    /// There are more than that.
    pub has_more: bool,
    /// The newest of them.
    pub steps: Vec<HistoryEntry>,
}

/// How many steps are counted.
const COUNTED: usize = 100;

/// What was done after step `seq`; the newest `limit` steps of it.
#[specta::specta]
pub fn steps_since(app: &AppState, seq: u32, limit: u32) -> Answer<StepsSince> {
    app.with_store(|store, _| {
        let newest = store.history(None, 1)?.first().map_or(0, |entry| entry.seq);
        let mut found = Vec::new();
        let mut before = None;
        // What a copy brought stands between the steps.
        while found.len() <= COUNTED {
            let page = store.history(before, COUNTED as u32)?;
            let Some(last) = page.last() else { break };
            before = Some(last.seq);
            let is_over = last.seq <= i64::from(seq);
            found.extend(page.into_iter().filter(|it| it.seq > i64::from(seq) && it.merge.is_none()));
            if is_over {
                break;
            }
        }
        Ok(StepsSince {
            path: store.path().display().to_string(),
            newest: u32::try_from(newest).unwrap_or(u32::MAX),
            count: found.len().min(COUNTED) as u32,
            has_more: found.len() > COUNTED,
            steps: found.into_iter().take(limit as usize).map(|it| HistoryEntry::new(store, it)).collect(),
        })
    })?
}

/// A page of the changes of an operation, field by field.
#[specta::specta]
pub fn history_changes(app: &AppState, seq: u32, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let (changes, plan) = app.with_store(|store, _| {
        store.changes_of(seq.into()).map(|changes| (changes, store.plan().clone()))
    })??;
    Ok(ChangePresenter::new(&plan, &changes, app.pay.is_shown()).stretch(offset, limit))
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Person, Team};
    use headroom_store::OperationMeta;

    use super::*;

    fn made(store: &mut Store, label: &str, author: &str, at: &str, put: impl FnOnce(&mut Draft<'_>)) {
        let plan = store.plan().clone();
        let mut draft = Draft::new(&plan);
        put(&mut draft);
        let changes = draft.finish();
        store.apply(&OperationMeta::edit(label, author, at.parse().unwrap()), changes).unwrap();
    }

    fn team(draft: &mut Draft<'_>, name: &str) {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: name.to_lowercase(), name: name.into(), ..Team::default() });
    }

    fn person(draft: &mut Draft<'_>, name: &str) {
        let id = draft.new_id::<Person>();
        draft.put(Person { id, key: name.to_lowercase(), name: name.into(), ..Person::default() });
    }

    /// Three steps: a team by Ana, a person by Ben a day later, both by Ana another day later.
    fn app() -> (tempfile::TempDir, AppState) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("acme.headroom"), crate::state::now()).unwrap();
        made(&mut store, "Add Gdańsk", "Ana Márquez", "2026-11-20T09:00:00Z", |draft| {
            team(draft, "Gdansk")
        });
        made(&mut store, "Add Ada", "Ben", "2026-11-21T09:00:00Z", |draft| person(draft, "Ada"));
        made(&mut store, "Add both", "Ana Márquez", "2026-11-22T09:00:00Z", |draft| {
            team(draft, "Returns");
            person(draft, "Bo");
        });
        (folder, AppState::on(store, "Ana Márquez".to_owned()))
    }

    fn labels(app: &AppState, query: HistoryQuery) -> Vec<String> {
        history(app, query, 9).unwrap().entries.into_iter().map(|entry| entry.label).collect()
    }

    #[test]
    fn steps_are_found_by_day_author_type_and_words() {
        let (_folder, app) = app();
        let all = HistoryQuery::default;
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(labels(&app, all()), ["Add both", "Add Ada", "Add Gdańsk"]);
        let days =
            HistoryQuery { from: at("2026-11-21T00:00:00Z"), until: at("2026-11-22T09:00:00Z"), ..all() };
        assert_eq!(labels(&app, days), ["Add Ada"], "the last moment is not included");
        assert_eq!(labels(&app, HistoryQuery { author: Some("Ben".to_owned()), ..all() }), ["Add Ada"]);
        let teams = HistoryQuery { kind: Some(EntityKind::Team), ..all() };
        assert_eq!(labels(&app, teams), ["Add both", "Add Gdańsk"]);
        assert_eq!(labels(&app, HistoryQuery { text: "marquez gdansk".to_owned(), ..all() }), ["Add Gdańsk"]);
    }

    #[test]
    fn counts_say_what_each_choice_would_find() {
        let (_folder, app) = app();
        let page =
            history(&app, HistoryQuery { kind: Some(EntityKind::Person), ..HistoryQuery::default() }, 1);
        let page = page.unwrap();
        assert_eq!((page.total, page.found, page.entries.len()), (3, 2, 1));
        let authors: Vec<(&str, u32)> = page.authors.iter().map(|it| (it.name.as_str(), it.steps)).collect();
        assert_eq!(authors, [("Ana Márquez", 1), ("Ben", 1)], "of those that changed a person");
        let kinds: Vec<(&str, u32)> = page.kinds.iter().map(|it| (it.noun.as_str(), it.steps)).collect();
        assert_eq!(kinds, [("team", 2), ("person", 2)], "whichever type is chosen");
    }
}
