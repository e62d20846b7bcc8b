//! The documents say what is true: links lead somewhere, files that they name exist, and so do commands and figures.

use std::{fs, path::PathBuf};

use headroom_tests::headroom;
use regex::Regex;

use crate::vocabulary::root;

/// The Markdown files that people read, by their path from the root.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("docs")];
    for file in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        found.push(root().join(file));
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "md") {
                found.push(entry);
            }
        }
    }
    found
}

#[test]
fn every_link_leads_to_a_file() {
    let link = Regex::new(r"\]\(([^)#\s]+)[^)]*\)").unwrap();
    let mut links = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for found in link.captures_iter(&text).filter(|found| !found[1].contains("://")) {
            let target = document.parent().unwrap().join(&found[1]);
            assert!(target.exists(), "{}: {}", document.display(), &found[1]);
            links += 1;
        }
    }
    assert!(links > 50, "{links}");
}

/// The worked examples of CONTRIBUTING.md, the map of ARCHITECTURE.md and the glossary name files and folders.
#[test]
fn every_path_that_is_named_exists() {
    let path = Regex::new(r"`([\w./-]+/[\w./-]*)`").unwrap();
    let homes = ["", "src-tauri", "src-tauri/src", "src-tauri/crates", "ui/src", "tests", "tests/tests"];
    let inside: Vec<PathBuf> = fs::read_dir(root().join("src-tauri/crates"))
        .unwrap()
        .flat_map(|entry| {
            let folder = entry.unwrap().path();
            [folder.join("src"), folder.join("src/rules"), folder.join("src/onboarding"), folder]
        })
        .collect();
    let mut wrong = Vec::new();
    let named = ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md"].map(|file| root().join(file));
    let decisions = documents().into_iter().filter(|file| file.to_string_lossy().contains("/decisions/"));
    for document in named.into_iter().chain(decisions) {
        let text = fs::read_to_string(&document).unwrap();
        for found in path.captures_iter(&text) {
            let name = found[1].trim_end_matches('/');
            // `NAME/…` and the like stand for any.
            if name.contains("...") || name.starts_with('.') && !name.starts_with(".ci") {
                continue;
            }
            let known = homes.iter().map(|home| root().join(home).join(name));
            let known = known.chain(inside.iter().map(|folder| folder.join(name)));
            if !known.into_iter().any(|place| place.exists()) {
                wrong.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readme_counts_the_rules_and_knows_the_commands() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let rules: serde_json::Value =
        serde_json::from_slice(&headroom().args(["rules", "--json"]).output().unwrap().stdout).unwrap();
    let count = rules.as_array().unwrap().len();
    assert!(text.contains(&format!("{count} rules")), "{count}");
    let help = String::from_utf8(headroom().arg("--help").output().unwrap().stdout).unwrap();
    let named = Regex::new(r"headroom ([a-z][a-z-]+)").unwrap();
    let commands: Vec<&str> =
        named.captures_iter(&text).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        assert!(help.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))), "{command}");
    }
}
