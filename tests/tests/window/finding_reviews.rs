//! Findings are dealt with: accepted, snoozed, assigned, commented, alone and with all of one cause, by mouse, key, menu and
//! palette.

use std::path::Path;

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/findings");
    window.screenshot(&folder.join(name));
}

/// A plan with services of a catalog whose owners nobody has confirmed.
fn imported(services: usize) -> Desk {
    let desk = Desk::new();
    let mut catalog = String::from(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: payments}\nspec: {type: team, children: []}\n",
    );
    for at in 0..services {
        catalog.push_str(&format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: service-{at}}}\n\
             spec: {{type: service, owner: payments, lifecycle: production}}\n"
        ));
    }
    let file = desk.file("catalog-info.yaml", catalog);
    desk.import(&[&file], &[]);
    desk
}

fn open(desk: &Desk, size: (u32, u32)) -> Window {
    let window = Window::start(&Start { arguments: &[desk.path()], size: Some(size), ..Start::default() });
    window.wait("the frame", |it| it.has("[data-testid=read-out]").then_some(()));
    window
}

fn fill(window: &Window, reason: &str) {
    window.wait("what is chosen", |it| it.has("[data-testid=chosen-findings] li").then_some(()));
    window.type_into("[data-testid=review-reason]", reason);
}

fn text_of(window: &Window, id: &str) -> String {
    window.text(&format!("[data-testid={id}]"))
}

#[test]
fn a_finding_is_accepted_shown_and_taken_back() {
    let window = Window::on_sample();
    window.go("#/findings?rule=unowned-service");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    let before = text_of(&window, "read-out");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    window.click("[data-testid=review-accept]");
    fill(&window, "Retired in spring");
    window.click("dialog[open] .until > button");
    window.wait_text("[data-testid=review-end]", "Open again on");
    picture(&window, "accept-light.png");
    window.click("[data-testid=review-apply]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=decision]", "Accepted until");
    window.wait_text("[data-testid=decision]", "Retired in spring");
    window.wait("the count", |it| (text_of(it, "read-out") != before).then_some(()));
    window.wait_text("[data-testid=status-accepted]", "1");
    assert!(!window.text("[data-testid=findings-table]").contains("Geofence has no owner"));
    picture(&window, "accepted-light.png");

    // Among the accepted ones, and on the pages that speak of it.
    window.click("[data-testid=status-accepted]");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    window.go("#/overview");
    window.wait_text("[data-testid=decided]", "1 accepted");
    picture(&window, "overview-light.png");
    window.go("#/findings?rule=unowned-service&status=accepted");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    window.click("#findings-0");
    window.wait_text("[data-testid=decision]", "Accepted until");
    window.click("[data-testid=take-me-there]");
    window.wait_text("[data-testid=service-page]", "1 accepted");
    picture(&window, "service-light.png");

    // Open again after its last day, and taken back by undo.
    window.go("#/findings?rule=unowned-service&day=2027-06-01");
    window.wait_text("[data-testid=findings-table]", "Open again");
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Accepted");
    window.go("#/findings?rule=unowned-service");
    window.wait("nothing decided", |it| (!it.has("[data-testid=status-accepted]")).then_some(()));
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
}

#[test]
fn a_finding_is_assigned_and_discussed_by_key_menu_and_palette() {
    let window = Window::on_sample();
    window.go("#/findings?rule=unowned-service");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    window.press("{Alt}d");
    window.wait("the dialog", |it| it.has("[data-testid=review-assignee]").then_some(()));
    window.choose("[data-testid=review-assignee]", "Omar Wong");
    window.wait_text("dialog[open]", "to Omar Wong");
    window.click("[data-testid=review-apply]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=decision]", "Assigned to Omar Wong");

    window.right_click("#findings-0");
    window.wait_text("[data-testid=context-menu]", "Comment on finding…");
    picture(&window, "menu-light.png");
    window.press("{Esc}");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "comment on");
    window.wait_text("[data-testid=palette-list]", "Comment on finding…");
    window.press("{Enter}");
    fill(&window, "asked the fleet team");
    window.click("[data-testid=review-apply]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=decision]", "asked the fleet team");
    picture(&window, "commented-light.png");
    window.click("[data-testid=by-assignee]");
    window.wait_text("nav[aria-label=Assignees]", "Omar Wong");
    assert!(window.text("[data-testid=findings-table]").contains("Omar Wong"));
}

#[test]
fn all_findings_of_one_cause_are_one_line_and_one_step() {
    let desk = imported(300);
    let window = open(&desk, (1024, 700));
    window.go("#/findings?rule=ownership-unconfirmed");
    window.wait_text("#findings-0", "Imported from backstage");
    assert_eq!(window.js("return document.querySelector('[data-testid=findings-table]').ariaRowCount"), "2");
    picture(&window, "cause-1024.png");
    // It opens by the keyboard, and folds again.
    window.js("document.querySelector('[data-testid=findings-table]').focus()");
    window.press("{Down}{Right}");
    window.wait_text("#findings-1", "never confirmed");
    picture(&window, "cause-opened-1024.png");
    window.press("{Left}");
    window.wait_gone("#findings-1");
    window.wait_text("[data-testid=review-menu]", "300 selected");
    window.click("[data-testid=review-menu]");
    picture(&window, "selected-1024.png");
    window.click("[data-testid=selected-snooze]");
    window.wait_text("[data-testid=chosen-findings]", "and 295 more");
    window.click("dialog[open] .until > button");
    picture(&window, "snooze-1024.png");
    window.click("[data-testid=review-apply]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=status-snoozed]", "300");
    window.wait_text("[data-testid=findings-table]", "No findings match the filters (300 snoozed in all).");
    picture(&window, "empty-1024.png");
    let found = desk.json(&["findings", desk.path(), "--rule", "ownership-unconfirmed", "--format", "json"]);
    assert_eq!((&found["snoozed"], &found["open"]), (&300.into(), &0.into()));
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Snoozed 300 findings");
    window.wait_text("#findings-0", "Imported from backstage");
}

#[test]
fn what_was_decided_is_legible_in_the_dark_and_the_small() {
    let window =
        Window::start(&Start { arguments: &["--sample"], size: Some((1024, 700)), ..Start::default() });
    window.go("#/findings?rule=unowned-service");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "switch between");
    window.press("{Enter}");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    picture(&window, "panel-dark-1024.png");
    window.press("{Alt}s");
    fill(&window, "After the move to the new cluster");
    window.click("dialog[open] .until > button");
    picture(&window, "snooze-dark-1024.png");
    window.click("[data-testid=review-apply]");
    window.wait_text("[data-testid=decision]", "Snoozed until");
    picture(&window, "snoozed-dark-1024.png");
}
