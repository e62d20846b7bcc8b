//! Ownership: the most severe gap, the assignment board, the worklist, and the forecast, also by command line.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, TimeDelta};
use headroom_tests::{
    Desk, another_day, today,
    window::{Start, Window},
};

/// Screenshots of the story, to look at after the test.
fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots").join(name)
}

#[test]
fn first_time_user_closes_the_most_severe_gap_in_five_actions() {
    close_the_gap(today());
}

#[test]
fn first_time_user_closes_it_on_another_date() {
    close_the_gap(another_day());
}

fn close_the_gap(today: NaiveDate) {
    let window = Window::start(&Start { today: Some(today), ..Start::default() });
    window.wait_text("main", "Explore the sample");
    window.screenshot(&picture("gap-0-welcome.png"));
    // One: explore the sample.
    window.click("[data-testid=open-sample]");
    window.wait_text("[data-testid=urgent]", "Label Printer Hub");
    window.screenshot(&picture("gap-1-sample.png"));
    // Two: look at the findings; the most severe is on top.
    window.click("[data-testid=nav-findings]");
    window.wait_text(
        "#findings-0",
        "Label Printer Hub connects key parts of the system, and only Omar Wong can support it",
    );
    window.screenshot(&picture("gap-2-findings.png"));
    // Three: open it, and see why.
    window.click("#findings-0");
    let why = window.wait_text("[data-testid=finding]", "Why it matters");
    assert!(why.contains("Omar Wong") && why.contains("at most one person can support it"), "{why}");
    assert!(why.contains("Assign to Warehouse"), "{why}");
    window.screenshot(&picture("gap-3-why.png"));
    // Four: the first remedy, with its effect.
    window.click("[data-testid=remedy-0]");
    // On the Monday in ten weeks.
    let week = today - TimeDelta::days(today.weekday().num_days_from_monday().into());
    let opens = (week + TimeDelta::weeks(10)).format("%-d %b %Y");
    window.wait_text("[data-testid=effect]", &format!("No one can support Label Printer Hub from {opens}"));
    window.screenshot(&picture("gap-4-effect.png"));
    // Five: assign an owner.
    window.click("[data-testid=remedy-apply]");
    window.wait("the gap to close", |it| {
        let first = it.text("#findings-0");
        (!first.is_empty() && !first.contains("Label Printer Hub")).then_some(())
    });
    window.wait_text("[role=status]", "Undo");
    window.screenshot(&picture("gap-5-closed.png"));
}

#[test]
fn board_proposes_previews_and_assigns_in_one_step() {
    let window = Window::on_sample();
    window.go("#/ownership?mode=assign&risk=no");
    window.wait_text("[data-testid=board-services]", "Geofence");
    window.click_in_toolbar("[data-testid=propose]");
    window.wait_text("[data-testid=board-services]", "→ Tracking");
    window.wait_text("[data-testid=board-services]", "owns both related services");
    window.click("[data-testid=look]");
    let effect = window.wait_text("[data-testid=effect]", "Resolves 3 findings");
    assert!(
        effect.contains("Service load (points per person)") && effect.contains("Cross-team dependencies"),
        "{effect}"
    );
    window.click("[data-testid=hand-over]");
    window.wait_text("main", "All services are owned");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=board-services]", "Geofence");
}

#[test]
fn board_works_by_keyboard() {
    let window = Window::on_sample();
    window.go("#/ownership?mode=assign");
    window.wait_text("[data-testid=board-services]", "Label Printer Hub");
    window.wait_text("[data-testid=board-teams]", "owns both related services");
    window.js("document.querySelector('[data-testid=board-services]').focus()");
    window.press("{Enter}");
    window.wait_text("[data-testid=board-services]", "→ Tracking");
    window.press("{Down}{Down}{Down}");
    window.wait_text("section[aria-label=Teams]", "Suggested owners for Label Printer Hub");
    window.wait_text("[data-testid=board-teams]", "includes Omar Wong, who knows it");
    window.press("1");
    window.wait_text("[data-testid=look]", "2 changes");
    window.press("{Ctrl}{Enter}");
    window.wait_text("[data-testid=effect]", "Resolves");
    window.press("{Enter}");
    window.wait_gone("dialog[open]");
    window.wait_text("[role=status]", "Handed over 2 services");
    window.wait("both services to leave the board", |it| {
        let listed = it.text("[data-testid=board-services]");
        (!listed.contains("Geofence") && !listed.contains("Label Printer Hub")).then_some(())
    });
}

#[test]
fn worklist_confirms_owners_singly_and_by_team() {
    let window = Window::on_sample();
    window.go("#/ownership?mode=confirm");
    window.wait_text("#worklist-0", "Clusters");
    window.js("document.querySelector('[data-testid=worklist-table]').focus()");
    window.press("{Down}");
    window.wait_text("[data-testid=confirm-chosen]", "Confirm 1 owner");
    window.press("{F2}");
    window.wait("Clusters to be confirmed", |it| {
        let first = it.text("#worklist-0");
        (!first.is_empty() && !first.contains("Clusters")).then_some(())
    });
    window.press("{Ctrl}z");
    window.wait_text("#worklist-0", "Clusters");
    window.click("#worklist-0 a[href*='#/team']");
    window.click("[data-testid=confirm-all]");
    window.wait_gone("[data-testid=confirm-all]");
}

