//! Items of checklists, with status, note and feedback.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    template_item::{check_days, check_item, is_new_hire, is_nothing, visit_assignee},
    *,
};

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

    fn is_open(&self) -> bool {
        *self == ItemState::Open
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

/// An item of a checklist: a task, or a goal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub checklist: ChecklistId,
    /// The ID of the template item that it was copied from, which may be deleted by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<u64>,
    /// Key of a generated task (`service:12`, `meet:34`); empty for a copy of a template item.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub generated: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    pub title: String,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due<ChecklistItemId>>,
    /// A due date set by hand: it does not move with the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_by_hand: Option<NaiveDate>,
    #[serde(skip_serializing_if = "is_new_hire")]
    pub assignee: Assignee,
    /// Working days it takes once it can begin; 0 is within the day.
    #[serde(skip_serializing_if = "is_nothing")]
    pub takes_days: u32,
    /// Items that must be done first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ChecklistItemId>,
    #[serde(skip_serializing_if = "is_false")]
    pub optional: bool,
    /// A goal rather than a task.
    #[serde(skip_serializing_if = "is_false")]
    pub goal: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// The service it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// The team it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(skip_serializing_if = "ItemState::is_open")]
    pub state: ItemState,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// Order within the checklist.
    pub place: u32,
}

impl Entity for ChecklistItem {
    type Id = ChecklistItemId;
    const KIND: Kind = Kind::ChecklistItem;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.checklist.into());
        visit_assignee(&self.assignee, visit);
        self.before().for_each(|item| visit(item.into()));
        self.service.into_iter().for_each(|service| visit(service.into()));
        self.team.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_item([&self.section, &self.title, &self.text, &self.link], &self.assignee)?;
        check_days(self.due, self.takes_days)?;
        check_text("generated", &self.generated)?;
        check_text("note", &self.note)?;
        check_text("feedback", self.feedback.as_ref().map_or("", |feedback| &feedback.words))?;
        match &self.state {
            ItemState::Open => Ok(()),
            ItemState::Done { by, .. } => check_text("state", by),
            ItemState::Skipped { why, .. } => check_name("state", why),
            ItemState::Blocked { by } => check_name("state", by),
        }
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
