//! Parses YAML into trees that know their lines.
//!
//! A file may hold several documents; a broken one doesn't affect the others. Duplicate keys, alias bombs and deep
//! nesting are reported and never cost more than the document is long.

use std::{path::Path, sync::Arc};

use headroom_files::{Diagnostic, Level, Place, ReadError, read_text, shortened};
use rustc_hash::FxHashMap;
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::catalog::located_value::{LocatedContent, LocatedEntry, LocatedValue};

/// How many values the aliases of a document may expand to.
const ALIASED_NODES: usize = 200_000;
/// How many bytes of text they may expand to.
const ALIASED_BYTES: usize = 16 << 20;

/// One document of a file.
#[derive(Debug)]
pub(crate) struct Document {
    pub place: Place,
    pub root: LocatedValue,
}

/// The documents of a file that can be parsed. Errors in the others, and duplicate keys, are among the diagnostics.
pub(crate) fn read_documents(
    path: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Document>, ReadError> {
    let (text, file) = read_text(path, problems)?;
    Ok(documents(&text, &file, problems))
}

/// As [`read_documents`], without documents that have a key which is not a text.
pub(crate) fn read_strict_documents(
    path: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Document>, ReadError> {
    let (text, file) = read_text(path, problems)?;
    Ok(documents_by(KeyPolicy::Texts, &text, &file, problems))
}

/// What to do with keys that are not texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPolicy {
    /// Report them and take them as text.
    Any,
    /// Refuse the document: it is a template of one.
    Texts,
}

pub(crate) fn documents(text: &str, file: &Arc<str>, problems: &mut Vec<Diagnostic>) -> Vec<Document> {
    documents_by(KeyPolicy::Any, text, file, problems)
}

fn documents_by(
    keys: KeyPolicy,
    text: &str,
    file: &Arc<str>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut found = Vec::new();
    for (line, part) in split(text) {
        if !part.lines().any(is_said) {
            continue;
        }
        match load(keys, part, line, file, problems) {
            Ok(Some(root)) => {
                found.push(Document { place: Place::new(file, first_line(line, part), 1), root });
            }
            Ok(None) => {}
            Err((place, message)) => {
                let is_template = part.contains("{{") || part.contains("{%");
                let (level, what, advice) = if is_template {
                    (Level::Warning, "a template, not YAML", "document skipped; no action needed")
                } else {
                    (Level::Error, "not YAML", "document skipped; fix the syntax")
                };
                let message = format!("this is {what}: {message}");
                problems.push(Diagnostic::new(level, place, message, advice));
            }
        }
    }
    if found.is_empty() && !text.lines().any(|line| is_said(line) && line.trim_end() != "---") {
        let place = Place::new(file, 0, 0);
        let advice = "no action needed if this is intended";
        problems.push(Diagnostic::new(Level::Warning, place, "the file is empty", advice));
    }
    found
}

/// The parts of a text that are documents: start in bytes, first line, text.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = (usize, u64, &str)> {
    // Each part is a slice of the text.
    split(text).into_iter().map(|(line, part)| (part.as_ptr() as usize - text.as_ptr() as usize, line, part))
}

/// Parses one document, which starts at `line`; none if it is empty.
///
/// # Errors
/// Where and why it is not YAML.
pub(crate) fn load(
    keys: KeyPolicy,
    part: &str,
    line: u64,
    file: &Arc<str>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<LocatedValue>, YamlError> {
    Loader::new(keys, file, line, problems).load(part)
}

/// Whether the line is neither blank nor a comment nor a directive (`%YAML 1.2`).
fn is_said(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with('#') && !line.starts_with('%')
}

/// Line of the first content in a part that starts at `line`.
fn first_line(line: u64, part: &str) -> u64 {
    line + part.lines().position(is_said).unwrap_or(0) as u64
}

/// The documents with the number of their first line. A line that starts with `---` is always a border.
fn split(text: &str) -> Vec<(u64, &str)> {
    let (mut parts, mut start, mut first, mut at) = (Vec::new(), 0, 1, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_border = line
            .strip_prefix("---")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']));
        if is_border || line.trim_end() == "..." {
            parts.push((first, &text[start..at]));
            // What follows the dashes on their line belongs to the document.
            start = at + 3;
            first = number as u64 + 1;
        }
        at += line.len();
    }
    parts.push((first, &text[start..]));
    parts
}

pub(crate) type YamlError = (Place, String);

struct Loader<'a> {
    keys: KeyPolicy,
    file: &'a Arc<str>,
    /// Line of the file on which the document starts.
    line: u64,
    problems: &'a mut Vec<Diagnostic>,
    anchors: FxHashMap<usize, Anchored>,
    /// Values and bytes that aliases have expanded to.
    aliased: Size,
}

struct Anchored {
    node: LocatedValue,
    size: Size,
}

