//! Moves to another team: what they take along, what is refused, and that the preview is what is done.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    edit::{FieldEdit, FieldValue},
    entities::{entity::EntityKind, id::Id},
    frame::undo::undo,
    moving::{
        change::{MoveQuery, PositionChoice, move_to_team, team_move_preview},
        cost_cut::{CostCutQuery, CostCutView, cost_cut},
        form::{MoveForm, team_move_form},
        location::{LocationClosing, Relocation, location_form},
        measures::{HeldPositions, Measure, measure_preview, take_measure},
        several::{move_several, move_several_preview},
    },
    scenarios::{change::add_scenario, holding::holding_area},
    state::{AppState, now},
};
use headroom_model::{
    Assignment, Draft, Membership, Money, Owner, Ownership, Person, PersonId, Plan, Position, PositionId,
    Service, ServiceId, Status, Team, TeamId, role,
};
use headroom_store::{OperationMeta, Store};

const COMMERCE: TeamId = TeamId(1);
const BILLING: TeamId = TeamId(2);
const PAYMENTS: TeamId = TeamId(3);
const ADA: PersonId = PersonId(4);
const BO: PersonId = PersonId(5);
const ENGINEER: PositionId = PositionId(6);
const LEAD: PositionId = PositionId(7);
const OPEN: PositionId = PositionId(8);
const INVOICES: ServiceId = ServiceId(9);
const TAX: ServiceId = ServiceId(10);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rows(draft: &mut Draft<'_>) {
    for (id, name, parent) in [
        (COMMERCE, "Commerce", None),
        (BILLING, "Billing", Some(COMMERCE)),
        (PAYMENTS, "Payments", Some(COMMERCE)),
    ] {
        draft.put(Team { id, key: name.into(), name: name.into(), parent, ..Team::default() });
    }
    for (id, name, until) in [(ADA, "Ada", None), (BO, "Bo", Some(day("2027-06-30")))] {
        draft.put(Person { id, key: name.into(), name: name.into(), until, ..Person::default() });
    }
    for (id, name) in [(INVOICES, "Invoices"), (TAX, "Tax")] {
        draft.put(Service { id, key: name.into(), name: name.into(), ..Service::default() });
    }
    for (id, key, team) in [(ENGINEER, "HC-1", BILLING), (LEAD, "HC-2", PAYMENTS), (OPEN, "HC-3", PAYMENTS)] {
        draft.put(Position { id, key: key.into(), team: Some(team), ..Position::default() });
    }
    let from = Some(day("2025-01-01"));
    for (person, team, position, role) in [(ADA, BILLING, ENGINEER, "member"), (BO, PAYMENTS, LEAD, "lead")] {
        let (id, role) = (draft.new_id::<Membership>(), role.to_owned());
        draft.put(Membership { id, person, team, role, share: Some(70), from, ..Membership::default() });
        let id = draft.new_id::<Assignment>();
        draft.put(Assignment { id, person, position, from, ..Assignment::default() });
    }
    for (service, owner) in [(INVOICES, Owner::Team(BILLING)), (TAX, Owner::Person(ADA))] {
        let (id, role) = (draft.new_id::<Ownership>(), role::OWNER.to_owned());
        draft.put(Ownership { id, service, owner, role, from, ..Ownership::default() });
    }
}

fn app() -> (tempfile::TempDir, AppState) {
    app_with(|_| ())
}

