use proptest::prelude::*;

use super::{checklist, shape};
use crate::{ChecklistText, EditError, Tick};

const LIST: &str = "---\r\nname: A # b\r\n---\r\n\r\n## One\r\n\r\n1. [ ] a\r\n   more\r\n\r\n   - [x] b\r\n2. [X] c  \r\n\r\n### Two\r\nProse.\r\n## Three";

fn edited(text: &str, edit: impl FnOnce(&mut ChecklistText) -> Result<(), EditError>) -> String {
    let mut read = ChecklistText::read(text);
    edit(&mut read).unwrap();
    assert_eq!(ChecklistText::read(read.source()), read);
    read.source().to_owned()
}

#[test]
fn edit_changes_only_its_own_bytes() {
    assert_eq!(edited(LIST, |list| list.tick(0, Tick::Done)), LIST.replace("[ ] a", "[x] a"));
    assert_eq!(edited(LIST, |list| list.tick(2, Tick::Done)), LIST);
    assert_eq!(edited(LIST, |list| list.tick(1, Tick::Inapplicable)), LIST.replace("[x] b", "[~] b"));
    assert_eq!(edited(LIST, |list| list.retitle_item(2, "**C**: d")), LIST.replace("] c ", "] **C**: d "));
    assert_eq!(edited(LIST, |list| list.retitle_item(0, "A")), LIST.replace("a\r\n   more", "A"));
    assert_eq!(edited(LIST, |list| list.retitle("B: c")), LIST.replace("A #", "\"B: c\" #"));
    assert_eq!(edited(LIST, |list| list.remove(1)), LIST.replace("   - [x] b\r\n", ""));
    assert_eq!(
        edited(LIST, |list| list.remove(0)),
        LIST.replace("1. [ ] a\r\n   more\r\n\r\n   - [x] b\r\n", "")
    );
    assert_eq!(edited("- [ ] a\n- [ ] b", |list| list.remove(1)), "- [ ] a\n");
    assert_eq!(edited("# A #\n- [ ] b", |list| list.retitle("*B*")), "# *B* #\n- [ ] b");
}

#[test]
fn appended_item_has_the_style_of_its_section() {
    let append = |section, title: &'static str| edited(LIST, |list| list.append(section, title).map(drop));
    assert_eq!(append(1, "d"), LIST.replace("[X] c", "[X] c  \r\n3. [ ] d").replace("d  \r\n", "d\r\n"));
    assert_eq!(append(2, "d"), LIST.replace("Prose.\r\n", "Prose.\r\n\r\n- [ ] d\r\n\r\n"));
    assert_eq!(append(3, "d"), format!("{LIST}\r\n\r\n- [ ] d"));
    assert_eq!(edited("", |list| list.append(0, "a").map(drop)), "- [ ] a");
    assert_eq!(edited("# A\nb", |list| list.append(0, "a").map(drop)), "- [ ] a\n\n# A\nb");
    let nested = "> * [ ] a\n>   * [ ] b\n>\n> end\n";
    assert_eq!(
        edited(nested, |list| list.append(0, "c").map(drop)),
        "> * [ ] a\n>   * [ ] b\n> * [ ] c\n>\n> end\n"
    );
    let front = "---\nname: a\n---\n\n# A\n";
    let added = front.replace("---\n\n", "---\n- [ ] c\n\n\n");
    assert_eq!(edited(front, |list| list.append(0, "c").map(drop)), added);
    let front = "---\nname: a\n---";
    assert_eq!(edited(front, |list| list.append(0, "c").map(drop)), format!("{front}\n- [ ] c"));
    let fenced = "- [ ] a\n```\nx\n```\n";
    assert_eq!(edited(fenced, |list| list.append(0, "c").map(drop)), "- [ ] a\n```\nx\n```\n- [ ] c\n");
}

#[test]
fn failed_edit_leaves_the_text_unchanged() {
    let mut list = ChecklistText::read("- - [ ] a\n- [ ] b\n");
    let before = list.clone();
    assert_eq!(list.remove(0), Err(EditError::Structure { line: 1 }));
    assert_eq!(list.tick(9, Tick::Done), Err(EditError::NoItem(9)));
    assert_eq!(list.retitle_item(1, "a\nb"), Err(EditError::NotOneLine));
    assert_eq!(list.retitle_item(1, " "), Err(EditError::NotOneLine));
    assert_eq!(list.retitle("x"), Err(EditError::NoTitle));
    assert_eq!(list.append(4, "x"), Err(EditError::NoSection(4)));
    assert_eq!(list, before);
    let mut open = ChecklistText::read("<!-- open");
    assert_eq!(open.append(0, "x"), Err(EditError::Structure { line: 1 }));
}

proptest! {
    #[test]
    fn tick_changes_one_character_and_can_be_undone(text in checklist(), at in any::<prop::sample::Index>()) {
        let mut read = ChecklistText::read(&*text);
        let open: Vec<usize> = (0..read.parts().items.len()).filter(|item| read.parts().items[*item].tick == Tick::Open).collect();
        if open.is_empty() {
            return Ok(());
        }
        let item = *at.get(&open);
        read.tick(item, Tick::Done).unwrap();
        let changed = read.source().bytes().zip(text.bytes()).filter(|(new, old)| new != old).count();
        prop_assert_eq!((changed, read.source().len()), (1, text.len()));
        read.tick(item, Tick::Open).unwrap();
        prop_assert_eq!(read.source(), &text);
    }

    #[test]
    fn removal_includes_nested_items(text in checklist(), at in any::<prop::sample::Index>()) {
        let mut read = ChecklistText::read(&*text);
        if read.parts().items.is_empty() {
            return Ok(());
        }
        let item = at.index(read.parts().items.len());
        let span = read.parts().items[item].span;
        if read.remove(item).is_ok() {
            let from = text[..span.start].rfind(['\n', '\r', '\u{feff}']).map_or(0, |at| at + text[at..].chars().next().unwrap().len_utf8());
            let gone = text.len() - read.source().len();
            prop_assert_eq!(read.source(), [&text[..from], &text[from + gone..]].concat());
            prop_assert!(text[..from + gone].ends_with(['\n', '\r']) || from + gone == text.len());
            prop_assert!(text[span.end..from + gone].trim().is_empty());
        } else {
            prop_assert_eq!(read.source(), &text);
        }
    }

    #[test]
    fn appended_item_can_be_removed(text in checklist(), at in any::<prop::sample::Index>()) {
        let mut read = ChecklistText::read(&*text);
        let before = shape(&text);
        let section = at.index(read.parts().sections.len());
        if let Ok(item) = read.append(section, "Say *hello*") {
            prop_assert_eq!(&read.parts().items[item].title.text, "Say hello");
            prop_assert_eq!(read.parts().items[item].section, section);
            if read.remove(item).is_ok() {
                prop_assert_eq!(shape(read.source()), before);
            }
        }
    }
}
