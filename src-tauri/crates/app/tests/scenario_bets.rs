//! What is expected of scenarios, what rules say of open ones, and what is asked before one is merged.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use headroom_app::{
    at::At,
    edit::{FieldEdit, FieldValue},
    entities::id::Id,
    findings::since::findings_since,
    frame::status::EntityChoice,
    merging::{ConflictSource, ScenarioMerge, conflict_page::Decisions, settle_conflicts, sign_off_needed},
    scenarios::{
        change::add_scenario,
        compare::{ScenarioComparisonQuery, compare_scenarios, scenario_comparison_text},
        expected::{ExpectedFigureEdit, add_expected_figure, expected_figures, remove_expected_figure},
        sign_off::{SignOffPolicy, set_sign_off_policy},
    },
    state::{AppState, First, today},
};
use headroom_model::{Change, Draft, Kind, Membership, Position, Scenario, Service, Team, fields};
use serde_json::{Value, json};

/// A plan file in which nobody owns Tariffs, Ada is on Customs, and a position is open on it.
fn plan(folder: &Path) -> AppState {
    let app = AppState::new("Ada".to_owned(), PathBuf::new(), First::Welcome, |_| ());
    let path = folder.join("plan.headroom");
    drop(headroom_store::Store::create(&path, headroom_app::state::now()).unwrap());
    app.open(&path).unwrap();
    let team = add(&app, Kind::Team, json!({"key": "customs", "name": "Customs"}));
    add(&app, Kind::Service, json!({"key": "tariffs", "name": "Tariffs"}));
    let person = add(&app, Kind::Person, json!({"key": "ada", "name": "Ada Okafor"}));
    add(&app, Kind::Membership, json!({"person": person, "team": team}));
    add(
        &app,
        Kind::Position,
        json!({"key": "HC-1", "title": "Engineer", "team": team, "pay": "60000 EUR", "status": "open"}),
    );
    app
}

