//! Whole sources: tables as they are written, and what comes of them.

use std::{fs, path::PathBuf};

use headroom_files::records::Records;

use super::*;

fn read_files(files: &[(&str, &str)], chosen: &DeploymentsReading) -> Result<Records, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let options = EventTableOptions { today: "2026-12-01".parse().ok(), ..EventTableOptions::default() };
    read_deployments(&[folder.path().to_owned()], &options, chosen)
}

fn read(files: &[(&str, &str)]) -> Records {
    read_files(files, &DeploymentsReading::default()).unwrap()
}

fn figure(records: &Records, metric: &str, service: Option<&str>, first: &str, last: &str) -> Option<String> {
    let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
    let mut found = records.figures.iter().filter(|figure| {
        *figure.metric == *metric
            && figure.scope.service.as_deref() == service
            && (figure.first, figure.last) == (first, last)
    });
    let value = found.next().map(|figure| figure.value.number.to_string());
    assert!(found.next().is_none(), "{metric} twice");
    value
}

fn said(records: &Records) -> String {
    records.problems.iter().map(|problem| format!("{problem:?}\n")).collect()
}

const DEPLOYMENTS: &str = "\
deployment_id,service,environment,finished_at,result,commit_sha
d1,till,production,2026-10-01T10:00:00Z,success,c1
d2,till,production,2026-10-02T01:00:00+02:00,success,c2
d3,till,production,2026-11-03T10:00:00Z,SUCCESS,c3
d4,till,staging,2026-11-03T10:00:00Z,success,c4
d5,till,production,2026-11-04T10:00:00Z,failure,c5
d3,till,production,2026-11-03T10:00:00Z,success,c3
";
const COMMITS: &str = "\
commit_sha,deployment_id,authored_at,bot,reverts
c1,d1,2026-10-01T08:00:00Z,,
b1,d1,2026-10-01T11:00:00Z,yes,
c2,d2,2026-10-01T22:00:00Z,,
c3,d3,2026-11-03T09:00:00Z,,c2 nowhere
x1,d5,2026-11-03T09:00:00Z,,
";

#[test]
fn deployments_become_figures_by_month_and_quarter() {
    let records = read(&[("deployments.csv", DEPLOYMENTS), ("commits.csv", COMMITS)]);
    let of = |metric: &str, first: &str, last: &str| figure(&records, metric, Some("till"), first, last);
    let october = |metric: &str| of(metric, "2026-10-01", "2026-10-31");
    assert_eq!(october("deployments").as_deref(), Some("2"));
    assert_eq!(october("deployment-days").as_deref(), Some("1"), "of UTC");
    assert_eq!(october("failed-deployments").as_deref(), Some("1"));
    assert_eq!(october("rework-deployments").as_deref(), Some("0"));
    assert_eq!(october("lead-time-hours").as_deref(), Some("1"), "of 2, 1 and −1");
    assert_eq!(october("lead-time-without-bots-hours").as_deref(), Some("1.5"));
    assert_eq!(october("recovery-hours").as_deref(), Some("779"));
    let november = |metric: &str| of(metric, "2026-11-01", "2026-11-30");
    assert_eq!(november("deployments").as_deref(), Some("1"));
    assert_eq!(november("rework-deployments").as_deref(), Some("1"));
    assert_eq!(november("recovery-hours"), None);
    assert!(records.rows.iter().any(|row| row.text("key") == Some("change-failure-rate")));
    assert!(of("lead-time-hours", "2026-10-01", "2026-12-31").is_none(), "the quarter is not over");
    let said = said(&records);
    assert!(said.contains("1 rows are not of production"), "{said}");
    assert!(said.contains("1 rows never got to production"), "{said}");
    assert!(said.contains("repeat a deployment"), "{said}");
    assert!(said.contains("1 commits are of deployments that are not counted"), "{said}");
}

#[test]
fn nothing_is_known_of_failures_without_somebody_who_says_it() {
    let records = read(&[("deployments.csv", DEPLOYMENTS)]);
    assert!(!records.figures.iter().any(|figure| &*figure.metric == "failed-deployments"));
    assert!(!records.figures.iter().any(|figure| &*figure.metric == "lead-time-hours"));
    assert!(said(&records).contains("nothing says which deployments failed"));
}

