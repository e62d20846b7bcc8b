//! What people come for, from the first view on, and in how many actions it is done. Onboarding is in
//! `tasks_onboarding.rs`; moving somebody, and what breaks if somebody leaves, in `moving.rs`.

use std::path::Path;

use headroom_tests::{
    Desk, real_data,
    window::{Start, Window},
};

use crate::{actions::Actions, sample_file::SampleFile};

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/tasks");
    window.screenshot(&folder.join(name));
}

fn opened(desk: &Desk) -> Window {
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1280, 900)), ..Start::default() });
    window.wait_text("[data-testid=tile-headcount]", "Headcount");
    window
}

#[test]
fn a_backfill_is_planned_with_its_cost_and_whether_on_call_holds() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk);
    let before = sample.desk.json(&["findings", sample.desk.path(), "--format", "json", "--limit", "0"]);
    let mut actions = Actions::new(&window, "plan a backfill", 5);
    window.wait_text("[data-testid=unowned]", "Omar Wong");
    actions.click_text("[data-testid=unowned] a", "Omar Wong");
    window.wait_text("[data-testid=leaver]", "Omar Wong leaves on 31 Jan 2027");
    actions.click("[data-testid=decide-backfill]");
    let preview = window.wait_text("[data-testid=backfill-preview]", "On-call");
    assert!(preview.contains("productive"), "{preview}");
    actions.click("[data-testid=seats-cost-show]");
    window.wait_text("[data-testid=seats-cost]", "€");
    let on_call = window.text("[data-testid=backfill-on-call]");
    assert!(on_call.contains("On-call") || on_call.contains("on-call"), "{on_call}");
    picture(&window, "backfill.png");
    actions.click("[data-testid=backfill-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=leaver]", "Backfill:");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=leaver]", "What should happen");
    let after = sample.desk.json(&["findings", sample.desk.path(), "--format", "json", "--limit", "0"]);
    assert_eq!(before, after, "undone as one");
}

#[test]
fn hires_are_typed_pasted_filled_and_undone_two_actions_from_the_first_view() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk);
    let mut actions = Actions::new(&window, "reach the row", 2);
    actions.click("[data-testid=nav-hiring]");
    window.wait("the rows", |it| it.has("#sheet-0-0").then_some(()));
    let before = window.wait("the totals", |it| {
        Some(it.text("[data-testid=totals]")).filter(|totals| totals.contains("positions"))
    });
    actions.click("[data-testid=add-row]");
    let line = window.wait("the empty row", |it| {
        let cell = it
            .js("return document.querySelector('[data-testid=sheet]').getAttribute('aria-activedescendant')");
        let (line, column) = cell.as_str()?.strip_prefix("sheet-")?.split_once('-')?;
        it.has("#app .row.new .cell.cursor").then(|| (line.parse::<usize>().unwrap(), column.to_owned()))
    });
    let (line, column) = line;
    let title = |at: usize| format!("#sheet-{}-{column}", line + at);
    for (at, name) in ["Tester", "Designer", "Writer", "Analyst", "Engineer"].into_iter().enumerate() {
        window.press(&format!("{name}{{Enter}}"));
        window.wait_text(&title(at), name);
    }
    window.js(
        "const area = document.createElement('textarea'); area.id = 'elsewhere'; area.value = 'Coach\\nPlanner\\n';\
         document.body.append(area); area.focus(); area.select()",
    );
    window.press("{Ctrl}c");
    window.js("document.getElementById('elsewhere').remove(); document.querySelector('[data-testid=sheet]').focus()");
    window.press("{Ctrl}v");
    window.wait_text(&title(6), "Planner");
    window.click(&title(4));
    window.press("{Shift}{Down}{Shift}{Down}{Ctrl}d");
    window.wait("the fill", |it| (it.text(&title(6)) == it.text(&title(4))).then_some(()));
    picture(&window, "hires.png");
    // The fill, the block, and each of the five was a step.
    for _ in 0..7 {
        window.press("{Ctrl}z");
    }
    window.wait("the positions that were there", |it| {
        (it.text("[data-testid=totals]") == before).then_some(())
    });
}

#[test]
fn the_most_dangerous_gap_is_found_and_closed() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk);
    let mut actions = Actions::new(&window, "close the most dangerous gap", 4);
    let row = "[data-testid=urgent] li:has([data-testid=urgent-way])";
    window.wait("a way", |it| it.has(row).then_some(()));
    let message = window.text(&format!("{row} a"));
    actions.click(&format!("{row} [data-testid=urgent-way]"));
    let effect = window.wait_text("[data-testid=effect]", "Resolves");
    assert!(effect.contains(&message), "{message}: {effect}");
    actions.click("[data-testid=remedy-apply]");
    window.wait_gone("dialog[open]");
    window
        .wait("the finding to go", |it| (!it.text("[data-testid=urgent]").contains(&message)).then_some(()));
}

