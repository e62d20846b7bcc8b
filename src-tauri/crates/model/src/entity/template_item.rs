use super::*;

json_value!(Vec<TemplateItemId>, "[]", is_empty: Vec::is_empty, FieldType::References(Kind::TemplateItem), MergeRule::Set,
    |items, names| listed(items, names),
    references: |items, visit| items.iter().for_each(|item| visit((*item).into())));

entity! {
    /// An item of a template: a task, or a goal.
    pub struct TemplateItem: TemplateItemId {
        template: TemplateId, "template";
        section: String, "section";
        title: String, "title", required();
        /// Markdown.
        text: String, "text", long();
        due: Option<Due<TemplateItemId>>, "due", columns(&["due", "due_after"]);
        assignee: Assignee, "assignee", columns(&["assignee", "assignee_person", "assignee_team"]);
        /// Working days it takes once it can begin; 0 is within the day.
        takes_days: u32, "duration";
        /// Items that must be done first.
        needs: Vec<TemplateItemId>, "depends on";
        optional: bool, "optional";
        /// A goal rather than a task.
        goal: bool, "goal";
        link: String, "link", long();
        /// The service it is about.
        service: Option<ServiceId>, "service";
        /// The team it is about.
        team: Option<TeamId>, "team";
        /// Order within the template.
        place: ListPlace, "place";
    }
}

impl Entity for TemplateItem {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        places.compare(self.template.into(), other.template.into()).then_with(|| {
            compare_by!(self, other, row => (
                row.place, (&row.section, &row.title), row.due.map(|due| due.working_days),
                row.assignee.in_order(places), (&row.text, &row.link),
            ))
        })
    }

    fn check_together(&self) -> Result<(), FieldError> {
        check_days(self.due, self.takes_days)
    }
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
