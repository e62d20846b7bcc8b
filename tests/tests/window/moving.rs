//! Moving to another team, by dragging in the chart, by key and from a menu; and leaving. How many actions it takes.

use headroom_model::{EntityRef, Owner, Person, Plan, Position, Service, Team};
use headroom_store::Store;
use headroom_tests::{Desk, now, window::Window};

use crate::actions::Actions;

/// Ada is on Billing, in a position, with two services; Bo leads Payments. Commerce is above both.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name,parent\ncom,Commerce,\nbill,Billing,com\npay,Payments,com\n");
    desk.file("csv/people.csv", "id,name,from\nada,Ada Byron,2025-01-06\nbo,Bo Lindqvist,2025-01-06\n");
    desk.file(
        "csv/memberships.csv",
        "person,team,role,share,from\nada,bill,member,80%,2025-01-06\nbo,pay,lead,100%,2025-01-06\n",
    );
    desk.file(
        "csv/positions.csv",
        "id,title,team,status\nHC2025-NH-001,Engineer,bill,open\nHC2025-NH-002,Lead,pay,open\n",
    );
    desk.file(
        "csv/assignments.csv",
        "position,person,from\nHC2025-NH-001,ada,2025-01-06\nHC2025-NH-002,bo,2025-01-06\n",
    );
    desk.file("csv/services.csv", "id,name,tier\ninv,Invoices,1\ntax,Tax,2\n");
    desk.file("csv/ownership.csv", "service,owner,owner_kind\ninv,bill,team\ntax,ada,person\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

fn id<T: headroom_model::EntityTable>(desk: &Desk, key: &str) -> u64 {
    Store::open(&desk.plan, now()).unwrap().plan().find::<T>(key).unwrap().into()
}

fn node(id: u64) -> String {
    format!("[data-node='{id}']")
}

fn chart_with_people(window: &Window) {
    window.go("#/organisation?with=staff");
    window.wait_text("[data-testid=team-chart]", "Ada Byron");
}

/// The team, the team of the position and the owner of Invoices, all of Ada's, on a day.
fn place(plan: &std::sync::Arc<Plan>, day: &str) -> [String; 3] {
    let then = plan.as_of(day.parse().unwrap());
    let ada = then.person_ix(plan.find::<Person>("ada").unwrap()).unwrap();
    let team = then.memberships(ada).map(|row| plan.name_of(row.team.into())).collect::<Vec<_>>().join(" ");
    let position = then.positions_of(ada).iter().map(|at| then.position(*at as usize).team.unwrap());
    let position = position.map(|team| plan.name_of(team.into())).collect::<Vec<_>>().join(" ");
    let owners = then.owners(then.service_ix(plan.find::<Service>("inv").unwrap()).unwrap());
    let owner =
        owners.iter().map(|owner| plan.name_of(EntityRef::from(*owner))).collect::<Vec<_>>().join(" ");
    [team, position, owner]
}

#[test]
fn a_person_moves_with_position_and_services_in_five_actions() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    let (ada, payments) = (id::<Person>(&desk, "ada"), id::<Team>(&desk, "pay"));
    chart_with_people(&window);
    let mut actions = Actions::new(&window, "move somebody with position and services", 5);
    actions.drag(&node(ada), &node(payments));
    window.wait_text("dialog h2", "Move Ada Byron to Payments");
    actions.click("[data-testid=move-next-month]");
    actions.click("[data-testid=move-services]");
    window.wait_text("[data-testid=effect]", "change");
    window.wait_text("dialog", "2 of 2");
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/moving");
    window.screenshot(&shots.join("person.png"));
    actions.click("[data-testid=move-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[role=status]", "Moved Ada Byron to Payments from 1 Dec 2026");

    let moved = Store::open(&desk.plan, now()).unwrap();
    assert_eq!(place(moved.plan(), "2026-11-30"), ["Billing"; 3]);
    assert_eq!(place(moved.plan(), "2026-12-01"), ["Payments"; 3]);
    let then = moved.plan().as_of("2026-12-01".parse().unwrap());
    let tax = then.owners(then.service_ix(moved.plan().find::<Service>("tax").unwrap()).unwrap());
    assert!(matches!(tax, [Owner::Person(_)]), "what she owns in person stays hers");
    let position = moved.plan().positions.iter().find(|row| row.key == "HC2026-MV-001").unwrap();
    assert_eq!(position.manager, moved.plan().find::<Position>("HC2025-NH-002"), "she reports to the lead");

    // One step, taken back as one.
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Move Ada Byron to Payments from 1 Dec 2026");
    window.wait("the undo", |_| {
        let store = Store::open(&desk.plan, now()).unwrap();
        (place(store.plan(), "2026-12-01") == ["Billing"; 3]).then_some(())
    });
}

