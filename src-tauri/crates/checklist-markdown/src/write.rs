//! Writes an outline as Markdown.

use std::fmt::Write as _;

use super::{
    front_matter::quoted,
    outline::{Outline, OutlineItem, Passage},
    parts::Tick,
    suggest::named,
};

/// Writes a checklist as Markdown with LF as line ending. [`ChecklistText::outline`](super::ChecklistText::outline)
/// of it gives the same checklist, except that texts on one line are trimmed and lose their line breaks, and that a
/// code block or comment left open in a body is closed.
pub fn write(outline: &Outline) -> String {
    let mut out = String::new();
    if !outline.front_matter.is_empty() {
        out.push_str("---\n");
        for (key, value) in &outline.front_matter {
            let _ = writeln!(out, "{key}: {}", quoted(value));
        }
        out.push_str("---\n");
    }
    if let Some(title) = outline.title.as_deref().map(markdown_of).filter(|title| !title.is_empty()) {
        part(&mut out, &format!("# {title}"));
    }
    passage(&mut out, &outline.start);
    for section in &outline.sections {
        let level = usize::from(section.level.clamp(2, 6));
        part(&mut out, format!("{} {}", "#".repeat(level), markdown_of(&section.title)).trim_end());
        passage(&mut out, &section.passage);
    }
    out
}

/// Adds a part with a blank line before it.
fn part(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
}

fn passage(out: &mut String, passage: &Passage) {
    let prose = closed(&passage.prose);
    if !prose.is_empty() {
        // At the very start a line of dashes would begin front matter.
        if out.is_empty() && prose.starts_with("---") {
            out.push('\n');
        }
        part(out, &prose);
    }
    if !passage.items.is_empty() {
        out.push_str(if out.is_empty() { "" } else { "\n" });
    }
    items(out, &passage.items);
}

/// Writes items with those nested in them, without recursion, so that depth doesn't matter.
fn items(out: &mut String, items: &[OutlineItem]) {
    let mut open = vec![items.iter()];
    while let Some(level) = open.last_mut() {
        let Some(item) = level.next() else {
            open.pop();
            continue;
        };
        let indent = "  ".repeat(open.len() - 1);
        out.push_str(&indent);
        out.push_str(&first_line(item));
        out.push('\n');
        let body = closed(&item.body);
        if !body.is_empty() {
            out.push('\n');
            for line in body.split('\n') {
                if !line.is_empty() {
                    out.push_str(&indent);
                    out.push_str("  ");
                    out.push_str(line);
                }
                out.push('\n');
            }
            out.push('\n');
        }
        open.push(item.items.iter());
    }
}

/// Such as `- [ ] **Manager:** Order a laptop (due: week 2)`.
fn first_line(item: &OutlineItem) -> String {
    let mark = match item.tick {
        Tick::Open => ' ',
        Tick::Done => 'x',
        Tick::Inapplicable => '~',
    };
    let mut line = format!("- [{mark}]");
    if let Some(assignee) = item.assignee.as_deref().map(one_line).filter(|words| !words.is_empty()) {
        let _ = write!(line, " **{}:**", escaped(&named(&assignee)));
    }
    let title = markdown_of(&item.title);
    if !title.is_empty() {
        let _ = write!(line, " {title}");
    }
    if let Some(due) = item.due.as_deref().map(markdown_of).filter(|words| !words.is_empty()) {
        let _ = write!(line, " (due: {due})");
    }
    line
}

/// Markdown that reads as this text, on one line.
pub fn markdown_of(text: &str) -> String {
    escaped(&one_line(text))
}

fn one_line(text: &str) -> String {
    let parts = text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<&str>>().join(" ")
}

/// Escapes what would have a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let is_special = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            '#' => rest.trim_start_matches('#').trim().is_empty() || before == ' ',
            '(' => rest.starts_with("due: "),
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(character);
        before = character;
    }
    out
}

/// Markdown with LF, without blank lines around it, and with open blocks closed.
fn closed(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_blank = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = text.split('\n').collect();
    let before = lines.iter().take_while(|line| is_blank(line)).count();
    let behind = lines.iter().skip(before).rev().take_while(|line| is_blank(line)).count();
    let mut body = lines[before..lines.len() - behind].join("\n");
    if let Some(end) = super::diagnostics::open_end(&body) {
        body.push('\n');
        body.push_str(&end);
    }
    body
}
