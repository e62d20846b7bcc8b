//! Items of checklists, with status, note and feedback.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{template_item::check_days, *};

/// The status of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ItemState {
    #[default]
    Open,
    Done {
        on: NaiveDate,
        /// Who did it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
    },
    /// Not applicable.
    Skipped { on: NaiveDate, why: String },
    /// Blocked by something outside of the list.
    Blocked { by: String },
}

impl ItemState {
    pub fn word(&self) -> &'static str {
        match self {
            ItemState::Open => "open",
            ItemState::Done { .. } => "done",
            ItemState::Skipped { .. } => "skipped",
            ItemState::Blocked { .. } => "blocked",
        }
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        matches!(self, ItemState::Done { .. } | ItemState::Skipped { .. })
    }
}

/// What is wrong with an item, reported by someone who followed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackKind {
    #[default]
    Outdated,
    Unclear,
    /// Something is missing that the item should have.
    Missing,
}

impl FeedbackKind {
    pub const ALL: [FeedbackKind; 3] = [FeedbackKind::Outdated, FeedbackKind::Unclear, FeedbackKind::Missing];

    pub fn word(self) -> &'static str {
        match self {
            FeedbackKind::Outdated => "outdated",
            FeedbackKind::Unclear => "unclear",
            FeedbackKind::Missing => "missing",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// Feedback on an item, for those who maintain the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feedback {
    pub fault: FeedbackKind,
    pub on: NaiveDate,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The date it was dealt with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<NaiveDate>,
}

impl FieldData for ItemState {
    fn is_empty(&self) -> bool {
        *self == ItemState::Open
    }

    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    fn set_json(&mut self, value: &Value) -> bool {
        let Ok(read) = Deserialize::deserialize(value) else { return false };
        *self = read;
        true
    }

    /// Three columns: the word, the day, and by whom, why or by what.
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        let (on, words) = match self {
            ItemState::Open => (None, ""),
            ItemState::Done { on, by } => (Some(*on), by.as_str()),
            ItemState::Skipped { on, why } => (Some(*on), why.as_str()),
            ItemState::Blocked { by } => (None, by.as_str()),
        };
        cells.push(Cell::text(self.word()));
        cells.push(on.map_or(Cell::Null, Cell::owned));
        cells.push(Cell::text(words));
    }

    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [word, on, words] = cells else { return Err("has no columns".into()) };
        let on = on.as_text().map(str::parse).transpose().map_err(|_| "is not a date")?;
        let words = words.as_text().unwrap_or_default().to_owned();
        *self = match (word.as_text(), on) {
            (Some("done"), Some(on)) => ItemState::Done { on, by: words },
            (Some("skipped"), Some(on)) => ItemState::Skipped { on, why: words },
            (Some("blocked"), _) => ItemState::Blocked { by: words },
            (Some("open"), _) => ItemState::Open,
            _ => return Err("is not a status".into()),
        };
        Ok(())
    }

    fn words(&self, _names: &dyn Names) -> String {
        let day = |on: &NaiveDate| crate::wording::date(on);
        match self {
            ItemState::Done { on, by } if by.is_empty() => format!("done on {}", day(on)),
            ItemState::Done { on, by } => format!("done on {} by {by}", day(on)),
            ItemState::Skipped { on, why } => format!("skipped on {}: {why}", day(on)),
            ItemState::Blocked { by } => format!("blocked by {by}"),
            ItemState::Open => self.word().to_owned(),
        }
    }

    fn check(&self, _limit: TextLimit) -> Result<(), String> {
        match self {
            ItemState::Open => Ok(()),
            ItemState::Done { by, .. } => TextLimit::Long.check(by),
            ItemState::Skipped { why: words, .. } | ItemState::Blocked { by: words } => {
                TextLimit::Name.check(words)
            }
        }
    }
}

impl ValueType for ItemState {
    const TYPE: FieldType = FieldType::Structure;
}

json_value!(Option<Feedback>, "null", is_empty: Option::is_none, FieldType::Structure, MergeRule::Single,
    |feedback, _| match feedback {
        None => String::new(),
        Some(feedback) if feedback.words.is_empty() => feedback.fault.word().to_owned(),
        Some(feedback) => format!("{}: {}", feedback.fault.word(), feedback.words),
    },
    check: |feedback| feedback.as_ref().map_or(Ok(()), |feedback| TextLimit::Long.check(&feedback.words)));

json_value!(Vec<ChecklistItemId>, "[]", is_empty: Vec::is_empty, FieldType::References(Kind::ChecklistItem), MergeRule::Set,
    |items, names| listed(items, names),
    references: |items, visit| items.iter().for_each(|item| visit((*item).into())));

entity! {
    /// An item of a checklist: a task, or a goal.
    pub struct ChecklistItem: ChecklistItemId {
        checklist: ChecklistId, "checklist";
        /// The ID of the template item that it was copied from, which may be deleted by now.
        origin: Option<u64>, "source", internal();
        /// Key of a generated task (`service:12`, `meet:34`); empty for a copy of a template item.
        generated: String, "generated", long(), internal();
        section: String, "section";
        title: String, "title", required();
        /// Markdown.
        text: String, "text", long();
        due: Option<Due<ChecklistItemId>>, "due", columns(&["due", "due_after"]);
        /// A due date set by hand: it does not move with the start.
        due_by_hand: Option<NaiveDate>, "custom due date";
        assignee: Assignee, "assignee", columns(&["assignee", "assignee_person", "assignee_team"]);
        /// Working days it takes once it can begin; 0 is within the day.
        takes_days: u32, "duration";
        /// Items that must be done first.
        needs: Vec<ChecklistItemId>, "depends on";
        optional: bool, "optional";
        /// A goal rather than a task.
        goal: bool, "goal";
        link: String, "link", long();
        /// The service it is about.
        service: Option<ServiceId>, "service";
        /// The team it is about.
        team: Option<TeamId>, "team";
        state: ItemState, "status", columns(&["state", "state_on", "state_words"]);
        note: String, "note", long();
        feedback: Option<Feedback>, "feedback";
        /// Order within the checklist.
        place: ListPlace, "place";
    }
}

impl Entity for ChecklistItem {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        // Almost always of one list.
        let lists = match self.checklist == other.checklist {
            true => Ordering::Equal,
            false => places.compare(self.checklist.into(), other.checklist.into()),
        };
        lists.then(self.place.cmp(&other.place)).then_with(|| {
            compare_by!(self, other, row => (
                row.assignee.in_order(places), row.due.map(|due| due.working_days),
                [&row.section, &row.title, &row.generated, &row.text, &row.link, &row.note],
            ))
        })
    }

    fn check_together(&self) -> Result<(), FieldError> {
        check_days(self.due, self.takes_days)
    }
}

impl ChecklistStep for ChecklistItem {
    fn list(&self) -> u64 {
        self.checklist.into()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn before(&self) -> impl Iterator<Item = ChecklistItemId> {
        self.needs.iter().copied().chain(self.due.and_then(|due| due.after))
    }
}
