//! Every dialog in a small window, with the longest names: nothing is pushed out.

use std::{collections::BTreeSet, fs, path::Path};

use headroom_model::{Action, Draft, Metric, Person, Position, Team};
use headroom_store::{OperationMeta, Store};
use headroom_tests::{
    Desk, headroom, now,
    window::{Start, Window},
};

/// Eighty characters.
fn long(name: &str) -> String {
    let tail = " of the Department That Was Renamed So Often That Nobody Remembers What It Is For Now";
    format!("{name}{tail}").chars().take(80).collect()
}

/// A plan folder with something for every dialog.
fn organisation(folder: &Path) {
    let write = |name: &str, lines: Vec<String>| fs::write(folder.join(name), lines.join("\n")).unwrap();
    let rows = |head: &str, rows: Vec<String>| [vec![head.to_owned()], rows].concat();
    let of = |prefix: &str, count: usize| (0..count).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>();
    let teams = of("t", 3).into_iter().map(|key| format!("{key},{}", long(&format!("Team {key}"))));
    write("teams.csv", rows("id,name", teams.collect()));
    let people = of("p", 9).into_iter().map(|key| {
        let last = if key == "p2" { "2027-02-26" } else { "" };
        format!("{key},{},{},2025-01-06,{last}", long(&format!("Person {key}")), long("Office"))
    });
    let new_hire = format!("new,{},,2027-01-11,", long("Newcomer"));
    write("people.csv", rows("id,name,location,from,until", people.chain([new_hire]).collect()));
    let members = of("p", 9).into_iter().enumerate().map(|(at, key)| format!("{key},t{},2025-01-06", at % 3));
    let members = members.chain(["new,t0,2027-01-11".to_owned()]);
    write("memberships.csv", rows("person,team,from", members.collect()));
    let services = of("s", 5).into_iter().map(|key| format!("{key},{},1", long(&format!("Service {key}"))));
    write("services.csv", rows("id,name,tier", services.collect()));
    write("incidents.csv", rows("id,title,services", vec![format!("i,{},s0", long("Incident"))]));
    let action = format!("x,{},s0,i,2026-01-12", long("Action"));
    write("actions.csv", rows("id,title,service,incident,opened", vec![action]));
    let owned = ["s0,t0,team", "s1,t1,team", "s4,t1,team", "s2,p2,person"].map(str::to_owned).to_vec();
    write("ownership.csv", rows("service,owner,owner_kind", owned));
    let needs = ["s0,s1", "s1,s2", "s3,s0", "s4,s1"].map(str::to_owned).to_vec();
    write("dependencies.csv", rows("service,depends_on", needs));
    let position = format!("POS-1,{},t0,2027-03-01,planned,90000.00 EUR,o1; o2", long("Engineer"));
    let held = format!("POS-2,{},t2,2025-01-06,open,90000.00 EUR,", long("Engineer"));
    write("positions.csv", rows("id,title,team,need_by,status,pay,waits_for", vec![position, held]));
    write("metrics.csv", rows("id,name", vec![format!("m,{}", long("Payback"))]));
    let figure = format!("m,2026-09-01,2026-09-30,14,{}", long("Segment"));
    write("observations.csv", rows("metric,first,last,value,segment", vec![figure]));
    let objective = |key: &str, value: u8| format!("{key},m,<,{value},{}", long("Segment"));
    write(
        "objectives.csv",
        rows("id,metric,op,value,segment", vec![objective("o1", 12), objective("o2", 10)]),
    );
    let line = format!("2026-10-01,2026-10-31,12,12,EUR,{}", long("Namespace"));
    write("cost_lines.csv", rows("first,last,billed,effective,currency,namespace", vec![line]));
    write("assignments.csv", rows("position,person,from", vec!["POS-2,p2,2025-01-06".to_owned()]));
}

fn test_id(id: &str) -> String {
    format!("[data-testid={id}]")
}

