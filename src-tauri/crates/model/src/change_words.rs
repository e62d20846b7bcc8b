//! Changes in words, for the history, previews of imports and the command line: names instead of IDs, words instead
//! of JSON. What a number refers to follows from the type of its field.

use std::cell::OnceCell;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::{
    Change, Due, EntityRef, FieldChange, ItemState, Kind, LifecycleEvent, Plan, Template, assumption_kind,
};

/// Internal references that mean nothing to a reader.
const INTERNAL_FIELDS: [&str; 2] = ["origin", "generated"];

/// The label of a field: `end date` for `until`.
pub fn field_label(kind: Kind, field: &str) -> String {
    let label = match (kind, field) {
        (Kind::Position, "from") => "valid from",
        (Kind::Position, "until") => "valid to",
        (Kind::Person, "until") => "last day",
        (Kind::ExchangeRate, "from") => "valid from",
        (Kind::Budget, "seats") => "headcount limit",
        (Kind::Approval, "seats") => "positions",
        (Kind::Approval, "by") => "approved by",
        (Kind::Interaction, "with") => "with team",
        (Kind::Team, "parent") => "parent team",
        (Kind::Checklist | Kind::Template, "occasion") => "type",
        (_, "from" | "start") => "start date",
        (_, "until") => "end date",
        (_, "on" | "day") => "date",
        (_, "expected_end") => "planned end",
        (_, "need_by") => "needed by",
        (_, "due_by_hand") => "custom due date",
        (_, "key") => "ID",
        (_, "kind") => "type",
        (_, "aliases") => "also known as",
        (_, "outcome") => "mission",
        (_, "segment") => "customers",
        (_, "url") => "URL",
        (_, "objective") => "SLO",
        (_, "fte") => "FTE",
        (_, "pay") => "salary",
        (_, "pay_up_to") => "salary max",
        (_, "cap") => "annual cap",
        (_, "breadth") => "profile",
        (_, "backfill_of") => "backfills",
        (_, "origin") => "source",
        (_, "source") => "imported from",
        (_, "extra") => "other source data",
        (_, "named") => "name in source",
        (_, "takes_days") => "duration",
        (_, "needs") => "depends on",
        (_, "state") => "status",
        _ => return field.replace('_', " "),
    };
    label.to_owned()
}

/// One field of a change in words; empty where there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWords {
    /// The name in the entity: `need_by`.
    pub field: String,
    /// The label: `needed by`.
    pub label: String,
    pub before: String,
    pub after: String,
}

/// Formats a list of changes, with names from a plan.
pub struct ChangeWords<'a> {
    plan: &'a Plan,
    changes: &'a [Change],
    /// Entities that the changes create or delete; built when the plan does not know a name.
    own: OnceCell<Plan>,
}

impl<'a> ChangeWords<'a> {
    pub fn new(plan: &'a Plan, changes: &'a [Change]) -> Self {
        Self { plan, changes, own: OnceCell::new() }
    }

    /// The name in the plan, or in the changes for what is only created or already deleted there.
    pub fn name(&self, subject: EntityRef) -> String {
        let name = self.plan.name_of(subject);
        if name != subject.to_string() {
            return name;
        }
        self.own.get_or_init(|| self.alone()).name_of(subject)
    }

    /// The plan with the changes applied, or only what they create or delete.
    fn alone(&self) -> Plan {
        let mut then = self.plan.clone();
        if then.apply(self.changes).is_ok() {
            return then;
        }
        let made: Vec<Change> = self.changes.iter().filter(|change| change.creates()).cloned().collect();
        let gone: Vec<Change> =
            self.changes.iter().filter(|change| change.removes()).cloned().map(Change::inverted).collect();
        let mut then = Plan::default();
        // A list that refers to entities outside of it does not apply to an empty plan; the ID has to do then.
        let _ = then.apply(if made.is_empty() { &gone } else { &made });
        then
    }

    /// The fields in which an entity differs.
    pub fn fields(&self, change: &Change) -> Vec<FieldWords> {
        let told =
            change.fields().into_iter().filter(|field| !INTERNAL_FIELDS.contains(&field.field.as_str()));
        told.map(|FieldChange { field, before, after }| {
            let pointer = format!("/{field}");
            let words = |value: &Value| self.value(change, &pointer, value);
            let label = field_label(change.subject().kind, &field);
            FieldWords { before: words(&before), after: words(&after), label, field }
        })
        .collect()
    }

