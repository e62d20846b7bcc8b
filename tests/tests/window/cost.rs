//! The Cost view: a month of bills at a glance, the rule that is missing made there, and a team's own page.

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

use crate::accessibility::violations;

/// A cluster of two teams, one of which has ended, with something that is nobody's.
fn plan() -> Desk {
    let desk = Desk::new();
    desk.import_csv(&[
        (
            "teams.csv",
            "id,name,until\npay,Payments,\nsearch,Search,\ncore,Core Platform,\nold,Old Guard,2026-08-31\n",
        ),
        ("services.csv", "id,name\ntill,Till\nledger,Ledger\nindex,Index\nbus,Event bus\n"),
        (
            "ownership.csv",
            "service,owner,owner_kind\ntill,pay,team\nledger,pay,team\nindex,search,team\nbus,core,team\n",
        ),
        (
            "dependencies.csv",
            "service,depends_on,cost_weight\ntill,ledger,\nledger,bus,3\nindex,bus,1\nbus,ledger,1\n",
        ),
        ("cost_shares.csv", "service,segment,weight\ntill,Shippers,3\ntill,Carriers,1\nindex,Shippers,1\n"),
    ]);
    let mut rows = "start,end,namespace,label:team,label:app,totalCost\n".to_owned();
    for (month, next, factor) in
        [("2026-08", "2026-09", 10), ("2026-09", "2026-10", 11), ("2026-10", "2026-11", 12)]
    {
        for (namespace, team, app, amount) in [
            ("till-prod", "pay", "till", 420),
            ("ledger-prod", "pay", "ledger", 260),
            ("index-prod", "search", "index", 310),
            ("bus-prod", "core", "bus", 180),
            ("guard", "old", "", 70),
            ("legacy-cron", "", "", 150),
            ("__idle__", "", "", 200),
            ("__unallocated__", "", "", 60),
        ] {
            let amount = amount * factor;
            rows +=
                &format!("{month}-01T00:00:00Z,{next}-01T00:00:00Z,{namespace},{team},{app},{amount}.37\n");
        }
    }
    desk.import(&[&desk.file("allocation.csv", rows)], &["--currency", "EUR"]);
    desk
}

#[test]
fn a_month_is_seen_at_a_glance_and_a_rule_made() {
    let desk = plan();
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1180, 820)), ..Start::default() });
    window.wait_text("nav", "acme");
    window.go("#/cost?day=2026-11-27");
    let page = window.wait_text("[data-testid=cost-page]", "October 2026");
    assert!(page.contains("Payments") && page.contains("ended on 31 Aug 2026"), "{page}");
    window.wait_text("[data-testid=chargeback-receivers]", "Shippers");
    window.pictures("cost", "month");
    assert_eq!(violations(&window), Vec::<String>::new());

    window.click("button[aria-label='Make a rule for namespace legacy-cron']");
    window.wait("the form of a rule", |window| window.has("[data-testid=cost-rule-value]").then_some(()));
    window.pictures("cost", "rule");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.js("document.querySelector('dialog').close()");

    window.go("#/cost?by=service&day=2026-11-27");
    window.wait_text("[data-testid=cost-table]", "Event bus");
    window.go("#/cost?month=2026-09-01&day=2026-11-27");
    window.wait_text("[data-testid=cost-page]", "September 2026");

    window.js("[...document.querySelectorAll('[data-testid=cost-table] a')].find((a) => a.textContent === 'Payments').click()");
    let showback = window.wait_text("[data-testid=showback]", "Payments: cost of September 2026");
    assert!(showback.contains("Till") && showback.contains("Pays in the end"), "{showback}");
    window.pictures("cost", "showback");
    assert_eq!(violations(&window), Vec::<String>::new());
}

#[test]
fn an_empty_view_says_which_file_to_import() {
    let desk = Desk::new();
    desk.import_csv(&[("teams.csv", "id,name\npay,Payments\n")]);
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");
    window.go("#/cost");
    let empty = window.wait_text(".empty", "No bills yet");
    assert!(empty.contains("FOCUS") && empty.contains("OpenCost"), "{empty}");
}
