//! Checklists as an iCalendar file.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use headroom_analysis::onboarding::{ChecklistSchedule, ScheduledItem};
use headroom_model::ItemState;
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Related, Todo, TodoStatus};

use super::{ChecklistDocument, state_words};

/// The data by which a calendar recognises a later export as an update of an earlier one.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The identity of the plan, the same in every export and copy of it.
    pub identity: String,
    /// Increases with every change of the plan.
    pub sequence: u32,
    /// The time of the export.
    pub at: DateTime<Utc>,
}

impl Stamp {
    /// The UID of an item or event, the same in every export.
    fn uid(&self, thing: &str, id: u64) -> String {
        let identity: String = self.identity.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{thing}-{id}-{identity}@headroom")
    }
}

/// The hour of alarms, in the reader's time zone.
const ALARM_HOURS: i64 = 9;

/// The checklists as an iCalendar file (RFC 5545). Every item is a to-do with its due date and, while it is open, an
/// alarm on the morning of that day. The start and each goal are all-day events as well, since many calendars do not
/// show to-dos. All times are floating.
pub fn calendar(document: &ChecklistDocument<'_>, stamp: &Stamp) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Headroom//Checklists//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let name = match document.schedules.as_slice() {
        [schedule] => document.title(schedule),
        _ => "Checklists".to_owned(),
    };
    calendar.name(&clean(&name));
    for schedule in &document.schedules {
        if document.who.is_none() {
            calendar.push(start(document, schedule, stamp));
        }
        for (at, scheduled) in document.items(schedule) {
            calendar.push(todo(document, schedule, at, scheduled, stamp));
            if let Some(due) = scheduled.due.filter(|_| scheduled.item.goal) {
                calendar.push(goal(document, schedule, scheduled, due, stamp));
            }
        }
    }
    folded(&calendar.to_string())
}

fn start(document: &ChecklistDocument<'_>, schedule: &ChecklistSchedule<'_>, stamp: &Stamp) -> Event {
    let list = schedule.checklist;
    let mut event = Event::new();
    common(&mut event, &stamp.uid("start", list.id.0), &document.title(schedule), stamp);
    whole_day(event, list.start)
}

/// An all-day event. Its end is the next day, which is exclusive (RFC 5545, 3.6.1).
fn whole_day(mut event: Event, day: NaiveDate) -> Event {
    event.starts(day);
    event.ends(day.succ_opt().unwrap_or(day));
    event.append_property(("TRANSP", "TRANSPARENT")).done()
}

fn goal(
    document: &ChecklistDocument<'_>,
    schedule: &ChecklistSchedule<'_>,
    scheduled: &ScheduledItem<'_>,
    due: NaiveDate,
    stamp: &Stamp,
) -> Event {
    let mut event = Event::new();
    let title = format!("Goal for {}: {}", document.name(schedule), scheduled.item.title);
    common(&mut event, &stamp.uid("goal", scheduled.item.id.0), &title, stamp);
    whole_day(event, due)
}

fn todo(
    document: &ChecklistDocument<'_>,
    schedule: &ChecklistSchedule<'_>,
    at: usize,
    scheduled: &ScheduledItem<'_>,
    stamp: &Stamp,
) -> Todo {
    let item = scheduled.item;
    let mut todo = Todo::new();
    // With several lists, or items out of them, the title alone would not say whose it is.
    let title = match (document.schedules.len(), &document.who) {
        (1, None) => item.title.clone(),
        _ => format!("{} ({})", item.title, document.name(schedule)),
    };
    common(&mut todo, &stamp.uid("item", item.id.0), &title, stamp);
    todo.description(&clean(&description(document, schedule, at, scheduled)));
    todo.priority(if item.optional || item.goal { 9 } else { 5 });
    if !item.section.is_empty() {
        todo.categories([clean(&item.section)]);
    }
    if headroom_checklist_markdown::leads_somewhere(&item.link) {
        todo.url(item.link.trim());
    }
    for (before, _) in &scheduled.after {
        let uid = stamp.uid("item", schedule.items[*before].item.id.0);
        let depends = Property::new("RELATED-TO", uid).add_parameter("RELTYPE", "DEPENDS-ON").done();
        todo.append_multi_property(depends);
    }
    if let Some(due) = scheduled.due {
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
            if scheduled.due.is_some() {
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

/// Assignee, state, dependencies and text of an item.
fn description(
    document: &ChecklistDocument<'_>,
    schedule: &ChecklistSchedule<'_>,
    at: usize,
    scheduled: &ScheduledItem<'_>,
) -> String {
    let mut lines = vec![format!("{} for {}", scheduled.who.name(document.plan), document.name(schedule))];
    lines.push(state_words(&scheduled.item.state));
    let before: Vec<&str> =
        schedule.waits_for(at).map(|before| schedule.items[before].item.title.as_str()).collect();
    if !before.is_empty() {
        lines.push(format!("Blocked by: {}", before.join(", ")));
    }
    lines.push(scheduled.item.text.clone());
    lines.push(scheduled.item.note.clone());
    lines.retain(|line| !line.is_empty());
    lines.join("\n\n")
}

/// The longest line in octets, without its line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// Folds lines again: the library does not count the space that a continuation line begins with, so that its lines
/// are one octet too long. No line is folded next to a space, which some programs take for a part of the fold.
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

/// The last position within `room` octets that is between two letters.
fn fold_at(line: &str, room: usize) -> usize {
    let places = || line.char_indices().map(|(at, _)| at).filter(|at| *at > 0).take_while(|at| *at <= room);
    let is_within = |at: &usize| {
        let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        !is_blank(line[..*at].chars().next_back()) && !is_blank(line[*at..].chars().next())
    };
    places().filter(is_within).last().or_else(|| places().last()).unwrap_or(line.len())
}

/// Removes characters that iCalendar cannot represent.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| *letter == '\n' || *letter == '\t' || !letter.is_control()).collect()
}
