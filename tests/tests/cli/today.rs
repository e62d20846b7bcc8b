//! `HEADROOM_TODAY`, which sets the date for tests.

use headroom_tests::{Desk, headroom};

fn on(day: &str, desk: &Desk, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = headroom();
    command.env("HEADROOM_TODAY", day).env("TZ", "UTC").args(arguments).arg(&desk.plan);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn headroom_today_sets_the_date() {
    let desk = Desk::new();
    desk.import(&[&desk.file("teams.csv", "id,name,until\ncore,Core,2028-02-29\n")], &[]);
    for (day, teams) in [("2028-02-29", 1), ("2028-03-01", 0)] {
        let (code, told, _) = on(day, &desk, &["stats", "--json"]);
        assert_eq!(code, Some(0));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&told).unwrap()["teams"], teams, "on {day}");
    }
    // The journal has the same date.
    assert_eq!(on("2031-12-31", &desk, &["undo"]).0, Some(0));
    let (_, history, _) = on("2031-12-31", &desk, &["history", "--limit", "1"]);
    assert!(history.contains("2031-12-31"), "{history}");
}

#[test]
fn invalid_headroom_today_is_an_error() {
    let desk = Desk::new();
    for wrong in ["", "tomorrow", "2027-02-29", "2027-6-15"] {
        let (code, told, error) = on(wrong, &desk, &["stats"]);
        assert_eq!((code, told.as_str()), (Some(2), ""));
        assert!(error.contains(&format!("HEADROOM_TODAY is “{wrong}”, which is no day")), "{error}");
    }
}
