use std::{fs, path::Path};

use headroom_model::{Draft, Link, Metric, Plan, Service};

use crate::{ImportOptions, ReadOptions, compare, read_parts};

const TODAY: &str = "2026-11-30";

/// A plan with these services.
fn plan(services: &[(&str, &str)]) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (key, url) in services {
        let id = draft.new_id::<Service>();
        let links = vec![Link { url: (*url).into(), ..Link::default() }];
        draft.put(Service { id, key: (*key).into(), name: (*key).into(), links, ..Service::default() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

/// Imports a folder; gives the number of changes and the messages.
fn import(plan: &mut Plan, folder: &Path) -> (usize, Vec<String>) {
    let parts = read_parts(&[folder.to_owned()], None, &ReadOptions::default()).unwrap();
    let options = ImportOptions { today: TODAY.parse().unwrap(), complete: false, names: Vec::new() };
    let preview = compare(plan, parts, &options);
    plan.apply(&preview.changes).unwrap();
    (preview.changes.len(), preview.problems.into_iter().map(|problem| problem.message).collect())
}

fn import_file(plan: &mut Plan, name: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    let parts = read_parts(&[file], None, &ReadOptions::default()).unwrap();
    assert_eq!(parts.iter().map(|part| part.format.id).collect::<Vec<_>>(), ["practices"], "{name} alone");
    let (_, told) = import(plan, folder.path());
    let before = plan.clone();
    assert_eq!(import(plan, folder.path()).0, 0, "a second import of {name} changes nothing");
    assert!(*plan == before);
    told
}

/// Practice, service or team, day, value, source and last day of each observation, in order.
fn levels(plan: &Plan) -> Vec<String> {
    let mut rows: Vec<String> = plan
        .observations
        .iter()
        .map(|row| {
            let about = row.service.map(Into::into).or(row.team.map(Into::into)).unwrap();
            let until = row.until.map(|day| format!(" until {day}")).unwrap_or_default();
            let metric = plan.key_of(row.metric.into());
            format!("{metric} {} {} {} [{}]{until}", plan.key_of(about), row.first, row.value, &*row.origin)
        })
        .collect();
    rows.sort();
    rows
}

#[track_caller]
fn has(told: &[String], words: &str) {
    assert!(told.iter().any(|message| message.contains(words)), "{words}: {told:#?}");
}

#[test]
fn levels_of_a_table_are_observations() {
    let mut plan = plan(&[("cart", ""), ("login", "")]);
    let text = "practice,service,team,level,on,by,evidence,until\n\
        ci-cd,cart,,3,2026-05-01,scan,https://example.org/run/7,\n\
        CI/CD,cart,,2,2026-01-01,audit,,2026-12-31\n\
        load-test,login,,n/a,2026-05-02,self,,\n\
        load-test,cart,,unknown,2026-05-02,,,\n\
        Disaster recovery,,ops,1,2026-05-03,self,,\n";
    let told = import_file(&mut plan, "practices.csv", text);
    let expected = [
        "ci-cd cart 2026-01-01 2 [audit] until 2026-12-31",
        "ci-cd cart 2026-05-01 3 [scan: https://example.org/run/7]",
        "disaster-recovery ops 2026-05-03 1 [self]",
        "load-test cart 2026-05-02 undetermined []",
        "load-test login 2026-05-02 n/a [self]",
    ];
    assert_eq!(levels(&plan), expected);
    assert_eq!(told, [""; 0]);
    let metric = |key: &str| plan.get::<Metric>(plan.find::<Metric>(key).unwrap()).unwrap();
    assert_eq!((metric("ci-cd").name(), metric("ci-cd").levels.len()), ("CI/CD", 5));
    assert_eq!((metric("load-test").name(), metric("load-test").levels.len()), ("Load test", 0));
}

#[test]
fn what_cannot_be_a_level_is_told_and_left_out() {
    let mut plan = plan(&[("cart", "")]);
    let text = "practice,service,level,on\n\
        ci-cd,cart,5,2026-05-01\n\
        ci-cd,cart,2.5,2026-05-02\n\
        ci-cd,cart,high,2026-05-03\n\
        ci-cd,cart,3,2027-05-04\n\
        ci-cd,cart,,2026-05-05\n\
        ci-cd,,3,2026-05-06\n\
        ci-cd,cart,3,soon\n\
        ci-cd,cart,1,2026-05-07\n\
        ci-cd,cart,2,2026-05-07\n\
        ci-cd,ca";
    let told = import_file(&mut plan, "practices.csv", text);
    assert_eq!(levels(&plan), ["ci-cd cart 2026-05-07 2 []"]);
    has(&told, "“5” is not on the scale of CI/CD, which goes from 0 to 4");
    has(&told, "“2.5” is not on the scale");
    has(&told, "“high” is no level of CI/CD");
    has(&told, "2027-05-04 is after the day of the import");
    has(&told, "“level” is empty");
    has(&told, "names neither a service nor a team");
    has(&told, "“soon” is not a valid value");
    has(&told, "another level of the same day at line 9");
    has(&told, "row has 2 cells");
}

#[test]
fn nobody_is_named() {
    let mut plan = plan(&[("cart", "")]);
    let text = "practice,service,level,on,by,evidence\n\
        ci-cd,cart,2,2026-05-01,Ada Lovelace,seen with ada@example.org\n\
        ci-cd,cart,3,2026-06-01,ada@example.org,https://ada@example.org/x\n";
    let told = import_file(&mut plan, "practices.csv", text);
    has(&told, "who looked is kept as scan, audit or self alone");
    has(&told, "evidence is kept as an address alone");
    let all =
        format!("{told:?}{}", serde_json::to_string(&plan.observations.iter().collect::<Vec<_>>()).unwrap());
    assert!(!all.to_lowercase().contains("ada@") && !all.contains("Lovelace"), "{all}");
}

#[test]
fn results_of_scorecard_are_scores_of_the_service_with_the_repository() {
    let mut plan = plan(&[("gateway", "https://github.com/acme/edge")]);
    let result = r#"{"date": "2026-10-01T10:00:00+02:00", "repo": {"name": "github.com/acme/edge", "commit": "a"},
        "scorecard": {"version": "v5.0.0", "commit": "b"}, "score": 7.4, "checks": [
        {"name": "Branch-Protection", "score": -1, "reason": "internal error"},
        {"name": "Maintained", "score": 10, "reason": "30 commits by ada@example.org"},
        {"name": "Fuzzing", "score": 11}, {"name": "SAST", "score": "much"}, {"name": "License"}]}"#;
    let told = import_file(&mut plan, "result.json", result);
    let expected = [
        "openssf-scorecard gateway 2026-10-01 7.4 [scan: Scorecard 5.0.0]",
        "openssf-scorecard/branch-protection gateway 2026-10-01 undetermined [scan: Scorecard 5.0.0]",
        "openssf-scorecard/maintained gateway 2026-10-01 10 [scan: Scorecard 5.0.0]",
    ];
    assert_eq!(levels(&plan), expected);
    has(&told, "“11” is not on the scale of Scorecard: Fuzzing, which goes from 0 to 10");
    has(&told, "“much” is no level of Scorecard: SAST");
    has(&told, "it has no score");
}

#[test]
fn results_of_several_repositories_may_stand_in_lines() {
    let line = |name: &str| {
        format!(
            "{{\"date\": \"2026-10-01\", \"repo\": {{\"name\": \"github.com/acme/{name}\"}}, \"scorecard\": {{}}, \
             \"score\": 5, \"checks\": []}}\n"
        )
    };
    let mut plan = plan(&[("a", ""), ("b", "")]);
    import_file(&mut plan, "results.json", &(line("a") + &line("b")));
    assert_eq!(levels(&plan).len(), 2);
}

#[test]
fn the_last_score_of_a_day_in_the_order_of_a_database_counts() {
    let mut plan = plan(&[("edge", "")]);
    let database = r#"{"github.com": {"acme": {"edge": {"previous": [
        {"score": 6, "date": "2026-03-01", "commit": "a"},
        {"score": 5.5, "date": "2026-01-01T08:00:00Z", "commit": "b"},
        {"score": 7, "date": "2026-03-01T09:48:51Z", "commit": "c"},
        {"score": -1, "date": "2026-04-01", "commit": "d"},
        {"score": 4, "date": "someday", "commit": "e"}],
        "current": {"score": 7.5, "date": "2026-05-01", "commit": "f"}}}}}"#;
    let told = import_file(&mut plan, "database.json", database);
    let expected = [
        "openssf-scorecard edge 2026-01-01 5.5 [scan]",
        "openssf-scorecard edge 2026-03-01 7 [scan]",
        "openssf-scorecard edge 2026-04-01 undetermined [scan]",
        "openssf-scorecard edge 2026-05-01 7.5 [scan]",
    ];
    assert_eq!(levels(&plan), expected);
    has(&told, "“someday” is not a date");
}

