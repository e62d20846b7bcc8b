//! Offboarding: what has to be decided, and that it is done as one step, as previewed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    edit::{end, end_preview},
    entities::entity::EntityKind,
    frame::undo::undo,
    hiring::backfill::BackfillChoice,
    leaving::{
        change::{OffboardQuery, offboard, offboard_preview},
        form::offboard_form,
    },
    ownership::assignment_board::Handover,
    state::{AppState, now, today},
};
use headroom_model::{Entity, LifecycleEvent, Person, PersonId, Plan};

fn sample() -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_sample::create(&folder.path().join("sample.headroom"), now(), today()).unwrap();
    (folder, AppState::on(store, "Ada".to_owned()))
}

fn omar(plan: &Plan) -> &Person {
    plan.people.get(plan.find::<Person>("omar.wong").unwrap()).unwrap()
}

fn query(person: PersonId, last_day: NaiveDate) -> OffboardQuery {
    OffboardQuery {
        person: person.into(),
        last_day,
        position: None,
        manager: None,
        handovers: Vec::new(),
        handover_day: None,
        starts_checklist: false,
    }
}

/// The new year after today.
fn new_year() -> NaiveDate {
    use chrono::Datelike;
    NaiveDate::from_ymd_opt(today().year() + 1, 1, 1).unwrap()
}

#[test]
fn what_depends_on_who_leaves_is_listed_with_candidates() {
    let (_folder, app) = sample();
    let id = omar(&app.plan().unwrap()).id;
    let form = offboard_form(&app, id.into(), At::default().on(new_year())).unwrap();
    let names: Vec<&str> = form.services.iter().map(|row| row.service.name.as_str()).collect();
    assert!(names.contains(&"Label Printer Hub") && names.contains(&"Exchange Rates"), "{names:?}");
    assert!(form.services.iter().all(|row| !row.candidates.is_empty()));
}

#[test]
fn a_departure_is_one_step_and_as_previewed() {
    let (_folder, app) = sample();
    let (id, last) = (omar(&app.plan().unwrap()).id, new_year());
    let form = offboard_form(&app, id.into(), At::default().on(last)).unwrap();
    let before = offboard_preview(&app, query(id, last), At::default()).unwrap();
    let handovers = form.services.iter().map(|row| {
        let team = row.candidates[0].team.id;
        Handover { service: row.service.id, team }
    });
    let with_owners = OffboardQuery { handovers: handovers.collect(), ..query(id, last) };
    let after = offboard_preview(&app, with_owners.clone(), At::default()).unwrap();
    assert!(after.opened_count < before.opened_count, "{} and {}", after.opened_count, before.opened_count);
    offboard(&app, with_owners).unwrap();
    let plan = app.plan().unwrap();
    assert_eq!(omar(&plan).until, Some(last));
    for row in &form.services {
        let then = plan.as_of(last.succ_opt().unwrap());
        let owners = then.owners(then.service_ix(row.service.id.into()).unwrap());
        assert_eq!(owners.len(), 1, "{}", row.service.name);
        assert!(plan.ownerships.iter().any(|one| {
            one.service == row.service.id.into() && one.date_range().contains(today()) && one.until.is_some()
        }));
    }
    assert_eq!(undo(&app, None).unwrap(), after.label);
    assert_ne!(omar(&app.plan().unwrap()).until, Some(last));
}

#[test]
fn positions_are_decided_and_checklists_started() {
    let (_folder, app) = sample();
    let plan = app.plan().unwrap();
    // Somebody with a position and no last day.
    let row = plan.assignments.iter().filter(|row| row.until.is_none() && row.date_range().contains(today()));
    let mut people = row.map(|row| row.person).filter(|id| plan.people.get(*id).unwrap().until.is_none());
    let person = people.find(|id| {
        let form = offboard_form(&app, (*id).into(), At::default().on(new_year())).unwrap();
        form.positions.len() == 1 && form.checklist_problem.is_none()
    });
    let (person, last) = (person.unwrap(), new_year());
    let form = offboard_form(&app, person.into(), At::default().on(last)).unwrap();
    let decided = OffboardQuery {
        position: Some(BackfillChoice::Backfill),
        starts_checklist: true,
        ..query(person, last)
    };
    offboard(&app, decided).unwrap();
    let plan = app.plan().unwrap();
    let position = plan.positions.get(form.positions[0].id.into()).unwrap();
    assert_eq!(position.until, Some(last));
    assert!(plan.positions.iter().any(|row| row.backfill_of == Some(position.id)));
    let lists = plan.checklists.iter().filter(|row| row.person == person);
    assert!(lists.into_iter().any(|row| row.occasion == LifecycleEvent::Leave && row.start == last));
    let again = offboard_form(&app, person.into(), At::default().on(last)).unwrap();
    assert!(again.checklist_problem.unwrap().contains("already"));
}

#[test]
fn nobody_leaves_before_they_begin() {
    let (_folder, app) = sample();
    let plan = app.plan().unwrap();
    let joins = plan.people.iter().find(|row| row.from.is_some()).unwrap();
    let first = joins.from.unwrap();
    let error = offboard(&app, query(joins.id, first.pred_opt().unwrap())).unwrap_err();
    assert!(error.message.contains("begins on"), "{}", error.message);
    assert!(offboard_preview(&app, query(joins.id, first.pred_opt().unwrap()), At::default()).is_err());
}

#[test]
fn an_end_is_as_previewed() {
    let (_folder, app) = sample();
    let plan = app.plan().unwrap();
    let service = plan.services.iter().find(|row| row.until.is_none()).unwrap().id;
    let day = new_year();
    let at = At::default().on(day);
    let preview = end_preview(&app, EntityKind::Service, service.into(), at).unwrap();
    assert!(preview.label.starts_with("Retired ") && preview.change_count == 1);
    end(&app, EntityKind::Service, vec![service.into()], Some(day)).unwrap();
    assert_eq!(app.plan().unwrap().services.get(service).unwrap().until, day.pred_opt());
    assert_eq!(undo(&app, None).unwrap(), preview.label);
}
