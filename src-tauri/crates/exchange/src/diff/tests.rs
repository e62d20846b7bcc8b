use chrono::NaiveDate;
use headroom_files::{
    Level, Place,
    records::{
        Dates, FieldStatement, MembershipRecord, PersonRecord, PositionRecord, Records, RowRecord, TeamRecord,
    },
};
use headroom_model::{
    Currency, Decimal6, Draft, Entity, Kind, Link, Membership, Money, Person, Plan, Position, Team,
};

use super::{DiffOptions, Preview, diff};

fn team(line: u64, key: &str, parent: &str) -> TeamRecord {
    TeamRecord {
        place: Place::new(&"teams.csv".into(), line, 0),
        key: key.to_owned(),
        name: None,
        aliases: None,
        parent: Some((!parent.is_empty()).then(|| parent.to_owned())),
        kind: None,
        description: None,
        outcome: None,
        segment: None,
        extra: None,
        dates: Dates::default(),
    }
}

fn import(plan: &mut Plan, teams: &[(&str, &str)]) -> Preview {
    let teams = teams.iter().enumerate().map(|(at, (key, parent))| team(at as u64 + 2, key, parent));
    let records = Records { teams: teams.collect(), ..Records::default() };
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let preview = diff(plan, &records, &DiffOptions { today, complete: false, source: "csv" });
    plan.apply(&preview.changes).unwrap();
    preview
}

fn parent_of(plan: &Plan, key: &str) -> Option<String> {
    let team = plan.get::<Team>(plan.find::<Team>(key).unwrap()).unwrap();
    team.parent.and_then(|parent| plan.get::<Team>(parent)).map(|parent| parent.key.clone())
}

#[test]
fn team_and_parent_can_swap() {
    let mut plan = Plan::default();
    import(&mut plan, &[("a", ""), ("b", "a")]);
    let preview = import(&mut plan, &[("a", "b"), ("b", "")]);
    assert!(preview.problems.is_empty(), "{:?}", preview.problems);
    assert_eq!((parent_of(&plan, "a").as_deref(), parent_of(&plan, "b")), (Some("b"), None));
}

fn rows<T: Default + Clone>(texts: &[(&str, &str)], make: impl Fn(Place, &str, &str) -> T) -> Vec<T> {
    let place = |at: usize| Place::new(&"staff.csv".into(), at as u64 + 2, 0);
    texts.iter().enumerate().map(|(at, (one, other))| make(place(at), one, other)).collect()
}

fn staff(plan: &mut Plan, said: &[(&str, &str)], has_all_memberships: bool) -> Preview {
    let records = Records {
        teams: vec![team(2, "eng", ""), team(3, "data", "")],
        people: rows(said, |place, person, _| PersonRecord {
            place,
            key: person.to_owned(),
            ..PersonRecord::default()
        }),
        memberships: rows(said, |place, person, team| MembershipRecord::new(place, person, team, None)),
        has_all_memberships,
        ..Records::default()
    };
    let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    let preview = diff(plan, &records, &DiffOptions { today, complete: false, source: "sheet" });
    plan.apply(&preview.changes).unwrap();
    preview
}

#[test]
fn moving_ends_the_old_membership_on_the_day() {
    let mut plan = Plan::default();
    staff(&mut plan, &[("ada", "eng"), ("bob", "eng")], true);
    staff(&mut plan, &[("bob", "data")], true);
    let spans: Vec<_> = plan.memberships.iter().map(|row| (row.from, row.until)).collect();
    let (eve, day) = ("2026-11-26".parse().ok(), "2026-11-27".parse().ok());
    assert_eq!(spans, [(None, None), (None, eve), (day, None)], "Ada is in no row, and stays");
    let again = staff(&mut plan, &[("bob", "data")], true);
    assert!(again.changes.is_empty(), "{:?}", again.changes);
}

#[test]
fn lead_keeps_the_membership_in_any_role() {
    for (role, occupancies) in
        [("lead", true), ("tech_lead", true), ("Chair", true), ("maintainer", true), ("member", false)]
    {
        let mut plan = Plan::default();
        staff(&mut plan, &[("bob", "eng")], true);
        let mut draft = Draft::new(&plan);
        let row = plan.memberships.iter().next().unwrap().clone();
        draft.put(Membership { role: role.to_owned(), ..row });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        staff(&mut plan, &[("bob", "data")], true);
        let own = plan.memberships.iter().next().unwrap();
        assert_eq!(own.until.is_none(), occupancies, "{role}");
    }
}

