//! View models of a checklist and its items.

use chrono::{Datelike, Days, NaiveDate};
use headroom_analysis::{
    generated_tasks::{GeneratedTask, not_materialized},
    onboarding::{ChecklistSchedule, ResolvedAssignee, ScheduledItem, checkout::is_checked_out},
};
use headroom_checklist_markdown::html;
use headroom_model::{Assignee, ChecklistItem, ItemState, LifecycleEvent, ListPlace, PersonId, Plan};

use crate::{
    entities::entity::NamedEntity,
    onboarding::{
        list::checklist::{Contact, FeedbackView, ItemName, ListItem, ListView, SectionProgress, Turn},
        new_hires::{OverdueCount, ReachedDay},
    },
};

pub struct Show<'a> {
    pub plan: &'a Plan,
    pub course: &'a ChecklistSchedule<'a>,
}

impl Show<'_> {
    pub fn view(&self, found: &[GeneratedTask]) -> ListView {
        let (plan, course) = (self.plan, self.course);
        let list = course.checklist;
        let rows: Vec<&ChecklistItem> = course.items.iter().map(|placed| placed.item).collect();
        let mut items: Vec<ListItem> = (0..course.items.len()).map(|at| self.item(at)).collect();
        items.extend(not_materialized(found, &rows).map(|found| self.found(found)));
        items.sort_by_key(|item| (item.due.is_none(), item.due));
        let day_one = course.milestones().day_one;
        let path = day_one.iter().flat_map(|milestone| &milestone.path);
        ListView {
            id: list.id.into(),
            person: NamedEntity::new(plan, list.person),
            occasion: list.occasion.word().to_owned(),
            start: list.start,
            when: when(course),
            contacts: self.contacts(),
            done: course.progress().into(),
            day_one_path: path.map(|at| OverdueCount::of(plan, course, *at)).collect(),
            day_one: day_one.as_ref().map(ReachedDay::of),
            sections: sections(&items),
            items,
            is_handed_out: is_checked_out(plan),
        }
    }

    fn contacts(&self) -> Vec<Contact> {
        let roles = [("Buddy", self.course.checklist.buddy), ("Manager", self.course.new_hire.manager)];
        let contact = |(role, person): (&str, Option<PersonId>)| {
            let row = self.plan.people.get(person?)?;
            let person = NamedEntity::new(self.plan, row.id);
            Some(Contact { role: role.to_owned(), person, email: row.email.clone() })
        };
        roles.into_iter().filter_map(contact).collect()
    }

    fn name(&self, at: usize) -> ItemName {
        let placed = &self.course.items[at];
        ItemName {
            id: placed.item.id.into(),
            title: placed.item.title.clone(),
            who: placed.who.name(self.plan),
        }
    }

    fn item(&self, at: usize) -> ListItem {
        let (plan, course, placed) = (self.plan, self.course, &self.course.items[at]);
        let item = placed.item;
        let (state_on, state_words) = match &item.state {
            ItemState::Open => (None, String::new()),
            ItemState::Done { on, by } => (Some(*on), by.clone()),
            ItemState::Skipped { on, why } => (Some(*on), why.clone()),
            ItemState::Blocked { by } => (None, by.clone()),
        };
        let waits_for: Vec<ItemName> = course.waits_for(at).map(|before| self.name(before)).collect();
        let next = |next: &usize| {
            !course.items[*next].is_over()
                && course.items[*next].after.iter().any(|(before, _)| *before == at)
        };
        let holds_up =
            if placed.is_over() { Vec::new() } else { (0..course.items.len()).filter(next).collect() };
        let about = item
            .service
            .map(|service| NamedEntity::new(plan, service))
            .into_iter()
            .chain(item.team.map(|team| NamedEntity::new(plan, team)));
        let holds_up: Vec<ItemName> = holds_up.into_iter().map(|at| self.name(at)).collect();
        ListItem {
            id: Some(item.id.into()),
            generated: item.generated.clone(),
            section: item.section.clone(),
            title: item.title.clone(),
            html: html(&item.text),
            link: item.link.clone(),
            due: placed.due,
            is_due_by_hand: item.due_by_hand.is_some(),
            due_words: self.due_words(placed),
            turn: turn(placed.is_over(), placed.is_required(), placed.due, course.today),
            who: placed.who.name(plan),
            who_entity: NamedEntity::of_assignee(plan, &placed.who),
            email: email(plan, &placed.who),
            is_own: item.assignee == Assignee::NewHire
                || placed.who == ResolvedAssignee::Person(course.checklist.person),
            is_optional: item.optional,
            is_goal: item.goal,
            takes_days: item.takes_days,
            about: about.collect(),
            state: item.state.word().to_owned(),
            state_on,
            state_words,
            note: item.note.clone(),
            feedback: item.feedback.as_ref().map(|said| FeedbackView {
                fault: said.fault.word().to_owned(),
                words: said.words.clone(),
                on: said.on,
                settled: said.settled,
            }),
            message: self.message(placed, &holds_up),
            waits_for: dedup(waits_for),
            holds_up,
        }
    }

    fn found(&self, found: &GeneratedTask) -> ListItem {
        let (plan, course) = (self.plan, self.course);
        let row = found.row(0.into(), course.checklist.id, ListPlace::default());
        let due = course.day(found.due);
        let list = course.checklist;
        let assignee = ResolvedAssignee::of(&row.assignee, list.person, course.new_hire.manager, list.buddy);
        let person = found.person.map(|person| NamedEntity::new(plan, person));
        let service = found.service.map(|service| NamedEntity::new(plan, service));
        let team = found.team.map(|team| NamedEntity::new(plan, team));
        ListItem {
            id: None,
            generated: found.key.clone(),
            section: row.section,
            title: row.title,
            html: html(&row.text),
            link: row.link,
            due: Some(due),
            is_due_by_hand: false,
            due_words: working_day(found.due, list.occasion),
            turn: turn(false, false, Some(due), course.today),
            who: assignee.name(plan),
            who_entity: NamedEntity::of_assignee(plan, &assignee),
            email: email(plan, &assignee),
            is_own: assignee == ResolvedAssignee::Person(list.person),
            is_optional: true,
            is_goal: false,
            takes_days: 0,
            about: [person, service, team].into_iter().flatten().collect(),
            state: ItemState::Open.word().to_owned(),
            state_on: None,
            state_words: String::new(),
            note: String::new(),
            feedback: None,
            waits_for: Vec::new(),
            holds_up: Vec::new(),
            message: String::new(),
        }
    }

    fn due_words(&self, placed: &ScheduledItem<'_>) -> String {
        if placed.item.due_by_hand.is_some() {
            return "custom due date".to_owned();
        }
        let Some(due) = placed.item.due else { return String::new() };
        let before = due.after.and_then(|after| self.plan.checklist_items.get(after));
        match before {
            None => working_day(due.working_days, self.course.checklist.occasion),
            Some(before) => match due.working_days {
                0 => format!("on the day of “{}”", before.title),
                1 => format!("1 working day after “{}”", before.title),
                days => format!("{days} working days after “{}”", before.title),
            },
        }
    }

    /// A plain-text message.
    fn message(&self, placed: &ScheduledItem<'_>, holds_up: &[ItemName]) -> String {
        let (plan, list) = (self.plan, self.course.checklist);
        let due =
            placed.due.map(|day| format!(", due {}", headroom_model::wording::date(day))).unwrap_or_default();
        let waiting = match holds_up {
            [] => String::new(),
            [one] => format!(" It blocks “{}”.", one.title),
            [one, rest @ ..] => format!(" It blocks “{}” and {} more.", one.title, rest.len()),
        };
        let whose = format!("{}’s {}", plan.name_of(list.person.into()), list.occasion.doing());
        format!(
            "Hello {},\n\n“{}” on {whose} checklist is assigned to you{due}.{waiting} Could you let me know when it \
             will be done, or what’s blocking it?\n\nThank you!",
            placed.who.name(plan),
            placed.item.title,
        )
    }
}

