#![allow(clippy::unwrap_used)]

use std::fs;

use headroom_files::records::{FieldStatement, Records, RowRecord};
use headroom_model::Kind;

use super::{durations::minutes_of, read_reviews, recognise_reviews};

fn read(files: &[(&str, &str)]) -> Records {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    assert!(recognise_reviews(folder.path()));
    read_reviews(&[folder.path().to_owned()]).unwrap()
}

fn value(row: &RowRecord, field: &str) -> Option<serde_json::Value> {
    row.fields.iter().find_map(|(name, said)| match said {
        FieldStatement::Value(value) if *name == field => Some(value.clone()),
        _ => None,
    })
}

fn texts(rows: &[RowRecord], kind: Kind, field: &str) -> Vec<String> {
    let of_kind = rows.iter().filter(|row| row.kind == kind);
    of_kind.map(|row| row.text(field).unwrap_or("-").to_owned()).collect()
}

const LABELLED: &str = "---\ntitle: \"Till down\"\nservices:\n  - till\n  - quay\nseverity: SEV2\n---\n# Till down\n\n\
- **Key events**\n  - First detected 2027-03-12 08:05\n  - Incident declared: 2027-03-12 8.30\n  - Repaired 2027-03-12 9:05 (by a restart)\n  - Resolved 2026-03-12 10:05\n\n\
- **Time to repair**: 1h 00m\n\n- **Time to resolve**: 1d 2h (during support hours 10:00-17:00)\n\n\
- **Impact**:\n  - Nobody could pay, said Ada Okafor\n\n\
- **Review actions**:\n  - Add an alert [#12](https://example.org/12)\n  - Restart faster @ada. DONE in [PR](https://example.org/13)\n  - N/A\n";

#[test]
fn labels_make_times_durations_and_actions() {
    let records = read(&[("2027-03-12-till.html.md.erb", LABELLED)]);
    let incident = &records.rows[0];
    assert_eq!(incident.text("key"), Some("2027-03-12-till"));
    assert_eq!(incident.text("title"), Some("Till down"));
    assert_eq!(incident.references(Kind::Service).collect::<Vec<_>>(), ["till", "quay"]);
    assert_eq!(incident.text("detected"), Some("2027-03-12 08:05"));
    assert_eq!(incident.text("repaired"), Some("2027-03-12 09:05"));
    assert_eq!(value(incident, "severity"), Some(2.into()));
    assert_eq!(value(incident, "stated_repair_minutes"), Some(60.into()));
    assert_eq!(value(incident, "stated_resolve_minutes"), Some(1560.into()));
    assert_eq!(value(incident, "resolve_in_support_hours"), Some(true.into()));
    let warnings = value(incident, "warnings").unwrap().to_string();
    assert!(warnings.contains("unreadable: Incident declared: 2027-03-12 8.30"), "{warnings}");
    assert!(warnings.contains("year 2026 in a report of 2027"), "{warnings}");
    assert_eq!(
        texts(&records.rows, Kind::Action, "title"),
        ["Add an alert #12", "Restart faster DONE in PR"]
    );
    assert_eq!(texts(&records.rows, Kind::Action, "state"), ["-", "done"]);
    assert_eq!(
        texts(&records.rows, Kind::Action, "link"),
        ["https://example.org/12", "https://example.org/13"]
    );
    let all = format!("{:?}", records.rows);
    assert!(!all.contains("Okafor") && !all.contains("@ada"), "{all}");
}

const HEADED: &str = "# 2027-03-13, Queue stuck\n\n## Timeline\n\nAll times in PST\n\n### 18:45\n\nIt begins.\n\n## Action items\n\n\
### Process\n\n1. [x] Write a runbook\n2. [ ] Practise it\n   with everybody\n\n### Till\n\n- Retry\n- Retry\n\n## Lessons\n\n- none\n";

#[test]
fn headings_group_actions_and_times_without_a_day_are_none() {
    let records = read(&[
        ("2027-03-12-queue.md", HEADED),
        ("template.md", "# {{ date }}, {{ name }}\n\n## Timeline\n"),
    ]);
    let incident = &records.rows[0];
    assert_eq!(incident.text("started"), Some("2027-03-12"), "the day alone");
    assert_eq!(incident.text("detected"), None);
    assert_eq!(
        texts(&records.rows, Kind::Action, "title"),
        ["Write a runbook", "Practise it with everybody", "Retry", "Retry"]
    );
    assert_eq!(texts(&records.rows, Kind::Action, "state"), ["done", "open", "-", "-"]);
    let keys = texts(&records.rows, Kind::Action, "key");
    assert_eq!(keys[2..], ["2027-03-12-queue/retry", "2027-03-12-queue/retry-2"]);
    let differs = |problem: &headroom_files::Diagnostic| problem.message.contains("its title of 2027-03-13");
    assert!(records.problems.iter().any(differs), "{:?}", records.problems);
    assert_eq!(
        records.rows.iter().filter(|row| row.kind == Kind::Incident).count(),
        1,
        "a template is no incident"
    );
}

#[test]
fn tables_of_actions_are_read_without_their_owners() {
    let text = "# Outage on 12 March 2027\n\n## Impact\n\nAll of it.\n\n## Action Items\n\n\
        | Action item | Owner | Due | Status | Bug |\n|---|---|---|---|---|\n\
        | Add an alert | Ada Okafor | 2027-04-01 | Done | [12](https://example.org/12) |\n| Move it | Bo Lind | | | |\n";
    let records = read(&[("outage.md", text)]);
    assert_eq!(records.rows[0].text("started"), Some("2027-03-12"));
    assert_eq!(texts(&records.rows, Kind::Action, "title"), ["Add an alert 12", "Move it"]);
    assert_eq!(texts(&records.rows, Kind::Action, "due"), ["2027-04-01", "-"]);
    assert_eq!(texts(&records.rows, Kind::Action, "state"), ["done", "-"]);
    let all = format!("{:?}", records.rows);
    assert!(!all.contains("Okafor") && !all.contains("Lind"), "{all}");
}

#[test]
fn prose_is_told() {
    let text = "# 2027-03-12 Outage\n\n## Impact\n\nAll.\n\n## Actions\n\nWe should look at it some day.\n";
    let records = read(&[("2027-03-12.md", text)]);
    assert_eq!(records.rows.len(), 1);
    assert!(
        records.problems.iter().any(|problem| problem.message.contains("is prose")),
        "{:?}",
        records.problems
    );
}

#[test]
fn stated_durations_are_read_as_people_write_them() {
    for (text, minutes) in [
        ("1d 5h 47m", Some(1787)),
        ("5h 09m (during support hours 10:00-17:00)", Some(309)),
        ("27 minutes", Some(27)),
        ("2 hours and 5 minutes", Some(125)),
        ("Xh Xm", None),
        ("N/A", None),
        ("", None),
    ] {
        assert_eq!(minutes_of(text), minutes, "{text}");
    }
}