#[test]
fn the_same_is_done_by_key() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    window.go(&format!("#/person?id={}", id::<Person>(&desk, "ada")));
    window.wait_text("[data-testid=person-page]", "Ada Byron");
    let mut actions = Actions::new(&window, "the same by key", 6);
    actions.key("{Ctrl}{Shift}m");
    actions.choose("[data-testid=move-to]", "Payments");
    window.js("document.querySelector('[data-testid=move-next-month]').focus()");
    actions.key("{Enter}");
    window.wait("the first day", |it| {
        (it.js("return document.querySelector('[data-testid=move-day]').value") == "1 Dec 2026").then_some(())
    });
    window.js("document.querySelector('[data-testid=move-services]').focus()");
    actions.key(" ");
    window.wait_text("dialog", "2 of 2");
    window.wait_text("[data-testid=effect]", "change");
    window.wait("the button", |it| it.has("[data-testid=move-done]:not(:disabled)").then_some(()));
    window.js("document.querySelector('[data-testid=move-done]').focus()");
    actions.key("{Enter}");
    window.wait_gone("dialog[open]");
    let moved = Store::open(&desk.plan, now()).unwrap();
    assert_eq!(place(moved.plan(), "2026-11-30"), ["Billing"; 3]);
    assert_eq!(place(moved.plan(), "2026-12-01"), ["Payments"; 3]);
}

#[test]
fn what_cannot_be_dropped_says_so_and_escape_gives_up() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    let team = |key: &str| id::<Team>(&desk, key);
    chart_with_people(&window);
    window.drag_over(&node(team("com")), &node(team("bill")));
    window.wait_text("[data-testid=drag-hint]", "Billing is inside Commerce");
    window.wait("the mark", |it| it.has(".box[data-drop=refused]").then_some(()));
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/moving");
    window.screenshot(&shots.join("refused.png"));
    window.let_go();
    window.wait_gone("[data-testid=drag-hint]");
    assert!(!window.has("dialog[open]"));

    window.drag_over(&node(team("bill")), &node(team("pay")));
    window.wait_text("[data-testid=drag-hint]", "Payments");
    window.wait("the target", |it| it.has(".box[data-drop=here]").then_some(()));
    window.screenshot(&shots.join("target.png"));
    window.press("{Esc}");
    window.wait_gone("[data-testid=drag-hint]");
    window.let_go();
    assert!(!window.has("dialog[open]"));

    // A loop that is asked for by key is refused in words.
    window.drag_over(&node(team("bill")), &node(team("pay")));
    window.let_go();
    window.wait_text("dialog", "The place of a team has no dates");
    window.wait_text("[data-testid=effect]", "1 change");
    window.click("[data-testid=move-done]");
    window.wait_text("[role=status]", "Moved Billing to Payments");
    window.wait("the move", |_| {
        let store = Store::open(&desk.plan, now()).unwrap();
        let row = store.plan().teams.get(store.plan().find::<Team>("bill").unwrap()).unwrap();
        (row.parent == store.plan().find::<Team>("pay")).then_some(())
    });
}

/// Drops one name on another, and closes the dialog that asks.
fn drop_on(window: &Window, from: &str, to: &str, title: &str) {
    window.wait(from, |it| (it.has(from) && it.has(to)).then_some(()));
    window.drag_over(from, to);
    window.wait("the mark", |it| it.has("[data-drop=here]").then_some(()));
    window.let_go();
    window.wait_text("dialog h2", title);
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    assert!(!window.has("[data-drop], [data-dragged], [data-dragging]"), "nothing is left of the drag");
}

