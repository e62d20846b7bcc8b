use std::path::Path;

use headroom_files::{
    Level,
    records::{FieldStatement, Records, RowRecord},
};
use headroom_model::{Kind, Plan};
use serde_json::Value;

use super::{read, recognise};
use crate::{ImportOptions, ReadOptions, compare, read_parts};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn read_files(files: &[(&str, &str)]) -> Records {
    read(&[folder(files).path().to_owned()]).unwrap()
}

fn read_text(text: &str) -> Records {
    read_files(&[("slo.yaml", text)])
}

fn field(row: &RowRecord, name: &str) -> String {
    row.fields
        .iter()
        .find(|(field, _)| *field == name)
        .map(|(_, said)| match said {
            FieldStatement::Value(Value::String(text)) => text.clone(),
            FieldStatement::Reference(key) => key.key.clone(),
            FieldStatement::FirstKnown(keys) => {
                keys.iter().map(|key| key.key.as_str()).collect::<Vec<_>>().join(" or ")
            }
            other => format!("{other:?}"),
        })
        .unwrap_or_default()
}

/// Key, metric, service, target, window and method of each objective.
fn objectives(records: &Records) -> Vec<[String; 6]> {
    let rows = records.rows.iter().filter(|row| row.kind == Kind::Objective);
    rows.map(|row| ["key", "metric", "service", "value", "window", "method"].map(|name| field(row, name)))
        .collect()
}

fn told(records: &Records) -> Vec<(u64, Level, &str)> {
    records.problems.iter().map(|row| (row.place.line, row.level, row.message.as_str())).collect()
}

const SLOTH: &str = "version: prometheus/v1
service: till
slos:
  - name: requests-availability
    objective: 99.9
    sli:
      events: {error_query: 'sum(x{code=~\"5..\"})', total_query: sum(x)}
  - name: requests-latency
    objective: 99
";

const PYRRA: &str = "apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: till-errors
  labels:
    pyrra.dev/service: till
spec:
  target: '99.9'
  window: 4w
  description: Availability of the till.
  indicator:
    ratio:
      errors: {metric: 'http_requests_total{code=~\"5..\"}'}
      total: {metric: http_requests_total}
";

const OPEN_SLO: &str = "apiVersion: openslo/v1
kind: SLO
metadata: {name: selling, displayName: Selling}
spec:
  service: till
  budgetingMethod: Timeslices
  timeWindow:
    - duration: 1M
      isRolling: false
  objectives:
    - {displayName: Internal objective, target: 0.995}
    - {displayName: SLA, targetPercent: 99}
---
apiVersion: openslo/v1
kind: Service
metadata: {name: till, displayName: Till}
spec: {description: Sells}
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: prometheus}
";

const SLO_GENERATOR: &str = "apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata:
  name: till-quay-uptime
  labels: {service_name: till, feature_name: quay, slo_name: uptime}
spec:
  goal: 1.0
  method: good_bad_ratio
  backend: prometheus
";

#[test]
fn objectives_of_open_slo_are_apart_and_services_defined() {
    let records = read_text(OPEN_SLO);
    assert!(records.problems.is_empty(), "{:?}", records.problems);
    let row = |key: &str, metric: &str, value: &str| {
        [key, metric, "till", value, "1M calendar", "Timeslices"].map(str::to_owned)
    };
    let expected =
        [row("till/selling", "slo/selling", "0.995"), row("till/selling/sla", "slo/selling/sla", "0.99")];
    assert_eq!(objectives(&records), expected);
    let service = &records.services[0];
    assert_eq!((service.key.as_str(), service.name.as_deref()), ("till", Some("Till")));
}

#[test]
fn sloth_has_percent_and_says_no_window_once() {
    let records = read_text(SLOTH);
    let row =
        |key: &str, metric: &str, value: &str| [key, metric, "till", value, "", "events"].map(str::to_owned);
    let expected = [
        row("till/requests-availability", "availability", "0.999"),
        row("till/requests-latency", "latency/requests-latency", "0.99"),
    ];
    assert_eq!(objectives(&records), expected);
    let told = told(&records);
    assert_eq!((told.len(), told[0].1), (1, Level::Note));
    assert!(told[0].2.contains("do not say the window"), "{told:?}");
}

