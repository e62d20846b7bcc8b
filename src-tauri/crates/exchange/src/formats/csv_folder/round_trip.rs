//! Property test: the import of an export gives back the plan.

use std::{collections::BTreeMap, fs, path::Path};

use headroom_model::{
    Approval, ApprovedPosition, Assignment, Assumption, AssumptionValue, Breadth, Budget, Change, Currency,
    Decimal6, Draft, ExchangeRate, Holiday, Money, Person, Plan, Position, PositionId, Rate, Snapshot,
    Status, Team,
};
use proptest::prelude::*;

use crate::diff::{DiffOptions, diff};

fn day(number: u16) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::from(number))
}

/// Texts with everything that a cell may hold, without spaces around them.
fn text() -> impl Strategy<Value = String> {
    "[a-zäß=+@,;\"'0-9-]{0,6}( [a-z;,\"\n]{1,4})?".prop_map(|text| text.trim().to_owned())
}

#[derive(Debug, Clone)]
struct Row {
    words: [String; 4],
    numbers: [u16; 4],
    choice: u8,
}

fn row() -> impl Strategy<Value = Row> {
    ([text(), text(), text(), text()], any::<[u16; 4]>(), any::<u8>()).prop_map(|(words, numbers, choice)| {
        Row { words, numbers: numbers.map(|number| number % 900), choice }
    })
}

fn plan_of(rows: &[Row]) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let (team, person) = (draft.new_id::<Team>(), draft.new_id::<Person>());
    draft.put(Team { id: team, key: "pay".into(), name: "Payments".into(), ..Team::default() });
    draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    let mut last: Option<PositionId> = None;
    for (at, row) in rows.iter().enumerate() {
        let [title, words, location, origin] = row.words.clone();
        let [first, second, third, fourth] = row.numbers;
        let is = |bit: u8| row.choice & (1 << bit) != 0;
        let money = |amount: u16| {
            Money::new(i64::from(amount) * 101, if is(0) { Currency::EUR } else { Currency::USD })
        };
        let (from, until) = (is(1).then(|| day(first)), is(2).then(|| day(first + second)));
        let id = draft.new_id::<Position>();
        draft.put(Position {
            id,
            key: format!("HC-{at}"),
            title,
            team: is(3).then_some(team),
            discipline: words.clone(),
            breadth: is(4).then_some(if is(5) { Breadth::Generalist } else { Breadth::Specialist }),
            manager: last.filter(|_| is(6)),
            backfill_of: last.filter(|_| is(7)),
            location: location.clone(),
            reason: origin.clone(),
            need_by: is(5).then(|| day(third)),
            status: Status::ALL[usize::from(fourth) % 6],
            priority: is(4).then_some(first as u8),
            fte: Decimal6::from_millionths(i64::from(third) * 1_001),
            pooled: is(0),
            pay: is(1).then(|| money(first)),
            pay_up_to: (is(1) && is(2)).then(|| money(first + second)),
            start: is(7).then(|| day(second)),
            description: words.clone(),
            from,
            until,
            ..Position::default()
        });
        last = Some(id);
        if is(3) {
            let pay = is(2).then(|| money(third));
            let id_of = draft.new_id::<Assignment>();
            draft.put(Assignment { id: id_of, position: id, person, pay, source: None, from, until });
        }
        let (kind, value) = match row.choice % 4 {
            0 => ("employer-tax", AssumptionValue::Amount(money(second))),
            1 => ("merit", AssumptionValue::Share(Decimal6::from_millionths(i64::from(second) * 100))),
            2 => ("notice", AssumptionValue::Number(Decimal6::from_millionths(i64::from(second) * 1_000))),
            _ => ("ramp", AssumptionValue::Curve(vec![Decimal6::from_millionths(200_000), Decimal6::ONE])),
        };
        let assumption = draft.new_id::<Assumption>();
        draft.put(Assumption {
            id: assumption,
            kind: kind.into(),
            label: format!("no {at}"),
            value,
            cap: is(5).then(|| money(first)),
            person: is(1).then_some(person),
            position: is(2).then_some(id),
            team: is(0).then_some(team),
            location,
            origin: origin.clone(),
            from,
            until,
            ..Assumption::default()
        });
        let budget = draft.new_id::<Budget>();
        let period = day(at as u16 * 10);
        let amount = is(6).then(|| money(fourth));
        let seats = is(7).then(|| Decimal6::from_millionths(i64::from(third)));
        let until = Some(period + chrono::Days::new(9));
        draft.put(Budget {
            id: budget,
            team: is(3).then_some(team),
            amount,
            seats,
            note: words,
            source: None,
            from: Some(period),
            until,
        });
        let rate = draft.new_id::<ExchangeRate>();
        let units = Rate::from_billionths(i64::from(first) + 1);
        draft.put(ExchangeRate {
            id: rate,
            currency: Currency::GBP,
            rate: units,
            origin,
            source: None,
            from: Some(period),
        });
        let approval = draft.new_id::<Approval>();
        let position = |number: usize| ApprovedPosition {
            position: format!("HC-{number}"),
            title: row.words[1].clone(),
            team: if is(3) { "pay".into() } else { String::new() },
            from: is(1).then_some(period),
            until: is(2).then_some(period),
            fte: Decimal6::from_millionths(i64::from(second) * 1_001),
            annual_cost: is(4).then(|| money(third)),
            filled: is(5),
        };
        draft.put(Approval {
            id: approval,
            name: format!("Approval {at}"),
            on: period,
            by: row.words[2].clone(),
            note: row.words[3].clone(),
            seats: (0..row.choice as usize % 3).map(position).collect(),
        });
        let holiday = draft.new_id::<Holiday>();
        draft.put(Holiday {
            id: holiday,
            name: row.words[0].clone(),
            day: period,
            location: String::new(),
            source: None,
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

fn exported(plan: &Plan, folder: &Path) -> BTreeMap<String, String> {
    let snapshot = Snapshot::new(std::sync::Arc::new(plan.clone()), day(0));
    super::write(&snapshot, folder).unwrap();
    let entry = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|found| entry(found.unwrap())).collect()
}

fn changes(plan: &Plan, folder: &Path) -> Vec<Change> {
    let records = super::read(&[folder.to_owned()]).unwrap();
    let options = DiffOptions { today: day(0), complete: false, source: "csv" };
    let preview = diff(plan, &records, &options);
    assert!(preview.problems.is_empty(), "{:?}", preview.problems);
    preview.changes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn export_then_import_gives_the_same_plan(rows in prop::collection::vec(row(), 0..8)) {
        let plan = plan_of(&rows);
        let folder = tempfile::tempdir().unwrap();
        let files = exported(&plan, folder.path());
        prop_assert_eq!(changes(&plan, folder.path()), vec![], "against itself");
        let mut other = Plan::default();
        let all = changes(&other, folder.path());
        other.apply(&all).unwrap();
        let again = tempfile::tempdir().unwrap();
        prop_assert_eq!(exported(&other, again.path()), files, "as a new plan");
    }
}
