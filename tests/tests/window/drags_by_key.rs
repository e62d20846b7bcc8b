//! Whatever can be dragged can be done by keys: every drag of the page, with the keys that reach the same. Nothing here
//! uses the mouse.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use headroom_model::{Person, Plan, Position, Service, Team};
use headroom_store::Store;
use headroom_tests::{Desk, now, window::Window};

use crate::sample_file::SampleFile;

/// The files of the page with something that can be dragged. Who adds one adds a test of its keys, below.
const DRAGS: &[&str] = &[
    "components/ColumnTitle.svelte",
    "components/Minimap.svelte",
    "components/viewport.svelte.ts",
    "entities/move/SplitTeamDialog.svelte",
    "entities/move/entity-drag.svelte.ts",
    "shell/DateSlider.svelte",
    "views/hiring/grid/SheetHead.svelte",
    "views/hiring/grid/pointer-selection.svelte.ts",
    "views/hiring/timeline/PositionTimeline.svelte",
    "views/map/Matrix.svelte",
    "views/ownership/AssignmentBoard.svelte",
];

/// What makes something follow the pointer.
const MARKS: &[&str] =
    &["setPointerCapture", "ondragstart", "'pointermove'", "buttons === 1", " type=\"range\""];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn every_drag_of_the_page_is_known() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src");
    let found: BTreeSet<String> = files(&page)
        .into_iter()
        .filter(|path| !path.to_string_lossy().contains(".test."))
        .filter(|path| {
            fs::read_to_string(path).is_ok_and(|text| MARKS.iter().any(|mark| text.contains(mark)))
        })
        .map(|path| path.strip_prefix(&page).unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, DRAGS.iter().map(|&name| name.to_owned()).collect());
}

/// What goes to the new team and what stays is divided by the button of each line.
#[test]
fn a_split_is_adjusted_by_key() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go(&format!("#/team?id={}", sample.id::<Team>("payments")));
    focus(&window, "[data-testid=split-team]");
    window.press("{Enter}");
    window.wait_text("[data-testid=split-goes]", "Tax");
    focus(&window, "[data-testid=split-goes] [aria-label='Keep Tax']");
    window.press("{Enter}");
    window.wait_text("[data-testid=split-stays]", "Tax");
    window.wait_text("[data-testid=split-cut]", "2 dependencies cut");
}

fn opened(sample: &SampleFile) -> Window {
    let window = Window::on_plan(sample.desk.path());
    window.wait_text("nav", "Organisation");
    window
}

fn focus(window: &Window, selector: &str) {
    window.wait(selector, |it| it.has(selector).then_some(()));
    window.js(&format!("document.querySelector({}).focus()", serde_json::json!(selector)));
}

/// Chooses a line of the context menu that is open, by the arrow keys.
fn choose_in_menu(window: &Window, title: &str) {
    window.wait_text("[data-testid=context-menu]", title);
    let lines = window.js(
        "return [...document.querySelectorAll('[data-testid=context-menu] .line > span')].map((line) => line.textContent)",
    );
    let at = lines.as_array().unwrap().iter().position(|line| line == title).unwrap();
    window.press(&"{Down}".repeat(at));
    window.press("{Enter}");
}

fn plan(desk: &Desk) -> std::sync::Arc<Plan> {
    Store::open(&desk.plan, now()).unwrap().plan().clone()
}

/// What a script says once it says something else than before.
fn changes(window: &Window, what: &str, script: &str, keys: &str) {
    let before = window.js(script);
    window.press(keys);
    window.wait(what, |it| (it.js(script) != before).then_some(()));
}