#[test]
fn forecast_shows_what_if_departures() {
    let window = Window::on_sample();
    window.go("#/forecast");
    window.wait_text("main", "Label Printer Hub has no one who can support it");
    window.choose("[data-testid=leaver-picker]", "Mina Bakker");
    window.wait_text("[data-testid=forecast-summary]", "No departure is planned for Mina Bakker.");
    window.wait_text("[aria-label='Gaps by day']", "Mina Bakker leaves");
    let gaps = window.text("[aria-label='Gaps by day']");
    assert!(gaps.contains("Pager") && !gaps.contains("Label Printer Hub"), "only what is due to her: {gaps}");
    window
        .js("[...document.querySelectorAll('.gap a')].find((a) => a.textContent === 'Mina Bakker').click()");
    window.wait_text("[data-testid=if-leaves]", "Pager");
    // The mark on the timeline leads to the day on which the gap opens.
    window.js("document.querySelector('.gaps button[title^=\"1 Feb 2027\"]').click()");
    window.wait("the day to be shown", |it| {
        let day = it.js("return document.querySelector('[data-testid=day]').value");
        (day == "1 Feb 2027").then_some(())
    });
}

#[test]
fn command_line_forecast_agrees() {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let asked = ["forecast", desk.path(), "--as-of", "2026-11-24", "--to", "2027-11-24", "--json"];
    let plain = desk.json(&asked);
    let opens = |gaps: &serde_json::Value, key: &str, kind: &str| {
        let gaps = gaps["gaps"].as_array().unwrap();
        let found = gaps.iter().find(|gap| gap["subject"]["key"] == key && gap["kind"] == kind);
        found.map(|gap| (gap["opens"].clone(), gap["new"].clone()))
    };
    assert_eq!(opens(&plain, "label-printer", "nobody"), Some(("2027-02-01".into(), false.into())));
    let mut with = asked.to_vec();
    with.extend(["--leaver", "mina.bakker=2027-03-31", "--leaver", "Jun Svoboda=2027-03-31"]);
    let with = desk.json(&with);
    assert_eq!(opens(&with, "pager", "nobody"), Some(("2027-04-01".into(), true.into())));
    let wrong = ["forecast", desk.path(), "--leaver", "nobody.known=2027-03-31"];
    assert!(desk.refused(&wrong).contains("nobody.known"));
    assert!(
        desk.refused(&["forecast", desk.path(), "--leaver", "mina.bakker=soon"]).contains("is not a date")
    );
    assert!(
        desk.refused(&["forecast", desk.path(), "--to", "2020-01-01"])
            .contains("end date 2020-01-01 is before start date")
    );
}

#[test]
fn command_line_suggests_and_assigns_owners() {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let found = desk.json(&["suggest", desk.path(), "--json"]);
    assert_eq!(found["count"], 3);
    let text = desk.done(&["suggest", desk.path(), "geofence", "--apply"]);
    assert!(text.contains("Geofence → Tracking"), "{text}");
    assert_eq!(desk.json(&["suggest", desk.path(), "--json"])["count"], 2);
    desk.done(&["undo", desk.path()]);
    assert_eq!(desk.json(&["suggest", desk.path(), "--json"])["count"], 3);
    assert!(desk.refused(&["suggest", desk.path(), "no-such"]).contains("no-such"));
}

#[test]
fn plan_without_services_does_not_claim_full_ownership() {
    let desk = Desk::new();
    let window = Window::on_plan(desk.path());
    for (address, mode) in
        [("?mode=assign", "assign"), ("?where.owner=%3D", "table"), ("?mode=confirm", "confirm")]
    {
        window.go(&format!("#/ownership{address}"));
        window.wait(address, |it| {
            it.has(&format!("[data-testid=mode-{mode}][aria-pressed=true]")).then_some(())
        });
        let main = window.wait_text("main", "No services yet");
        assert!(
            !main.contains("All services are owned") && !main.contains("were confirmed"),
            "{address}: {main}"
        );
    }
}

#[test]
fn board_without_members_says_what_is_missing() {
    let desk = Desk::new();
    desk.file("plan/teams.csv", "id,name\ncash,Cash\n");
    desk.file("plan/services.csv", "id,name\nledger,Ledger\n");
    desk.import(&[&desk.folder.path().join("plan")], &["--format", "csv"]);
    let window = Window::on_plan(desk.path());
    window.go("#/ownership?mode=assign");
    window.wait_text("[data-testid=board-services]", "Ledger");
    window.wait_text("[data-testid=missing]", "no team has members; add members to a team first");
    assert_eq!(window.js("return document.querySelector('[data-testid=propose]').disabled"), true);
    window.screenshot(&picture("board-missing.png"));
    window.go("#/findings?sel=unowned-service/ledger");
    window.wait_text("#findings-0", "Ledger has no owner");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "No team can take it: no team has members");
}
