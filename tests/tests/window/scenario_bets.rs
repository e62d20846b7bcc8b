//! A bet in figures: what is expected of a scenario, whether it is kept there and in the plan, the sign-off that the plan
//! asks for, and the finding about what did not come true.

use std::path::Path;

use headroom_tests::window::{Start, Window};

use crate::sample_file::SampleFile;

const FIGURES: &str = "[data-testid=expected-figures]";
const HIRE: &str = "Hire two for Customs";

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/scenario-bets");
    window.screenshot(&folder.join(name));
}

fn choose(window: &Window, testid: &str, value: &str) {
    window.js(&format!(
        "const field = document.querySelector('[data-testid={testid}]'); field.value = '{value}';\
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}

/// The position that is planned for Customs in the scenario.
const HIRES: &str = "id,title,team,status,start,pay\nCUS-91,Engineer,customs,open,2027-03-01,70000 EUR\n\
                     CUS-92,Engineer,customs,open,2027-03-01,70000 EUR\n";

#[test]
fn a_figure_is_expected_and_a_merge_that_costs_more_is_signed_off() {
    let sample = SampleFile::new();
    let desk = &sample.desk;
    desk.done(&["scenario", desk.path(), "new", HIRE]);
    let file = desk.file("positions.csv", HIRES);
    desk.done(&["import", desk.path(), file.to_str().unwrap(), "--format", "csv", "--scenario", HIRE]);
    let start = Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() };
    let window = Window::start(&start);
    window.wait_text("[data-testid=tile-headcount]", "Headcount");
    let shown = desk.json(&["scenario", desk.path(), "show", HIRE, "--json"]);
    let id = shown["scenario"]["id"].as_u64().unwrap();
    window.go(&format!("#/scenario?id={id}"));
    window.wait_text("[data-testid=scenario-page]", "Expected figures");
    picture(&window, "1-none.png");

    // By key: more people on Customs.
    window.click("[data-testid=expect-figure]");
    window.wait("the dialog", |it| it.has("dialog[open] option[value=headcount]").then_some(()));
    window.click("[data-testid=expect-done]");
    window.wait_text("dialog[open]", "Say by which day");
    choose(&window, "expected-figure", "headcount");
    window.type_into("[data-testid=expected-scope]", "Customs");
    window.wait_text("dialog[open]", "Customs");
    window.press("{Enter}");
    window.type_into("[data-testid=expected-value]", "9");
    window.type_into("[data-testid=expected-by]", "2027-06-01");
    window.press("{Tab}");
    picture(&window, "2-expect.png");
    window.click("[data-testid=expect-done]");
    window.wait_gone("dialog[open]");
    let row = window.wait_text(FIGURES, "Headcount of Customs");
    assert!(row.contains("at least 9") && row.contains("1 Jun 2027"), "{row}");
    picture(&window, "3-figures.png");

    // Where the plan asks for it, a merge that costs more is signed off.
    window.go("#/plan");
    window.click("[data-testid=sign-off-costGrows]");
    window.wait_text("[data-testid=notices], body", "Sign-off");
    picture(&window, "4-policy.png");
    window.go(&format!("#/scenario?id={id}"));
    window.click("[data-testid=page-merge]");
    window.wait_text("[data-testid=merge-sign-off]", "the plan costs more over the next 12 months");
    window.wait_text("dialog[open]", "Say who has signed it off");
    picture(&window, "5-unsigned.png");
    window.type_into("[data-testid=signed-off-by]", "Clara Haddad");
    window.wait_text("dialog[open] [data-testid=settle]", "Merge scenario");
    // The dialog grows once more when its effect is known.
    window.wait("the effect", |it| (!it.text("dialog[open] [data-testid=effect]").is_empty()).then_some(()));
    picture(&window, "6-signed.png");
    window.click("dialog[open] [data-testid=settle]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=scenario-page]", "signed off by Clara Haddad");
    picture(&window, "7-merged.png");
    let history = desk.done(&["history", desk.path(), "-n", "1"]);
    assert!(history.contains("signed off by Clara Haddad"), "{history}");

    // Nobody was hired: once the day has passed, that is a finding.
    let findings =
        |day: &str| desk.done(&["findings", desk.path(), "--rule", "expected-figure-missed", "--as-of", day]);
    assert!(!findings("2027-06-01").contains("expected headcount"));
    let missed = findings("2027-06-02");
    assert!(missed.contains("expected headcount of Customs at least 9 by 1 Jun 2027"), "{missed}");
}