const INSIGHTS_1: &str = "header:
  schema-version: 1.0.0
  expiration-date: '2024-10-31T01:00:00.000Z'
  last-updated: '2026-09-16'
  last-reviewed: '2023-10-31'
  project-url: https://github.com/acme/edge
  commit-hash: abc
security-testing:
  - tool-type: sca
    tool-name: Snyk
    integration:
      ad-hoc: false
      ci: true
      before-release: true
security-contacts:
  - type: email
    value: ada@example.org
vulnerability-reporting:
  accepts-vulnerability-reports: true
";

const INSIGHTS_2: &str = "header:
  schema-version: 2.0.0
  last-updated: '2026-03-01'
  last-reviewed: '2026-02-01'
  url: https://example.org/security-insights.yml
project:
  name: Edge
  administrators:
    - name: Ada Lovelace
      email: ada@example.org
  vulnerability-reporting:
    reports-accepted: true
repository:
  url: https://github.com/acme/edge
  security:
    assessments:
      self:
        date: 2025-01-01
    tools:
      - name: Dependabot
        type: SCA
        integration:
          ci: true
";

#[test]
fn expired_insights_end_and_reviews_date_them() {
    let mut first = plan(&[("edge", "")]);
    assert_eq!(import_file(&mut first, "SECURITY-INSIGHTS.yml", INSIGHTS_1), [""; 0]);
    let own = "[self: https://github.com/acme/edge]";
    assert_eq!(levels(&first), [format!("security-insights edge 2023-10-31 2 {own} until 2024-10-31")]);
    let mut second = plan(&[("edge", "")]);
    assert_eq!(import_file(&mut second, "security-insights.yml", INSIGHTS_2), [""; 0]);
    assert_eq!(levels(&second), [format!("security-insights edge 2026-02-01 3 {own}")]);
    for plan in [first, second] {
        assert!(plan.people.is_empty());
        let all = serde_json::to_string(&plan.observations.iter().collect::<Vec<_>>()).unwrap();
        assert!(!all.contains("ada@") && !all.contains("Lovelace"));
    }
}

