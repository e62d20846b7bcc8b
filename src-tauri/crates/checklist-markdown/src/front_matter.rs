//! Reads the front matter: simple YAML values, without parsing all of YAML.

use super::{
    lines::Lines,
    parts::{ByteRange, FrontMatter, Pair},
};

/// The front matter, if the text starts with one that is closed.
pub(super) fn front_matter(source: &str, lines: &Lines) -> Option<FrontMatter> {
    let start = first_line(source);
    let mut spans = lines.spans(source);
    let opening = spans.next()?;
    if ByteRange::new(start, opening.end).of(source).trim_end() != "---" {
        return None;
    }
    let mut pairs = Vec::new();
    let text_start = lines.start(2);
    for (index, span) in spans.enumerate() {
        let line = span.of(source);
        if matches!(line.trim_end(), "---" | "...") {
            let span_all = ByteRange::new(start, span.end);
            return Some(FrontMatter { span: span_all, text: ByteRange::new(text_start, span.start), pairs });
        }
        pairs.extend(pair(line, span.start, index + 2));
    }
    None
}

/// Offset at which the text starts, after a byte order mark.
pub(super) fn first_line(source: &str) -> usize {
    if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Whether the text starts with front matter that is never closed.
pub(super) fn is_unclosed(source: &str, lines: &Lines) -> bool {
    let mut spans = lines.spans(source);
    let opening = spans
        .next()
        .is_some_and(|span| ByteRange::new(first_line(source), span.end).of(source).trim_end() == "---");
    let is_pair = spans.next().is_some_and(|span| pair(span.of(source), 0, 0).is_some());
    opening && is_pair && front_matter(source, lines).is_none()
}

/// Parses a line `key: value` with a plain or quoted value.
fn pair(line: &str, start: usize, number: usize) -> Option<Pair> {
    let (key, rest) = line.split_once(':')?;
    let is_key = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ' ' | '.');
    if key.is_empty() || key.starts_with([' ', '-']) || !key.chars().all(is_key) {
        return None;
    }
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let indent = rest.len() - rest.trim_start().len();
    let value = scalar(rest.trim_start())?;
    let from = start + key.len() + 1 + indent;
    Some(Pair {
        key: key.trim_end().to_owned(),
        value: value.0,
        line: number,
        span: ByteRange::new(from, from + value.1),
    })
}

/// Parses a YAML scalar on one line; gives it with its length including quotes.
fn scalar(text: &str) -> Option<(String, usize)> {
    if let Some(rest) = text.strip_prefix('\'') {
        let mut value = String::new();
        let mut characters = rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            match (character, characters.peek()) {
                ('\'', Some((_, '\''))) => {
                    characters.next();
                    value.push('\'');
                }
                ('\'', _) => return Some((value, at + 2)),
                _ => value.push(character),
            }
        }
        return None;
    }
    if text.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let value = values.next()?.ok()?;
        return Some((value, values.byte_offset()));
    }
    if text.starts_with(['[', '{', '|', '>', '&', '*', '!', '%', '@', '`']) {
        return None;
    }
    let plain = text.split(" #").next().unwrap_or(text).trim_end();
    let plain = if plain.starts_with('#') { "" } else { plain };
    Some((plain.to_owned(), plain.len()))
}

/// Formats a value to follow `key: `.
pub(super) fn quoted(value: &str) -> String {
    let is_plain = |text: &str| {
        text.starts_with(|character: char| character.is_alphabetic())
            && text.chars().all(|character| character.is_alphanumeric() || " -_./,()'".contains(character))
            && text.trim_end() == text
            && !matches!(
                text.to_lowercase().as_str(),
                "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
            )
    };
    if is_plain(value) { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(source: &str) -> Option<Vec<(String, String)>> {
        let lines = Lines::of(source);
        let pairs = front_matter(source, &lines)?.pairs;
        for pair in &pairs {
            assert_eq!(lines.line(pair.span.start), pair.line);
        }
        Some(pairs.into_iter().map(|pair| (pair.key, pair.value)).collect())
    }

    #[test]
    fn parses_plain_and_quoted_values() {
        let text = "---\nname: Ops # note\ntitle: 'It''s: here'\nlabels: \"a, \\\"b\\\"\"\nempty:\ntags:\n  - x\nlist: [a]\n---\n";
        let expected =
            [("name", "Ops"), ("title", "It's: here"), ("labels", "a, \"b\""), ("empty", ""), ("tags", "")];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(pairs(text).unwrap(), expected);
    }

    #[test]
    fn accepts_byte_order_mark_and_any_line_ending() {
        assert_eq!(
            pairs("\u{feff}---\r\nname: A\r\n---\r\n# B").unwrap(),
            [("name".to_owned(), "A".to_owned())]
        );
    }

    #[test]
    fn thematic_break_is_not_front_matter() {
        assert_eq!(pairs("---\n# Day 1\n- [ ] a"), None);
        assert_eq!(pairs("# A\n---\nname: B\n---\n"), None);
        let unclosed = "---\nname: A\n# Day 1";
        assert!(is_unclosed(unclosed, &Lines::of(unclosed)));
        let rule = "---\n# Day 1";
        assert!(!is_unclosed(rule, &Lines::of(rule)));
    }

    #[test]
    fn quoted_value_round_trips() {
        for value in ["Ops", "a: b", "'", "\"q\"", " x ", "# no", "yes", "5", "é\t\u{1}", "- a", ""] {
            let text = format!("---\nname: {}\n---\n", quoted(value));
            assert_eq!(pairs(&text).unwrap(), [("name".to_owned(), value.to_owned())], "{text}");
        }
    }
}