    fn value(&self, change: &Change, pointer: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Value::Number(number) => {
                let id = number.as_u64();
                let subject = id.and_then(|id| Some(EntityRef { kind: change.kind_at(pointer)?, id }));
                subject.map_or_else(|| number.to_string(), |subject| self.name(subject))
            }
            Value::String(text) => text_in_words(change, pointer, text),
            // Every position with its cost would be too long to read.
            Value::Array(seats) if matches!(change, Change::Approval(_)) => match seats.len() {
                1 => "1 position".to_owned(),
                many => format!("{many} positions"),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let words = items.map(|(at, item)| self.value(change, &format!("{pointer}/{at}"), item));
                words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
            }
            Value::Object(fields) => self.object(change, pointer, fields),
        }
    }

    fn object(&self, change: &Change, pointer: &str, fields: &Map<String, Value>) -> String {
        let part = |name: &str| {
            fields
                .get(name)
                .map_or_else(String::new, |value| self.value(change, &format!("{pointer}/{name}"), value))
        };
        let whole = || Value::Object(fields.clone());
        if let Ok(due) = serde_json::from_value::<Due<u64>>(whole()) {
            return due_in_words(due.working_days, &part("after"));
        }
        if let Ok(state) = serde_json::from_value::<ItemState>(whole()) {
            return state_in_words(&state);
        }
        if fields.contains_key("fault") {
            return [part("fault"), part("words")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(": ");
        }
        if fields.contains_key("url") {
            let (url, title) = (part("url"), part("title"));
            return if title.is_empty() { url } else { format!("{title} ({url})") };
        }
        if let (Some(Value::String(key)), true) = (fields.get("template"), fields.contains_key("version")) {
            let name = self.plan.find::<Template>(key).map(|id| self.name(id.into()));
            return format!("{}, version {}", name.unwrap_or_else(|| key.clone()), part("version"));
        }
        if !fields.is_empty() && fields.values().all(|value| value.as_str().is_some_and(is_json)) {
            let formats: Vec<&str> = fields.keys().map(String::as_str).collect();
            return format!("data from {}", formats.join(" and "));
        }
        // An enum variant with one value, such as an owner or an assignee: the value is enough.
        if let (1, Some(name)) = (fields.len(), fields.keys().next()) {
            return part(name);
        }
        let named = fields.keys().map(|name| (name, part(name))).filter(|(_, words)| !words.is_empty());
        named.map(|(name, words)| format!("{} {words}", spaced(name))).collect::<Vec<_>>().join(", ")
    }
}

fn spaced(word: &str) -> String {
    word.replace(['_', '-'], " ")
}

/// Whether a text is an object or a list in JSON.
fn is_json(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(Value::Object(_) | Value::Array(_)))
}

fn text_in_words(change: &Change, pointer: &str, text: &str) -> String {
    if is_json(text) {
        return format!("settings ({} characters)", text.chars().count());
    }
    if pointer == "/occasion"
        && let Some(occasion) = LifecycleEvent::from_word(text)
    {
        return occasion.doing().to_owned();
    }
    if pointer == "/kind" && matches!(change, Change::Assumption(_)) {
        return assumption_kind::title(text).to_owned();
    }
    // A word from a fixed list, as spelled in the file.
    let is_word = text.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '_' | '-'));
    match text {
        _ if !is_word || change.is_text_at(pointer) => text.to_owned(),
        "it" => "IT".to_owned(),
        _ => spaced(text),
    }
}

/// `after` is the title of the item that the due date is counted from, if any.
fn due_in_words(working_days: i32, after: &str) -> String {
    let count = working_days.unsigned_abs();
    let days = if count == 1 { "1 working day".to_owned() } else { format!("{count} working days") };
    match (working_days, after) {
        (0.., "") => format!("working day {}", i64::from(working_days) + 1),
        (_, "") => format!("{days} before the start"),
        (0, after) => format!("on the day of “{after}”"),
        (1.., after) => format!("{days} after “{after}”"),
        (_, after) => format!("{days} before “{after}”"),
    }
}

fn state_in_words(state: &ItemState) -> String {
    let day = |on: &NaiveDate| crate::wording::date(on);
    match state {
        ItemState::Done { on, by } if by.is_empty() => format!("done on {}", day(on)),
        ItemState::Done { on, by } => format!("done on {} by {by}", day(on)),
        ItemState::Skipped { on, why } => format!("skipped on {}: {why}", day(on)),
        ItemState::Blocked { by } => format!("blocked by {by}"),
        ItemState::Open => state.word().to_owned(),
    }
}

#[cfg(test)]
mod tests;
