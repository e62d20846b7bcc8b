use proptest::prelude::*;

use super::checklist;
use crate::{ChecklistText, Outline, OutlineItem, OutlineSection, Passage, Tick, write};

fn item(title: &str) -> OutlineItem {
    OutlineItem {
        tick: Tick::Open,
        title: title.to_owned(),
        body: String::new(),
        assignee: None,
        due: None,
        items: Vec::new(),
    }
}

#[test]
fn outline_is_written_readably() {
    let laptop = OutlineItem {
        assignee: Some("Manager".to_owned()),
        due: Some("2 weeks before start".to_owned()),
        body: "See [the shop](https://shop.example).\n\n```\nid: 1\n```".to_owned(),
        items: vec![OutlineItem { tick: Tick::Done, ..item("MacBook (with GH_HANDLE)") }],
        ..item("Order a laptop")
    };
    let ana = OutlineItem { assignee: Some("Ana Lima".to_owned()), ..item("Say *hello* & smile") };
    let outline = Outline {
        front_matter: vec![("name".to_owned(), "Joining: all".to_owned())],
        title: Some("Joining".to_owned()),
        start: Passage { prose: "Welcome!".to_owned(), items: vec![] },
        sections: vec![OutlineSection {
            level: 2,
            title: "Before day 1".to_owned(),
            passage: Passage { prose: String::new(), items: vec![laptop, ana] },
        }],
    };
    let expected = "---\nname: \"Joining: all\"\n---\n\n# Joining\n\nWelcome!\n\n## Before day 1\n\n- [ ] **Manager:** Order a laptop (due: 2 weeks before start)\n\n  See [the shop](https://shop.example).\n\n  ```\n  id: 1\n  ```\n\n  - [x] MacBook (with GH_HANDLE)\n- [ ] **@Ana Lima:** Say \\*hello\\* & smile\n";
    let text = write(&outline);
    assert_eq!(text, expected);
    let read = ChecklistText::read(text);
    assert_eq!(read.outline(), outline);
    let found = read.suggestions();
    assert_eq!(found[0].due.as_ref().unwrap().value.offset_working_days, -10);
    assert_eq!(found[2].assignee.as_ref().unwrap().words, "@Ana Lima");
}

#[test]
fn open_block_in_a_body_is_closed() {
    for open in ["```\n- [ ] x", "~~~~\n~~~", "<!-- a", "text\n\n```sh"] {
        let leaves = OutlineItem { body: open.to_owned(), items: vec![item("b")], ..item("a") };
        let start = Passage { prose: open.to_owned(), items: vec![leaves, item("c")] };
        let outline = Outline { start, ..Outline::default() };
        let read = ChecklistText::read(write(&outline));
        let titles: Vec<&str> = read.parts().items.iter().map(|item| item.title.text.as_str()).collect();
        assert_eq!(titles, ["a", "b", "c"], "{open}");
        assert!(read.outline().start.items[0].body.starts_with(open));
    }
}

#[test]
fn writes_a_thousand_levels() {
    let deep = (0..1_000).fold(item("last"), |inner, _| OutlineItem { items: vec![inner], ..item("a") });
    let outline =
        Outline { start: Passage { prose: String::new(), items: vec![deep] }, ..Outline::default() };
    assert_eq!(ChecklistText::read(write(&outline)).figures().nested, 1_000);
}

/// Text on one line with every character that has a meaning in Markdown.
fn title() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9é*_`\\[\\]()<>~|&#!:;.,@/\\\\-][ a-zA-Z0-9é*_`\\[\\]()<>~|&#!:;.,@/\\\\-]{0,20}[a-zA-Z0-9é*_`\\[\\]()<>~|&#!:;.,@/\\\\-]|(due: x)|- \\[ \\] a|&amp;|1\\. a|https://a_b\\.c|Manager: a|\\*\\*a:\\*\\* b"
        .prop_map(|text| text.trim().to_owned())
}

/// Markdown that may be below an item.
fn body() -> impl Strategy<Value = String> {
    let block = prop::sample::select(vec![
        "Some *text*.",
        "Two\nlines",
        "- a\n- b",
        "1. a\n\n   b",
        "```\ncode\n\n  - [ ] x\n```",
        "    indented",
        "> quote",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<!-- note -->",
        "a  \nb",
        "\tx",
    ]);
    prop_oneof![2 => Just(String::new()), 1 => prop::collection::vec(block, 1..4).prop_map(|blocks| blocks.join("\n\n"))]
}

fn outline_item() -> impl Strategy<Value = OutlineItem> {
    let tick = prop::sample::select(vec![Tick::Open, Tick::Done, Tick::Inapplicable]);
    let words =
        || prop::option::of(prop_oneof![title(), Just("Manager".to_owned()), Just("week 2".to_owned())]);
    let one = (tick, title(), body(), words(), words()).prop_map(|(tick, title, body, assignee, due)| {
        OutlineItem { tick, title, body, assignee, due, items: Vec::new() }
    });
    one.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3))
            .prop_map(|(item, items)| OutlineItem { items, ..item })
    })
}

fn passage() -> impl Strategy<Value = Passage> {
    (body(), prop::collection::vec(outline_item(), 0..4)).prop_map(|(prose, items)| Passage { prose, items })
}

fn outline() -> impl Strategy<Value = Outline> {
    let section = (2..=6_u8, title(), passage()).prop_map(|(level, title, passage)| OutlineSection {
        level,
        title,
        passage,
    });
    let pairs = prop::collection::vec(("[a-z]{1,8}", "\\PC{0,20}"), 0..3);
    (pairs, prop::option::of(title()), passage(), prop::collection::vec(section, 0..4))
        .prop_map(|(front_matter, title, start, sections)| Outline { front_matter, title, start, sections })
}

proptest! {
    #[test]
    fn outline_round_trips(outline in outline()) {
        let text = write(&outline);
        prop_assert_eq!(ChecklistText::read(&*text).outline(), outline, "{}", text);
    }

    #[test]
    fn rewritten_checklist_keeps_its_items(text in checklist()) {
        let read = ChecklistText::read(&*text);
        let again = ChecklistText::read(write(&read.outline()));
        prop_assert!(again.parts().items.len() >= read.parts().items.len(), "{}\n{}", text, again.source());
    }
}
