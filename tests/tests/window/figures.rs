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

/// The words of a row of a table, without line breaks.
fn row(window: &Window, selector: &str) -> String {
    window.text(selector).replace('\n', " ")
}

#[test]
fn segments_of_the_sample_stand_side_by_side() {
    let (sample, folder) = (SampleFile::new(), tempfile::tempdir().unwrap());
    let written = folder.path().join("economics.csv");
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        dialog: Some(&written),
        size: Some((1280, 900)),
        ..Start::default()
    });
    window.go("#/metrics");
    window.click("[data-testid=part-economics]");
    window.wait("the table", |it| it.has("#economics-segment-3").then_some(()));
    let heads = row(&window, "[data-testid=economics-segment-table] .table-head");
    assert!(
        heads.contains("Carriers") && heads.contains("Shippers") && heads.contains("All segments"),
        "{heads}"
    );
    window.pictures("figures", "economics");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Filtered by name; met and not met as the metric page has it. Margins of two segments are none of both.
    window.go("#/metrics?part=economics&text=payback&by=none");
    window.wait_text("#economics-segment-0", "23.43 months");
    let payback = row(&window, "#economics-segment-0");
    assert!(payback.contains("not met") && payback.contains("11 months"), "{payback}");
    assert!(payback.contains("rates do not add up"), "{payback}");
    window.pictures("figures", "economics-payback");
    window.go("#/metrics?part=economics&where.objectives=%3Dnot-met");
    window.wait_text("[data-testid=economics-segment-count]", "1 metric");

    // What is shown is written, as numbers where it is a number.
    window.click("[data-testid=table-more]");
    window.click("[data-testid=table-csv]");
    window.wait("the file", |_| written.is_file().then_some(()));
    let text = std::fs::read_to_string(&written).unwrap();
    assert!(text.contains("Metric,Carriers,Shippers,All segments"), "{text}");
    assert!(text.contains("Payback,23.4") && text.contains("rates do not add up"), "{text}");

    // Another month has other figures, and objectives are not about it.
    window.go("#/metrics?part=economics&text=payback&by=none");
    window.wait_text("#economics-segment-0", "23.43 months");
    window.js("const of = document.querySelector('[data-testid=economics-month]'); of.selectedIndex = 1; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait("September", |it| (!it.text("#economics-segment-0").contains("23.43")).then_some(()));
    assert!(window.js("return location.hash").as_str().unwrap().contains("month=2026-09-01"));
    assert!(!row(&window, "#economics-segment-0").contains("met"));

    // By the keyboard to the row and to the page of the metric; by mouse to that of a segment.
    window.js("document.querySelector('[data-testid=economics-segment-table]').focus()");
    window.press("{Down}{Enter}");
    window.wait_text("[data-testid=metric-page] h1", "Payback");
    window.go("#/metrics?part=economics&text=payback&by=none");
    window.wait_text("#economics-segment-0", "11 months");
    window.click("#economics-segment-0 a[aria-label^='Payback of Shippers']");
    window.wait_text("[data-testid=metric-figures]", "11.53 months");
    assert_eq!(
        window.js("return document.querySelector('[data-testid=metric-scope]').selectedOptions[0].text"),
        "Shippers"
    );
}

#[test]
fn mrr_of_the_sample_moves_step_by_step() {
    let (_sample, window) = on_sample();
    window.go("#/metrics?part=mrr");
    let step = |id: &str| row(&window, &format!("[data-testid=mrr-figures] [data-step={id}]"));
    window.wait_text("[data-testid=mrr-figures]", "€601 810");
    assert_eq!(step("opening").split_whitespace().collect::<String>(), "OpeningMRR€93140€499780€592920");
    assert_eq!(step("churned-mrr").split_whitespace().collect::<String>(), "ChurnedMRR−€3000−€5880−€8880");
    window.wait_text("[data-testid=mrr-chart] h3", "MRR of all segments, Oct 2026");
    window.pictures("figures", "mrr");
    assert_eq!(violations(&window), Vec::<String>::new());

    // What carriers do not explain in September is a bar of its own.
    window.js("const of = document.querySelector('[data-testid=mrr-scope]'); of.value = 'of-Carriers'; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait_text("[data-testid=mrr-chart] h3", "MRR of Carriers");
    window.js("const of = document.querySelector('[data-testid=mrr-months]'); of.value = '12'; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait_text("[data-testid=mrr-chart] h3", "MRR of Carriers, Nov 2025 to Oct 2026");
    assert!(step("not-explained").contains("+€420"), "{}", step("not-explained"));
    window.pictures("figures", "mrr-year");
    // With the keys from bar to bar: each is said, and leads to its metric.
    window.js("document.querySelector('[data-testid=mrr-chart] [role=slider]').focus()");
    window.press("{Right}{Right}");
    let said = "return document.querySelector('[data-testid=mrr-chart] [role=slider]').ariaValueText";
    assert_eq!(window.js(said), "New MRR: Amount +€21 310");
    window.press("{End}{Left}");
    assert_eq!(window.js(said), "Not explained: Amount +€420");
    window.pictures("figures", "mrr-pointed-at");
    window.press("{Home}{Right}{Enter}");
    window.wait_text("[data-testid=metric-page] h1", "New MRR");
    assert_eq!(
        window.js("return document.querySelector('[data-testid=metric-scope]').selectedOptions[0].text"),
        "Carriers"
    );

    window.go("#/metrics?part=mrr&of=of-Shippers&months=3");
    window.wait_text("[data-testid=mrr-chart] h3", "MRR of Shippers, Aug 2026 to Oct 2026");
    window.click("[data-testid=mrr-chart-as-table]");
    window.wait_text("[data-testid=mrr-chart] table", "Not explained");
    assert_eq!(violations(&window), Vec::<String>::new());
}

#[test]
fn hires_are_marked_below_the_chart_of_a_metric() {
    let (sample, window) = on_sample();
    window.go(&(sample.address("#/metric?id={metric:mrr}") + "&of=[null,null,\"Shippers\",\"\",\"\"]"));
    window.wait("the marks", |it| it.has("[data-testid=metric-chart-happenings]").then_some(()));
    window.pictures("figures", "hires");
    let hired = window.text("[data-testid=metric-figures] .hires a");
    assert!(!hired.is_empty());
    // Pointed at by the keys, the month says who joined.
    window.js("document.querySelector('[data-testid=metric-chart] [role=slider]').focus()");
    let names = (0..12).find_map(|_| {
        window.press("{Right}");
        let text = window.text("[data-testid=metric-chart-happenings]");
        (!text.contains('–')).then_some(text)
    });
    let names = names.expect("a month in which somebody joined");
    let said =
        window.js("return document.querySelector('[data-testid=metric-chart] [role=slider]').ariaValueText");
    assert!(said.as_str().unwrap().contains("Hires: "), "{said}, {names}");
    window.pictures("figures", "hires-pointed-at");
    window.click("[data-testid=metric-chart-as-table]");
    window.wait_text("[data-testid=metric-chart] table", "Hires");
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
