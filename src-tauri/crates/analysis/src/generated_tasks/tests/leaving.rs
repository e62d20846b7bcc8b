//! Generated tasks for leaving: services to hand over, positions and reports.

use headroom_model::{Assignee, Assignment, Owner, PersonId, Position, vacancy};

use super::*;
use crate::onboarding::NewHires;

const LAST: &str = "2027-03-31";

/// A small organisation, built row by row.
struct Org {
    plan: Plan,
}

impl Org {
    /// Ada, who is employed until the end of March, and Ben and Cleo, who remain.
    fn new() -> Self {
        let mut org = Self { plan: Plan::default() };
        org.edit(|draft| {
            for key in ["ada", "ben", "cleo"] {
                let id = draft.new_id::<Person>();
                let until = (key == "ada").then(|| day(LAST));
                draft.put(Person {
                    id,
                    key: key.into(),
                    name: key.to_uppercase(),
                    until,
                    ..Person::default()
                });
            }
        });
        org
    }

    fn edit(&mut self, collect: impl FnOnce(&mut Draft<'_>)) {
        let mut draft = Draft::new(&self.plan);
        collect(&mut draft);
        let changes = draft.finish();
        self.plan.apply(&changes).unwrap();
    }

    fn person(&self, key: &str) -> PersonId {
        self.plan.find::<Person>(key).unwrap()
    }

    fn owner(&self, key: &str) -> Owner {
        match self.plan.find::<Team>(key) {
            Some(team) => Owner::Team(team),
            None => Owner::Person(self.person(key)),
        }
    }

    fn team(&mut self, key: &str, people: &[&str]) {
        let people: Vec<PersonId> = people.iter().map(|key| self.person(key)).collect();
        self.edit(|draft| {
            let team = draft.new_id::<Team>();
            draft.put(Team { id: team, key: key.into(), name: key.to_uppercase(), ..Team::default() });
            for person in people {
                let id = draft.new_id::<Membership>();
                draft.put(Membership { id, person, team, role: "member".into(), ..Membership::default() });
            }
        });
    }

    fn hold(&mut self, service: &str, rows: &[(&str, &str)]) {
        let rows: Vec<(Owner, String)> =
            rows.iter().map(|(owner, role)| (self.owner(owner), (*role).to_owned())).collect();
        self.edit(|draft| {
            let service_id = draft.new_id::<Service>();
            let (key, name) = (service.into(), service.to_uppercase());
            draft.put(Service { id: service_id, key, name, ..Service::default() });
            for (owner, role) in rows {
                let id = draft.new_id::<Ownership>();
                draft.put(Ownership { id, service: service_id, owner, role, ..Ownership::default() });
            }
        });
    }

    /// A position with an occupant.
    fn position(&mut self, key: &str, person: &str, manager: Option<&str>) {
        let person = self.person(person);
        let manager = manager.map(|key| self.plan.find::<Position>(key).unwrap());
        self.edit(|draft| {
            let (id, row) = (draft.new_id::<Position>(), draft.new_id::<Assignment>());
            draft.put(Position { id, key: key.into(), manager, ..Position::default() });
            draft.put(Assignment { id: row, position: id, person, ..Assignment::default() });
        });
    }

    fn seat(&self, key: &str) -> Position {
        self.plan.positions.get(self.plan.find::<Position>(key).unwrap()).unwrap().clone()
    }

    fn ends(&mut self, person: &str, until: &str) {
        let id = self.person(person);
        let until = Some(day(until));
        let row = Person { until, ..self.plan.people.get(id).unwrap().clone() };
        self.edit(|draft| draft.put(row));
    }

    fn found(&self) -> Vec<GeneratedTask> {
        let plan = Arc::new(self.plan.clone());
        let person = self.person("ada");
        let list = Checklist {
            id: 900.into(),
            person,
            occasion: LifecycleEvent::Leave,
            start: day(LAST),
            ..Checklist::default()
        };
        let new_hire = NewHires::new(&plan).of(person, LifecycleEvent::Leave, day(LAST));
        generated_tasks(&view(&plan), &list, &new_hire)
    }

    fn titles(&self) -> Vec<String> {
        self.found().into_iter().map(|found| found.title).collect()
    }
}

#[test]
fn remaining_co_owners_need_no_handover() {
    let mut org = Org::new();
    org.team("pay", &["ben"]);
    org.hold("s1", &[("ada", "owner"), ("ben", "owner")]);
    org.hold("s2", &[("ada", "owner"), ("pay", "owner")]);
    org.hold("s3", &[("ada", "owner"), ("ben", "backup")]);
    org.hold("s4", &[("ada", "backup"), ("cleo", "backup"), ("ben", "owner")]);
    org.hold("s5", &[("ada", "backup"), ("ben", "owner")]);
    let found = org.found();
    let titles: Vec<&str> = found.iter().map(|found| found.title.as_str()).collect();
    assert_eq!(titles, ["Hand over S3", "Find a backup owner for S5"]);
    let text =
        "You are the only owner of S3: it will be unowned after your last day. BEN, its backup, remains.";
    assert_eq!(found[0].text, text);
}

#[test]
fn owners_who_leave_too_do_not_count() {
    let mut org = Org::new();
    org.team("pay", &["ada", "ben"]);
    org.team("gone", &["cleo"]);
    org.hold("s1", &[("ada", "owner"), ("ben", "owner")]);
    org.hold("s2", &[("ada", "owner"), ("pay", "owner")]);
    org.hold("s3", &[("ada", "owner"), ("gone", "owner")]);
    assert_eq!(org.titles(), [] as [&str; 0]);
    // Someone who leaves a day later can still take over.
    org.ends("ben", "2027-04-01");
    assert_eq!(org.titles(), [] as [&str; 0]);
    org.ends("ben", LAST);
    assert_eq!(org.titles(), ["Hand over S1", "Hand over S2"]);
    let team = Team {
        until: Some(day("2027-02-28")),
        ..org.plan.teams.get(org.plan.find::<Team>("gone").unwrap()).unwrap().clone()
    };
    org.edit(|draft| draft.put(team));
    assert_eq!(org.titles(), ["Hand over S1", "Hand over S2", "Hand over S3"]);
}

#[test]
fn services_of_a_team_left_empty_need_a_handover() {
    let mut org = Org::new();
    org.team("pay", &["ada"]);
    org.hold("s1", &[("pay", "owner")]);
    let found = org.found();
    assert_eq!(found[0].title, "Hand over S1");
    assert!(found[0].text.starts_with("PAY owns S1 and has no one left after you:"), "{}", found[0].text);
    // The last day may be in their checklist only.
    let ada = Person { until: None, ..org.plan.people.rows()[0].clone() };
    org.edit(|draft| draft.put(ada));
    assert_eq!(org.titles(), ["Hand over S1"]);
    let (team, person) = (org.plan.teams.rows()[0].id, org.person("ben"));
    org.edit(|draft| {
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person, team, role: "member".into(), ..Membership::default() });
    });
    assert_eq!(org.titles(), [] as [&str; 0]);
}

