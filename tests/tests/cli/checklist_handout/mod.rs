//! Sharing checklists as files of their own, and merging them back.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use headroom_model::{ChecklistItem, Draft, Feedback, FeedbackKind, Money};
use headroom_redaction::amounts_in;
use headroom_store::{OperationMeta, Store};
use headroom_tests::Desk;
use serde_json::Value;

mod remembered;

const GRACE: &str = "grace.nair";

/// The sample, and a file that was shared from it.
struct Away {
    desk: Desk,
    copy: PathBuf,
}

impl Away {
    fn new(whose: &[&str]) -> Self {
        let desk = Desk::new();
        fs::remove_file(&desk.plan).unwrap();
        desk.done(&["new", desk.path(), "--sample"]);
        let away = Self { copy: desk.folder.path().join("away.headroom"), desk };
        away.plan(&[&["export"], whose, &["-o", away.file()]].concat());
        away
    }

    fn file(&self) -> &str {
        self.copy.to_str().unwrap()
    }

    fn plan(&self, arguments: &[&str]) -> String {
        self.desk.done(&[&["checklist", self.desk.path()], arguments].concat())
    }

    fn there(&self, arguments: &[&str]) -> String {
        self.desk.done(&[&["checklist", self.file()], arguments].concat())
    }

    fn take_back(&self, options: &[&str]) -> Value {
        let arguments = ["checklist", self.desk.path(), "merge", self.file(), "--json"];
        self.desk.json(&[&arguments[..], options].concat())
    }

    fn refused(&self, arguments: &[&str]) -> String {
        self.desk.refused(&[&["checklist", self.desk.path()], arguments].concat())
    }

    /// The whole plan as JSON.
    fn document(&self) -> Value {
        let out = self.desk.folder.path().join("document.json");
        self.desk.done(&["export", self.desk.path(), out.to_str().unwrap(), "--format", "json"]);
        serde_json::from_slice(&fs::read(out).unwrap()).unwrap()
    }

    /// Edits the shared file in ways that the command does not allow.
    fn edit_there(&self, edit: impl FnOnce(&mut Draft<'_>)) {
        edit_file(&self.copy, edit);
    }

    fn edit_here(&self, edit: impl FnOnce(&mut Draft<'_>)) {
        edit_file(&self.desk.plan, edit);
    }
}

fn edit_file(path: &Path, edit: impl FnOnce(&mut Draft<'_>)) {
    let mut store = Store::open(path, headroom_tests::now()).unwrap();
    let plan = store.plan().clone();
    let mut draft = Draft::new(&plan);
    edit(&mut draft);
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("An edit", "Somebody", headroom_tests::now()), changes).unwrap();
}

fn titled(draft: &Draft<'_>, title: &str) -> ChecklistItem {
    draft.base().checklist_items.iter().find(|item| item.title == title).unwrap().clone()
}

fn rows<'a>(document: &'a Value, table: &str) -> Vec<&'a Value> {
    document[table].as_array().unwrap().iter().collect()
}

/// The item with this title in Grace's checklist.
fn item<'a>(document: &'a Value, title: &str) -> &'a Value {
    let person = rows(document, "people").into_iter().find(|row| row["key"] == GRACE).unwrap();
    let list = rows(document, "checklists").into_iter().find(|row| row["person"] == person["id"]).unwrap();
    let is_it = |row: &&Value| row["title"] == title && row["checklist"] == list["id"];
    rows(document, "checklist_items").into_iter().find(is_it).unwrap()
}

/// The plan without what may be merged back: status, note and feedback of every item.
fn bare(mut document: Value) -> Value {
    for row in document["checklist_items"].as_array_mut().unwrap() {
        let row = row.as_object_mut().unwrap();
        for part in ["state", "note", "feedback"] {
            row.remove(part);
        }
    }
    document
}

