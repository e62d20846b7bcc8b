//! Redacted copies: a byte search of the file finds no amount of the plan.

use std::{collections::HashSet, fs, path::Path};

use chrono::{DateTime, Utc};
use headroom_model::{
    Approval, ApprovedPosition, Assignment, Assumption, AssumptionValue, Budget, Change, Currency, Draft,
    ExchangeRate, Metric, MetricValue, Money, Objective, Observation, Person, Plan, Position, Rate, Service,
    Team,
};
use headroom_redaction::{How, RatiosOfMoney, redacted};
use headroom_store::{OperationMeta, Store, StoreError, doctor};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn note(label: impl Into<String>) -> OperationMeta {
    OperationMeta::edit(label, "Ada Okafor", now())
}

fn grouped(whole: i64, mark: &str) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// An amount in common notations.
fn notations(money: Money) -> Vec<String> {
    let scale = money.currency.scale();
    let (whole, cents) = (money.minor / scale, money.minor % scale);
    let mut all = vec![whole.to_string(), money.minor.to_string()];
    all.extend([",", ".", " ", "'", "\u{a0}", "\u{202f}"].map(|mark| grouped(whole, mark)));
    all.push(format!("{whole}.{cents:02}"));
    all.push(format!("{whole},{cents:02}"));
    all.push(format!("{}.{cents:02}", grouped(whole, ",")));
    all.push(format!("{},{cents:02}", grouped(whole, ".")));
    all.push(format!("{}k", (whole + 500) / 1000));
    all
}

/// As text in UTF-8 and UTF-16, and as SQLite stores an integer.
fn traces(money: Money) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for text in notations(money) {
        all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        all.push(text.into_bytes());
    }
    for number in [money.minor, money.minor / money.currency.scale()] {
        let bytes = number.to_be_bytes();
        let needed = [4, 6, 8].into_iter().find(|size| number < 1 << (size * 8 - 1)).unwrap();
        all.push(bytes[8 - needed..].to_vec());
    }
    all
}

/// All files in the folder.
fn bytes_of(folder: &Path) -> Vec<u8> {
    fs::read_dir(folder).unwrap().flat_map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

struct Search {
    bytes: Vec<u8>,
    /// All sequences of four bytes, so that most searches end early.
    starts: HashSet<[u8; 4]>,
}

impl Search {
    fn new(folder: &Path) -> Self {
        let bytes = bytes_of(folder);
        let starts = bytes.windows(4).map(|part| part.try_into().unwrap()).collect();
        Self { bytes, starts }
    }

    fn finds(&self, trace: &[u8]) -> bool {
        self.starts.contains::<[u8; 4]>(trace[..4].try_into().unwrap())
            && self.bytes.windows(trace.len()).any(|part| part == trace)
    }

    fn traces_of(&self, money: Money) -> Vec<Vec<u8>> {
        traces(money).into_iter().filter(|trace| trace.len() >= 4 && self.finds(trace)).collect()
    }
}

/// A ratio of money.
const RATIO: &str = "14.25";

/// Distinct amounts for every place that can hold one.
struct Amounts<'a> {
    all: &'a [Money],
    next: usize,
}

impl Amounts<'_> {
    fn next(&mut self) -> Money {
        self.next += 1;
        self.all[(self.next - 1) % self.all.len()]
    }

    fn words(&mut self, notation: usize) -> String {
        let all = notations(self.next());
        // Without a pay keyword next to it, which would be enough by itself.
        format!("see {} there", all[notation % all.len()])
    }
}