fn dedup(mut names: Vec<ItemName>) -> Vec<ItemName> {
    let mut seen = rustc_hash::FxHashSet::default();
    names.retain(|name| seen.insert(name.id));
    names
}

fn email(plan: &Plan, assignee: &ResolvedAssignee) -> String {
    let ResolvedAssignee::Person(person) = assignee else { return String::new() };
    plan.people.get(*person).map(|row| row.email.clone()).unwrap_or_default()
}

fn working_day(number: i32, occasion: LifecycleEvent) -> String {
    let days = match number.unsigned_abs() {
        1 => "1 working day".to_owned(),
        many => format!("{many} working days"),
    };
    match (occasion, number) {
        (LifecycleEvent::Leave, 0) => "the last day".to_owned(),
        (LifecycleEvent::Leave, 1..) => format!("{days} after the last day"),
        (LifecycleEvent::Leave, _) => format!("{days} before the last day"),
        (_, 0..) => format!("working day {}", number + 1),
        (_, _) => format!("{days} before the start"),
    }
}

fn turn(is_over: bool, is_required: bool, due: Option<NaiveDate>, today: NaiveDate) -> Turn {
    let sunday = today + Days::new(u64::from(6 - today.weekday().num_days_from_monday()));
    match due {
        _ if is_over => Turn::Over,
        None => Turn::Whenever,
        Some(due) if due < today => {
            if is_required {
                Turn::Late
            } else {
                Turn::Whenever
            }
        }
        Some(due) if due == today => Turn::Today,
        Some(due) if due <= sunday => Turn::ThisWeek,
        Some(_) => Turn::Later,
    }
}

