//! `headroom checklist`: starting, showing, changing and moving checklists, and exporting them.

use std::{collections::BTreeMap, fs};

use headroom_model::{Draft, Template, TemplateItem};
use headroom_store::{OperationMeta, Store};
use headroom_tests::Desk;
use serde_json::Value;

fn sample() -> Desk {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    desk
}

/// Ada has no first day in the plan, two people are called Max, and everyone gets this checklist.
fn small(list: &str) -> Desk {
    let desk = Desk::new();
    let people =
        "id,name,email,from\nada,Ada,ada@acme.example,\nben,Ben,,2027-01-04\nmax1,Max,,\nmax2,Max,,\n";
    let (people, list) = (desk.file("people.csv", people), desk.file("list.md", list));
    desk.import(&[&people], &[]);
    desk.import(&[&list], &["--format", "markdown"]);
    desk
}

fn checklist(desk: &Desk, arguments: &[&str]) -> String {
    desk.done(&[&["checklist", desk.path()], arguments].concat())
}

fn refused(desk: &Desk, arguments: &[&str]) -> String {
    desk.refused(&[&["checklist", desk.path()], arguments].concat())
}

fn lists(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let value = desk.json(&[&["checklist", desk.path()], arguments, &["--json"]].concat());
    value.as_array().unwrap().clone()
}

