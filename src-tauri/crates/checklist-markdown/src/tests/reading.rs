use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{checklist, shape};
use crate::{ChecklistCounts, ChecklistText, LinkKind, Tick};

#[test]
fn every_style_of_checkbox_is_an_item() {
    let text =
        "- [ ] a\n* [x] b\n+ [X] c\n\n1. [ ] d\n2) [x] e\n\n- [~] f\n-   [ ] g\n- [ ]\n- [ ] ~h~ [~]\n";
    assert_eq!(shape(text), "o a\nx b\nX c\no d\nx e\n~ f\no g\no \no h [~]\n");
    assert_eq!(shape("- [ ]"), "o \n");
    let figures = ChecklistText::read(text).figures();
    assert_eq!((figures.items, figures.ticked, figures.inapplicable), (9, 3, 1));
}

#[test]
fn other_brackets_are_not_items() {
    let cases = [
        "- [] a",
        "-[ ] a",
        "- [ ]a",
        "- [x](https://a.org)",
        "- [y] a",
        "[ ] a",
        "text\n- a [ ] b",
        "    - [ ] code",
        "```\n- [ ] a\n```",
        "~~~md\n- [ ] a",
        "- a\n\n  ```\n  - [ ] b\n  ```",
        "<!-- \n- [ ] a\n-->",
        "<div>\n- [ ] a\n</div>",
        "`- [ ] a`",
        "\\- [ ] a",
        "---\nlist:\n- [ ] a\n---\n",
        "| a |\n|---|\n| - [ ] b |",
    ];
    for text in cases {
        assert_eq!(shape(text), "", "{text}");
    }
}

#[test]
fn items_are_nested_as_on_github() {
    let text = "- [ ] a\n  - [ ] b\n\n    - [x] c\n- group\n  - [ ] d\n- [ ] e\n\t- [ ] f\n\t\t- [ ] g\n";
    assert_eq!(shape(text), "o a\n  o b\n    x c\n  o d\no e\n  o f\n    o g\n");
    let read = ChecklistText::read(text);
    let parents: Vec<Option<usize>> = read.parts().items.iter().map(|item| item.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(1), None, None, Some(4), Some(5)]);
    assert_eq!(read.figures().nested, 5);
    assert_eq!(shape("> - [ ] a\n>   - [x] b\n>\n> > - [ ] c"), "o a\n  x b\no c\n");
    assert_eq!(shape("<details>\n<summary>More</summary>\n\n- [ ] a\n\n</details>\n"), "o a\n");
    // As on GitHub: an item indented less than the text of the one above is its sibling.
    assert_eq!(shape("1. [ ] a\n  - [ ] b"), "o a\no b\n");
}

#[test]
fn titles_are_plain_text_with_places() {
    let text = "- [ ] **Read** the [guide](https://a.org/b \"t\") &amp; `x*y`\\!  \n- [ ] wrapped\n  title\n- [x] first\\\n  second\n";
    let read = ChecklistText::read(text);
    let items = &read.parts().items;
    assert_eq!(items[0].title.text, "Read the guide & x*y!");
    assert_eq!(
        read.markdown(items[0].title.span),
        "**Read** the [guide](https://a.org/b \"t\") &amp; `x*y`\\!"
    );
    let at = items[0].title.text.find("guide").unwrap();
    assert_eq!(read.markdown(items[0].title.source_of(at, at + 5)), "guide");
    let at = items[0].title.text.find("x*y").unwrap();
    assert_eq!(read.markdown(items[0].title.source_of(at, at + 3)), "x*y");
    assert_eq!(items[1].title.text, "wrapped title");
    assert_eq!((items[2].title.text.as_str(), read.body(2).as_str()), ("first", "second"));
}

#[test]
fn body_excludes_nested_items() {
    let text = "1. [ ] a\n   more\n\n   Text.\n\n   - bullet\n   - [ ] b\n\n     ```sh\n     run  \n\n       this\n     ```\n   - last\n\n2. [ ] c\n```\nfence\n```\n\nProse.\n";
    let read = ChecklistText::read(text);
    assert_eq!(read.body(0), "Text.\n\n- bullet\n\n- last");
    assert_eq!(read.body(1), "```sh\nrun  \n\n  this\n```");
    assert_eq!(read.body(2), "```\nfence\n```");
    let prose = &read.parts().prose;
    assert_eq!(prose.len(), 1);
    assert_eq!((read.markdown(prose[0].span), prose[0].line, prose[0].after), ("Prose.", 21, Some(2)));
    let quoted = ChecklistText::read("> - [ ] a\n>   b\n>\n>   > c\n");
    assert_eq!(quoted.body(0), "> c");
    assert_eq!(ChecklistText::read("- [ ] a\r\n\r\n  b\r\n  c\r\n").body(0), "b\nc");
}

