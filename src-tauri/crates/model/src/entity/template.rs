//! Checklist templates: what a checklist is made from, and for whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// The event that a checklist is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifecycleEvent {
    /// The first day in the organisation.
    #[default]
    Join,
    /// The first day on another team.
    Move,
    /// The first day as owner of a service.
    TakeOver,
    /// The last day in the organisation.
    Leave,
}

impl LifecycleEvent {
    pub const ALL: [LifecycleEvent; 4] =
        [LifecycleEvent::Join, LifecycleEvent::Move, LifecycleEvent::TakeOver, LifecycleEvent::Leave];

    pub const fn word(self) -> &'static str {
        match self {
            LifecycleEvent::Join => "join",
            LifecycleEvent::Move => "move",
            LifecycleEvent::TakeOver => "take-over",
            LifecycleEvent::Leave => "leave",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.word().eq_ignore_ascii_case(word.trim()))
    }

    /// The type of checklist, for a sentence: `onboarding`, `service handover`.
    pub fn doing(self) -> &'static str {
        match self {
            LifecycleEvent::Join => "onboarding",
            LifecycleEvent::Move => "team transfer",
            LifecycleEvent::TakeOver => "service handover",
            LifecycleEvent::Leave => "offboarding",
        }
    }

    /// The day that preparation leads up to, for a sentence: `ready for day one`.
    pub fn day(self) -> &'static str {
        match self {
            LifecycleEvent::Join => "day one",
            LifecycleEvent::Move => "the first day on the team",
            LifecycleEvent::TakeOver => "the first day as owner",
            LifecycleEvent::Leave => "the last day",
        }
    }
}

word_value!(LifecycleEvent, |occasion| occasion.doing().to_owned());

entity! {
    /// A template: for whom it is, and its [`TemplateItem`]s. A checklist has copies of them, so that neither an edit nor
    /// the deletion of a template reaches those who have started.
    pub struct Template: TemplateId {
        key: String, "ID", required();
        name: String, "name", required();
        occasion: LifecycleEvent, "type";
        /// For this team and its sub-teams; none is any team.
        team: Option<TeamId>, "team";
        /// For this discipline; empty is any.
        discipline: String, "discipline";
        /// For this level; empty is any.
        level: String, "level";
        /// Starts at 1 and goes up by one when the items change.
        version: u32 = 1, "version", merge(MergeRule::Highest);
        /// The date of the last review.
        reviewed: Option<NaiveDate>, "reviewed";
        /// The Markdown it was imported from; empty if it was made by hand.
        text: String, "text", document();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
    }
}

impl Entity for Template {
    fn without(&self, _removal: &dyn Removal) -> Option<Self> {
        // One for a team that no longer exists would be for all.
        None
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.version == 0 {
            return Err(FieldError::new("version", "must be 1 or more"));
        }
        Ok(())
    }
}
