//! Capacity and simulation.

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

fn picture(window: &Window, name: &str) {
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&std::path::Path::new(&folder).join(name));
    }
}

#[test]
fn simulation_shows_percentiles_and_can_be_cancelled() {
    let window = Window::on_sample();
    window.go("#/hiring?part=capacity&months=24");
    window.wait_text("[data-testid=capacity-summary]", "Capacity this month");
    window.wait_text("[data-testid=team-months]", "Data Platform");
    picture(&window, "capacity-months.png");
    window.click("[data-testid=of-oncall]");
    window
        .wait("a team that cannot be on call", |it| it.has("[data-testid=team-months] .wrong").then_some(()));
    picture(&window, "capacity-on-call.png");

    window.click("[data-testid=capacity-chance]");
    window.click("[data-testid=simulate]");
    let words = window.wait_text("[data-testid=runs-done]", "10 000 runs · seed 1");
    assert!(!words.contains("Simulate again"), "{words}");
    picture(&window, "capacity-fan.png");
    window.click("[data-testid=fan-headcount-as-table]");
    window.wait_text("[data-testid=fan-headcount]", "P10 – P90");
    let rows = window.js("return document.querySelectorAll('[data-testid=fan-headcount] tbody tr').length");
    assert_eq!(rows, 24);
    let table = window.text("[data-testid=fan-headcount]");
    // The same seed gives the same result.
    window.click("[data-testid=simulate]");
    window.wait("the button to be back", |it| it.has("[data-testid=simulate]:not(:disabled)").then_some(()));
    assert_eq!(window.text("[data-testid=fan-headcount]"), table);

    window.go("#/hiring?part=capacity&show=chance&months=120&runs=200000&seed=7");
    window.wait_text("[data-testid=runs-done]", "Simulate again");
    window.click("[data-testid=simulate]");
    window.wait_text("[data-testid=runs-progress]", "of 200 000 runs");
    window.wait("some runs to be done", |it| {
        (!it.text("[data-testid=runs-progress]").starts_with("0 ")).then_some(())
    });
    picture(&window, "capacity-running.png");
    // The page remains usable while it runs.
    window.click("[data-testid=cancel-runs]");
    window.wait_text("[data-testid=runs-cancelled]", "Cancelled");
    assert!(
        window.text("[data-testid=runs-done]").contains("10 000 runs · seed 1"),
        "the former answer stays"
    );
}

#[test]
fn funnel_layers_and_capacity_export() {
    let desk = Desk::new();
    let window = Window::on_plan(desk.path());
    window.go("#/hiring?part=capacity");
    window.wait_text("main", "No people or planned hires in these months");
    window.go("#/hiring?part=capacity&show=recruiting");
    window.wait_text("main", "No hires planned");
    window.go("#/hiring?part=capacity&show=layers");
    window.wait_text("main", "No reporting lines on");
    drop(window);

    let out = desk.folder.path().join("capacity.csv");
    let window = Window::start(&Start { arguments: &["--sample"], dialog: Some(&out), ..Start::default() });
    window.go("#/hiring?part=capacity");
    window.click("[data-testid=save-capacity]");
    let text =
        window.wait("the file", |_| std::fs::read_to_string(&out).ok().filter(|text| text.len() > 100));
    assert!(text.starts_with("team,name,month,headcount,capacity"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("data-platform,Data Platform,")));
}
