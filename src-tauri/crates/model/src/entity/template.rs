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

    pub fn word(self) -> &'static str {
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

/// A template: for whom it is, and its [`TemplateItem`]s. A checklist has copies of them, so that neither an edit nor
/// the deletion of a template reaches those who have started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    pub id: TemplateId,
    pub key: String,
    pub name: String,
    pub occasion: LifecycleEvent,
    /// For this team and its sub-teams; none is any team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// For this discipline; empty is any.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub discipline: String,
    /// For this level; empty is any.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level: String,
    /// Starts at 1 and goes up by one when the items change.
    pub version: u32,
    /// The date of the last review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<NaiveDate>,
    /// The Markdown it was imported from; empty if it was made by hand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl Default for Template {
    fn default() -> Self {
        Self {
            id: TemplateId::default(),
            key: String::new(),
            name: String::new(),
            occasion: LifecycleEvent::Join,
            team: None,
            discipline: String::new(),
            level: String::new(),
            version: 1,
            reviewed: None,
            text: String::new(),
            source: None,
            extra: Extra::new(),
        }
    }
}

/// The longest Markdown of a template, in bytes.
const SOURCE_LIMIT: usize = 16 << 20;

impl Entity for Template {
    type Id = TemplateId;
    const KIND: Kind = Kind::Template;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.team.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_name("name", &self.name)?;
        check_short("discipline", &self.discipline)?;
        check_short("level", &self.level)?;
        if self.version == 0 {
            return Err(FieldError::new("version", "must be 1 or more"));
        }
        if self.text.len() > SOURCE_LIMIT {
            return Err(FieldError::new("text", "is longer than 16 megabytes"));
        }
        if self.text.contains('\0') {
            return Err(FieldError::new("text", "contains a NUL character"));
        }
        Ok(())
    }
}
