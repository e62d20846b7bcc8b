//! The main journeys: opening, editing, assigning, findings, import, search, damaged and read-only plans.

use std::{fs, path::Path};

use headroom_tests::{
    Desk, real_data,
    window::{Start, Window},
};
use serde_json::json;

use crate::accessibility::violations;

/// A team of two with three services, one of them unowned.
fn small() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name,parent\npay,Payments,\nship,Shipping,\n");
    desk.file("csv/people.csv", "id,name\nada,Ada Byron\nbo,Bo Lindqvist\n");
    desk.file("csv/memberships.csv", "person,team,role\nada,pay,lead\nbo,ship,lead\n");
    desk.file(
        "csv/services.csv",
        "id,name,kind\ncheckout,Checkout,service\nledger,Ledger,service\nlabels,Labels,service\n",
    );
    desk.file("csv/ownership.csv", "service,owner\ncheckout,pay\nledger,pay\n");
    desk.file("csv/dependencies.csv", "service,depends_on\ncheckout,ledger\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

fn service_id(window: &Window, name: &str) -> u64 {
    window.go("#/ownership");
    let script = format!(
        "return [...document.querySelectorAll('#app [role=row] a')].find((a) => a.textContent === {})?.hash ?? ''",
        json!(name)
    );
    let hash = window
        .wait("the service", |it| it.js(&script).as_str().filter(|hash| !hash.is_empty()).map(str::to_owned));
    hash.split("id=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap()
}

#[test]
fn welcome_screen_opens_and_remembers_the_sample() {
    let window = Window::start(&Start::default());
    window.wait_text("main", "Explore the sample");
    window.click("[data-testid=open-sample]");
    window.wait_text("[data-testid=urgent]", "Label Printer Hub");
    window.wait_text("nav", "Tidewater");
    window.go("#/plan");
    window.wait_text("main", "Close plan");
    window.js(
        "[...document.querySelectorAll('button')].find((b) => b.textContent.includes('Close plan')).click()",
    );
    window.wait_text("main", "Recent");
    window.wait_text("main", "Tidewater");
}

#[test]
fn fields_are_edited_in_place_undone_and_saved() {
    let desk = small();
    let window = Window::on_plan(desk.path());
    let id = service_id(&window, "Checkout");
    window.go(&format!("#/service?id={id}"));
    let (shown, input) =
        (format!("[data-testid=service-{id}-tier-shown]"), format!("[data-testid=service-{id}-tier]"));
    window.click(&shown);
    window.type_into(&input, "9");
    window.press("{Enter}");
    window.wait_text("[role=alert]", "Tier");
    assert!(window.has(&input), "the field stays open with what was typed");
    window.press("{Esc}");
    window.click(&shown);
    window.type_into(&input, "1");
    window.press("{Enter}");
    window.wait_text(&shown, "1");
    window.wait("undo to name the change", |it| {
        let label = it.js("return document.querySelector('[data-testid=undo]').title");
        label.as_str().unwrap().contains("tier of Checkout").then_some(())
    });
    window.press("{Ctrl}z");
    window.wait_text(&shown, "to 4");
    window.press("{Ctrl}{Shift}z");
    window.wait_text(&shown, "1");
    drop(window);
    let again = Window::on_plan(desk.path());
    again.go(&format!("#/service?id={id}"));
    again.wait_text(&shown, "1");
    assert!(desk.done(&["history", desk.path()]).contains("Tester"));
}

#[test]
fn owners_are_assigned_by_keyboard_and_in_bulk() {
    let desk = small();
    let window = Window::on_plan(desk.path());
    window.go("#/ownership?where.owner=%3D");
    window.wait_text("[data-testid=services-count]", "1 service");
    window.js("document.querySelector('[data-testid=services-table]').focus()");
    window.press("{Down}{F2}");
    window.choose("[data-testid=owner-picker]", "Shipping");
    window.wait_text("[data-testid=effect]", "Resolves 1 finding");
    window.click("[data-testid=assign-done]");
    window.wait_text("[data-testid=services-table]", "All services are owned");

    window.go("#/ownership");
    window.wait_text("[data-testid=services-count]", "3 services");
    window.js("document.querySelector('[data-testid=services-table]').focus()");
    window.press("{Ctrl}a");
    window.wait_text(".bar", "3 selected");
    window.press("{F2}");
    window.choose("[data-testid=owner-picker]", "Payments");
    window.wait_text("[data-testid=effect]", "change");
    window.click("[data-testid=assign-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("#services-1", "Payments");
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Assigned 3 services to Payments");
}

#[test]
fn remedy_closes_its_finding() {
    let window = Window::on_sample();
    window.go("#/findings?rule=unowned-service");
    window.wait_text("[data-testid=findings-table]", "Geofence has no owner");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    window.click("[data-testid=remedy-0]");
    window.wait_text("[data-testid=effect]", "Resolves 1 finding");
    window.click("[data-testid=remedy-apply]");
    window.wait_text("[data-testid=finding-gone]", "Resolved, or not open on");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=finding]", "Geofence has no owner");
    window.click("[data-testid=take-me-there]");
    window.wait_text("[data-testid=service-page]", "No owner assigned");
}

#[test]
fn import_is_previewed_applied_and_restored_from_backup() {
    let desk = small();
    desk.file("more/teams.csv", "id,name\npay,Payments\nrisk,Risk\n");
    desk.file("more/services.csv", "id,name\nfraud,Fraud Check\n");
    desk.file("more/ownership.csv", "service,owner\nfraud,rsik\n");
    let more = desk.folder.path().join("more");
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&more), ..Start::default() });
    window.go("#/import");
    window.click("[data-testid=choose-folder]");
    window.wait_text("[data-testid=import-counts]", "service");
    window.wait_text("[data-testid=import-unresolved]", "did you mean risk?");
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");
    window.click("[data-testid=choose-folder]");
    window.wait_text("[data-testid=import-counts]", "the plan is up to date");

    assert_eq!(desk.stats()["services"], 4);
    window.go("#/plan");
    window.click("[data-testid=restore]");
    window.click("[data-testid=restore-done]");
    window.wait("the restored plan", |_| (desk.stats()["services"] == 3).then_some(()));
    window.go("#/ownership");
    window.wait_text("[data-testid=services-count]", "3 services");
}