fn full_of_amounts(plan: &Plan, seed: usize, amounts: &mut Amounts<'_>) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let team = draft.new_id::<Team>();
    draft.put(Team {
        id: team,
        key: format!("team-{seed}-{}", amounts.next().minor),
        name: format!("Team {}", amounts.words(seed)),
        aliases: vec![amounts.words(seed + 1)],
        description: amounts.words(seed + 2),
        outcome: amounts.words(seed + 3),
        ..Team::default()
    });
    let service = draft.new_id::<Service>();
    draft.put(Service {
        id: service,
        key: format!("service-{seed}"),
        name: format!("Service {seed}"),
        description: amounts.words(seed + 4),
        tags: vec![amounts.words(seed + 5)],
        extra: [("backstage".to_owned(), format!("{{\"note\":[\"{}\"]}}", amounts.words(seed + 6)))].into(),
        ..Service::default()
    });
    let person = draft.new_id::<Person>();
    let raw = amounts.next().minor;
    draft.put(Person {
        id: person,
        key: format!("person-{seed}"),
        name: format!("Person {seed}"),
        extra: [("hris".to_owned(), format!("{{\"baseSalary\":{raw},\"x\":{raw}}}"))].into(),
        ..Person::default()
    });
    let position = draft.new_id::<Position>();
    let low = amounts.next();
    draft.put(Position {
        id: position,
        key: format!("HC-{seed}"),
        title: format!("Engineer {}", amounts.words(seed + 7)),
        team: Some(team),
        pay: Some(low),
        pay_up_to: Some(Money { minor: low.minor + 1, ..low }),
        description: amounts.words(seed + 8),
        requisition: amounts.words(seed + 9),
        ..Position::default()
    });
    let assignment = draft.new_id::<Assignment>();
    draft.put(Assignment {
        id: assignment,
        position,
        person,
        pay: Some(amounts.next()),
        ..Assignment::default()
    });
    let fixed = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id: fixed,
        kind: "benefits".into(),
        label: amounts.words(seed),
        value: AssumptionValue::Amount(amounts.next()),
        team: Some(team),
        ..Assumption::default()
    });
    let capped = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id: capped,
        kind: "employer-tax".into(),
        value: "6.2%".parse().unwrap(),
        cap: Some(amounts.next()),
        origin: amounts.words(seed + 10),
        ..Assumption::default()
    });
    let budget = draft.new_id::<Budget>();
    draft.put(Budget {
        id: budget,
        team: Some(team),
        amount: Some(amounts.next()),
        note: amounts.words(seed + 11),
        from: "2027-01-01".parse().ok(),
        until: "2027-12-31".parse().ok(),
        ..Budget::default()
    });
    let approval = draft.new_id::<Approval>();
    let seat = ApprovedPosition {
        position: format!("HC-{seed}"),
        title: amounts.words(seed + 12),
        annual_cost: Some(amounts.next()),
        ..ApprovedPosition::default()
    };
    draft.put(Approval {
        id: approval,
        name: format!("Budget {seed}"),
        on: "2026-11-01".parse().unwrap(),
        note: amounts.words(seed),
        seats: vec![seat],
        ..Approval::default()
    });
    let mut measured = |key: &str, unit: &str, value: String, note: String| {
        let (metric, figure) = (draft.new_id::<Metric>(), draft.new_id::<Observation>());
        let (key, unit) = (format!("{key}-{seed}"), unit.to_owned());
        draft.put(Metric { id: metric, name: key.clone(), key: key.clone(), unit, ..Metric::default() });
        let value: MetricValue = value.parse().unwrap();
        draft.put(Observation {
            id: figure,
            metric,
            value,
            origin: note.as_str().into(),
            ..Observation::default()
        });
        let id = draft.new_id::<Objective>();
        draft.put(Objective { id, key, metric, value, origin: note, ..Objective::default() });
        id
    };
    let without_currency = amounts.next().to_string();
    let without_currency = without_currency.split(' ').next().unwrap().to_owned();
    let asked = [
        measured("bookings", "", amounts.next().to_string(), amounts.words(seed + 3)),
        measured("billed", "money", without_currency, amounts.words(seed + 4)),
        measured("payback", "months", RATIO.to_owned(), format!("payback was {RATIO}")),
    ];
    let waiting = draft.new_id::<Position>();
    draft.put(Position {
        id: waiting,
        key: format!("HC-WAITS-{seed}"),
        waits_for: asked.to_vec(),
        waived_on: "2026-11-02".parse().ok(),
        waived_why: format!("{RATIO} is enough"),
        description: format!("payback of {RATIO} months, once {}", amounts.words(seed + 5)),
        ..Position::default()
    });
    draft.set(&format!("import.profile.{seed}"), &format!("{{\"limit\":\"{}\"}}", amounts.words(seed + 1)));
    draft.set(&format!("reserve.{seed}"), &amounts.next().to_string());
    draft.finish()
}

/// A plan whose amounts were changed, deleted and undone.
fn lived_in(path: &Path, all: &[Money]) -> Store {
    let mut amounts = Amounts { all, next: 0 };
    let mut store = Store::create(path, now()).unwrap();
    // Each was an amount once, so that texts may name amounts that no field has any more.
    let mut draft = Draft::new(store.plan());
    let seats =
        all.iter().map(|money| ApprovedPosition { annual_cost: Some(*money), ..ApprovedPosition::default() });
    let id = draft.new_id::<Approval>();
    draft.put(Approval { id, name: "Withdrawn".into(), seats: seats.collect(), ..Approval::default() });
    let changes = draft.finish();
    store.apply(&note("approved"), changes).unwrap();
    let mut draft = Draft::new(store.plan());
    draft.remove::<Approval>(id);
    let changes = draft.finish();
    store.apply(&note("withdrawn"), changes).unwrap();
    for seed in 0..3 {
        let changes = full_of_amounts(store.plan(), seed * 3, &mut amounts);
        store.apply(&note(format!("step {}", amounts.words(seed))), changes).unwrap();
    }
    let mut draft = Draft::new(store.plan());
    let plan = store.plan().clone();
    let first = plan.positions.iter().next().unwrap();
    draft.put(Position {
        pay: Some(amounts.next()),
        pay_up_to: None,
        title: "Renamed".into(),
        ..first.clone()
    });
    draft.remove::<Budget>(plan.budgets.iter().next().unwrap().id);
    let team = plan.teams.iter().next().unwrap();
    draft.put(Team { description: amounts.words(3), ..team.clone() });
    let changes = draft.finish();
    store.apply(&note("change"), changes).unwrap();
    let changes = full_of_amounts(store.plan(), 100, &mut amounts);
    store.apply(&note("undone"), changes).unwrap();
    store.undo("Ada", now()).unwrap();
    store
}

