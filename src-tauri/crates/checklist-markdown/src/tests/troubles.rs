use std::sync::Arc;

use headroom_files::{Level, ReadError};
use proptest::prelude::*;

use super::checklist;
use crate::{ChecklistFile, ChecklistText, Tick};

/// Place and start of the message of each diagnostic.
fn told(text: &str) -> Vec<String> {
    let file: Arc<str> = "a.md".into();
    let problems = ChecklistText::read(text).problems(&file);
    problems.iter().map(|problem| format!("{} {}", problem.place, problem.message)).collect()
}

#[test]
fn reports_text_without_items() {
    assert_eq!(told("# A\n- b\n"), ["a.md no checklist items found"]);
    assert_eq!(told(""), ["a.md no checklist items found"]);
    assert_eq!(told("- [ ] a"), [""; 0]);
}

#[test]
fn reports_lines_that_look_like_items() {
    let text = "- [ ] ok\n\n-[ ] a\n\n- [] b\n- [x]c\n- [x](https://a.org)\n\n[ ] d\n\n```\n- [] no\n```\n- [ ] e\n      - [ ] f\n> 1. [] g\n";
    let expected = [
        "a.md:3:1 not an item: no space after the bullet",
        "a.md:5:1 not an item: the checkbox is not one character wide",
        "a.md:6:1 not an item: no space after the checkbox",
        "a.md:9:1 not an item: no bullet before the checkbox",
        "a.md:15:7 not an item: indented so far that it belongs to the text or code above",
        "a.md:16:3 not an item: the checkbox is not one character wide",
    ];
    assert_eq!(told(text), expected);
}

#[test]
fn reports_truncated_files() {
    assert_eq!(told("---\nname: a\n- [ ] b\n"), ["a.md:1:1 the front matter that starts here is not closed"]);
    let fence = "- [ ] a\n\n  ```sh\n  - [ ] b";
    assert_eq!(
        told(fence),
        ["a.md:3:3 the code block that starts here is not closed; everything after it is ignored"]
    );
    assert_eq!(told("- [ ] a\n\n~~~~\n~~~\n").len(), 1);
    assert_eq!(told("- [ ] a\n\n~~~~\n~~~~\n").len(), 0);
    assert_eq!(told("- [ ] a\n\n<!-- x\n- [ ] b").len(), 1);
    assert_eq!(told("- [ ] é [b](https://a"), ["a.md:1:11 the file ends inside a link"]);
    for end in ["- [", "- [ ", "- [x", "  1. ["] {
        let text = format!("- [ ] a\n{end}");
        assert_eq!(told(&text).len(), 1, "{text}");
        assert!(told(&text)[0].contains("the file ends inside a checkbox"), "{text}");
    }
}

#[test]
fn unedited_file_gives_the_same_bytes() {
    let text = "# Ä\r\n- [ ] é";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases = [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        b"# \xC4\n- [ ] caf\xE9 \x81\n".to_vec(),
        [b"\xFF\xFE".as_slice(), &wide(text)].concat(),
    ];
    for bytes in cases {
        let mut file = ChecklistFile::of(bytes.clone(), &"a.md".into()).unwrap();
        assert_eq!(file.text.figures().items, 1);
        assert_eq!(file.bytes().unwrap(), bytes);
        file.text.tick(0, Tick::Done).unwrap();
        let ticked = file.bytes().unwrap();
        assert_eq!(ticked.iter().zip(&bytes).filter(|(new, old)| new != old).count(), 1);
        assert_eq!(ticked.len(), bytes.len());
    }
}

#[test]
fn reports_invalid_bytes_with_their_place() {
    let told = |bytes: &[u8]| {
        let file = ChecklistFile::of(bytes.to_vec(), &"a.md".into()).unwrap();
        assert_eq!(file.bytes().unwrap(), bytes);
        file.problems
            .iter()
            .map(|problem| format!("{} {:?}", problem.place, problem.level))
            .collect::<Vec<String>>()
    };
    assert_eq!(told("- [ ] a\n- [ ] é€".as_bytes().split_last().unwrap().1), ["a.md:2:8 Error"]);
    assert_eq!(told(b"\xEF\xBB\xBF- [ ] a\xC3"), ["a.md:1:8 Error"]);
    assert_eq!(told(b"\xFF\xFE-\0 \0[\0 \0]\0 \0a\0b"), ["a.md:1:8 Error"]);
    assert_eq!(told(b"- [ ] a\n- [ ] \xE9 b\n"), ["a.md:2:7 Note"]);
    let broken = ChecklistFile::of(b"\xEF\xBB\xBF- [ ] a\n\xFF b".to_vec(), &"a.md".into());
    assert!(matches!(broken, Err(ReadError::Structure { place, .. }) if place.to_string() == "a.md:2:1"));
}

#[test]
fn refuses_characters_that_the_encoding_lacks() {
    let mut file = ChecklistFile::of(b"- [ ] caf\xE9 b\n".to_vec(), &"a.md".into()).unwrap();
    file.text.retitle_item(0, "日本").unwrap();
    assert!(file.bytes().is_err());
}

proptest! {
    #[test]
    fn arbitrary_bytes_round_trip_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(file) = ChecklistFile::of(bytes.clone(), &"a.md".into()) {
            prop_assert_eq!(file.bytes().unwrap(), bytes);
        }
    }

    #[test]
    fn truncated_file_round_trips(text in checklist(), end in "[é€😀]", at in 1..4_usize) {
        let bytes = [text.as_bytes(), end.as_bytes()].concat();
        let cut = &bytes[..bytes.len() - at.min(end.len() - 1)];
        let file = ChecklistFile::of(cut.to_vec(), &"a.md".into()).unwrap();
        prop_assert_eq!(file.bytes().unwrap(), cut);
        prop_assert!(file.problems.iter().any(|problem| problem.level == Level::Error && problem.place.line > 0));
    }
}
