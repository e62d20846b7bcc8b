//! Changes in words, field by field: of an operation in the history, of an import, of a preview.

use headroom_hr_import::HIDDEN;
use headroom_model::{Change, ChangeWords, EntityRef, FieldWords, Plan};
use serde::Serialize;

use crate::{
    entities::{entity::EntityKind, id::Id},
    hidden_pay::tells_pay,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChange {
    pub kind: EntityKind,
    /// The kind of entity in words: `checklist item`.
    pub noun: String,
    pub id: Id,
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
        HistoryChange {
            kind: subject.kind.into(),
            noun: subject.kind.noun().to_owned(),
            id: Id(subject.id),
            name: self.words.name(subject),
            verb: verb.to_owned(),
            fields: self.fields(change).into_iter().map(|(_, words)| words).collect(),
        }
    }

    /// The fields of a change that differ, each with its name in the plan.
    pub fn fields(&self, change: &Change) -> Vec<(String, HistoryField)> {
        let field = |words: FieldWords| {
            let is_hidden = !self.shows_pay && tells_pay(change, &words.field);
            let text = |text: String| if text.is_empty() || !is_hidden { text } else { HIDDEN.to_owned() };
            let (before, after) = (text(words.before), text(words.after));
            (words.field, HistoryField { field: words.label, before, after })
        };
        self.words.fields(change).into_iter().map(field).collect()
    }

    pub fn name(&self, subject: EntityRef) -> String {
        self.words.name(subject)
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