/// Ada is on Billing in a position; Payments has nobody.
fn two_teams() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nbill,Billing\npay,Payments\n");
    desk.file("csv/people.csv", "id,name\nada,Ada Byron\n");
    desk.file("csv/memberships.csv", "person,team\nada,bill\n");
    desk.file("csv/positions.csv", "id,title,team,status\nHC2025-NH-001,Engineer,bill,open\n");
    desk.file("csv/services.csv", "id,name,tier\ninv,Invoices,1\n");
    desk.file("csv/ownership.csv", "service,owner,owner_kind\ninv,bill,team\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

/// Dragged: a box of the chart onto a team.
#[test]
fn boxes_of_the_chart_are_moved_from_the_menu_and_by_a_key() {
    let desk = two_teams();
    let window = Window::on_plan(desk.path());
    window.go("#/organisation?with=staff");
    window.wait_text("[data-testid=team-chart]", "Ada Byron");
    for name in ["Ada Byron", "Engineer", "Billing"] {
        focus(&window, "[data-testid=team-chart]");
        let script = "const box = document.getElementById(document.querySelector('[data-testid=team-chart]')\
            .getAttribute('aria-activedescendant')); return box?.textContent ?? ''";
        // The arrow keys lead to every box.
        for keys in ["", "{Down}", "{Right}", "{Down}", "{Down}", "{Left}", "{Up}", "{Up}"] {
            if window.js(script).as_str().unwrap().contains(name) {
                break;
            }
            window.press(keys);
        }
        assert!(window.js(script).as_str().unwrap().contains(name), "{name}: {}", window.js(script));
        window.press("{Shift}{F10}");
        choose_in_menu(&window, "Move to team…");
        window.wait_text("dialog h2", "to a team");
        let title = window.text("dialog h2");
        assert!(title.contains(name) || title.contains("HC2025-NH-001"), "{title}");
        window.press("{Esc}{Esc}");
        window.wait_gone("dialog[open]");
    }
    window.press("{Ctrl}{Shift}m");
    window.choose("[data-testid=move-to]", "Payments");
    window.wait("the button", |it| it.has("[data-testid=move-done]:not(:disabled)").then_some(()));
    focus(&window, "[data-testid=move-done]");
    window.press("{Enter}");
    window.wait("the move", |_| {
        let plan = plan(&desk);
        let team = plan.teams.get(plan.find::<Team>("bill")?)?;
        (team.parent == plan.find::<Team>("pay")).then_some(())
    });
}

/// Dragged: a box of the chart onto the holding area of a scenario, and a name of it onto a team.
#[test]
fn people_are_taken_off_their_team_and_placed_by_key() {
    let desk = two_teams();
    desk.done(&["scenario", desk.path(), "new", "Elsewhere"]);
    let ada: u64 = plan(&desk).find::<Person>("ada").unwrap().into();
    let window = Window::on_plan(desk.path());
    window.go(&format!("#/organisation?with=staff&scenario=elsewhere&sel=person:{ada}"));
    window.wait_text("[data-testid=team-chart]", "Ada Byron");
    window.wait("the box", |it| it.has(".box.current").then_some(()));
    focus(&window, "[data-testid=team-chart]");
    window.press("{Shift}{F10}");
    choose_in_menu(&window, "Take off the team…");
    window.wait_text("dialog h2", "Take Ada Byron off Billing");
    window.wait("the button", |it| it.has("[data-testid=move-done]:not(:disabled)").then_some(()));
    focus(&window, "[data-testid=move-done]");
    window.press("{Enter}");
    window.wait_text("[data-testid=holding-area]", "Ada Byron");
    focus(&window, "[data-testid=holding-area] [aria-label='Move Ada Byron to a team']");
    window.press("{Enter}");
    window.choose("[data-testid=move-to]", "Payments");
    window.wait("the button", |it| it.has("[data-testid=move-done]:not(:disabled)").then_some(()));
    focus(&window, "[data-testid=move-done]");
    window.press("{Enter}");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=holding-count]", "0");
}

/// Dragged: a name of a list onto a team.
#[test]
fn names_of_lists_are_moved_and_assigned_from_the_menu_of_their_row() {
    let desk = two_teams();
    let plan = plan(&desk);
    let window = Window::on_plan(desk.path());
    for (address, table, row, line, dialog) in [
        ("#/people", "people", 0, "Move to team…", "Move Ada Byron to a team"),
        ("#/organisation?as=list", "teams", 0, "Move to team…", "Move Billing to a team"),
        ("#/ownership", "services", 0, "Assign owner…", "Assign owner to Invoices"),
    ] {
        window.go(address);
        window.wait(address, |it| it.has(&format!("#{table}-{row}")).then_some(()));
        focus(&window, &format!("[data-testid={table}-table]"));
        window.press("{Down}{Shift}{F10}");
        choose_in_menu(&window, line);
        window.wait_text("dialog h2", dialog);
        window.press("{Esc}{Esc}");
        window.wait_gone("dialog[open]");
    }
    // Of a page, a link leads to another, and there is a key.
    let team: u64 = plan.find::<Team>("bill").unwrap().into();
    for (name, title, page) in [
        ("Ada Byron", "Move Ada Byron to a team", "person"),
        ("Engineer", "Move HC2025-NH-001 Engineer to a team", "position"),
    ] {
        window.go(&format!("#/team?id={team}"));
        window.wait_text("[data-testid=team-page]", name);
        window.js(&format!(
            "[...document.querySelectorAll('[data-testid=team-page] a')].find((link) => link.textContent.includes('{name}')).focus()"
        ));
        window.press("{Enter}");
        window.wait_text(&format!("[data-testid={page}-page]"), name);
        window.press("{Ctrl}{Shift}m");
        window.wait_text("dialog h2", title);
        window.press("{Esc}{Esc}");
        window.wait_gone("dialog[open]");
    }
    assert!(plan.find::<Person>("ada").is_some() && plan.find::<Position>("HC2025-NH-001").is_some());
}

