use std::fmt::Write;

use chrono::NaiveDate;
use headroom_analysis::onboarding::{ChecklistSchedule, ScheduledItem};
use headroom_exchange::markdown::{html, leads_somewhere};

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

/// The lists as one page that needs nothing else: to read on any screen, or to print.
pub fn page(leaflet: &ChecklistDocument<'_>) -> String {
    let title = match leaflet.courses.as_slice() {
        [course] => leaflet.title(course),
        _ => "Checklists".to_owned(),
    };
    let title = escaped(&title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for course in &leaflet.courses {
        list(&mut out, leaflet, course);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn list(out: &mut String, leaflet: &ChecklistDocument<'_>, course: &ChecklistSchedule<'_>) {
    if leaflet.courses.len() > 1 {
        put(out, format_args!("<h2>{}</h2>\n", escaped(&leaflet.title(course))));
    }
    let items: Vec<(usize, &ScheduledItem<'_>)> = leaflet.items(course).collect();
    let over = items.iter().filter(|(_, placed)| placed.is_over()).count();
    put(
        out,
        format_args!(
            "<p class=\"facts\">{} {} · as of {} · {over} of {} done</p>\n",
            if course.checklist.occasion == headroom_model::LifecycleEvent::Leave {
                "Last day"
            } else {
                "Start date"
            },
            day(course.checklist.start),
            day(course.today),
            items.len()
        ),
    );
    let level = if leaflet.courses.len() > 1 { 3 } else { 2 };
    for (section, items) in leaflet.sections(course) {
        if !section.is_empty() {
            put(out, format_args!("<h{level}>{}</h{level}>\n", escaped(section)));
        }
        out.push_str("<ul class=\"items\">\n");
        for (at, placed) in items {
            item(out, leaflet, course, at, placed);
        }
        out.push_str("</ul>\n");
    }
}

fn item(
    out: &mut String,
    leaflet: &ChecklistDocument<'_>,
    course: &ChecklistSchedule<'_>,
    at: usize,
    placed: &ScheduledItem<'_>,
) {
    let item = placed.item;
    let (class, sign, word) =
        if placed.is_over() { (" class=\"over\"", "☑", item.state.word()) } else { ("", "☐", "open") };
    put(
        out,
        format_args!(
            "<li{class}><span class=\"box\" role=\"img\" aria-label=\"{word}\">{sign}</span><div>\
             <span class=\"name\">{}</span>\n<p class=\"facts\">{}</p>\n",
            escaped(&item.title),
            facts(leaflet, course, at, placed)
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
    leaflet: &ChecklistDocument<'_>,
    course: &ChecklistSchedule<'_>,
    at: usize,
    placed: &ScheduledItem<'_>,
) -> String {
    let due = placed.due.map(|due| match placed.is_overdue(course.today) {
        true => format!("<span class=\"late\">overdue, due {}</span>", day(due)),
        false => format!("due {}", day(due)),
    });
    let before: Vec<String> =
        course.waits_for(at).map(|before| format!("“{}”", course.items[before].item.title)).collect();
    let before = (!before.is_empty() && !placed.is_over())
        .then(|| format!("blocked by {}", escaped(&before.join(", "))));
    let state = Some(escaped(&state_words(&placed.item.state))).filter(|words| !words.is_empty());
    let who = Some(escaped(&placed.who.name(leaflet.plan)));
    let kind = match (placed.item.goal, placed.item.optional) {
        (true, _) => Some("goal".to_owned()),
        (_, true) => Some("optional".to_owned()),
        _ => None,
    };
    let parts: Vec<String> = [who, due, kind, state, before].into_iter().flatten().collect();
    parts.join(" · ")
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = out.write_fmt(text);
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
