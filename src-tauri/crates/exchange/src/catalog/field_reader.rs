//! Reads the fields of a mapping one by one and reports precisely which of them are not what they should be.
//!
//! Used by every YAML and TOML format. What no one asks for is left for `extra`, so that nothing is lost.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use headroom_files::{Diagnostic, Level, Place, records::Stated, shortened};
use headroom_model::{Link, entity::TEXT_LIMIT};
use serde_json::{Map, Value};

use crate::catalog::located_value::{LocatedContent, LocatedEntry, LocatedValue};

/// Collects the diagnostics of one file.
pub(crate) struct Diagnostics {
    file: Arc<str>,
    /// The format fixes the type of each field: an empty value, and a single value where a list is due, are reported.
    is_typed: bool,
    problems: RefCell<Vec<Diagnostic>>,
}

impl Diagnostics {
    pub fn new(file: &Arc<str>) -> Self {
        Self { file: file.clone(), is_typed: false, problems: RefCell::default() }
    }

    /// For a format that fixes the type of each field.
    pub fn typed(file: &Arc<str>) -> Self {
        Self { is_typed: true, ..Self::new(file) }
    }

    pub fn place(&self, node: &LocatedValue) -> Place {
        Place::new(&self.file, node.line, node.column)
    }

    pub fn say(&self, level: Level, place: Place, message: impl Into<String>, advice: &str) {
        let problem = Diagnostic::new(level, place, message, advice);
        let mut problems = self.problems.borrow_mut();
        // A field may be read twice.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    pub fn finish(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }
}

/// The fields of a mapping. Each is read by its name; the rest can be kept as JSON.
pub(crate) struct FieldReader<'n> {
    entries: &'n [LocatedEntry],
    used: Vec<Cell<bool>>,
    pub place: Place,
    pub report: &'n Diagnostics,
}

impl<'n> FieldReader<'n> {
    /// None, with a diagnostic, if the value is not a mapping.
    pub fn of(node: &'n LocatedValue, what: &str, report: &'n Diagnostics) -> Option<Self> {
        let Some(entries) = node.entries() else {
            if node.content != LocatedContent::Nothing {
                let message = format!("{what} is {}, not a mapping; ignored", node.noun());
                report.say(Level::Error, report.place(node), message, "write it as “key: value” pairs");
            } else if report.is_typed {
                let message = format!("{what} is empty");
                report.say(Level::Note, report.place(node), message, "fill it in or remove it");
            }
            return None;
        };
        let used = entries.iter().map(|_| Cell::new(false)).collect();
        Some(Self { entries, used, place: report.place(node), report })
    }