fn apply(app: &AppState, collect: impl FnOnce(&mut Draft<'_>)) {
    let plan = app.plan().unwrap();
    let mut draft = Draft::new(&plan);
    collect(&mut draft);
    let changes: Vec<Change> = draft.finish();
    drop(plan);
    app.apply("Edit", changes).unwrap();
}

fn add(app: &AppState, kind: Kind, values: Value) -> u64 {
    let values: Vec<(String, Value)> = values.as_object().unwrap().clone().into_iter().collect();
    let mut id = 0;
    apply(app, |draft| id = fields::create(draft, kind, &values).unwrap().id);
    id
}

fn scenario(app: &AppState, name: &str) -> (Id, AppState) {
    let edit = FieldEdit { field: "name".to_owned(), value: FieldValue::Text(name.to_owned()), was: None };
    let key = add_scenario(app, vec![edit], None).unwrap();
    let inside = app.in_scenario_named(&key).unwrap();
    (Id(inside.scenario().unwrap().0), inside)
}

fn own(app: &AppState) {
    let plan = app.plan().unwrap();
    let (service, team) = (plan.find::<Service>("tariffs").unwrap(), plan.find::<Team>("customs").unwrap());
    drop(plan);
    add(app, Kind::Ownership, json!({"service": service.0, "owner": {"team": team.0}, "role": "owner"}));
}

fn messages(app: &AppState, rule: &str) -> Vec<String> {
    let view = app.day(At::default()).unwrap();
    let found = view.findings().iter().filter(|finding| finding.rule.id == rule);
    found.map(|finding| finding.message.clone()).collect()
}

fn no_owner_missing(app: &AppState) -> ExpectedFigureEdit {
    let service = app.plan().unwrap().find::<Service>("tariffs").unwrap();
    ExpectedFigureEdit {
        figure: "findings".to_owned(),
        rule: "unowned-service".to_owned(),
        scope: Some(EntityChoice {
            kind: headroom_app::entities::entity::EntityKind::Service,
            id: Id(service.0),
        }),
        is_at_least: false,
        value: "0".to_owned(),
        by: today(),
    }
}

fn merge(app: &AppState, id: Id, signed: Option<&str>) -> Result<String, String> {
    let source = ConflictSource::Scenario(ScenarioMerge {
        id,
        only: None,
        outcome: String::new(),
        is_held_on_purpose: true,
        signed_off_by: signed.unwrap_or_default().to_owned(),
        signed_off: signed.map(|_| today()),
    });
    let page = headroom_app::merging::conflicts(app, source.clone(), 10).unwrap();
    let settled = settle_conflicts(app, source, page.token, Decisions::default());
    settled.map(|settled| settled.label).map_err(|error| error.message)
}

#[test]
fn an_expected_figure_is_kept_where_the_scenario_does_what_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let app = plan(folder.path());
    let (id, inside) = scenario(&app, "Own it");
    // Wherever it is asked from, it is said in the plan.
    add_expected_figure(&inside, id, no_owner_missing(&app)).unwrap();
    let standing = |app: &AppState| {
        let [row] = <[_; 1]>::try_from(expected_figures(app, id).unwrap()).unwrap();
        (
            row.in_scenario.map(|standing| (standing.number, standing.is_kept)),
            row.in_plan.number,
            row.in_plan.is_kept,
        )
    };
    assert_eq!(standing(&app), (Some((Some(1.0), Some(false))), Some(1.0), Some(false)));
    own(&inside);
    assert_eq!(standing(&app), (Some((Some(0.0), Some(true))), Some(1.0), Some(false)));
    let again = add_expected_figure(&app, id, no_owner_missing(&app)).unwrap_err();
    assert_eq!(again.message, "the scenario expects this already");

    // It is the first that is compared, and stands in the document.
    let query =
        ScenarioComparisonQuery { scenarios: vec![String::new(), "own-it".to_owned()], ..Default::default() };
    let shown = compare_scenarios(&app, query.clone(), At::default()).unwrap();
    let row = &shown.sections[0].rows[0];
    assert!(row.title.starts_with("Findings “Unowned service” of Tariffs on "), "{}", row.title);
    assert_eq!(row.values.iter().map(|value| value.is_kept).collect::<Vec<_>>(), [Some(false), Some(true)]);
    let text = scenario_comparison_text(&app, query, At::default()).unwrap();
    assert!(text.contains("1, not kept | 0 (−1), kept |"), "{text}");

    merge(&app, id, None).unwrap();
    assert_eq!(standing(&app), (None, Some(0.0), Some(true)));
    let text = expected_figures(&app, id).unwrap()[0].text.clone();
    remove_expected_figure(&app, id, text).unwrap();
    assert!(expected_figures(&app, id).unwrap().is_empty());
}

#[test]
fn a_cost_is_not_told_while_salaries_are_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let app = plan(folder.path());
    let (id, _) = scenario(&app, "Cheaper");
    let edit = ExpectedFigureEdit {
        figure: "annual-cost".to_owned(),
        rule: String::new(),
        scope: None,
        is_at_least: false,
        value: "200000".to_owned(),
        by: today(),
    };
    add_expected_figure(&app, id, edit).unwrap();
    let row = expected_figures(&app, id).unwrap().remove(0);
    assert_eq!((row.in_plan.is_kept, row.in_plan.amount.is_none()), (None, true));
    assert_eq!(row.in_plan.unknown, "salaries are hidden");
    app.pay.show(true);
    let row = expected_figures(&app, id).unwrap().remove(0);
    assert_eq!(row.text, format!("annual-cost at most 200000.00 EUR by {}", today()));
    assert_eq!(row.in_plan.is_kept, Some(true), "{row:?}");
}