/// In any order of rows, with duplicates, and in custom roles.
#[test]
fn each_service_role_has_one_task() {
    let mut org = Org::new();
    org.hold("s1", &[("ada", "owner"), ("ada", "backup"), ("ada", "owner"), ("ada", "security contact")]);
    org.hold("s2", &[("ada", "security contact"), ("ben", "security contact"), ("ben", "backup")]);
    // Roles do not substitute each other.
    org.hold("s3", &[("ada", "backup"), ("ben", "security contact"), ("cleo", "owner")]);
    let found = org.found();
    let keys: Vec<&str> = found.iter().map(|found| found.key.split(':').next().unwrap()).collect();
    assert_eq!(keys, ["backup", "own", "role", "backup"]);
    assert_eq!(found[2].title, "Find a new security contact for S1");
}

#[test]
fn manager_has_a_backfill_task_until_it_is_decided() {
    let mut org = Org::new();
    org.position("HC-1", "ben", None);
    org.position("HC-2", "ada", Some("HC-1"));
    let found = org.found();
    assert_eq!((found.len(), found[0].title.as_str()), (1, "Decide: backfill or close HC-2"));
    assert_eq!(found[0].assignee, Assignee::Manager);
    assert_eq!(found[0].row(1.into(), 2.into(), ListPlace::default()).assignee, Assignee::Manager);
    assert!(
        found[0].text.starts_with("ADA leaves on 31 Mar 2027, and there is no backfill decision"),
        "{}",
        found[0].text
    );
    for decision in
        [vacancy::VacancyDecision::Backfill, vacancy::VacancyDecision::Close, vacancy::VacancyDecision::Hold]
    {
        let mut org = Org { plan: org.plan.clone() };
        let row = org.seat("HC-2");
        org.edit(|draft| {
            vacancy::resolve_vacancy(draft, &row, day(LAST), decision);
        });
        assert_eq!(org.titles(), [] as [&str; 0], "{decision:?}");
    }
    // The last day may be in their checklist only.
    let ada = Person { until: None, ..org.plan.people.rows()[0].clone() };
    org.edit(|draft| draft.put(ada));
    assert_eq!(org.titles(), ["Decide: backfill or close HC-2"]);
}

#[test]
fn manager_has_a_task_for_reports_without_a_manager() {
    let mut org = Org::new();
    org.position("HC-1", "ben", None);
    org.position("HC-2", "ada", Some("HC-1"));
    org.position("HC-3", "cleo", Some("HC-2"));
    let found = org.found();
    let item = &found[1];
    assert_eq!((item.title.as_str(), &item.assignee), ("Reassign reports: CLEO", &Assignee::Manager));
    let text =
        "They report to HC-2 until 31 Mar 2027. After that, according to the plan:\n\n- CLEO: HC-2 (vacant)";
    assert_eq!(item.text, text);
    // The position ends, and Ben is the next one above.
    let row = org.seat("HC-2");
    org.edit(|draft| {
        vacancy::resolve_vacancy(draft, &row, day(LAST), vacancy::VacancyDecision::Close);
    });
    assert_eq!(org.titles(), [] as [&str; 0]);
    // Without Ben there is nobody above.
    org.ends("ben", LAST);
    assert_eq!(org.titles(), ["Reassign reports: CLEO"]);
}