fn named(parts: &Value) -> Vec<&str> {
    parts.as_array().unwrap().iter().map(|part| part["title"].as_str().unwrap()).collect()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// All bytes of a plan file and of its journal.
fn bytes_of(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    for end in ["-wal", "-journal"] {
        bytes.extend(fs::read(format!("{}{end}", path.display())).unwrap_or_default());
    }
    bytes
}

/// An amount as texts write it: in cents, whole, with thousands separators.
fn spellings(money: Money) -> Vec<String> {
    let whole = (money.minor / 100).to_string();
    let marked = |mark: &str| {
        let (left, right) = whole.split_at(whole.len().saturating_sub(3));
        format!("{left}{mark}{right}")
    };
    vec![money.minor.to_string(), format!("{whole}.00"), marked(","), marked("."), marked("\u{a0}")]
}

/// Whether an amount is in the file; right after a colon, or a digit after one, it is the seconds of a time.
fn shows_amount(bytes: &[u8], text: &str) -> bool {
    let is_it = |(at, window): (usize, &[u8])| {
        window == text.as_bytes() && !bytes[at.saturating_sub(2)..at].contains(&b':')
    };
    bytes.windows(text.len()).enumerate().any(is_it)
}

#[test]
fn shared_file_has_no_other_person_and_no_amount() {
    for whose in [&[GRACE][..], &["--assignee", "IT"], &["--assignee", "rosa.adeyemi"], &["quentin.jansen"]] {
        let away = Away::new(whose);
        let plan = Store::open(&away.desk.plan, headroom_tests::now()).unwrap();
        let copy = Store::open(&away.copy, headroom_tests::now()).unwrap();
        // People in the checklist are included by name, and may be mentioned in its items.
        let texts = serde_json::to_string(&copy.plan().checklist_items.rows()).unwrap();
        let known: BTreeSet<&str> = copy.plan().people.iter().map(|person| person.name.as_str()).collect();
        assert!(!known.is_empty() && known.len() < 6, "{known:?}");
        let bytes = bytes_of(&away.copy);
        let mut hidden = 0;
        for person in plan.plan().people.iter().filter(|person| !known.contains(person.name.as_str())) {
            assert!(!contains(&bytes, &person.email), "{whose:?}: {}", person.email);
            assert!(!contains(&bytes, &person.key), "{whose:?}: {}", person.key);
            if !texts.contains(&person.name) {
                assert!(!contains(&bytes, &person.name), "{whose:?}: {}", person.name);
                hidden += 1;
            }
        }
        assert!(hidden > 80, "{hidden} people are in no item");
        let amounts = amounts_in(plan.plan());
        assert!(amounts.len() > 20);
        for text in amounts.into_iter().filter(|money| money.minor > 99_999).flat_map(spellings) {
            assert!(!shows_amount(&bytes, &text), "{whose:?}: {text}");
        }
        for table in ["position", "assignment", "membership", "assumption", "budget", "dependency"] {
            let database = rusqlite::Connection::open(&away.copy).unwrap();
            let count: u32 =
                database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            assert_eq!(count, 0, "{table}");
        }
        // The search does find what is there.
        assert!(known.iter().all(|name| contains(&bytes, name)));
    }
}

/// Amounts in texts, in notes and in the history.
#[test]
fn amounts_in_texts_notes_and_history_are_removed() {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let away = Away { copy: desk.folder.path().join("away.headroom"), desk };
    away.plan(&["done", "Order a laptop", "--person", GRACE, "--note", "cost EUR 1,234.56; she gets 81,250"]);
    away.edit_here(|draft| {
        let text = "Sign for 81250 EUR".to_owned();
        draft.put(ChecklistItem { text, ..titled(draft, "Walk through the first week") });
        let mut position = draft.base().positions.iter().find(|row| row.pay.is_some()).unwrap().clone();
        position.pay = "81250.00 EUR".parse().ok();
        draft.put(position);
    });
    away.desk.done(&["undo", away.desk.path()]);
    let said = away.plan(&["export", GRACE, "-o", away.file()]);
    assert!(said.contains("removed from texts"), "{said}");
    let bytes = bytes_of(&away.copy);
    for text in ["1,234.56", "81,250", "81250", "8125000"] {
        assert!(!contains(&bytes, text), "{text}");
    }
    assert!(contains(&bytes, "she gets [removed]"));
}

#[test]
fn merge_takes_only_status_note_and_feedback() {
    let away = Away::new(&[GRACE]);
    // There: status, a note, feedback, and other edits.
    away.there(&["done", "Read how we work", "--person", GRACE, "--on", "2027-01-13", "--by", "Grace Nair"]);
    away.there(&["block", "Security training", "--person", GRACE, "--reason", "no account"]);
    away.there(&["done", "Meet Fiona Ortega", "--person", GRACE, "--on", "2027-01-12", "--note", "nice"]);
    away.there(&["move", GRACE, "--on", "2028-01-10"]);
    away.edit_there(|draft| {
        let day = "2027-01-15".parse().unwrap();
        let words = "the link is dead".to_owned();
        let feedback = Some(Feedback { fault: FeedbackKind::Outdated, on: day, words, settled: None });
        draft.put(ChecklistItem { feedback, ..titled(draft, "First pull request") });
        let (title, note) = ("Raise my pay".to_owned(), "please".to_owned());
        draft.put(ChecklistItem { title, note, ..titled(draft, "Meet Rosa Adeyemi") });
        let title = "Order two laptops".to_owned();
        draft.put(ChecklistItem { title, takes_days: 1, ..titled(draft, "Order a laptop") });
        let (id, title) = (draft.new_id::<ChecklistItem>(), "One more".to_owned());
        draft.put(ChecklistItem { id, title, ..titled(draft, "Building pass") });
        let mut person = draft.base().people.iter().find(|row| row.key == GRACE).unwrap().clone();
        person.name = "The Boss".to_owned();
        draft.put(person);
    });
    // Here: other status, another wording, another date.
    away.plan(&["done", "Order a laptop", "--person", GRACE, "--on", "2026-11-27"]);
    away.plan(&["done", "Name a buddy", "--person", "rafael.orlova", "--note", "long ago"]);
    away.plan(&["move", GRACE, "--on", "2027-01-18"]);
    away.edit_here(|draft| {
        let title = "Train for security".to_owned();
        let grace = draft.base().people.iter().find(|row| row.key == GRACE).unwrap().id;
        let list = draft.base().checklists.iter().find(|list| list.person == grace).unwrap().id;
        let is_it = |row: &&ChecklistItem| row.checklist == list && row.title == "Security training";
        let item = draft.base().checklist_items.iter().find(is_it).unwrap().clone();
        draft.put(ChecklistItem { title, ..item });
    });

    let before = away.document();
    let dry = away.take_back(&["--dry-run"]);
    assert_eq!(away.document(), before, "a dry run takes nothing");
    let taken = away.take_back(&[]);
    assert_eq!(taken, dry);
    let after = away.document();
    assert_eq!(bare(after.clone()), bare(before.clone()));

    assert_eq!(taken["recipient"], "Grace Nair");
    assert_eq!(taken["conflicts"].as_array().unwrap().len(), 0, "{taken}");
    let titles: BTreeSet<&str> = named(&taken["taken"]).into_iter().collect();
    let expected = [
        "First pull request",
        "Meet Fiona Ortega",
        "Meet Rosa Adeyemi",
        "Read how we work",
        "Train for security",
    ];
    assert_eq!(titles, BTreeSet::from(expected));
    assert_eq!(item(&after, "Read how we work")["state"]["on"], "2027-01-13");
    assert_eq!(item(&after, "Train for security")["state"]["by"], "no account");
    assert_eq!(item(&after, "First pull request")["feedback"]["words"], "the link is dead");
    assert_eq!(item(&after, "Order a laptop")["state"]["on"], "2026-11-27", "ours stays");
    let (fiona, rosa) = (item(&after, "Meet Fiona Ortega"), item(&after, "Meet Rosa Adeyemi"));
    assert_eq!((&fiona["note"], &fiona["state"]["on"]), (&"nice".into(), &"2027-01-12".into()));
    assert_eq!((&rosa["note"], &rosa["section"]), (&"please".into(), &"People to meet".into()));

    // All other edits are reported.
    let ignored = taken["ignored"].to_string();
    for (title, why) in [
        ("Order a laptop", "has different text in the file"),
        ("Meet Rosa Adeyemi", "has different text in the file"),
        ("Train for security", "has different text in the file"),
        ("One more", "was added in the file"),
        ("Grace Nair", "is called The Boss in the file"),
    ] {
        let rows = taken["ignored"].as_array().unwrap();
        let is_told = |row: &&Value| row["title"] == title && row["why"].as_str().unwrap().contains(why);
        assert_eq!(rows.iter().filter(is_told).count(), 1, "{title}: {ignored}");
    }
    assert!(
        ignored.contains("starts on 10 Jan 2028 in the file and on 18 Jan 2027 in the plan"),
        "{ignored}"
    );

    // A second merge changes nothing, and the first can be undone.
    let again = away.take_back(&[]);
    assert_eq!(again["taken"].as_array().unwrap().len(), 0, "{again}");
    assert_eq!(away.document(), after);
    assert_eq!(away.desk.json(&["doctor", away.desk.path(), "--json"])["sound"], true);
    assert!(away.desk.done(&["undo", away.desk.path()]).contains("Merged checklist from Grace Nair"));
    assert_eq!(away.document(), before);
}

#[test]
fn conflicts_are_reported_and_need_a_decision() {
    let away = Away::new(&["--assignee", "IT"]);
    let laptop = item(&away.document(), "Order a laptop")["id"].to_string();
    let set_up = item(&away.document(), "Set up the laptop")["id"].to_string();
    for (item, note) in [(&laptop, "a T14"), (&set_up, "needs a dock")] {
        away.there(&["done", item, "--on", "2026-12-01", "--by", "IT", "--note", note]);
        away.plan(&["block", item, "--reason", "the supplier"]);
    }
    let before = away.document();
    let back = away.take_back(&["--dry-run"]);
    let conflict = &back["conflicts"][0];
    assert_eq!((conflict["item"].to_string(), &conflict["taken"]), (laptop.clone(), &false.into()));
    assert_eq!(
        (&conflict["title"], &conflict["what"]),
        (&"Order a laptop".into(), &serde_json::json!(["state"]))
    );
    assert_eq!(
        (&conflict["ours"]["state"]["is"], &conflict["theirs"]["state"]["is"]),
        (&"blocked".into(), &"done".into())
    );
    let said = away.plan(&["merge", away.file(), "--dry-run"]);
    assert!(said.contains("conflict, plan’s version kept"), "{said}");
    assert!(said.contains("in plan: blocked by the supplier"), "{said}");
    assert!(said.contains("in file: done on 2026-12-01 by IT, note: a T14"), "{said}");
    assert!(said.contains("IT: 2 items to merge (dry run)"), "{said}");
    assert!(said.contains("2 conflicts left: use the file’s version with --theirs ITEM"), "{said}");
    assert_eq!(away.document(), before);

    // Notes changed on one side are merged; for the status one side is chosen.
    away.take_back(&["--theirs", &laptop]);
    let after = away.document();
    assert_eq!(bare(after.clone()), bare(before));
    assert_eq!(item(&after, "Order a laptop")["state"]["by"], "IT");
    assert_eq!(item(&after, "Set up the laptop")["state"]["by"], "the supplier");
    assert_eq!(item(&after, "Set up the laptop")["note"], "needs a dock");
    let again = away.take_back(&[]);
    assert_eq!((named(&again["taken"]).len(), named(&again["conflicts"])), (0, vec!["Set up the laptop"]));
    assert_eq!(away.document(), after);
    away.take_back(&["--theirs-all"]);
    assert_eq!(item(&away.document(), "Set up the laptop")["state"]["by"], "IT");
    assert_eq!(named(&away.take_back(&[])["conflicts"]).len(), 0);
}

#[test]
fn foreign_and_truncated_files_are_refused() {
    let away = Away::new(&[GRACE]);
    away.there(&["done", "Read how we work", "--person", GRACE]);
    let before = fs::read(&away.desk.plan).unwrap();
    let other = Away::new(&[GRACE]);
    let said = away.refused(&["merge", other.file()]);
    assert!(said.contains("shared from another plan"), "{said}");
    let said = away.refused(&["merge", other.desk.path()]);
    assert!(said.contains("this is a plan, not a shared checklist"), "{said}");
    assert!(away.refused(&["merge", "nowhere.headroom"]).contains("does not exist"));

    let whole = fs::read(&away.copy).unwrap();
    for part in [0, 1, 100, whole.len() / 4, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        let half = away.desk.file("half.headroom", &whole[..part]);
        let run = away.desk.run(&["checklist", away.desk.path(), "merge", half.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{part} bytes: {said}");
        let is_told = said.contains("ask for the file again") || said.contains("half.headroom is not");
        assert!(is_told && !said.contains("panicked"), "{part} bytes: {said}");
        assert_eq!(fs::read(&half).unwrap(), &whole[..part]);
        assert_eq!(fs::read(&away.desk.plan).unwrap(), before, "{part} bytes");
    }
    // The file's own record is altered.
    let database = rusqlite::Connection::open(&away.copy).unwrap();
    database
        .execute("UPDATE setting SET value = substr(value, 1, 200) WHERE key = 'handed-out'", [])
        .unwrap();
    drop(database);
    let said = away.refused(&["merge", away.file()]);
    assert!(said.contains("cannot be read") && said.contains("ask for the file again"), "{said}");
    assert_eq!(fs::read(&away.desk.plan).unwrap(), before);
}

#[test]
fn sharing_refuses_existing_files_and_empty_checklists() {
    let away = Away::new(&[GRACE]);
    let (plan, copy) = (fs::read(&away.desk.plan).unwrap(), fs::read(&away.copy).unwrap());
    assert!(away.refused(&["export", GRACE, "-o", away.file()]).contains("already exists"));
    assert!(away.refused(&["export", GRACE, "-o", away.desk.path()]).contains("already exists"));
    let new = away.desk.folder.path().join("new.headroom");
    let new = new.to_str().unwrap();
    assert!(away.refused(&["export", "eve", "-o", new]).contains("no person “eve”"));
    let said = away.refused(&["export", "ada.tanaka", "-o", new]);
    assert!(said.contains("no open checklist items for Ada Tanaka"), "{said}");
    let said = away.refused(&["export", "--assignee", "Mail Room", "-o", new]);
    assert!(said.contains("no open checklist items for Mail Room"), "{said}");
    assert!(away.refused(&["export", "-o", new]).contains("PERSON"));
    assert!(!fs::exists(new).unwrap());
    assert_eq!(fs::read(&away.desk.plan).unwrap(), plan);
    assert_eq!(fs::read(&away.copy).unwrap(), copy);
}
