//! Checklists as an HTML page.

use std::fmt::Write;

use chrono::NaiveDate;
use headroom_analysis::onboarding::{ChecklistSchedule, ScheduledItem};
use headroom_checklist_markdown::{html, html_escaped as escaped, leads_somewhere};

use super::{ChecklistDocument, state_words};

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1b1f24;--quiet:#566070;--line:#d5dae2;--ground:#fff;--good:#17703f;--bad:#b3121d}\
@media (prefers-color-scheme:dark){:root{--text:#e8eaee;--quiet:#a4adba;--line:#3a424e;--ground:#1a1e25;--good:#7fd6a3;--bad:#ff9a9a}}\
@media print{:root{--text:#000;--quiet:#444;--line:#bbb;--ground:#fff;--good:#000;--bad:#000}li{break-inside:avoid}}\
body{max-width:44rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--ground);\
font:17px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.3}h2{margin-top:2rem;font-size:1.15rem;border-bottom:1px solid var(--line)}\
h3{margin:1.25rem 0 .25rem;font-size:1rem;color:var(--quiet)}ul.items{padding:0;list-style:none}\
ul.items>li{display:grid;grid-template-columns:1.6rem 1fr;margin:.75rem 0}.box{font-size:1.1rem;line-height:1.4}\
.over .name{color:var(--quiet);text-decoration:line-through}.facts{margin:0;color:var(--quiet);font-size:.85rem}\
.late{color:var(--bad)}.good{color:var(--good)}.text{font-size:.95rem}.text p{margin:.4rem 0}\
pre{overflow:auto;padding:.5rem .75rem;border:1px solid var(--line)}a{color:inherit}";

/// The checklists as one self-contained HTML page, for any screen or for printing. It contains no script.
pub fn page(document: &ChecklistDocument<'_>) -> String {
    let title = match document.schedules.as_slice() {
        [schedule] => document.title(schedule),
        _ => "Checklists".to_owned(),
    };
    let title = escaped(&title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for schedule in &document.schedules {
        list(&mut out, document, schedule);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn list(out: &mut String, document: &ChecklistDocument<'_>, schedule: &ChecklistSchedule<'_>) {
    if document.schedules.len() > 1 {
        put(out, format_args!("<h2>{}</h2>\n", escaped(&document.title(schedule))));
    }
    let items: Vec<(usize, &ScheduledItem<'_>)> = document.items(schedule).collect();
    let over = items.iter().filter(|(_, scheduled)| scheduled.is_over()).count();
    put(
        out,
        format_args!(
            "<p class=\"facts\">{} {} · as of {} · {over} of {} done</p>\n",
            if schedule.checklist.occasion == headroom_model::LifecycleEvent::Leave {
                "Last day"
            } else {
                "Start date"
            },
            day(schedule.checklist.start),
            day(schedule.today),
            items.len()
        ),
    );
    let level = if document.schedules.len() > 1 { 3 } else { 2 };
    for (section, items) in document.sections(schedule) {
        if !section.is_empty() {
            put(out, format_args!("<h{level}>{}</h{level}>\n", escaped(section)));
        }
        out.push_str("<ul class=\"items\">\n");
        for (at, scheduled) in items {
            item(out, document, schedule, at, scheduled);
        }
        out.push_str("</ul>\n");
    }
}

fn item(
    out: &mut String,
    document: &ChecklistDocument<'_>,
    schedule: &ChecklistSchedule<'_>,
    at: usize,
    scheduled: &ScheduledItem<'_>,
) {
    let item = scheduled.item;
    let (class, sign, word) =
        if scheduled.is_over() { (" class=\"over\"", "☑", item.state.word()) } else { ("", "☐", "open") };
    put(
        out,
        format_args!(
            "<li{class}><span class=\"box\" role=\"img\" aria-label=\"{word}\">{sign}</span><div>\
             <span class=\"name\">{}</span>\n<p class=\"facts\">{}</p>\n",
            escaped(&item.title),
            facts(document, schedule, at, scheduled)
        ),
    );
    if !item.text.is_empty() {
        put(out, format_args!("<div class=\"text\">{}</div>\n", html(&item.text)));
    }
    if leads_somewhere(&item.link) {
        let link = escaped(&item.link);
        put(out, format_args!("<p class=\"facts\"><a href=\"{link}\">{link}</a></p>\n"));
    }
    if !item.note.is_empty() {
        put(out, format_args!("<p class=\"facts\">Note: {}</p>\n", escaped(&item.note)));
    }
    out.push_str("</div></li>\n");
}

fn facts(
    document: &ChecklistDocument<'_>,
    schedule: &ChecklistSchedule<'_>,
    at: usize,
    scheduled: &ScheduledItem<'_>,
) -> String {
    let due = scheduled.due.map(|due| match scheduled.is_overdue(schedule.today) {
        true => format!("<span class=\"late\">overdue, due {}</span>", day(due)),
        false => format!("due {}", day(due)),
    });
    let before: Vec<String> =
        schedule.waits_for(at).map(|before| format!("“{}”", schedule.items[before].item.title)).collect();
    let before = (!before.is_empty() && !scheduled.is_over())
        .then(|| format!("blocked by {}", escaped(&before.join(", "))));
    let state = Some(escaped(&state_words(&scheduled.item.state))).filter(|words| !words.is_empty());
    let who = Some(escaped(&scheduled.who.name(document.plan)));
    let kind = match (scheduled.item.goal, scheduled.item.optional) {
        (true, _) => Some("goal".to_owned()),
        (_, true) => Some("optional".to_owned()),
        _ => None,
    };
    let parts: Vec<String> = [who, due, kind, state, before].into_iter().flatten().collect();
    parts.join(" · ")
}

fn day(day: NaiveDate) -> String {
    headroom_model::wording::date(day).to_string()
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}