/// Dragged: a service of the assignment board onto a team, suggested or not.
#[test]
fn services_of_the_board_are_given_by_number_and_by_the_button_of_a_team() {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nbill,Billing\npay,Payments\n");
    desk.file("csv/people.csv", "id,name\nada,Ada Byron\nbo,Bo Lindqvist\n");
    desk.file("csv/memberships.csv", "person,team\nada,bill\nbo,pay\n");
    desk.file("csv/services.csv", "id,name,tier\ninv,Invoices,1\ntax,Tax,2\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let window = Window::on_plan(desk.path());
    window.go("#/ownership?mode=assign");
    window.wait_text("[data-testid=board-services]", "Invoices");
    window.wait_text("[data-testid=board-teams]", "Match");
    focus(&window, "[data-testid=board-services]");
    window.press("1{Down}");
    window.wait_text("[data-testid=look]", "1 change");
    // Any team, suggested or not: the tab key leads to its button.
    let last = "[...document.querySelectorAll('[data-testid=board-teams] li > button')].at(-1)";
    window.wait("the button of the second service", |it| {
        (it.js(&format!("return {last}?.getAttribute('aria-label')")).as_str()?.starts_with("Assign Tax to"))
            .then_some(())
    });
    let reached = (0..20).any(|_| {
        window.press("{Tab}");
        window.js(&format!("return document.activeElement === {last}")) == true
    });
    assert!(reached, "the tab key does not lead to the button of the last team");
    window.press("{Enter}");
    window.wait_text("[data-testid=look]", "2 changes");
    focus(&window, "[data-testid=board-services]");
    window.press("{Ctrl}{Enter}");
    window.wait_text("[data-testid=effect]", "change");
    focus(&window, "[data-testid=hand-over]");
    window.press("{Enter}");
    window.wait("owners", |_| {
        let plan = plan(&desk);
        let day = headroom_tests::today();
        let then = plan.as_of(day);
        ["inv", "tax"]
            .iter()
            .all(|key| {
                let at = then.service_ix(plan.find::<Service>(key).unwrap()).unwrap();
                !then.owners(at).is_empty()
            })
            .then_some(())
    });
}

/// Dragged: the edge of a column.
#[test]
fn columns_are_resized_by_key() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go("#/people");
    focus(&window, "[data-testid=people-table]");
    let width = "return document.querySelector('[data-testid=people-table] .table-title').offsetWidth";
    window.press("{Tab}");
    changes(&window, "a wider column", width, "{Shift}{Right}");
    changes(&window, "a narrower column", width, "{Shift}{Left}{Shift}{Left}");

    window.go("#/hiring");
    focus(&window, "[data-testid=sheet]");
    let width = "return document.querySelector('#sheet-0-1')?.offsetWidth ?? 0";
    window.press("{Ctrl}{Home}{Right}");
    changes(&window, "a wider column of the grid", width, "{Alt}{Shift}{Right}");
    changes(&window, "a narrower one", width, "{Alt}{Shift}{Left}{Alt}{Shift}{Left}");
    assert_eq!(window.js("return location.hash"), "#/hiring", "it is not the key that goes back");
}

/// Dragged: the head of a column of the planning grid.
#[test]
fn columns_of_the_grid_are_put_in_order_in_their_menu() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go("#/hiring");
    window.wait_text("#sheet-0-0", "-");
    let heads =
        "return [...document.querySelectorAll('.table-title')].map((head) => head.innerText.trim()).join()";
    let tab_to = |what: &str| {
        let reached = (0..30).any(|_| {
            window.press("{Tab}");
            window.js(&format!("return document.activeElement.matches({})", serde_json::json!(what))) == true
        });
        assert!(reached, "the tab key leads to {what}");
    };
    // Where the row of buttons has no room for it, it is in the menu at its end.
    if !window.has("[data-testid=columns]") {
        focus(&window, "[data-testid=toolbar-more]");
        window.press("{Enter}");
        tab_to("[data-testid=columns]");
    }
    focus(&window, "[data-testid=columns]");
    window.press("{Enter}");
    tab_to("[aria-label='Move Title down']");
    changes(&window, "another order", heads, "{Enter}");
}

