#![allow(clippy::unwrap_used)]

use std::fs;

use headroom_files::records::{FieldStatement, RowRecord};

use super::{read_incidents, recognise_incidents, rows::severity_of};

fn read(name: &str, text: &str) -> (Vec<RowRecord>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    assert!(recognise_incidents(&path), "{text}");
    let records = read_incidents(&[path], None).unwrap();
    (records.rows, records.problems.iter().map(|problem| problem.message.clone()).collect())
}

fn said(row: &RowRecord, field: &str) -> String {
    match row.fields.iter().find(|(name, _)| *name == field).map(|(_, said)| said) {
        Some(FieldStatement::Value(serde_json::Value::String(text))) => text.clone(),
        Some(FieldStatement::Value(value)) => value.to_string(),
        Some(FieldStatement::References(keys)) => {
            keys.iter().map(|key| key.key.as_str()).collect::<Vec<_>>().join("; ")
        }
        Some(other) => format!("{other:?}"),
        None => String::new(),
    }
}

#[test]
fn incidents_of_pagerduty_keep_nobody_and_are_in_utc() {
    let (rows, problems) = read(
        "export.csv",
        "incident_number,title,service_name,urgency,status,created_at,acknowledged_at,resolved_at,seconds_to_resolve,assigned_to\n\
         7,Queue stuck on till, Till ,high,resolved,2027-01-28T05:36:00+01:00,2027-01-28T05:40:00+01:00,2027-01-28T06:39:00+01:00,3780,Ada Okafor\n\
         8,Open one,quay,low,triggered,2027-01-29T05:36:00+01:00,,,,\n",
    );
    assert_eq!(rows.len(), 2);
    let fields = ["key", "title", "services", "detected", "resolved", "stated_resolve_minutes"];
    assert_eq!(
        fields.map(|field| said(&rows[0], field)),
        ["incident-7", "Queue stuck on till", "Till", "2027-01-28 04:36", "2027-01-28 05:39", "63"]
    );
    assert_eq!(said(&rows[1], "resolved"), "null");
    assert!(!format!("{rows:?}").contains("Okafor"));
    assert!(problems.iter().any(|problem| problem.contains("assigned_to")), "{problems:?}");
    assert!(
        problems.iter().any(|problem| problem.starts_with("1 services are written with spaces")),
        "{problems:?}"
    );
}

#[test]
fn other_tools_are_known_by_their_columns() {
    let (rows, _) = read(
        "firehydrant.csv",
        "id,name,severity,services,started_at,detected_at,mitigated_at,resolved_at,retrospective_completed_at\n\
         inc-1,Login down,SEV2,\"login, portal\",2027-02-01 10:00,2027-02-01 10:05,2027-02-01 10:45,2027-02-01 12:00,2027-02-04\n",
    );
    let fields = ["key", "severity", "services", "started", "detected", "repaired", "resolved", "reviewed"];
    assert_eq!(
        fields.map(|field| said(&rows[0], field)),
        [
            "inc-1",
            "2",
            "login; portal",
            "2027-02-01 10:00",
            "2027-02-01 10:05",
            "2027-02-01 10:45",
            "2027-02-01 12:00",
            "2027-02-04"
        ]
    );
    let (rows, _) = read(
        "jira.csv",
        "Issue key,Issue Type,Summary,Priority,Created,Resolved,Components,Assignee\n\
         OPS-1,Incident,Till is slow,Highest,12/Mar/27 8:05 AM,12/Mar/27 9:05 AM,till,Ada Okafor\n\
         OPS-2,Task,Tidy up,Low,12/Mar/27 8:05 AM,,,\n",
    );
    assert_eq!(rows.len(), 1, "a task is no incident");
    assert_eq!(
        ["key", "severity", "detected"].map(|field| said(&rows[0], field)),
        ["OPS-1", "1", "2027-03-12 08:05"]
    );
}

#[test]
fn times_that_cannot_be_read_are_warnings() {
    let (rows, problems) = read(
        "incidents-of-2027.csv",
        "id,title,detected,resolved\nA,Slow,2027-03-12 08:05,22027-03-12 09:00\nB,Slow,2027-03-12,\n",
    );
    assert_eq!(said(&rows[0], "resolved"), "null");
    assert!(said(&rows[0], "warnings").contains("22027-03-12 09:00"));
    assert_eq!(said(&rows[1], "detected"), "2027-03-12");
    assert!(problems.iter().any(|problem| problem.contains("is not a time")), "{problems:?}");
}

#[test]
fn an_incident_of_several_services_may_be_several_rows() {
    let (rows, _) = read(
        "incidents-of-2027.csv",
        "incident id,title,service,detected,resolved\n1,Slow,a,2027-03-12,2027-03-13\n1,Slow,b,2027-03-12,2027-03-13\n",
    );
    assert_eq!(rows.len(), 1);
    assert_eq!(said(&rows[0], "services"), "a; b");
}

#[test]
fn severities_are_known_by_the_words_of_tools() {
    for (text, severity) in [
        ("SEV1", Some(1)),
        ("sev-3", Some(3)),
        ("P2", Some(2)),
        ("P0", Some(1)),
        ("5", Some(4)),
        ("Critical", Some(1)),
        ("minor", Some(3)),
        ("", None),
        ("purple", None),
        ("12", None),
    ] {
        assert_eq!(severity_of(text), severity, "{text}");
    }
}
