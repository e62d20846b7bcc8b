use chrono::Days;
use headroom_model::{
    Assignment, Draft, Membership, Owner, Ownership, Person, PersonId, Position, Service, ServiceId, Status,
    Team, role,
};
use proptest::prelude::*;

use super::*;
use crate::{assumptions::Assumptions, hiring::occupancies};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plan(fill: impl FnOnce(&mut Draft<'_>)) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    fill(&mut draft);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn compared(plan: &Arc<Plan>, first: &str, second: &str) -> DayComparison {
    let all = occupancies(plan, &Assumptions::new(plan));
    DayComparison::new(plan, (day(first), day(second)), &all)
}

const GROUP: TeamId = TeamId(1);
const ABLE: TeamId = TeamId(2);
const BOLD: TeamId = TeamId(3);
const NEW: TeamId = TeamId(4);
const OLD: TeamId = TeamId(5);

fn put_team(draft: &mut Draft<'_>, id: TeamId, key: &str, from: &str, until: &str) {
    let parent = (id != GROUP).then_some(GROUP);
    let (from, until) = (from.parse().ok(), until.parse().ok());
    draft.put(Team { id, key: key.into(), name: key.into(), parent, from, until, ..Team::default() });
}

fn put_person(draft: &mut Draft<'_>, nth: u64, days: (&str, &str), on: &[(TeamId, &str, &str)]) {
    let id = PersonId(10 + nth);
    let key = format!("p{nth}");
    let (from, until) = (days.0.parse().ok(), days.1.parse().ok());
    draft.put(Person { id, name: key.clone(), key, from, until, ..Person::default() });
    for (team, from, until) in on {
        let row = draft.new_id::<Membership>();
        let (from, until) = (from.parse().ok(), until.parse().ok());
        draft.put(Membership { id: row, person: id, team: *team, from, until, ..Membership::default() });
    }
}

/// Of the first half of 2027: one joins, one leaves, one moves from Able to Bold, one goes on from Old to New, one stays.
fn organisation() -> Arc<Plan> {
    plan(|draft| {
        put_team(draft, GROUP, "group", "", "");
        put_team(draft, ABLE, "able", "", "");
        put_team(draft, BOLD, "bold", "", "");
        put_team(draft, NEW, "new", "2027-03-01", "");
        put_team(draft, OLD, "old", "", "2027-02-28");
        put_person(draft, 1, ("2027-02-01", ""), &[(ABLE, "", "")]);
        put_person(draft, 2, ("", "2027-04-30"), &[(ABLE, "", "")]);
        put_person(draft, 3, ("", ""), &[(ABLE, "", "2027-05-31"), (BOLD, "2027-06-01", "")]);
        put_person(draft, 4, ("", ""), &[(OLD, "", ""), (NEW, "", "")]);
        put_person(draft, 5, ("", ""), &[(BOLD, "", "")]);
        // Leaves and comes back in between: of the two days nothing is to be said.
        put_person(draft, 6, ("", ""), &[(BOLD, "", "2027-02-28"), (BOLD, "2027-05-01", "")]);
    })
}

#[test]
fn people_join_leave_and_move() {
    let plan = organisation();
    let found = compared(&plan, "2027-01-01", "2027-07-01");
    let row = |nth: u64, kind, from: &[TeamId], to: &[TeamId], on: &str| PersonChange {
        person: PersonId(10 + nth),
        kind,
        from: from.to_vec(),
        to: to.to_vec(),
        day: Some(day(on)),
    };
    let expected = [
        row(1, PersonChangeKind::Joined, &[], &[ABLE], "2027-02-01"),
        row(2, PersonChangeKind::Left, &[ABLE], &[], "2027-04-30"),
        // The team begins on this day, and not the membership.
        row(4, PersonChangeKind::Moved, &[OLD], &[NEW], "2027-03-01"),
        row(3, PersonChangeKind::Moved, &[ABLE], &[BOLD], "2027-06-01"),
    ];
    assert_eq!(found.people, expected);
    let team = |team, kind, on: &str, parents| TeamChange { team, kind, day: Some(day(on)), parents };
    assert_eq!(
        found.teams,
        [
            team(NEW, TeamChangeKind::New, "2027-03-01", [None, Some(GROUP)]),
            team(OLD, TeamChangeKind::Dissolved, "2027-02-28", [Some(GROUP), None])
        ]
    );
    let [own, whole] = [ABLE, GROUP].map(|team| found.headcounts[&team]);
    let change = |before, joined, left, moved_in, moved_out, after| HeadcountChange {
        before,
        joined,
        left,
        moved_in,
        moved_out,
        after,
    };
    assert_eq!(own.own, change(3 - 1, 1, 1, 0, 1, 1));
    // Moves within the group are none.
    assert_eq!(whole.whole, change(5, 1, 1, 0, 0, 5));
    assert_eq!((whole.own, found.whole), (HeadcountChange::default(), whole.whole));
    // Asked the other way round it is the same.
    assert_eq!(compared(&plan, "2027-07-01", "2027-01-01").people, expected);
    assert!(compared(&plan, "2027-07-01", "2028-07-01").people.is_empty());
}

#[test]
fn services_change_owner_and_positions_begin_and_end() {
    let (owned, kept, born, over) = (ServiceId(31), ServiceId(32), ServiceId(33), ServiceId(34));
    let plan = plan(|draft| {
        put_team(draft, GROUP, "group", "", "");
        put_team(draft, ABLE, "able", "", "");
        put_person(draft, 1, ("", "2027-03-31"), &[]);
        for (id, from, until) in
            [(owned, "", ""), (kept, "", ""), (born, "2027-04-01", ""), (over, "", "2027-05-31")]
        {
            let key = format!("s{}", id.0);
            let (from, until) = (from.parse().ok(), until.parse().ok());
            draft.put(Service { id, name: key.clone(), key, from, until, ..Service::default() });
        }
        for (service, team, from, until, role) in [
            (owned, GROUP, "", "2027-02-28", role::OWNER),
            (owned, ABLE, "2027-03-01", "", role::OWNER),
            (kept, GROUP, "", "", role::OWNER),
            (kept, ABLE, "2027-03-01", "", "support"),
            (born, ABLE, "", "", role::OWNER),
            (over, GROUP, "", "", role::OWNER),
        ] {
            let id = draft.new_id::<Ownership>();
            let (owner, role) = (Owner::Team(team), role.to_owned());
            let (from, until) = (from.parse().ok(), until.parse().ok());
            draft.put(Ownership { id, service, owner, role, from, until, ..Ownership::default() });
        }
        for (nth, status, start, from, until) in [
            (41, Status::Open, "2027-05-03", "", ""),
            (42, Status::Open, "", "2027-02-15", ""),
            (43, Status::Open, "", "", "2027-06-15"),
            (44, Status::Frozen, "", "", ""),
        ] {
            let (start, from, until) = (start.parse().ok(), from.parse().ok(), until.parse().ok());
            let key = format!("HC-{nth}");
            draft.put(Position { id: nth.into(), key, status, start, from, until, ..Position::default() });
        }
        let id = draft.new_id::<Assignment>();
        let (position, person) = (44.into(), PersonId(11));
        draft.put(Assignment { id, position, person, ..Assignment::default() });
    });
    let found = compared(&plan, "2027-01-01", "2027-07-01");
    let row = |service, kind, from: &[TeamId], to: &[TeamId], on: &str| ServiceChange {
        service,
        kind,
        from: from.iter().map(|team| Owner::Team(*team)).collect(),
        to: to.iter().map(|team| Owner::Team(*team)).collect(),
        day: Some(day(on)),
    };
    let expected = [
        row(owned, ServiceChangeKind::OwnerChanged, &[GROUP], &[ABLE], "2027-03-01"),
        row(born, ServiceChangeKind::New, &[], &[ABLE], "2027-04-01"),
        row(over, ServiceChangeKind::Retired, &[GROUP], &[], "2027-05-31"),
    ];
    assert_eq!(found.services, expected);
    let row = |nth: u64, kind, on: &str| PositionChange { position: nth.into(), kind, day: Some(day(on)) };
    let expected = [
        row(42, PositionChangeKind::Opened, "2027-02-15"),
        row(43, PositionChangeKind::Closed, "2027-06-15"),
        row(41, PositionChangeKind::Hired, "2027-05-03"),
        row(44, PositionChangeKind::Vacated, "2027-03-31"),
    ];
    assert_eq!(found.positions, expected);
}

proptest! {
    /// Whatever the plan: headcounts add up for each team, alone and with those below it, and are those that are counted
    /// row by row; and every change is on a day between the two.
    #[test]
    fn headcounts_add_up(
        teams in prop::collection::vec((0_usize..5, 0_u64..600, 0_u64..600, any::<[bool; 2]>()), 6),
        people in prop::collection::vec((0_u64..600, 0_u64..600, any::<[bool; 2]>()), 1..14),
        rows in prop::collection::vec((0_usize..14, 0_usize..6, 0_u64..600, 0_u64..600, any::<[bool; 2]>()), 0..40),
        first in 0_u64..600,
        second in 0_u64..600,
    ) {
        let after = |days: u64| day("2026-06-01").checked_add_days(Days::new(days)).unwrap();
        let range = |a: u64, b: u64, is_open: [bool; 2]| {
            let (from, until) = (after(a.min(b)), after(a.max(b)));
            ((!is_open[0]).then_some(from), (!is_open[1]).then_some(until))
        };
        let plan = plan(|draft| {
            let mut ids: Vec<TeamId> = Vec::new();
            for (nth, (parent, a, b, is_open)) in teams.iter().enumerate() {
                let (from, until) = range(*a, *b, *is_open);
                let (id, key) = (draft.new_id::<Team>(), format!("t{nth}"));
                let parent = ids.get(*parent).copied();
                draft.put(Team { id, name: key.clone(), key, parent, from, until, ..Team::default() });
                ids.push(id);
            }
            let mut persons: Vec<PersonId> = Vec::new();
            for (nth, (a, b, is_open)) in people.iter().enumerate() {
                let (from, until) = range(*a, *b, *is_open);
                let (id, key) = (draft.new_id::<Person>(), format!("p{nth}"));
                draft.put(Person { id, name: key.clone(), key, from, until, ..Person::default() });
                persons.push(id);
            }
            for (person, team, a, b, is_open) in &rows {
                let Some(person) = persons.get(*person).copied() else { continue };
                let (from, until) = range(*a, *b, *is_open);
                let (id, team) = (draft.new_id::<Membership>(), ids[*team]);
                draft.put(Membership { id, person, team, from, until, ..Membership::default() });
            }
        });
        let days = (after(first.min(second)), after(first.max(second)));
        let found = DayComparison::new(&plan, days, &[]);
        // Who is there, by the rows alone.
        let exists = |from: Option<NaiveDate>, until: Option<NaiveDate>, on: NaiveDate| {
            from.is_none_or(|from| from <= on) && until.is_none_or(|until| on <= until)
        };
        let is_team = |id: TeamId, on| plan.teams.get(id).is_some_and(|row| exists(row.from, row.until, on));
        let is_below = |mut at: TeamId, team: TeamId, on: NaiveDate| loop {
            if !is_team(at, on) {
                return false;
            }
            if at == team {
                return true;
            }
            let Some(parent) = plan.teams.get(at).and_then(|row| row.parent) else { return false };
            at = parent;
        };
        let there = |person: &Person, on| exists(person.from, person.until, on);
        let count = |team: TeamId, on: NaiveDate, with_below: bool| {
            let is_on = |person: &&Person| there(person, on) && plan.memberships.iter().any(|row| {
                let is_of = if with_below { is_below(row.team, team, on) } else { row.team == team && is_team(team, on) };
                row.person == person.id && exists(row.from, row.until, on) && is_of
            });
            plan.people.iter().filter(is_on).count() as u32
        };
        for (team, headcount) in &found.headcounts {
            for (change, with_below) in [(headcount.own, false), (headcount.whole, true)] {
                prop_assert_eq!(change.before, count(*team, days.0, with_below));
                prop_assert_eq!(change.after, count(*team, days.1, with_below));
                prop_assert_eq!(
                    change.before + change.joined + change.moved_in,
                    change.after + change.left + change.moved_out
                );
            }
        }
        let joined = plan.people.iter().filter(|row| !there(row, days.0) && there(row, days.1)).count();
        let left = plan.people.iter().filter(|row| there(row, days.0) && !there(row, days.1)).count();
        let of = |kind| found.people.iter().filter(|row| row.kind == kind).count();
        prop_assert_eq!((of(PersonChangeKind::Joined), of(PersonChangeKind::Left)), (joined, left));
        prop_assert_eq!((found.whole.joined as usize, found.whole.left as usize), (joined, left));
        prop_assert_eq!(found.whole.moved_in + found.whole.moved_out, 0);
        prop_assert_eq!(found.whole.before + found.whole.joined - found.whole.left, found.whole.after);
        for row in &found.people {
            let day = row.day.unwrap();
            prop_assert!(days.0 <= day && day <= days.1);
        }
    }
}

/// In a scenario of July: a team and a person that are there alone, a team moved under another, a position moved, a service
/// taken over from June on, and what it deletes altogether.
#[test]
fn two_plans_are_compared_on_one_day_and_nothing_of_either_is_lost() {
    let service = ServiceId(40);
    let position = |id, key: &str, team| Position {
        id: headroom_model::PositionId(id),
        key: key.into(),
        team: Some(team),
        status: Status::Approved,
        ..Position::default()
    };
    let owned = |draft: &mut Draft<'_>, id, team, from: &str, until: &str| {
        let (role, owner) = (role::OWNER.to_owned(), Owner::Team(team));
        let id = headroom_model::OwnershipId(id);
        let (from, until) = (from.parse().ok(), until.parse().ok());
        draft.put(Ownership { id, service, owner, role, from, until, ..Ownership::default() });
    };
    let before = plan(|draft| {
        for (id, key) in [(GROUP, "group"), (ABLE, "able"), (BOLD, "bold"), (OLD, "old")] {
            put_team(draft, id, key, "", "");
        }
        put_person(draft, 1, ("", ""), &[(ABLE, "", "")]);
        put_person(draft, 2, ("", ""), &[(OLD, "", "")]);
        draft.put(Service { id: service, key: "s".into(), name: "s".into(), ..Service::default() });
        owned(draft, 60, ABLE, "", "");
        draft.put(position(51, "HC-1", ABLE));
    });
    let mut draft = Draft::new(&before);
    put_team(&mut draft, NEW, "new", "2027-05-01", "");
    put_person(&mut draft, 3, ("2027-05-15", ""), &[(NEW, "2027-05-15", "")]);
    let bold = before.get::<Team>(BOLD).unwrap().clone();
    draft.put(Team { parent: Some(ABLE), ..bold });
    draft.put(position(51, "HC-1", BOLD));
    draft.put(position(52, "HC-2", BOLD));
    owned(&mut draft, 60, ABLE, "", "2027-05-31");
    owned(&mut draft, 61, BOLD, "2027-06-01", "");
    draft.alter::<Membership>(|row| {
        (row.person == PersonId(11)).then(|| Membership {
            team: BOLD,
            from: Some(day("2027-02-01")),
            ..row.clone()
        })
    });
    headroom_model::delete_cascading(&mut draft, PersonId(12).into());
    headroom_model::delete_cascading(&mut draft, OLD.into());
    let changes = draft.finish();
    let after = Arc::new(before.after(&changes).unwrap());

    let found = DayComparison::of_plans([&before, &after], day("2027-07-01"), [&[], &[]]);
    let people: Vec<_> = found.people.iter().map(|row| (row.person.0, row.kind, row.day)).collect();
    assert_eq!(
        people,
        [
            (13, PersonChangeKind::Joined, Some(day("2027-05-15"))),
            (12, PersonChangeKind::Left, None),
            (11, PersonChangeKind::Moved, Some(day("2027-02-01"))),
        ]
    );
    let team = |team, kind, day: Option<NaiveDate>, parents| TeamChange { team, kind, day, parents };
    assert_eq!(
        found.teams,
        [
            team(NEW, TeamChangeKind::New, Some(day("2027-05-01")), [None, Some(GROUP)]),
            team(OLD, TeamChangeKind::Dissolved, None, [Some(GROUP), None]),
            team(BOLD, TeamChangeKind::Moved, None, [Some(GROUP), Some(ABLE)]),
        ]
    );
    let positions: Vec<_> = found.positions.iter().map(|row| (row.position.0, row.kind)).collect();
    assert_eq!(positions, [(52, PositionChangeKind::Opened), (51, PositionChangeKind::Moved)]);
    let owners = ServiceChange {
        service,
        kind: ServiceChangeKind::OwnerChanged,
        from: vec![Owner::Team(ABLE)],
        to: vec![Owner::Team(BOLD)],
        day: Some(day("2027-06-01")),
    };
    assert_eq!(found.services, [owners]);
    let HeadcountChange { before: had, joined, left, after: has, .. } = found.whole;
    assert_eq!((had, joined, left, has), (2, 1, 1, 2));
    // A plan does not differ from itself.
    let same = DayComparison::of_plans([&after, &after], day("2027-07-01"), [&[], &[]]);
    assert!(same.people.is_empty() && same.teams.is_empty() && same.positions.is_empty());
    assert!(same.services.is_empty() && !same.whole.is_changed());
}
