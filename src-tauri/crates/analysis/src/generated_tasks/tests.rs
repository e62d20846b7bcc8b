//! Tests of generated tasks, with learning paths and introductions against brute force.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Dependency, Membership, Ownership, Person, Plan, Service, ServiceId, Team, csr::Csr, role,
};
use proptest::prelude::*;

use super::*;
use crate::{
    graph::{DependencyGraph, condensation},
    onboarding::NewHires,
};

mod leaving;
mod take_over;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Services that depend on each other by index. The first half belongs to Ada's team, the others to another one.
fn plan(count: usize, needs: &[(usize, usize)]) -> (Arc<Plan>, NewHire) {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let teams = ["ours", "theirs"].map(|key| {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: key.into(), name: key.to_uppercase(), ..Team::default() });
        id
    });
    let people = [("ada", 0), ("ben", 0), ("cleo", 1)].map(|(key, team)| {
        let (id, membership) = (draft.new_id::<Person>(), draft.new_id::<Membership>());
        draft.put(Person { id, key: key.into(), name: key.to_uppercase(), ..Person::default() });
        let role = if key == "cleo" { "lead" } else { "member" }.to_owned();
        draft.put(Membership {
            id: membership,
            person: id,
            team: teams[team],
            role,
            ..Membership::default()
        });
        id
    });
    let services: Vec<ServiceId> = (0..count)
        .map(|at| {
            let (id, ownership) = (draft.new_id::<Service>(), draft.new_id::<Ownership>());
            draft.put(Service { id, key: format!("s{at}"), name: format!("S{at}"), ..Service::default() });
            let owner = headroom_model::Owner::Team(teams[usize::from(at >= count.div_ceil(2))]);
            let role = role::OWNER.to_owned();
            draft.put(Ownership { id: ownership, service: id, owner, role, ..Ownership::default() });
            id
        })
        .collect();
    for (from, to) in needs.iter().filter(|(from, to)| from != to) {
        let id = draft.new_id::<Dependency>();
        draft.put(Dependency {
            id,
            service: services[*from],
            depends_on: services[*to],
            ..Dependency::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let plan = Arc::new(plan);
    let new_hire = NewHires::new(&plan).of(people[0], LifecycleEvent::Join, "2027-01-04".parse().unwrap());
    (plan, new_hire)
}

fn view(plan: &Arc<Plan>) -> DayView {
    DayView::new(plan, "2027-01-04".parse().unwrap(), None)
}

#[test]
fn unconfirmed_owners_are_not_introduced() {
    let (mut plan, new_hire) = plan(2, &[(0, 1)]);
    let to_meet = |plan: &Arc<Plan>| introductions::introductions(&view(plan), &new_hire, None).len();
    assert_eq!(to_meet(&plan), 2, "a colleague, and the lead of the team below");
    let mut draft = Draft::new(&plan);
    let cleo = plan.memberships.iter().find(|row| row.role == "lead").unwrap();
    draft.remove::<Membership>(cleo.id);
    let changes = draft.finish();
    Arc::make_mut(&mut plan).apply(&changes).unwrap();
    assert_eq!(to_meet(&plan), 2, "a team of which nobody is known");
    let mut draft = Draft::new(&plan);
    let theirs = plan.teams.iter().find(|row| row.key == "theirs").unwrap();
    draft.put(Team { unconfirmed: true, ..theirs.clone() });
    let changes = draft.finish();
    Arc::make_mut(&mut plan).apply(&changes).unwrap();
    assert_eq!(to_meet(&plan), 1, "only a name in some file");
}

/// What a service depends on, directly or not, by repeating until nothing is added.
fn reach(forward: &Csr, start: usize) -> Vec<bool> {
    let mut reached = vec![false; forward.groups()];
    let mut grows = true;
    forward.of(start).iter().for_each(|next| reached[*next as usize] = true);
    while grows {
        grows = false;
        for at in 0..forward.groups() {
            if reached[at] {
                for next in forward.of(at) {
                    grows |= !std::mem::replace(&mut reached[*next as usize], true);
                }
            }
        }
    }
    reached
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn learning_path_is_a_topological_order(
        needs in proptest::collection::vec((0usize..14, 0usize..14), 0..40)
    ) {
        let (plan, new_hire) = plan(14, &needs);
        let snapshot = plan.as_of("2027-01-04".parse().unwrap());
        let forward = snapshot.needs_graph();
        let condensed = condensation(DependencyGraph { forward, backward: snapshot.needed_by_graph() });
        let services = learning_path::owned(&snapshot, &new_hire);
        prop_assert_eq!(services.len(), 7);
        let lessons = learning_path(&snapshot, &condensed, |at| snapshot.needed_by(at).len() as u32, &services);
        let place = |service: usize| lessons.iter().position(|lesson| lesson.services.contains(&service)).unwrap();
        let mut all: Vec<usize> = lessons.iter().flat_map(|lesson| lesson.services.clone()).collect();
        all.sort_unstable();
        prop_assert_eq!(&all, &services, "each once");
        for service in &services {
            let stands_on = reach(forward, *service);
            for other in services.iter().filter(|other| *other != service && stands_on[**other]) {
                if reach(forward, *other)[*service] {
                    prop_assert_eq!(place(*other), place(*service), "a circle is one step");
                } else {
                    prop_assert!(place(*other) < place(*service));
                }
            }
        }
    }

    #[test]
    fn introductions_cover_neighbouring_teams_once(
        needs in proptest::collection::vec((0usize..8, 0usize..8), 0..20)
    ) {
        let (plan, new_hire) = plan(8, &needs);
        let meetings = introductions(&view(&plan), &new_hire, None);
        let mut people: Vec<_> = meetings.iter().filter_map(|meeting| meeting.person).collect();
        let all = people.len();
        people.sort_unstable_by_key(|person| person.0);
        people.dedup();
        prop_assert_eq!(people.len(), all);
        prop_assert!(!people.contains(&new_hire.person));
        let is_next_door = needs.iter().any(|(from, to)| (*from < 4) != (*to < 4));
        let cleo = plan.people.rows()[2].id;
        prop_assert_eq!(people.contains(&cleo), is_next_door);
    }
}

/// In a list, tasks are ordered by section and within each by due date.
#[test]
fn rows_are_ordered_by_section_and_due_date() {
    let (before, new_hire) = plan(6, &[(1, 0), (0, 5)]);
    let mut plan = Plan::clone(&before);
    let mut draft = Draft::new(&before);
    let list = Checklist { id: draft.new_id::<Checklist>(), person: new_hire.person, ..Checklist::default() };
    draft.put(Checklist { start: day("2027-01-04"), ..list });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let plan = Arc::new(plan);
    let calendar = crate::schedule::Calendar::new(&plan);
    let schedules = crate::onboarding::ChecklistSchedules::new(&plan, &calendar, day("2027-01-04"));
    let schedule = schedules.course(&plan.checklists.rows()[0]).unwrap();
    let mut draft = Draft::new(&plan);
    let rows = rows(&mut draft, &view(&plan), &schedule);
    assert!(rows.is_sorted_by_key(|row| row.place) && rows.len() > 3);
    let mut runs: Vec<&str> = rows.iter().map(|row| row.section.as_str()).collect();
    runs.dedup();
    assert_eq!(runs, ["What your team owns", "People to meet", "First tasks"]);
    for section in runs {
        let own = rows.iter().filter(|row| row.section == section);
        assert!(own.map(|row| row.due.unwrap().working_days).is_sorted());
    }
}

#[test]
fn changed_tasks_become_rows_and_the_rest_follows_the_plan() {
    let (plan, new_hire) = plan(4, &[(1, 0), (0, 2)]);
    let list = Checklist { id: 90.into(), person: new_hire.person, ..Checklist::default() };
    let found = generated_tasks(&view(&plan), &list, &new_hire);
    let titles: Vec<&str> = found.iter().map(|found| found.title.as_str()).collect();
    let at = |title: &str| titles.iter().position(|found| *found == title).unwrap();
    assert!(at("Get to know S0") < at("Get to know S1"), "{titles:?}");
    let cleo = &found[at("Meet CLEO")].text;
    assert!(cleo.contains("THEIRS owns S2, which S0 depends on"), "{cleo}");
    assert!(titles.contains(&"Meet BEN"));
    let mut after = (*plan).clone();
    let mut draft = Draft::new(&plan);
    draft.put(list.clone());
    let learn = &found[at("Get to know S0")];
    let row = materialize(&mut draft, list.id, learn);
    draft.put(row);
    let changes = draft.finish();
    after.apply(&changes).unwrap();
    let rows: Vec<&ChecklistItem> = after.checklist_items.iter().collect();
    assert_eq!(not_materialized(&found, &rows).count(), found.len() - 1);
    let mut draft = Draft::new(&after);
    assert_eq!(materialize(&mut draft, list.id, learn).id, rows[0].id, "taken up once");
}