#[test]
fn what_breaks_if_somebody_leaves_is_seen_and_the_services_handed_over() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk);
    let mut actions = Actions::new(&window, "what breaks if Omar leaves on 1 January", 8);
    actions.key("{Ctrl}k");
    actions.type_text("[data-testid=palette-input]", "omar");
    window.wait_text("[data-testid=palette-list]", "Omar Wong");
    actions.key("{Enter}");
    window.wait_text("[data-testid=person-page]", "Omar Wong");
    actions.click("[data-testid=end-person]");
    window.wait("the last day", |it| {
        it.js("const day = document.activeElement; return day.dataset.testid === 'offboard-day' && day.selectionEnd > day.selectionStart")
            .as_bool()
            .filter(|is_ready| *is_ready)
    });
    actions.type_text("[data-testid=offboard-day]", "1 Jan 2027");
    actions.click("[data-testid=handover-all]");
    window.wait_text("[data-testid=offboard-done]", "1 Jan 2027");
    let effect = window.wait_text("[data-testid=effect]", "People:");
    assert!(
        effect.contains("Resolves") || effect.contains("Creates") || effect.contains("findings"),
        "{effect}"
    );
    picture(&window, "leaves.png");
    actions.click("[data-testid=offboard-done]");
    window.wait_gone("dialog[open]");
    let shown = sample.desk.json(&[
        "findings",
        sample.desk.path(),
        "--format",
        "json",
        "--limit",
        "0",
        "--as-of",
        "2027-01-02",
    ]);
    let shown = shown.to_string();
    assert!(!shown.contains("only Omar Wong"), "nothing hangs on him after he has left");
}

#[test]
fn a_folder_of_catalogs_is_imported_and_understood() {
    let folder = tempfile::tempdir().unwrap();
    let source = real_data("backstage-acme").unwrap_or_else(|| {
        let file = folder.path().join("catalog-info.yaml");
        std::fs::write(
            &file,
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: checkout}\n\
             spec: {type: service, lifecycle: production, owner: payments}\n",
        )
        .unwrap();
        folder.path().to_owned()
    });
    let desk = Desk::new();
    let start = Start {
        arguments: &[desk.path()],
        dialog: Some(&source),
        size: Some((1280, 900)),
        ..Start::default()
    };
    let window = Window::start(&start);
    window.wait_text("[data-testid=way-in]", "The sample");
    let mut actions = Actions::new(&window, "import a folder of catalogs", 3);
    actions.click("[data-testid=first-import]");
    actions.click("[data-testid=choose-folder]");
    // What it would bring is said before it is taken: of which kinds how many, and what could not be read.
    let counts = window.wait_text("[data-testid=import-counts]", "service");
    picture(&window, "import.png");
    actions.click("[data-testid=import-apply]");
    let done = window.wait_text("[data-testid=import-done]", "mport");
    assert!(counts.chars().any(|letter| letter.is_ascii_digit()), "{counts}: {done}");
    assert!(desk.stats()["services"].as_u64().unwrap() > 0);
}

#[test]
fn one_change_of_last_week_is_found_and_undone_alone() {
    let sample = SampleFile::new();
    let path = sample.desk.path();
    sample.desk.done(&["checklist", path, "move", "grace.nair", "--on", "2027-01-18"]);
    let names = headroom_tests::now();
    let mut store = headroom_store::Store::open(&sample.desk.plan, names).unwrap();
    let base = store.plan().clone();
    for (title, label) in
        [("Tech lead", "Changed job title of Omar Wong"), ("Writer", "Changed job title of Grace Nair")]
    {
        let key = if title == "Writer" { "grace.nair" } else { "omar.wong" };
        let mut draft = headroom_model::Draft::new(&base);
        let person = base.people.get(base.find::<headroom_model::Person>(key).unwrap()).unwrap();
        draft.put(headroom_model::Person { title: title.into(), ..person.clone() });
        let changes = draft.finish();
        store.apply(&headroom_store::OperationMeta::edit(label, "Eve", names), changes).unwrap();
    }
    drop(store);
    let window = opened(&sample.desk);
    let mut actions = Actions::new(&window, "undo one change of last week", 4);
    actions.click("[data-testid=nav-history]");
    window.wait_text("[data-testid=history]", "Changed job title of Omar Wong");
    actions.click_text("[data-testid=history] [role=row][id]", "Changed job title of Omar Wong");
    actions.click("[data-testid=undo-step]");
    window.wait_text("dialog [data-testid=effect]", "Omar Wong");
    picture(&window, "undo-one.png");
    actions.click("dialog [data-testid=settle]");
    window.wait_gone("dialog[open]");
    let plan = headroom_store::Store::open(&sample.desk.plan, names).unwrap().plan().clone();
    let title =
        |key: &str| plan.people.get(plan.find::<headroom_model::Person>(key).unwrap()).unwrap().title.clone();
    assert_ne!(title("omar.wong"), "Tech lead");
    assert_eq!(title("grace.nair"), "Writer", "what came after stays");
}
