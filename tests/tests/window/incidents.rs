//! Incidents in the window: actions that follow their service, times to repair, and a review written and taken back.

use std::path::{Path, PathBuf};

use headroom_model::{Action, Incident};
use headroom_store::Store;
use headroom_tests::{
    now,
    window::{Start, Window},
};

use crate::sample_file::SampleFile;

fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots").join(name)
}

fn opened(sample: &SampleFile, address: &str) -> Window {
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1280, 800)),
        ..Start::default()
    });
    window.go(&sample.address(address));
    window
}

#[test]
fn actions_follow_their_service_and_undo_takes_them_back() {
    let sample = SampleFile::new();
    let window = opened(&sample, "#/incidents?part=actions");
    window.wait_text("[data-testid=actions-table]", "Came from Booking");
    window.screenshot(&picture("incidents-0-actions.png"));
    window.go(&sample.address("#/action?id={action:harbor-locks/queue}"));
    window.wait_text("[data-testid=action-owner]", "Booking");
    window.go(&sample.address("#/service?id={service:booking-api}"));
    window.wait_text("[data-testid=service-page]", "Booking API");
    window.click("[data-testid=assign-one]");
    window.choose("[data-testid=owner-picker]", "Payments");
    window.wait_text("[data-testid=coming-along]", "1 open action comes along");
    window.wait_text("[data-testid=coming-along]", "Keep bookings in a queue");
    window.screenshot(&picture("incidents-1-handover.png"));
    window.click("[data-testid=assign-done]");
    window.wait_gone("dialog[open]");
    window.go(&sample.address("#/action?id={action:harbor-locks/queue}"));
    let page = window.wait_text("[data-testid=action-page]", "Came from Booking");
    assert!(page.contains("Give it to Payments"), "{page}");
    window.screenshot(&picture("incidents-2-action.png"));
    // The day before, it was still theirs.
    window.js("document.getElementById('date-slider').focus()");
    window.press("{Left}");
    window.wait_text("[data-testid=action-owner]", "Booking");
    window.press("{Right}");
    window.wait_text("[data-testid=action-owner]", "Payments");
    window.click("[data-testid=action-give]");
    window.wait("nothing to be lost", |it| {
        (!it.text("[data-testid=action-page]").contains("Came from")).then_some(())
    });
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=action-page]", "Came from Booking");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=action-owner]", "Booking");
}

#[test]
fn a_review_is_written_from_the_template_and_an_action_added() {
    let sample = SampleFile::new();
    let window = opened(&sample, "#/incidents");
    window.wait_text("[data-testid=incidents-table]", "Bookings time out");
    window.screenshot(&picture("incidents-3-list.png"));
    window.go("#/incidents?part=times&by=team");
    window.wait_text("main", "from when it was detected until it worked again");
    window.screenshot(&picture("incidents-4-times.png"));
    window.go(&sample.address("#/incident?id={incident:booking-timeouts}"));
    window.wait_text("[data-testid=incident-page]", "No review yet");
    window.click("[data-testid=review-write]");
    window.type_into("[data-testid=review-text]", "## Summary\n\nBookings timed out for an hour.");
    window.click("[data-testid=review-save]");
    window.wait_text("[data-testid=review-shown]", "Bookings timed out for an hour");
    window.type_into("[data-testid=action-title]", "Raise the limit of connections");
    window.click("[data-testid=action-add]");
    window.wait_text("[data-testid=incident-page] .actions", "Raise the limit of connections");
    window.wait_text("[data-testid=incident-page] .actions", "Booking");
    window.screenshot(&picture("incidents-5-page.png"));
    let store = Store::open(sample.desk.path().as_ref(), now()).unwrap();
    let plan = store.plan();
    let incident = plan.get::<Incident>(plan.find::<Incident>("booking-timeouts").unwrap()).unwrap();
    assert!(incident.review.contains("Bookings timed out for an hour") && incident.reviewed.is_some());
    let added = plan
        .actions
        .iter()
        .find(|action: &&Action| action.title == "Raise the limit of connections")
        .unwrap();
    assert_eq!((added.incident, added.opened.is_some()), (Some(incident.id), true));
    window.press("{Ctrl}z");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=incident-page]", "No review yet");
}
