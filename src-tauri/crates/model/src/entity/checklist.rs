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

json_value!(Vec<TemplateUse>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Set,
    |uses, names| {
        let words = uses.iter().map(|used| {
            let name = names.name_by_key(Kind::Template, &used.template);
            format!("{}, version {}", name.unwrap_or_else(|| used.template.clone()), used.version)
        });
        words.collect::<Vec<_>>().join(", ")
    },
    check: |uses| uses.iter().try_for_each(|used| TextLimit::Name.check(&used.template)));

entity! {
    /// The checklist of one person. Its [`ChecklistItem`]s are copies, independent of the template.
    pub struct Checklist: ChecklistId {
        person: PersonId, "person";
        occasion: LifecycleEvent, "type";
        /// Start date, from which due dates are counted.
        start: NaiveDate, "start date";
        buddy: Option<PersonId>, "buddy";
        /// None: the person in the position that theirs reports to.
        manager: Option<PersonId>, "manager";
        /// The service handed over.
        service: Option<ServiceId>, "service";
        templates: Vec<TemplateUse>, "templates";
    }
}

impl Entity for Checklist {
    /// By person and start.
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (
            (places.of(row.person), row.start, row.occasion, row.service.map(|service| places.of(service))),
            (row.manager.map(|person| places.of(person)), row.buddy.map(|person| places.of(person))),
            row.templates.iter().map(|used| (&used.template, used.version)).collect::<Vec<_>>(),
        ))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{}’s {} checklist", names.name(self.person.into()), self.occasion.doing())
    }
}
