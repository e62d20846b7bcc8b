//! Finds where `spec.owner` is in the text of a document, and edits it there.

use std::ops::Range;

use headroom_files::Edits;
use serde_json::Value;
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, options};

/// Where the owner of a document is written, or would be.
#[derive(Debug, PartialEq, Eq)]
pub enum OwnerPlace {
    /// A value, or an alias that stands for one; the first of a list.
    Value { at: Range<usize>, style: Style },
    /// `owner:` without a value: the place after the colon.
    Nothing { at: usize },
    /// A line to add, with the text before and after it.
    Line { at: usize, before: String, after: String },
    /// An entry to add in braces, with the text before and after it.
    Braces { at: usize, after: String, is_quoted: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    Single,
    Double,
    /// A block scalar after `|` or `>`.
    Block,
}

impl OwnerPlace {
    /// Finds the place in a document that parses. None if there is none: no `spec`, or one that is an alias or not a
    /// mapping.
    pub fn find(part: &str) -> Option<Self> {
        let options = options! { emit_comments: false };
        let events: Vec<(Event<'_>, Span)> =
            Parser::new_from_str_with_options(part, options).collect::<Result<_, _>>().ok()?;
        let tree = Tree { part, events };
        let root = tree.events.iter().position(|(event, _)| event.is_node())?;
        let (spec_key, spec) = tree.entry(root, "spec")?;
        match &tree.events[spec].0 {
            Event::MappingStart(style, ..) => match (tree.entry(spec, "owner"), style) {
                (Some((key, value)), _) => tree.said(key, value),
                (None, StructureStyle::Flow) => tree.in_braces(spec),
                (None, StructureStyle::Block) => tree.on_a_line(spec_key, spec),
            },
            _ if tree.is_nothing(spec) => {
                let (metadata, _) = *tree.pairs(tree.entry(root, "metadata")?.1).first()?;
                let indent = tree.indent(metadata)?;
                let at = tree.end_of_line(tree.end(spec_key)?);
                Some(tree.line(at, indent))
            }
            _ => None,
        }
    }

    /// The edits that make the document name this owner: one way, or several of which the first that reads back
    /// correctly is to be taken.
    pub fn name(&self, owner: &str) -> Vec<Edits> {
        let edit = |at: Range<usize>, text: String| {
            let mut edits = Edits::default();
            edits.put(at, text);
            edits
        };
        let (plain, quoted) = (spelled(owner, Style::Plain), spelled(owner, Style::Double));
        match self {
            OwnerPlace::Value { at, style } => {
                [spelled(owner, *style), quoted].map(|text| edit(at.clone(), text)).into()
            }
            OwnerPlace::Nothing { at } => {
                [plain, quoted].map(|text| edit(*at..*at, format!(" {text}"))).into()
            }
            OwnerPlace::Line { at, before, after } => {
                [plain, quoted].map(|text| edit(*at..*at, format!("{before}owner: {text}{after}"))).into()
            }
            OwnerPlace::Braces { at, after, is_quoted: true } => {
                vec![edit(*at..*at, format!("\"owner\": {quoted}{after}"))]
            }
            OwnerPlace::Braces { at, after, is_quoted: false } => {
                [plain, quoted].map(|text| edit(*at..*at, format!("owner: {text}{after}"))).into()
            }
        }
    }
}

/// A text as a YAML scalar.
fn spelled(text: &str, style: Style) -> String {
    match style {
        Style::Plain => match serde_saphyr::to_string(&text) {
            Ok(written) if !written.trim_end().contains('\n') => written.trim_end().to_owned(),
            _ => spelled(text, Style::Double),
        },
        Style::Single => format!("'{}'", text.replace('\'', "''")),
        Style::Block => text.to_owned(),
        // JSON is YAML.
        Style::Double => Value::from(text).to_string(),
    }
}

struct Tree<'a> {
    part: &'a str,
    events: Vec<(Event<'a>, Span)>,
}

impl Tree<'_> {
    /// Index of the event after the node that begins at `at`.
    fn after(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (next, (event, _)) in self.events.iter().enumerate().skip(at) {
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return next + 1;
            }
        }
        self.events.len()
    }

