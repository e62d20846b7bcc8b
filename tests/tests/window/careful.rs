//! Slips of the hand: nothing is lost, and everything is found again.

use std::fs;

use headroom_tests::{
    Desk, headroom,
    window::{Start, Window},
};

fn import_by(desk: &Desk, author: &str, name: &str, text: &str) {
    let file = desk.folder.path().join(name);
    fs::write(&file, text).unwrap();
    let done = headroom()
        .env("HEADROOM_AUTHOR", author)
        .args(["import", desk.path(), &file.display().to_string()])
        .status()
        .unwrap();
    assert!(done.success());
}

fn undo_title(window: &Window) -> String {
    let title = window.js("return document.querySelector('[data-testid=undo]').title");
    title.as_str().unwrap_or_default().to_owned()
}

#[test]
fn palette_enter_undoes_nothing_and_foreign_steps_are_confirmed() {
    let desk = Desk::new();
    import_by(&desk, "Ben", "teams.csv", "id,name\nport,Port\n");
    let window = Window::on_plan(desk.path());
    window.go("#/organisation");
    window.wait_text("[data-testid=team-list], main", "Port");
    assert!(undo_title(&window).ends_with("by Ben (Ctrl Z)"), "{}", undo_title(&window));
    window.press("{Ctrl}k");
    window.press("{Enter}");
    assert!(window.has("dialog[open] [data-testid=palette-input]"), "nothing was chosen");
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    // By key and by palette.
    window.press("{Ctrl}z");
    window.wait_text("dialog[open]", "Undo Ben’s change?");
    window.press("{Enter}");
    window.wait_gone("dialog[open]");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "undo");
    window.press("{Enter}");
    window.wait_text("dialog[open]", "Undo Ben’s change?");
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    assert!(window.text("main").contains("Port"));
    window.press("{Ctrl}z");
    window.click("[data-testid=undo-others]");
    window.wait_text("[data-testid=notices]", "Undone: ");
    window.wait("the team to go", |it| (!it.text("main").contains("Port")).then_some(()));
}

#[test]
fn concurrent_edits_of_others_are_not_undone() {
    let desk = Desk::new();
    let window = Window::on_plan(desk.path());
    window.click("[data-testid=add]");
    window.click("[data-testid=add-team]");
    window.type_into("[data-testid=add-name]", "Port");
    window.press("{Enter}");
    window.wait_text("[data-testid=panel]", "Port");
    import_by(&desk, "Ben", "people.csv", "id,name\nben,Ben Okafor\n");
    // If the window has noticed it, Ben's step is kept until someone agrees; if not, one's own step is undone.
    window.press("{Ctrl}z");
    window.wait("a word of either step", |it| {
        let text = format!("{}{}", it.text("dialog[open]"), it.text("[data-testid=notices]"));
        (text.contains("Undo Ben’s change?") || text.contains("Undone: ")).then_some(())
    });
    let history = desk.done(&["history", desk.path()]);
    assert!(!history.contains("undone: Import"), "{history}");
    assert!(desk.done(&["search", desk.path(), "Ben Okafor"]).contains("Ben Okafor"));
}

#[test]
fn plan_opened_by_path_is_among_recent_plans() {
    let desk = Desk::new();
    // Two spellings of a path are one plan.
    let path = format!("{}/./acme.headroom", desk.folder.path().display());
    let window = Window::on_plan(&path);
    window.wait_text("nav", "acme");
    window.go("#/plan");
    window.click("[data-testid=close-plan]");
    let welcome = window.wait_text("main", "Recent");
    assert!(welcome.contains("acme") && welcome.contains(desk.path()), "{welcome}");
    window.click("button.plan");
    window.wait_text("nav", "acme");
    window.go("#/plan");
    window.click("[data-testid=close-plan]");
    window.wait_text("main", "Recent");
    assert_eq!(window.js("return document.querySelectorAll('button.plan').length"), 1);
}

#[test]
fn deleting_returns_to_the_previous_page() {
    let window = Window::on_sample();
    let remove =
        "[...document.querySelectorAll('main button')].find((one) => one.innerText === 'Delete').click()";
    // From a list of findings to a service, and back.
    window.go("#/findings?rule=unowned-service");
    window.click("#findings-0");
    window.click("[data-testid=take-me-there]");
    window.wait_text("[data-testid=service-page] h1", "Geofence");
    window.js(remove);
    window.wait_text("[data-testid=notices]", "Deleted Geofence");
    window.wait("the findings", |it| {
        let hash = it.js("return location.hash");
        hash.as_str().unwrap_or_default().starts_with("#/findings").then_some(())
    });
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=notices]", "Undone");
}

#[test]
fn import_can_be_applied_without_scrolling() {
    for size in [(1280, 900), (1024, 700)] {
        let desk = Desk::new();
        let file = desk.folder.path().join("staff.csv");
        let row = |at: usize| {
            // Invalid dates, whose rows are left out, and invalid salaries: many diagnostics, and many changes.
            let day = if at.is_multiple_of(3) { "soon" } else { "2024-01-08" };
            format!("E{at:03},Person {at},p{at}@acme.example,Engineer,Team {},{day},about 90k", at % 7)
        };
        let rows: Vec<String> = (0..60).map(row).collect();
        let head = "Employee ID,Full Name,Work Email,Job Title,Department,Start Date,Salary";
        fs::write(&file, format!("{head}\n{}\n", rows.join("\n"))).unwrap();
        let start =
            Start { arguments: &[desk.path()], dialog: Some(&file), size: Some(size), ..Start::default() };
        let window = Window::start(&start);
        window.go("#/import");
        window.click("[data-testid=choose-files]");
        window.wait_text("[data-testid=import-apply]", "changes");
        let is_reached = window.js("const button = document.querySelector('[data-testid=import-apply]');\
             const { left, right, top, bottom } = button.getBoundingClientRect();\
             const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);\
             return button === there || button.contains(there)");
        assert_eq!(is_reached, true, "{size:?}");
        let changes = window.text("[data-testid=import-changes]");
        assert!(!changes.contains(['{', '"']) && changes.contains("Person 1"), "{changes}");
    }
}

#[test]
fn right_click_on_a_table_header_does_not_sort() {
    let window = Window::on_sample();
    for (view, table, first) in [
        ("hiring", "[data-testid=sheet]", "#sheet-0-0"),
        ("people", "[data-testid=people-table]", "#people-0"),
    ] {
        window.go(&format!("#/{view}"));
        window.wait(table, |it| it.has(first).then_some(()));
        window.right_click(&format!("{table} .sorter"));
        assert_eq!(window.js("return location.hash"), format!("#/{view}"));
        window.click(&format!("{table} .sorter"));
        window.wait("another order", |it| {
            let hash = it.js("return location.hash");
            hash.as_str().unwrap_or_default().contains("sort=").then_some(())
        });
    }
}

#[test]
fn view_shortcuts_work() {
    let window = Window::on_sample();
    window.wait_text("nav", "Tidewater");
    for (key, view) in [("{Alt}3", "people"), ("{Alt}1", "overview"), ("{Alt}0", "scenarios")] {
        window.press(key);
        window.wait(view, |it| {
            let hash = it.js("return location.hash");
            hash.as_str().unwrap_or_default().starts_with(&format!("#/{view}")).then_some(())
        });
    }
}
