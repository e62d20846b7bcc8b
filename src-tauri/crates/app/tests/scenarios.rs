//! Scenarios side by side: one without changes is the plan in every figure, and one with changes is a copy of the file in
//! which the same was done by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    edit::{FieldEdit, FieldValue},
    overview::{OverviewScope, overview},
    scenarios::{
        change::add_scenario,
        compare::{
            ComparisonFormat, FigureRow, ScenarioComparison, ScenarioComparisonQuery, compare_changes,
            compare_scenarios, save_scenario_comparison, scenario_comparison_text, scenario_fan,
        },
    },
    state::{AppState, First, now},
};
use headroom_model::{
    Change, Draft, Kind, Membership, Person, Plan, Position, ScenarioId, Service, Team,
    merge::changes_between,
};
use headroom_store::{OperationMeta, Store};
use headroom_tests::random_edits;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn note() -> OperationMeta {
    OperationMeta::edit("Edit", "Ada", now())
}

fn at() -> At {
    At::default().on(day("2027-06-30"))
}

fn query(keys: &[&str]) -> ScenarioComparisonQuery {
    let scenarios = keys.iter().map(|key| (*key).to_owned()).collect();
    ScenarioComparisonQuery { scenarios, from: Some(day("2027-01-01")), until: Some(day("2027-12-31")) }
}

fn opened(path: &Path) -> AppState {
    let app = AppState::new("Ada".to_owned(), PathBuf::new(), First::Welcome, |_| ());
    app.open(path).unwrap();
    app.pay.show(true);
    app
}

/// A plan file with some of every kind.
fn random(folder: &Path, seed: u64) -> PathBuf {
    let path = folder.join(format!("{seed}.headroom"));
    let plan = random_edits::plan(&[], seed);
    Store::create_with(&path, &note(), &changes_between(&Plan::default(), &plan)).unwrap();
    path
}

fn sample(folder: &Path) -> PathBuf {
    let app = AppState::new("Ada".to_owned(), folder.to_owned(), First::Welcome, |_| ());
    app.open_sample(true).unwrap();
    app.with_store(|store, _| store.path().to_owned()).unwrap()
}

fn added(app: &AppState, name: &str) -> (String, AppState) {
    let edits =
        vec![FieldEdit { field: "name".to_owned(), value: FieldValue::Text(name.to_owned()), was: None }];
    let key = add_scenario(app, edits, None).unwrap();
    let inside = app.in_scenario_named(&key).unwrap();
    (key, inside)
}

/// Numbers from which edits are made.
struct Rolls(u64);

impl Rolls {
    fn next(&mut self) -> random_edits::Roll {
        let mut below = |end: u64| {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % end
        };
        (below(256) as u8, below(65_536) as u16, below(256) as u8, below(65_536) as u16, below(256) as u8)
    }

    /// The changes of an edit that is possible, but for those of scenarios.
    fn changes(&mut self, plan: &Plan) -> Vec<Change> {
        loop {
            let changes = random_edits::changes(plan, self.next());
            if !changes.is_empty() && changes.iter().all(|change| change.subject().kind != Kind::Scenario) {
                return changes;
            }
        }
    }
}

fn apply(app: &AppState, changes: &[Change]) {
    app.alter(|store| store.apply(&note(), changes.to_vec())).unwrap();
}

/// The figures and months of a column, with exact amounts; without those against the first.
fn column(shown: &ScenarioComparison, at: usize) -> Value {
    let row = |row: &FigureRow| json!([row.id, row.values[at].value, row.values[at].amount]);
    let sections = shown.sections.iter().filter(|section| section.id != "moves");
    // What only another column has is a row without a value here.
    let rows = sections.flat_map(|section| &section.rows).filter(|row| row.values[at].value.is_some());
    let rows: Vec<Value> = rows.map(row).collect();
    let series = shown.series.iter().filter(|series| series.values[at].iter().any(Option::is_some));
    let months: Vec<Value> = series.map(|series| json!([series.id, series.values[at]])).collect();
    json!([rows, months])
}

/// All that is asked of a state, in JSON.
fn told(app: &AppState) -> Value {
    let view = app.day(at()).unwrap();
    let findings: Vec<(String, String)> = view
        .findings()
        .iter()
        .map(|finding| (finding.id.clone(), format!("{:?}", finding.severity)))
        .collect();
    json!([findings, overview(app, OverviewScope::Organisation, at()).unwrap()])
}