fn copy_of(store: &Store, to: &Path) -> Store {
    let made =
        redacted(store.plan(), store.all_amounts_in_history().unwrap(), RatiosOfMoney::Removed).unwrap();
    Store::create_with(to, &note("Redacted copy"), &made.changes).unwrap()
}

fn amounts() -> impl Strategy<Value = Vec<Money>> {
    // Six bytes as an integer: shorter ones occur by chance in any file.
    let amount = (3_000_000_001_i64..900_000_000_000, any::<bool>());
    prop::collection::vec(amount, 70..90).prop_map(|all| {
        let money = |(minor, is_euro)| Money::new(minor, if is_euro { Currency::EUR } else { Currency::USD });
        all.into_iter().map(money).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn no_amount_is_found_by_byte_search(all in amounts()) {
        let folder = tempfile::tempdir().unwrap();
        let there = tempfile::tempdir().unwrap();
        let store = lived_in(&folder.path().join("acme.headroom"), &all);
        let copy = copy_of(&store, &there.path().join("copy.headroom"));

        let (original, search) = (Search::new(folder.path()), Search::new(there.path()));
        let mut found_before = 0;
        for money in &all {
            found_before += usize::from(!original.traces_of(*money).is_empty());
            let left: Vec<String> =
                search.traces_of(*money).iter().map(|trace| String::from_utf8_lossy(trace).into_owned()).collect();
            prop_assert!(left.is_empty(), "{money} can be read as {left:?}");
        }
        // The search does find them in the original.
        prop_assert!(found_before > 60, "{found_before}");
        prop_assert!(original.finds(RATIO.as_bytes()) && !search.finds(RATIO.as_bytes()));
        prop_assert_eq!((copy.plan().observations.len(), copy.plan().objectives.len()), (0, 0));
        prop_assert_eq!(copy.plan().positions.len(), store.plan().positions.len());
        prop_assert!(doctor(copy.path()).unwrap().is_sound);
    }
}

#[test]
fn round_amounts_are_removed_and_not_listed() {
    let all: Vec<Money> = (0..90).map(|at| Money::new(17_342_391 + at * 1_234_567, Currency::EUR)).collect();
    let (folder, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = lived_in(&folder.path().join("acme.headroom"), &all);
    let made =
        redacted(store.plan(), store.all_amounts_in_history().unwrap(), RatiosOfMoney::Removed).unwrap();
    let path = there.path().join("copy.headroom");
    let copy = Store::create_with(&path, &note("Redacted copy"), &made.changes).unwrap();
    // IDs are random: they may have the digits of an amount.
    let mut list = serde_json::to_value(&made.removed).unwrap();
    for line in list.as_array_mut().unwrap() {
        line.as_object_mut().unwrap().remove("subject");
    }
    let list = list.to_string();
    let search = Search::new(there.path());
    for money in &all {
        assert_eq!(search.traces_of(*money), Vec::<Vec<u8>>::new(), "{money}");
        for text in notations(*money) {
            assert!(!list.contains(&text), "{text} in {list}");
        }
    }
    let lines = |field: &str, how: How| {
        made.removed.iter().filter(|line| line.field == field && line.how == how).count()
    };
    assert_eq!((lines("pay", How::Emptied), lines("pay_up_to", How::Emptied)), (6, 2));
    assert_eq!((lines("value", How::Whole), lines("cap", How::Emptied)), (15, 3));
    assert_eq!((lines("value", How::Ratio), lines("waits_for", How::NoLongerAwaited)), (6, 3));
    assert_eq!((lines("amount", How::Emptied), lines("seats.annual_cost", How::Emptied)), (2, 3));
    assert_eq!(copy.history(None, 10).unwrap().len(), 1);
    assert_eq!(copy.history(None, 10).unwrap()[0].label, "Redacted copy");
}

#[test]
fn rates_dates_and_other_numbers_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let position = draft.new_id::<Position>();
    draft.put(Position {
        id: position,
        key: "HC-1".into(),
        // Numbers that look like a rate, a date and a share.
        pay: Some(Money::whole(1_082, Currency::EUR)),
        need_by: "2027-03-12".parse().ok(),
        fte: "0.6".parse().unwrap(),
        ..Position::default()
    });
    let rate = draft.new_id::<ExchangeRate>();
    let row =
        ExchangeRate { id: rate, rate: Rate::from_billionths(1_082_000_000), ..ExchangeRate::default() };
    draft.put(row.clone());
    let changes = draft.finish();
    store.apply(&note("made"), changes).unwrap();
    let copy = copy_of(&store, &folder.path().join("copy.headroom"));
    assert_eq!(copy.plan().exchange_rates.get(rate), Some(&row));
    let kept = copy.plan().positions.get(position).unwrap();
    assert_eq!((kept.need_by, kept.fte.to_string()), ("2027-03-12".parse().ok(), "0.6".to_owned()));
    assert_eq!(kept.pay, None);
}

#[test]
fn keys_that_differed_by_an_amount_stay_unique() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    for pay in [120_000, 130_000] {
        let id = draft.new_id::<Position>();
        let pay_of = Some(Money::whole(pay, Currency::EUR));
        draft.put(Position { id, key: format!("HC-{pay}"), pay: pay_of, ..Position::default() });
    }
    let changes = draft.finish();
    store.apply(&note("made"), changes).unwrap();
    let copy = copy_of(&store, &folder.path().join("copy.headroom"));
    let keys: Vec<&str> = copy.plan().positions.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["HC-[removed]", "HC-[removed]-2"]);
}