#[test]
fn pyrra_and_slo_generator_have_their_services_in_labels() {
    let pyrra = read_text(PYRRA);
    assert_eq!(objectives(&pyrra), [["till/till-errors", "availability", "till", "0.999", "4w", "ratio"]]);
    assert!(pyrra.problems.is_empty(), "{:?}", pyrra.problems);
    let generator = read_text(SLO_GENERATOR);
    let row = ["till/till-quay-uptime", "availability", "till", "1", "", "good_bad_ratio"];
    assert_eq!(objectives(&generator), [row]);
}

#[test]
fn first_version_of_slo_generator_states_no_version() {
    let records = read_text(
        "\
service_name: till
feature_name: quay
slo_name: uptime
slo_description: Quay answers
slo_target: 0.995
backend: {class: Stackdriver, method: good_bad_ratio, measurement: {filter_good: a, filter_bad: b}}
",
    );
    let row = ["till/till-quay-uptime", "availability", "till", "0.995", "", "good_bad_ratio"];
    assert_eq!(objectives(&records), [row]);
    let without = read_text("service_name: till\nslo_target: 0.9\n");
    assert!(told(&without)[0].2.contains("no slo_name"), "{:?}", told(&without));
}

#[test]
fn slo_of_three_tools_is_one() {
    let records = read_files(&[("a.yaml", SLOTH), ("b.yaml", PYRRA)]);
    let availability = ["till/requests-availability", "availability", "till", "0.999", "4w", "events"];
    assert_eq!(objectives(&records)[0], availability);
    assert_eq!(objectives(&records).len(), 2, "latency is another SLO");
    let joined = records.problems.iter().find(|row| row.message.contains("the same SLO")).unwrap();
    assert!(joined.place.file.ends_with("b.yaml") && joined.message.contains("a.yaml:4"), "{joined:?}");
}

#[test]
fn different_targets_are_two_objectives_and_told() {
    let stricter = PYRRA.replace("99.9", "99.95");
    let records = read_files(&[("a.yaml", SLOTH), ("b.yaml", &stricter)]);
    assert_eq!(objectives(&records).len(), 3);
    assert!(records.problems.iter().any(|row| row.message.contains("the stricter one counts")));
    let other = SLOTH.replace("99.9", "99.5");
    let records = read_files(&[("a.yaml", SLOTH), ("b.yaml", &other)]);
    let keys: Vec<String> = objectives(&records).into_iter().map(|[key, ..]| key).collect();
    let expected = ["till/requests-availability", "till/requests-latency", "till/requests-availability/99.5"];
    assert_eq!(keys, expected);
    assert!(records.problems.iter().any(|row| row.message.contains("is 99.5 % here and 99.9 % at")));
}

#[test]
fn window_of_a_minute_is_a_doubt() {
    let records = read_text(&OPEN_SLO.replace("1M", "1m"));
    assert_eq!(objectives(&records)[0][4], "1m calendar");
    let [(8, Level::Warning, message)] = told(&records)[..] else { panic!("{:?}", records.problems) };
    assert!(message.contains("the window is 1 minute"), "{message}");
    assert!(records.problems[0].advice.contains("“M”"));
}

#[test]
fn version_one_alpha_counts_its_windows() {
    let text = |unit: &str| {
        format!(
            "apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: {{name: selling}}\nspec:\n  service: till\n  \
             timeWindows:\n  - {{count: 28, unit: {unit}, isRolling: true}}\n  objectives:\n  - {{target: 0.98}}\n"
        )
    };
    assert_eq!(objectives(&read_text(&text("Day")))[0][4], "28d");
    let records = read_text(&text("Fortnight"));
    assert_eq!((objectives(&records)[0][4].as_str(), told(&records)[0].0), ("", 7));
}