#[test]
fn sections_follow_headings() {
    let text = "Hello\n\n# List\n\n## A ##\n- [ ] a\n\n### A1\n- [ ] b\n\nB\n---\n> ## Quoted\n> - [ ] c\n\n- [ ] # d\n- ## e\n```\n# f\n```\n#g\n";
    let read = ChecklistText::read(text);
    let parts = read.parts();
    let paths: Vec<String> = (0..parts.sections.len()).map(|section| parts.path(section).join("/")).collect();
    assert_eq!(paths, ["", "List", "List/A", "List/A/A1", "List/B"]);
    let sections: Vec<usize> = parts.items.iter().map(|item| item.section).collect();
    assert_eq!(sections, [2, 3, 4, 4]);
    assert_eq!(read.figures().headings, 6);
    assert_eq!(parts.title.as_ref().unwrap().text, "List");
    assert_eq!(parts.sections[4].line, 11);
    assert_eq!(read.markdown(parts.sections[0].span), "Hello\n\n");
}

#[test]
fn title_is_first_heading_or_front_matter() {
    let title = |text: &str| {
        ChecklistText::read(text).parts().title.as_ref().map(|title| (title.text.clone(), title.line))
    };
    assert_eq!(title("---\nname: N\ntitle: T\n---\n# H\n"), Some(("H".to_owned(), 5)));
    assert_eq!(title("---\nabout: x\ntitle: \"\"\nname: 'N'\n---\n## H\n# I\n"), Some(("N".to_owned(), 4)));
    assert_eq!(title("## H\n"), None);
}

#[test]
fn finds_links_of_every_kind() {
    let text = "See https://a.org.\n\n- [ ] [b](https://b.org) ![i](https://i.org) <https://c.org>\n  [late](https://late.org)\n  - [d]\n- [ ] [*e* `f`](#e) and [g](not a link\n\n[d]: https://d.org\n`https://no.org` [h](https://h.org)\n";
    let read = ChecklistText::read(text);
    let links: Vec<(&str, &str, LinkKind, usize, Option<usize>)> = read
        .parts()
        .links
        .iter()
        .map(|link| (link.text.as_str(), link.address.as_str(), link.kind, link.line, link.item))
        .collect();
    let expected = [
        ("https://a.org", "https://a.org", LinkKind::Bare, 1, None),
        ("b", "https://b.org", LinkKind::Inline, 3, Some(0)),
        ("https://c.org", "https://c.org", LinkKind::Angle, 3, Some(0)),
        ("late", "https://late.org", LinkKind::Inline, 4, Some(0)),
        ("d", "https://d.org", LinkKind::Reference, 5, Some(0)),
        ("e f", "#e", LinkKind::Inline, 6, Some(1)),
        ("h", "https://h.org", LinkKind::Inline, 9, None),
    ];
    assert_eq!(links, expected);
    assert_eq!(read.markdown(read.parts().links[1].span), "[b](https://b.org)");
    let figures = read.figures();
    assert_eq!((figures.links, figures.links_in_items), (7, 2));
}

#[test]
fn accepts_byte_order_mark_and_any_line_ending() {
    for end in ["\n", "\r\n", "\r"] {
        for start in ["", "\u{feff}", "\u{feff}---\nname: x\n---\n"] {
            let text = format!("{start}# T\n\n- [ ] a\n  - [x] [b](c)  \n\ntext\n- [ ] d").replace('\n', end);
            let figures = ChecklistText::read(&*text).figures();
            let expected = ChecklistCounts {
                items: 3,
                ticked: 1,
                nested: 1,
                headings: 1,
                links_in_items: 1,
                links: 1,
                inapplicable: 0,
            };
            assert_eq!(figures, expected, "{text:?}");
            assert_eq!(shape(&text), "o a\n  x b\no d\n", "{text:?}");
        }
    }
    assert_eq!(shape("\u{feff}- [ ] a"), "o a\n");
}

#[test]
fn reading_time_is_linear() {
    let text = |count: usize| {
        "## Week 2\n\n- [ ] Manager: order [it](https://a.org) by day 2\n  - [x] b\n\n    body\n\ntext https://b.org\n\n".repeat(count)
    };
    let time = |text: String| {
        let start = Instant::now();
        let read = ChecklistText::read(text);
        let found = read.suggestions().len() + read.problems(&"a.md".into()).len();
        (start.elapsed(), found)
    };
    let (small, _) = time(text(5_000));
    let (large, found) = time(text(50_000));
    assert_eq!(found, 100_000);
    assert!(large < small * 30 + Duration::from_millis(200), "{small:?} for a tenth, {large:?} for all");
}

