//! A plan survives killed processes, and two processes on one plan do not harm it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use headroom_tests::{Desk, headroom};

fn teams_csv(count: usize) -> String {
    (0..count).fold(String::from("id,name\n"), |text, at| text + &format!("t{at},Team {at}\n"))
}

#[test]
fn acknowledged_writes_survive_kill_9() {
    let desk = Desk::new();
    let mut acknowledged = 0;
    let teams = desk.file("teams.csv", teams_csv(0));
    // The duration of one import determines when to kill it.
    let start = Instant::now();
    desk.import(&[&teams], &[]);
    let mut span = start.elapsed().max(Duration::from_millis(4));
    for round in 1..=200_u32 {
        desk.file("teams.csv", teams_csv(round as usize * 5));
        let mut import = headroom()
            .args(["import", desk.path(), teams.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(span * (round % 40) / 20);
        import.kill().unwrap();
        if import.wait().unwrap().success() {
            acknowledged = round as u64 * 5;
        }
        if round % 20 == 0 {
            let health = desk.json(&["doctor", desk.path(), "--json"]);
            assert_eq!(health["sound"], true, "after round {round}: {health}");
            assert!(desk.stats()["teams"].as_u64().unwrap() >= acknowledged, "after round {round}");
            // The plan grows, and other load may slow the computer down.
            let start = Instant::now();
            desk.import(&[&teams], &[]);
            span = start.elapsed().max(Duration::from_millis(4));
        }
    }
    assert!(acknowledged > 0, "no import was quick enough to be acknowledged");
}

#[test]
fn concurrent_writers_leave_a_sound_plan() {
    let desk = Desk::new();
    let sources: Vec<_> = (0..4)
        .map(|at| desk.file(&format!("{at}/teams.csv"), format!("id,name\nteam-{at},Team {at}\n")))
        .collect();
    for _ in 0..10 {
        let running: Vec<_> = sources
            .iter()
            .map(|source| {
                headroom()
                    .args(["import", desk.path(), source.to_str().unwrap()])
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for process in running {
            let output = process.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            let is_told =
                said.contains("changed by another Headroom") || said.contains("writing to this plan");
            assert!(output.status.success() || is_told, "{said}");
        }
    }
    assert_eq!(desk.json(&["doctor", desk.path(), "--json"])["sound"], true);
    assert_eq!(desk.stats()["teams"], 4);
}

#[test]
fn invalid_plans_are_left_unchanged() {
    let desk = Desk::new();
    let good = fs::read(&desk.plan).unwrap();
    let mut damaged = good.clone();
    damaged[100..4000].fill(0xAB);
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    for (bytes, expected) in [
        (Vec::new(), "it is empty"),
        (b"PK\x03\x04 some spreadsheet".to_vec(), "some other kind of file"),
        (damaged, "damaged"),
        (newer, "newer Headroom"),
        (good[..good.len() / 2].to_vec(), "damaged"),
        (good[..good.len() - 1].to_vec(), "the end of the file is missing"),
    ] {
        let path = desk.file("other.headroom", &bytes);
        let said = desk.refused(&["stats", path.to_str().unwrap()]);
        assert!(said.contains(expected), "{expected}: {said}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    assert!(desk.refused(&["stats", "nowhere.headroom"]).contains("does not exist"));
    assert!(desk.refused(&["new", desk.path()]).contains("already exists"));
}

#[test]
fn read_only_plans_are_read_and_not_written() {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", teams_csv(3));
    desk.import(&[&teams], &[]);
    fs::set_permissions(&desk.plan, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::read(&desk.plan).unwrap();
    assert_eq!(desk.stats()["teams"], 3);
    assert!(desk.refused(&["undo", desk.path()]).contains("read-only"));
    assert_eq!(fs::read(&desk.plan).unwrap(), before);
}

#[test]
fn backup_before_an_import_can_be_restored() {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", teams_csv(3));
    desk.import(&[&teams], &[]);
    let health = desk.json(&["doctor", desk.path(), "--json"]);
    let backup = health["backups"][0]["path"].as_str().unwrap().to_owned();
    desk.done(&["doctor", desk.path(), "--restore", &backup]);
    assert_eq!(desk.stats()["teams"], 0);
}

#[test]
fn redacted_copy_is_complete_or_absent() {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", teams_csv(3_000));
    desk.import(&[&teams], &[]);
    fs::set_permissions(&desk.plan, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::read(&desk.plan).unwrap();
    let copy = desk.folder.path().join("copy.headroom");
    let refused = desk.refused(&["redact", desk.path(), desk.path()]);
    assert!(refused.contains("already exists"), "{refused}");
    for wait in (0..200).step_by(5) {
        let mut redact = headroom()
            .args(["redact", desk.path(), copy.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(wait));
        redact.kill().unwrap();
        redact.wait().unwrap();
        if copy.exists() {
            assert_eq!(desk.json(&["doctor", copy.to_str().unwrap(), "--json"])["sound"], true);
            fs::remove_file(&copy).unwrap();
        }
    }
    let report = desk.json(&["redact", desk.path(), copy.to_str().unwrap(), "--json"]);
    assert_eq!(report["amounts"], 0);
    assert_eq!(desk.json(&["stats", copy.to_str().unwrap(), "--json"])["teams"], 3_000);
    assert_eq!(fs::read(&desk.plan).unwrap(), before);
}

#[test]
fn prepared_plans_are_refused_and_can_be_cleaned() {
    let desk = Desk::new();
    let teams = desk.file("in/teams.csv", "id,name\ncash,Cash\n");
    desk.import(&[teams.parent().unwrap()], &[]);
    let db = rusqlite::Connection::open(&desk.plan).unwrap();
    db.execute_batch("CREATE TRIGGER t AFTER INSERT ON operation BEGIN DELETE FROM ownership; END").unwrap();
    drop(db);
    for command in [&["stats", desk.path()][..], &["undo", desk.path()]] {
        let said = desk.refused(command);
        assert!(said.contains("trigger “t” on “operation”") && said.contains("--clean-copy"), "{said}");
    }
    let examined = desk.run(&["doctor", desk.path()]);
    let said = String::from_utf8(examined.stdout).unwrap();
    assert_eq!(examined.status.code(), Some(1), "{said}");
    assert!(said.contains("trigger “t” on “operation”") && said.contains("--clean-copy"), "{said}");
    let copy = desk.folder.path().join("copy.headroom");
    let copy = copy.to_str().unwrap();
    assert_eq!(desk.json(&["doctor", desk.path(), "--clean-copy", copy, "--json"])["sound"], true);
    assert_eq!(desk.json(&["stats", copy, "--json"])["teams"], 1);
    desk.refused(&["doctor", desk.path(), "--clean-copy", copy]);
}