/// Drawn: what is chosen in the planning grid, and its corner.
#[test]
fn cells_are_chosen_and_continued_by_key() {
    let desk = two_teams();
    let window = Window::on_plan(desk.path());
    window.go("#/hiring");
    window.wait_text("#sheet-0-0", "HC2025-NH-001");
    focus(&window, "[data-testid=sheet]");
    window.press("{Ctrl}{Home}{Right}Wave 1{Enter}Wave 2{Enter}x{Enter}y{Enter}");
    window.wait_text("#sheet-3-1", "y");
    window.press("{Ctrl}{Home}{Right}{Shift}{Down}");
    window.wait_text("[data-testid=chosen]", "2 cells");
    window.press("{Shift}{F10}");
    choose_in_menu(&window, "Continue below…");
    window.wait_text("dialog h2", "Continue 2 rows below");
    assert_eq!(window.js("return document.querySelector('[data-testid=continue-rows]').value"), "2");
    window.press("{Enter}");
    window.wait_text("#sheet-2-1", "Wave 3");
    window.wait_text("#sheet-3-1", "Wave 4");
    // One step.
    window.press("{Ctrl}z");
    window.wait("both to be as they were", |it| {
        (it.text("#sheet-2-1").trim() == "x" && it.text("#sheet-3-1").trim() == "y").then_some(())
    });
    // Whole rows.
    window.press("{Ctrl}{Home}{Shift} ");
    let all = window.text("[data-testid=chosen]");
    window.press("{Shift}{Down}");
    window.wait("two rows", |it| (it.text("[data-testid=chosen]") != all).then_some(()));
}

/// Dragged: a bar of the hiring timeline.
#[test]
fn bars_of_the_timeline_are_moved_by_key() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go("#/hiring?part=timeline");
    window.wait("bars", |it| it.has("[data-testid=way].movable").then_some(()));
    let starts = || {
        let plan = plan(&sample.desk);
        plan.positions.iter().map(|row| (row.key.clone(), row.start)).collect::<Vec<_>>()
    };
    let before = starts();
    focus(&window, "[data-testid=seat-bars]");
    for _ in 0..40 {
        window.press("{Down}");
        let is_movable = "const row = document.getElementById(document.querySelector('[data-testid=seat-bars]')\
            .getAttribute('aria-activedescendant')); return !!row?.querySelector('.movable')";
        if window.js(is_movable) == true {
            break;
        }
    }
    window.press("{Shift}{Right}");
    window.wait("another first day", |_| (starts() != before).then_some(()));
}

/// Dragged: the day under every view.
#[test]
fn the_day_is_moved_by_key() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.press("{Alt}t");
    let day = "return document.querySelector('[data-testid=timeline]').getAttribute('aria-valuetext')";
    changes(&window, "the next day", day, "{Right}");
    changes(&window, "a week later", day, "{Shift}{Right}");
    changes(&window, "the end", day, "{End}");
}

/// Dragged: chart, map and matrix, and the frame in their small pictures.
#[test]
fn pictures_are_moved_by_key() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    for (address, surface, place) in [
        (
            "#/organisation",
            "team-chart",
            "return document.querySelector('[data-testid=team-chart] svg > g').getAttribute('transform')",
        ),
        (
            "#/map?picture=teams",
            "map-graph",
            "return document.querySelector('[data-testid=map-graph] svg > g').getAttribute('transform')",
        ),
    ] {
        window.go(address);
        let script = format!("return !!document.querySelector('[data-testid={surface}] .box')");
        window.wait(address, |it| (it.js(&script) == true).then_some(()));
        focus(&window, &format!("[data-testid={surface}]"));
        for key in ["Right", "Down", "Left", "Up"] {
            changes(&window, &format!("{surface} to move {key}"), place, &format!("{{Ctrl}}{{{key}}}"));
        }
    }
    window.go("#/map?picture=matrix");
    window.wait("the matrix", |it| it.has("[data-testid=matrix]").then_some(()));
    focus(&window, "[data-testid=matrix]");
    // The frame in the small picture shows what part is in sight.
    for _ in 0..6 {
        window.press("+");
    }
    let frame = "return document.querySelector('.overview i').getAttribute('style')";
    for key in ["Right", "Down", "Left", "Up"] {
        changes(&window, &format!("the matrix to move {key}"), frame, &format!("{{Ctrl}}{{{key}}}"));
    }
}