/// Parts of the open dialog that cannot be seen or clicked, even after scrolling its content.
const PUSHED_OUT: &str = "
    document.activeElement?.blur?.();
    const dialog = document.querySelector('dialog[open]');
    const frame = dialog.getBoundingClientRect();
    const found = [];
    if (frame.left < 0 || frame.top < 0 || frame.right > innerWidth || frame.bottom > innerHeight)
      found.push('the dialog itself');
    for (const part of [dialog, ...dialog.querySelectorAll('header, .content, footer')])
      if (part.scrollWidth > part.clientWidth + 1) {
        const fitsWithout = (it) => {
          const display = it.style.display;
          it.style.display = 'none';
          const is = part.scrollWidth <= part.clientWidth + 1;
          it.style.display = display;
          return is;
        };
        const tooWide = [...part.querySelectorAll('*')].findLast(fitsWithout) ?? part;
        found.push(`${part.className || part.tagName} to the side: ${tooWide.outerHTML.slice(0, 120)}`);
      }
    for (const button of dialog.querySelectorAll('button, input, select, textarea')) {
      if (button.closest('.content')) button.scrollIntoView({ block: 'nearest' });
      const place = button.getBoundingClientRect();
      if (!place.width) continue;
      const [x, y] = [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
      const is = button.innerText || button.ariaLabel || button.outerHTML.slice(0, 80);
      if (place.left < frame.left || place.right > frame.right || place.bottom > frame.bottom) found.push(`${is} is out`);
      const there = document.elementFromPoint(x, y);
      if (!there || !(button.contains(there) || there.contains(button))) found.push(`${is} is covered`);
    }
    return found.join('; ')";

struct Tour {
    window: Window,
    /// The components whose dialogs have been checked.
    seen: BTreeSet<&'static str>,
}

impl Tour {
    /// Checks the open dialog, and closes it.
    fn look(&mut self, component: &'static str) {
        self.window.wait(component, |it| it.has("dialog[open]").then_some(()));
        let name = component.replace('/', "-");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/dialogs");
        // The effect is calculated meanwhile.
        self.window.wait("its contents", |it| {
            (!it.text("dialog[open]").contains("Calculating impact")).then_some(())
        });
        self.window.screenshot(&folder.join(format!("{name}.png")));
        let out = self.window.js(PUSHED_OUT);
        assert_eq!(out.as_str(), Some(""), "{component} at 1024 by 700");
        self.window.js("document.querySelector('dialog[open]').close()");
        self.window.wait_gone("dialog[open]");
        self.seen.insert(component);
    }

    fn at(&mut self, address: &str, clicks: &[&str], component: &'static str) {
        self.window.go(address);
        clicks.iter().for_each(|click| self.window.click_in_toolbar(click));
        self.look(component);
    }
}

/// The components of the page that open a dialog, by path.
fn components(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            components(&entry, found);
        } else if entry.extension().is_some_and(|it| it == "svelte")
            && fs::read_to_string(&entry).unwrap().contains("<Dialog")
        {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src");
            found.insert(entry.strip_prefix(root).unwrap().with_extension("").display().to_string());
        }
    }
}