#[derive(Default, Clone, Copy)]
struct Size {
    nodes: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, other: Size) {
        self.nodes += other.nodes;
        self.bytes += other.bytes;
    }

    fn of(node: &LocatedValue) -> Self {
        let mut size = Self { nodes: 1, bytes: 0 };
        match &node.content {
            LocatedContent::Nothing => {}
            LocatedContent::Text { text, .. } => size.bytes = text.len(),
            LocatedContent::List(items) => items.iter().for_each(|item| size.add(Size::of(item))),
            LocatedContent::Map(entries) => entries.iter().for_each(|entry| {
                size.add(Size { nodes: 0, bytes: entry.name.len() });
                size.add(Size::of(&entry.value));
            }),
        }
        size
    }
}

/// A list or mapping that is still being read.
enum Open {
    List { items: Vec<LocatedValue> },
    Map { entries: Vec<LocatedEntry>, key: Option<Key>, merged: Vec<LocatedEntry> },
}

struct Key {
    name: String,
    line: u64,
    column: u64,
    /// `<<`: the value after it is merged in.
    is_merge: bool,
}

struct Frame {
    open: Open,
    line: u64,
    column: u64,
    anchor: usize,
}

impl<'a> Loader<'a> {
    fn new(keys: KeyPolicy, file: &'a Arc<str>, line: u64, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { keys, file, line, problems, anchors: FxHashMap::default(), aliased: Size::default() }
    }

    fn place(&self, line: u64, column: u64) -> Place {
        Place::new(self.file, line, column)
    }

