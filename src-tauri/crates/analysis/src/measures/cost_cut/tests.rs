use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Draft, Membership, Money, Owner, Ownership, Person, PersonId, Plan, Position, Service,
    ServiceId, Status, Team, TeamId, role,
};
use proptest::prelude::*;

use super::*;
use crate::{
    assumptions::Assumptions,
    context::Context,
    cost::{Costs, MonthTable},
    facts::Facts,
    forecast::{ForecastParams, forecast},
    gap::GapKind,
    hiring::occupancies,
    policy::Policy,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A position: team, month of 2027 in which it starts, salary in thousands, status.
type Seed = (u64, u32, i64, Status);

/// Two teams with one person and one service each. Ada leaves at the end of June.
fn organisation(positions: &[Seed]) -> Plan {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for at in [1, 2] {
        let (team, person, service) = (TeamId(at), PersonId(10 + at), ServiceId(20 + at));
        draft.put(Team { id: team, key: format!("t{at}"), name: format!("Team {at}"), ..Team::default() });
        let until = (at == 1).then(|| day("2027-06-30"));
        draft.put(Person {
            id: person,
            key: format!("p{at}"),
            name: format!("P{at}"),
            until,
            ..Person::default()
        });
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person, team, ..Membership::default() });
        draft.put(Service {
            id: service,
            key: format!("s{at}"),
            name: format!("S{at}"),
            ..Service::default()
        });
        let (id, role) = (draft.new_id::<Ownership>(), role::OWNER.to_owned());
        draft.put(Ownership { id, service, owner: Owner::Team(team), role, ..Ownership::default() });
    }
    let place = |draft: &mut Draft<'_>, at: usize, (team, month, pay, status): Seed| {
        let id = draft.new_id::<Position>();
        draft.put(Position {
            id,
            key: format!("HC-{at:02}"),
            team: Some(TeamId(team)),
            start: NaiveDate::from_ymd_opt(2027, month, 1),
            pay: (pay > 0).then(|| Money::whole(pay * 1000, "EUR".parse().unwrap())),
            status,
            ..Position::default()
        });
        id
    };
    // Ada's position is to be filled again.
    let filled = place(&mut draft, 99, (1, 1, 60, Status::Open));
    let id = draft.new_id::<Assignment>();
    let from = Some(day("2025-01-01"));
    draft.put(Assignment { id, position: filled, person: PersonId(11), from, ..Assignment::default() });
    draft.alter::<Position>(|row| {
        (row.id == filled).then(|| Position { start: Some(day("2027-08-01")), ..row.clone() })
    });
    for (at, seed) in positions.iter().enumerate() {
        place(&mut draft, at, *seed);
    }
    let changes = draft.finish();
    plan.after(&changes).unwrap()
}

fn scope() -> CutScope {
    CutScope { teams: None, from: day("2027-01-01"), until: day("2027-12-31") }
}

/// Calculates with the plan on the first day of 2027.
fn with<T>(plan: &Plan, ask: impl FnOnce(&Reopening<'_>) -> T) -> T {
    let plan = Arc::new(plan.clone());
    let snapshot = plan.as_of(day("2027-01-01"));
    let (facts, policy) = (Facts::new(&snapshot), Policy::from_plan(&plan));
    let context = Context::new(&snapshot, &facts, &policy);
    let params = ForecastParams::new(&plan, day("2027-01-01"), day("2027-12-31"));
    let without = forecast(&plan, &params);
    ask(&Reopening::new(&context, &params, &without))
}

fn proposed(plan: &Plan, aim: i64) -> CostCut {
    let base = CutBase::new(plan, &scope());
    with(plan, |reopening| cost_cut(reopening, &base.candidates, aim, None))
}

fn keys<'a>(plan: &'a Plan, cut: &CostCut) -> Vec<&'a str> {
    let held = cut.lines.iter().filter(|line| line.is_held);
    held.map(|line| plan.positions.get(line.candidate.position).unwrap().key.as_str()).collect()
}

fn total(plan: &Plan) -> i64 {
    let costs = Costs::new(plan, day("2027-01-01"), day("2027-12-31"));
    MonthTable::new(plan, &costs).whole.iter().map(|cell| cell.cost).sum()
}

fn after(plan: &Plan, held: &[PositionId], way: CutWay) -> Plan {
    let occupancies = occupancies(plan, &Assumptions::new(plan));
    let mut draft = Draft::new(plan);
    assert_eq!(hold_positions(&mut draft, &occupancies, held, way), held.len());
    let changes = draft.finish();
    plan.after(&changes).unwrap()
}

#[test]
fn only_hires_without_an_offer_and_with_a_known_cost_are_candidates() {
    let plan = organisation(&[
        (1, 3, 80, Status::Planned),
        (1, 3, 80, Status::Offered),
        (1, 3, 80, Status::Frozen),
        (2, 3, 0, Status::Open),
    ]);
    let base = CutBase::new(&plan, &scope());
    let key = |id: PositionId| plan.positions.get(id).unwrap().key.clone();
    let found: Vec<_> = base.candidates.iter().map(|it| (key(it.position), it.starts)).collect();
    assert_eq!(
        found,
        [("HC-00".to_owned(), Some(day("2027-03-01"))), ("HC-99".to_owned(), Some(day("2027-08-01")))]
    );
    assert_eq!(base.unknown.iter().map(|id| key(*id)).collect::<Vec<_>>(), ["HC-03"]);
    assert_eq!(base.cost, total(&plan));
    // Of one team alone.
    let teams = Some([TeamId(2)].into_iter().collect());
    let of_team = CutBase::new(&plan, &CutScope { teams, ..scope() });
    assert_eq!((of_team.candidates.len(), of_team.unknown.len(), of_team.cost), (0, 1, 0));
}

