//! The actions of a review: list items and rows of tables below its action headings.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, records::RowRecord};
use headroom_model::Kind;
use serde_json::json;

use super::{
    first_day,
    outline::{ReviewLine, ReviewOutline, ReviewPart, ReviewPartStart},
};
use crate::{keys::key_of_words, row::RowBuilder, without_people::without_people};

/// Headings of actions, in lower case.
const HEADINGS: [&str; 16] = [
    "action items",
    "actions",
    "action item",
    "review actions",
    "context/resolution/review actions",
    "follow-up actions",
    "follow up actions",
    "follow-ups",
    "follow ups",
    "followups",
    "future actions",
    "corrective actions",
    "preventive actions",
    "corrective and preventive actions",
    "remediation items",
    "next steps",
];

/// The longest title; the rest is its text.
const LONGEST_TITLE: usize = 300;

/// An action as it is written.
struct Written {
    number: u64,
    text: String,
    /// It has a box, ticked or not.
    box_state: Option<bool>,
    is_done: Option<bool>,
    due: Option<NaiveDate>,
}

pub(super) fn action_items(
    outline: &ReviewOutline<'_>,
    incident: &str,
    opened: Option<NaiveDate>,
    link: &str,
    file: &Arc<str>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<RowRecord> {
    let mut written = Vec::new();
    for part in parts_of_actions(outline) {
        let found = items(part);
        tell_prose(part, found.len(), file, problems);
        written.extend(found);
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut taken = 0;
    let mut rows = Vec::new();
    for action in written {
        let words = without_markup(&action.text);
        let (words, people) = without_people(&words);
        taken += people;
        if words.is_empty() {
            continue;
        }
        let slug = key_of_words(&words);
        let seen = times.entry(slug.clone()).or_default();
        *seen += 1;
        let key = if *seen == 1 { format!("{incident}/{slug}") } else { format!("{incident}/{slug}-{seen}") };
        rows.push(row_of(&action, &key, &words, incident, opened, link, file));
    }
    if taken > 0 {
        let message = format!("names of people were left out of {taken} actions");
        problems.push(Diagnostic::new(Level::Note, Place::new(file, 0, 0), message, "nothing to do"));
    }
    rows
}

fn row_of(
    action: &Written,
    key: &str,
    words: &str,
    incident: &str,
    opened: Option<NaiveDate>,
    review: &str,
    file: &Arc<str>,
) -> RowRecord {
    let mut row = RowBuilder::new(Kind::Action, Place::new(file, action.number, 0));
    let is_long = words.chars().count() > LONGEST_TITLE;
    let title: String = words.chars().take(LONGEST_TITLE).collect();
    row.value("key", key).value("title", if is_long { format!("{}…", title.trim_end()) } else { title });
    row.text("text", if is_long { words } else { "" });
    row.reference("incident", Kind::Incident, incident);
    row.day("opened", opened).day("due", action.due);
    // Without a word about it, what the plan knows stays.
    if let Some(is_done) = action.is_done {
        row.value("state", if is_done { "done" } else { "open" });
    }
    if let Some(is_ticked) = action.box_state {
        let words = json!({ "box": if is_ticked { "ticked" } else { "empty" } }).to_string();
        row.value("extra", json!({ "incident-reviews": words }));
    }
    row.text("link", link_in(&action.text).unwrap_or(review));
    row.finish()
}

/// The parts that list actions: what stands below an action heading up to the next of its level or above.
fn parts_of_actions<'o, 't>(outline: &'o ReviewOutline<'t>) -> Vec<&'o ReviewPart<'t>> {
    let is_actions = |title: &str| {
        let title = title.trim_end_matches(':').to_lowercase();
        HEADINGS.contains(&title.as_str())
    };
    let mut within: Option<ReviewPartStart> = None;
    let mut found = Vec::new();
    for part in &outline.parts {
        if is_actions(part.title) {
            within = Some(part.start);
            found.push(part);
            continue;
        }
        let is_below = match (within, part.start) {
            (Some(ReviewPartStart::Heading(level)), ReviewPartStart::Heading(own)) => own > level,
            (Some(ReviewPartStart::Heading(_)), ReviewPartStart::Label) => true,
            _ => false,
        };
        if is_below {
            found.push(part);
        } else {
            within = None;
        }
    }
    found
}

fn items(part: &ReviewPart<'_>) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    let mut table: Option<ActionTable> = None;
    // Items of a list below a bold label are set in: the first one says how far.
    let mut indent: Option<usize> = None;
    for line in &part.lines {
        if let Some(cells) = table_cells(line.text) {
            match &mut table {
                None => table = Some(ActionTable::of(&cells)),
                Some(table) => found.extend(table.action(&cells, line.number)),
            }
            continue;
        }
        table = None;
        let own = line.text.len() - line.text.trim_start().len();
        match item_of(line) {
            Some(text) if own <= indent.unwrap_or(own).max(2) => {
                indent.get_or_insert(own);
                found.push(written(line.number, text));
            }
            // What is set in further belongs to the item above.
            Some(text) => append(&mut found, text),
            None if own > 0 => append(&mut found, line.text.trim()),
            None => {}
        }
    }
    found.retain(|action| {
        !action.text.trim_end_matches('.').eq_ignore_ascii_case("n/a") && !action.text.contains("{{")
    });
    found
}

fn append(found: &mut [Written], text: &str) {
    if let Some(last) = found.last_mut().filter(|_| !text.is_empty()) {
        last.text.push(' ');
        last.text.push_str(text);
    }
}

/// The words of a list item.
fn item_of<'t>(line: &ReviewLine<'t>) -> Option<&'t str> {
    let text = line.text.trim_start();
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.starts_with(char::is_whitespace).then(|| rest.trim());
    }
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = rest.len() < text.len();
    let rest =
        rest.strip_prefix(['.', ')']).filter(|rest| is_numbered && rest.starts_with(char::is_whitespace))?;
    Some(rest.trim())
}