/// Standard error of a command that succeeds.
fn told(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(&[&["checklist", desk.path()], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

/// Items of someone's only checklist by title.
fn items(desk: &Desk, person: &str) -> BTreeMap<String, Value> {
    let lists = lists(desk, &["show", person, "--as-of", "2026-11-27"]);
    assert_eq!(lists.len(), 1, "{person} has one list");
    let items = lists[0]["list"].as_array().unwrap();
    items.iter().map(|item| (item["title"].as_str().unwrap().to_owned(), item.clone())).collect()
}

fn exported(desk: &Desk, options: &[&str]) -> String {
    desk.done(&[&["export", desk.path(), "-"], options].concat())
}

#[test]
fn start_uses_the_planned_or_the_given_date() {
    let desk = sample();
    let said = checklist(&desk, &["start", "Mara Lindqvist", "--buddy", "fiona.ortega"]);
    assert_eq!(
        said,
        "started Mara Lindqvist’s checklist: 14 items, 2 optional, 3 goals, scheduled from 2027-03-01\n"
    );
    let begun = desk.json(&["checklist", desk.path(), "start", "omar.nwosu", "--on", "2027-05-03", "--json"]);
    assert_eq!((&begun["start"], &begun["items"]), (&"2027-05-03".into(), &14.into()));
    assert!(begun["checklist"].is_u64());
    // By email address, with all matching templates.
    let said = checklist(&desk, &["start", "sami.novak@tidewater.example", "--template", "booking"]);
    assert!(said.starts_with("started Sami Novak’s checklist: 2 items"), "{said}");

    let all = lists(&desk, &["list", "--as-of", "2026-11-27"]);
    let starts: Vec<&str> = all.iter().map(|list| list["start"].as_str().unwrap()).collect();
    assert!(starts.is_sorted() && all.len() == 7, "{starts:?}");
    let mara = all.iter().find(|list| list["person"] == "mara.lindqvist").unwrap();
    assert_eq!((&mara["name"], &mara["buddy"]), (&"Mara Lindqvist".into(), &"fiona.ortega".into()));
    assert_eq!((&mara["occasion"], &mara["complete"]), (&"join".into(), &false.into()));
    assert_eq!(mara["templates"][0]["template"], "joining");
    assert_eq!((mara["over"].as_u64(), mara["overdue"].as_u64()), (Some(0), Some(0)));
    assert_eq!(mara["day_one"]["reached"], false);
    let last = mara["day_one"]["path"].as_array().unwrap().last().unwrap();
    assert_eq!(last, &items(&desk, "mara.lindqvist")["Turn on two-factor authentication"]["item"]);
}

#[test]
fn past_starts_are_warned_about_and_unknown_ones_required() {
    let desk = small("- [ ] Read the handbook (due: 2027-01-08)\n");
    let said = refused(&desk, &["start", "ada"]);
    assert!(said.contains("Ada has no start date in the plan; choose one: --on DATE"), "{said}");
    let said = told(&desk, &["start", "ada", "--on", "2020-03-02"]);
    assert!(said.contains("start date 2020-03-02 has passed"), "{said}");
    assert!(told(&desk, &["move", "ada", "--on", "2020-03-03"]).contains("has passed"));
    assert_eq!(told(&desk, &["move", "ada", "--on", "2999-03-04"]), "");
    assert!(refused(&desk, &["start", "ada", "--on", "2027-02-30"]).contains("2027-02-30"));
}

#[test]
fn unknown_and_ambiguous_names_are_reported() {
    let desk = small("- [ ] Read the handbook\n");
    for arguments in [
        &["start", "eve"][..],
        &["show", "eve"],
        &["move", "eve", "--on", "2027-01-04"],
        &["done", "Read", "--person", "eve"],
        &["start", "ada", "--on", "2027-01-04", "--buddy", "eve"],
    ] {
        assert!(refused(&desk, arguments).contains("no person “eve”"), "{arguments:?}");
    }
    assert!(refused(&desk, &["start", "Max"]).contains("“Max” is ambiguous (max1, max2): use an ID"));
    let said = desk.refused(&["export", desk.path(), "-", "--format", "ics", "--assignee", "Max"]);
    assert!(said.contains("“Max” is ambiguous (max1, max2)"), "{said}");
    let said = refused(&desk, &["start", "ben", "--template", "backend"]);
    assert!(said.contains("no template “backend”; the plan has list"), "{said}");
    assert!(refused(&desk, &["start", "ben", "--type", "offboarding"]).contains("no last day in the plan"));
    let said = refused(&desk, &["start", "ben", "--type", "offboarding", "--on", "2027-12-31"]);
    assert!(said.contains("no offboarding template matches Ben"), "{said}");
    assert!(refused(&desk, &["start", "ben", "--type", "handover"]).contains("--service"));
    assert!(refused(&desk, &["start", "ben", "--type", "retire"]).contains("handover"));
    assert!(refused(&desk, &["show", "ben"]).contains("Ben has no checklist"));
    assert!(refused(&desk, &["move", "ben", "--on", "2027-01-04"]).contains("Ben has no checklist"));
    assert_eq!(lists(&desk, &["list"]), Vec::<Value>::new());
    assert!(checklist(&desk, &["list"]).contains("this plan has no checklists"));
}

#[test]
fn empty_templates_make_no_checklist() {
    let desk = small("# Nothing to do\n");
    assert!(refused(&desk, &["start", "ben"]).contains("create or import one"));
    let mut store = Store::open(&desk.plan, headroom_tests::now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let id = draft.new_id::<Template>();
    draft.put(Template { id, key: "bare".into(), name: "Bare".into(), version: 1, ..Template::default() });
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("A template", "Tester", headroom_tests::now()), changes).unwrap();
    assert!(refused(&desk, &["start", "ben"]).contains("no items in Bare: add one first"));
    assert_eq!(lists(&desk, &["list"]), Vec::<Value>::new());
}

#[test]
fn cyclic_items_are_refused_with_their_path() {
    let desk = sample();
    let way = "Order a laptop → Set up the laptop → Order a laptop";
    let mut store = Store::open(&desk.plan, headroom_tests::now()).unwrap();
    let plan = store.plan().clone();
    let named = |title: &str| plan.template_items.iter().find(|item| item.title == title).unwrap().clone();
    let mut draft = Draft::new(&plan);
    let needs = vec![named("Set up the laptop").id];
    draft.put(TemplateItem { needs, ..named("Order a laptop") });
    let changes = draft.finish();
    let error =
        store.apply(&OperationMeta::edit("A circle", "Tester", headroom_tests::now()), changes).unwrap_err();
    assert!(error.to_string().contains(way), "{error}");
    drop(store);

    // Written to the file directly.
    let database = rusqlite::Connection::open(&desk.plan).unwrap();
    let sql = "UPDATE template_item SET needs = ?1 WHERE id = ?2";
    let needs = format!("[{}]", named("Set up the laptop").id.0);
    assert_eq!(database.execute(sql, (needs, named("Order a laptop").id.0 as i64)).unwrap(), 1);
    drop(database);
    let before = fs::read(&desk.plan).unwrap();
    for arguments in [&["list"][..], &["start", "mara.lindqvist"], &["done", "1"]] {
        let said = refused(&desk, arguments);
        assert!(said.contains(way) && said.contains("headroom doctor"), "{said}");
    }
    let health = desk.run(&["doctor", desk.path()]);
    let said = String::from_utf8(health.stdout).unwrap();
    assert_eq!(health.status.code(), Some(1));
    assert!(said.contains(way) && said.contains("restore a backup"), "{said}");
    assert_eq!(fs::read(&desk.plan).unwrap(), before);
}

#[test]
fn item_counts_agree_and_offboarding_has_no_day_one() {
    let desk = sample();
    let begun = desk.json(&["checklist", desk.path(), "start", "mara.lindqvist", "--json"]);
    let shown = &lists(&desk, &["show", "mara.lindqvist", "--as-of", "2026-11-27"])[0];
    let listed = lists(&desk, &["list", "--as-of", "2026-11-27"]);
    let listed = listed.iter().find(|list| list["person"] == "mara.lindqvist").unwrap();
    assert_eq!((&begun["items"], &begun["items"]), (&shown["items"], &listed["items"]));
    let departure = checklist(&desk, &["show", "quentin.jansen", "--as-of", "2026-11-27"]);
    assert!(departure.contains("ready for the last day on") && !departure.contains("day one"), "{departure}");
}

#[test]
fn move_with_plan_moves_the_planned_first_day() {
    let desk = sample();
    checklist(&desk, &["start", "mara.lindqvist"]);
    assert_eq!(told(&desk, &["move", "mara.lindqvist", "--on", "2027-04-01", "--with-plan"]), "");
    // A checklist started now gets the same date, from the plan.
    assert!(refused(&desk, &["start", "mara.lindqvist"]).contains("already has a checklist from 1 Apr 2027"));
    desk.done(&["undo", desk.path()]);
    assert!(refused(&desk, &["start", "mara.lindqvist"]).contains("already has a checklist from 1 Mar 2027"));
}

#[test]
fn start_is_refused_twice_and_undoable() {
    let desk = sample();
    checklist(&desk, &["start", "mara.lindqvist"]);
    let said = refused(&desk, &["start", "mara.lindqvist"]);
    assert!(said.contains("Mara Lindqvist already has a checklist from 1 Mar 2027"), "{said}");
    // The plan still has the former date, which is reported; so is the checklist that moved.
    let said = told(&desk, &["move", "mara.lindqvist", "--on", "2027-04-01"]);
    assert!(said.contains("the plan still has 2027-03-01 for person Mara Lindqvist"), "{said}");
    let said = told(&desk, &["start", "mara.lindqvist"]);
    assert!(said.contains("Mara Lindqvist has another checklist for onboarding, from 2027-04-01"), "{said}");
    assert_eq!(lists(&desk, &["show", "mara.lindqvist"]).len(), 2);
    for (label, left) in [("Started Mara", 1), ("Moved Mara", 1), ("Started Mara", 0)] {
        assert!(desk.done(&["undo", desk.path()]).contains(label));
        let own = lists(&desk, &["list"]).iter().filter(|list| list["person"] == "mara.lindqvist").count();
        assert_eq!(own, left);
    }
    desk.done(&["redo", desk.path()]);
    assert_eq!(items(&desk, "mara.lindqvist").len(), 19);
}

#[test]
fn items_are_found_by_number_and_title() {
    let desk = sample();
    let number = items(&desk, "grace.nair")["Order a laptop"]["item"].to_string();
    let state = |title: &str| items(&desk, "grace.nair")[title]["state"].clone();
    let said = checklist(&desk, &["done", &number, "--on", "2026-11-26", "--by", "IT", "--note", "a T14"]);
    assert!(said.contains("“Order a laptop” for Grace Nair: done on 2026-11-26"), "{said}");
    let item = items(&desk, "grace.nair")["Order a laptop"].clone();
    assert_eq!(item["state"], serde_json::json!({"is": "done", "on": "2026-11-26", "by": "IT"}));
    assert_eq!(item["note"], "a T14");
    checklist(&desk, &["open", &number]);
    assert_eq!(state("Order a laptop")["is"], "open");
    assert_eq!(items(&desk, "grace.nair")["Order a laptop"]["note"], "a T14", "the note stays");

    checklist(&desk, &["done", "name a BUDDY", "--person", "Grace Nair"]);
    assert_eq!(state("Name a buddy")["by"], "Tester");
    checklist(&desk, &["skip", "building", "--person", "grace.nair", "--reason", "works from home"]);
    assert_eq!(state("Building pass")["why"], "works from home");
    checklist(&desk, &["block", "pull request", "--person", "grace.nair", "--reason", "no rights"]);
    assert_eq!(state("First pull request")["by"], "no rights");
    checklist(&desk, &["open", "First pull request", "--person", "grace.nair"]);
    assert_eq!(state("First pull request")["is"], "open");
    let said = told(&desk, &["done", "Set up the laptop", "--person", "grace.nair"]);
    assert!(said.contains("“Set up the laptop” depends on “Order a laptop” and “Create accounts"), "{said}");
    desk.done(&["undo", desk.path()]);
    assert_eq!(state("Set up the laptop")["is"], "open");
    assert!(checklist(&desk, &["show", "grace.nair"]).contains("[-]"));
}

#[test]
fn refused_status_changes_change_nothing() {
    let desk = sample();
    let number = items(&desk, "grace.nair")["Order a laptop"]["item"].to_string();
    let before = fs::read(&desk.plan).unwrap();
    let said = refused(&desk, &["done", "laptop", "--person", "grace.nair"]);
    assert!(said.contains(&format!("“laptop” is ambiguous ({number} “Order a laptop”, ")), "{said}");
    assert!(said.contains("use an item number"), "{said}");
    assert!(refused(&desk, &["done", "Order a laptop"]).contains("--person"));
    let said = refused(&desk, &["done", "Feed the cat", "--person", "grace.nair"]);
    assert!(said.contains("no item “Feed the cat” in the checklist of Grace Nair"), "{said}");
    assert!(refused(&desk, &["done", "999999"]).contains("no item number “999999”"));
    // An item of another checklist.
    let said = refused(&desk, &["done", &number, "--person", "jun.demir"]);
    assert!(said.contains(&format!("no item “{number}” in the checklist of Jun Demir")), "{said}");
    assert!(refused(&desk, &["skip", &number, "--reason", " "]).contains("give a reason: --reason TEXT"));
    assert!(refused(&desk, &["block", &number, "--reason", ""]).contains("give a reason: --reason TEXT"));
    assert!(refused(&desk, &["skip", &number]).contains("--reason"));
    assert!(refused(&desk, &["done", &number, "--on", "tomorrow"]).contains("tomorrow"));
    assert_eq!(fs::read(&desk.plan).unwrap(), before);
}

/// Sequence and date of each calendar entry, by UID.
fn entries(calendar: &str) -> BTreeMap<String, (u64, String)> {
    let unfolded = calendar.replace("\r\n ", "");
    let mut found = BTreeMap::new();
    for entry in
        unfolded.split("BEGIN:V").filter(|part| part.starts_with("TODO") || part.starts_with("EVENT"))
    {
        let value = |name: &str| {
            let line = entry.lines().find(|line| line.starts_with(name));
            line.map(|line| line.split_once(':').unwrap().1.to_owned()).unwrap_or_default()
        };
        let day = if entry.starts_with("TODO") { value("DUE") } else { value("DTSTART") };
        found.insert(value("UID"), (value("SEQUENCE").parse().unwrap(), day));
    }
    found
}

#[test]
fn calendar_after_a_move_updates_the_earlier_one() {
    let desk = sample();
    let export = || entries(&exported(&desk, &["--format", "ics", "--person", "grace.nair"]));
    let first = export();
    // Twenty-five items, the start, and three goals as events.
    assert_eq!(first.len(), 29);
    assert!(first.keys().all(|uid| uid.ends_with("@headroom")), "{first:?}");
    assert_eq!(first, export(), "nothing has changed");
    checklist(&desk, &["move", "grace.nair", "--on", "2027-02-01"]);
    let moved = export();
    assert_eq!(first.keys().collect::<Vec<_>>(), moved.keys().collect::<Vec<_>>());
    for (uid, (sequence, day)) in &moved {
        assert!(*sequence > first[uid].0, "{uid}");
        assert!(*day > first[uid].1, "{uid}: {day}");
    }
    desk.done(&["undo", desk.path()]);
    for (uid, (sequence, day)) in export() {
        assert!(sequence > moved[&uid].0, "{uid}");
        assert_eq!(day, first[&uid].1);
    }
    // A copy of the file is the same plan.
    let copy = desk.folder.path().join("copy.headroom");
    fs::copy(&desk.plan, &copy).unwrap();
    let text =
        desk.done(&["export", copy.to_str().unwrap(), "-", "--format", "ics", "--person", "grace.nair"]);
    assert_eq!(entries(&text), export());
}

#[test]
fn assignee_exports_have_only_their_items() {
    let desk = sample();
    let all: Vec<Value> = ["rafael.orlova", "jun.demir", "grace.nair", "quentin.jansen"]
        .iter()
        .flat_map(|person| items(&desk, person).into_values())
        .collect();
    let assignees = [("IT", "IT"), ("people ops", "People Ops"), ("rosa.adeyemi", "Rosa Adeyemi")];
    for (who, name) in assignees {
        let own: Vec<&str> = all
            .iter()
            .filter(|item| item["who"] == name)
            .map(|item| item["title"].as_str().unwrap())
            .collect();
        assert!(own.len() > 3, "{name}");
        let text = exported(&desk, &["--format", "markdown", "--assignee", who]);
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("- [")).collect();
        assert_eq!(lines.len(), own.len(), "{text}");
        assert!(lines.iter().all(|line| line.contains(&format!("{name}:**"))), "{text}");
        assert!(own.iter().all(|title| text.contains(title)), "{text}");
        // Others who join or leave are not in it.
        let is_named = |person: &str| items(&desk, person).values().any(|item| item["who"] == name);
        assert_eq!(text.contains("Quentin Jansen"), is_named("quentin.jansen"));
        assert_eq!(text.contains("Jun Demir"), is_named("jun.demir"));
        let page = exported(&desk, &["--format", "html", "--assignee", who]);
        assert_eq!(page.matches("<li").count(), own.len());
        let calendar = exported(&desk, &["--format", "ics", "--assignee", who]);
        assert_eq!(calendar.matches("BEGIN:VTODO").count(), own.len());
        // Of one person's checklist only.
        let text = exported(&desk, &["--format", "markdown", "--assignee", who, "--person", "grace.nair"]);
        let own = all.iter().filter(|item| item["who"] == name);
        let graces = items(&desk, "grace.nair");
        let own = own.filter(|item| graces.values().any(|other| other == *item));
        assert_eq!(text.lines().filter(|line| line.starts_with("- [")).count(), own.count());
    }
    // A role without a named person.
    checklist(&desk, &["start", "mara.lindqvist"]);
    let buddy = exported(&desk, &["--format", "markdown", "--assignee", "buddy"]);
    assert!(buddy.contains("Lunch together") && !buddy.contains("Order a laptop"), "{buddy}");
}

#[test]
fn empty_exports_are_refused_and_write_no_file() {
    let desk = sample();
    let out = desk.folder.path().join("out.ics");
    let out = out.to_str().unwrap();
    let export = |options: &[&str]| desk.refused(&[&["export", desk.path(), out], options].concat());
    assert!(export(&["--format", "ics", "--person", "eve"]).contains("no person “eve”"));
    assert!(export(&["--format", "ics", "--person", "ada.tanaka"]).contains("Ada Tanaka has no checklist"));
    assert!(
        export(&["--format", "html", "--assignee", "Mail Room"])
            .contains("no checklist has items for Mail Room")
    );
    assert!(
        export(&["--format", "csv", "--assignee", "IT"])
            .contains("--person and --assignee are for checklists")
    );
    assert!(!fs::exists(out).unwrap());
    let nowhere = desk.folder.path().join("nowhere/out.ics");
    let said = desk.refused(&["export", desk.path(), nowhere.to_str().unwrap(), "--format", "ics"]);
    assert!(said.contains("cannot write"), "{said}");
    desk.done(&["export", desk.path(), out, "--format", "ics", "--person", "grace.nair"]);
    assert!(fs::read_to_string(out).unwrap().ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn json_has_every_item() {
    let desk = sample();
    let shown = &lists(&desk, &["show", "grace.nair", "--as-of", "2026-12-28"])[0];
    assert_eq!((&shown["person"], &shown["manager"]), (&"grace.nair".into(), &"rosa.adeyemi".into()));
    assert_eq!((shown["items"].as_u64(), shown["over"].as_u64()), (Some(20), Some(1)));
    // The laptop and the name of a buddy were due; the set-up and its dependents are blocked by them.
    assert_eq!(shown["overdue"], 2);
    let list = shown["list"].as_array().unwrap();
    assert_eq!(list.len(), 25);
    let fields = [
        "item",
        "section",
        "title",
        "text",
        "due",
        "due_by_hand",
        "who",
        "optional",
        "goal",
        "link",
        "state",
        "note",
        "feedback",
        "overdue",
        "blocked",
        "waits_for",
        "expected",
        "day_one_slack",
        "productive_slack",
    ];
    for item in list {
        let known: Vec<&str> = item.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(known.len(), fields.len(), "{known:?}");
        assert!(fields.iter().all(|field| known.contains(field)), "{known:?}");
    }
    let named = |title: &str| list.iter().find(|item| item["title"] == title).unwrap();
    assert_eq!(
        (&named("Order a laptop")["overdue"], &named("Order a laptop")["who"]),
        (&true.into(), &"IT".into())
    );
    let waits_for = named("Set up the laptop")["waits_for"].as_array().unwrap();
    assert!(waits_for.contains(&named("Order a laptop")["item"]) && waits_for.len() == 2);
    assert_eq!(named("Set up the laptop")["blocked"], true);
    assert_eq!(named("Knows who to ask for what")["goal"], true);
}

#[test]
fn huge_and_truncated_markdown_make_checklists() {
    let line = "- [ ] Read the whole of the handbook, page after page after page\n";
    let desk = small(&format!("# All of it\n\n{}", line.repeat(80_000)));
    assert!(checklist(&desk, &["start", "ben"]).starts_with("started Ben’s checklist: 80000 items"));
    assert_eq!(lists(&desk, &["list"])[0]["items"], 80_000);
    let text = exported(&desk, &["--format", "markdown", "--person", "ben"]);
    assert_eq!(text.lines().filter(|line| line.starts_with("- [ ] **@Ben:** Read")).count(), 80_000);

    let whole = "# Half\n\n## Week 1\n\n- [ ] Büro\n- [ ] Läuft\n  - [ ] Allein\n";
    let cuts = ["äuft", "uft", "[ ] Allein", "lein"].map(|from| whole.find(from).unwrap());
    for at in cuts.into_iter().chain([whole.find('ä').unwrap() + 1]) {
        let desk = Desk::new();
        let people = desk.file("people.csv", "id,name,from\nben,Ben,2027-01-04\n");
        let half = desk.file("half.md", &whole.as_bytes()[..at]);
        desk.import(&[&people], &[]);
        desk.import(&[&half], &["--format", "markdown"]);
        checklist(&desk, &["start", "ben"]);
        assert!(items(&desk, "ben").contains_key("Büro"), "cut at {at}");
    }
}

/// A plan in JSON is written, but not imported.
#[test]
fn json_is_refused_complete_or_truncated() {
    let desk = sample();
    let out = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json"]);
    let whole = fs::read(&out).unwrap();
    let before = fs::read(&desk.plan).unwrap();
    for bytes in [&whole[..], &whole[..whole.len() / 2]] {
        fs::write(&out, bytes).unwrap();
        assert!(
            desk.refused(&["import", desk.path(), out.to_str().unwrap()])
                .contains("couldn’t detect the format")
        );
    }
    assert_eq!(fs::read(&desk.plan).unwrap(), before);
}
