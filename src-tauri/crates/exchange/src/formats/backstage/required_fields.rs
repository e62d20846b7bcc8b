//! Reports fields that Backstage requires and the plan lacks. They are not made up: a value in their place would come
//! back as the plan's own.

use std::collections::BTreeMap;

use headroom_files::{Diagnostic, Level, Place, shortened};
use serde_json::Value;

/// How many are named in a message.
const SHOWN: usize = 5;

/// Names of the entities that lack a field, by kind and field.
#[derive(Default)]
pub struct MissingFields {
    names: BTreeMap<(String, &'static str), Vec<String>>,
}

impl MissingFields {
    /// Notes what a document of a catalog lacks.
    pub fn note(&mut self, document: &Value) {
        let kind = document["kind"].as_str().unwrap_or_default();
        for field in fields_of(kind) {
            let is_said = match &document["spec"][field] {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                _ => true,
            };
            if !is_said {
                let name = document["metadata"]["name"].as_str().unwrap_or_default();
                self.names.entry((kind.to_owned(), field)).or_default().push(shortened(name));
            }
        }
    }

    pub fn problems(self, place: &Place) -> impl Iterator<Item = Diagnostic> {
        self.names.into_iter().map(|((kind, field), names)| {
            let noun = if kind == "API" { kind } else { kind.to_lowercase() };
            let (noun, have) = match names.len() {
                1 => (noun, "has"),
                _ => (format!("{noun}s"), "have"),
            };
            let more = names.len().saturating_sub(SHOWN);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let message = format!(
                "{} {noun} {have} no spec.{field}, which Backstage requires: {}{more}",
                names.len(),
                names[..names.len().min(SHOWN)].join(", ")
            );
            Diagnostic::new(
                Level::Warning,
                place.clone(),
                message,
                "add it to the plan, or to the file before loading it into Backstage",
            )
        })
    }
}

/// Required fields of a kind. Source: <https://backstage.io/docs/features/software-catalog/descriptor-format>.
fn fields_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "Component" => &["type", "lifecycle", "owner"],
        "API" => &["type", "lifecycle", "owner", "definition"],
        "Resource" => &["type", "owner"],
        "Group" => &["type"],
        "System" | "Domain" => &["owner"],
        _ => &[],
    }
}
