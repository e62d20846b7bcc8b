use std::fs;

use headroom_files::Level;
use headroom_model::{Assignee, Draft, Plan, Snapshot, TemplateItem};

use crate::diff::{DiffOptions, Preview, diff};

fn imported(plan: &mut Plan, text: &str) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first-weeks.md");
    fs::write(&file, text).unwrap();
    let records = super::read(&[file]).unwrap();
    let today = "2027-01-01".parse().unwrap();
    let preview = diff(plan, &records, &DiffOptions { today, complete: false, source: "markdown" });
    plan.apply(&preview.changes).unwrap();
    preview
}

fn exported(plan: &Plan) -> (String, usize) {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = Snapshot::new(std::sync::Arc::new(plan.clone()), "2027-01-01".parse().unwrap());
    let problems = super::write(&snapshot, folder.path()).unwrap();
    (fs::read_to_string(folder.path().join("first-weeks.md")).unwrap(), problems.len())
}

const TEXT: &str = "# First weeks\r\n\r\n## Day 1\r\n\r\n- [ ] **Manager:** Laptop\r\n  - [x] Order it\r\n- [ ] Read [this](https://example.org)  \r\n";

#[test]
fn template_round_trips_byte_for_byte() {
    let mut plan = Plan::default();
    let preview = imported(&mut plan, TEXT);
    let row = &plan.templates.rows()[0];
    assert_eq!((row.key.as_str(), row.name.as_str(), row.version), ("first-weeks", "First weeks", 1));
    let items = plan.template_items.rows();
    assert_eq!(items.len(), 3);
    assert_eq!((items[0].assignee.clone(), items[0].section.as_str()), (Assignee::Manager, "Day 1"));
    assert_eq!(items[0].needs, [items[1].id]);
    assert_eq!(items[2].link, "https://example.org");
    assert!(items.iter().all(|item| item.due.is_some_and(|due| due.working_days == 0)));
    // Everything read from words is reported.
    let told = |words: &str| preview.problems.iter().any(|problem| problem.message.contains(words));
    assert!(told("“Day 1” was read as") && told("assigned to manager"));
    assert_eq!(exported(&plan), (TEXT.to_owned(), 0));
    assert!(imported(&mut plan, TEXT).changes.is_empty());
}

#[test]
fn new_text_is_a_new_version_with_the_same_items() {
    let mut plan = Plan::default();
    imported(&mut plan, TEXT);
    let before = plan.template_items.rows().to_vec();
    imported(&mut plan, &TEXT.replace("  - [x] Order it\r\n", "- [ ] Desk\r\n"));
    let after = plan.template_items.rows();
    assert_eq!(plan.templates.rows()[0].version, 2);
    assert_eq!((after[0].id, after[1].id), (before[0].id, before[2].id));
    assert_eq!((after[2].title.as_str(), after.len(), after[0].needs.len()), ("Desk", 3, 0));
}

#[test]
fn warns_when_an_edited_template_is_written_as_imported() {
    let mut plan = Plan::default();
    imported(&mut plan, TEXT);
    let mut draft = Draft::new(&plan);
    draft.put(TemplateItem { title: "Computer".into(), ..plan.template_items.rows()[0].clone() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(exported(&plan), (TEXT.to_owned(), 1));
}

#[test]
fn text_without_items_is_no_template() {
    let mut plan = Plan::default();
    let preview = imported(&mut plan, "# First weeks\n\nRead the handbook.\n");
    assert!(plan.templates.is_empty());
    assert!(preview.problems.iter().any(|problem| problem.level == Level::Error));
}