#[test]
fn a_whole_quarter_has_its_own_median() {
    let rows: String = (1..=9)
        .map(|month| format!("r{month},shop,2026-0{month}-15 12:00:00,2026-0{month}-15 0{month}:00:00,no\n"))
        .collect();
    let text = format!("release_id,app,released_at,first_commit_at,hotfix\n{rows}");
    let records = read(&[("releases.csv", &text)]);
    let quarter = figure(&records, "lead-time-hours", Some("shop"), "2026-04-01", "2026-06-30");
    assert_eq!(quarter.as_deref(), Some("7"), "of 8, 7 and 6");
}

#[test]
fn an_unknown_environment_is_told_and_can_be_chosen() {
    let text =
        "id,service,environment,deployed_at\n1,till,eu1,2026-10-01 10:00\n2,till,lab,2026-10-01 10:00\n";
    let files = [("deployments.csv", text)];
    let records = read(&files);
    assert!(records.figures.is_empty());
    assert!(said(&records).contains("no row is of production"), "{}", said(&records));
    let chosen = DeploymentsReading { environment: Some("EU1".to_owned()), ..DeploymentsReading::default() };
    let records = read_files(&files, &chosen).unwrap();
    let october = figure(&records, "deployments", Some("till"), "2026-10-01", "2026-10-31");
    assert_eq!(october.as_deref(), Some("1"));
}

#[test]
fn several_services_are_the_organisation_together() {
    let text = "deploy_id,team,application,deployed_at,failed\n\
        1,Bridge,till,2026-10-01 10:00,yes\n2,Bridge,scale,2026-10-02 10:00,no\n";
    let records = read(&[("deployments.csv", text)]);
    let october = |service| figure(&records, "failed-deployments", service, "2026-10-01", "2026-10-31");
    assert_eq!(october(Some("till")).as_deref(), Some("1"));
    assert_eq!(october(Some("scale")).as_deref(), Some("0"));
    let of_team = records.figures.iter().any(|figure| figure.scope.team.as_deref() == Some("Bridge"));
    assert!(of_team);
}

#[test]
fn deployments_of_github_are_read() {
    let text = r#"[
        {"id": 1, "sha": "a", "environment": "production", "created_at": "2026-10-01T10:00:00Z",
         "repository_url": "https://api.github.com/repos/acme/till", "creator": {"login": "ada"},
         "statuses": [{"state": "inactive", "created_at": "2026-10-03T10:00:00Z"},
                      {"state": "success", "created_at": "2026-10-01T10:05:00Z"}]},
        {"id": 2, "sha": "b", "environment": "production", "created_at": "2026-10-02T10:00:00Z",
         "repository_url": "https://api.github.com/repos/acme/till",
         "statuses": [{"state": "failure", "created_at": "2026-10-02T10:05:00Z"}]}]"#;
    let records = read(&[("deployments.json", text)]);
    let october = figure(&records, "deployments", Some("till"), "2026-10-01", "2026-10-31");
    assert_eq!(october.as_deref(), Some("1"));
}

#[test]
fn half_a_file_gives_what_can_be_read() {
    let half = &DEPLOYMENTS[..DEPLOYMENTS.find("2026-11-03").unwrap() + 6];
    let records = read(&[("deployments.csv", half)]);
    let october = figure(&records, "deployments", Some("till"), "2026-10-01", "2026-10-31");
    assert_eq!(october.as_deref(), Some("2"));
    assert!(said(&records).contains("row left out"), "{}", said(&records));
}

#[test]
fn other_tables_are_no_deployments() {
    let folder = tempfile::tempdir().unwrap();
    let is_recognised = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join(name);
        fs::write(&path, text).unwrap();
        recognise_deployments(&path)
    };
    assert!(is_recognised("a.csv", DEPLOYMENTS));
    assert!(is_recognised("b.csv", COMMITS));
    assert!(!is_recognised(
        "cost.csv",
        "date,service,environment,status,cost\n2026-01-01,till,production,ok,3\n"
    ));
    assert!(!is_recognised(
        "incidents.csv",
        "id,service,environment,status,created_at,resolved_at\n1,a,production,done,2026-01-01,\n"
    ));
    assert!(!is_recognised("people.csv", "id,name,team,status,created\n1,Ada,Bridge,active,2026-01-01\n"));
    assert!(!is_recognised(
        "figures.csv",
        "date,service,deployments,failed deployments\n2026-01-01,till,3,1\n"
    ));
    assert!(!is_recognised(
        "tickets.csv",
        "ticket_id,created_at,solved_at,replies,status\n1,2026-01-01,2026-01-02,1,solved\n"
    ));
}
