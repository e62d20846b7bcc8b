//! Parses TOML into trees that know their lines.

use std::{ops::Range, sync::Arc};

use headroom_files::{Diagnostic, Level, Place, shortened};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::catalog::located_value::{LocatedContent, LocatedEntry, LocatedValue};

/// How many errors of one file are reported.
const TOLD: usize = 20;

/// Parses a TOML file. Errors are reported, and everything else is there all the same.
pub fn parse(text: &str, file: &Arc<str>, problems: &mut Vec<Diagnostic>) -> LocatedValue {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.len() > TOLD {
        let message =
            format!("this doesn’t look like TOML: {} syntax errors; only the first are listed", errors.len());
        let place = Place::new(file, 0, 0);
        problems.push(Diagnostic::new(Level::Error, place, message, "check that this is the right file"));
    }
    for error in errors.iter().take(TOLD) {
        let (line, column) = error.span().map_or((1, 1), |span| lines.at(text, &span));
        let place = Place::new(file, line, column);
        let message = format!("invalid TOML: {}", shortened(error.message()));
        let advice = "fix the syntax; the rest of the file was imported where possible";
        problems.push(Diagnostic::new(Level::Error, place, message, advice));
    }
    LocatedValue { line: 1, column: 1, content: entries(table.get_ref(), text, &lines) }
}

/// Offsets at which lines start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    fn at(&self, text: &str, span: &Range<usize>) -> (u64, u64) {
        let line = self.0.partition_point(|start| *start <= span.start).max(1);
        let start = self.0.get(line - 1).copied().unwrap_or(0);
        let column = text.get(start..span.start).map_or(0, |before| before.chars().count());
        (line as u64, column as u64 + 1)
    }
}

/// The entries in the order in which they are written.
fn entries(table: &DeTable<'_>, text: &str, lines: &Lines) -> LocatedContent {
    let mut entries: Vec<(usize, LocatedEntry)> = table
        .iter()
        .map(|(key, value)| {
            let (line, column) = lines.at(text, &key.span());
            let name = key.get_ref().to_string();
            (key.span().start, LocatedEntry { name, line, column, value: node(value, text, lines) })
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    LocatedContent::Map(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, lines: &Lines) -> LocatedValue {
    let (line, column) = lines.at(text, &value.span());
    let plain = |text: String| LocatedContent::Text { text, is_plain: true };
    let content = match value.get_ref() {
        DeValue::String(text) => LocatedContent::Text { text: text.to_string(), is_plain: false },
        DeValue::Integer(number) => plain(number.to_string()),
        DeValue::Float(number) => plain(number.to_string()),
        DeValue::Boolean(flag) => plain(flag.to_string()),
        DeValue::Datetime(date) => plain(date.to_string()),
        DeValue::Array(items) => {
            LocatedContent::List(items.iter().map(|item| node(item, text, lines)).collect())
        }
        DeValue::Table(table) => entries(table, text, lines),
    };
    LocatedValue { line, column, content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_faults_have_places() {
        let mut problems = Vec::new();
        let root =
            parse("b = 1\na = [\n  'x',\n  {y = true},\n]\n[t]\nc = \"ö\"\n", &"f".into(), &mut problems);
        assert!(problems.is_empty());
        let entries = root.entries().unwrap();
        let names: Vec<(&str, u64)> = entries.iter().map(|row| (row.name.as_str(), row.line)).collect();
        assert_eq!(names, [("b", 1), ("a", 2), ("t", 6)]);
        let LocatedContent::List(items) = &entries[1].value.content else { panic!() };
        assert_eq!((items[1].line, items[1].column), (4, 3));
        assert_eq!(root.to_json()["a"][1]["y"], true);

        parse("a = 1\nb = 'x' junk\nc = 2\na = 3\n", &"f".into(), &mut problems);
        let lines: Vec<u64> = problems.iter().map(|problem| problem.place.line).collect();
        assert_eq!(lines, [2, 4], "{problems:?}");
    }

    #[test]
    fn parses_tables_over_several_lines() {
        let mut problems = Vec::new();
        let root = parse("m = {\n  a = 1, # one\n  b = 2,\n}\n", &"f".into(), &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(root.to_json()["m"]["b"], 2);
    }

    #[test]
    fn refuses_deep_nesting_quickly() {
        let mut problems = Vec::new();
        parse(&format!("a = {}", "[".repeat(100_000)), &"f".into(), &mut problems);
        assert!(!problems.is_empty());
    }
}