fn when(course: &ChecklistSchedule<'_>) -> String {
    let (today, start) = (course.today, course.checklist.start);
    let is_leaving = course.checklist.occasion == LifecycleEvent::Leave;
    let days = (start - today).num_days();
    match (is_leaving, days) {
        (true, 0) => "last day is today".to_owned(),
        (true, 1) => "last day is tomorrow".to_owned(),
        (true, 2..) => format!("{days} days until the last day"),
        (true, _) => "last day has passed".to_owned(),
        (false, 1) => "starts tomorrow".to_owned(),
        (false, 2..) => format!("starts in {days} days"),
        (false, _) => {
            let number = course.number(today) + 1;
            format!("working day {}", number.max(1))
        }
    }
}

/// In order of first item. Tasks are counted as in the whole checklist; goals and optional items separately.
fn sections(items: &[ListItem]) -> Vec<SectionProgress> {
    let mut sections: Vec<SectionProgress> = Vec::new();
    for item in items.iter().filter(|item| !item.is_goal) {
        let at = sections.iter().position(|section| section.name == item.section).unwrap_or_else(|| {
            sections.push(SectionProgress { name: item.section.clone(), items: 0, over: 0, optional: 0 });
            sections.len() - 1
        });
        if item.is_optional {
            sections[at].optional += 1;
        } else {
            sections[at].items += 1;
            sections[at].over += u32::from(item.turn == Turn::Over);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_ends_on_sunday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let friday = day("2026-11-27");
        let turn = |due: Option<&str>| turn(false, true, due.map(day), friday);
        assert_eq!(turn(Some("2026-11-26")), Turn::Late);
        assert_eq!(turn(Some("2026-11-27")), Turn::Today);
        assert_eq!(turn(Some("2026-11-29")), Turn::ThisWeek);
        assert_eq!(turn(Some("2026-11-30")), Turn::Later);
        assert_eq!(turn(None), Turn::Whenever);
        assert_eq!(super::turn(true, true, Some(friday), friday), Turn::Over);
        assert_eq!(super::turn(false, false, Some(day("2026-11-26")), friday), Turn::Whenever, "never late");
        assert_eq!(
            [working_day(2, LifecycleEvent::Join), working_day(-1, LifecycleEvent::Join)].join("; "),
            "working day 3; 1 working day before the start"
        );
    }
}