#[test]
fn baselines_use_the_keys_of_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let mut seats = Vec::new();
    for pay in [120_000, 130_000] {
        let (team, id) = (draft.new_id::<Team>(), draft.new_id::<Position>());
        draft.put(Team { id: team, key: format!("t{pay}"), name: "T".into(), ..Team::default() });
        let (key, pay_of) = (format!("P{pay}"), Some(Money::whole(pay, Currency::EUR)));
        draft.put(Position { id, key: key.clone(), team: Some(team), pay: pay_of, ..Position::default() });
        seats.push(ApprovedPosition {
            position: key,
            team: format!("t{pay}"),
            ..ApprovedPosition::default()
        });
    }
    // Deleted positions, each with another key.
    for gone in ["P 120000", "P 130000", "P 120000", "P130000"] {
        seats.push(ApprovedPosition { position: gone.into(), ..ApprovedPosition::default() });
    }
    let id = draft.new_id::<Approval>();
    draft.put(Approval { id, name: "Budget".into(), seats, ..Approval::default() });
    let changes = draft.finish();
    store.apply(&note("made"), changes).unwrap();
    let copy = copy_of(&store, &folder.path().join("copy.headroom"));
    let positions: Vec<&str> = copy.plan().positions.iter().map(|row| row.key.as_str()).collect();
    let teams: Vec<&str> = copy.plan().teams.iter().map(|row| row.key.as_str()).collect();
    let seats = &copy.plan().approvals.iter().next().unwrap().seats;
    let of: Vec<&str> = seats.iter().map(|seat| seat.position.as_str()).collect();
    assert_eq!(of, [positions[0], positions[1], "P [removed]", "P [removed]-2", "P [removed]", positions[1]]);
    assert_ne!(positions[0], positions[1]);
    assert_eq!([&seats[0].team, &seats[1].team], [teams[0], teams[1]]);
    assert!(!format!("{seats:?}").contains("120000"));
}

#[test]
fn existing_files_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    let store = Store::create(&path, now()).unwrap();
    let before = fs::read(&path).unwrap();
    let made = redacted(store.plan(), [], RatiosOfMoney::Removed).unwrap();
    let refused = Store::create_with(&path, &note("Redacted copy"), &made.changes);
    assert!(matches!(refused, Err(StoreError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn copies_are_refused_next_to_former_backups() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    let mut store = Store::create(&path, now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let id = draft.new_id::<Budget>();
    let amount = Some(Money::whole(137_250, Currency::EUR));
    let (from, until) = ("2027-01-01".parse().ok(), "2027-12-31".parse().ok());
    draft.put(Budget { id, amount, from, until, ..Budget::default() });
    let changes = draft.finish();
    store.apply(&OperationMeta::import("budgets", "Ada Okafor", now()), changes).unwrap();
    let made = redacted(store.plan(), [], RatiosOfMoney::Removed).unwrap();
    drop(store);
    fs::remove_file(&path).unwrap();

    let refused = Store::create_with(&path, &note("Redacted copy"), &made.changes);
    assert!(matches!(refused, Err(StoreError::FormerBackups(_))), "{refused:?}");
    assert!(!path.exists());
    let backups = folder.path().join("acme.headroom.backups");
    fs::rename(&backups, folder.path().join("elsewhere")).unwrap();
    fs::create_dir(&backups).unwrap();
    assert!(Store::create_with(&path, &note("Redacted copy"), &made.changes).is_ok());
}
