//! Real checklists in Markdown, against figures that were counted independently.

use std::{fs, path::PathBuf};

use headroom_checklist_markdown::{ChecklistFile, ChecklistText, SuggestedAssignee, Tick, write};
use headroom_tests::real_data;
use serde_json::Value;

/// Each checklist with its figures.
fn checklists() -> Option<Vec<(PathBuf, Value)>> {
    let folder = real_data("checklists")?;
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let files = truth.as_object().unwrap().iter().map(|(name, figures)| (folder.join(name), figures.clone()));
    Some(files.collect())
}

/// The text after the box on its line.
fn line_of(list: &ChecklistText, item: usize) -> &str {
    let start = list.parts().items[item].mark + "x] ".len();
    list.source()[start..].lines().next().unwrap()
}

#[test]
fn figures_match_independent_counts() {
    let Some(checklists) = checklists() else { return };
    assert!(!checklists.is_empty());
    for (path, truth) in checklists {
        let list = ChecklistText::read(fs::read_to_string(&path).unwrap());
        let figures = list.figures();
        let name = path.display();
        assert_eq!(figures.items, truth["items"], "{name}");
        assert_eq!(figures.ticked, truth["checked"], "{name}");
        assert_eq!(figures.nested, truth["nested"], "{name}");
        assert_eq!(figures.headings, truth["headings"], "{name}");
        assert_eq!(figures.links_in_items, truth["links_in_items"], "{name}");
        assert_eq!(list.parts().front_matter.is_some(), truth["front_matter"], "{name}");
        assert_eq!(line_of(&list, 0), truth["first"], "{name}");
        assert_eq!(line_of(&list, figures.items - 1), truth["last"], "{name}");
        assert!(list.problems(&"a.md".into()).is_empty(), "{name}");
    }
}

#[test]
fn checklists_round_trip_byte_for_byte() {
    let Some(checklists) = checklists() else { return };
    for (path, _) in checklists {
        let bytes = fs::read(&path).unwrap();
        let mut file = ChecklistFile::read(&path).unwrap();
        assert_eq!(file.bytes().unwrap(), bytes);
        for item in 0..file.text.figures().items {
            file.text.tick(item, Tick::Done).unwrap();
        }
        let ticked = file.bytes().unwrap();
        let changed = ticked.iter().zip(&bytes).filter(|(new, old)| new != old).count();
        assert_eq!((changed, ticked.len()), (file.text.figures().items, bytes.len()));
        for item in 0..file.text.figures().items {
            file.text.tick(item, Tick::Open).unwrap();
        }
        assert_eq!(file.bytes().unwrap(), bytes);
        // With other line endings, a byte order mark, and no final line ending.
        let other = format!("\u{feff}{}", String::from_utf8(bytes).unwrap().trim_end().replace('\n', "\r\n"));
        let list = ChecklistText::read(&*other);
        assert_eq!(list.figures(), file.text.figures());
        assert_eq!(list.source(), other);
    }
}

#[test]
fn truncated_checklists_parse_up_to_the_cut() {
    let Some(checklists) = checklists() else { return };
    for (path, _) in checklists {
        let bytes = fs::read(&path).unwrap();
        let whole = ChecklistText::read(String::from_utf8(bytes.clone()).unwrap()).figures();
        for at in (0..bytes.len()).step_by(37) {
            let file = ChecklistFile::of(bytes[..at].to_vec(), &"a.md".into()).unwrap();
            assert_eq!(file.bytes().unwrap(), bytes[..at]);
            assert!(file.text.figures().items <= whole.items);
        }
    }
}

#[test]
fn edits_change_only_their_bytes() {
    let Some(checklists) = checklists() else { return };
    for (path, _) in checklists {
        let text = fs::read_to_string(&path).unwrap();
        for item in 0..ChecklistText::read(&*text).figures().items {
            let mut list = ChecklistText::read(&*text);
            let span = list.parts().items[item].title.span;
            list.retitle_item(item, "Something else").unwrap();
            assert_eq!(list.source(), format!("{}Something else{}", &text[..span.start], &text[span.end..]));
            let inner = ChecklistText::read(&*text)
                .parts()
                .items
                .iter()
                .filter(|other| other.parent == Some(item))
                .count();
            let before = list.figures().items;
            list.remove(item).unwrap();
            assert_eq!(list.figures().items, before - 1 - inner);
        }
        for section in 0..ChecklistText::read(&*text).parts().sections.len() {
            let mut list = ChecklistText::read(&*text);
            let item = list.append(section, "Something else").unwrap();
            assert_eq!(list.parts().items[item].section, section);
        }
    }
}

#[test]
fn outline_round_trips_through_markdown() {
    let Some(checklists) = checklists() else { return };
    for (path, _) in checklists {
        let list = ChecklistText::read(fs::read_to_string(&path).unwrap());
        let outline = list.outline();
        assert_eq!(ChecklistText::read(write(&outline)).outline(), outline, "{}", path.display());
    }
}

#[test]
fn assignees_and_due_dates_are_suggested() {
    let Some(folder) = real_data("checklists") else { return };
    let read = |name: &str| ChecklistText::read(fs::read_to_string(folder.join(name)).unwrap());
    // Checked by hand: items below a heading that names a role, and those that name a time.
    let cases = [
        ("get-gov-designer-onboarding.md", [25, 7, 0], 0),
        ("get-gov-developer-onboarding.md", [8, 3, 0], 0),
        ("tts-onboarding.md", [18, 4, 0], 3),
        ("tts-offboarding.md", [2, 0, 1], 0),
    ];
    for (name, assignees, dues) in cases {
        let found = read(name).suggestions();
        let count = |is: fn(&SuggestedAssignee) -> bool| {
            found.iter().filter_map(|found| found.assignee.as_ref()).filter(|found| is(&found.value)).count()
        };
        let by_role = [
            count(|who| *who == SuggestedAssignee::NewHire),
            count(|who| *who == SuggestedAssignee::Buddy),
            count(|who| matches!(who, SuggestedAssignee::Named(_))),
        ];
        assert_eq!(by_role, assignees, "{name}");
        assert_eq!(found.iter().filter(|found| found.due.is_some()).count(), dues, "{name}");
    }
    let found = read("tts-onboarding.md").suggestions();
    let dues: Vec<(&str, i32)> = found
        .iter()
        .filter_map(|found| found.due.as_ref())
        .map(|due| (due.words.as_str(), due.value.offset_working_days))
        .collect();
    assert_eq!(
        dues,
        [("within 60 days of joining", 42), ("within 60 days of joining", 42), ("in the first week", 4)]
    );
}
