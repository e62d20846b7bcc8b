//! Budget against plan as the Cost view shows it, with figures worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    edit::{FieldEdit, FieldValue, set_fields},
    entities::entity::EntityKind,
    frame::status::show_pay,
    hidden_pay::ShownAmount,
    hiring::{
        approvals::{approval_difference, approve},
        money::{CostStep, MoneyAnswer, MoneyLine, MoneyQuery, hiring_money},
        sheets::{SheetFormat, export_hiring},
        waiting::waiting_cost,
    },
    state::{AppState, now},
};
use headroom_model::{Assumption, Budget, Draft, Position, PositionId, Status, Team, TeamId};
use headroom_store::{OperationMeta, Store};

const PLATFORM: TeamId = TeamId(1);
const CHECKOUT: TeamId = TeamId(2);
const PAYMENTS: TeamId = TeamId(3);
const HELD: PositionId = PositionId(20);

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// Platform with Checkout and Payments: three positions each at 12 000, 24 000 and 36 000 a year for three of each, so
/// that totals may be shown while salaries are hidden. Without burden. Platform has a budget of 210 000, Checkout one of
/// 75 000, and 8 positions.
fn rows(draft: &mut Draft<'_>) {
    for (id, name, parent) in [
        (PLATFORM, "Platform", None),
        (CHECKOUT, "Checkout", Some(PLATFORM)),
        (PAYMENTS, "Payments", Some(PLATFORM)),
    ] {
        draft.put(Team { id, key: name.to_lowercase(), name: name.into(), parent, ..Team::default() });
    }
    let burden = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id: burden,
        kind: "burden".into(),
        value: "0%".parse().unwrap(),
        ..Assumption::default()
    });
    for (nth, (team, pay)) in
        [(PLATFORM, "12000 EUR"), (CHECKOUT, "24000 EUR"), (PAYMENTS, "36000 EUR")].into_iter().enumerate()
    {
        for which in 0..3_u64 {
            let id = PositionId(10 + nth as u64 * 3 + which);
            draft.put(Position {
                id,
                key: format!("HC-{}", id.0),
                team: Some(team),
                pay: pay.parse().ok(),
                start: day("2027-01-01"),
                status: Status::Approved,
                ..Position::default()
            });
        }
    }
    draft.put(Position {
        id: HELD,
        key: "HC-HELD".into(),
        team: Some(CHECKOUT),
        pay: "24000 EUR".parse().ok(),
        start: day("2027-07-01"),
        status: Status::Frozen,
        ..Position::default()
    });
    for (team, amount, seats) in [(PLATFORM, "210000 EUR", "8"), (CHECKOUT, "75000 EUR", "")] {
        let id = draft.new_id::<Budget>();
        draft.put(Budget {
            id,
            team: Some(team),
            amount: amount.parse().ok(),
            seats: seats.parse().ok(),
            from: day("2027-01-01"),
            until: day("2027-12-31"),
            ..Budget::default()
        });
    }
}

fn app() -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("plan.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    rows(&mut draft);
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Make the plan", "Ada", now()), changes).unwrap();
    (folder, AppState::on(store, "Ada".to_owned()))
}

/// Asked in November 2026: the year with the budget is 2027.
fn ask(app: &AppState, team: Option<TeamId>) -> MoneyAnswer {
    let at = At::default().on(day("2026-11-23").unwrap());
    let query = MoneyQuery { step: CostStep::Quarter, team: team.map(Into::into), ..MoneyQuery::default() };
    hiring_money(app, query, at).unwrap()
}

fn text(amount: &Option<ShownAmount>) -> &str {
    amount.as_ref().map_or("", |amount| amount.text.as_str())
}

/// Depth, name, plan, budget, what is left and the note of a line.
fn said(line: &MoneyLine) -> (u32, &str, &str, &str, &str, &str) {
    (line.depth, &line.name, text(&line.plan), text(&line.budget), text(&line.left), &line.note)
}

