//! `headroom checklist list` and `show`.

use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, Milestone, ScheduledItem},
    schedule::Calendar,
};
use headroom_model::{Checklist, ChecklistItem, ItemState, LifecycleEvent, Plan};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::{Outcome, find_person, open, print_json};
use crate::{arguments::Day, command::count_of, error::CliError, screen::println};

pub fn list(plan: &Path, day: &Day, is_json: bool) -> Outcome {
    let store = open(plan)?;
    let plan = store.plan();
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &calendar, day.or_today());
    let mut all: Vec<ChecklistSchedule<'_>> =
        plan.in_order::<Checklist>().into_iter().filter_map(|list| courses.course(list)).collect();
    all.sort_by_key(|course| course.checklist.start);
    if is_json {
        print_json(&all.iter().map(|course| summary(plan, course)).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        println!("this plan has no checklists; start one with `headroom checklist PLAN start PERSON`");
    }
    for course in &all {
        let progress = course.progress();
        let occasion = course.checklist.occasion;
        let ready = course.milestones().day_one.map(|day_one| ready(&day_one, occasion)).unwrap_or_default();
        let late =
            if progress.overdue > 0 { format!(", {} overdue", progress.overdue) } else { String::new() };
        println!(
            "{}  {} ({}): {} of {} done{late}{ready}",
            course.checklist.start,
            plan.name_of(course.checklist.person.into()),
            course.checklist.occasion.doing(),
            progress.over,
            progress.items
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn ready(day_one: &Milestone, occasion: LifecycleEvent) -> String {
    let day = occasion.day();
    match (day_one.is_reached, day_one.number) {
        (true, _) => format!(", ready for {day}"),
        (false, late @ 1..) => format!(", {day} at risk ({})", count_of(late as usize, "working day")),
        (false, _) => String::new(),
    }
}

fn summary(plan: &Plan, course: &ChecklistSchedule<'_>) -> Value {
    let list = course.checklist;
    let (progress, milestones) = (course.progress(), course.milestones());
    json!({
        "checklist": list.id.0,
        "person": plan.key_of(list.person.into()),
        "name": plan.name_of(list.person.into()),
        "occasion": list.occasion.word(),
        "start": list.start,
        "buddy": list.buddy.map(|person| plan.key_of(person.into())),
        "manager": course.new_hire.manager.map(|person| plan.key_of(person.into())),
        "templates": list.templates,
        "items": progress.items, "over": progress.over, "overdue": progress.overdue, "blocked": progress.blocked,
        "complete": course.is_complete(),
        "day_one": milestones.day_one.as_ref().map(|it| milestone(course, it)),
        "productive": milestones.productive.as_ref().map(|it| milestone(course, it)),
    })
}

fn milestone(course: &ChecklistSchedule<'_>, milestone: &Milestone) -> Value {
    json!({
        "on": milestone.on,
        "reached": milestone.is_reached,
        "working_day": milestone.number,
        "path": milestone.path.iter().map(|at| course.items[*at].item.id.0).collect::<Vec<_>>(),
    })
}

pub fn show(plan: &Path, person: &str, day: &Day, is_json: bool) -> Outcome {
    let store = open(plan)?;
    let plan = store.plan();
    let id = find_person(plan, person)?;
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &calendar, day.or_today());
    let own: Vec<ChecklistSchedule<'_>> = plan
        .in_order::<Checklist>()
        .into_iter()
        .filter(|list| list.person == id)
        .filter_map(|list| courses.course(list))
        .collect();
    if own.is_empty() {
        return Err(CliError::Checklist(format!(
            "{} has no checklist; start one with `headroom checklist PLAN start`",
            plan.name_of(id.into())
        )));
    }
    if is_json {
        print_json(&own.iter().map(|course| whole(plan, course)).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    for course in &own {
        print(plan, course);
    }
    Ok(ExitCode::SUCCESS)
}

fn whole(plan: &Plan, course: &ChecklistSchedule<'_>) -> Value {
    let milestones = course.milestones();
    let slack = |milestone: Option<&Milestone>, at: usize| milestone.and_then(|it| it.slack[at]);
    let items: Vec<Value> = (0..course.items.len())
        .map(|at| {
            let placed = &course.items[at];
            let mut value = item(plan, course, at, placed);
            value["day_one_slack"] = json!(slack(milestones.day_one.as_ref(), at));
            value["productive_slack"] = json!(slack(milestones.productive.as_ref(), at));
            value
        })
        .collect();
    let mut value = summary(plan, course);
    value["list"] = json!(items);
    value
}

fn item(plan: &Plan, course: &ChecklistSchedule<'_>, at: usize, placed: &ScheduledItem<'_>) -> Value {
    let row = placed.item;
    let waits_for: Vec<u64> = course.waits_for(at).map(|before| course.items[before].item.id.0).collect();
    json!({
        "item": row.id.0, "section": row.section, "title": row.title, "text": row.text,
        "due": placed.due, "due_by_hand": row.due_by_hand.is_some(), "who": placed.who.name(plan),
        "optional": row.optional, "goal": row.goal, "link": row.link,
        "state": row.state, "note": row.note, "feedback": row.feedback,
        "overdue": placed.is_overdue(course.today), "blocked": course.is_blocked(at), "waits_for": waits_for,
        "expected": course.day(placed.finish),
    })
}

fn print(plan: &Plan, course: &ChecklistSchedule<'_>) {
    let list = course.checklist;
    let progress = course.progress();
    println!(
        "{}, {}, {}: {} of {} done",
        plan.name_of(list.person.into()),
        list.occasion.doing(),
        list.start,
        progress.over,
        progress.items
    );
    if let Some(day_one) = course.milestones().day_one.filter(|it| !it.is_reached) {
        let path: Vec<&str> = day_one.path.iter().map(|at| course.items[*at].item.title.as_str()).collect();
        let late = if day_one.number > 0 {
            format!(", {} late", count_of(day_one.number as usize, "working day"))
        } else {
            ", on track".to_owned()
        };
        let day = list.occasion.day();
        println!("ready for {day} on {}{late} · critical path: {}", day_one.on, path.join(" → "));
    }
    for (section, items) in by_section(&course.items) {
        println!("\n{}", if section.is_empty() { "(no section)" } else { section });
        items.into_iter().for_each(|placed| print_item(plan, course, placed));
    }
}

/// Sections in the order of their first item, each once: generated tasks are sorted by date, not by section.
fn by_section<'a>(items: &'a [ScheduledItem<'a>]) -> Vec<(&'a str, Vec<&'a ScheduledItem<'a>>)> {
    let mut sections: Vec<(&str, Vec<&ScheduledItem<'_>>)> = Vec::new();
    let mut place: FxHashMap<&str, usize> = FxHashMap::default();
    for placed in items {
        let section = placed.item.section.as_str();
        let at = *place.entry(section).or_insert_with(|| {
            sections.push((section, Vec::new()));
            sections.len() - 1
        });
        sections[at].1.push(placed);
    }
    sections
}

fn print_item(plan: &Plan, course: &ChecklistSchedule<'_>, placed: &ScheduledItem<'_>) {
    let due = placed.due.map(|due| due.to_string()).unwrap_or_default();
    println!(
        "  {} {:>6}  {:<10}  {}  ({}{})",
        sign(placed.item),
        placed.item.id.0,
        due,
        placed.item.title,
        placed.who.name(plan),
        words(placed, course.today)
    );
}

fn sign(item: &ChecklistItem) -> &'static str {
    match item.state {
        ItemState::Open => "[ ]",
        ItemState::Done { .. } => "[x]",
        ItemState::Skipped { .. } => "[-]",
        ItemState::Blocked { .. } => "[!]",
    }
}

fn words(placed: &ScheduledItem<'_>, today: NaiveDate) -> String {
    match &placed.item.state {
        ItemState::Done { on, by } if by.is_empty() => format!("; {on}"),
        ItemState::Done { on, by } => format!("; {on} by {by}"),
        ItemState::Skipped { why, .. } => format!("; skipped: {why}"),
        ItemState::Blocked { by } => format!("; blocked by {by}"),
        ItemState::Open if placed.is_overdue(today) => "; overdue".to_owned(),
        ItemState::Open => String::new(),
    }
}