/// With more rows than usual.
fn app_with(more: impl FnOnce(&mut Draft<'_>)) -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    rows(&mut draft);
    more(&mut draft);
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Acme", "Eve", now()), changes).unwrap();
    (folder, AppState::on(store, "Eve".to_owned()))
}

fn on(text: &str) -> At {
    At::default().on(day(text))
}

fn form(app: &AppState, kind: EntityKind, id: impl Into<Id>, to: TeamId) -> MoveForm {
    team_move_form(app, kind, id.into(), None, Some(to.into()), on("2027-01-01")).unwrap()
}

fn ada_to(to: TeamId) -> MoveQuery {
    MoveQuery {
        kind: EntityKind::Person,
        id: ADA.into(),
        from: Some(BILLING.into()),
        to: Some(to.into()),
        share: Some(70),
        position: PositionChoice::Along,
        manager: Some(LEAD.into()),
        services: vec![INVOICES.into(), TAX.into()],
    }
}

fn team(id: TeamId, to: Option<TeamId>) -> MoveQuery {
    let from = Some(COMMERCE).filter(|_| id != COMMERCE).map(Id::from);
    MoveQuery { kind: EntityKind::Team, id: id.into(), from, to: to.map(Id::from), ..ada_to(PAYMENTS) }
}

fn refusal(app: &AppState, query: MoveQuery, at: At) -> String {
    let error = move_to_team(app, query.clone(), at).unwrap_err();
    let Err(shown) = team_move_preview(app, query, at) else { panic!("the preview allows it") };
    assert_eq!(shown.message, error.message);
    error.message
}

/// Names, so that a failure can be read.
fn owners(plan: &Plan, service: ServiceId, on: &str) -> Vec<String> {
    let holds = |row: &&Ownership| {
        row.service == service && headroom_model::Entity::date_range(*row).contains(day(on))
    };
    plan.ownerships.iter().filter(holds).map(|row| plan.name_of(row.owner.into())).collect()
}

#[test]
fn a_form_offers_what_can_go_along() {
    let (_folder, app) = app();
    let form_of = form(&app, EntityKind::Person, ADA, PAYMENTS);
    assert_eq!(
        (form_of.from.unwrap().name.as_str(), form_of.share, form_of.has_day),
        ("Billing", Some(70), true)
    );
    assert_eq!(form_of.position.unwrap().key, "HC-1");
    assert_eq!(form_of.lead.unwrap().person.name, "Bo");
    assert_eq!(form_of.free.iter().map(|free| free.key.as_str()).collect::<Vec<_>>(), ["HC-3"]);
    let services: Vec<_> = form_of
        .services
        .iter()
        .map(|row| (row.service.name.as_str(), row.is_personal, row.is_alone))
        .collect();
    assert_eq!(services, [("Tax", true, true), ("Invoices", false, true)]);
    // A position with somebody in it moves with them; an open one has no day.
    assert_eq!(form(&app, EntityKind::Position, ENGINEER, PAYMENTS).subject.name, "Ada");
    let open = form(&app, EntityKind::Position, OPEN, BILLING);
    assert_eq!((open.subject.key.as_str(), open.has_day), ("HC-3", false));
    // A team goes nowhere inside itself.
    let excluded = form(&app, EntityKind::Team, COMMERCE, PAYMENTS).excluded;
    assert_eq!(excluded, [COMMERCE, BILLING, PAYMENTS].map(Id::from));
}

#[test]
fn a_preview_is_what_is_done_as_one_step() {
    let (_folder, app) = app();
    let preview = team_move_preview(&app, ada_to(PAYMENTS), on("2027-01-01")).unwrap();
    assert_eq!(preview.label, "Move Ada to Payments from 1 Jan 2027");
    assert!(preview.closed_count + preview.opened_count > 0, "somebody else responds for Invoices then");
    move_to_team(&app, ada_to(PAYMENTS), on("2027-01-01")).unwrap();
    let plan = app.plan().unwrap();
    assert_eq!(owners(&plan, INVOICES, "2026-12-31"), ["Billing"]);
    assert_eq!(owners(&plan, INVOICES, "2027-01-01"), ["Payments"]);
    assert_eq!(owners(&plan, TAX, "2027-01-01"), ["Ada"]);
    assert_eq!(undo(&app, None).unwrap(), preview.label);
    let plan = app.plan().unwrap();
    assert_eq!(owners(&plan, INVOICES, "2027-01-01"), ["Billing"]);
    assert_eq!((plan.positions.len(), plan.memberships.len(), plan.assignments.len()), (3, 2, 2));
}

#[test]
fn several_people_move_with_position_and_share_and_keep_what_is_theirs() {
    let (_folder, app) = app();
    let people = || vec![ADA.into(), BO.into()];
    let at = on("2027-01-01");
    let preview = move_several_preview(&app, people(), PAYMENTS.into(), at).unwrap();
    assert_eq!(preview.label, "Move 1 person to Payments from 1 Jan 2027", "Bo is there already");
    move_several(&app, people(), PAYMENTS.into(), at).unwrap();
    let plan = app.plan().unwrap();
    let then = plan.as_of(day("2027-01-01"));
    let member = then.memberships(then.person_ix(ADA).unwrap()).next().unwrap();
    assert_eq!((member.team, member.share), (PAYMENTS, Some(70)));
    let held = then.positions_of(then.person_ix(ADA).unwrap());
    assert_eq!(then.position(held[0] as usize).team, Some(PAYMENTS));
    assert_eq!(owners(&plan, TAX, "2027-01-01"), ["Ada"]);
    assert_eq!(owners(&plan, INVOICES, "2027-01-01"), ["Billing"]);
    let again = move_several(&app, people(), PAYMENTS.into(), at).unwrap_err();
    assert_eq!(again.message, "all of them are on Payments already");
    assert_eq!(undo(&app, None).unwrap(), preview.label);
}

#[test]
fn what_stays_is_left_to_the_old_team() {
    let (_folder, app) = app();
    let query =
        MoveQuery { services: Vec::new(), position: PositionChoice::Takes(OPEN.into()), ..ada_to(PAYMENTS) };
    move_to_team(&app, query, on("2027-01-01")).unwrap();
    let plan = app.plan().unwrap();
    assert_eq!(owners(&plan, INVOICES, "2027-01-01"), ["Billing"]);
    assert_eq!(owners(&plan, TAX, "2027-01-01"), ["Billing"], "what she does not take is handed over");
    let then = plan.as_of(day("2027-01-01"));
    let held = then.positions_of(then.person_ix(ADA).unwrap());
    assert_eq!(held.iter().map(|at| then.position(*at as usize).id).collect::<Vec<_>>(), [OPEN]);
    assert!(!then.is_filled(then.position_ix(ENGINEER).unwrap()), "her old position is vacant");
}

#[test]
fn refusals_say_why() {
    let (_folder, app) = app();
    let new_year = on("2027-01-01");
    assert_eq!(refusal(&app, ada_to(BILLING), new_year), "Ada is on Billing already");
    let elsewhere = MoveQuery { from: Some(PAYMENTS.into()), to: Some(BILLING.into()), ..ada_to(BILLING) };
    assert_eq!(refusal(&app, elsewhere, new_year), "Ada is not on Payments from 1 Jan 2027 on");
    let bo = MoveQuery { id: BO.into(), from: None, ..ada_to(BILLING) };
    let words = refusal(&app, bo, on("2027-07-01"));
    assert_eq!(words, "Bo has their last day on 30 Jun 2027, before 1 Jul 2027");
    let words = refusal(&app, team(COMMERCE, Some(BILLING)), new_year);
    assert!(words.contains("inside itself") && words.contains("Billing"), "{words}");
    assert_eq!(refusal(&app, team(BILLING, Some(COMMERCE)), new_year), "Billing is below Commerce already");
    let nowhere = MoveQuery { to: None, ..ada_to(BILLING) };
    assert_eq!(refusal(&app, nowhere, new_year), "choose the team to move to");
}

#[test]
fn teams_move_below_another_and_to_the_top() {
    let (_folder, app) = app();
    let parent = || app.plan().unwrap().teams.get(BILLING).unwrap().parent;
    move_to_team(&app, team(BILLING, Some(PAYMENTS)), At::default()).unwrap();
    assert_eq!(parent(), Some(PAYMENTS));
    let top = MoveQuery { from: Some(PAYMENTS.into()), ..team(BILLING, None) };
    assert_eq!(
        team_move_preview(&app, top.clone(), At::default()).unwrap().label,
        "Make Billing a top-level team"
    );
    move_to_team(&app, top, At::default()).unwrap();
    assert_eq!(parent(), None);
}

/// A scenario of the plan, looked at from.
fn in_scenario(app: &AppState) -> AppState {
    let name = FieldValue::Text("Without Billing".to_owned());
    let key = add_scenario(app, vec![FieldEdit { field: "name".to_owned(), value: name, was: None }], None);
    app.in_scenario_named(&key.unwrap()).unwrap()
}

fn held(app: &AppState, at: At) -> (Vec<String>, Vec<String>) {
    let area = holding_area(app, at).unwrap().unwrap();
    let names = |list: Vec<_>| {
        list.into_iter().map(|it: headroom_app::entities::entity::NamedEntity| it.name).collect::<Vec<_>>()
    };
    (names(area.held), names(area.later))
}

#[test]
fn somebody_is_taken_off_a_team_in_a_scenario_and_placed_again() {
    let (_folder, app) = app();
    assert!(holding_area(&app, on("2027-01-01")).unwrap().is_none(), "the plan itself has none");
    let inside = in_scenario(&app);
    let march = on("2027-03-01");
    let off = MoveQuery { to: None, manager: None, services: vec![TAX.into()], ..ada_to(BILLING) };
    let preview = team_move_preview(&inside, off.clone(), march).unwrap();
    assert_eq!(preview.label, "Take Ada off Billing from 1 Mar 2027");
    move_to_team(&inside, off.clone(), march).unwrap();
    let ada = vec!["Ada".to_owned()];
    assert_eq!(held(&inside, march), (ada.clone(), vec![]), "her position is with her");
    assert_eq!(held(&inside, on("2027-01-01")), (vec![], ada));
    assert_eq!(
        move_to_team(&inside, MoveQuery { from: None, ..off }, march).unwrap_err().message,
        "Ada is on no team"
    );
    let plan = inside.plan().unwrap();
    let then = plan.as_of(day("2027-03-01"));
    let at = then.person_ix(ADA).unwrap();
    assert!(then.memberships(at).next().is_none());
    assert_eq!(then.position(then.positions_of(at)[0] as usize).team, None);
    assert_eq!(owners(&plan, TAX, "2027-03-01"), ["Ada"], "what she owns in person stays hers");
    // An empty position, which has no day.
    let open = MoveQuery {
        kind: EntityKind::Position,
        id: OPEN.into(),
        from: Some(PAYMENTS.into()),
        to: None,
        manager: None,
        services: Vec::new(),
        ..ada_to(BILLING)
    };
    move_to_team(&inside, open, march).unwrap();
    assert_eq!(held(&inside, march).0, ["Ada", "HC-3"]);
    // Placed again, with her position.
    let to = MoveQuery { from: None, manager: None, services: vec![TAX.into()], ..ada_to(PAYMENTS) };
    move_to_team(&inside, to, march).unwrap();
    assert_eq!(held(&inside, march), (vec!["HC-3".to_owned()], vec![]));
    let then = inside.plan().unwrap().as_of(day("2027-03-01"));
    let at = then.person_ix(ADA).unwrap();
    assert_eq!(then.position(then.positions_of(at)[0] as usize).team, Some(PAYMENTS));
    // The plan is as it was.
    let then = app.plan().unwrap().as_of(day("2027-03-01"));
    assert_eq!(then.memberships(then.person_ix(ADA).unwrap()).next().unwrap().team, BILLING);
}

/// Far ahead, so that no day on which this runs is after it.
fn cut_of_2090(app: &AppState, aim: &str, held: Option<Vec<Id>>) -> Result<CostCutView, String> {
    let query = CostCutQuery {
        team: None,
        from: day("2090-01-01"),
        until: day("2090-12-31"),
        aim: aim.to_owned(),
        held,
    };
    cost_cut(app, query, on("2090-01-01")).map_err(|error| error.message)
}

#[test]
fn cost_is_cut_by_holding_planned_hires() {
    let (_folder, app) = app_with(|draft| {
        for (id, key, pay) in [(20, "HC-20", 60_000), (21, "HC-21", 90_000), (22, "HC-22", 0)] {
            draft.put(Position {
                id: PositionId(id),
                key: key.into(),
                team: Some(BILLING),
                start: Some(day("2090-04-01")),
                pay: (pay > 0).then(|| Money::whole(pay, "EUR".parse().unwrap())),
                ..Position::default()
            });
        }
    });
    let hidden = cut_of_2090(&app, "10%", None).unwrap();
    assert!(hidden.figures.is_none() && hidden.lines.is_empty() && hidden.unknown.is_empty());
    app.pay.show(true);
    let view = cut_of_2090(&app, "10%", None).unwrap();
    let keys = |view: &CostCutView| -> Vec<(String, bool)> {
        view.lines.iter().map(|line| (line.position.key.clone(), line.is_held)).collect()
    };
    assert_eq!(keys(&view).iter().filter(|(_, held)| *held).count(), 1, "one is enough: {:?}", keys(&view));
    assert_eq!(view.unknown.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["HC-22"]);
    let figures = view.figures.unwrap();
    assert_eq!(
        (figures.most.text, figures.short.is_none(), figures.is_out_of_reach),
        (figures.cost.text, true, false)
    );
    // By hand: nothing, which is short of the aim.
    let none = cut_of_2090(&app, "10%", Some(Vec::new())).unwrap().figures.unwrap();
    assert_eq!((none.saves.text.as_str(), none.short.unwrap().text), ("0.00 EUR", none.aim.text));
    // More than all save.
    let all = cut_of_2090(&app, "9m EUR", None).unwrap();
    assert!(all.figures.unwrap().is_out_of_reach && all.lines.iter().all(|line| line.is_held));
    assert!(cut_of_2090(&app, "a lot", None).unwrap_err().contains("amount"));
    let over = CostCutQuery {
        team: None,
        from: day("2020-01-01"),
        until: day("2020-12-31"),
        aim: "1%".into(),
        held: None,
    };
    assert!(cost_cut(&app, over, At::default()).unwrap_err().message.contains("can’t be saved"));

    let cut = Measure::CutCost(HeldPositions { positions: vec![Id(20), Id(21)], is_closed: false });
    let at = on("2090-01-01");
    let preview = measure_preview(&app, cut.clone(), at).unwrap();
    assert_eq!((preview.label.as_str(), preview.change_count), ("Put 2 positions on hold", 2));
    take_measure(&app, cut.clone(), at).unwrap();
    let status = |id: u64| app.plan().unwrap().positions.get(PositionId(id)).unwrap().status;
    assert_eq!([status(20), status(21), status(22)], [Status::Frozen, Status::Frozen, Status::Planned]);
    assert!(
        take_measure(&app, cut, at).unwrap_err().message.contains("HC-20"),
        "nobody is sought for it any more"
    );
    assert_eq!(undo(&app, None).unwrap(), preview.label);
    assert_eq!(status(20), Status::Planned);
}

#[test]
fn a_location_is_closed_once_it_is_said_what_becomes_of_everybody() {
    let (_folder, app) = app_with(|draft| {
        draft.alter::<Person>(|row| Some(Person { location: "Oslo".into(), ..row.clone() }));
        draft.alter::<Position>(|row| Some(Position { location: "oslo ".into(), ..row.clone() }));
    });
    // Bo is gone by then.
    let last_day = day("2027-06-30");
    let at = on("2027-07-01");
    let form = location_form(&app, Some("Oslo".into()), last_day, at).unwrap();
    assert_eq!(form.people.iter().map(|row| row.person.name.as_str()).collect::<Vec<_>>(), ["Ada"]);
    assert_eq!(form.positions.len(), 2, "that of Bo and the one that was free");
    assert_eq!(form.remote.as_deref(), Some("Remote"));
    let place = &form.locations[0];
    assert_eq!((form.locations.len(), place.people, place.positions), (1, 1, 2));
    let closing = |to: Option<&str>, positions: bool| {
        let to = to.map(str::to_owned);
        let of = |id: Id| Relocation { id, to: to.clone() };
        Measure::CloseLocation(LocationClosing {
            location: "Oslo".into(),
            last_day,
            people: vec![of(ADA.into())],
            positions: if positions { vec![of(LEAD.into()), of(OPEN.into())] } else { Vec::new() },
        })
    };
    let refused = |measure: Measure| take_measure(&app, measure, at).unwrap_err().message;
    assert!(refused(closing(Some("Bergen"), false)).starts_with("say what becomes of HC-"));
    assert_eq!(refused(closing(Some("OSLO"), true)), "choose another location than Oslo");
    let relocate = closing(Some("Bergen"), true);
    let preview = measure_preview(&app, relocate.clone(), at).unwrap();
    assert_eq!(preview.label, "Closed Oslo after 30 Jun 2027: 1 person relocates");
    take_measure(&app, relocate, at).unwrap();
    let plan = app.plan().unwrap();
    assert_eq!(plan.people.get(ADA).unwrap().location, "Bergen");
    assert_eq!(plan.positions.get(ENGINEER).unwrap().until, Some(last_day), "what it was stays in Oslo");
    assert!(location_form(&app, Some("Oslo".into()), last_day, at).unwrap().people.is_empty());
    assert_eq!(undo(&app, None).unwrap(), preview.label);
    take_measure(&app, closing(None, true), at).unwrap();
    let plan = app.plan().unwrap();
    let ada = plan.people.get(ADA).unwrap();
    assert_eq!((ada.until, ada.location.as_str()), (Some(last_day), "Oslo"));
    assert_eq!(plan.positions.get(OPEN).unwrap().status, Status::Closed);
}
