//! Tables: columns and views that are remembered, filters by column, groups, several rows at once, copies and CSV.

use std::{
    fs,
    path::{Path, PathBuf},
};

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

use crate::sample_file::SampleFile;

fn picture(window: &Window, name: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/tables");
    window.screenshot(&place.join(format!("{name}.png")));
}

fn opened(sample: &SampleFile, dialog: Option<&Path>) -> Window {
    let window = Window::start(&Start { arguments: &[sample.desk.path()], dialog, ..Start::default() });
    window.wait_text("nav", "Organisation");
    window
}

/// The page as it is after the window was closed and opened: what is not remembered is gone.
fn restart(window: &Window) {
    window.js("window.isOld = true; location.reload()");
    window.wait("the page to be there anew", |it| {
        (it.js("return window.isOld ?? false") == false && it.has("nav")).then_some(())
    });
}

fn heads(window: &Window, table: &str) -> String {
    window.text(&format!("[data-testid={table}-table] .table-head")).replace('\n', " ")
}

/// Waits for a filter in words, above the table.
fn conditions(window: &Window, words: &str) {
    window.wait(words, |it| {
        let shown = it.text("[data-testid=conditions]").replace('\n', " ");
        shown.contains(words).then_some(())
    });
}

fn focus(window: &Window, table: &str) {
    window.js(&format!("document.querySelector('[data-testid={table}-table]').focus()"));
}

/// How many rows match, once the table says so.
fn counted(window: &Window, table: &str, words: &str) {
    window.wait_text(&format!("[data-testid={table}-count]"), words);
}

/// What a CSV file has, row by row, its head first.
fn lines(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn columns_are_chosen_moved_resized_and_remembered() {
    let sample = SampleFile::new();
    let window = opened(&sample, None);
    window.go("#/people");
    window.wait("people", |it| it.has("#people-3").then_some(()));
    assert!(!heads(&window, "people").contains("Email"));
    window.click("[data-testid=columns]");
    picture(&window, "columns-menu");
    window.click("[data-testid=column-email]");
    window.click("[data-testid=column-company]");
    window.wait("the columns", |it| {
        let heads = heads(it, "people");
        (heads.contains("Email") && !heads.contains("Company")).then_some(())
    });
    assert_eq!(window.js("return document.querySelector('[data-testid=column-name]').disabled"), true);
    window.press("{Esc}");
    // By the keyboard: the edge of a column, and its menu.
    let width = || {
        let found = window.js("return document.querySelector('#people-0 [role=gridcell]').clientWidth");
        found.as_u64().unwrap()
    };
    let before = width();
    focus(&window, "people");
    window.press("{Tab}{Shift}{Right}");
    window.wait("a wider column", |_| (width() == before + 16).then_some(()));
    window.press("{Alt}{Down}");
    window.wait_text("[data-testid=column-panel]", "Filter by name");
    picture(&window, "column-panel");
    window.press("{Esc}");
    window.wait_gone("[data-testid=column-panel]");
    assert_eq!(
        window.js("return document.activeElement.className").as_str().unwrap().split(' ').next(),
        Some("sorter")
    );
    restart(&window);
    window.wait("people", |it| it.has("#people-3").then_some(()));
    let heads = heads(&window, "people");
    assert!(heads.contains("Email") && !heads.contains("Company"), "{heads}");
    assert_eq!(width(), before + 16);
    window.click("[data-testid=columns]");
    window.click("[data-testid=columns-reset]");
    window.wait("the usual ones", |it| (!self::heads(it, "people").contains("Email")).then_some(()));
}

#[test]
fn the_main_column_is_cut_last() {
    let sample = SampleFile::new();
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1024, 700)),
        ..Start::default()
    });
    for (table, address, main) in [
        ("services", "#/ownership?sel=service:{service:search}", "Service"),
        ("people", "#/people?sel=person:{person:grace.nair}", "Name"),
        ("findings", "#/findings?finding={finding}", "Finding"),
    ] {
        let address = if table == "findings" {
            window.go("#/findings");
            window.click("#findings-0");
            window.js("return location.hash").as_str().unwrap().to_owned()
        } else {
            sample.address(address)
        };
        window.go(&address);
        window.wait(table, |it| it.has(&format!("#{table}-1")).then_some(()));
        picture(&window, &format!("beside-a-panel-{table}"));
        let heads = heads(&window, table);
        assert!(heads.contains(main), "{heads}");
        let is_wider = window.js(&format!(
            "const table = document.querySelector('[data-testid={table}-table]'); return table.scrollWidth > table.clientWidth + 1"
        ));
        assert_eq!(is_wider, false, "{table} fits beside its panel");
    }
}