#[test]
fn deep_nesting_needs_no_recursion() {
    let one_line = format!("{}[ ] deep", "- ".repeat(10_000));
    let read = ChecklistText::read(&*one_line);
    assert_eq!(read.parts().items[0].level, 9_999);
    assert_eq!(read.suggestions().len(), 1);
    let quotes = format!("{}- [ ] deep", "> ".repeat(10_000));
    assert_eq!(ChecklistText::read(quotes).figures().items, 1);
    let stairs: String = (0..1_500).map(|level| format!("{}- [ ] a\n", "\t".repeat(level))).collect();
    let read = ChecklistText::read(stairs);
    assert_eq!(read.figures().nested, 1_499);
    assert_eq!(read.suggestions().len() + read.problems(&"a.md".into()).len(), 1_500);
    assert_eq!(read.outline().start.items.len(), 1);
    for hard in ["[", "*a_", "<", "`", "![", "](", "- [ ] [", "&", "\\"] {
        ChecklistText::read(hard.repeat(20_000));
    }
}

/// Checks what holds for every text.
fn is_sound(text: &str) -> Result<(), TestCaseError> {
    let read = ChecklistText::read(text);
    prop_assert_eq!(read.source(), text);
    let parts = read.parts();
    let spans = parts
        .items
        .iter()
        .flat_map(|item| [item.span, item.title.span].into_iter().chain(item.body.iter().copied()));
    let spans = spans
        .chain(parts.links.iter().map(|link| link.span))
        .chain(parts.prose.iter().map(|prose| prose.span));
    for span in spans.chain(parts.sections.iter().map(|section| section.span)) {
        prop_assert!(text.get(span.start..span.end).is_some(), "{:?} of {:?}", span, text);
    }
    for (index, item) in parts.items.iter().enumerate() {
        prop_assert!(text[item.mark - 1..].starts_with('['), "{:?}", text);
        prop_assert!(text[item.mark + 1..].starts_with(']'), "{:?}", text);
        prop_assert!(
            item.span.start < item.mark && item.title.span.end <= item.span.end.max(item.mark + 2),
            "{:?} {:?}",
            item,
            text
        );
        if let Some(parent) = item.parent {
            let parent = &parts.items[parent];
            prop_assert!(
                parent.span.start < item.span.start && item.span.end <= parent.span.end,
                "{:?}",
                text
            );
            prop_assert!(parent.level < item.level);
        }
        prop_assert!(index == 0 || parts.items[index - 1].mark < item.mark);
        prop_assert!(item.section < parts.sections.len());
    }
    let suggested = read.suggestions();
    prop_assert_eq!(suggested.len(), parts.items.len());
    for found in suggested {
        let spans = [found.assignee.map(|found| found.span), found.due.map(|found| found.span)];
        for span in spans.into_iter().flatten() {
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} of {:?}", span, text);
        }
    }
    read.problems(&"a.md".into());
    read.outline();
    (0..parts.items.len()).for_each(|item| drop(read.body(item)));
    Ok(())
}

proptest! {
    #[test]
    fn never_panics_on_arbitrary_input(text in "(?s).*") {
        is_sound(&text)?;
    }

    #[test]
    fn never_panics_on_markdown_punctuation(text in "[-*+ \\[\\]xX~`#>\\n\\r\\t:|()<!_&a1.\\\\\u{feff}é]{0,60}") {
        is_sound(&text)?;
    }

    #[test]
    fn never_panics_on_checklists(text in checklist()) {
        is_sound(&text)?;
    }

    #[test]
    fn never_panics_on_truncated_checklists(text in checklist(), at in 0..2000_usize) {
        let cut = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
        is_sound(&text[..cut])?;
        is_sound(&text[cut..])?;
    }

    #[test]
    fn tick_reads_back(text in checklist(), tick in prop::sample::select(vec![Tick::Open, Tick::Done, Tick::Inapplicable])) {
        let mut read = ChecklistText::read(&*text);
        for item in 0..read.parts().items.len() {
            read.tick(item, tick).unwrap();
        }
        let mut again = ChecklistText::read(read.source());
        prop_assert_eq!(again.parts().items.iter().map(|item| item.tick).collect::<Vec<_>>(), vec![tick; read.parts().items.len()]);
        prop_assert_eq!(again.parts(), read.parts());
        again.tick(0, tick).ok();
        prop_assert_eq!(again, read);
    }
}
