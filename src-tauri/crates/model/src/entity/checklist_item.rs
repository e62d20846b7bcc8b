use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    template_item::{check_days, check_item, is_new_hire, is_nothing, visit_assignee},
    *,
};

/// How far an item has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ItemState {
    #[default]
    Open,
    Done {
        on: NaiveDate,
        /// Who ticked it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
    },
    /// It does not apply.
    Skipped { on: NaiveDate, why: String },
    /// Something in its way that no item stands for.
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

    /// Nothing is left to do.
    pub fn is_over(&self) -> bool {
        matches!(self, ItemState::Done { .. } | ItemState::Skipped { .. })
    }

    fn is_open(&self) -> bool {
        *self == ItemState::Open
    }
}

/// What is wrong with an item, in the eyes of somebody who followed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackKind {
    #[default]
    Outdated,
    Unclear,
    /// Something that ought to be there is not.
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

/// What somebody says of an item, for whoever looks after the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feedback {
    pub fault: FeedbackKind,
    pub on: NaiveDate,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The day on which somebody has dealt with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<NaiveDate>,
}

/// One thing that one person has to do or is owed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub checklist: ChecklistId,
    /// The number of the template's item that it was copied from, which may be gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<u32>,
    /// What in the plan it stands for (`service:12`, `meet:34`), when it was not copied but found there.
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
    /// A due day that somebody set: it stays when the start moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_by_hand: Option<NaiveDate>,
    #[serde(skip_serializing_if = "is_new_hire")]
    pub assignee: Assignee,
    /// Working days from when it can begin until it is done; 0: within the day.
    #[serde(skip_serializing_if = "is_nothing")]
    pub takes_days: u32,
    /// What has to be done before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ChecklistItemId>,
    #[serde(skip_serializing_if = "is_false")]
    pub optional: bool,
    /// An outcome beside the tasks.
    #[serde(skip_serializing_if = "is_false")]
    pub goal: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// The service that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// The team that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(skip_serializing_if = "ItemState::is_open")]
    pub state: ItemState,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// Orders the items of a checklist.
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
    fn list(&self) -> u32 {
        self.checklist.into()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn before(&self) -> impl Iterator<Item = ChecklistItemId> {
        self.needs.iter().copied().chain(self.due.and_then(|due| due.after))
    }
}