#[test]
fn faults_have_their_place_and_the_rest_is_read() {
    let text = "version: prometheus/v999\nservice: till\nslos: []\n---\nversion: prometheus/v1\nservice: till\nslos:\n\
        \x20 - {name: a, objective: 101}\n  - {objective: 99}\n  - {name: c}\n  - {name: d, objective: 0.999}\n\
        \x20 - {name: e, objective: 99.9}\n---\nversion: prometheus/v1\nslos: [\n";
    let records = read_text(text);
    let keys: Vec<String> = objectives(&records).into_iter().map(|[key, ..]| key).collect();
    assert_eq!(keys, ["till/d", "till/e"]);
    let lines: Vec<(u64, Level)> = told(&records).iter().map(|(line, level, _)| (*line, *level)).collect();
    let expected = [
        (15, Level::Error),
        (1, Level::Error),
        (8, Level::Error),
        (9, Level::Error),
        (10, Level::Error),
        (11, Level::Warning),
        (11, Level::Note),
    ];
    let mut lines_by_file = lines.clone();
    lines_by_file.sort_by_key(|(line, _)| *line);
    let mut expected_by_file = expected.to_vec();
    expected_by_file.sort_by_key(|(line, _)| *line);
    assert_eq!(lines_by_file, expected_by_file, "{:#?}", records.problems);
    assert!(records.problems.iter().all(|problem| problem.place.column > 0));
}

#[test]
fn lists_and_json_hold_documents() {
    let list = "- apiVersion: openslo/v1\n  kind: Service\n  metadata: {name: till}\n- apiVersion: openslo/v1\n  \
        kind: SLO\n  metadata: {name: up}\n  spec: {serviceRef: till, objectives: [{target: 0.9}]}\n";
    let records = read_text(list);
    assert_eq!((records.services.len(), objectives(&records).len()), (1, 1));
    let json = r#"[{"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":"up"},"spec":{"service":"till","objectives":[{"target":0.9}]}}]"#;
    assert_eq!(objectives(&read_files(&[("slo.json", json)])).len(), 1);
}

#[test]
fn only_stated_versions_are_recognised() {
    let is_ours = |text: &str| {
        let folder = folder(&[("deploy/slo.yaml", text)]);
        let file = folder.path().join("deploy/slo.yaml");
        assert_eq!(recognise(&file), recognise(folder.path()));
        recognise(&file)
    };
    for text in [SLOTH, PYRRA, OPEN_SLO, SLO_GENERATOR] {
        assert!(is_ours(text), "{text}");
    }
    assert!(!is_ours("apiVersion: v1\nkind: ConfigMap\ndata: {about: we use pyrra.dev/v1alpha1}\n"));
    assert!(!recognise(Path::new("slo.txt")));
}

const TODAY: &str = "2027-01-04";

/// Imports files into a plan; gives the messages.
fn import(plan: &mut Plan, files: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let parts = read_parts(&[folder.path().to_owned()], None, &ReadOptions::default()).unwrap();
    let options = ImportOptions { today: TODAY.parse().unwrap(), complete: false, names: Vec::new() };
    let preview = compare(plan, parts, &options);
    plan.apply(&preview.changes).unwrap();
    preview.problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn slo_without_service_goes_by_its_name_or_is_left_out() {
    let nameless = PYRRA.replace("  labels:\n    pyrra.dev/service: till\n", "");
    let mut plan = Plan::default();
    let told = import(&mut plan, &[("slo.yaml", &nameless)]);
    assert_eq!((plan.objectives.len(), plan.services.len()), (0, 0));
    assert!(told.iter().any(|message| message.contains("none called “till-errors” or “till”")), "{told:?}");
    let catalog = ("opslevel.yml", "version: 1\nservice: {name: till}\n");
    import(&mut plan, &[("slo.yaml", &nameless), catalog]);
    let services: Vec<&str> =
        plan.objectives.iter().map(|row| plan.key_of(row.service.unwrap().into())).collect();
    assert_eq!(services, ["till"]);
}

#[test]
fn second_import_changes_nothing_and_leaves_windows_set_by_hand() {
    let files = [("a.yaml", SLOTH), ("b.yaml", OPEN_SLO), ("c.yaml", SLO_GENERATOR)];
    let mut plan = Plan::default();
    import(&mut plan, &files);
    assert_eq!(plan.objectives.len(), 5);
    let mut set = plan.objectives.iter().find(|row| row.key == "till/requests-latency").unwrap().clone();
    set.window = Some("28d".parse().unwrap());
    let mut draft = headroom_model::Draft::new(&plan);
    draft.put(set);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let before = plan.clone();
    import(&mut plan, &files);
    assert!(plan == before);
}
