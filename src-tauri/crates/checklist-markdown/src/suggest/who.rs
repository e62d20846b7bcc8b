//! Assignees in words.

use super::{
    Suggestion,
    role::{SuggestedAssignee, role},
    suggestion, when,
};
use crate::parts::Words;

/// Maximum length of a name before a colon, in bytes.
const PREFIX: usize = 60;

/// Words around a role in a heading.
const BEFORE: &[&str] = &[
    "steps for",
    "tasks for",
    "items for",
    "checklist for",
    "list for",
    "todo for",
    "to do for",
    "to dos for",
    "to-do for",
    "to-dos for",
    "actions for",
    "for",
    "instructions for",
    "responsibilities of",
    "tasks of",
    "to be done by",
    "to be completed by",
    "done by",
    "completed by",
    "by",
    "owner",
    "assignee",
    "assigned to",
    "responsible",
];
const BEHIND: &[&str] = &[
    "tasks",
    "task",
    "checklist",
    "list",
    "to do",
    "to-do",
    "todo",
    "to dos",
    "to-dos",
    "todos",
    "items",
    "steps",
    "responsibilities",
    "actions",
    "action items",
    "only",
    "section",
    "onboarding",
    "offboarding",
    "duties",
    "setup",
    "onboarding tasks",
    "onboarding checklist",
    "task list",
    "offboarding tasks",
    "will",
    "should",
];

/// An assignee at the start (`Manager:`, `**Buddy** –`, `[Manager]`, `(IT)`, `@ana`) or the end (`(IT)`, `[IT]`,
/// `@ana`) of an item.
pub(super) fn in_item(title: &Words, source: &str) -> Option<Suggestion<SuggestedAssignee>> {
    let text = title.text.as_str();
    let start = text.find(|character: char| character.is_alphanumeric() || "@[(".contains(character))?;
    let found = bracketed(text, start)
        .or_else(|| strong_mention(title, source, start))
        .or_else(|| mention(text, start))
        .or_else(|| prefix(title, source, start))
        .or_else(|| emphasised(title, source, start))
        .or_else(|| at_end(text));
    found.map(|(who, from, to)| suggestion(who, title, from, to))
}

type Read = Option<(SuggestedAssignee, usize, usize)>;

/// `[Manager]` or `(IT)` at the start, whatever follows.
fn bracketed(text: &str, start: usize) -> Read {
    let rest = text.get(start..)?;
    let close = match rest.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let end = rest.find(close).filter(|end| *end <= PREFIX)?;
    let inner = &rest[1..end];
    let who = mentioned(inner).or_else(|| role(inner))?;
    Some((who, start, start + end + 1))
}

/// `@name`, also a team (`@org/team`), and several words up to a colon.
fn mention(text: &str, start: usize) -> Read {
    let rest = text.get(start..)?.strip_prefix('@')?;
    let ends_name = |character: char| !(character.is_alphanumeric() || "-_./".contains(character));
    let word = rest.find(ends_name).unwrap_or(rest.len());
    let name = rest[..word].trim_end_matches(['.', '/', '-']);
    if name.is_empty() {
        return None;
    }
    Some((named(name), start, start + 1 + name.len()))
}

/// `**@Ana Lima:**`, the form in which names of several words are written.
fn strong_mention(title: &Words, source: &str, start: usize) -> Read {
    let rest = title.text.get(start..)?.strip_prefix('@')?;
    let markdown = title.span.of(source).strip_prefix("**@")?;
    let end = markdown.find(":**").and_then(|_| rest.find(':'))?;
    let name = rest[..end].trim();
    (!name.is_empty()).then(|| (named(name), start, start + 1 + end))
}

fn named(name: &str) -> SuggestedAssignee {
    role(name).unwrap_or_else(|| SuggestedAssignee::Named(name.to_owned()))
}

fn mentioned(text: &str) -> Option<SuggestedAssignee> {
    let name = text.trim().strip_prefix('@')?.trim();
    (!name.is_empty()).then(|| named(name))
}

/// A role before a colon or dash. An escaped colon doesn't count.
fn prefix(title: &Words, source: &str, start: usize) -> Read {
    let text = &title.text;
    let rest = text.get(start..)?;
    for (at, sign) in rest.match_indices([':', '-', '–', '—', '|', '→', '>']).filter(|(at, _)| *at <= PREFIX)
    {
        let before = &rest[..at];
        let spaced = before.ends_with(' ') && rest[at + sign.len()..].starts_with(' ');
        let is_escaped = title
            .source_of(start + at, start + at + 1)
            .start
            .checked_sub(1)
            .is_some_and(|before| source.as_bytes().get(before) == Some(&b'\\'));
        if is_escaped || (sign != ":" && !spaced) {
            continue;
        }
        let inner = before.trim_end().trim_end_matches(')').to_owned();
        if let Some(who) = role(before).or_else(|| parts_of(&inner)) {
            return Some((who, start, start + before.trim_end().len()));
        }
        if sign == ":" {
            return None;
        }
    }
    None
}