#[test]
fn a_scenario_without_changes_is_the_plan_in_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(&sample(folder.path()));
    let (key, inside) = added(&app, "Do nothing");
    let shown = compare_scenarios(&app, query(&["", &key]), at()).unwrap();
    assert_eq!(column(&shown, 0), column(&shown, 1));
    let rows: Vec<&FigureRow> = shown.sections.iter().flat_map(|section| &section.rows).collect();
    assert!(rows.len() > 30, "{} rows", rows.len());
    for row in &rows {
        assert_eq!(row.values[1].difference.unwrap_or_default(), 0.0, "{}", row.id);
        assert!(row.values[1].entities.is_empty(), "{}", row.id);
    }
    let value = |id: &str| rows.iter().find(|row| row.id == id).unwrap().values[0].value.unwrap();
    for id in
        ["people", "positions-filled", "cost", "capacity", "findings", "dependencies-across-teams", "layers"]
    {
        assert!(value(id) > 0.0, "{id}");
    }
    let fan = scenario_fan(&app, query(&["", &key]), at()).unwrap();
    assert_eq!(fan.months.len(), 12);
    assert_eq!(json!(fan.capacity[0]), json!(fan.capacity[1]));
    assert_eq!(told(&app), told(&inside));
    let changes = compare_changes(&app, vec![String::new(), key]).unwrap();
    assert!(changes.pairs.is_empty() && changes.scenarios[0].teams.is_empty());
}

fn holds_somebody(app: &AppState) -> bool {
    app.day(at()).unwrap().findings().iter().any(|finding| finding.rule.id == "scenario-holds")
}

/// Makes the same random changes in a scenario and in a copy of the file, and asks both after each few.
fn as_by_hand(path: &Path, rounds: usize, seed: u64) {
    let app = opened(path);
    let (key, inside) = added(&app, "Bet");
    let copy = path.with_extension("copy.headroom");
    fs::copy(path, &copy).unwrap();
    let by_hand = opened(&copy);
    let (mut rolls, mut ahead) = (Rolls(seed), Rolls(seed + 1));
    for round in 0..rounds {
        for _ in 0..3 {
            let changes = rolls.changes(&inside.plan().unwrap());
            apply(&inside, &changes);
            apply(&by_hand, &changes);
            // The plan goes its own way, which is none of the scenario's concern.
            apply(&app, &ahead.changes(&app.plan().unwrap()));
        }
        assert!(*inside.plan().unwrap() == *by_hand.plan().unwrap());
        // What only a scenario can have: somebody whom it has taken off teams and not placed yet.
        if holds_somebody(&inside) {
            continue;
        }
        let (shown, alone) = (
            compare_scenarios(&app, query(&["", &key]), at()).unwrap(),
            compare_scenarios(&by_hand, query(&[""]), at()).unwrap(),
        );
        assert_eq!(column(&shown, 1), column(&alone, 0), "round {round} of {seed}");
        assert_eq!(told(&inside), told(&by_hand), "round {round} of {seed}");
        let itself = compare_scenarios(&app, query(&[""]), at()).unwrap();
        assert_eq!(column(&shown, 0), column(&itself, 0), "round {round} of {seed}");
        // Opened again, with all that is known of the plan before the scenario is looked at.
        let again = opened(path);
        told(&again);
        let both = compare_scenarios(&again, query(&["", &key]), at()).unwrap();
        assert_eq!(column(&both, 1), column(&alone, 0), "round {round} of {seed}, opened again");
    }
}

#[test]
fn figures_of_a_scenario_are_those_of_a_copy_edited_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    as_by_hand(&sample(folder.path()), 8, 11);
    for seed in 1..=10 {
        as_by_hand(&random(folder.path(), seed), 8, seed);
    }
}

const ALPHA: headroom_model::TeamId = headroom_model::TeamId(1);
const BETA: headroom_model::TeamId = headroom_model::TeamId(2);