#[test]
fn every_dialog_fits_a_small_window_with_long_names() {
    let desk = Desk::new();
    let files = desk.folder.path().join("files");
    fs::create_dir(&files).unwrap();
    organisation(&files);
    fs::write(files.join("joining.md"), format!("# Joining\n\n## Day 1\n\n- [ ] {} (buddy)\n", long("Read")))
        .unwrap();
    let file = files.display().to_string();
    let markdown = files.join("joining.md").display().to_string();
    desk.done(&["import", desk.path(), &markdown, "--format", "markdown"]);
    desk.done(&["import", desk.path(), &file]);
    desk.done(&["checklist", desk.path(), "start", "new"]);
    let handed_out = desk.folder.path().join("out.headroom");
    let out = handed_out.display().to_string();
    // The newest step is someone else's.
    let done = headroom()
        .env("HEADROOM_AUTHOR", long("Somebody Else"))
        .args(["checklist", desk.path(), "export", "new", "--out", &out])
        .status()
        .unwrap();
    assert!(done.success());
    let start = Start {
        arguments: &[desk.path()],
        dialog: Some(&handed_out),
        size: Some((1024, 700)),
        ..Start::default()
    };
    let window = Window::start(&start);
    window.wait_text("nav", "acme");
    let mut tour = Tour { window, seen: BTreeSet::new() };
    look_at_the_frame(&mut tour);
    look_at_ownership(&mut tour);
    look_at_moves(&mut tour, &desk.plan);
    look_at_hiring(&mut tour, &desk.plan);
    look_at_onboarding(&mut tour);
    look_at_incidents(&mut tour, &desk.plan);
    look_at_practices(&mut tour);
    look_at_scenarios(&mut tour, &desk);
    look_at_bets(&mut tour, &desk);
    look_at_conflicts(&mut tour, &desk.plan);
    let mut all = BTreeSet::new();
    components(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src"), &mut all);
    let seen: BTreeSet<String> = tour.seen.iter().map(|&component| component.to_owned()).collect();
    assert_eq!(all, seen, "a dialog is a line here");
}

fn look_at_the_frame(tour: &mut Tour) {
    tour.window.js("document.querySelector('[aria-label=\"Keyboard shortcuts\"]').click()");
    tour.look("shell/Keys");
    tour.at("#/organisation", &[&test_id("me")], "entities/IAmDialog");
    for kind in ["team", "person", "service"] {
        let add = test_id(&format!("add-{kind}"));
        tour.at("#/organisation", &[&test_id("add"), &add], "entities/AddDialog");
    }
    tour.at("#/organisation", &[&test_id("compare")], "views/organisation/CompareDialog");
    tour.at("#/cost", &[&test_id("make-rule")], "views/cost/LeftOver");
    tour.at("#/plan", &[&test_id("redact")], "views/settings/RedactedCopy");
    tour.at("#/plan", &[&test_id("restore")], "views/settings/PlanSettings");
    tour.at("#/plan", &["[data-testid^=update-]"], "views/settings/UpdateFiles");
}

/// One that changes something which the plan has changed as well.
fn look_at_scenarios(tour: &mut Tour, desk: &Desk) {
    let retitle = |title: &str, arguments: &[&str]| {
        let file = desk.file("people.csv", format!("id,name,title\np1,{},{title}\n", long("Person p1")));
        let import = ["import", desk.path(), file.to_str().unwrap(), "--format", "csv"];
        desk.done(&[&import[..], arguments].concat());
    };
    desk.done(&["scenario", desk.path(), "new", &long("Scenario"), "--hypothesis", &long("We believe")]);
    let plan = Store::open(&desk.plan, now()).unwrap().plan().clone();
    let scenario = &plan.scenarios.rows()[0];
    retitle(&long("Lead"), &["--scenario", &scenario.key]);
    retitle(&long("Manager"), &[]);
    tour.window.go("#/scenarios");
    tour.window.click_in_toolbar(&test_id("new-scenario"));
    // The scenarios that it may begin with come later, with their long names.
    tour.window.wait("the scenarios", |it| it.has("#new-scenario option:nth-child(2)").then_some(()));
    tour.look("entities/scenarios/NewScenarioDialog");
    let page = format!("#/scenario?id={}", scenario.id.0);
    tour.window.go(&page);
    tour.window.click(&test_id("page-merge"));
    tour.window.wait_text("dialog[open]", "was changed on both sides");
    tour.look("entities/scenarios/MergeScenarioDialog");
    tour.at(&page, &[&test_id("page-drop")], "entities/scenarios/DropScenarioDialog");
    tour.at(&page, &[&test_id("expect-figure")], "views/scenarios/ExpectFigureDialog");
}

/// One that is not decided, and one that is.
fn look_at_bets(tour: &mut Tour, desk: &Desk) {
    let [open, decided] =
        ["b1", "b2"].map(|key| format!("{key},{},t0,{},o1", long("Bet"), long("We believe")));
    let lines = [
        "id,name,team,hypothesis,objectives,decided,decision",
        &format!("{open},,"),
        &format!("{decided},2026-09-01,stop"),
    ];
    let file = desk.file("bets.csv", lines.join("\n"));
    desk.done(&["import", desk.path(), file.to_str().unwrap(), "--format", "csv"]);
    tour.at("#/bets", &[&test_id("new-bet")], "entities/bets/BetDialog");
    let plan = Store::open(&desk.plan, now()).unwrap().plan().clone();
    let page = |key: &str| format!("#/bet?id={}", plan.bets.iter().find(|bet| bet.key == key).unwrap().id.0);
    tour.at(&page("b1"), &[&test_id("decide-bet")], "entities/bets/DecideBetDialog");
    tour.at(&page("b2"), &[&test_id("review-bet")], "entities/bets/ReviewBetDialog");
}

/// What others have done: an edit that meets theirs, and undoing a step that they have followed.
fn look_at_conflicts(tour: &mut Tour, plan: &Path) {
    let retitle = |author: &str, title: &str| {
        let mut store = Store::open(plan, now()).unwrap();
        let mut draft = Draft::new(store.plan());
        let row = store.plan().get::<Person>(store.plan().find::<Person>("p1").unwrap()).unwrap().clone();
        draft.put(Person { title: long(title), ..row });
        let changes = draft.finish();
        store.apply(&OperationMeta::edit(format!("Title {title}"), author, now()), changes).unwrap();
        store.history(None, 1).unwrap()[0].seq
    };
    let first = retitle("Eve", "One");
    retitle(&long("Somebody Else"), "Two");
    tour.at(&format!("#/history?entry={first}"), &[&test_id("rewind")], "views/history/Rewind");
    tour.at(&format!("#/history?entry={first}"), &[&test_id("undo-step")], "views/history/UndoStep");
    // This window has not heard of it yet when it changes the same.
    tour.window.js("Object.defineProperty(document, 'hidden', {get: () => true})");
    let id: u64 = Store::open(plan, now()).unwrap().plan().find::<Person>("p1").unwrap().into();
    tour.window.go(&format!("#/person?id={id}"));
    tour.window.wait_text("[data-testid=person-page]", &long("Two"));
    retitle("Eve", "Three");
    tour.window.click(&test_id(&format!("person-{id}-title-shown")));
    tour.window.type_into(&test_id(&format!("person-{id}-title")), "Four");
    tour.window.press("{Enter}");
    tour.look("shell/RefusedEdit");
}

fn look_at_ownership(tour: &mut Tour) {
    tour.at(
        "#/findings?rule=owned-by-person",
        &["#findings-0", &test_id("remedy-0")],
        "entities/RemedyDialog",
    );
    tour.window.go("#/findings?rule=unowned-service");
    tour.window.wait_text("#findings-0", "has no owner");
    tour.window.click("#findings-0");
    tour.window.wait_text("aside", "has no owner");
    tour.window.click(&test_id("remedy-0"));
    tour.look("entities/RemedyDialog");
    for decision in ["review-snooze", "review-assign"] {
        let clicks = ["#findings-0", &test_id(decision)];
        tour.at("#/findings?rule=owned-by-person", &clicks, "views/findings/ReviewDialog");
    }
    tour.at("#/forecast", &[&test_id("plan-hire")], "entities/PlanHire");
    tour.at("#/ownership", &["#services-0", &test_id("assign")], "entities/AssignDialog");
    tour.at(
        "#/ownership?mode=assign&risk=no",
        &[&test_id("propose"), &test_id("look")],
        "views/ownership/HandoverDialog",
    );
}

/// A person with the services of their team, a team below another, and a position that nobody is in.
fn look_at_incidents(tour: &mut Tour, plan: &Path) {
    tour.at("#/incidents", &[&test_id("add-incident")], "views/incidents/AddIncidentDialog");
    let plan = Store::open(plan, now()).unwrap().plan().clone();
    let action: u64 = plan.find::<Action>("x").unwrap().into();
    tour.window.go(&format!("#/action?id={action}"));
    tour.window.click(&test_id("action-drop"));
    tour.look("views/incidents/DropActionsDialog");
}

fn look_at_practices(tour: &mut Tour) {
    tour.at("#/practices", &[&test_id("add-practices")], "views/practices/AddPracticesDialog");
    tour.window.click(&test_id("add-practices"));
    tour.window.click(&test_id("add-practices-done"));
    tour.window.wait("the matrix", |it| it.has("#practices-0 button.cell").then_some(()));
    tour.window.click("#practices-0 button.cell");
    tour.look("views/practices/PracticeDialog");
    tour.at("#/practices?part=campaigns", &[&test_id("start-campaign")], "views/practices/CampaignDialog");
}

fn look_at_moves(tour: &mut Tour, plan: &Path) {
    let plan = Store::open(plan, now()).unwrap().plan().clone();
    let person: u64 = plan.find::<Person>("p0").unwrap().into();
    tour.window.go(&format!("#/person?id={person}"));
    tour.window.click(&test_id("move-person"));
    tour.window.choose(&test_id("move-to"), "Team t1");
    tour.window.wait_text("dialog[open]", "go along");
    tour.window.wait_text("dialog[open]", "change");
    tour.look("entities/move/MoveDialog");
    tour.window.go("#/people?text=Person");
    tour.window.wait("people", |it| it.has("#people-2").then_some(()));
    tour.window.js("document.querySelector('[data-testid=people-table]').focus()");
    tour.window.press("{Ctrl}a");
    tour.window.wait_text(&test_id("selected-menu"), "9 selected");
    tour.window.press("{Ctrl}{Shift}m");
    tour.window.choose(&test_id("move-to"), "Team t1");
    tour.window.wait_text("dialog[open]", "change");
    tour.look("entities/move/MoveSeveralDialog");
    tour.window.js("document.querySelector('[data-testid=people-table]').focus()");
    tour.window.press("{Delete}");
    tour.window.wait_text("dialog[open]", "Delete 9 people");
    tour.look("entities/leaving/DeleteDialog");
    // p2 owns a service in person.
    let leaving: u64 = plan.find::<Person>("p2").unwrap().into();
    tour.window.go(&format!("#/person?id={leaving}"));
    tour.window.click(&test_id("end-person"));
    tour.window.wait_text("dialog[open]", "Hand over as suggested");
    tour.window.click(&test_id("handover-all"));
    tour.look("entities/leaving/OffboardDialog");
    let page = format!("#/person?id={leaving}");
    tour.at(&page, &[&test_id("decide-backfill")], "entities/BackfillDialog");
    let team: u64 = plan.find::<Team>("t0").unwrap().into();
    tour.at(&format!("#/team?id={team}"), &[&test_id("move-team")], "entities/move/MoveDialog");
    tour.at(&format!("#/team?id={team}"), &[&test_id("end-team")], "entities/leaving/EndDialog");
    tour.window.press("{Ctrl}k");
    tour.window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
    tour.window.press("merge into another");
    tour.window.wait_text("dialog[open] [aria-selected=true]", "Merge into another team");
    tour.window.press("{Enter}");
    tour.window.wait_text("dialog[open]", "Joins");
    tour.window.choose(&test_id("measure-to"), "Team t1");
    tour.window.wait_text("dialog[open]", "change");
    tour.look("entities/move/MeasureDialog");
    for (typed, title, field, component) in [
        ("cut the team", "Cut the team’s cost…", "cut-cost", "entities/move/CutCostDialog"),
        ("close a location", "Close a location…", "close-location", "entities/move/CloseLocationDialog"),
    ] {
        tour.window.press("{Ctrl}k");
        tour.window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
        tour.window.press(typed);
        tour.window.wait_text("dialog[open] [aria-selected=true]", title);
        tour.window.press("{Enter}");
        tour.window.wait(field, |it| it.has(&test_id(field)).then_some(()));
        if field == "cut-cost" {
            tour.window.click("[data-testid=cut-hidden] [data-testid=show-pay]");
            tour.window.wait_text("dialog[open]", "These months cost");
        } else {
            tour.window.js(
                "const field = document.querySelector('[data-testid=closed-location]'); field.selectedIndex = 1;\
                 field.dispatchEvent(new Event('change', { bubbles: true }))",
            );
            tour.window.wait(field, |it| it.has(&test_id("location-lines")).then_some(()));
        }
        tour.look(component);
    }
    // Two services, so that there is something to divide.
    let two: u64 = plan.find::<Team>("t1").unwrap().into();
    tour.at(&format!("#/team?id={two}"), &[&test_id("split-team")], "entities/move/SplitTeamDialog");
    let position: u64 = plan.find::<Position>("POS-1").unwrap().into();
    tour.window.go(&format!("#/position?id={position}"));
    tour.window.click(&test_id("move-position-page"));
    tour.window.wait_text("dialog[open]", "Nobody has been in this position yet");
    tour.look("entities/move/MoveDialog");
}

fn look_at_hiring(tour: &mut Tour, plan: &Path) {
    let plan = Store::open(plan, now()).unwrap().plan().clone();
    let waiting = format!("#/position?id={}", plan.find::<headroom_model::Position>("POS-1").unwrap().0);
    tour.at(&waiting, &[&test_id("set-gate")], "views/hiring/position/SetGateDialog");
    tour.at(&waiting, &[&test_id("waive-gate")], "views/hiring/position/WaiveGateDialog");
    let metric = format!("#/metric?id={}", u64::from(plan.find::<Metric>("m").unwrap()));
    tour.at(&metric, &[&test_id("add-objective")], "views/metrics/MetricPage");
    tour.at("#/hiring?part=money", &[&test_id("add-budget")], "views/hiring/budget/Budgets");
    tour.at(
        "#/hiring?part=assumptions",
        &["[data-testid^=assume-]"],
        "views/hiring/assumptions/AssumptionDialog",
    );
    tour.window.go("#/hiring");
    let window = &tour.window;
    window.wait("the seat", |it| it.text("[data-testid=sheet]").contains("POS-1").then_some(()));
    for (line, component) in
        [("Duplicate", "views/hiring/grid/Duplicate"), ("Continue below", "views/hiring/grid/ContinueBelow")]
    {
        tour.window.click("#sheet-0-0");
        tour.window.js(
            "const cell = document.querySelector('#sheet-0-0'), { x, y } = cell.getBoundingClientRect();\
             cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: x + 5, clientY: y + 5 }))",
        );
        tour.window.wait_text(&test_id("context-menu"), line);
        tour.window.js(&format!(
            "[...document.querySelectorAll('[data-testid=context-menu] .line')].find((line) => line.innerText.startsWith('{line}'))\
             .dispatchEvent(new PointerEvent('pointerdown', {{ bubbles: true }}))",
        ));
        tour.look(component);
    }
    // Invalid dates and a team that does not exist, pasted into three cells.
    tour.window.click("#sheet-0-0");
    tour.window.js(
        "const sheet = document.querySelector('[data-testid=sheet]'), data = new DataTransfer();\
         data.setData('text/plain', `POS-1\\tEngineer\\t${'No such team '.repeat(8)}`);\
         sheet.focus(); sheet.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData: data }))",
    );
    tour.look("views/hiring/grid/RejectedCells");
    tour.window.click("#sheet-0-0");
    tour.window.press("{Enter}");
    tour.window.click(&test_id("fill-seat"));
    tour.look("views/hiring/position/FillPosition");
}

fn look_at_onboarding(tour: &mut Tour) {
    tour.at("#/onboarding?part=templates", &[&test_id("make")], "views/onboarding/templates/NewTemplate");
    tour.window.go("#/onboarding");
    tour.window.click(&test_id("begin"));
    tour.window.choose(&test_id("begin-person"), "Person p1");
    tour.window.wait_text("dialog[open]", "Templates");
    tour.look("views/onboarding/new-hires/StartChecklist");
    tour.at("#/onboarding", &[&test_id("hand-out-others")], "views/onboarding/share/ShareChecklist");
    tour.at("#/onboarding", &[&test_id("take-back-file")], "views/onboarding/share/MergeBack");
    tour.at(
        "#/onboarding?part=chase&day=2027-03-01",
        &[&test_id("preview-message")],
        "views/onboarding/overdue/Overdue",
    );
    tour.window.go("#/onboarding");
    tour.window.click("[data-testid^=about-]");
    tour.window.wait("the first day", |it| it.has("[data-testid=list-start]").then_some(()));
    tour.window
        .js("const day = document.querySelector('[data-testid=list-start]'); day.value = '18 Jan 2027';\
         day.dispatchEvent(new Event('change', { bubbles: true }))");
    tour.look("entities/MoveStartDialog");
    tour.window.click("[data-testid=open-list]");
    tour.window.click("[data-item]");
    tour.window.click(&test_id("nudge"));
    tour.look("views/onboarding/list/Message");
    tour.window.click(&test_id("undo"));
    tour.look("shell/ConfirmUndo");
}
