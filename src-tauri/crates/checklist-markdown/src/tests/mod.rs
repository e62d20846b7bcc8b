mod edits;
mod outlines;
mod reading;
mod suggesting;
mod troubles;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::ChecklistText;

/// A line of a checklist, with anything that may occur in one.
fn line() -> impl Strategy<Value = String> {
    let words =
        "[a-zA-Z]{1,6}( [a-z]{1,5}|: [a-z]{1,4}| \\*\\*b\\*\\*| `c`| \\[t\\]\\(u\\)| @x| week 2){0,3}";
    prop_oneof![
        6 => (0..4_usize, prop::sample::select(vec!["- ", "* ", "+ ", "1. ", "2) ", "> - "]),
            prop::sample::select(vec!["[ ] ", "[x] ", "[X] ", "[~] ", "", "[ ]", "[] "]), words)
            .prop_map(|(indent, bullet, mark, text)| format!("{}{bullet}{mark}{text}", "  ".repeat(indent))),
        2 => (1..4_usize, words).prop_map(|(level, text)| format!("{} {text}", "#".repeat(level))),
        2 => words.prop_map(String::from),
        3 => Just(String::new()),
        1 => prop::sample::select(vec![
            "```", "    code", "\tx", "<!-- c -->", "<!--", "---", "===", "| a | b |", "|---|---|", "<details>",
            "<summary>Day 1</summary>", "</details>", "> quote", "  text", "- ", "name: x", "[x]: /u", "a  ", "b\\", "~~~",
        ]).prop_map(String::from),
    ]
}

/// Lines of checklists in any order.
fn checklist() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (
        prop::collection::vec(line(), 0..30),
        end,
        any::<bool>(),
        prop::sample::select(vec!["", "\u{feff}", "---\nname: A\n---\n"]),
    )
        .prop_map(|(lines, end, has_end, start)| {
            let mut text = format!("{start}{}", lines.join(end));
            if has_end {
                text.push_str(end);
            }
            text
        })
}

/// Level, status and title of each item.
fn shape(text: &str) -> String {
    let read = ChecklistText::read(text);
    let mut shape = String::new();
    for item in &read.parts().items {
        let mark = &read.source()[item.mark..=item.mark];
        let _ = writeln!(shape, "{}{} {}", "  ".repeat(item.level), mark.replace(' ', "o"), item.title.text);
    }
    shape
}