#[test]
fn incomplete_memberships_end_nothing() {
    let mut plan = Plan::default();
    staff(&mut plan, &[("bob", "eng")], false);
    staff(&mut plan, &[("bob", "data")], false);
    assert!(plan.memberships.iter().all(|row| row.until.is_none()));
}

fn stated(kind: Kind, place: &Place, fields: &[(&'static str, &str)]) -> RowRecord {
    let value = |(name, text): &(&'static str, &str)| (*name, FieldStatement::Value((*text).into()));
    RowRecord { kind, place: place.clone(), fields: fields.iter().map(value).collect() }
}

#[test]
fn reports_contradicting_rows() {
    let rate = |line: u64, rate: &str| {
        let place = Place::new(&"rates.csv".into(), line, 0);
        stated(Kind::ExchangeRate, &place, &[("currency", "USD"), ("rate", rate)])
    };
    let told = |second: &str| {
        let records = Records { rows: vec![rate(2, "0.9"), rate(3, second)], ..Records::default() };
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let preview =
            diff(&Plan::default(), &records, &DiffOptions { today, complete: false, source: "csv" });
        (preview.problems[0].level, preview.problems[0].message.clone())
    };
    assert_eq!(told("0.9").0, Level::Note);
    let (level, message) = told("0.5");
    assert_eq!(level, Level::Warning);
    assert!(message.contains("conflicts with line 2, which was used instead"), "{message}");
}

#[test]
fn source_without_extras_keeps_those_of_links() {
    let link = |icon: Option<&str>| Link {
        url: "https://x".into(),
        extra: icon.map(|icon| ("icon".to_owned(), icon.to_owned())).into_iter().collect(),
        ..Link::default()
    };
    let said = Some(vec![link(None)]);
    let links_said = |extra| super::entities::links_said(said.as_ref(), vec![link(Some("book"))], &extra);
    assert_eq!(links_said(None), [link(Some("book"))], "a CSV file has no place for an icon");
    assert_eq!(links_said(Some(("backstage", String::new()))), [link(None)], "a catalog says there is none");
}

#[test]
fn loop_is_cut_where_the_source_closes_it() {
    let mut plan = Plan::default();
    let rows = [("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")];
    let preview = import(&mut plan, &rows);
    let said: Vec<(u64, bool)> = preview
        .problems
        .iter()
        .map(|problem| (problem.place.line, problem.message.contains("contain itself")))
        .collect();
    assert_eq!(said, [(5, true), (6, true)]);
    assert!(preview.problems[0].message.contains("c → a → b → c"), "{:?}", preview.problems);
    assert_eq!((parent_of(&plan, "x").as_deref(), parent_of(&plan, "c")), (Some("a"), None));
    assert!(import(&mut plan, &rows).changes.is_empty(), "the second import");
}

#[test]
fn deep_tree_is_fast() {
    let mut plan = Plan::default();
    let keys: Vec<String> = (0..50_001).map(|at| format!("t{at}")).collect();
    let mut rows: Vec<(&str, &str)> =
        keys.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let started = std::time::Instant::now();
    import(&mut plan, &rows);
    rows.push(("t50000", "t0"));
    let preview = import(&mut plan, &rows);
    assert!(preview.problems.iter().any(|problem| problem.message.contains("contain itself")));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

fn dates(from: &str, until: &str) -> Dates {
    Dates { from: Some(from.parse().ok()), until: Some(until.parse().ok()) }
}

fn compared(plan: &Plan, records: &Records) -> Preview {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    diff(plan, records, &DiffOptions { today, complete: false, source: "csv" })
}

#[test]
fn refused_position_is_left_out_with_its_references() {
    let position = |key: &str| PositionRecord { key: key.to_owned(), ..PositionRecord::default() };
    let euros = |amount: i64| Some(Some(Money::whole(amount, Currency::EUR)));
    let mut records = Records {
        positions: vec![
            position("fine"),
            PositionRecord { fte: Some(Decimal6::from_millionths(2_000_000)), ..position("fte") },
            PositionRecord { pay: euros(-1), ..position("pay") },
            PositionRecord { pay: euros(90), pay_up_to: euros(80), ..position("range") },
            PositionRecord { dates: dates("2027-02-01", "2027-01-01"), ..position("dates") },
            PositionRecord { backfill_of: Some(Some("pay".to_owned())), ..position("heir") },
        ],
        ..Records::default()
    };
    records.positions.iter_mut().zip(2..).for_each(|(row, line)| {
        row.place = Place::new(&"positions.csv".into(), line, 0);
    });
    let mut plan = Plan::default();
    let preview = compared(&plan, &records);
    plan.apply(&preview.changes).unwrap();
    let keys: Vec<&str> = plan.positions.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["fine", "heir"]);
    let told = |level| preview.problems.iter().filter(move |it| it.level == level).map(|it| it.place.line);
    assert_eq!(told(Level::Error).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert_eq!(told(Level::Warning).collect::<Vec<_>>(), [7], "what it follows is nowhere");
    assert!(preview.problems[0].message.ends_with("; row skipped"), "{:?}", preview.problems);
}

#[test]
fn refused_row_leaves_the_plan_unchanged() {
    let person = |dates: Dates| PersonRecord {
        place: Place::new(&"people.csv".into(), 2, 0),
        key: "ada".to_owned(),
        name: Some("Ada".to_owned()),
        dates,
        ..PersonRecord::default()
    };
    let of = |dates| Records { people: vec![person(dates)], ..Records::default() };
    let mut plan = Plan::default();
    let changes = compared(&plan, &of(dates("2026-01-01", "2026-06-30"))).changes;
    plan.apply(&changes).unwrap();
    let preview = compared(&plan, &of(dates("2026-07-02", "2026-06-30")));
    assert!(preview.changes.is_empty() && preview.problems.len() == 1, "{:?}", preview.problems);
    // The start date alone is after the end date in the plan.
    let alone =
        Dates { from: Some("2027-07-01".parse().ok()), until: Some(Some("2027-01-01".parse().unwrap())) };
    assert!(compared(&plan, &of(alone)).changes.is_empty());
    let ada = plan.get::<Person>(plan.find::<Person>("ada").unwrap()).unwrap();
    assert_eq!(ada.date_range().until, "2026-06-30".parse().ok());
    assert_eq!(plan.find::<Position>("ada"), None);
}

#[test]
fn refused_figures_are_left_out_whole() {
    let place = Place::new(&"figures.csv".into(), 2, 0);
    let assumption = |kind: &str, value: &str, more: &[(&'static str, &str)]| {
        stated(Kind::Assumption, &place, &[&[("kind", kind), ("value", value)], more].concat())
    };
    let long = "x".repeat(1_001);
    let budget = [("from", "2027-01-01"), ("until", "2027-12-31"), ("amount", "-1 EUR")];
    let records = Records {
        rows: vec![
            assumption("notice", "30", &[]),
            assumption("notice", "-30", &[]),
            assumption("ramp", "58", &[]),
            assumption("foo", "3", &[]),
            assumption("employer-tax", "10%", &[("cap", "-5 EUR")]),
            assumption("burden", "10%", &[("location", &long)]),
            stated(Kind::Budget, &place, &budget),
            stated(Kind::ExchangeRate, &place, &[("currency", "USD"), ("rate", "0")]),
        ],
        ..Records::default()
    };
    let mut plan = Plan::default();
    let preview = compared(&plan, &records);
    plan.apply(&preview.changes).unwrap();
    let kept: Vec<String> =
        plan.assumptions.iter().map(|row| format!("{} {}", row.kind, row.value)).collect();
    assert_eq!(kept, ["notice 30"]);
    assert!(plan.budgets.is_empty() && plan.exchange_rates.is_empty());
    let fields: Vec<&str> = preview
        .problems
        .iter()
        .filter_map(|it| it.message.split_once(": ").map(|(field, _)| field))
        .collect();
    assert_eq!(fields, ["value", "value", "kind", "cap", "location", "amount", "rate"]);
    assert!(preview.problems.iter().all(|it| it.level == Level::Error));
}
