use chrono::{DateTime, Duration, NaiveDate, Utc};
use headroom_analysis::onboarding::{ChecklistSchedule, ScheduledItem};
use headroom_model::ItemState;
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Related, Todo, TodoStatus};

use super::{ChecklistDocument, state_words};

/// What makes a later export an update of an earlier one.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Of the plan; the same in each export and in each copy of the plan.
    pub identity: String,
    /// Goes up with each change of the plan.
    pub sequence: u32,
    /// When it is exported.
    pub at: DateTime<Utc>,
}

impl Stamp {
    /// The same for the same thing, whenever it is exported.
    fn uid(&self, thing: &str, id: u32) -> String {
        let identity: String = self.identity.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{thing}-{id}-{identity}@headroom")
    }
}

/// At nine in the morning, wherever the reader is.
const ALARM_HOURS: i64 = 9;

/// The lists as an iCalendar file (RFC 5545). Every item is a to-do, with its due day and an alarm on the morning of
/// it while it is open; the start, and each goal, is an event of a whole day as well, since calendars show few to-dos.
/// Only names and days are floating: nine in the morning is meant where the reader is.
pub fn calendar(leaflet: &ChecklistDocument<'_>, stamp: &Stamp) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Headroom//Checklists//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let name = match leaflet.courses.as_slice() {
        [course] => leaflet.title(course),
        _ => "Checklists".to_owned(),
    };
    calendar.name(&clean(&name));
    for course in &leaflet.courses {
        if leaflet.who.is_none() {
            calendar.push(start(leaflet, course, stamp));
        }
        for (at, placed) in leaflet.items(course) {
            calendar.push(todo(leaflet, course, at, placed, stamp));
            if let Some(due) = placed.due.filter(|_| placed.item.goal) {
                calendar.push(goal(leaflet, course, placed, due, stamp));
            }
        }
    }
    folded(&calendar.to_string())
}

fn start(leaflet: &ChecklistDocument<'_>, course: &ChecklistSchedule<'_>, stamp: &Stamp) -> Event {
    let list = course.checklist;
    let mut event = Event::new();
    common(&mut event, &stamp.uid("start", list.id.0), &leaflet.title(course), stamp);
    whole_day(event, list.start)
}

/// The end is the day after: it lies outside of the event (RFC 5545, 3.6.1).
fn whole_day(mut event: Event, day: NaiveDate) -> Event {
    event.starts(day);
    event.ends(day.succ_opt().unwrap_or(day));
    event.append_property(("TRANSP", "TRANSPARENT")).done()
}

fn goal(
    leaflet: &ChecklistDocument<'_>,
    course: &ChecklistSchedule<'_>,
    placed: &ScheduledItem<'_>,
    due: NaiveDate,
    stamp: &Stamp,
) -> Event {
    let mut event = Event::new();
    let title = format!("Goal for {}: {}", leaflet.name(course), placed.item.title);
    common(&mut event, &stamp.uid("goal", placed.item.id.0), &title, stamp);
    whole_day(event, due)
}

fn todo(
    leaflet: &ChecklistDocument<'_>,
    course: &ChecklistSchedule<'_>,
    at: usize,
    placed: &ScheduledItem<'_>,
    stamp: &Stamp,
) -> Todo {
    let item = placed.item;
    let mut todo = Todo::new();
    // In a calendar of several lists, or of what comes from any of them, the title alone would not say whose it is.
    let title = match (leaflet.courses.len(), &leaflet.who) {
        (1, None) => item.title.clone(),
        _ => format!("{} ({})", item.title, leaflet.name(course)),
    };
    common(&mut todo, &stamp.uid("item", item.id.0), &title, stamp);
    todo.description(&clean(&description(leaflet, course, at, placed)));
    todo.priority(if item.optional || item.goal { 9 } else { 5 });
    if !item.section.is_empty() {
        todo.categories([clean(&item.section)]);
    }
    if headroom_exchange::markdown::leads_somewhere(&item.link) {
        todo.url(item.link.trim());
    }
    for (before, _) in &placed.after {
        let uid = stamp.uid("item", course.items[*before].item.id.0);
        let depends = Property::new("RELATED-TO", uid).add_parameter("RELTYPE", "DEPENDS-ON").done();
        todo.append_multi_property(depends);
    }
    if let Some(due) = placed.due {
        todo.due(due);
    }
    match &item.state {
        ItemState::Done { on, .. } => {
            todo.status(TodoStatus::Completed).percent_complete(100);
            todo.completed(on.and_time(chrono::NaiveTime::MIN).and_utc());
        }
        ItemState::Skipped { .. } => {
            todo.status(TodoStatus::Cancelled);
        }
        ItemState::Open | ItemState::Blocked { .. } => {
            todo.status(TodoStatus::NeedsAction);
            if placed.due.is_some() {
                let morning = (Duration::hours(ALARM_HOURS), Related::End);
                todo.alarm(Alarm::display(&clean(&title), morning));
            }
        }
    }
    todo.done()
}

fn common(component: &mut impl EventLike, uid: &str, title: &str, stamp: &Stamp) {
    component
        .uid(uid)
        .summary(&clean(title))
        .sequence(stamp.sequence)
        .timestamp(stamp.at)
        .last_modified(stamp.at)
        .class(Class::Private);
}

/// Who does it, how far it is, what it waits for, and its text.
fn description(
    leaflet: &ChecklistDocument<'_>,
    course: &ChecklistSchedule<'_>,
    at: usize,
    placed: &ScheduledItem<'_>,
) -> String {
    let mut lines = vec![format!("{} for {}", placed.who.name(leaflet.plan), leaflet.name(course))];
    lines.push(state_words(&placed.item.state));
    let before: Vec<&str> =
        course.waits_for(at).map(|before| course.items[before].item.title.as_str()).collect();
    if !before.is_empty() {
        lines.push(format!("Blocked by: {}", before.join(", ")));
    }
    lines.push(placed.item.text.clone());
    lines.push(placed.item.note.clone());
    lines.retain(|line| !line.is_empty());
    lines.join("\n\n")
}

/// The most octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// The library forgets the blank that a folded line begins with when it counts, so that its lines are one octet too long.
/// No line is folded beside a blank, which some programs take for a part of the fold.
fn folded(calendar: &str) -> String {
    let mut out = String::with_capacity(calendar.len() + calendar.len() / LINE * 3);
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let end = fold_at(rest, room);
            out.push_str(&rest[..end]);
            out.push_str("\r\n ");
            rest = &rest[end..];
            room = LINE - 1;
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
    out
}

/// The last place within the room between two letters.
fn fold_at(line: &str, room: usize) -> usize {
    let places = || line.char_indices().map(|(at, _)| at).filter(|at| *at > 0).take_while(|at| *at <= room);
    let is_within = |at: &usize| {
        let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        !is_blank(line[..*at].chars().next_back()) && !is_blank(line[*at..].chars().next())
    };
    places().filter(is_within).last().or_else(|| places().last()).unwrap_or(line.len())
}

/// Without the signs that a calendar file has no way to write.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| *letter == '\n' || *letter == '\t' || !letter.is_control()).collect()
}
