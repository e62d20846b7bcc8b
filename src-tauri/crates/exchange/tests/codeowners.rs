//! Property tests of updates of CODEOWNERS files, on random files, repositories and plans.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, fs, path::PathBuf, sync::Arc};

use chrono::NaiveDate;
use headroom_exchange::{
    Codeowners, CodeownersReading, CodeownersWriting, Dialect, ExportOptions, ImportOptions, ReadOptions,
    compare, read_parts, update, write,
};
use headroom_model::{Owner, Plan, Snapshot};
use proptest::prelude::*;

const PATHS: [&str; 12] = [
    "README.md",
    "src/main.rs",
    "src/api/a.rs",
    "src/api/b.rs",
    "src/api/notes.md",
    "src/api/deep/x.rs",
    "src/db/c.rs",
    "docs/index.md",
    "docs/api/a.md",
    "docs/api/b c.md",
    "my app/x.rs",
    "my app/y.md",
];
const PATTERNS: [&str; 18] = [
    "*",
    "*.md",
    "*.rs",
    "/src/",
    "src",
    "/src/api/",
    "src/api/*",
    "/src/api/deep/",
    "api/",
    "docs/",
    "/docs",
    "docs/*",
    "**/api/",
    "/my\\ app/",
    "/docs/api/a.md",
    "src/**/x.rs",
    "/src/*",
    "/nowhere/",
];
const HANDLES: [&str; 5] = ["@org/one", "@Org/Two", "@org/three", "@anna", "bo@example.com"];

fn line() -> impl Strategy<Value = String> {
    let owners = prop::sample::subsequence(HANDLES.to_vec(), 0..3);
    let note = prop::sample::select(vec!["", " # note", "  ", "\t# x @org/one"]);
    let rule =
        (prop::sample::select(PATTERNS.to_vec()), prop::sample::select(vec![" ", "   ", "\t"]), owners, note)
            .prop_map(|(pattern, gap, owners, note)| format!("{pattern}{gap}{}{note}", owners.join(" ")));
    prop_oneof![8 => rule, 1 => Just("# about".to_owned()), 1 => Just(String::new())]
}

fn file() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 1..10), prop::sample::select(vec!["\n", "\r\n"]), any::<bool>()).prop_map(
        |(lines, end, is_ended)| {
            let text = lines.join(end);
            // A file whose last line is blank ends with a line break anyway.
            if is_ended { text + end } else { text }
        },
    )
}

struct Desk {
    folder: tempfile::TempDir,
    paths: PathBuf,
    file: PathBuf,
}

fn desk(text: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let (paths, file) = (folder.path().join("paths.txt"), folder.path().join("CODEOWNERS"));
    fs::write(&paths, PATHS.join("\n")).unwrap();
    fs::write(&file, text).unwrap();
    Desk { folder, paths, file }
}

fn import(plan: &mut Plan, desk: &Desk, depth: usize) {
    let sources = [desk.file.clone(), desk.paths.clone()];
    let options = ReadOptions {
        codeowners: CodeownersReading { depth, ..CodeownersReading::default() },
        ..ReadOptions::default()
    };
    let parts = read_parts(&sources, Some("codeowners"), &options).unwrap();
    let options = ImportOptions { today: day(), complete: false, names: Vec::new() };
    let changes = compare(plan, parts, &options).changes;
    plan.apply(&changes).unwrap();
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
}