    /// Keys and values of a mapping.
    fn pairs(&self, mapping: usize) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        if !matches!(self.events[mapping].0, Event::MappingStart(..)) {
            return pairs;
        }
        let mut key = mapping + 1;
        while self.events.get(key).is_some_and(|(event, _)| *event != Event::MappingEnd) {
            let value = self.after(key);
            pairs.push((key, value));
            key = self.after(value);
        }
        pairs
    }

    /// Of a duplicate key the last one.
    fn entry(&self, mapping: usize, name: &str) -> Option<(usize, usize)> {
        let is_named = |(key, _): &(usize, usize)| matches!(&self.events[*key].0, Event::Scalar(text, ..) if text == name);
        self.pairs(mapping).into_iter().rev().find(is_named)
    }

    fn bytes(&self, at: usize) -> Option<Range<usize>> {
        self.events[at].1.byte_range()
    }

    fn end(&self, at: usize) -> Option<usize> {
        self.bytes(at).map(|bytes| bytes.end)
    }

    /// Whether a value is absent, as opposed to `~` or `null`.
    fn is_nothing(&self, at: usize) -> bool {
        matches!(self.events[at].0, Event::Scalar(_, ScalarStyle::Plain, ..))
            && self.bytes(at).is_some_and(|bytes| bytes.is_empty())
    }

    fn said(&self, key: usize, value: usize) -> Option<OwnerPlace> {
        match &self.events[value].0 {
            _ if self.is_nothing(value) => {
                let end = self.end(key)?;
                let colon = self.part[end..].find(':')?;
                Some(OwnerPlace::Nothing { at: end + colon + 1 })
            }
            Event::Scalar(_, style, ..) => {
                let mut at = self.bytes(value)?;
                // A block scalar includes its last line break.
                let said = self.part[at.clone()].trim_end().len();
                at.end = at.start + said;
                let style = match style {
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    _ => Style::Plain,
                };
                Some(OwnerPlace::Value { at, style })
            }
            Event::Alias(_) => Some(OwnerPlace::Value { at: self.bytes(value)?, style: Style::Plain }),
            Event::SequenceStart(..) if self.events[value + 1].0.is_node() => self.said(key, value + 1),
            _ => None,
        }
    }

    fn in_braces(&self, spec: usize) -> Option<OwnerPlace> {
        let open = self.end(spec)?;
        match self.pairs(spec).first() {
            Some((key, _)) => {
                let at = self.bytes(*key)?.start;
                let gap = &self.part[open..at];
                let gap = if gap.trim().is_empty() && gap.contains('\n') { gap } else { " " };
                let is_quoted =
                    matches!(self.events[*key].0, Event::Scalar(_, ScalarStyle::DoubleQuoted, ..));
                Some(OwnerPlace::Braces { at, after: format!(",{gap}"), is_quoted })
            }
            None => Some(OwnerPlace::Braces { at: open, after: String::new(), is_quoted: false }),
        }
    }

    /// After the lifecycle or the type, where people write it, otherwise as the first line.
    fn on_a_line(&self, spec_key: usize, spec: usize) -> Option<OwnerPlace> {
        let indent = self.indent(self.pairs(spec).first()?.0)?;
        let is_on_one_line = |value: &usize| match &self.events[*value].0 {
            Event::Scalar(_, style, ..) => {
                !self.is_nothing(*value) && !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
            }
            _ => false,
        };
        let above = ["lifecycle", "type"]
            .iter()
            .filter_map(|name| self.entry(spec, name))
            .map(|(_, value)| value)
            .find(is_on_one_line)
            .unwrap_or(spec_key);
        Some(self.line(self.end_of_line(self.end(above)?), indent))
    }

    fn line(&self, at: usize, indent: &str) -> OwnerPlace {
        let end = if self.part.contains("\r\n") { "\r\n" } else { "\n" };
        if self.part[..at].ends_with('\n') {
            OwnerPlace::Line { at, before: indent.to_owned(), after: end.to_owned() }
        } else {
            OwnerPlace::Line { at, before: format!("{end}{indent}"), after: String::new() }
        }
    }

    /// The text before a key on its line.
    fn indent(&self, key: usize) -> Option<&str> {
        let start = self.bytes(key)?.start;
        let line = self.part[..start].rfind('\n').map_or(0, |at| at + 1);
        Some(&self.part[line..start])
    }

    fn end_of_line(&self, at: usize) -> usize {
        self.part[at..].find('\n').map_or(self.part.len(), |length| at + length + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The document with its owner replaced, in the first way.
    fn named(part: &str, owner: &str) -> String {
        let place = OwnerPlace::find(part).unwrap();
        place.name(owner).remove(0).apply(part)
    }

    #[test]
    fn owner_is_replaced_in_the_style_of_the_file() {
        for (before, after) in [
            ("spec:\n  owner: a # note\n", "spec:\n  owner: team-b # note\n"),
            ("spec:\n  owner:   'a'\r\n", "spec:\n  owner:   'team-b'\r\n"),
            ("spec:\n  owner: \"a\"", "spec:\n  owner: \"team-b\""),
            ("spec:\n  owner:\n    a\n  x: 1\n", "spec:\n  owner:\n    team-b\n  x: 1\n"),
            ("spec:\n  owner: >-\n    a\n  x: 1\n", "spec:\n  owner: >-\n    team-b\n  x: 1\n"),
            ("spec:\n  owner: ~ # who?\n", "spec:\n  owner: team-b # who?\n"),
            ("spec:\n  owner: # who?\n", "spec:\n  owner: team-b # who?\n"),
            ("spec:\n  owner: &me a\n", "spec:\n  owner: &me team-b\n"),
            ("x: &me a\nspec:\n  owner: *me\n", "x: &me a\nspec:\n  owner: team-b\n"),
            ("spec:\n  owner: [a, c]\n", "spec:\n  owner: [team-b, c]\n"),
            ("spec:\n  owner:\n  - a\n  - c\n", "spec:\n  owner:\n  - team-b\n  - c\n"),
            ("spec: {owner: a, x: 1}\n", "spec: {owner: team-b, x: 1}\n"),
            ("{\"spec\": {\"owner\": \"a\"}}", "{\"spec\": {\"owner\": \"team-b\"}}"),
        ] {
            assert_eq!(named(before, "team-b"), after);
        }
    }

    #[test]
    fn missing_owner_is_added_at_the_usual_place() {
        for (before, after) in [
            (
                "spec:\n    type: x # note\n    lifecycle: y\n    z: 1\n",
                "spec:\n    type: x # note\n    lifecycle: y\n    owner: b\n    z: 1\n",
            ),
            ("spec:\r\n  type: x\r\n", "spec:\r\n  type: x\r\n  owner: b\r\n"),
            ("spec:\n  type: x", "spec:\n  type: x\n  owner: b"),
            ("spec: # what\n  # about\n  system: s\n", "spec: # what\n  owner: b\n  # about\n  system: s\n"),
            ("spec: {}\n", "spec: {owner: b}\n"),
            ("spec: {type: x}\n", "spec: {owner: b, type: x}\n"),
            (
                "{\n  \"spec\": {\n    \"type\": \"x\"\n  }\n}",
                "{\n  \"spec\": {\n    \"owner\": \"b\",\n    \"type\": \"x\"\n  }\n}",
            ),
            ("metadata:\n   name: n\nspec:\n", "metadata:\n   name: n\nspec:\n   owner: b\n"),
        ] {
            assert_eq!(named(before, "b"), after);
        }
        assert_eq!(OwnerPlace::find("kind: Component\n"), None);
        assert_eq!(OwnerPlace::find("a: &s {x: 1}\nspec: *s\n"), None);
    }

    #[test]
    fn quotes_ambiguous_scalars() {
        for (owner, plain) in [("team-a", true), ("user:anna", true), ("group:default/a", true)] {
            assert_eq!(spelled(owner, Style::Plain) == owner, plain, "{owner}");
        }
        for owner in
            ["true", "12", "no", "null", "a: b", "#x", "@a", "Data & AI #1", "- a", "", "2027-01-01", "1e3"]
        {
            let written = spelled(owner, Style::Plain);
            assert!(written.starts_with(['"', '\'']), "{owner} became {written}");
            assert_eq!(serde_saphyr::from_str::<Value>(&written).unwrap(), Value::from(owner));
        }
    }
}
