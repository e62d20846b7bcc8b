//! Assigns the text between parts.

use super::{
    lines::{Lines, without_blank_lines},
    parts::{ByteRange, Parts, Prose},
};

/// Finds what is between the known parts: bodies of items, and prose.
pub(super) fn fill_gaps(parts: &mut Parts, rest: &[usize], source: &str, lines: &Lines) {
    let mut from = rest.to_vec();
    for index in 0..parts.items.len() {
        let (span, parent) = (parts.items[index].span, parts.items[index].parent);
        if let Some(parent) = parent {
            body(parts, parent, ByteRange::new(from[parent], span.start), source);
            from[parent] = span.end.max(from[parent]);
        }
    }
    for (index, from) in from.into_iter().enumerate() {
        let end = parts.items[index].span.end;
        body(parts, index, ByteRange::new(from, end), source);
    }
    prose(parts, source, lines);
}

fn body(parts: &mut Parts, item: usize, gap: ByteRange, source: &str) {
    parts.items[item].body.extend(text_in(source, gap));
}

fn prose(parts: &mut Parts, source: &str, lines: &Lines) {
    let mut items = parts.items.iter().enumerate().filter(|(_, item)| item.parent.is_none()).peekable();
    let mut found = Vec::new();
    for (section, place) in parts.sections.iter().enumerate() {
        let mut from = place.heading.as_ref().map_or(place.span.start, |heading| heading.span.end);
        let mut after = None;
        let mut put = |gap: ByteRange, after: Option<usize>| {
            let span = text_in(source, gap);
            found.extend(span.map(|span| Prose { line: lines.line(span.start), span, section, after }));
        };
        while let Some((index, item)) = items.next_if(|(_, item)| item.section == section) {
            put(ByteRange::new(from, item.span.start), after);
            (from, after) = (item.span.end, Some(index));
        }
        put(ByteRange::new(from, place.span.end), after);
    }
    parts.prose = found;
}

/// The text in a gap, without blank lines and without bullets before the next item on its line.
fn text_in(source: &str, gap: ByteRange) -> Option<ByteRange> {
    let text = gap.of(source);
    let last = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_bullet =
        |character: char| character.is_ascii_whitespace() || "->*+.)0123456789".contains(character);
    let is_followed =
        source.get(gap.end..).is_some_and(|rest| !rest.starts_with(['\n', '\r']) && !rest.is_empty());
    let cut = is_followed && text[last..].chars().all(is_bullet);
    let span = ByteRange::new(gap.start, if cut { gap.start + last } else { gap.end });
    // What is left of the line on which the part before ends.
    let rest = span.of(source);
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let start = if rest[..line].trim().is_empty() { span.start + line } else { span.start };
    without_blank_lines(source, ByteRange::new(start, span.end))
}