#[test]
fn those_that_close_no_gap_are_proposed_first() {
    // The second team has one person: its first hire closes a gap, the next ones none.
    let plan =
        organisation(&[(2, 2, 50, Status::Planned), (2, 4, 90, Status::Planned), (2, 5, 20, Status::Open)]);
    let base = CutBase::new(&plan, &scope());
    let cheap = proposed(&plan, 100_000);
    assert_eq!(keys(&plan, &cheap), ["HC-02"], "one is enough, and it reopens nothing");
    assert_eq!(cheap.reopens, []);
    let all = proposed(&plan, base.most() + 1);
    assert_eq!((all.saves, all.lines.iter().filter(|line| line.is_held).count()), (base.most(), 4));
    let kinds: Vec<GapKind> = all.reopens.iter().map(|added| added.gap.kind).collect();
    assert!(kinds.contains(&GapKind::OnePerson) && kinds.contains(&GapKind::Nobody), "{kinds:?}");
}

#[test]
fn what_is_chosen_by_hand_keeps_the_order_and_is_calculated_anew() {
    let plan = organisation(&[(2, 2, 50, Status::Planned), (2, 4, 90, Status::Planned)]);
    let base = CutBase::new(&plan, &scope());
    let aim = 100_000;
    let (given, own) = with(&plan, |reopening| {
        let given = cost_cut(reopening, &base.candidates, aim, None);
        let own =
            given.lines.iter().filter(|line| !line.is_held).map(|line| line.candidate.position).collect();
        let own = cost_cut(reopening, &base.candidates, aim, Some(&own));
        (given, own)
    });
    let order = |cut: &CostCut| cut.lines.iter().map(|line| line.candidate.position).collect::<Vec<_>>();
    assert_eq!(order(&given), order(&own));
    assert!(given.lines.iter().zip(&own.lines).all(|(one, other)| one.is_held != other.is_held));
    assert_eq!(given.saves + own.saves, base.most());
}

#[test]
fn a_position_that_somebody_is_in_ends_with_them_when_it_is_closed() {
    let plan = organisation(&[(2, 2, 50, Status::Planned)]);
    let id = |key: &str| plan.positions.iter().find(|row| row.key == key).unwrap().id;
    let closed = after(&plan, &[id("HC-99"), id("HC-00")], CutWay::Close);
    let row = |key: &str| closed.positions.get(id(key)).unwrap();
    assert_eq!((row("HC-99").until, row("HC-99").status), (Some(day("2027-06-30")), Status::Open));
    assert_eq!((row("HC-00").until, row("HC-00").status), (None, Status::Closed));
    assert_eq!(CutBase::new(&closed, &scope()).candidates, []);
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let status = prop_oneof![Just(Status::Planned), Just(Status::Approved), Just(Status::Open)];
    prop::collection::vec((1..3_u64, 1..12_u32, 1..150_i64, status), 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What lines save is what the plan costs less once the positions are held, to the cent.
    #[test]
    fn what_is_saved_is_what_the_plan_then_costs_less(seeds in seeds(), share in 0..1_200_i64, closes in any::<bool>()) {
        let plan = organisation(&seeds);
        let base = CutBase::new(&plan, &scope());
        let cut = proposed(&plan, base.most() * share / 1000);
        let held: Vec<PositionId> =
            cut.lines.iter().filter(|line| line.is_held).map(|line| line.candidate.position).collect();
        let way = if closes { CutWay::Close } else { CutWay::Hold };
        let then = after(&plan, &held, way);
        prop_assert_eq!(total(&plan) - total(&then), cut.saves);
        // And what is reopened is what the forecast then has beside.
        let both = [&plan, &then].map(|plan| {
            let params = ForecastParams::new(plan, day("2027-01-01"), day("2027-12-31"));
            forecast(plan, &params.clone().with(&crate::coverage::hires(plan, &params)))
        });
        let params = ForecastParams::new(&plan, day("2027-01-01"), day("2027-12-31"));
        prop_assert_eq!(crate::forecast::added(&params, &both[1], &both[0]), cut.reopens);
    }

    /// Whichever other positions save as much, the plan without them has as many uncovered days or more.
    #[test]
    fn no_other_positions_that_save_as_much_reopen_less(seeds in seeds(), share in 1..1_000_i64) {
        let plan = organisation(&seeds);
        let base = CutBase::new(&plan, &scope());
        let aim = base.most() * share / 1000;
        let found = proposed(&plan, aim);
        prop_assert!(found.saves >= aim);
        let days = |reopens: &[Added]| reopens.iter().map(|added| added.days).sum::<u32>();
        with(&plan, |reopening| {
            for mask in 0..1_u32 << base.candidates.len() {
                let those = base.candidates.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
                let (mut saves, mut held) = (0, FxHashSet::default());
                those.for_each(|(_, candidate)| {
                    saves += candidate.saves;
                    held.insert(candidate.position);
                });
                let reopens = reopening.between(&FxHashSet::default(), &held);
                if saves >= aim && days(&reopens) < days(&found.reopens) {
                    return Err(TestCaseError::fail(format!("{held:?} save {saves} and reopen less")));
                }
            }
            Ok(())
        })?;
    }
}
