use std::{collections::BTreeMap, sync::Arc};

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use chrono::{DateTime, NaiveDate, TimeDelta};
use headroom_analysis::{onboarding::ChecklistSchedules, schedule::Calendar};
use headroom_checklist_markdown::ChecklistText;
use headroom_model::{Assignee, Checklist, ChecklistItem, Draft, Due, Person};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An item: title, text, due date, assignee and whether it is a goal.
type Row = (String, String, Option<i32>, usize, bool);

fn plan(start: NaiveDate, rows: &[Row]) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let person = draft.new_id::<Person>();
    draft.put(Person {
        id: person,
        key: "ada".into(),
        name: "Ada, <Lovelace>; & Co".into(),
        ..Person::default()
    });
    let checklist = draft.new_id::<Checklist>();
    draft.put(Checklist { id: checklist, person, start, ..Checklist::default() });
    for (place, (title, text, due, who, goal)) in rows.iter().enumerate() {
        let id = draft.new_id::<ChecklistItem>();
        draft.put(ChecklistItem {
            id,
            checklist,
            section: if place % 2 == 0 { "Day 1".into() } else { String::new() },
            title: title.clone(),
            text: text.clone(),
            due: due.map(|working_days| Due { working_days, after: None }),
            assignee: [Assignee::NewHire, Assignee::It, Assignee::Other("Mail; Room".into())][*who].clone(),
            goal: *goal,
            place: headroom_model::ListPlace::nth(place),
            state: match place % 4 {
                1 => ItemState::Done { on: day("2027-01-05"), by: "Ada".into() },
                2 => ItemState::Skipped { on: day("2027-01-05"), why: "has one".into() },
                3 => ItemState::Blocked { by: "the supplier".into() },
                _ => ItemState::Open,
            },
            ..ChecklistItem::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn with<T>(
    plan: &Arc<Plan>,
    who: Option<ResolvedAssignee>,
    look: impl FnOnce(&ChecklistDocument<'_>) -> T,
) -> T {
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::new(plan, &calendar, day("2027-01-06"));
    let schedules = plan.checklists.iter().filter_map(|list| schedules.course(list)).collect();
    look(&ChecklistDocument::new(plan, schedules, who))
}

fn exported(plan: &Arc<Plan>, sequence: u32) -> String {
    let at = DateTime::from_timestamp(1_800_000_000 + i64::from(sequence), 0).unwrap();
    let stamp = Stamp { identity: "2026-11-27T08:00:00.5+00:00".into(), sequence, at };
    with(plan, None, |document| calendar(document, &stamp))
}

/// What a calendar stores of an entry: newest sequence, title, day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    sequence: i64,
    title: String,
    day: String,
}

type Store = BTreeMap<String, Kept>;

fn keep(store: &mut Store, uid: String, kept: Kept) {
    let is_newer = store.get(&uid).is_none_or(|known| known.sequence <= kept.sequence);
    if is_newer {
        store.insert(uid, kept);
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            (other, _) => out.push(other),
        }
    }
    out
}

fn read_by_ical(text: &str, store: &mut Store) {
    for calendar in ical::IcalParser::new(text.as_bytes()) {
        let calendar = calendar.unwrap();
        let todos = calendar.todos.iter().map(|todo| (&todo.properties, "DUE"));
        let events = calendar.events.iter().map(|event| (&event.properties, "DTSTART"));
        for (properties, day) in todos.chain(events) {
            let value = |name: &str| {
                let found = properties.iter().find(|property| property.name == name);
                found.and_then(|property| property.value.clone()).unwrap_or_default()
            };
            let sequence = value("SEQUENCE").parse().unwrap();
            if day == "DTSTART" {
                assert!(value("DTEND") > value("DTSTART"), "a day has an end");
            }
            let kept = Kept { sequence, title: unescaped(&value("SUMMARY")), day: value(day) };
            keep(store, value("UID"), kept);
        }
    }
}

fn read_by_calcard(text: &str, store: &mut Store) {
    let calendar = ICalendar::parse(text).unwrap();
    for component in &calendar.components {
        let day = match component.component_type {
            ICalendarComponentType::VTodo => ICalendarProperty::Due,
            ICalendarComponentType::VEvent => ICalendarProperty::Dtstart,
            _ => continue,
        };
        let value = |property: &ICalendarProperty| component.property(property).map(|entry| &entry.values[0]);
        let text = |property: &ICalendarProperty| {
            value(property).and_then(|value| value.as_text()).unwrap_or_default().to_owned()
        };
        let date = value(&day).and_then(|value| value.as_partial_date_time());
        let date = date.map(|date| {
            assert!(date.hour.is_none(), "a day, not a moment");
            format!("{:04}{:02}{:02}", date.year.unwrap(), date.month.unwrap(), date.day.unwrap())
        });
        let kept = Kept {
            sequence: value(&ICalendarProperty::Sequence).and_then(|value| value.as_integer()).unwrap(),
            title: text(&ICalendarProperty::Summary),
            day: date.unwrap_or_default(),
        };
        keep(store, component.uid().unwrap().to_owned(), kept);
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let word = "[a-zA-Z0-9 ,;:\\\\\"'äß😀漢字<>&()/#*_~\\[\\]-]{0,60}";
    let title = ("[a-zA-Zä漢]", word).prop_map(|(first, rest)| format!("{first}{}", rest.trim_end()));
    let text = proptest::collection::vec(word, 0..4).prop_map(|lines| lines.join("\n"));
    let row = (title, text, proptest::option::of(-20i32..90), 0usize..3, proptest::bool::weighted(0.2));
    proptest::collection::vec(row, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn calendar_parses_and_later_exports_update_it(rows in rows(), moved in -30i64..60) {
        let start = day("2027-01-04");
        let first = plan(start, &rows);
        let later = plan(start + TimeDelta::days(moved), &rows);
        let (one, two) = (exported(&first, 7), exported(&later, 8));
        for line in one.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains('\n'));
        }
        for read in [read_by_ical, read_by_calcard] {
            let mut store = Store::new();
            read(&one, &mut store);
            let goals = rows.iter().filter(|row| row.4 && row.2.is_some()).count();
            prop_assert_eq!(store.len(), rows.len() + 1 + goals);
            let dues = with(&first, None, |document| {
                document.schedules[0].items.iter().map(|scheduled| scheduled.due).collect::<Vec<_>>()
            });
            for (at, (title, ..)) in rows.iter().enumerate() {
                let id = first.checklist_items.rows()[at].id.0;
                let kept = store.iter().find(|(uid, _)| uid.starts_with(&format!("item-{id}-"))).unwrap().1;
                prop_assert_eq!(&kept.title, title);
                let due = dues[at].map(|due| due.format("%Y%m%d").to_string()).unwrap_or_default();
                prop_assert_eq!(&kept.day, &due);
            }
            let before: Vec<String> = store.keys().cloned().collect();
            read(&two, &mut store);
            let mut fresh = Store::new();
            read(&two, &mut fresh);
            prop_assert_eq!(store.keys().cloned().collect::<Vec<_>>(), before, "nothing doubled");
            prop_assert_eq!(&store, &fresh, "every day is the new one");
            // An older file changes nothing.
            read(&one, &mut store);
            prop_assert_eq!(store, fresh);
        }
    }

    #[test]
    fn page_is_valid_complete_and_without_scripts(rows in rows()) {
        let plan = plan(day("2027-01-04"), &rows);
        let made = with(&plan, None, page);
        let parsed = scraper::Html::parse_document(&made);
        prop_assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let select = |text: &str| scraper::Selector::parse(text).unwrap();
        let names: Vec<String> = parsed.select(&select(".name")).map(|name| name.text().collect()).collect();
        // "Day 1" is every other row; each of the two sections comes once.
        let of = |rest: usize| rows.iter().skip(rest).step_by(2).map(|row| row.0.clone());
        prop_assert_eq!(names, of(0).chain(of(1)).collect::<Vec<String>>());
        prop_assert_eq!(parsed.select(&select("main > h2")).count(), 1);
        prop_assert_eq!(parsed.select(&select("script, img, iframe, object, [onclick], [src]")).count(), 0);
    }

    #[test]
    fn markdown_round_trips(rows in rows()) {
        let plan = plan(day("2027-01-04"), &rows);
        let made = with(&plan, None, text);
        let read = ChecklistText::read(&made);
        let figures = read.figures();
        let over = with(&plan, None, |document| document.schedules[0].items.iter().filter(|it| it.is_over()).count());
        prop_assert!(figures.items >= rows.len(), "{made}");
        prop_assert!(figures.ticked >= over, "{made}");
    }
}

#[test]
fn markup_in_texts_is_escaped() {
    let row =
        |title: &str| (title.to_owned(), "<script>x</script> [a](javascript:x)".to_owned(), None, 0, false);
    let plan = plan(day("2027-01-04"), &[row("<script>alert(1)</script>"), row("\"><img src=x onerror=x>")]);
    let made = with(&plan, None, page);
    assert!(
        !made.contains("<script") && !made.contains("<img") && !made.contains("javascript:x\""),
        "{made}"
    );
}

#[test]
fn assignee_gets_only_their_items() {
    let row = |title: &str, who| (title.to_owned(), String::new(), Some(1), who, false);
    let plan = plan(day("2027-01-04"), &[row("Say hello", 0), row("Laptop", 1), row("Desk", 2)]);
    let made = with(&plan, Some(ResolvedAssignee::Role("IT")), |document| (document.count(), text(document)));
    assert_eq!(made.0, 1);
    assert!(made.1.contains("Laptop") && !made.1.contains("hello"), "{}", made.1);
}

/// Who else joins or leaves is not theirs to know.
#[test]
fn assignee_sees_no_list_without_items_for_them() {
    let row = |title: &str, who| (title.to_owned(), String::new(), Some(1), who, false);
    let plan = plan(day("2027-01-04"), &[row("Say hello", 0), row("Laptop", 1)]);
    let mut draft = Draft::new(&plan);
    let (person, checklist) = (draft.new_id::<Person>(), draft.new_id::<Checklist>());
    draft.put(Person { id: person, key: "zoe".into(), name: "Zoë".into(), ..Person::default() });
    draft.put(Checklist { id: checklist, person, start: day("2027-01-04"), ..Checklist::default() });
    let changes = draft.finish();
    let mut plan = (*plan).clone();
    plan.apply(&changes).unwrap();
    let plan = Arc::new(plan);
    let stamp = Stamp { identity: "x".into(), sequence: 1, at: DateTime::UNIX_EPOCH };
    let write = |who: Option<ResolvedAssignee>| {
        with(&plan, who, |document| [text(document), page(document), calendar(document, &stamp)])
    };
    for made in write(Some(ResolvedAssignee::Role("IT"))) {
        assert!(made.contains("Laptop") && made.contains("Lovelace") && !made.contains("Zoë"), "{made}");
    }
    assert!(write(None).iter().all(|made| made.contains("Zoë")));
}