#[test]
fn unreadable_imports_say_why_and_change_nothing() {
    let desk = small();
    let bad = desk.file("bad/services.csv", b"\xff\xfei\0d\0".as_slice());
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog: Some(bad.parent().unwrap()),
        ..Start::default()
    });
    let before = desk.stats();
    window.go("#/import");
    window.click("[data-testid=choose-folder]");
    let said =
        window.wait_text("[data-testid=import-problems], [data-testid=import-problem]", "services.csv");
    assert!(said.contains("name"), "{said}");
    assert_eq!(desk.stats(), before);
}

#[test]
fn palette_finds_everything_and_every_view_follows_the_date() {
    let window = Window::on_sample();
    window.wait_text("nav", "Tidewater");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "omar wong");
    window.wait_text("[data-testid=palette-list]", "person");
    window.press("{Enter}");
    window.wait_text("[data-testid=person-page]", "Omar Wong");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "go to findings");
    window.wait_text("[data-testid=palette-list]", "Go to Findings");
    window.press("{Enter}");
    window.wait_text("[data-testid=findings-table]", "Omar Wong");

    window.go("#/people");
    window.wait("people", |it| it.has("#people-3").then_some(()));
    let before = window.text(".bar");
    window.click("[data-testid=day]");
    window.press("{Ctrl}a1.6.2022{Enter}");
    window.wait("other people", |it| {
        (it.text(".bar") != before && it.text(".bar").contains("people")).then_some(())
    });
    assert!(window.js("return location.hash").as_str().unwrap().contains("day=2022-06-01"));
    window.press("{Alt}{Left}");
    window.wait("today's people again", |it| (it.text(".bar") == before).then_some(()));
}

#[test]
fn external_changes_appear_by_themselves() {
    let desk = small();
    let window = Window::on_plan(desk.path());
    window.go("#/ownership");
    window.wait_text("[data-testid=services-count]", "3 services");
    let more = desk.file("late/services.csv", "id,name\nlate,Late Arrival\n");
    desk.import(&[more.parent().unwrap()], &[]);
    window.wait_text("[data-testid=services-table]", "Late Arrival");
}