/// Sets the owner drawn for each service; none leaves it as it is.
fn assign(plan: &mut Plan, drawn: &[Option<usize>]) {
    let owners: Vec<Owner> = plan
        .teams
        .iter()
        .map(|team| Owner::Team(team.id))
        .chain(plan.people.iter().map(|person| Owner::Person(person.id)))
        .collect();
    if owners.is_empty() {
        return;
    }
    let services: Vec<_> = plan.services.iter().map(|row| row.id).collect();
    let mut draft = headroom_model::Draft::new(plan);
    for (service, choice) in services.into_iter().zip(drawn) {
        let Some(choice) = choice else { continue };
        let held = plan.ownerships.iter().filter(|row| row.service == service);
        held.for_each(|row| draft.remove::<headroom_model::Ownership>(row.id));
        let id = draft.new_id::<headroom_model::Ownership>();
        draft.put(headroom_model::Ownership {
            id,
            service,
            owner: owners[choice % owners.len()],
            role: "owner".to_owned(),
            ..Default::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
}

fn handle(plan: &Plan, owner: Owner) -> String {
    let key = plan.key_of(owner.into());
    if key.contains('@') { key.to_owned() } else { format!("@{key}") }
}

fn wanted(snapshot: &Snapshot, at: usize) -> BTreeSet<String> {
    snapshot.owners(at).iter().map(|owner| handle(snapshot.plan(), *owner).to_lowercase()).collect()
}

/// The service of a path: the deepest folder that is one.
fn service_of(snapshot: &Snapshot, path: &str) -> Option<usize> {
    let mut rest = path;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        if let Some(at) = (0..snapshot.service_count()).find(|at| snapshot.service(*at).key == folder) {
            return Some(at);
        }
        rest = folder;
    }
    None
}

fn owners(text: &str, path: &str) -> BTreeSet<String> {
    let rules = Codeowners::parse(text, &"f".into(), Dialect::GitHub, Vec::new());
    rules.resolve(path).owners.iter().map(|owner| owner.to_lowercase()).collect()
}

/// The owners of most files of a service, as an import sees them.
fn most(snapshot: &Snapshot, text: &str, at: usize) -> BTreeSet<String> {
    let rules = Codeowners::parse(text, &"f".into(), Dialect::GitHub, Vec::new());
    let mut counts: std::collections::BTreeMap<Vec<String>, usize> = Default::default();
    for path in PATHS.iter().filter(|path| service_of(snapshot, path) == Some(at)) {
        *counts.entry(rules.resolve(path).owners).or_default() += 1;
    }
    let owners =
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(owners, _)| owners).unwrap_or_default();
    owners.iter().map(|owner| owner.to_lowercase()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn update_changes_owners_and_nothing_else(
        text in file(), depth in 1usize..4, drawn in prop::collection::vec(prop::option::of(0usize..6), 12),
    ) {
        let desk = desk(&text);
        let mut plan = Plan::default();
        import(&mut plan, &desk, depth);
        let options = ExportOptions {
            codeowners: CodeownersWriting { paths: vec![desk.paths.clone()], ..CodeownersWriting::default() },
            ..ExportOptions::default()
        };
        let plan = Arc::new(plan);
        let before = update(&plan.as_of(day()), "codeowners", &desk.file, &options).unwrap();
        prop_assert!(before.files.is_empty(), "an import that was not touched changes nothing");

        let mut plan = Arc::unwrap_or_clone(plan);
        assign(&mut plan, &drawn);
        let snapshot = Arc::new(plan).as_of(day());
        let update = update(&snapshot, "codeowners", &desk.file, &options).unwrap();
        let after = update.files.first().map_or(text.clone(), |file| String::from_utf8(file.after.clone()).unwrap());
        for at in 0..snapshot.service_count() {
            let wanted = wanted(&snapshot, at);
            if !wanted.is_empty() {
                prop_assert_eq!(most(&snapshot, &after, at), wanted, "{}\n---\n{}", &text, &after);
            }
        }
        // A path keeps its owners unless the plan gave its service to others.
        for path in PATHS {
            // One that differed before may follow the folder above.
            let is_changed = service_of(&snapshot, path).is_some_and(|at| {
                let (wanted, most) = (wanted(&snapshot, at), most(&snapshot, &text, at));
                !wanted.is_empty() && wanted != most || owners(&text, path) != most
            });
            if !is_changed {
                prop_assert_eq!(owners(&after, path), owners(&text, path), "{}\n{}\n---\n{}", path, &text, &after);
            }
        }
        // Apart from new lines, each line is as it was but for its owners.
        let words = |line: &str| line.split_whitespace().filter(|word| !word.contains('@')).collect::<Vec<_>>().join(" ");
        let mut rest = after.split_inclusive('\n');
        for line in text.split_inclusive('\n') {
            let found = rest.by_ref().find(|new| words(new) == words(line));
            prop_assert!(found.is_some(), "{:?} is gone from\n{}", line, &after);
        }
    }

    #[test]
    fn new_file_gives_every_path_to_its_owners(
        text in file(), depth in 1usize..4, drawn in prop::collection::vec(prop::option::of(0usize..6), 12),
    ) {
        let desk = desk(&text);
        let mut plan = Plan::default();
        import(&mut plan, &desk, depth);
        assign(&mut plan, &drawn);
        let snapshot = Arc::new(plan).as_of(day());
        let out = desk.folder.path().join("NEW");
        let has_owner = (0..snapshot.service_count()).any(|at| !snapshot.owners(at).is_empty());
        let written = write(&snapshot, "codeowners", &out, &ExportOptions::default());
        prop_assert_eq!(written.is_ok(), has_owner);
        if has_owner {
            let new = fs::read_to_string(out).unwrap();
            for path in PATHS {
                if let Some(at) = service_of(&snapshot, path) {
                    prop_assert_eq!(owners(&new, path), wanted(&snapshot, at), "{}\n{}", path, &new);
                }
            }
        }
    }

    /// Without the repository's files, the lines alone must be enough.
    #[test]
    fn update_without_paths_adds_a_deciding_line(
        text in file(), drawn in prop::collection::vec(prop::option::of(0usize..6), 12),
    ) {
        let desk = desk(&text);
        let mut plan = Plan::default();
        import(&mut plan, &desk, 2);
        assign(&mut plan, &drawn);
        let snapshot = Arc::new(plan).as_of(day());
        let update = update(&snapshot, "codeowners", &desk.file, &ExportOptions::default()).unwrap();
        let Some(file) = update.files.first() else { return Ok(()) };
        let after = String::from_utf8(file.after.clone()).unwrap();
        for change in &file.owners {
            let at = (0..snapshot.service_count()).find(|at| snapshot.service(*at).key == change.subject).unwrap();
            let found = owners(&after, &format!("{}/some-file", change.subject));
            prop_assert_eq!(found, wanted(&snapshot, at), "{}\n{}\n---\n{}", &change.subject, &text, &after);
        }
    }
}

/// A line added for a folder must not take files from one below it whose owners stay.
#[test]
fn a_line_for_a_folder_leaves_a_folder_below_it_its_owners() {
    let text = "api/ @anna\n*.rs @Org/Two\nsrc/api/* @Org/Two";
    let desk = desk(text);
    let mut plan = Plan::default();
    import(&mut plan, &desk, 2);
    let drawn: Vec<Option<usize>> = (0..12).map(|at| (at == 3).then_some(1)).collect();
    assign(&mut plan, &drawn);
    let options = ExportOptions {
        codeowners: CodeownersWriting { paths: vec![desk.paths.clone()], ..CodeownersWriting::default() },
        ..ExportOptions::default()
    };
    let update = update(&Arc::new(plan).as_of(day()), "codeowners", &desk.file, &options).unwrap();
    let after = String::from_utf8(update.files[0].after.clone()).unwrap();
    assert_eq!(owners(&after, "src/main.rs"), BTreeSet::from(["@anna".to_owned()]), "{after}");
    assert_eq!(owners(&after, "src/api/deep/x.rs"), BTreeSet::from(["@org/two".to_owned()]), "{after}");
}
