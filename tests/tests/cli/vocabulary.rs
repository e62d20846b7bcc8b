//! One vocabulary: what people read, and what is public in the code, use the words of `docs/glossary.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// Words that the glossary has replaced: as parts of public names, and as words of a text.
const NEVER_IN_NAMES: &[&str] = &[
    "seat",
    "seats",
    "starter",
    "starters",
    "newcomer",
    "newcomers",
    "leaflet",
    "knowing",
    "handout",
    "doer",
    "fate",
];
const NEVER_IN_TEXTS: &str = r"(?i)\b(seats?|starters?|newcomers?|(stands?|stood|nobody) behind|reckon\w*|anew|nobody’s|hand(ed|s)? out|take[ns]? back|took back|doubts?|doubtful|as if it had|on this day)\b";
/// Words that other programs write, which importers recognise.
const OF_OTHERS: &[&str] = &["hr-import/src/field.rs", "checklist-markdown/src/suggest/role.rs"];
/// Columns of CSV files, which stay, and words of templates, which are turned round for offboarding.
const STAY: &[&str] = &["planned seats", "seats with teams below", "Hand out "];
/// View models that are named as what they show: `docs/decisions/names-with-two-homes.md`.
const TWO_HOMES: &[&str] = &["TeamLoad"];

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files below a folder that end so, without those that hold tests.
fn sources(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            if !["tests", "target", "node_modules", "ipc"].contains(&name.as_str()) {
                sources(&entry, ending, found);
            }
        } else if name.ends_with(ending) && !name.contains("tests.rs") && !name.contains(".test.") {
            found.push(entry);
        }
    }
}

/// The Rust files of the programs, each without its comments and tests.
fn rust() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    sources(&root().join("src-tauri"), ".rs", &mut files);
    let comment = Regex::new(r"(?m)^\s*//.*$").unwrap();
    let text = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        comment.replace_all(text.split("#[cfg(test)]\nmod ").next().unwrap(), "").into_owned()
    };
    files.into_iter().map(|file| (file.clone(), text(&file))).collect()
}

#[test]
fn every_rule_is_in_the_file_of_its_id() {
    let folder = root().join("src-tauri/crates/analysis/src/rules");
    let id = Regex::new(r#"(?m)^    id: "([a-z-]+)",$"#).unwrap();
    let mut rules = 0;
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() || entry.ends_with("mod.rs") {
            continue;
        }
        let text = fs::read_to_string(&entry).unwrap();
        let ids: Vec<String> = id.captures_iter(&text).map(|found| found[1].replace('-', "_")).collect();
        assert_eq!(ids, [entry.file_stem().unwrap().to_string_lossy()], "{}", entry.display());
        rules += 1;
    }
    assert!(rules > 40, "{rules}");
}

#[test]
fn public_types_have_one_home() {
    let defined = Regex::new(r"(?m)^\s*pub(?:\([a-z]+\))? (?:struct|enum|trait|type) (\w+)").unwrap();
    let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in rust() {
        for found in defined.captures_iter(&text) {
            homes.entry(found[1].to_owned()).or_default().insert(file.display().to_string());
        }
    }
    assert!(homes.len() > 700, "{}", homes.len());
    homes.retain(|name, homes| homes.len() > 1 && !TWO_HOMES.contains(&name.as_str()));
    assert!(homes.is_empty(), "{homes:#?}");
}

#[test]
fn public_names_are_those_of_the_glossary() {
    let defined =
        Regex::new(r"(?m)^\s*pub(?:\([a-z]+\))? (?:struct|enum|trait|type|fn|mod|const|static) (\w+)")
            .unwrap();
    let capital = Regex::new(r"([a-z0-9])([A-Z])").unwrap();
    for (file, text) in rust() {
        for found in defined.captures_iter(&text) {
            let words = capital.replace_all(&found[1], "${1}_$2").to_lowercase();
            let never = words.split('_').find(|word| NEVER_IN_NAMES.contains(word));
            assert_eq!(never, None, "{} in {}", &found[1], file.display());
        }
    }
}

#[test]
fn texts_use_the_words_of_the_glossary() {
    let never = Regex::new(NEVER_IN_TEXTS).unwrap();
    let literal = Regex::new(r#""((?:\\.|[^"\\\n])*)""#).unwrap();
    let mut wrong = Vec::new();
    for (file, text) in rust() {
        if OF_OTHERS.iter().any(|other| file.ends_with(other) || file.display().to_string().ends_with(other))
        {
            continue;
        }
        // What has no blank is a key, an id or a column.
        let texts = literal.captures_iter(&text).map(|found| found[1].to_owned());
        let found = texts.filter(|text| {
            text.contains(' ') && !STAY.contains(&text.as_str()) && never.is_match(&without_names(text))
        });
        wrong.extend(found.map(|text| format!("{}: {text}", file.display())));
    }
    let mut pages = Vec::new();
    sources(&root().join("ui/src"), ".svelte", &mut pages);
    let code =
        Regex::new(r"(?s)<(script|style).*?</(script|style)>|<!--.*?-->|\{[^{}]*\}|[\w-]+='[^']*'").unwrap();
    let tag = Regex::new(r#"(?s)<[^>]*>"#).unwrap();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let mut text = code.replace_all(&text, " ").into_owned();
        while code.is_match(&text) {
            text = code.replace_all(&text, " ").into_owned();
        }
        let text = tag.replace_all(&text, " ");
        wrong.extend(never.find_iter(&text).map(|found| format!("{}: {}", page.display(), found.as_str())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A text without the names in its braces.
fn without_names(text: &str) -> String {
    Regex::new(r"\{[^{}]*\}").unwrap().replace_all(text, "").into_owned()
}