#[test]
fn lines_of_a_group_add_up_to_it() {
    let (_folder, app) = app();
    show_pay(&app, true).unwrap();
    let found = ask(&app, Some(PLATFORM));
    assert_eq!((found.from, found.until), (day("2027-01-01").unwrap(), day("2027-12-31").unwrap()));
    let within = "in the budget of Platform";
    let expected = [
        // 3 × (12 + 24 + 36) thousand: 6 000 above.
        (0, "Platform", "216000.00 EUR", "210000.00 EUR", "-6000.00 EUR", ""),
        (1, "Checkout", "72000.00 EUR", "75000.00 EUR", "3000.00 EUR", ""),
        (1, "Payments", "108000.00 EUR", "", "", within),
        (1, "Platform’s own positions", "36000.00 EUR", "", "", within),
        (
            1,
            "Rest of Platform’s budget",
            "0.00 EUR",
            "135000.00 EUR",
            "-9000.00 EUR",
            "for all without a budget of their own",
        ),
    ];
    assert_eq!(found.lines.iter().map(said).collect::<Vec<_>>(), expected);
    let platform = &found.lines[0];
    assert!(platform.is_over && platform.is_group && !found.lines[2].is_over);
    assert_eq!((platform.heads, platform.budgeted_heads, platform.heads_budget), (9.0, 9.0, Some(8.0)));
    // A quarter of each.
    let quarter = &found.whole[1];
    assert_eq!(
        [&quarter.cost, &quarter.budget, &quarter.left].map(text),
        ["54000.00 EUR", "52500.00 EUR", "-1500.00 EUR"]
    );
    // The organisation has no budget of its own: that of Platform, for Platform.
    let found = ask(&app, None);
    assert_eq!(
        said(&found.lines[0]),
        (0, "Organisation", "216000.00 EUR", "210000.00 EUR", "-6000.00 EUR", "")
    );
    // A team without a budget in a group that has one is not under budget.
    let found = ask(&app, Some(PAYMENTS));
    assert_eq!(
        found.lines.iter().map(said).collect::<Vec<_>>(),
        [(0, "Payments", "108000.00 EUR", "", "", within)]
    );
}

/// Nine positions at 24 000 on average are shown in steps of 50 000; those of three at about what they cost.
#[test]
fn hidden_salaries_round_the_plan_and_its_difference() {
    let (_folder, app) = app();
    let found = ask(&app, Some(PLATFORM));
    assert!(found.hidden);
    let platform = &found.lines[0];
    // Rounded to 200 000 the plan would be under budget, and it is not.
    assert_eq!([&platform.plan, &platform.left].map(text), ["200000.00 EUR", ""]);
    assert!(platform.is_over);
    assert_eq!(text(&platform.budget), "210000.00 EUR");
}

#[test]
fn what_waits_and_what_changed_since_the_baseline() {
    let (folder, app) = app();
    show_pay(&app, true).unwrap();
    let year = (day("2027-01-01").unwrap(), day("2027-12-31").unwrap());
    let waiting = waiting_cost(&app, year.0, year.1, Some(PLATFORM.into())).unwrap();
    let [held] = waiting.as_slice() else { panic!("{waiting:?}") };
    // Half a year at 24 000.
    assert_eq!((held.title.as_str(), held.is_in_plan, text(&held.cost)), ("On hold", false, "12000.00 EUR"));
    assert_eq!(
        (held.rows[0].position.key.as_str(), held.rows[0].from),
        ("HC-HELD", day("2027-07-01").unwrap())
    );
    assert!(waiting_cost(&app, year.0, year.1, Some(PAYMENTS.into())).unwrap().is_empty());
    show_pay(&app, false).unwrap();
    let hidden = &waiting_cost(&app, year.0, year.1, None).unwrap()[0];
    assert!(hidden.cost.is_none() && hidden.rows[0].cost.is_none(), "it would reveal a salary");
    show_pay(&app, true).unwrap();

    let baseline = approve(&app, "Budget 2027".into(), String::new(), year.0.into()).unwrap();
    let edit = FieldEdit { field: "status".into(), value: FieldValue::Text("approved".into()), was: None };
    set_fields(&app, EntityKind::Position, HELD.into(), vec![edit]).unwrap();
    assert!(waiting_cost(&app, year.0, year.1, None).unwrap().is_empty());
    let since = approval_difference(&app, baseline, year.0, year.1, None).unwrap();
    // 184 days at a 365th of 24 000.
    assert_eq!(text(&since.difference), "12098.63 EUR");
    assert_eq!(
        (since.causes[0].title.as_str(), since.causes[0].seats, since.causes.len()),
        ("Unplanned", 1, 1)
    );
    assert_eq!(since.seats[0].entity.as_ref().unwrap().id, HELD.into());

    let path = folder.path().join("budget.csv");
    let file = path.to_str().unwrap().to_owned();
    let query = MoneyQuery {
        from: Some(year.0),
        until: Some(year.1),
        team: Some(PLATFORM.into()),
        ..MoneyQuery::default()
    };
    export_hiring(&app, SheetFormat::Budget, query, file, At::default()).unwrap();
    let written = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), 6, "{written}");
    assert!(lines[1].starts_with("0,platform,Platform,228000.00,210000.00,228000.00,-18000.00"), "{written}");
    assert!(lines[3].contains(",Payments,108000"), "{written}");
}
