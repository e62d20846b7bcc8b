//! Importing and exporting checklists in Markdown as templates.

use std::{fs, path::Path};

use headroom_tests::Desk;

const TEXT: &str = "# Platform\n\n## Week 1\n\n- [ ] Buddy: walk through the services\n  - [ ] Till\n- [ ] Read the handbook\n";

fn file(desk: &Desk, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = desk.folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn templates_round_trip_and_undo() {
    let desk = Desk::new();
    let source = file(&desk, "platform.md", TEXT);
    let import = ["import", desk.path(), &source, "--format", "markdown", "--json"];
    let dry = desk.json(&[&import[..], &["--dry-run"]].concat());
    assert_eq!((dry["applied"].as_bool(), dry["added"].as_u64()), (Some(false), Some(4)));
    let told = dry["problems"].to_string();
    assert!(told.contains("“Week 1” was read as") && told.contains("assigned to buddy"), "{told}");
    assert_eq!(desk.json(&import)["added"], 4);
    assert_eq!(desk.json(&import)["added"], 0);

    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "markdown"]);
    assert_eq!(fs::read_to_string(out.join("platform.md")).unwrap(), TEXT);
    let document = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), document.to_str().unwrap(), "--format", "json"]);
    let plan: serde_json::Value = serde_json::from_slice(&fs::read(document).unwrap()).unwrap();
    assert_eq!(
        (plan["templates"][0]["version"].as_u64(), plan["template_items"].as_array().unwrap().len()),
        (Some(1), 3)
    );
    assert_eq!(desk.json(&["doctor", desk.path(), "--json"])["sound"], true);

    desk.done(&["undo", desk.path()]);
    assert_eq!(desk.json(&import)["added"], 4);
}

#[test]
fn invalid_files_are_reported_and_change_nothing() {
    let desk = Desk::new();
    let empty = file(&desk, "empty.md", "# Nothing to do\n");
    let answer = desk.import(&[Path::new(&empty)], &["--format", "markdown"]);
    assert_eq!(answer["added"], 0);
    assert!(answer["problems"].to_string().contains("no items in the file"));
    let half = file(&desk, "half.md", &"- [ ] Läuft\n- [ ] Büro \u{e4}".as_bytes()[..26]);
    let answer = desk.json(&["import", desk.path(), &half, "--format", "markdown", "--json"]);
    assert_eq!(answer["added"], 3);
    let large = file(
        &desk,
        "large.md",
        "- [ ] Read the whole of the handbook, page after page after page\n".repeat(80_000),
    );
    let answer = desk.json(&["import", desk.path(), &large, "--format", "markdown", "--json"]);
    assert_eq!(answer["added"], 80_001);
    assert_eq!(desk.json(&["doctor", desk.path(), "--json"])["sound"], true);
}

#[test]
fn real_checklists_round_trip_byte_for_byte() {
    let Some(folder) = headroom_tests::real_data("checklists") else { return };
    let desk = Desk::new();
    let out = desk.folder.path().join("out");
    let mut compared = 0;
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "markdown"]);
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "markdown"]);
    for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            assert_eq!(fs::read(entry.path()).unwrap(), fs::read(out.join(entry.file_name())).unwrap());
            compared += 1;
        }
    }
    assert!(compared > 0);
}