#[test]
fn services_are_filtered_grouped_saved_and_found_again() {
    let sample = SampleFile::new();
    let window = opened(&sample, None);
    window.go("#/ownership");
    window.wait("services", |it| it.has("#services-3").then_some(()));
    let all = window.text("[data-testid=services-count]");
    window.click("[data-testid=table-filter]");
    picture(&window, "filter-menu");
    window.click("[data-testid=filter-owner]");
    window.wait_text("[data-testid=condition-choices]", "Payments");
    picture(&window, "filter-by-owner");
    window.type_into("[data-testid=condition-find]", "payments");
    window.wait("one choice", |it| {
        let lines = it.js("return document.querySelectorAll('[data-testid=condition-choices] li').length");
        (lines == 1).then_some(())
    });
    window.click("[data-testid=condition-choices] input");
    conditions(&window, "Owner Payments & Invoicing");
    window.press("{Esc}");
    window.wait("fewer", |it| (it.text("[data-testid=services-count]") != all).then_some(()));
    // By the head of the column: a second condition, then groups.
    window.right_click("[data-testid=services-table] [role=columnheader]:nth-child(3)");
    window.wait_text("[data-testid=column-panel]", "Group by tier");
    window.click("[data-testid=group-by-it]");
    window.wait_text("#services-0", "Tier");
    picture(&window, "filtered-and-grouped");
    let filtered = window.text("[data-testid=services-count]");
    window.click("[data-testid=table-views]");
    window.click("[data-testid=view-name]");
    window.press("ours by tier");
    window.click("[data-testid=view-save]");
    window.wait_text("[data-testid=saved-view]", "ours by tier");
    picture(&window, "views-menu");
    window.press("{Esc}");
    window.click("[data-testid=clear-filters]");
    counted(&window, "services", &all);
    // In the palette from anywhere, after a restart too.
    window.go("#/people");
    restart(&window);
    window.wait_text("nav", "Organisation");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "ours by");
    window.wait_text("[data-testid=palette-list]", "ours by tier");
    window.press("{Enter}");
    counted(&window, "services", &filtered);
    window.wait_text("#services-0", "Tier");
    conditions(&window, "Owner Payments & Invoicing");
    // And back.
    window.press("{Alt}{Left}");
    window.wait("people again", |it| it.has("#people-3").then_some(()));
}

#[test]
fn numbers_and_days_are_filtered_by_range() {
    let sample = SampleFile::new();
    let window = opened(&sample, None);
    window.go("#/people");
    window.wait("people", |it| it.has("#people-3").then_some(()));
    window.click("[data-testid=table-filter]");
    window.click("[data-testid=filter-services]");
    window.type_into("[data-testid=condition-least]", "1");
    window.press("{Enter}");
    conditions(&window, "Owns at least 1");
    window.click("[data-testid=table-filter]");
    window.click("[data-testid=filter-from]");
    window.type_into("[data-testid=condition-until]", "31 dec 2026");
    window.press("{Enter}");
    conditions(&window, "Start date until 31 Dec 2026");
    picture(&window, "ranges");
    assert_eq!(
        window.js("return decodeURIComponent(location.hash)"),
        "#/people?where.services=#1..&where.from=@..2026-12-31"
    );
    window.click("[data-testid=clear-services]");
    window.wait("the other one alone", |it| (!it.has("[data-testid=clear-services]")).then_some(()));
}

