//! From the board pack as it is mailed to a hire that cannot be productive in time: imported, looked at, asked for, and
//! waited for, by mouse and by keyboard.

use headroom_model::Position;
use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::accessibility::violations;

/// Payback of Shippers: 14.9, 14.5, 13.8 and 13.4 months. Carriers never pay.
const PACK: &str = "\"Acme – board pack, December 2026 (unaudited)\"\n\n\
    Metric,Segment,Unit,Sep-26,Oct-26,Nov-26,Dec-26,YTD\n\
    MRR,Shippers,€ k,50,50,50,50,\nMRR,Carriers,€ k,20,20,20,20,\nMRR,Total,€ k,70,70,70,71,\n\
    Customers,Shippers,#,100,100,100,100,\nCustomers,Carriers,#,40,40,40,40,\n\
    New customers,Shippers,#,10,10,10,10,\nNew customers,Carriers,#,2,2,n/a,2,\n\
    S&M spend,Shippers,€,\"59,600\",\"58,000\",\"55,200\",\"53,600\",\nS&M spend,Carriers,€,\"30,000\",\"31,000\",n/a,\"30,500\",\n\
    Gross margin,Shippers,%,80%,80%,80%,80%,\nGross margin,Carriers,%,70%,70%,n/a,70%,\n";

/// Need by 1 October, 120 days of ramp-up, 58 to fill, 30 of notice: to be opened by 7 March.
fn plan() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nshippers,Shippers\n");
    desk.file("csv/people.csv", "id,name,email\nada,Ada Okafor,\nbo,Bo Lind,\n");
    desk.file("csv/memberships.csv", "person,team,role\nada,shippers,lead\nbo,shippers,\n");
    desk.file("csv/services.csv", "id,name,tier\nquotes,Quotes,1\n");
    desk.file("csv/ownership.csv", "service,owner,role\nquotes,shippers,owner\n");
    desk.file("csv/assumptions.csv", "kind,value\nramp-time,120\ntime-to-fill,58\nnotice,30\n");
    desk.file(
        "csv/positions.csv",
        "id,title,team,need_by,status\nHC2027-NH-002,Sales engineer,shippers,2027-10-01,approved\n",
    );
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

#[test]
fn a_mailed_pack_says_that_a_hire_cannot_be_productive_in_time() {
    let desk = plan();
    let pack = desk.file("mail/board-pack.csv", PACK);
    let position =
        Store::open(&desk.plan, now()).unwrap().plan().find::<Position>("HC2027-NH-002").unwrap().0;
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog: Some(&pack),
        size: Some((1280, 800)),
        today: "2027-01-15".parse().ok(),
    });
    window.wait_text("nav", "acme");
    window.go("#/metrics?day=2027-01-15");
    let empty = window.wait_text("main", "No figures were imported yet");
    assert!(empty.contains("Headcount"), "{empty}");
    window.pictures("board-pack", "empty");

    // As it was mailed.
    window.go("#/import");
    window.click("[data-testid=choose-files]");
    window.wait_text("[data-testid=import-problems]", "Total 71000 is not the sum of its 2 parts, 70000");
    window.pictures("board-pack", "import");
    // Once it is said, nothing is presumed.
    window.js("const mark = document.querySelector('[data-testid=import-decimal]'); mark.value = 'point'; \
         mark.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait("one warning left", |it| {
        (!it.text("[data-testid=import-problems]").contains("separator of thousands")).then_some(())
    });
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");

    window.go("#/metrics?day=2027-01-15&text=payback");
    window.wait_text("main", "13.4 months");
    window.pictures("board-pack", "metrics");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.js("[...document.querySelectorAll('[role=row] a')].find((it) => it.innerText.includes('Payback')).click()");
    window.wait_text("[data-testid=metric-page]", "cac / (arpa * last(margin))");
    window.js("const of = document.querySelector('[data-testid=metric-scope]'); \
         of.value = [...of.options].find((it) => it.text === 'Shippers').value; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait_text("[data-testid=metric-figures]", "14.9 months");
    window.pictures("board-pack", "metric");
    assert_eq!(violations(&window), Vec::<String>::new());

    // The hire is to wait for it; typed, with the keys alone.
    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    window.wait_text("main", "Waits for");
    window.js("document.querySelector('[data-testid=set-gate]').focus()");
    window.press("{Enter}");
    window.wait("the metrics", |it| it.has("[data-testid=objective-metric] option").then_some(()));
    window.js("const metric = document.querySelector('[data-testid=objective-metric]'); \
         metric.value = [...metric.options].find((it) => it.text === 'Payback (Shippers)').value; \
         metric.dispatchEvent(new Event('change', {bubbles: true}))");
    window.type_into("[data-testid=objective-value]", "12");
    window.js("document.querySelector('[data-testid=objective-periods]').select()");
    window.type_into("[data-testid=objective-periods]", "2");
    window.pictures("board-pack", "objective");
    window.press("{Enter}");
    window.wait_text("#set-gate", "Payback (Shippers) < 12 months, 2 months running");
    window.pictures("board-pack", "gate");
    window.click("[data-testid=gate-done]");
    window.wait_gone("dialog[open]");
    let stands = window.wait_text("[data-testid=gate-state]", "Not met");
    assert_eq!(stands, "Not met · 6 Mar 2027 at the earliest · 6 May 2027 at this trend");
    let hires = window.text("[data-testid=gate-openings]");
    assert!(hires.contains("30 Nov 2027") && hires.contains("60 days late"), "{hires}");
    let delays = window.wait_text("[data-testid=gate-delays]", "At this trend");
    assert!(delays.contains("below the minimum size, 60 more days, until 30 Nov 2027"), "{delays}");
    window.pictures("board-pack", "position");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Gaps count on the hire from the earliest day of its gate, and say so.
    window.go("#/hiring?part=gaps&day=2027-01-15");
    let waiting = window.wait_text("[data-testid=waiting-hires]", "1 hire waits for a gate");
    assert!(waiting.contains("starts 3 Jun 2027"), "{waiting}");
    window.pictures("board-pack", "gaps");
    assert_eq!(violations(&window), Vec::<String>::new());

    // And on the page of the metric: who waits for it.
    window.go("#/metrics?day=2027-01-15&text=payback");
    window.wait_text("main", "1 position");
    window.pictures("board-pack", "asked");
    for _ in 0..2 {
        window.press("{Ctrl}z");
    }
    window.wait("nothing asked", |it| (!it.text("main").contains("1 position")).then_some(()));
}