/// `Manager (Day 1)`: the role before the parenthesis.
fn parts_of(text: &str) -> Option<SuggestedAssignee> {
    role(text.split_once('(')?.0)
}

/// A strong or emphasised role at the start.
fn emphasised(title: &Words, source: &str, start: usize) -> Read {
    let text = title.text.get(start..)?;
    let from = title.source_of(start, start + 1).start;
    let before = source.get(title.span.start..from)?;
    let sign = before.trim_start().chars().last().filter(|sign| matches!(sign, '*' | '_'))?;
    let words = source.get(from..title.span.end)?;
    let end = words.find(sign).filter(|end| *end <= PREFIX)?;
    let inner = &words[..end];
    let is_start = text.starts_with(inner);
    is_start.then(|| role(inner)).flatten().map(|who| (who, start, start + inner.len()))
}

/// `… (IT)`, `… [IT]`, `… (@ana)`, `… @ana`.
fn at_end(text: &str) -> Read {
    let end = text.trim_end_matches(['.', ' ']);
    let open = match end.chars().next_back()? {
        ')' => Some(end.rfind('(')?),
        ']' => Some(end.rfind('[')?),
        _ => None,
    };
    if let Some(open) = open.filter(|open| *open > 0) {
        let inner = &end[open + 1..end.len() - 1];
        let who = mentioned(inner).or_else(|| role(inner))?;
        return Some((who, open, end.len()));
    }
    let at = end.rfind(" @")?;
    let name = &end[at + 2..];
    let is_name = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    (!name.is_empty() && name.chars().all(is_name)).then(|| (named(name), at + 1, end.len()))
}

/// The assignee in a heading, a short paragraph before a list, or a bullet with items in it.
pub(super) fn in_label(words: &Words) -> Option<Suggestion<SuggestedAssignee>> {
    let text = words.text.as_str();
    if let Some(start) = text.find('@').filter(|start| text[..*start].trim().is_empty())
        && let Some((who, from, to)) = mention(text, start)
    {
        return Some(suggestion(who, words, from, to));
    }
    let segments = segments(text);
    for (index, (from, to)) in segments.iter().enumerate() {
        let segment = &text[*from..*to];
        let is_asking =
            matches!(segment.to_lowercase().as_str(), "assignee" | "assignees" | "owner" | "responsible");
        if is_asking && let Some((from, to)) = segments.get(index + 1) {
            let name = text[*from..*to].trim_start_matches('@');
            return Some(suggestion(named(name), words, *from, *to));
        }
        if let Some(who) = heading_role(segment) {
            return Some(suggestion(who, words, *from, *to));
        }
    }
    None
}

/// Parts between colons, dashes, bars and parentheses, trimmed.
fn segments(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut put = |start: usize, end: usize| {
        let part = &text[start..end];
        let loose = |character: char| !(character.is_alphanumeric() || character == '@');
        let from = start + part.len() - part.trim_start_matches(loose).len();
        let to = from + text[from..end].trim_end_matches(loose).len();
        if from < to {
            parts.push((from, to));
        }
    };
    for (at, character) in text.char_indices() {
        let is_dash = matches!(character, '-' | '–' | '—')
            && (text[..at].ends_with(' ') || text[at + character.len_utf8()..].starts_with(' '));
        if is_dash || ":|()[]•·→;".contains(character) {
            put(start, at);
            start = at + character.len_utf8();
        }
    }
    put(start, text.len());
    parts
}

/// `Steps for the onboardee`, `Manager tasks`, `Buddy, week 1`: a role and nothing with another meaning.
fn heading_role(segment: &str) -> Option<SuggestedAssignee> {
    let rest = segment.trim();
    around_role(rest).or_else(|| around_role(when::without(rest).trim()))
}

fn around_role(text: &str) -> Option<SuggestedAssignee> {
    let (mut rest, mut lower) = (text, text.to_lowercase());
    if lower.len() != rest.len() {
        return None;
    }
    let is_before = |before: &&&str| lower.strip_prefix(**before).is_some_and(|rest| rest.starts_with(' '));
    let before = BEFORE.iter().find(is_before);
    if let Some(before) = before {
        rest = rest[before.len()..].trim_start();
        lower = rest.to_lowercase();
    }
    if let Some(who) = role(rest) {
        // A word such as “Security” alone is the topic of a section.
        return (before.is_some() || !matches!(who, SuggestedAssignee::Named(_))).then_some(who);
    }
    let ends =
        |behind: &&str| lower.strip_suffix(*behind).filter(|rest| rest.ends_with([' ', '\t'])).map(str::len);
    BEHIND.iter().filter_map(ends).find_map(|end| role(&rest[..end]))
}