    /// None if the document is empty.
    fn load(&mut self, part: &str) -> Result<Option<LocatedValue>, YamlError> {
        let mut stack: Vec<Frame> = Vec::new();
        let mut root = None;
        for event in Parser::new_from_str(part) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker();
                (self.at(at.line(), at.col()), shortened(&error.info()))
            })?;
            let (line, column) = self.start(span);
            let node = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let node = LocatedValue { line, column, content: scalar(&text, style) };
                    self.anchor(anchor, &node)?;
                    node
                }
                Event::Alias(id) => self.alias(id, line, column)?,
                Event::SequenceStart(_, anchor, _) => {
                    stack.push(Frame { open: Open::List { items: Vec::new() }, line, column, anchor });
                    continue;
                }
                Event::MappingStart(_, anchor, _) => {
                    let open = Open::Map { entries: Vec::new(), key: None, merged: Vec::new() };
                    stack.push(Frame { open, line, column, anchor });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(frame) = stack.pop() else { continue };
                    let node = self.close(frame.open, frame.line, frame.column);
                    self.anchor(frame.anchor, &node)?;
                    node
                }
                _ => continue,
            };
            match stack.last_mut() {
                Some(frame) => self.add(&mut frame.open, node)?,
                // `split` has separated the documents, so there is no second root.
                None => root = root.or(Some(node)),
            }
        }
        Ok(root.filter(|node| node.content != LocatedContent::Nothing))
    }

    fn at(&self, line: usize, column: usize) -> Place {
        self.place(self.line + (line as u64).saturating_sub(1), column as u64 + 1)
    }

    fn start(&self, span: Span) -> (u64, u64) {
        let place = self.at(span.start.line(), span.start.col());
        (place.line, place.column)
    }

    fn anchor(&mut self, id: usize, node: &LocatedValue) -> Result<(), YamlError> {
        if id > 0 {
            let size = Size::of(node);
            self.count(size, node.line, node.column)?;
            self.anchors.insert(id, Anchored { node: node.clone(), size });
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, line: u64, column: u64) -> Result<LocatedValue, YamlError> {
        let Some(anchored) = self.anchors.get(&id) else {
            return Err((self.place(line, column), "an alias refers to itself".to_owned()));
        };
        let size = anchored.size;
        let content = anchored.node.content.clone();
        self.count(size, line, column)?;
        Ok(LocatedValue { line, column, content })
    }

    /// Counts the copies that anchors and aliases make, and refuses too many.
    fn count(&mut self, size: Size, line: u64, column: u64) -> Result<(), YamlError> {
        self.aliased.add(size);
        if self.aliased.nodes <= ALIASED_NODES && self.aliased.bytes <= ALIASED_BYTES {
            return Ok(());
        }
        Err((self.place(line, column), format!("aliases expand to more than {ALIASED_NODES} values")))
    }

    fn add(&mut self, open: &mut Open, node: LocatedValue) -> Result<(), YamlError> {
        match open {
            Open::List { items } => items.push(node),
            Open::Map { key: key @ None, .. } => {
                let (line, column) = (node.line, node.column);
                let (name, is_merge) = match &node.content {
                    LocatedContent::Text { text, is_plain } => (text.clone(), *is_plain && text == "<<"),
                    LocatedContent::Nothing => ("null".to_owned(), false),
                    _ if self.keys == KeyPolicy::Texts => {
                        return Err((self.place(line, column), format!("{} is used as a key", node.noun())));
                    }
                    _ => {
                        let message = format!("{} is used as a key; read as text", node.noun());
                        let place = self.place(line, column);
                        self.problems.push(Diagnostic::new(
                            Level::Warning,
                            place,
                            message,
                            "if this is a template, quote values that contain braces",
                        ));
                        (node.to_json().to_string(), false)
                    }
                };
                *key = Some(Key { name, line, column, is_merge });
            }
            Open::Map { entries, key, merged } => {
                let Some(Key { name, line, column, is_merge }) = key.take() else { return Ok(()) };
                if is_merge {
                    merged.extend(merged_entries(node));
                } else {
                    entries.push(LocatedEntry { name, line, column, value: node });
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, open: Open, line: u64, column: u64) -> LocatedValue {
        let content = match open {
            Open::List { items } => LocatedContent::List(items),
            Open::Map { entries, merged, .. } => LocatedContent::Map(self.unique(entries, merged)),
        };
        LocatedValue { line, column, content }
    }

    /// Of a duplicate key the last value counts.
    fn unique(&mut self, entries: Vec<LocatedEntry>, merged: Vec<LocatedEntry>) -> Vec<LocatedEntry> {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let mut unique: Vec<LocatedEntry> = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(at) = seen.get(&entry.name).copied() {
                let earlier: &LocatedEntry = &unique[at];
                let message = format!(
                    "duplicate key “{}”, first on line {}; the last one was used",
                    shortened(&entry.name),
                    earlier.line
                );
                let place = self.place(entry.line, entry.column);
                self.problems.push(Diagnostic::new(Level::Warning, place, message, "keep one of them"));
                unique[at] = entry;
            } else {
                seen.insert(entry.name.clone(), unique.len());
                unique.push(entry);
            }
        }
        for entry in merged {
            if !seen.contains_key(&entry.name) {
                seen.insert(entry.name.clone(), unique.len());
                unique.push(entry);
            }
        }
        unique
    }
}

/// The entries that `<<` merges in: those of a mapping, or of several, of which the first has precedence.
fn merged_entries(node: LocatedValue) -> Vec<LocatedEntry> {
    match node.content {
        LocatedContent::Map(entries) => entries,
        LocatedContent::List(items) => items.into_iter().flat_map(merged_entries).collect(),
        LocatedContent::Nothing | LocatedContent::Text { .. } => Vec::new(),
    }
}

fn scalar(text: &str, style: ScalarStyle) -> LocatedContent {
    let is_plain = style == ScalarStyle::Plain;
    if is_plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return LocatedContent::Nothing;
    }
    LocatedContent::Text { text: text.to_owned(), is_plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Document>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let found = documents(text, &"f".into(), &mut problems);
        (found, problems)
    }

    fn places(problems: &[Diagnostic]) -> Vec<(u64, u64)> {
        problems.iter().map(|problem| (problem.place.line, problem.place.column)).collect()
    }

    #[test]
    fn documents_have_lines_and_errors() {
        let (found, problems) = read("%YAML 1.2\n---\na: 1\n---\n  b: [\n---\n\nc: 3\n");
        assert_eq!(found.iter().map(|document| document.place.line).collect::<Vec<_>>(), [3, 8]);
        assert_eq!(problems.len(), 1);
        assert!((4..=6).contains(&problems[0].place.line), "{problems:?}");
    }

    #[test]
    fn values_keep_their_spelling() {
        let (found, _) = read("a: yes\nb: 012\nc: 1.10\nd: '5'\ne:\nf: {g: [~, true]}\n");
        assert_eq!(
            found[0].root.to_json(),
            serde_json::json!({"a": "yes", "b": "012", "c": "1.10", "d": "5", "e": null, "f": {"g": [null, true]}})
        );
        let entries = found[0].root.entries().unwrap();
        assert_eq!((entries[2].line, entries[2].value.column), (3, 4));
    }

    #[test]
    fn last_duplicate_key_counts_and_is_reported() {
        let (found, problems) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(found[0].root.to_json(), serde_json::json!({"a": 3, "b": 2}));
        assert_eq!(places(&problems), [(3, 1)]);
        assert!(problems[0].message.contains("line 1"));
    }

    #[test]
    fn resolves_anchors_and_merge_keys() {
        let (found, problems) =
            read("base: &base {owner: a, tier: 1}\none:\n  <<: *base\n  tier: 2\ntwo: *base\n");
        assert!(problems.is_empty());
        let one = &found[0].root.to_json()["one"];
        assert_eq!(one, &serde_json::json!({"tier": 2, "owner": "a"}));
        assert_eq!(found[0].root.to_json()["two"]["tier"], 1);
    }

    #[test]
    fn refuses_alias_bombs_and_deep_nesting_quickly() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        for text in [
            bomb,
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "a: &a [*a]".to_owned(),
            "a: *nobody".to_owned(),
            "{".repeat(50_000),
        ] {
            let (found, problems) = read(&text);
            assert!(found.is_empty(), "{}", &text[..20.min(text.len())]);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].place.line > 0);
        }
    }

    #[test]
    fn reports_empty_files() {
        for text in ["", "\n\n", "# nothing\n", "---\n"] {
            let (found, problems) = read(text);
            assert!(found.is_empty());
            assert!(problems[0].message.contains("empty"), "{text:?} {problems:?}");
        }
    }
}