fn written(number: u64, text: &str) -> Written {
    let (text, ticked) = match text.get(..3) {
        Some("[x]" | "[X]") => (text[3..].trim(), Some(true)),
        Some("[ ]") => (text[3..].trim(), Some(false)),
        _ => (text, None),
    };
    let is_done = ticked.or_else(|| says_done(text).then_some(true));
    Written { number, text: text.to_owned(), box_state: ticked, is_done, due: None }
}

/// `DONE in [PR]`, `(Done)`: the word by itself.
fn says_done(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| word == "DONE" || word == "Done" || word == "done")
}

/// The columns of a table of actions.
struct ActionTable {
    title: usize,
    status: Option<usize>,
    due: Option<usize>,
    link: Option<usize>,
}

impl ActionTable {
    fn of(header: &[&str]) -> Self {
        let at = |names: &[&str]| {
            header.iter().position(|cell| {
                names.iter().any(|name| cell.to_lowercase().trim_matches(['*', ' ']) == *name)
            })
        };
        Self {
            title: at(&["action item", "action", "title", "task", "item", "description", "what"])
                .unwrap_or(0),
            status: at(&["status", "state", "done"]),
            due: at(&["due", "due date", "by", "deadline", "target"]),
            link: at(&["bug", "ticket", "issue", "link", "tracking bug"]),
        }
    }

    /// The action of a row; none of the line below the header.
    fn action(&self, cells: &[&str], number: u64) -> Option<Written> {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let title = cell(Some(self.title));
        let is_ruler = cells.iter().all(|cell| cell.chars().all(|letter| matches!(letter, '-' | ':' | ' ')));
        if is_ruler || title.is_empty() {
            return None;
        }
        let status = cell(self.status).to_lowercase();
        let is_done = ["done", "closed", "completed", "yes", "x", "✅"].contains(&status.as_str());
        let text = [title, cell(self.link)].join(" ");
        Some(Written {
            number,
            text: text.trim().to_owned(),
            box_state: None,
            is_done: (!status.is_empty()).then_some(is_done).or_else(|| says_done(title).then_some(true)),
            due: first_day(cell(self.due)),
        })
    }
}

fn table_cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?;
    Some(inner.trim_end_matches('|').split('|').map(str::trim).collect())
}

/// Actions that are written as prose are not read as actions, and that is told.
fn tell_prose(part: &ReviewPart<'_>, found: usize, file: &Arc<str>, problems: &mut Vec<Diagnostic>) {
    let is_prose = |text: &str| !text.is_empty() && !text.starts_with(['|', '<', '!', '-', '*']);
    let has_prose = !part.words.is_empty() || part.lines.iter().any(|line| is_prose(line.text.trim()));
    if found == 0 && has_prose {
        let place = Place::new(file, part.number, 0);
        let message = format!("“{}” is prose, not a list; no action was read from it", part.title);
        problems.push(Diagnostic::new(
            Level::Warning,
            place,
            message,
            "write each action as an item: “- add an alert”",
        ));
    }
}

/// The first address of a text.
fn link_in(text: &str) -> Option<&str> {
    let at = text.find("https://").or_else(|| text.find("http://"))?;
    let until =
        text[at..].find(|letter: char| letter.is_whitespace() || matches!(letter, ')' | '>' | ']' | '"'));
    Some(&text[at..until.map_or(text.len(), |end| at + end)])
}

/// The words of links, without bold, code and addresses.
fn without_markup(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let link = rest[open..].find("](").map(|middle| open + middle);
        let close = link.and_then(|middle| rest[middle..].find(')').map(|end| middle + end));
        let (Some(middle), Some(close)) = (link, close) else { break };
        clean.push_str(&rest[..open]);
        clean.push_str(&rest[open + 1..middle]);
        rest = &rest[close + 1..];
    }
    clean.push_str(rest);
    let is_word = |word: &&str| !word.contains("://");
    let words: Vec<&str> = clean.split_whitespace().filter(is_word).collect();
    words.join(" ").replace("**", "").replace('`', "")
}
