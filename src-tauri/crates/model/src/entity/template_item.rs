use serde::{Deserialize, Serialize};

use super::*;

/// A due date, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due<Id> {
    /// 0 is the first working day, -1 the last one before it; after another item, that many working days later.
    pub working_days: i32,
    /// The item from whose completion it is counted; otherwise it is counted from the start.
    #[serde(default = "nothing", skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
}

fn nothing<Id>() -> Option<Id> {
    None
}

/// Who does an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assignee {
    /// The person the checklist is for.
    #[default]
    NewHire,
    Manager,
    Buddy,
    It,
    PeopleOps,
    Person(PersonId),
    Team(TeamId),
    /// Someone outside of the plan, by name.
    Other(String),
}

impl Assignee {
    /// The roles that every checklist has, with their words in files.
    pub const ROLES: [(Assignee, &'static str); 5] = [
        (Assignee::NewHire, "new hire"),
        (Assignee::Manager, "manager"),
        (Assignee::Buddy, "buddy"),
        (Assignee::It, "it"),
        (Assignee::PeopleOps, "people ops"),
    ];

    /// The role as text; none for a person, team or name.
    pub fn role(&self) -> Option<&'static str> {
        Self::ROLES.iter().find(|(role, _)| role == self).map(|(_, word)| *word)
    }

    pub fn from_role(word: &str) -> Option<Self> {
        Self::ROLES.into_iter().find(|(_, role)| role.eq_ignore_ascii_case(word.trim())).map(|(role, _)| role)
    }
}

pub(super) fn visit_assignee(assignee: &Assignee, visit: &mut dyn FnMut(EntityRef)) {
    match assignee {
        Assignee::Person(person) => visit((*person).into()),
        Assignee::Team(team) => visit((*team).into()),
        _ => {}
    }
}

pub(super) fn is_new_hire(assignee: &Assignee) -> bool {
    *assignee == Assignee::NewHire
}

/// An item of a template: a task, or a goal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateItem {
    pub id: TemplateItemId,
    pub template: TemplateId,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    pub title: String,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due<TemplateItemId>>,
    #[serde(skip_serializing_if = "is_new_hire")]
    pub assignee: Assignee,
    /// Working days it takes once it can begin; 0 is within the day.
    #[serde(skip_serializing_if = "is_nothing")]
    pub takes_days: u32,
    /// Items that must be done first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<TemplateItemId>,
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
    /// Order within the template.
    pub place: u32,
}

impl Entity for TemplateItem {
    type Id = TemplateItemId;
    const KIND: Kind = Kind::TemplateItem;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.template.into());
        visit_assignee(&self.assignee, visit);
        self.before().for_each(|item| visit(item.into()));
        self.service.into_iter().for_each(|service| visit(service.into()));
        self.team.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_days(self.due, self.takes_days)?;
        check_item([&self.section, &self.title, &self.text, &self.link], &self.assignee)
    }
}

pub(super) fn is_nothing(days: &u32) -> bool {
    *days == 0
}

/// The largest number of working days for a due date or a duration: some forty years.
const DAYS_LIMIT: u32 = 10_000;

pub(super) fn check_days<Id>(due: Option<Due<Id>>, takes_days: u32) -> Result<(), FieldError> {
    if due.is_some_and(|due| due.working_days.unsigned_abs() > DAYS_LIMIT) {
        return Err(FieldError::new("due", "must be within 10000 working days"));
    }
    if takes_days > DAYS_LIMIT {
        return Err(FieldError::new("takes_days", "must be 10000 working days or less"));
    }
    Ok(())
}

pub(super) fn check_item(
    [section, title, text, link]: [&str; 4],
    assignee: &Assignee,
) -> Result<(), FieldError> {
    check_short("section", section)?;
    check_name("title", title)?;
    check_text("text", text)?;
    check_text("link", link)?;
    match assignee {
        Assignee::Other(name) => check_name("assignee", name),
        _ => Ok(()),
    }
}

/// An item of a template or checklist, as far as dependencies between items are concerned.
pub trait ChecklistStep: Entity {
    /// The ID of its template or checklist.
    fn list(&self) -> u64;
    fn title(&self) -> &str;
    /// The items it depends on: those it needs, and the one its due date is counted from.
    fn before(&self) -> impl Iterator<Item = Self::Id>;
}

impl ChecklistStep for TemplateItem {
    fn list(&self) -> u64 {
        self.template.into()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn before(&self) -> impl Iterator<Item = TemplateItemId> {
        self.needs.iter().copied().chain(self.due.and_then(|due| due.after))
    }
}
