//! The descriptions of all fields, printed: whoever changes one sees what follows.

use std::{fmt::Write, fs, path::Path};

use headroom_model::{Described, FieldType, Kind, MergeRule, for_kind};

fn type_in_words(field_type: FieldType) -> String {
    match field_type {
        FieldType::OneOf(words) => format!("one of {}", words.join(", ")),
        FieldType::Reference(kinds) => {
            let nouns: Vec<&str> = kinds.iter().map(|kind| kind.noun()).collect();
            format!("a {}", nouns.join(" or "))
        }
        FieldType::References(kind) => format!("several of {}", kind.noun()),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn printed() -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        writeln!(text, "{}", kind.word()).unwrap();
        for_kind!(*kind, T => for field in T::FIELDS {
            let mut line = format!("  {}: {}; {}", field.name, field.label, type_in_words(field.field_type));
            if field.columns != [field.name] {
                write!(line, "; in {}", field.columns.join(", ")).unwrap();
            }
            if field.merge != MergeRule::Single {
                write!(line, "; merges as {}", format!("{:?}", field.merge).to_lowercase()).unwrap();
            }
            if field.is_pay {
                line.push_str("; pay");
            }
            writeln!(text, "{line}").unwrap();
        });
    }
    text
}

/// With `UPDATE_FIELDS=1` the file is written anew.
#[test]
fn descriptions_are_those_that_were_agreed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fields.txt");
    if std::env::var_os("UPDATE_FIELDS").is_some() {
        fs::write(&file, printed()).unwrap();
    }
    assert_eq!(fs::read_to_string(file).unwrap(), printed());
}

/// What a team or a bet may spend, and the pay up to which a rate applies: amounts that say of nobody what they are paid.
const NOT_PAY: [(Kind, &str); 3] =
    [(Kind::Budget, "amount"), (Kind::Bet, "budget"), (Kind::Assumption, "cap")];

#[test]
fn amounts_are_pay_and_names_are_not() {
    for kind in Kind::ALL {
        for_kind!(*kind, T => for field in T::FIELDS {
            if field.field_type == FieldType::Amount {
                assert_eq!(field.is_pay, !NOT_PAY.contains(&(*kind, field.name)), "{} of {}", field.name, kind.noun());
            }
            assert!(!(field.is_pay && ["key", "name", "title"].contains(&field.name)));
        });
    }
}
