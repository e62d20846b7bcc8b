//! A list and its items in the words of the page.

use chrono::{Datelike, Days, NaiveDate};
use headroom_analysis::onboarding::{
    Course, Doer, Placed,
    found::{Found, not_taken_up},
    handout::is_handed_out,
};
use headroom_exchange::markdown::html;
use headroom_model::{Assignee, ChecklistItem, ItemState, Occasion, PersonId, Plan};

use super::{Contact, FeedbackView, ItemName, ListItem, ListView, SectionProgress, Turn};
use crate::view::{
    Named,
    onboarding::starters::{Chase, Reach},
};

pub struct Show<'a> {
    pub plan: &'a Plan,
    pub course: &'a Course<'a>,
}

impl Show<'_> {
    pub fn view(&self, found: &[Found]) -> ListView {
        let (plan, course) = (self.plan, self.course);
        let list = course.checklist;
        let rows: Vec<&ChecklistItem> = course.items.iter().map(|placed| placed.item).collect();
        let mut items: Vec<ListItem> = (0..course.items.len()).map(|at| self.item(at)).collect();
        items.extend(not_taken_up(found, &rows).map(|found| self.found(found)));
        items.sort_by_key(|item| (item.due.is_none(), item.due));
        let day_one = course.milestones().day_one;
        let path = day_one.iter().flat_map(|milestone| &milestone.path);
        ListView {
            id: list.id.0,
            person: Named::new(plan, list.person),
            occasion: list.occasion.word().to_owned(),
            start: list.start,
            when: when(course),
            contacts: self.contacts(),
            done: course.progress().into(),
            day_one_path: path.map(|at| Chase::of(plan, course, *at)).collect(),
            day_one: day_one.as_ref().map(Reach::of),
            sections: sections(&items),
            items,
            is_handed_out: is_handed_out(plan),
        }
    }

    fn contacts(&self) -> Vec<Contact> {
        let roles = [("Buddy", self.course.checklist.buddy), ("Manager", self.course.newcomer.manager)];
        let contact = |(role, person): (&str, Option<PersonId>)| {
            let row = self.plan.people.get(person?)?;
            let person = Named::new(self.plan, row.id);
            Some(Contact { role: role.to_owned(), person, email: row.email.clone() })
        };
        roles.into_iter().filter_map(contact).collect()
    }

    fn name(&self, at: usize) -> ItemName {
        let placed = &self.course.items[at];
        ItemName { id: placed.item.id.0, title: placed.item.title.clone(), who: placed.who.name(self.plan) }
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
            .map(|service| Named::new(plan, service))
            .into_iter()
            .chain(item.team.map(|team| Named::new(plan, team)));
        let holds_up: Vec<ItemName> = holds_up.into_iter().map(|at| self.name(at)).collect();
        ListItem {
            id: Some(item.id.0),
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
            who_entity: Named::of_doer(plan, &placed.who),
            email: email(plan, &placed.who),
            is_own: item.assignee == Assignee::NewHire || placed.who == Doer::Person(course.checklist.person),
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

    fn found(&self, found: &Found) -> ListItem {
        let (plan, course) = (self.plan, self.course);
        let row = found.row(0.into(), course.checklist.id, 0);
        let due = course.day(found.due);
        let list = course.checklist;
        let doer = Doer::of(&row.assignee, list.person, course.newcomer.manager, list.buddy);
        let person = found.person.map(|person| Named::new(plan, person));
        let service = found.service.map(|service| Named::new(plan, service));
        let team = found.team.map(|team| Named::new(plan, team));
        ListItem {
            id: None,
            generated: found.key.clone(),
            section: row.section,
            title: row.title,
            html: html(&row.text),
            link: row.link,
            due: Some(due),
            is_due_by_hand: false,
            due_words: working_day(found.due),
            turn: turn(false, false, Some(due), course.today),
            who: doer.name(plan),
            who_entity: Named::of_doer(plan, &doer),
            email: email(plan, &doer),
            is_own: doer == Doer::Person(list.person),
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

    fn due_words(&self, placed: &Placed<'_>) -> String {
        if placed.item.due_by_hand.is_some() {
            return "set by hand".to_owned();
        }
        let Some(due) = placed.item.due else { return String::new() };
        let before = due.after.and_then(|after| self.plan.checklist_items.get(after));
        match before {
            None => working_day(due.working_days),
            Some(before) => match due.working_days {
                0 => format!("on the day of “{}”", before.title),
                1 => format!("a working day after “{}”", before.title),
                days => format!("{days} working days after “{}”", before.title),
            },
        }
    }

    /// Plain words, for any way of sending.
    fn message(&self, placed: &Placed<'_>, holds_up: &[ItemName]) -> String {
        let (plan, list) = (self.plan, self.course.checklist);
        let due = placed.due.map(|day| format!(", due {}", day.format("%-d %b %Y"))).unwrap_or_default();
        let waiting = match holds_up {
            [] => String::new(),
            [one] => format!(" “{}” waits for it.", one.title),
            [one, rest @ ..] => format!(" “{}” and {} more wait for it.", one.title, rest.len()),
        };
        let for_whom =
            format!("the checklist of {} for {}", plan.name_of(list.person.into()), list.occasion.doing());
        format!(
            "Hello {},\n\n“{}” in {for_whom} is with you{due}.{waiting} Could you say by when it can be done, or what \
             is in its way?\n\nThank you!",
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

fn email(plan: &Plan, doer: &Doer) -> String {
    let Doer::Person(person) = doer else { return String::new() };
    plan.people.get(*person).map(|row| row.email.clone()).unwrap_or_default()
}

fn working_day(number: i32) -> String {
    match number {
        0.. => format!("working day {}", number + 1),
        -1 => "the last working day before the start".to_owned(),
        before => format!("{} working days before the start", before.unsigned_abs()),
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

fn when(course: &Course<'_>) -> String {
    let (today, start) = (course.today, course.checklist.start);
    let is_leaving = course.checklist.occasion == Occasion::Leave;
    let days = (start - today).num_days();
    match (is_leaving, days) {
        (true, 0) => "the last day is today".to_owned(),
        (true, 1) => "the last day is tomorrow".to_owned(),
        (true, 2..) => format!("{days} days until the last one"),
        (true, _) => "the last day is over".to_owned(),
        (false, 1) => "starts tomorrow".to_owned(),
        (false, 2..) => format!("starts in {days} days"),
        (false, _) => {
            let number = course.number(today) + 1;
            format!("working day {}", number.max(1))
        }
    }
}

/// In the order in which they begin. What has to be done is counted as in the whole list; the rest stands beside it.
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
            [working_day(2), working_day(-1)].join("; "),
            "working day 3; the last working day before the start"
        );
    }
}
