use std::sync::Arc;

use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Error, NonFiniteFloatPolicy};

use crate::problem::Place;

/// One YAML document of a file.
pub struct Document {
    pub place: Place,
    pub value: Result<Value, Fault>,
    /// Keys that are there twice in a mapping: the last one counts.
    pub repeated: Vec<(Place, String)>,
}

/// Why a document could not be read.
#[derive(Debug)]
pub struct Fault {
    pub place: Place,
    pub message: String,
    /// It is the template of a document: it still has placeholders in it.
    pub is_template: bool,
}

/// Reads each document of a file by itself, so that one that does not parse spoils no other.
pub fn documents(text: &str, file: &Arc<str>) -> Vec<Document> {
    split(text)
        .into_iter()
        .filter(|(_, part)| part.lines().any(is_said))
        .map(|(line, part)| {
            let mut repeated = Vec::new();
            let value = parse(part, line, file, &mut repeated);
            Document { place: Place::new(file, first_line(line, part), 1), value, repeated }
        })
        .collect()
}

/// The documents of a text as they stand in it: where each starts, in bytes and in lines.
pub fn parts(text: &str) -> impl Iterator<Item = (usize, u64, &str)> {
    // Each part is a slice of the text.
    split(text).into_iter().map(|(line, part)| (part.as_ptr() as usize - text.as_ptr() as usize, line, part))
}

/// Line of the first thing said in a part that starts at `line`.
fn first_line(line: u64, part: &str) -> u64 {
    line + part.lines().position(is_said).unwrap_or(0) as u64
}

/// Neither blank nor a comment nor a directive (`%YAML 1.2`).
fn is_said(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with('#') && !line.starts_with('%')
}

/// The documents with the number of their first line. A line that starts with `---` can be nothing but a border.
fn split(text: &str) -> Vec<(u64, &str)> {
    let (mut parts, mut start, mut first, mut at) = (Vec::new(), 0, 1, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_border = line
            .strip_prefix("---")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']));
        if is_border || line.trim_end() == "..." {
            parts.push((first, &text[start..at]));
            // What follows the dashes on their line belongs to the document; only the dashes go.
            start = at + 3;
            first = number as u64 + 1;
        }
        at += line.len();
    }
    parts.push((first, &text[start..]));
    parts
}

pub fn parse(
    part: &str,
    line: u64,
    file: &Arc<str>,
    repeated: &mut Vec<(Place, String)>,
) -> Result<Value, Fault> {
    let place = |error: &Error| {
        error.location().map_or_else(
            || Place::new(file, line, 0),
            |location| Place::new(file, line + location.line() - 1, location.column()),
        )
    };
    let mut read = from_str(part, DuplicateKeyPolicy::Error);
    if let Err(error) = &read
        && let Error::DuplicateMappingKey { key, .. } = error.without_snippet()
    {
        repeated.push((place(error), key.clone().unwrap_or_default()));
        read = from_str(part, DuplicateKeyPolicy::LastWins);
    }
    read.map_err(|error| Fault {
        place: place(&error),
        message: message(&error),
        is_template: part.contains("{{") || part.contains("{%"),
    })
}

fn from_str(part: &str, duplicate_keys: DuplicateKeyPolicy) -> Result<Value, Error> {
    let options = serde_saphyr::options! {
        with_snippet: false,
        duplicate_keys: duplicate_keys,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        // Real catalogs use one anchor a hundred times; the other limits stop what grows out of bounds.
        budget: serde_saphyr::budget! { enforce_alias_anchor_ratio: false },
    };
    serde_saphyr::from_str_with_options(part, options)
}

fn message(error: &Error) -> String {
    let text = error.to_string();
    // The limits of the parser, which may be wrapped in where an alias stands.
    if text.starts_with("budget breached") || text.starts_with("recursion limit") {
        return "it is nested too deep, or grows too large when its aliases are followed".to_owned();
    }
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_knows_its_line_and_its_errors() {
        let file: Arc<str> = "f".into();
        let found = documents("%YAML 1.2\n# head\n---\na: 1\n---\n  b: [\n---\n\nc: 3\n", &file);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].place.line, found[2].place.line), (4, 9));
        assert!(found[0].value.is_ok() && found[1].value.is_err() && found[2].value.is_ok());
    }

    #[test]
    fn what_can_be_read_is_read() {
        let file: Arc<str> = "f".into();
        let found = documents("kind: A\nkind: B\nx: .nan\n", &file).remove(0);
        assert_eq!(found.value.ok().unwrap()["kind"], "B");
        assert_eq!((found.repeated[0].0.line, found.repeated[0].1.as_str()), (2, "kind"));
        let aliases = format!("a: &a {{b: c}}\nd:\n{}", "  - *a\n".repeat(500));
        assert!(documents(&aliases, &file)[0].value.is_ok());
        let is_template = |text: &str| documents(text, &file)[0].value.as_ref().err().unwrap().is_template;
        assert!(is_template("a: {{ name }}\n") && !is_template("a: b: c\n"));
    }

    #[test]
    fn bombs_and_depths_are_refused_quickly() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        let file: Arc<str> = "f".into();
        for text in [bomb, "[".repeat(100_000)] {
            let fault = documents(&text, &file).remove(0).value.err().unwrap();
            assert!(fault.message.contains("nested too deep"), "{}", fault.message);
        }
    }
}
