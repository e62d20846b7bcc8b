use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A template and the version that a checklist was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateUse {
    /// Key of the template, which may be deleted by now.
    pub template: String,
    pub version: u32,
}

/// The checklist of one person. Its [`ChecklistItem`]s are copies, independent of the template.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Checklist {
    pub id: ChecklistId,
    pub person: PersonId,
    pub occasion: LifecycleEvent,
    /// Start date, from which due dates are counted.
    pub start: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buddy: Option<PersonId>,
    /// None: the person in the position that theirs reports to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<PersonId>,
    /// The service handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<TemplateUse>,
}

impl Entity for Checklist {
    type Id = ChecklistId;
    const KIND: Kind = Kind::Checklist;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.person.into());
        self.buddy.into_iter().chain(self.manager).for_each(|person| visit(person.into()));
        self.service.into_iter().for_each(|service| visit(service.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        self.templates.iter().try_for_each(|used| check_name("templates", &used.template))
    }
}