#[test]
fn names_in_lists_are_dragged_onto_teams_wherever_one_is_shown() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    let [bill, pay] = ["bill", "pay"].map(|key| id::<Team>(&desk, key));
    let to = |team: u64| format!("[data-entity='team:{team}']");
    // A person of the table onto the team of another.
    window.go("#/people?sort=name");
    window.wait_text("#people-1", "Payments");
    let address = window.js("return location.hash");
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/moving");
    window.drag_over("#people-0 a", &format!("#people-1 {}", to(pay)));
    window.wait_text("[data-testid=drag-hint]", "Payments");
    window.screenshot(&shots.join("list.png"));
    window.press("{Esc}");
    window.let_go();
    drop_on(&window, "#people-0 a", &format!("#people-1 {}", to(pay)), "Move Ada Byron to Payments");
    assert_eq!(window.js("return location.hash"), address, "letting go follows no link");
    // A team of the list onto the row of another.
    window.go("#/organisation?as=list");
    drop_on(&window, &format!("#teams-1 {}", to(bill)), "#teams-2", "Move Billing to Payments");
    // A member and a position of the page of a team onto a box of the chart beside it.
    window.go(&format!("#/organisation?sel=team:{bill}"));
    window.wait_text("[data-testid=team-page]", "Ada Byron");
    window.drag_over("[data-testid=team-page] .members a", &node(bill));
    window.wait_text("[data-testid=drag-hint]", "Ada Byron is on Billing already");
    window.let_go();
    assert!(!window.has("dialog[open]"));
    drop_on(&window, "[data-testid=team-page] .members a", &node(pay), "Move Ada Byron to Payments");
    let position =
        format!("[data-testid=team-page] a[href*='position?id={}']", id::<Position>(&desk, "HC2025-NH-001"));
    drop_on(&window, &position, &node(pay), "to Payments");
    // A service onto the owner of another.
    window.go("#/ownership?sort=name");
    let service = id::<Service>(&desk, "tax");
    drop_on(
        &window,
        &format!("[data-testid=services-table] a[href*='service?id={service}']"),
        &to(bill),
        "Assign owner to Tax",
    );
}

#[test]
fn menus_of_names_offer_the_move() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    for (address, row) in
        [("#/people", "#people-0"), ("#/people", "#people-0 a"), ("#/organisation?as=list", "#teams-1")]
    {
        window.go(address);
        window.wait(row, |it| it.has(row).then_some(()));
        window.right_click(row);
        let menu = window.wait_text("[data-testid=context-menu]", "Move to team…");
        assert!(menu.contains("Ctrl Shift M") && menu.contains("Open"), "{menu}");
        window.js(
            "[...document.querySelectorAll('[data-testid=context-menu] .line')].find((line) => line.innerText.startsWith('Move'))\
             .dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))",
        );
        window.wait_text("dialog h2", "to a team");
        window.press("{Esc}");
        window.wait_gone("[role=listbox].open");
        window.press("{Esc}");
        window.wait_gone("dialog[open]");
    }
    // The palette has it where something is shown.
    window.go(&format!("#/position?id={}", id::<Position>(&desk, "HC2025-NH-001")));
    window.wait_text("[data-testid=position-page]", "Engineer");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "move to");
    window.wait_text("[data-testid=palette-list]", "Move to team…");
    window.press("{Enter}");
    window.wait_text("dialog h2", "Move Ada Byron to a team");
}