#[test]
fn invalid_files_are_explained_and_unchanged() {
    let desk = small();
    let damaged = desk.file("damaged.headroom", b"SQLite format 3\0 and then nothing of the kind".as_slice());
    for (path, said) in
        [(damaged.to_str().unwrap(), "damaged"), ("/nowhere/plan.headroom", "/nowhere/plan.headroom")]
    {
        let window = Window::on_plan(path);
        window.wait_text("[data-testid=welcome-problem]", said);
    }
    assert!(fs::read(&damaged).unwrap().starts_with(b"SQLite format 3\0 and then"));
}

#[test]
fn damaged_plans_are_replaced_by_a_backup() {
    let desk = small();
    let more = desk.file("later/services.csv", "id,name\nlate,Late\n");
    desk.import(&[&more], &[]);
    let good = fs::read(&desk.plan).unwrap();
    fs::write(&desk.plan, &good[..good.len() / 2]).unwrap();
    let window = Window::on_plan(desk.path());
    window.wait_text("[data-testid=welcome-problem]", "damaged");
    window.wait_text("[data-testid=rescue]", "before import");
    window.click("[data-testid=recover]");
    window.wait("the figures", |it| it.has("[data-testid=tile-findings]").then_some(()));
    assert_eq!(desk.stats()["services"], 3);
    assert_eq!(desk.json(&["doctor", desk.path(), "--json"])["sound"], true);
}

#[test]
fn tables_are_sorted_by_keyboard() {
    let window = Window::on_sample();
    window.go("#/people");
    window.wait("people", |it| it.has("#people-3").then_some(()));
    let first = window.text("#people-0");
    window.js("document.querySelector('[data-testid=people-table]').focus()");
    window.press("{Tab}");
    window.press(" ");
    window.wait("the other end first", |it| {
        let now = it.text("#people-0");
        (!now.is_empty() && now != first).then_some(())
    });
    assert!(window.js("return location.hash").as_str().unwrap().starts_with("#/people"));
}

#[test]
fn read_only_plans_offer_no_edits() {
    let desk = small();
    let mut rights = fs::metadata(&desk.plan).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&desk.plan, rights).unwrap();
    let window = Window::on_plan(desk.path());
    window.wait_text("nav", "Read-only");
    let id = service_id(&window, "Checkout");
    window.go(&format!("#/service?id={id}"));
    window.wait_text("[data-testid=service-page]", "Payments");
    for control in ["[data-testid=add]", "[data-testid=assign-one]", "[data-testid$=-shown]"] {
        assert!(!window.has(control), "{control}");
    }
    // Delete says why it does nothing.
    window.go("#/ownership");
    window.wait("services", |it| it.has("#services-0").then_some(()));
    window.js("document.querySelector('[data-testid=services-table]').focus()");
    window.press("{Down}{Delete}");
    window.wait_text("[data-testid=notices]", "this plan is read-only");
    assert!(!window.has("dialog[open]"));
}

#[test]
fn names_are_escaped() {
    let desk = Desk::new();
    let names = [
        "<script>window.hacked = 1</script>",
        "<img src=x onerror='window.hacked = 1'>",
        "{{constructor.constructor('window.hacked = 1')()}}",
        "=HYPERLINK(\"https://example.com\")",
        "🦀 شركة الشحن",
        &"long ".repeat(100),
    ];
    let row = |(at, name): (usize, &&str)| format!("t{at},\"{}\"\n", name.replace('"', "\"\""));
    let rows: String = names.iter().enumerate().map(row).collect();
    desk.file("odd/teams.csv", format!("id,name\n{rows}"));
    desk.file("odd/services.csv", format!("id,name\n{}", rows.replace("\nt", "\ns").replacen('t', "s", 1)));
    desk.import(&[&desk.folder.path().join("odd")], &[]);
    let window = Window::on_plan(desk.path());
    for address in
        ["#/organisation", "#/organisation?as=list", "#/ownership", "#/findings", "#/history?entry=1"]
    {
        window.go(address);
        window.wait_text("main", "window.hacked");
    }
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "hacked");
    window.wait_text("[data-testid=palette-list]", "onerror");
    assert_eq!(window.js("return typeof window.hacked"), "undefined");
    assert_eq!(window.js("return typeof window.__TAURI__"), "undefined");
    assert_eq!(window.js("return document.documentElement.scrollWidth > innerWidth"), false);
}