#[test]
fn names_and_levels_of_other_tools_are_practices() {
    let files = [
        (
            "readiness.yaml",
            "tag: readiness\nname: Readiness\nladder:\n  name: Default\n  levels:\n    - {name: Gold, rank: 2}\n    \
             - {name: Bronze, rank: 1}\nrules:\n  - {title: Has git, expression: git != null, weight: 1, level: Bronze}\n",
            "readiness Readiness: No level; Bronze; Gold",
        ),
        (
            "track.yaml",
            "- id: basics\n  name: Basics\n  levels:\n    - ordinal: 1\n      checks:\n        - id: a\n    \
             - ordinal: 2\n      name: Better\n      checks:\n        - id: b\n",
            "basics Basics: No level; Level 1; Better",
        ),
        (
            "port.json",
            r#"[{"identifier": "ownership", "title": "Ownership", "levels": [{"title": "Basic"}, {"title": "Gold"}],
                "rules": [{"identifier": "a", "level": "Gold"}]}]"#,
            "ownership Ownership: Basic; Gold",
        ),
        (
            "opslevel-rubric.yml",
            "rubric:\n  categories:\n    - name: Service ownership\n  levels:\n    - {name: Silver, index: 2}\n    \
             - {name: Bronze, index: 1}\n",
            "service-ownership Service ownership: No level; Bronze; Silver",
        ),
    ];
    for (name, text, expected) in files {
        let mut plan = Plan::default();
        assert_eq!(import_file(&mut plan, name, text), [""; 0], "{name}");
        let own = plan.metrics.iter().next().unwrap();
        assert_eq!(own.practice_scale(), Some(headroom_model::PracticeScale::Level));
        assert_eq!(format!("{} {}: {}", own.key, own.name, own.levels.join("; ")), expected);
    }
}

#[test]
fn levels_may_be_named_as_another_tool_names_them() {
    let mut plan = plan(&[("cart", "")]);
    let scorecard = "tag: readiness\nname: Readiness\nladder:\n  levels:\n    - {name: Bronze, rank: 1}\n    \
                     - {name: Gold, rank: 2}\nrules: []\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scorecard.yaml"), scorecard).unwrap();
    fs::write(
        folder.path().join("practices.csv"),
        "practice,service,level,on\nreadiness,cart,gold,2026-05-01\n",
    )
    .unwrap();
    import(&mut plan, folder.path());
    assert_eq!(levels(&plan), ["readiness cart 2026-05-01 2 []"]);
}

#[test]
fn a_table_beside_the_plans_own_tables_is_read() {
    let mut plan = Plan::default();
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("services.csv", "id,name\ncart,Cart\n");
    put("metrics.csv", "id,name,unit,kind,period\nmrr,MRR,money,stock,month\n");
    put("practices.csv", "practice,service,level,on\nci-cd,Cart,2,2026-05-01\nmrr,cart,3,2026-05-01\n");
    let (_, told) = import(&mut plan, folder.path());
    assert_eq!(levels(&plan), ["ci-cd cart 2026-05-01 2 []"]);
    has(&told, "“mrr” is a metric of the plan and no practice");
}