#[test]
fn what_breaks_if_somebody_leaves_and_the_handover_take_eight_actions() {
    let desk = desk();
    let window = Window::on_plan(desk.path());
    window.go("#/overview");
    window.wait_text("nav", "Overview");
    let mut actions = Actions::new(&window, "what breaks if somebody leaves", 8);
    actions.key("{Ctrl}k");
    actions.type_text("[data-testid=palette-input]", "Ada Byron");
    window.wait_text("[data-testid=palette-list]", "Ada Byron");
    actions.key("{Enter}");
    window.wait_text("[data-testid=person-page]", "Ada Byron");
    actions.click("[data-testid=end-person]");
    // The last day has the focus and is selected: what is typed takes its place.
    window.wait("the last day", |it| {
        (it.js("return getSelection().toString() || document.activeElement?.dataset.testid") == "offboard-day"
            || it.js("const day = document.activeElement; return day.dataset.testid === 'offboard-day' && day.selectionEnd > day.selectionStart") == true)
            .then_some(())
    });
    actions.type_text("[data-testid=offboard-day]", "1 Jan 2027");
    actions.click("[data-testid=handover-all]");
    window.wait_text("[data-testid=offboard-done]", "1 Jan 2027");
    window.wait_text("dialog", "2 of 2 services");
    let effect = window.wait_text("[data-testid=effect]", "change");
    assert!(effect.contains("People: 2 → 1"), "{effect}");
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/moving");
    window.screenshot(&shots.join("offboard.png"));
    actions.click("[data-testid=offboard-done]");
    window.wait_gone("dialog[open]");

    let left = Store::open(&desk.plan, now()).unwrap();
    let plan = left.plan();
    let ada = plan.people.get(plan.find::<Person>("ada").unwrap()).unwrap();
    assert_eq!(ada.until, "2027-01-01".parse().ok());
    let then = plan.as_of("2027-01-02".parse().unwrap());
    for service in ["inv", "tax"] {
        let owners = then.owners(then.service_ix(plan.find::<Service>(service).unwrap()).unwrap());
        assert_eq!(owners, [Owner::Team(plan.find::<Team>("pay").unwrap())], "{service}");
    }
    // Once more there is nothing to do, and the dialog says so.
    window.press("{Esc}");
    window.click("[data-testid=end-person]");
    window.wait_text("[data-testid=offboard-nothing]", "Ada Byron leaves on 1 Jan 2027 already");
    assert!(window.has("[data-testid=offboard-done]:disabled"));
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Offboard Ada Byron on 1 Jan 2027");
}

/// In a scenario: off her team by dragging her onto the holding area, and from there onto another team.
#[test]
fn somebody_is_dragged_into_the_holding_area_and_onto_a_team() {
    let desk = desk();
    desk.done(&["scenario", desk.path(), "new", "Without Billing"]);
    let window = Window::on_plan(desk.path());
    let (ada, payments) = (id::<Person>(&desk, "ada"), id::<Team>(&desk, "pay"));
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/moving");
    chart_with_people(&window);
    assert!(!window.has("[data-testid=holding-area]"), "the plan itself has none");
    window.go("#/organisation?with=staff&scenario=without-billing");
    window.wait_text("[data-testid=holding-area]", "Drag people");
    window.screenshot(&shots.join("holding-empty.png"));
    window.drag_over(&node(id::<Team>(&desk, "bill")), "[data-testid=holding-area]");
    window.wait_text("[data-testid=drag-hint]", "Only people and positions are held");
    window.let_go();
    let mut actions = Actions::new(&window, "take somebody off a team and place them", 4);
    actions.drag(&node(ada), "[data-testid=holding-area]");
    window.wait_text("dialog h2", "Take Ada Byron off Billing");
    window.wait_text("[data-testid=effect]", "change");
    window.screenshot(&shots.join("holding-dialog.png"));
    actions.click("[data-testid=move-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=holding-area]", "Ada Byron");
    assert_eq!(window.text("[data-testid=holding-count]"), "1");
    window.screenshot(&shots.join("holding.png"));
    // Merging asks for a place.
    let merging = desk.run(&["scenario", desk.path(), "merge", "without-billing"]);
    assert!(!merging.status.success(), "{merging:?}");
    actions.drag("[data-testid=holding-area] a", &node(payments));
    window.wait_text("dialog h2", "Move Ada Byron to Payments");
    window.wait_text("[data-testid=effect]", "change");
    actions.click("[data-testid=move-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=holding-count]", "0");
    let moved = Store::open(&desk.plan, now()).unwrap();
    assert_eq!(place(moved.plan(), "2026-12-01")[0], "Billing", "the plan is as it was");
}
