//! The Playbook: walked through by mouse and by keyboard, of the organisation and of a segment, exported, and on a plan
//! that says nothing yet.

use std::fs;

use headroom_model::Position;
use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::{accessibility::violations, sample_file::SampleFile};

/// Payback of Shippers is 14.9, 14.5, 13.8 and 13.4 months, and is to be under 12 for one more hire.
const PACK: &str = "Metric,Segment,Market,Unit,Sep-26,Oct-26,Nov-26,Dec-26\n\
    MRR,,,€ k,60,64,67,70\nCustomers,,,#,130,134,137,140\nCSAT,,,%,91%,90%,92%,93%\n\
    MRR,Shippers,,€ k,50,50,50,50\nCustomers,Shippers,,#,100,100,100,100\nNew customers,Shippers,,#,10,10,10,10\n\
    S&M spend,Shippers,,€,\"59,600\",\"58,000\",\"55,200\",\"53,600\"\nGross margin,Shippers,,%,80%,80%,80%,80%\n\
    Trials,,Germany,#,40,44,30,52\nLeads,,Germany,#,200,210,190,240\nDeployment frequency,,,#,12,14,9,16\n";

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.today = "2027-01-10".parse().unwrap();
    desk.file("csv/teams.csv", "id,name,segment\nshippers,Shippers,Shippers\ncarriers,Carriers,Carriers\n");
    desk.file("csv/people.csv", "id,name,email\nada,Ada Okafor,\nbo,Bo Lind,\ncy,Cy Ito,\n");
    desk.file("csv/memberships.csv", "person,team,role\nada,shippers,lead\nbo,shippers,\ncy,carriers,lead\n");
    desk.file("csv/services.csv", "id,name,tier\nquotes,Quotes,1\nrates,Rates,1\n");
    desk.file("csv/ownership.csv", "service,owner,role\nquotes,shippers,owner\n");
    desk.file("csv/assumptions.csv", "kind,value\nramp-time,120\ntime-to-fill,58\nnotice,30\n");
    desk.file(
        "csv/metrics.csv",
        "id,name,unit,kind,period,lag,better,formula\npayback,Payback,months,ratio,month,0,down,payback\n",
    );
    desk.file(
        "csv/objectives.csv",
        "id,metric,op,value,periods,segment\npayback-shippers,payback,<,12,2,Shippers\n",
    );
    desk.file(
        "csv/positions.csv",
        "id,title,team,need_by,status,waits_for\n\
         HC2027-NH-002,Sales engineer,shippers,2027-10-01,approved,payback-shippers\n",
    );
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let pack = desk.file("mail/pack.csv", PACK);
    desk.import(&[&pack], &[]);
    desk
}

fn opened(desk: &Desk, dialog: Option<&std::path::Path>) -> Window {
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog,
        size: Some((1280, 800)),
        today: "2027-01-15".parse().ok(),
    });
    window.go("#/playbook?day=2027-01-15");
    window.wait("the sections", |it| it.has("[data-testid=section]").then_some(()));
    window
}