#[test]
fn very_long_words_do_not_overflow() {
    let desk = Desk::new();
    let word = "W".repeat(500);
    desk.file("odd/teams.csv", format!("id,name,kind\nt,{word},{word}\n"));
    desk.file("odd/people.csv", format!("id,name,title\np,{word},{word}\n"));
    desk.file("odd/memberships.csv", format!("person,team,role\np,t,{word}\n"));
    desk.file("odd/services.csv", format!("id,name,kind,lifecycle\na,{word},{word},{word}\nb,B,,\nc,C,,\n"));
    desk.file("odd/ownership.csv", "service,owner,owner_kind\na,t,team\nb,p,person\n");
    desk.file("odd/dependencies.csv", "service,depends_on\na,c\nb,c\n");
    desk.import(&[&desk.folder.path().join("odd")], &[]);
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    let service = service_id(&window, "C");
    for (address, wanted) in [
        ("#/organisation".to_owned(), "[data-testid=team-chart] .box"),
        ("#/people".to_owned(), "#people-0"),
        ("#/ownership".to_owned(), "#services-0"),
        (format!("#/service?id={service}"), "[data-testid=service-page] .chips"),
        ("#/findings".to_owned(), "#findings-0"),
    ] {
        window.go(&address);
        window.wait(&format!("{address} to show {wanted}"), |it| it.has(wanted).then_some(()));
        let too_wide = window.js(
            "const frame = document.querySelector('main').getBoundingClientRect();\
             return [...document.querySelectorAll('main select, main article, main article p, main article ul')]\
             .filter((it) => it.getBoundingClientRect().right > frame.right + 1).length",
        );
        assert_eq!(too_wide, 0, "{address}");
        assert_eq!(window.js("return document.documentElement.scrollWidth > innerWidth"), false, "{address}");
    }
}

#[test]
fn long_tables_render_only_visible_rows() {
    let Some(data) = real_data("debian-science") else { return };
    let desk = Desk::new();
    desk.import(&[&data], &[]);
    let window = Window::on_plan(desk.path());
    window.go("#/ownership");
    let total = desk.stats()["services"].as_u64().unwrap();
    window.wait("all services", |it| {
        it.text("[data-testid=services-count]")
            .replace(' ', "")
            .contains(&format!("{total}services"))
            .then_some(())
    });
    window.js("const table = document.querySelector('[data-testid=services-table]'); table.scrollTop = table.scrollHeight");
    window.wait("the last row", |it| it.has(&format!("#services-{}", total - 1)).then_some(()));
    window.wait("its name", |it| {
        let text = it.text(&format!("#services-{}", total - 1));
        (!text.is_empty() && !text.contains('…')).then_some(())
    });
    let rows =
        window.js("return document.querySelectorAll('[data-testid=services-table] [role=row]').length");
    assert!(rows.as_u64().unwrap() < 80, "{rows} rows are drawn");
}

#[test]
fn new_plans_are_empty_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.headroom");
    let window = Window::start(&Start { dialog: Some(&path), ..Start::default() });
    window.click("[data-testid=new-plan]");
    window.wait_text("[data-testid=way-in]", "A first team");
    window.go("#/metrics");
    window.wait_text("main .empty", "No figures yet");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.go("#/organisation");
    window.wait_text("main", "No teams yet");
    window.click("[data-testid=add]");
    window.click("[data-testid=add-team]");
    window.press("{Enter}");
    window.wait_text("[role=alert]", "must not be empty");
    window.type_into("[data-testid=add-name]", "First Team");
    window.click("[data-testid=add-done]");
    window.wait_text("[data-testid=team-page]", "First Team");
    assert!(Path::new(&path).exists());
}
