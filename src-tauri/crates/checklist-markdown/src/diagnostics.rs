//! Diagnostics of a checklist.

use std::{collections::BTreeSet, sync::Arc};

use headroom_files::{Diagnostic, Level, Place};

use super::{
    front_matter::is_unclosed,
    lines::{Lines, is_blank},
    parts::ByteRange,
    text::ChecklistText,
};

impl ChecklistText {
    /// The code block or comment at the end that is never closed: where it starts, and what would close it.
    fn open_block(&self) -> Option<(usize, String)> {
        let end = self.source.trim_end().len();
        let last = self.parts.verbatim.last().filter(|span| span.end >= end)?;
        let text = last.of(&self.source);
        let open = text.trim_start();
        let start = last.start + text.len() - open.len();
        for sign in ['`', '~'] {
            let fence = open.len() - open.trim_start_matches(sign).len();
            if fence >= 3 {
                return (!closes(open, sign)).then(|| (start, sign.to_string().repeat(fence)));
            }
        }
        (open.starts_with("<!--") && !open.contains("-->")).then(|| (start, "-->".to_owned()))
    }

    /// What is wrong with the checklist, in the order of the text: no items, lines that look like items and aren't,
    /// and signs that a part of the file is missing.
    pub fn problems(&self, file: &Arc<str>) -> Vec<Diagnostic> {
        let trouble = Trouble { text: self, file, lines: Lines::of(&self.source) };
        let mut problems = trouble.cut();
        problems.extend(trouble.near_items());
        problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
        if self.parts.items.is_empty() {
            problems.insert(0, trouble.nothing());
        }
        problems
    }
}

/// What closes the code block or comment that a Markdown text leaves open.
pub(super) fn open_end(text: &str) -> Option<String> {
    let is_worth = text.contains("```") || text.contains("~~~") || text.contains("<!--");
    is_worth.then(|| ChecklistText::read(text).open_block()).flatten().map(|(_, end)| end)
}

struct Trouble<'a> {
    text: &'a ChecklistText,
    file: &'a Arc<str>,
    lines: Lines,
}

impl Trouble<'_> {
    fn at(&self, offset: usize, message: &str, advice: &str) -> Diagnostic {
        let (line, column) = self.lines.place(&self.text.source, offset);
        Diagnostic::new(Level::Warning, Place::new(self.file, line, column), message, advice)
    }

    fn nothing(&self) -> Diagnostic {
        Diagnostic::new(
            Level::Error,
            Place::new(self.file, 0, 0),
            "no checklist items found",
            "write each item on its own line starting with “- [ ] ”, e.g. “- [ ] Order a laptop”",
        )
    }

    /// Things that are opened and never closed.
    fn cut(&self) -> Vec<Diagnostic> {
        let source = &self.text.source;
        let mut problems = Vec::new();
        if is_unclosed(source, &self.lines) {
            let advice = "close it with a “---” line; if the file was cut off, get the complete file";
            problems.push(self.at(0, "the front matter that starts here is not closed", advice));
        }
        let end = source.trim_end().len();
        if let Some((start, close)) = self.text.open_block() {
            let kind = if close == "-->" { "comment" } else { "code block" };
            let message =
                format!("the {kind} that starts here is not closed; everything after it is ignored");
            problems.push(self.at(
                start,
                &message,
                "close it; if the file was cut off, get the complete file",
            ));
        }
        problems.extend(self.cut_link(end));
        problems
    }

    /// A link on the last line that is not complete.
    fn cut_link(&self, end: usize) -> Option<Diagnostic> {
        let source = self.text.source.get(..end)?;
        let line = source.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let at = line + source[line..].rfind("](")?;
        if source[at..].contains(')') || self.is_verbatim(at) {
            return None;
        }
        let advice = "add “)” after the address; if the file was cut off, get the complete file";
        Some(self.at(at, "the file ends inside a link", advice))
    }

    fn is_verbatim(&self, offset: usize) -> bool {
        let spans = &self.text.parts.verbatim;
        let before = spans.partition_point(|span| span.start <= offset);
        before.checked_sub(1).is_some_and(|at| offset < spans[at].end)
    }

    /// Lines that a person would take for items.
    fn near_items(&self) -> Vec<Diagnostic> {
        let source = &self.text.source;
        let items: BTreeSet<usize> = self.text.parts.items.iter().map(|item| item.line).collect();
        let front = self.text.parts.front_matter.as_ref().map_or(0, |front| front.span.end);
        let lines = self.lines.spans(source).enumerate().skip_while(|(_, span)| span.start < front);
        let candidates =
            lines.filter(|(index, span)| !items.contains(&(index + 1)) && !self.is_verbatim(span.start));
        let last = source.trim_end().len();
        candidates.filter_map(|(_, span)| self.near_item(span, span.end >= last)).collect()
    }

    fn near_item(&self, span: ByteRange, is_last: bool) -> Option<Diagnostic> {
        let line = span.of(&self.text.source);
        let rest = line.trim_start_matches(|character: char| {
            is_blank(character.encode_utf8(&mut [0; 4])) || character == '\u{feff}'
        });
        let at = span.end - rest.len();
        let (bullet, rest) = bullet(rest);
        let spaced = rest.starts_with([' ', '\t']);
        let inner = rest.trim_start().strip_prefix('[')?;
        if is_last && bullet && matches!(inner.trim_end(), "" | "x" | "X") {
            return Some(self.at(
                at,
                "the file ends inside a checkbox",
                "if the file was cut off, get the complete file",
            ));
        }
        let (mark, behind) = inner.split_once(']')?;
        let is_mark = mark.len() <= 3 && matches!(mark.trim(), "" | "x" | "X" | "~");
        if !is_mark || behind.starts_with(['(', '[', ':']) {
            return None;
        }
        let behind_is_clear = behind.is_empty() || behind.starts_with([' ', '\t']);
        let message = match () {
            () if !bullet && mark.len() == 1 && behind_is_clear => {
                "not an item: no bullet before the checkbox"
            }
            () if !bullet => return None,
            () if !spaced => "not an item: no space after the bullet",
            () if mark.len() != 1 => "not an item: the checkbox is not one character wide",
            () if !behind_is_clear => "not an item: no space after the checkbox",
            () => "not an item: indented so far that it belongs to the text or code above",
        };
        Some(self.at(at, message, "write it as “- [ ] text”, indented by two spaces per level"))
    }
}

/// Whether a fence is closed on its last line.
fn closes(text: &str, sign: char) -> bool {
    let open = text.chars().take_while(|character| *character == sign).count();
    let last = text.trim_end().lines().skip(1).last().unwrap_or_default();
    let fence = last.trim_matches(|character: char| character.is_whitespace() || character == '>');
    fence.chars().all(|character| character == sign) && fence.len() >= open
}

/// Whether a line starts with a bullet, and what follows it.
fn bullet(line: &str) -> (bool, &str) {
    if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        return (true, rest);
    }
    let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(behind) if rest.len() < line.len() => (true, behind),
        _ => (false, line),
    }
}
