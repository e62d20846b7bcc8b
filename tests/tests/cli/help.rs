//! The help of every command: it fits a terminal, has an example, uses the words of the glossary, and hides former
//! spellings, which still work for one version.

use std::{fs, process::Output};

use headroom_tests::{Desk, commands_in, headroom};

/// Words for which the glossary has others.
const NEVER: [&str; 14] = [
    "seat", "starter", "newcomer", "reckon", "whoever", "anew", "doubt", "promise", "fate", "kind",
    "handout", "doer", "told", "stands",
];

/// Former names of commands, each with its present one.
const COMMANDS: [(&str, &str); 5] = [
    ("plan", "budget"),
    ("gaps", "coverage"),
    ("profiles", "import-profiles"),
    ("checklist PLAN hand-out", "checklist PLAN export"),
    ("checklist PLAN take-back", "checklist PLAN merge"),
];

/// Former options and values, each with the present spelling and a command that has it in place of `OPTION`. `PLAN`
/// is the sample, `FILES` a folder with input, `ITEM` an item of a checklist.
const OPTIONS: [(&str, &str, &str); 25] = [
    ("import PLAN FILES/teams.csv --dry-run OPTION", "--complete", "--full-sync"),
    ("import PLAN FILES/teams.csv --dry-run OPTION FILES/names.csv", "--map", "--name-map"),
    ("import PLAN FILES/staff.csv --dry-run OPTION month", "--pay", "--pay-period"),
    ("import PLAN FILES/staff.csv --dry-run --hidden OPTION", "take", "include"),
    ("import PLAN FILES/staff.csv --dry-run --hidden OPTION", "leave-out", "skip"),
    ("import-profiles OPTION FILES/staff.csv", "--guess", "--infer"),
    ("forecast PLAN OPTION 2028-12-31", "--until", "--to"),
    ("forecast PLAN OPTION", "--without-seats", "--no-planned-hires"),
    ("budget PLAN -o - --format OPTION", "seats-csv", "positions-csv"),
    ("simulate PLAN --runs 5 OPTION", "--replace", "--backfill"),
    ("export PLAN - --format dot OPTION system", "--by", "--group-by"),
    ("export PLAN - --format dot OPTION", "--fold", "--collapse"),
    ("export PLAN - --format markdown OPTION IT", "--for", "--assignee"),
    ("checklist PLAN start omar.wong OPTION onboarding", "--occasion", "--type"),
    ("checklist PLAN start omar.wong --type OPTION", "join", "onboarding"),
    ("checklist PLAN start omar.wong --on 2027-02-01 --type OPTION", "move", "transfer"),
    (
        "checklist PLAN start omar.wong --on 2027-02-01 --type OPTION --service geofence",
        "take-over",
        "handover",
    ),
    ("checklist PLAN start omar.wong --on 2027-02-01 --type OPTION", "leave", "offboarding"),
    ("checklist PLAN move grace.nair OPTION 2030-01-07", "--to", "--on"),
    ("checklist PLAN skip ITEM OPTION remote", "--why", "--reason"),
    ("checklist PLAN block ITEM OPTION supplier", "--by", "--reason"),
    ("checklist PLAN export OPTION IT -o FILES/it.headroom", "--for", "--assignee"),
    ("plan PLAN -o - --format OPTION", "seats-csv", "positions-csv"),
    ("profiles OPTION FILES/staff.csv", "--guess", "--infer"),
    ("checklist PLAN hand-out OPTION IT -o FILES/it.headroom", "--for", "--assignee"),
];

fn help_of(words: &[String]) -> String {
    let output = headroom().env("COLUMNS", "80").args(words).arg("--help").output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn words_of(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// The help of every command, by its words.
fn every_help() -> Vec<(Vec<String>, String)> {
    let mut all = Vec::new();
    let mut left: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(words) = left.pop() {
        let help = help_of(&words);
        let before = help.contains("<PLAN> <COMMAND>").then(|| "PLAN".to_owned());
        for name in commands_in(&help).into_iter().filter(|name| name != "help") {
            left.push(words.iter().cloned().chain(before.clone()).chain([name]).collect());
        }
        all.push((words, help));
    }
    assert!(all.len() > 30, "{} commands", all.len());
    all
}

/// The words between punctuation and spaces; options keep their dashes.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '-').filter(|word| !word.is_empty())
}

#[test]
fn every_help_fits_80_columns() {
    for (words, help) in every_help() {
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{words:?}: {line}");
            assert_eq!(line, line.trim_end(), "{words:?}: white space at the end");
            let text = line.trim();
            let is_one_word = !text.is_empty() && !text.contains(' ');
            let is_meant = text.ends_with(':') || text.starts_with(['-', '<']);
            assert!(!is_one_word || is_meant, "{words:?}: “{text}” is alone in its line\n{help}");
        }
    }
}