/// Ada and Bo on Alpha, nobody on Beta, and a position.
fn small(folder: &Path) -> AppState {
    let path = folder.join("small.headroom");
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    for (id, key) in [(ALPHA, "alpha"), (BETA, "beta")] {
        draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
    }
    for (nth, key) in [(10, "ada"), (11, "bo")] {
        draft.put(Person { id: nth.into(), key: key.into(), name: key.into(), ..Person::default() });
        let id = draft.new_id::<Membership>();
        draft.put(Membership {
            id,
            person: nth.into(),
            team: ALPHA,
            role: "member".into(),
            ..Membership::default()
        });
    }
    let key = "HC-1".to_owned();
    draft.put(Position {
        id: 20.into(),
        key,
        title: "Engineer".into(),
        team: Some(ALPHA),
        ..Position::default()
    });
    draft.put(Service { id: 30.into(), key: "pay".into(), name: "Pay".into(), ..Service::default() });
    Store::create_with(&path, &note(), &draft.finish()).unwrap();
    opened(&path)
}

fn alter(app: &AppState, fill: impl FnOnce(&mut Draft<'_>)) {
    let plan = app.plan().unwrap();
    let mut draft = Draft::new(&plan);
    fill(&mut draft);
    apply(app, &draft.finish());
}

fn of(shown: &ScenarioComparison, id: &str) -> Vec<f64> {
    let mut rows = shown.sections.iter().flat_map(|section| &section.rows);
    let row = rows.find(|row| row.id == id).unwrap();
    row.values.iter().map(|value| value.value.unwrap()).collect()
}

#[test]
fn what_two_change_alike_and_differently() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let ((first, one), (second, two)) = (added(&app, "First"), added(&app, "Second"));
    for (inside, title) in [(&one, "Senior"), (&two, "Junior")] {
        alter(inside, |draft| {
            draft.alter(|row: &Position| {
                Some(Position { title: title.into(), location: "Oslo".into(), ..row.clone() })
            });
            let id = draft.new_id::<Team>();
            draft.put(Team { id, key: "gamma".into(), name: "Gamma".into(), ..Team::default() });
        });
    }
    alter(&one, |draft| {
        draft.alter(|row: &Membership| {
            (row.person == 10.into()).then(|| Membership { team: BETA, ..row.clone() })
        });
        draft.remove::<Service>(30.into());
    });
    alter(&two, |draft| {
        draft.alter(|row: &Service| Some(Service { name: "Pay 2".into(), ..row.clone() }));
    });
    let shown = compare_scenarios(&app, query(&["", &first, &second]), at()).unwrap();
    assert_eq!(of(&shown, "people-who-change-team"), [0.0, 1.0, 0.0]);
    assert_eq!(of(&shown, "teams"), [1.0, 2.0, 1.0]);
    let section = shown.sections.iter().find(|section| section.id == "moves").unwrap();
    assert_eq!(section.rows[0].values[1].entities[0].name, "ada");
    // The first named is what the others are compared with.
    let other = compare_scenarios(&app, query(&[&first, ""]), at()).unwrap();
    assert_eq!(of(&other, "people-who-change-team"), [0.0, 1.0]);

    let changes = compare_changes(&app, vec![first.clone(), String::new(), second.clone()]).unwrap();
    let [pair] = changes.pairs.as_slice() else { panic!("{:?}", changes.pairs) };
    assert_eq!(pair.keys, [first.clone(), second.clone()]);
    let said =
        |list: &[headroom_app::scenarios::compare::CommonChange]| -> Vec<(String, String, [String; 2])> {
            let mut said: Vec<_> =
                list.iter().map(|it| (it.name.clone(), it.field.clone(), it.values.clone())).collect();
            said.sort();
            said
        };
    let both = |text: &str| [text.to_owned(), text.to_owned()];
    let position = "Engineer".to_owned();
    let alike = said(&pair.alike);
    assert_eq!(alike.len(), 2, "{alike:?}");
    assert!(
        alike
            .iter()
            .any(|(name, field, values)| name == "Gamma" && field.is_empty() && *values == both("Added"))
    );
    assert!(
        alike.iter().any(|(_, field, values)| field == "location" && *values == both("Oslo")),
        "{position}"
    );
    let differently = said(&pair.differently);
    assert_eq!(differently.len(), 2, "{differently:?}");
    let titles = ["Senior".to_owned(), "Junior".to_owned()];
    assert!(differently.iter().any(|(_, field, values)| field == "title" && *values == titles));
    let fates = ["Removed".to_owned(), "Changed".to_owned()];
    assert!(differently.iter().any(|(_, field, values)| field.is_empty() && *values == fates));
}