#[test]
fn rules_know_how_open_scenarios_stand() {
    let folder = tempfile::tempdir().unwrap();
    let app = plan(folder.path());
    let [(first, one), (_, other)] = ["One", "Other"].map(|name| scenario(&app, name));
    let start = |app: &AppState, day: &str| {
        apply(app, |draft| {
            draft.alter(|row: &Position| Some(Position { start: day.parse().ok(), ..row.clone() }))
        });
    };
    start(&one, "2027-05-01");
    start(&other, "2027-05-01");
    assert_eq!(messages(&app, "scenarios-overlap"), Vec::<String>::new());
    start(&other, "2027-06-01");
    let overlap = ["Scenarios “One” and “Other” change the start date of HC-1 Engineer differently"];
    assert_eq!(messages(&app, "scenarios-overlap"), overlap);
    assert_eq!(messages(&one, "scenarios-overlap"), Vec::<String>::new(), "it is older than the other");
    assert_eq!(messages(&other, "scenarios-overlap"), overlap);

    apply(&one, |draft| {
        draft.alter(|row: &Membership| Some(Membership { until: Some(today()), ..row.clone() }))
    });
    // How they stand is nothing that a step of the plan has brought.
    let newest = app.with_store(|store, _| store.history(None, 1).unwrap()[0].seq).unwrap();
    add(&app, Kind::Team, json!({"key": "duties", "name": "Duties"}));
    let since =
        findings_since(&app, u32::try_from(newest).unwrap(), today(), 50, At::default()).unwrap().unwrap();
    assert!(since.new.iter().all(|finding| !finding.id.starts_with("scenario")), "{:?}", since.new);

    let held = ["Ada Okafor is on no team in scenario “One”"];
    assert_eq!(messages(&app, "scenario-holds"), held);
    assert_eq!(messages(&one, "scenario-holds"), held);
    merge(&app, first, None).unwrap();
    assert_eq!(messages(&app, "scenario-holds"), Vec::<String>::new());
    assert_eq!(messages(&app, "scenarios-overlap"), Vec::<String>::new());
}

#[test]
fn a_merge_is_signed_off_where_the_plan_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = plan(folder.path());
    let [(hire, hiring), (freeze, freezing), (owned, owning)] =
        ["Hire", "Freeze", "Own"].map(|name| scenario(&app, name));
    let team = app.plan().unwrap().find::<Team>("customs").unwrap().0;
    let position = |key: &str, pay: Value| json!({"key": key, "title": "Engineer", "team": team, "status": "open", "start": today().to_string(), "pay": pay});
    add(&hiring, Kind::Position, position("HC-2", json!("60000 EUR")));
    apply(&freezing, |draft| {
        draft.alter(|row: &Position| Some(Position { status: headroom_model::Status::Frozen, ..row.clone() }))
    });
    own(&owning);
    let whole = |id| ScenarioMerge {
        id,
        only: None,
        outcome: String::new(),
        is_held_on_purpose: false,
        signed_off_by: String::new(),
        signed_off: None,
    };
    assert_eq!(sign_off_needed(&app, whole(hire)).unwrap(), None);
    set_sign_off_policy(&app, SignOffPolicy::CostGrows).unwrap();
    let more = "the plan costs more over the next 12 months";
    assert_eq!(sign_off_needed(&app, whole(hire)).unwrap().as_deref(), Some(more));
    assert_eq!(sign_off_needed(&app, whole(freeze)).unwrap(), None);
    assert_eq!(sign_off_needed(&app, whole(owned)).unwrap(), None);
    assert_eq!(
        merge(&app, hire, None),
        Err("the plan costs more over the next 12 months: say who has signed it off, and when".to_owned())
    );
    assert_eq!(merge(&app, hire, Some("  ")).map_err(|error| error.len() > 10), Err(true));
    let label = merge(&app, hire, Some("Bo Lind")).unwrap();
    assert!(label.starts_with("Merged scenario Hire, signed off by Bo Lind on "), "{label}");
    let plan = app.plan().unwrap();
    let row = plan.get::<Scenario>(headroom_model::ScenarioId(hire.0)).unwrap();
    assert_eq!((row.signed_off_by.as_str(), row.signed_off), ("Bo Lind", Some(today())));
    merge(&app, freeze, None).unwrap();

    // What is not known to cost nothing is asked for, and so is anything if the plan says so.
    let (unknown, inside) = scenario(&app, "Unknown");
    add(&inside, Kind::Position, position("HC-3", json!("")));
    let reason = sign_off_needed(&app, whole(unknown)).unwrap().unwrap();
    assert!(reason.contains("does not say what they cost"), "{reason}");
    set_sign_off_policy(&app, SignOffPolicy::Always).unwrap();
    assert_eq!(sign_off_needed(&app, whole(owned)).unwrap().as_deref(), Some("the plan asks for it"));
}