#[test]
fn several_services_are_confirmed_assigned_and_deleted_each_as_one_step() {
    let sample = SampleFile::new();
    let window = opened(&sample, None);
    window.go("#/ownership?sort=name");
    window.wait("services", |it| it.has("#services-3").then_some(()));
    let all = window.text("[data-testid=services-count]");
    let steps = || sample.desk.json(&["history", sample.desk.path(), "--json"]).as_array().unwrap().len();
    let before = steps();
    // Three by the keyboard, one more with the mouse.
    focus(&window, "services");
    window.press("{Down}{Shift}{Down}{Shift}{Down}");
    window.wait_text("[data-testid=selected-menu]", "3 selected");
    window.click("[data-testid=selected-menu]");
    picture(&window, "selected-menu");
    window.js("[...document.querySelectorAll('.menu .lines button')].find((line) => line.textContent.includes('Confirm owner')).click()");
    window.wait_text("[data-testid=notices]", "Confirmed owners of 3 services");
    window.wait("one step", |_| (steps() == before + 1).then_some(()));
    window.right_click("#services-1");
    window.wait_text("[data-testid=context-menu]", "Assign owner");
    let lines = window.text("[data-testid=context-menu]");
    assert!(
        !lines.contains("Retire") && lines.contains("Set backup"),
        "what can be done with several: {lines}"
    );
    picture(&window, "menu-of-several");
    window.press("{Enter}");
    window.choose("[data-testid=owner-picker]", "Payments");
    window.wait_text("[data-testid=effect]", "change");
    window.click("[data-testid=assign-done]");
    window.wait_gone("dialog[open]");
    for row in 0..3 {
        window.wait_text(&format!("#services-{row}"), "Payments");
    }
    // Deleted, and back.
    focus(&window, "services");
    window.press("{Home}{Shift}{Down}{Delete}");
    window.wait_text("dialog h2", "Delete 2 services");
    window.wait_text("dialog [data-testid=effect]", "change");
    picture(&window, "delete-several");
    window.click("[data-testid=delete-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=notices]", "Deleted 2 services");
    window.wait("fewer", |it| (it.text("[data-testid=services-count]") != all).then_some(()));
    window.press("{Ctrl}z");
    counted(&window, "services", &all);
    window.press("{Ctrl}z{Ctrl}z");
    window.wait("all to be as before", |it| it.has("[data-testid=notices]").then_some(()));
    assert_eq!(sample.desk.json(&["doctor", sample.desk.path(), "--json"])["sound"], true);
}

