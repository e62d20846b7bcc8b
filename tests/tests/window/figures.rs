//! The figures of the sample: metrics, what a hire waits for, and what is found in them.

use headroom_tests::window::{Start, Window};

use crate::{accessibility::violations, sample_file::SampleFile};

const GATE: &str = "[data-testid=gate-state]";

fn on_sample() -> (SampleFile, Window) {
    let sample = SampleFile::new();
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1280, 900)),
        ..Start::default()
    });
    (sample, window)
}

#[test]
fn metrics_of_the_sample_are_shown_by_segment() {
    let (sample, window) = on_sample();
    window.go("#/metrics");
    window.wait("the metrics", |it| it.has("#metrics-3").then_some(()));
    window.pictures("figures", "metrics");
    window.go("#/metrics?text=payback");
    window.wait_text("#metrics-1", "Shippers");
    let carriers = window.text("#metrics-0");
    assert!(carriers.contains("Carriers") && carriers.contains("23.43 months"), "{carriers}");
    let shippers = window.text("#metrics-1");
    assert!(shippers.contains("11 months") && shippers.contains("Oct 2026"), "{shippers}");

    let of_shippers = "&of=[null,null,\"Shippers\",\"\",\"\"]";
    window.go(&(sample.address("#/metric?id={metric:payback}") + of_shippers));
    let page = window.wait_text("[data-testid=metric-page]", "Shippers");
    assert!(page.contains("cac / (arpa * last(margin))"), "{page}");
    window.wait_text("[data-testid=metric-objectives]", "Payback (Shippers) < 12 months, 2 months running");
    window.wait_text("[data-testid=metric-figures]", "11.53 months");
    window.pictures("figures", "payback");
    assert_eq!(violations(&window), Vec::<String>::new());
}

#[test]
fn hires_of_the_sample_wait_for_figures() {
    let (sample, window) = on_sample();
    for (key, stands) in [("NH-002", "Met since 4 Nov 2026"), ("NH-006", "Lapsed"), ("NH-007", "Not met")] {
        window.go(&sample.address(&format!("#/position?id={{position:{key}}}")));
        window.wait_text(GATE, stands);
        window.pictures("figures", &format!("gate-{key}"));
        assert_eq!(window.text("main").contains("if it is not met by then"), key == "NH-002", "{key}");
    }
    window.go("#/hiring?text=HC");
    window.wait("the grid", |it| it.has("#sheet-0-0").then_some(()));
    window.click_in_toolbar("[data-testid=columns]");
    window.click("[data-testid=column-gate]");
    window.press("{Esc}");
    window.js("document.querySelector('[data-testid=sheet]').scrollLeft = 1e6");
    window.wait_text("[data-testid=sheet]", "met since 4 Nov 2026");
    window.pictures("figures", "hiring");
    window.go("#/hiring?part=money");
    window.wait("the budgets", |it| it.has("[data-testid=budgets] li").then_some(()));
    window.pictures("figures", "budget");
    window.go("#/overview");
    window.wait("the findings", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window.pictures("figures", "overview");
}

#[test]
fn a_hire_that_does_not_pay_is_made_to_wait() {
    let (_sample, window) = on_sample();
    window.go("#/findings?rule=growth-position-before-payback");
    window.click("#findings-0");
    let finding = window.wait_text("[data-testid=finding]", "Why it matters");
    assert!(finding.contains("payback of Carriers is 22.55 months"), "{finding}");
    window.pictures("figures", "does-not-pay");
    window.click("[data-testid=remedy-0]");
    window.wait_text("[data-testid=effect]", "Resolves 1 finding");
    window.pictures("figures", "remedy");
    window.go("#/findings?rule=volume-does-not-pay");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "new customers did not: 12 after 13");
    window.pictures("figures", "volume");
    assert_eq!(violations(&window), Vec::<String>::new());
}