fn shown(window: &Window) -> String {
    window
        .js("return document.querySelector('[data-testid=section]').dataset.section")
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_leadership_team_walks_through_and_filters() {
    let desk = desk();
    let position =
        Store::open(&desk.plan, now()).unwrap().plan().find::<Position>("HC2027-NH-002").unwrap().0;
    let window = opened(&desk, None);
    assert_eq!(shown(&window), "fit");
    let worst = window.wait_text("[data-testid=worst]", "Payback (Shippers) < 12 months");
    assert!(worst.contains("To do: Agree on what brings it there"), "{worst}");
    assert!(worst.contains("1 position waits for it."), "{worst}");
    assert!(window.text("[data-testid=section] [data-testid=section-figures]").contains("13.4 months"));
    assert!(window.text("[data-testid=section] [data-testid=section-waiting]").contains("HC2027-NH-002"));
    assert!(
        window.text("[data-testid=section] [data-testid=section-unknown]").contains("Net promoter score")
    );
    window.pictures("playbook", "fit");
    assert_eq!(violations(&window), Vec::<String>::new());

    // On by mouse, by the list, and by the keys alone; Back leads back.
    window.click("[data-testid=next-section]");
    window.wait_text("[data-testid=section]", "Architecture for scale");
    assert!(window.text("[data-testid=worst]").contains("Rates"), "{}", window.text("[data-testid=worst]"));
    window.pictures("playbook", "architecture");
    window.click("[data-testid=to-automation]");
    window.wait_text("[data-testid=section]", "Lead time of changes");
    assert!(window.text("[data-testid=section] [data-testid=section-unknown]").contains("practices.csv"));
    window.pictures("playbook", "automation");
    window.js("document.querySelector('[data-testid=to-automation]').focus()");
    window.press("{Down}");
    window.wait_text("[data-testid=section]", "Observability and reliability");
    window.press("{Down}");
    window.wait_text("[data-testid=section]", "Team and culture");
    window.pictures("playbook", "team");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.js("history.back()");
    window.wait_text("[data-testid=section]", "Observability and reliability");
    window.press("{End}");
    window.wait_text("[data-testid=section]", "Bets and what was learnt");

    // A segment has its own figures, and the teams that serve it.
    window.go("#/playbook?day=2027-01-15&section=market");
    window.wait_text("[data-testid=section] [data-testid=section-figures]", "Germany");
    window.pictures("playbook", "market");
    window.js("const of = document.querySelector('[data-testid=playbook-segment]'); of.value = 'Shippers'; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window
        .wait("its own figures", |it| (!it.text("[data-testid=section]").contains("Germany")).then_some(()));
    window.click("[data-testid=to-architecture]");
    window.wait_text("[data-testid=section]", "not in this selection");
    window.pictures("playbook", "segment");
    window.click("[data-testid=playbook-whole]");
    window.wait_text("[data-testid=worst]", "Rates");

    // What is found leads to where it is dealt with, and so does what waits.
    window.click("[data-testid=to-fit]");
    window.wait_text("[data-testid=section] [data-testid=section-waiting]", "HC2027-NH-002");
    window.click("[data-testid=section] [data-testid=section-waiting] a");
    window.wait_text("main", "Sales engineer");
    assert!(window.js("return location.hash").as_str().unwrap().contains(&format!("id={position}")));
}

#[test]
fn it_is_exported_for_the_review() {
    let desk = desk();
    for (format, begins) in
        [("markdown", "# Playbook of acme on 15 Jan 2027"), ("html", "<!DOCTYPE"), ("pdf", "%PDF")]
    {
        let file = desk.folder.path().join(format!("review.{format}"));
        let window = opened(&desk, Some(&file));
        window.click("[data-testid=export-playbook]");
        window.click(&format!("[data-testid=playbook-{format}]"));
        window.wait_text(".notices", "Saved");
        let written = fs::read(&file).unwrap();
        assert!(String::from_utf8_lossy(&written).starts_with(begins), "{format}");
    }
}

#[test]
fn an_empty_plan_says_which_file_would_tell() {
    let desk = Desk::new();
    let window = opened(&desk, None);
    window.wait_text("[data-testid=section]", "Nothing is known of it yet");
    window.wait_text("[data-testid=section] [data-testid=section-unknown]", "A table of figures by month");
    window.pictures("playbook", "empty");
    assert_eq!(violations(&window), Vec::<String>::new());
}

#[test]
fn the_sample_has_something_in_most_sections() {
    let sample = SampleFile::new();
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1280, 800)),
        ..Start::default()
    });
    for (section, has) in [
        ("architecture", "[data-testid=worst]"),
        ("reliability", "[data-testid=tile-on-call]"),
        ("team", "[data-testid=tile-headcount]"),
        ("cost", "[data-testid=tile-cost]"),
        ("bets", "[data-testid=section-bets]"),
    ] {
        window.go(&format!("#/playbook?section={section}"));
        window.wait(section, |it| {
            it.has(&format!("[data-section={section}][data-testid=section] {has}")).then_some(())
        });
        window.pictures("playbook", &format!("sample-{section}"));
    }
    // On paper all sections stand one below the other.
    let css = "const style = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])\
         .filter((rule) => rule.media?.mediaText === 'print').map((rule) => rule.cssText.replace(/^@media print/, '@media all'))\
         .join(' '); document.head.append(Object.assign(document.createElement('style'), {textContent: style}))";
    window.js(css);
    let height =
        window.js("return document.querySelector('[data-testid=playbook]').scrollHeight").as_f64().unwrap();
    assert!(height > 1_500.0, "{height}");
    window.screenshot(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/playbook/print.png"),
    );
}