    /// The entry, which counts as read from now on.
    fn entry(&self, name: &str) -> Option<&'n LocatedEntry> {
        let at = self.entries.iter().position(|entry| entry.name == name)?;
        self.used[at].set(true);
        Some(&self.entries[at])
    }

    /// The value of a field without marking it as read.
    pub fn unasked(&self, name: &str) -> Option<&'n LocatedValue> {
        let at = self.entries.iter().position(|entry| entry.name == name)?;
        (!self.used[at].get()).then(|| &self.entries[at].value)
    }

    /// Reports fields that differ from known ones only in case: they are ignored.
    pub fn report_misspelt(&self, known: &[&str]) {
        for entry in self.entries.iter().filter(|entry| !known.contains(&entry.name.as_str())) {
            let meant = known.iter().find(|name| name.eq_ignore_ascii_case(&entry.name));
            let Some(meant) = meant.filter(|name| !self.has(name)) else { continue };
            let message = format!("unknown field “{}”; did you mean “{meant}”?", entry.name);
            let place = Place::new(&self.report.file, entry.line, entry.column);
            self.report.say(Level::Warning, place, message, "correct the spelling");
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    pub fn node(&self, name: &str) -> Option<&'n LocatedValue> {
        self.entry(name).map(|entry| &entry.value)
    }

    pub fn place_of(&self, name: &str) -> Place {
        let entry = self.entries.iter().find(|entry| entry.name == name);
        entry.map_or_else(
            || self.place.clone(),
            |entry| Place::new(&self.report.file, entry.line, entry.column),
        )
    }

    pub fn entries(&self) -> &'n [LocatedEntry] {
        self.used.iter().for_each(|used| used.set(true));
        self.entries
    }

    pub fn say(&self, level: Level, name: &str, message: impl Into<String>, advice: &str) {
        self.report.say(level, self.place_of(name), message, advice);
    }

    /// A text; empty if the field is there without a value.
    pub fn text(&self, name: &str) -> Stated<String> {
        let node = self.node(name)?;
        match &node.content {
            LocatedContent::Nothing => {
                self.tell_nothing(name, node);
                Some(String::new())
            }
            LocatedContent::Text { .. } => {
                self.tell_no_wording(name, node);
                text_of(node, name, self.report)
            }
            LocatedContent::List(items) => match items.as_slice() {
                [] => Some(String::new()),
                [one] if one.text().is_some() => {
                    let message = format!("“{name}” is a list; its only value was used");
                    let advice = "write it as a single value";
                    self.report.say(Level::Warning, self.report.place(node), message, advice);
                    text_of(one, name, self.report)
                }
                _ => self.is_no_text(name, node),
            },
            LocatedContent::Map(_) => self.is_no_text(name, node),
        }
    }

    /// Reports a number or boolean (by YAML's rules) where a text was meant.
    fn tell_no_wording(&self, name: &str, node: &LocatedValue) {
        if !node.is_wording() {
            let (noun, text) = (node.noun(), shortened(node.text().unwrap_or_default()));
            let message = format!("“{name}” is {noun}, not text; kept as written: {text}");
            self.report.say(Level::Note, self.report.place(node), message, "put it in quotes");
        }
    }

    fn tell_nothing(&self, name: &str, node: &LocatedValue) {
        if self.report.is_typed {
            let message = format!("“{name}” is empty");
            self.report.say(Level::Note, self.report.place(node), message, "fill it in or remove it");
        }
    }

    fn is_no_text(&self, name: &str, node: &LocatedValue) -> Stated<String> {
        let message = format!("“{name}” is {}, not a single value; ignored", node.noun());
        self.report.say(Level::Error, self.report.place(node), message, "write one value");
        None
    }

    /// A text, number or boolean, as it is written.
    pub fn scalar(&self, name: &str) -> Stated<String> {
        match self.node(name) {
            Some(node) if matches!(node.content, LocatedContent::Text { .. }) => {
                text_of(node, name, self.report)
            }
            _ => self.text(name),
        }
    }

    /// A text that is not empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A reference to one thing; `Some(None)` if the field is there without a value.
    pub fn optional(&self, name: &str) -> Stated<Option<String>> {
        let text = self.text(name)?;
        let text = text.trim();
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    /// The items of a list, or a single value as a list of one.
    pub fn items(&self, name: &str) -> &'n [LocatedValue] {
        let Some(node) = self.node(name) else { return &[] };
        match &node.content {
            LocatedContent::Nothing => {
                self.tell_nothing(name, node);
                &[]
            }
            LocatedContent::List(items) => items,
            _ => {
                if self.report.is_typed {
                    let message = format!("“{name}” is {}, not a list", node.noun());
                    self.report.say(Level::Warning, self.report.place(node), message, "write it as a list");
                }
                std::slice::from_ref(node)
            }
        }
    }

    /// The texts of a list, or a single text, each with its place.
    pub fn texts(&self, name: &str) -> Stated<Vec<(String, Place)>> {
        self.has(name).then_some(())?;
        let mut texts = Vec::new();
        for item in self.items(name) {
            match &item.content {
                LocatedContent::Nothing => self.tell_nothing(name, item),
                LocatedContent::Text { .. } => {
                    self.tell_no_wording(name, item);
                    let text = text_of(item, name, self.report).map(|text| text.trim().to_owned());
                    let place = self.report.place(item);
                    texts.extend(text.filter(|text| !text.is_empty()).map(|text| (text, place)));
                }
                _ => {
                    let message =
                        format!("“{name}” contains {} where text is expected; ignored", item.noun());
                    self.report.say(
                        Level::Error,
                        self.report.place(item),
                        message,
                        "write one value per line",
                    );
                }
            }
        }
        Some(texts)
    }

    /// [`texts`](Self::texts) without the places.
    pub fn words(&self, name: &str) -> Stated<Vec<String>> {
        self.texts(name).map(|texts| texts.into_iter().map(|(text, _)| text).collect())
    }

    /// The mapping inside a field.
    pub fn fields(&self, name: &str) -> Option<FieldReader<'n>> {
        FieldReader::of(self.node(name)?, &format!("“{name}”"), self.report)
    }

    /// The mappings in a list.
    pub fn each(&self, name: &str) -> Vec<FieldReader<'n>> {
        let what = format!("a value in “{name}”");
        self.items(name).iter().filter_map(|item| FieldReader::of(item, &what, self.report)).collect()
    }

    /// A boolean, in any spelling of `yes` and `no`.
    pub fn flag(&self, name: &str) -> bool {
        let text = self.scalar(name).unwrap_or_default();
        match text.to_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => true,
            "false" | "no" | "off" | "n" | "0" | "" => false,
            _ => {
                let message =
                    format!("“{name}” is neither true nor false: {}; read as false", shortened(&text));
                self.say(Level::Warning, name, message, "write true or false");
                false
            }
        }
    }

    /// A tier as it is spelled, with its place. `tiers` turns it into a number.
    pub fn tier(&self, name: &str) -> Stated<(String, Place)> {
        Some((self.scalar(name)?.trim().to_owned(), self.place_of(name)))
    }

    /// Reports values that are not texts among the fields kept, all of which should be texts.
    fn tell_kept(&self) {
        if !self.report.is_typed {
            return;
        }
        for (entry, _) in self.entries.iter().zip(&self.used).filter(|(_, used)| !used.get()) {
            match &entry.value.content {
                LocatedContent::Nothing => self.tell_nothing(&entry.name, &entry.value),
                LocatedContent::Text { .. } => self.tell_no_wording(&entry.name, &entry.value),
                LocatedContent::List(_) | LocatedContent::Map(_) => {
                    let (name, noun) = (&entry.name, entry.value.noun());
                    let message = format!("“{name}” is {noun}, not a single value; kept as is");
                    let place = self.report.place(&entry.value);
                    self.report.say(Level::Warning, place, message, "write one value");
                }
            }
        }
    }

    /// The links in a list of mappings, each with one of these fields for title and address.
    pub fn links(&self, name: &str, titles: &[&str], addresses: &[&str]) -> Vec<Link> {
        let link = |fields: FieldReader<'n>| {
            let first = |names: &[&str]| names.iter().find_map(|name| fields.filled(name));
            let Some(url) = first(addresses) else {
                let message = format!("a link in “{name}” has no URL; ignored");
                self.report.say(Level::Warning, fields.place.clone(), message, "add a url");
                return None;
            };
            let title = first(titles).unwrap_or_default();
            fields.tell_kept();
            let mut extra = headroom_model::entity::Extra::new();
            for (name, value) in fields.unused() {
                match value {
                    Value::Null => {}
                    Value::String(text) => drop(extra.insert(name, text)),
                    other => drop(extra.insert(name, other.to_string())),
                }
            }
            Some(Link { url, title, extra })
        };
        self.each(name).into_iter().filter_map(link).collect()
    }

    /// What was not read, and what [`FieldReader::keep`] set aside.
    pub fn unused(&self) -> Map<String, Value> {
        let unused = self.entries.iter().zip(&self.used).filter(|(_, used)| !used.get());
        unused.map(|(entry, _)| (entry.name.clone(), entry.value.to_json())).collect()
    }

    /// Counts a field as not read, so that it is kept although it was looked at.
    pub fn keep(&self, name: &str) {
        if let Some(at) = self.entries.iter().position(|entry| entry.name == name) {
            self.used[at].set(false);
        }
    }

    /// What was not read and has a value.
    pub fn rest(&self) -> Map<String, Value> {
        let mut rest = self.unused();
        rest.retain(|_, value| !is_blank(value));
        rest
    }

    /// The rest as JSON text; empty if there is none. A text that is too long is left out and reported.
    pub fn extra(&self, rest: Map<String, Value>) -> String {
        if rest.is_empty() {
            return String::new();
        }
        let text = Value::Object(rest).to_string();
        if text.len() <= TEXT_LIMIT {
            return text;
        }
        let message = "fields that a plan doesn’t use exceed 1 MB; ignored";
        self.report.say(Level::Error, self.place.clone(), message, "shorten them");
        String::new()
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn text_of(node: &LocatedValue, name: &str, report: &Diagnostics) -> Stated<String> {
    let text = node.text()?;
    if text.len() > TEXT_LIMIT {
        let message = format!("“{name}” is longer than 1 MB; ignored");
        report.say(Level::Error, report.place(node), message, "shorten it");
        return None;
    }
    Some(text.to_owned())
}

/// Whether a name is a placeholder that was never filled in: `${{ values.name }}`, `{{ cookiecutter.name }}`, `<%=
/// name %>`.
pub(crate) fn is_template(name: &str) -> bool {
    name.contains("{{") || name.contains("<%") || name.contains("{%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(text: &str, ask: impl FnOnce(&FieldReader<'_>) -> T) -> (T, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let file: Arc<str> = "f".into();
        let documents = crate::catalog::yaml::documents(text, &file, &mut problems);
        let report = Diagnostics::new(&file);
        let answer = ask(&FieldReader::of(&documents[0].root, "it", &report).unwrap());
        problems.extend(report.finish());
        (answer, problems)
    }

    #[test]
    fn reports_wrong_type_with_its_place() {
        let (said, problems) = with("name: [a, b]\ntier: {x: 1}\nowner: [c]\nempty:\n", |fields| {
            (fields.text("name"), fields.text("tier"), fields.text("owner"), fields.text("empty"))
        });
        assert_eq!(said, (None, None, Some("c".into()), Some(String::new())));
        let places: Vec<(u64, u64)> = problems.iter().map(|row| (row.place.line, row.place.column)).collect();
        assert_eq!(places, [(1, 7), (2, 7), (3, 8)]);
    }

    #[test]
    fn unread_fields_are_the_rest() {
        let (rest, _) = with("a: 1\nb: x\nc: []\nd: {e: yes}\n", |fields| {
            fields.text("a");
            fields.rest()
        });
        assert_eq!(Value::Object(rest), serde_json::json!({"b": "x", "d": {"e": "yes"}}));
    }
}