#[test]
fn several_people_move_to_a_team_as_one_step() {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\npay,Payments\nret,Returns\n");
    desk.file("csv/people.csv", "id,name\nada,Ada\nben,Ben\ncy,Cy\n");
    desk.file("csv/memberships.csv", "person,team\nada,pay\nben,pay\ncy,ret\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let window = Window::on_plan(desk.path());
    window.go("#/people");
    window.wait_text("#people-2", "Cy");
    focus(&window, "people");
    window.press("{Ctrl}a");
    window.wait_text("[data-testid=selected-menu]", "3 selected");
    window.press("{Ctrl}{Shift}m");
    window.choose("[data-testid=move-to]", "Returns");
    window.wait_text("dialog", "Move 3 people to Returns");
    window.wait("the effect", |it| {
        let button = "return document.querySelector('[data-testid=move-several-done]').disabled";
        (it.js(button) == false).then_some(())
    });
    picture(&window, "move-several");
    window.click("[data-testid=move-several-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("#people-0", "Returns");
    window.wait_text("#people-1", "Returns");
    window.press("{Ctrl}z");
    window.wait_text("#people-0", "Payments");
    window.wait_text("#people-1", "Payments");
}

#[test]
fn what_is_shown_is_written_as_csv_and_copied() {
    let sample = SampleFile::new();
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("services.csv");
    let window = opened(&sample, Some(&path));
    window.go("#/ownership?sort=-dependents");
    window.wait("services", |it| it.has("#services-3").then_some(()));
    window.click("[data-testid=table-more]");
    window.click("[data-testid=table-csv]");
    window.wait_text("[data-testid=notices]", "services.csv");
    let written = lines(&path);
    let total = sample.desk.stats()["services"].as_u64().unwrap() as usize;
    assert_eq!(written.len(), total + 1, "all rows, not only those in sight");
    assert_eq!(written[0][0], "Service");
    let column = |title: &str| written[0].iter().position(|head| head == title).unwrap();
    let dependents: Vec<u32> =
        written[1..].iter().map(|row| row[column("Dependents")].parse().unwrap()).collect();
    assert!(dependents.is_sorted_by(|one, next| one >= next) && dependents[0] > 0, "{dependents:?}");
    let confirmed: Vec<&str> = written[1..].iter().map(|row| row[column("Confirmed")].as_str()).collect();
    assert!(confirmed.iter().any(|day| !day.is_empty()));
    for day in confirmed.into_iter().filter(|day| !day.is_empty()) {
        assert!(day.parse::<chrono::NaiveDate>().is_ok(), "{day} is no day as spreadsheets read it");
    }
    for (at, row) in written[1..4].iter().enumerate() {
        window.wait_text(&format!("#services-{at}"), &row[0]);
    }
    // Two of them, on the clipboard.
    focus(&window, "services");
    window.press("{Down}{Shift}{Down}{Ctrl}c");
    window.wait_text("[data-testid=notices]", "Copied 2 services");
    window.click("[data-testid=services-filter]");
    window.press("{Ctrl}v");
    let pasted = window.wait("what was copied", |it| {
        let text = it.js("return document.querySelector('[data-testid=services-filter]').value");
        let text = text.as_str().unwrap().to_owned();
        (!text.is_empty()).then_some(text)
    });
    assert!(pasted.contains("Service\tOwner") && pasted.contains(&written[2][0]), "{pasted}");
    assert!(!pasted.contains(&written[3][0]), "{pasted}");
    // All of them, in sight or not.
    window.js("document.querySelector('[data-testid=services-filter]').value = ''");
    window.go("#/ownership");
    window.click("[data-testid=table-more]");
    window.click("[data-testid=table-copy]");
    window.wait_text("[data-testid=notices]", &format!("Copied {total} services"));
}

/// Every table with all of its columns: each can be sorted by, asked for its choices, and written.
#[test]
fn every_table_is_written() {
    let sample = SampleFile::new();
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("table.csv");
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        dialog: Some(&path),
        size: Some((2560, 1440)),
        ..Start::default()
    });
    window.wait_text("nav", "Organisation");
    for (table, address) in [
        ("people", "#/people"),
        ("services", "#/ownership"),
        ("worklist", "#/ownership?mode=confirm"),
        ("findings", "#/findings"),
        ("incidents", "#/incidents"),
        ("actions", "#/incidents?part=actions"),
        ("gaps", "#/hiring?part=gaps"),
        ("history", "#/history"),
        ("overdue", "#/onboarding?part=chase"),
        ("workload", "#/onboarding?part=load"),
    ] {
        let there = format!("[data-testid={table}-table] [aria-rowindex='3']");
        let there = if table == "history" { there.replace('3', "2") } else { there };
        window.go(address);
        window.wait(table, |it| it.has(&there).then_some(()));
        window.click("[data-testid=columns]");
        window.js(
            "document.querySelectorAll('.menu .lines input:not(:checked)').forEach((box) => box.click())",
        );
        window.press("{Esc}");
        let count = |what: &str| {
            let script =
                format!("return document.querySelectorAll('[data-testid={table}-table] {what}').length");
            window.js(&script).as_u64().unwrap()
        };
        let columns = count(".sorter");
        assert!(columns >= 4, "{table} has {columns} columns to sort by");
        for column in 0..columns {
            window.js(&format!(
                "document.querySelectorAll('[data-testid={table}-table] .sorter')[{column}].click()"
            ));
            window.wait("the order", |it| {
                it.js("return location.hash").as_str().unwrap().contains("sort=").then_some(())
            });
            window.js_later("requestAnimationFrame(() => setTimeout(() => done(true), 30))");
            assert_eq!(
                count("p.message"),
                0,
                "{table}: {}",
                window.text(&format!("[data-testid={table}-table]"))
            );
        }
        window.click("[data-testid=table-filter]");
        let filters = window.js(
            "return [...document.querySelectorAll('.menu .lines button')].map((line) => line.dataset.testid)",
        );
        window.press("{Esc}");
        for filter in filters.as_array().unwrap() {
            window.click("[data-testid=table-filter]");
            window.click(&format!("[data-testid={}]", filter.as_str().unwrap()));
            window.wait("what it filters by", |it| {
                it.has("[data-testid=condition-editor] :is(input, li)").then_some(())
            });
            let panel = window.text("[data-testid=column-panel]");
            assert!(!panel.contains("Nothing to choose"), "{table}: {panel}");
            window.press("{Esc}");
        }
        picture(&window, &format!("all-columns-{table}"));
        window.click("[data-testid=table-more]");
        window.click("[data-testid=table-csv]");
        window.wait(table, |_| path.exists().then_some(()));
        let written = lines(&path);
        assert!(written.len() > 1 && written[0].len() as u64 >= columns, "{table}: {written:?}");
        fs::remove_file(&path).unwrap();
    }
}
