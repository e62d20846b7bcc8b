//! A generated task, and the row of a list that it becomes.

use headroom_model::{
    Assignee, ChecklistId, ChecklistItem, ChecklistItemId, Due, ListPlace, PersonId, ServiceId, TeamId,
};

/// A task that comes from the plan and is in no template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GeneratedTask {
    /// Its identity, stable as long as the plan gives the task: `learn:12`, `meet:person:34`, `task:…`.
    pub key: String,
    pub section: String,
    pub title: String,
    /// The reason, in Markdown.
    pub text: String,
    pub link: String,
    pub service: Option<ServiceId>,
    pub team: Option<TeamId>,
    pub person: Option<PersonId>,
    /// The due date in working days from the start; see [`Due`].
    pub due: i32,
    pub assignee: Assignee,
}

impl GeneratedTask {
    /// The task as a row of a list.
    pub fn row(&self, id: ChecklistItemId, checklist: ChecklistId, place: ListPlace) -> ChecklistItem {
        ChecklistItem {
            id,
            checklist,
            generated: self.key.clone(),
            section: self.section.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            due: Some(Due { working_days: self.due, after: None }),
            assignee: self.assignee.clone(),
            optional: true,
            link: self.link.clone(),
            service: self.service,
            team: self.team,
            place,
            ..ChecklistItem::default()
        }
    }
}