#[test]
fn a_comparison_is_a_document_and_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let (key, inside) = added(&app, "Move | Ada");
    alter(&inside, |draft| {
        draft.alter(|row: &Membership| {
            (row.person == 10.into()).then(|| Membership { team: BETA, ..row.clone() })
        });
    });
    let text = scenario_comparison_text(&app, query(&["", &key]), at()).unwrap();
    for part in [
        "# small: Plan · Move \\| Ada",
        "## Figures",
        "|  | Plan | Move \\| Ada |",
        "| Teams with members | 1 | 2 (+1) |",
        "| Median team size | 2 | 1 (−1) |",
        "### People who change team",
        "- **Move \\| Ada:** ada",
        "## What Move \\| Ada changes",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    for (format, name) in [
        (ComparisonFormat::Markdown, "c.md"),
        (ComparisonFormat::Xlsx, "c.xlsx"),
        (ComparisonFormat::Csv, "c.csv"),
    ] {
        let path = folder.path().join(name);
        save_scenario_comparison(&app, query(&["", &key]), at(), format, path.display().to_string()).unwrap();
        assert!(fs::metadata(&path).unwrap().len() > 500, "{name}");
    }
    let csv = fs::read_to_string(folder.path().join("c.csv")).unwrap();
    assert!(csv.starts_with("section,figure,unit,Plan,Move | Ada,Move | Ada: difference\n"), "{csv}");
    assert!(csv.contains("Teams and reporting lines,Teams with members,count,1,2,1\n"), "{csv}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let refused = |query| compare_scenarios(&app, query, at()).unwrap_err().message;
    assert!(refused(query(&[])).contains("at least one"));
    assert!(refused(query(&["", "nowhere"])).contains("nowhere"));
    let backward = ScenarioComparisonQuery { until: Some(day("2026-12-31")), ..query(&[""]) };
    assert!(refused(backward).contains("before the start date"));
    let endless = ScenarioComparisonQuery { until: Some(day("2047-12-31")), ..query(&[""]) };
    assert!(refused(endless).contains("months"));
}

/// Totals of few positions stay hidden, as in the Overview, and so do their differences.
#[test]
fn hidden_pay_stays_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(&sample(folder.path()));
    let (key, inside) = added(&app, "One more");
    alter(&inside, |draft| {
        let paid = draft.iter::<Position>().find(|row| row.pay.is_some()).cloned().unwrap();
        let id = draft.new_id::<Position>();
        let (key, start) = ("HC-NEW".to_owned(), Some(day("2027-01-01")));
        draft.put(Position { id, key, start, from: None, until: None, backfill_of: None, ..paid });
    });
    let exact = compare_scenarios(&app, query(&["", &key]), at()).unwrap();
    app.pay.show(false);
    let hidden = compare_scenarios(&app, query(&["", &key]), at()).unwrap();
    assert!(hidden.is_pay_hidden && !exact.is_pay_hidden);
    let cost = |shown: &ScenarioComparison| {
        let mut rows = shown.sections.iter().flat_map(|section| &section.rows);
        rows.find(|row| row.id == "cost").unwrap().values[1].clone()
    };
    let (exact, hidden) = (cost(&exact), cost(&hidden));
    assert!(exact.difference.unwrap() > 0.0);
    assert_ne!(exact.amount.unwrap().text, hidden.amount.unwrap().text);
    assert_ne!(exact.difference, hidden.difference);
}

/// What is looked at from a scenario that is deleted meanwhile is refused, and the plan goes on.
#[test]
fn a_deleted_scenario_is_compared_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let (key, inside) = added(&app, "Gone");
    let id: ScenarioId = inside.scenario().unwrap();
    compare_scenarios(&app, query(&["", &key]), at()).unwrap();
    alter(&app, |draft| draft.remove::<headroom_model::Scenario>(id));
    assert!(compare_scenarios(&app, query(&["", &key]), at()).is_err());
    assert!(inside.plan().is_err());
    compare_scenarios(&app, query(&[""]), at()).unwrap();
}
