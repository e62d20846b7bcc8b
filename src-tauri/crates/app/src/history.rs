//! The history: who changed what, and when.

use chrono::{DateTime, Utc};
use headroom_model::Kind;
use headroom_store::{Operation, Store};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    change_presenter::{ChangePresenter, HistoryChanges},
    entities::entity::EntityKind,
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
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
    /// What it has changed: `Team`, `Person`; empty where that was not asked for.
    pub types: Vec<String>,
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
            types: Vec::new(),
        }
    }
}

/// Which steps are listed.
#[derive(Debug, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct HistoryQuery {
    pub rows: RowQuery,
    /// The first moment, and the one after the last: days are those of the reader.
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// The steps that match a query.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// All steps of the plan.
    pub total: u32,
    /// The newest step of the plan.
    pub newest: u32,
    pub lines: TableLines<HistoryEntry>,
}

/// The steps that match, newest first by default.
#[specta::specta]
pub fn history(app: &AppState, query: HistoryQuery) -> Answer<HistoryPage> {
    app.with_store(|store, _| {
        let (all, kinds) = (store.history(None, u32::MAX)?, store.kinds_of_operations()?);
        let total = all.len() as u32;
        let words = query.rows.words();
        let is_sought = |entry: &Operation| query.is_in_time(entry) && has_words(&words, entry);
        let found = all.into_iter().filter(is_sought).collect();
        let newest = u32::try_from(store.newest_operation()).unwrap_or(u32::MAX);
        Ok(HistoryPage { total, newest, lines: Steps { store, kinds }.lines(found, &query.rows)? })
    })?
}

/// Steps in columns.
struct Steps<'a> {
    store: &'a Store,
    kinds: FxHashMap<i64, Vec<Kind>>,
}

impl TableRows for Steps<'_> {
    type Row = Operation;
    type Shown = HistoryEntry;
    const COLUMNS: &'static [&'static str] = &["at", "label", "author", "type", "changes"];

    fn value(&self, entry: &Operation, column: &str) -> ColumnValue {
        match column {
            "at" => ColumnValue::Number(entry.seq as f64),
            "author" => ColumnValue::word(&entry.author),
            "type" => ColumnValue::Things(self.kinds_of(entry).iter().map(|kind| thing(*kind)).collect()),
            "changes" => ColumnValue::count(entry.change_count),
            _ => ColumnValue::word(&entry.label),
        }
    }

    fn show(&self, entry: &Operation) -> HistoryEntry {
        let types = self.kinds_of(entry).iter().map(|kind| type_title(*kind)).collect();
        HistoryEntry { types, ..HistoryEntry::new(self.store, entry.clone()) }
    }
}

impl Steps<'_> {
    fn kinds_of(&self, entry: &Operation) -> &[Kind] {
        self.kinds.get(&entry.seq).map_or(&[][..], Vec::as_slice)
    }
}

fn thing(kind: Kind) -> CellThing {
    CellThing::ranked(0, EntityKind::from(kind).name(), type_title(kind))
}

/// `Checklist item`.
fn type_title(kind: Kind) -> String {
    let mut letters = kind.noun().chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

impl HistoryQuery {
    fn is_in_time(&self, entry: &Operation) -> bool {
        self.from.is_none_or(|from| entry.at >= from) && self.until.is_none_or(|until| entry.at < until)
    }
}

fn has_words(words: &[String], entry: &Operation) -> bool {
    matches(words, [entry.label.as_str(), entry.author.as_str()])
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
            // What was taken back has left nothing behind.
            let stands = |it: &Operation| it.target.is_none() && !store.is_undone(it.seq);
            found.extend(
                page.into_iter().filter(|it| it.seq > i64::from(seq) && it.merge.is_none() && stands(it)),
            );
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
    use crate::paging::ColumnFilter;

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
        let query = HistoryQuery { rows: RowQuery { limit: 9, ..query.rows }, ..query };
        let rows = history(app, query).unwrap().lines.rows.into_iter();
        rows.filter_map(|line| line.row.map(|entry| entry.label)).collect()
    }

    fn filtered(column: &str, id: &str) -> HistoryQuery {
        let any_of = vec![id.to_owned()];
        let filter = ColumnFilter { column: column.to_owned(), any_of, ..ColumnFilter::default() };
        HistoryQuery {
            rows: RowQuery { filters: vec![filter], ..RowQuery::default() },
            ..HistoryQuery::default()
        }
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
        assert_eq!(labels(&app, filtered("author", "Ben")), ["Add Ada"]);
        assert_eq!(labels(&app, filtered("type", "team")), ["Add both", "Add Gdańsk"]);
        let rows = RowQuery { text: "marquez gdansk".to_owned(), ..RowQuery::default() };
        assert_eq!(labels(&app, HistoryQuery { rows, ..all() }), ["Add Gdańsk"]);
    }

    #[test]
    fn choices_say_what_each_would_find() {
        let (_folder, app) = app();
        let choices = |column: &str| {
            let mut query = filtered("type", "person");
            query.rows.choices_of = column.to_owned();
            let found = history(&app, query).unwrap();
            assert_eq!((found.total, found.lines.found), (3, 2));
            let choices = found.lines.choices.into_iter();
            choices.map(|choice| format!("{} {}", choice.title, choice.count)).collect::<Vec<_>>()
        };
        assert_eq!(choices("author"), ["Ana Márquez 1", "Ben 1"], "of those that changed a person");
        assert_eq!(choices("type"), ["Person 2", "Team 2"], "whichever type is chosen");
    }
}
