//! Two days of a plan compared: the list, the text and the headcount, with figures worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    comparison::{
        ChangeKind, CompareQuery, ComparedDays, HeadcountSum, TeamState, compare_days, comparison_text,
        save_comparison,
    },
    entities::entity::NamedEntity,
    state::{AppState, now, today},
};
use headroom_model::{
    Draft, Membership, Owner, Ownership, OwnershipId, Person, PersonId, Position, Service, ServiceId, Status,
    Team, TeamId, role,
};
use headroom_store::{OperationMeta, Store};

const COMMERCE: TeamId = TeamId(1);
const PAYMENTS: TeamId = TeamId(2);
const SEARCH: TeamId = TeamId(3);
const CHECKOUT: ServiceId = ServiceId(20);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Commerce with Payments and, from March on, Search. Grace joins Payments in February, Omar leaves it in April, Ada
/// moves to Search in June and takes Checkout with her.
fn rows(draft: &mut Draft<'_>) {
    for (id, name, parent, from) in [
        (COMMERCE, "Commerce", None, None),
        (PAYMENTS, "Payments", Some(COMMERCE), None),
        (SEARCH, "Search", Some(COMMERCE), Some(day("2027-03-01"))),
    ] {
        draft.put(Team { id, key: name.to_lowercase(), name: name.into(), parent, from, ..Team::default() });
    }
    for (nth, name, from, until, on) in [
        (11, "Grace", "2027-02-01", "", &[(PAYMENTS, "", "")][..]),
        (12, "Omar", "", "2027-04-30", &[(PAYMENTS, "", "")]),
        (13, "Ada", "", "", &[(PAYMENTS, "", "2027-05-31"), (SEARCH, "2027-06-01", "")]),
        (14, "Bo", "", "", &[(PAYMENTS, "", "")]),
    ] {
        let id = PersonId(nth);
        let (from, until) = (from.parse().ok(), until.parse().ok());
        let title = if name == "Grace" { "Engineer".to_owned() } else { String::new() };
        draft.put(Person {
            id,
            key: name.to_lowercase(),
            name: name.into(),
            title,
            from,
            until,
            ..Person::default()
        });
        for (team, from, until) in on {
            let row = draft.new_id::<Membership>();
            let (from, until) = (from.parse().ok(), until.parse().ok());
            draft.put(Membership { id: row, person: id, team: *team, from, until, ..Membership::default() });
        }
    }
    draft.put(Service {
        id: CHECKOUT,
        key: "checkout".into(),
        name: "Checkout".into(),
        ..Service::default()
    });
    for (id, team, from, until) in [(30, PAYMENTS, "", "2027-05-31"), (31, SEARCH, "2027-06-01", "")] {
        let (owner, role) = (Owner::Team(team), role::OWNER.to_owned());
        let (from, until) = (from.parse().ok(), until.parse().ok());
        let id = OwnershipId(id);
        draft.put(Ownership { id, service: CHECKOUT, owner, role, from, until, ..Ownership::default() });
    }
    let (start, team) = (Some(day("2027-05-03")), Some(SEARCH));
    let (key, status) = ("HC-1".to_owned(), Status::Open);
    draft.put(Position {
        id: 40.into(),
        key,
        title: "Engineer".into(),
        team,
        status,
        start,
        ..Position::default()
    });
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

fn at() -> At {
    At::default().on(day("2027-07-01"))
}

fn of(team: Option<TeamId>) -> CompareQuery {
    CompareQuery { with: Some(day("2027-01-01")), team: team.map(Into::into) }
}

fn names(entities: &[NamedEntity]) -> Vec<&str> {
    entities.iter().map(|entity| entity.name.as_str()).collect()
}

fn kinds(found: &ComparedDays) -> Vec<(ChangeKind, &str)> {
    found.changes.iter().map(|row| (row.kind, row.subject.name.as_str())).collect()
}

#[test]
fn changes_are_listed_with_their_days() {
    let (_folder, app) = app();
    let found = compare_days(&app, of(None), at()).unwrap();
    assert_eq!((found.before, found.after), (day("2027-01-01"), day("2027-07-01")));
    let expected = [
        (ChangeKind::Joined, "Grace"),
        (ChangeKind::Left, "Omar"),
        (ChangeKind::Moved, "Ada"),
        (ChangeKind::NewTeam, "Search"),
        (ChangeKind::HirePlanned, "HC-1 Engineer"),
        (ChangeKind::OwnerChanged, "Checkout"),
    ];
    assert_eq!(kinds(&found), expected);
    let moved = &found.changes[2];
    assert_eq!(
        (names(&moved.from), names(&moved.to), moved.day),
        (vec!["Payments"], vec!["Search"], Some(day("2027-06-01")))
    );
    let sum = |before, joined, left, moved_in, moved_out, after| HeadcountSum {
        before,
        joined,
        left,
        moved_in,
        moved_out,
        after,
    };
    assert_eq!(found.headcount, sum(3, 1, 1, 0, 0, 3));
    let team = |id: TeamId| found.teams.iter().find(|team| team.id == id.into()).unwrap();
    assert_eq!(team(PAYMENTS).whole, sum(3, 1, 1, 0, 1, 2));
    assert_eq!((team(PAYMENTS).services_gained, team(PAYMENTS).services_lost), (0, 1));
    assert_eq!(team(COMMERCE).whole, sum(3, 1, 1, 0, 0, 3));
    assert_eq!(
        (team(SEARCH).state, team(SEARCH).day, team(SEARCH).whole.moved_in),
        (TeamState::New, Some(day("2027-03-01")), 1)
    );
    // A person of both teams stands on both.
    assert_eq!(found.members.iter().filter(|member| member.name == "Ada").count(), 2);
}

#[test]
fn it_is_the_same_from_the_other_day_and_of_a_team() {
    let (_folder, app) = app();
    let found = compare_days(&app, of(None), at()).unwrap();
    let other = CompareQuery { with: Some(day("2027-07-01")), team: None };
    let turned = compare_days(&app, other, At::default().on(day("2027-01-01"))).unwrap();
    assert_eq!((kinds(&turned), turned.before), (kinds(&found), found.before));
    let search = compare_days(&app, of(Some(SEARCH)), at()).unwrap();
    assert_eq!(
        kinds(&search),
        [
            (ChangeKind::Moved, "Ada"),
            (ChangeKind::NewTeam, "Search"),
            (ChangeKind::HirePlanned, "HC-1 Engineer"),
            (ChangeKind::OwnerChanged, "Checkout"),
        ]
    );
    assert_eq!((search.headcount.before, search.headcount.after), (0, 1));
    // Without planned hires none is counted.
    let without = compare_days(&app, of(Some(SEARCH)), At { planned_hires: false, ..at() }).unwrap();
    assert!(
        without.changes.iter().all(|row| row.kind != ChangeKind::HirePlanned) && without.positions.is_empty()
    );
    assert!(compare_days(&app, of(Some(TeamId(99))), at()).is_err());
}

#[test]
fn it_is_written_as_text_and_as_a_table() {
    let (folder, app) = app();
    let text = comparison_text(&app, of(None), at()).unwrap();
    let expected = "\
Between 1 Jan 2027 and 1 Jul 2027: 1 joined, 1 left, 1 moved, 1 new team, 1 planned hire, 1 service changed owner
Headcount: 3 + 1 joined − 1 left = 3

Joined (1)
- 1 Feb 2027: Grace (Engineer), Payments

Left (1)
- 30 Apr 2027: Omar, Payments

Moved (1)
- 1 Jun 2027: Ada, Payments → Search

New teams (1)
- 1 Mar 2027: Search, Commerce

Planned hires (1)
- 3 May 2027: HC-1 Engineer, Search

Services with other owners (1)
- 1 Jun 2027: Checkout, Payments → Search

Headcount by team, with sub-teams
- Commerce: 3 + 1 joined − 1 left = 3
- Payments: 3 + 1 joined − 1 left − 1 moved out = 2
- Search: 0 + 1 moved in = 1
";
    assert_eq!(text, expected);
    let quiet = CompareQuery { with: Some(day("2027-07-02")), team: None };
    let text = comparison_text(&app, quiet, at()).unwrap();
    assert_eq!(text, "Between 1 Jul 2027 and 2 Jul 2027: no changes\nHeadcount: 3, unchanged\n");

    let path = folder.path().join("comparison.csv");
    save_comparison(&app, of(Some(PAYMENTS)), at(), path.to_str().unwrap().to_owned()).unwrap();
    let table = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "change,date,id,name,title,from,to,before,joined,left,moved in,moved out,after");
    assert_eq!(lines[1], "Joined,2027-02-01,grace,Grace,Engineer,,Payments,,,,,,");
    assert_eq!(lines.last(), Some(&"Headcount with sub-teams,,payments,Payments,,,,3,1,1,0,1,2"));
}

/// The sample's headcounts are those of the days, and add up.
#[test]
fn headcounts_of_the_sample_are_those_of_its_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_sample::create(&folder.path().join("sample.headroom"), now(), today()).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    let with = today().checked_add_months(chrono::Months::new(9)).unwrap();
    let found = compare_days(&app, CompareQuery { with: Some(with), team: None }, At::default()).unwrap();
    let people = |on| headroom_app::frame::status::frame(&app, At::default().on(on)).unwrap().people;
    assert_eq!((found.headcount.before, found.headcount.after), (people(today()), people(with)));
    assert!(found.headcount.joined > 0 && found.headcount.left > 0);
    for team in &found.teams {
        for sum in [team.own, team.whole] {
            assert_eq!(sum.before + sum.joined + sum.moved_in, sum.after + sum.left + sum.moved_out);
        }
    }
}
