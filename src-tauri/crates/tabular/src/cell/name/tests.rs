use proptest::prelude::*;

use super::*;

fn says(text: &str) -> (String, Option<String>, Option<String>) {
    let named = CleanName::of(text);
    (named.name, named.id, named.email)
}

#[test]
fn strips_decorations_from_names() {
    for (text, id) in [
        ("Ada Okafor", None),
        ("Ada Okafor (1001)", Some("1001")),
        ("1001 - Ada Okafor", Some("1001")),
        ("1001: Ada Okafor", Some("1001")),
        ("1001 Ada Okafor", Some("1001")),
        ("Ada Okafor - 1001", Some("1001")),
        ("Ada Okafor #1001", Some("1001")),
        ("#1001 Ada Okafor", Some("1001")),
        ("Ada Okafor, 1001", Some("1001")),
        ("Ada Okafor | 1001", Some("1001")),
        ("Ada Okafor [E-1001]", Some("E-1001")),
        ("Ada Okafor (ID: 1001)", Some("1001")),
        ("Ada Okafor (Emp No. 1001)", Some("1001")),
        ("Ada Okafor (1)", Some("1")),
        ("Ada Okafor (Contractor)", None),
        ("Ada Okafor [C]", None),
        ("Ada Okafor - Leave", None),
        ("Ada Okafor – On Leave", None),
        ("Ada Okafor (On Leave until 2027-01-05)", None),
        ("Ada Okafor (she/her)", None),
        ("Ada Okafor (Terminated)", None),
        ("Ada Okafor (1001) (On Leave)", Some("1001")),
        ("Ada Okafor*", None),
    ] {
        assert_eq!(says(text), ("Ada Okafor".to_owned(), id.map(str::to_owned), None), "{text}");
    }
    assert!(
        CleanName::of("Ada Okafor (Terminated)").has_left && !CleanName::of("Ada Okafor (On Leave)").has_left
    );
    assert_eq!(says("Okafor, Ada (1001)").0, "Okafor, Ada");
    for text in [
        "Ada Okafor <ada@x.org>",
        "Ada Okafor (Ada@x.org)",
        "ada@x.org (Ada Okafor)",
        "Ada Okafor; ada@x.org",
    ] {
        assert_eq!(CleanName::of(text).email.as_deref(), Some("ada@x.org"), "{text}");
    }
}

#[test]
fn keeps_what_may_be_part_of_a_name() {
    for name in [
        "Anne-Marie Sy",
        "Ada (Bo) Okafor",
        "Bo Lind (née Berg)",
        "Ada Okafor - Berlin",
        "Mary O'Neil",
        "R2 Detoo",
        "Malcolm X",
        "Ma Yo",
    ] {
        assert_eq!(says(name), (name.to_owned(), None, None), "{name}");
    }
}

#[test]
fn bare_names_ignore_titles_and_brackets() {
    for name in [
        "Dr. Ada Okafor",
        "Okafor, Ada",
        "ada okafor, PhD",
        "Prof. Dr. Ada Okafor (Berlin)",
        "Ada  Okafor Jr.",
    ] {
        assert_eq!(bare(name), "ada okafor", "{name}");
    }
    assert_eq!(bare("Yo-Yo Ma"), "yo-yo ma");
    assert_eq!(bare("Dr."), "dr");
}

proptest! {
    #[test]
    fn never_panics_on_arbitrary_input(text in "\\PC{0,30}", marks in "[A-Za-z0-9()<>@#,;|: -]{0,40}") {
        for text in [text, marks] {
            CleanName::of(&text);
            bare(&text);
        }
    }

    #[test]
    fn plain_name_is_unchanged(first in "[A-Z][a-zé]{1,9}", last in "[A-Z][a-zö]{1,9}(-[A-Z][a-z]{1,6})?") {
        let name = format!("{first} {last}");
        prop_assert_eq!(CleanName::of(&name), CleanName { name: name.clone(), ..CleanName::default() });
    }
}