#[test]
fn every_help_has_one_sentence_usage_and_examples() {
    for (words, help) in every_help() {
        let mut lines = help.lines();
        let about = lines.next().unwrap();
        assert!(about.starts_with(char::is_uppercase) && !about.ends_with('.'), "{words:?}: {about}");
        assert_eq!(lines.next(), Some(""), "{words:?}: more than a line");
        assert!(lines.next().unwrap().starts_with("Usage: headroom"), "{help}");
        let examples: Vec<&str> =
            help.lines().skip_while(|line| !line.starts_with("Example")).skip(1).collect();
        assert!(!examples.is_empty() && examples.len() <= 3, "{words:?}: {examples:?}");
        let command = words.iter().find(|word| *word != "PLAN").map_or("headroom", String::as_str);
        assert!(examples.iter().all(|line| line.starts_with("  ") && line.contains(command)), "{help}");
    }
}

#[test]
fn help_uses_only_words_of_the_glossary() {
    for (words, help) in every_help() {
        let lower = help.to_lowercase();
        for token in tokens(&lower) {
            let never = NEVER
                .iter()
                .find(|word| token.strip_prefix(**word).is_some_and(|end| matches!(end, "" | "s" | "ed")));
            assert_eq!(never, None, "{words:?}:\n{help}");
        }
    }
}

#[test]
fn former_commands_are_hidden_but_work() {
    let shown = every_help();
    for (former, present) in COMMANDS {
        let (former, present) = (words_of(former), words_of(present));
        assert!(shown.iter().all(|(words, _)| *words != former), "{former:?} is shown");
        assert!(shown.iter().any(|(words, _)| *words == present), "{present:?}");
        assert_eq!(help_of(&former), help_of(&present));
    }
}

/// Runs a command on a fresh sample.
fn run(desk: &Desk, line: &str, item: &str) -> Output {
    let files = desk.folder.path().join("files");
    fs::copy(files.join("kept.headroom"), &desk.plan).unwrap();
    let _ = fs::remove_file(files.join("it.headroom"));
    let of = |word: &str| {
        word.replace("PLAN", desk.path()).replace("FILES", files.to_str().unwrap()).replace("ITEM", item)
    };
    let words: Vec<String> = line.split(' ').map(of).collect();
    desk.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn former_options_are_hidden_but_work() {
    let desk = Desk::of_sample_on(headroom_tests::today());
    desk.file("files/teams.csv", "id,name\nnew-team,New\n");
    desk.file("files/names.csv", "from,to\nlorries,booking\n");
    desk.file(
        "files/staff.csv",
        "Badge id,Name,Designation,Joined Date,Basic salary\n7,Ada,CTO,2021-06-25,90000\n",
    );
    fs::copy(&desk.plan, desk.folder.path().join("files/kept.headroom")).unwrap();
    let list = desk.json(&["checklist", desk.path(), "show", "quentin.jansen", "--json"]);
    let item = list[0]["list"][0]["item"].to_string();
    for (line, former, present) in OPTIONS {
        let [old, new] = [former, present].map(|word| run(&desk, &line.replace("OPTION", word), &item));
        let errors = String::from_utf8_lossy(&old.stderr);
        assert!(
            !errors.contains("Usage:") && !errors.contains("invalid value"),
            "{line}, {former}: {errors}"
        );
        assert_eq!(old, new, "{line}: {former} and {present}");

        let words = words_of(line);
        let command = &words[..if words[0] == "checklist" { 3 } else { 1 }];
        let help = help_of(command);
        assert!(tokens(&help).all(|token| token != former), "{line}: {former} is shown\n{help}");
        assert!(tokens(&help).any(|token| token == present), "{line}: {present} is not shown\n{help}");
    }
}
