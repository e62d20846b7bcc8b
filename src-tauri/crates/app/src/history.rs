//! The history: who changed what, and when.

use chrono::{DateTime, Utc};
use headroom_exchange::hr_import::HIDDEN;
use headroom_model::{Change, ChangeWords, Plan};
use serde::Serialize;
use tauri::State;

use super::{EntityKind, hiring::hidden_pay::tells_pay};
use crate::{error::Answer, state::AppState};

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
}

/// Operations before number `before`, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn history(app: State<'_, AppState>, before: Option<u32>, limit: u32) -> Answer<Vec<HistoryEntry>> {
    app.with_store(|store, _| {
        let entries = store.history(before.map(i64::from), limit)?;
        let is_edit = |target: Option<i64>| target.is_none();
        Ok(entries
            .into_iter()
            .map(|entry| HistoryEntry {
                seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
                at: entry.at,
                is_undone: is_edit(entry.target) && store.is_undone(entry.seq),
                author: entry.author,
                action: entry.action.name().to_owned(),
                label: entry.label,
                change_count: entry.change_count,
            })
            .collect())
    })?
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChange {
    pub kind: EntityKind,
    /// The kind of entity in words: `checklist item`.
    pub noun: String,
    pub id: u32,
    pub name: String,
    /// `added`, `changed`, `removed`.
    pub verb: String,
    pub fields: Vec<HistoryField>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryField {
    pub field: String,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChanges {
    pub total: u32,
    pub changes: Vec<HistoryChange>,
}

/// A page of the changes of an operation, field by field.
#[tauri::command(async)]
#[specta::specta]
pub fn history_changes(
    app: State<'_, AppState>,
    seq: u32,
    offset: u32,
    limit: u32,
) -> Answer<HistoryChanges> {
    let (changes, plan) = app.with_store(|store, _| {
        store.changes_of(seq.into()).map(|changes| (changes, store.plan().clone()))
    })??;
    Ok(ChangePresenter::new(&plan, &changes, app.is_pay_shown()).stretch(offset, limit))
}

/// Formats changes for the page.
pub struct ChangePresenter<'a> {
    words: ChangeWords<'a>,
    changes: &'a [Change],
    shows_pay: bool,
}

impl<'a> ChangePresenter<'a> {
    /// `shows_pay`: include salaries and the cost of single positions.
    pub fn new(plan: &'a Plan, changes: &'a [Change], shows_pay: bool) -> Self {
        Self { words: ChangeWords::new(plan, changes), changes, shows_pay }
    }

    pub fn stretch(&self, offset: u32, limit: u32) -> HistoryChanges {
        let stretch = self.changes.iter().skip(offset as usize).take(limit as usize);
        HistoryChanges {
            total: self.changes.len() as u32,
            changes: stretch.map(|change| self.change(change)).collect(),
        }
    }

    fn change(&self, change: &Change) -> HistoryChange {
        let subject = change.subject();
        let verb = match (change.creates(), change.removes()) {
            (true, _) => "added",
            (_, true) => "removed",
            _ => "changed",
        };
        let fields = self.words.fields(change).into_iter().map(|words| {
            let is_hidden = !self.shows_pay && tells_pay(change, &words.field);
            let text = |text: String| if text.is_empty() || !is_hidden { text } else { HIDDEN.to_owned() };
            HistoryField { field: words.label, before: text(words.before), after: text(words.after) }
        });
        HistoryChange {
            kind: subject.kind.into(),
            noun: subject.kind.noun().to_owned(),
            id: subject.id,
            name: self.words.name(subject),
            verb: verb.to_owned(),
            fields: fields.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::{Budget, Currency, Draft, Money, Position};

    use super::*;

    fn told(shows_pay: bool) -> String {
        let plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (position, budget) = (draft.new_id::<Position>(), draft.new_id::<Budget>());
        let boss = draft.new_id::<Position>();
        let pay = Some(Money::whole(91_000, Currency::EUR));
        draft.put(Position { id: boss, key: "HC-1".into(), title: "Lead".into(), ..Position::default() });
        draft.put(Position {
            id: position,
            key: "HC-2".into(),
            title: "Engineer".into(),
            manager: Some(boss),
            pay,
            pay_up_to: pay,
            ..Position::default()
        });
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
        draft.put(Budget {
            id: budget,
            amount: Some(Money::whole(2_000_000, Currency::EUR)),
            from: day,
            until: day,
            ..Budget::default()
        });
        let changes = draft.finish();
        format!("{:?}", ChangePresenter::new(&plan, &changes, shows_pay).stretch(0, 9))
    }

    #[test]
    fn pay_is_hidden_unless_shown() {
        assert!(told(true).contains("91000.00 EUR"));
        let hidden = told(false);
        assert!(!hidden.contains("91000") && hidden.contains(HIDDEN), "{hidden}");
        assert!(hidden.contains("2000000.00 EUR"), "a budget is nobody's pay: {hidden}");
    }

    #[test]
    fn created_entities_are_named() {
        assert!(told(false).contains("Lead"));
    }
}
