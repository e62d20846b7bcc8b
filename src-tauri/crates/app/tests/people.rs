//! What one person and one domain have to do with, figured out by hand on a small plan; who somebody is, whom they
//! meet, and what moves with their first day.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::ErrorKind,
    findings::{
        finding::{FindingFilter, FindingQuery, finding_groups},
        lines::finding_rows,
        review::{FindingChoice, ReviewEdit, review_findings},
    },
    onboarding::{
        item_state::{ItemChoice, StateChoice, set_item_state},
        list::{checklist::list_view, introductions::people_to_meet},
    },
    overview::{
        Overview, OverviewScope, overview, overview_choices, overview_document,
        person::{PersonOverview, owed::OwedAs, person_overview, person_overview_document},
    },
    ownership::services::service_rows,
    paging::{ColumnFilter, RowQuery},
    people::{
        first_day::{first_day_preview, set_first_day},
        me::{current_person, people_named},
    },
    state::{AppState, now},
};
use headroom_model::{
    Assignee, Budget, Checklist, ChecklistItem, Draft, Due, Entity, Grouping, GroupingKind, ItemState,
    LifecycleEvent, ListPlace, Membership, Owner, Ownership, Person, Service, Team, role,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Monday.
fn at() -> At {
    At { day: Some(day("2026-12-14")), planned_hires: true }
}

struct Desk {
    _folder: tempfile::TempDir,
    app: AppState,
}

impl Desk {
    fn person(&self, key: &str) -> Id {
        self.app.plan().unwrap().find::<Person>(key).unwrap().into()
    }

    fn list(&self) -> Id {
        self.app.plan().unwrap().checklists.iter().next().unwrap().id.into()
    }

    fn domain(&self, name: &str) -> Id {
        let plan = self.app.plan().unwrap();
        let is_it = |row: &&Grouping| row.name == name && row.kind == GroupingKind::Domain;
        plan.groupings.iter().find(is_it).unwrap().id.into()
    }

    fn of(&self, key: &str) -> PersonOverview {
        person_overview(&self.app, self.person(key), at()).unwrap()
    }

    fn of_domain(&self, name: &str) -> Overview {
        overview(&self.app, OverviewScope::Domain(self.domain(name)), at()).unwrap()
    }
}

/// Till with its lead Ada and with Bo, who leaves on 15 January; Yard with Cy. Till owns Pay, Cy owns Gate with Ada as
/// backup, and nobody owns Lift. Grace joins Till on 11 January 2027 with Cy as buddy; a namesake is on Yard.
fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_store::Store::create(&folder.path().join("till.headroom"), now()).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    let make = |draft: &mut Draft<'_>| {
        set_up(draft);
        Ok(())
    };
    app.edit(|_| "Set up".to_owned(), make).unwrap();
    Desk { _folder: folder, app }
}

fn set_up(draft: &mut Draft<'_>) {
    let [till, yard] = ["Till", "Yard"].map(|name| {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: name.to_lowercase(), name: name.into(), ..Team::default() });
        id
    });
    let mut person = |key: &str, name: &str, team, role: &str, from: &str, until: &str| {
        let id = draft.new_id::<Person>();
        let (from, until) = (from.parse().ok(), until.parse().ok());
        let email = format!("{key}@till.example");
        draft.put(Person { id, key: key.into(), name: name.into(), email, from, until, ..Person::default() });
        let row = draft.new_id::<Membership>();
        draft.put(Membership { id: row, person: id, team, role: role.into(), from, ..Membership::default() });
        id
    };
    let ada = person("ada", "Ada", till, "lead", "", "");
    person("bo", "Bo", till, "member", "", "2027-01-15");
    let cy = person("cy", "Cy", yard, "member", "", "");
    let grace = person("grace", "Grace Nair", till, "member", "2027-01-11", "");
    person("grace-2", "Gracé NAIR", yard, "member", "", "");
    services(draft, Owner::Team(till), Owner::Person(cy), Owner::Person(ada));
    let budget = draft.new_id::<Budget>();
    draft.put(Budget {
        id: budget,
        amount: Some("100000 EUR".parse().unwrap()),
        seats: Some("9".parse().unwrap()),
        from: Some(day("2026-01-01")),
        until: Some(day("2027-12-31")),
        ..Budget::default()
    });
    let list = draft.new_id::<Checklist>();
    draft.put(Checklist {
        id: list,
        person: grace,
        occasion: LifecycleEvent::Join,
        start: day("2027-01-11"),
        buddy: Some(cy),
        ..Checklist::default()
    });
    let done = ItemState::Done { on: day("2026-12-01"), by: "Grace".into() };
    let due = |working_days| Some(Due { working_days, after: None });
    let items = [
        ChecklistItem { title: "Contract".into(), due: due(-9), state: done, ..ChecklistItem::default() },
        ChecklistItem { title: "Badge".into(), due: due(-1), ..ChecklistItem::default() },
        ChecklistItem {
            title: "Laptop".into(),
            due_by_hand: Some(day("2026-12-01")),
            assignee: Assignee::Manager,
            ..ChecklistItem::default()
        },
        ChecklistItem {
            title: "Tour".into(),
            due: due(0),
            assignee: Assignee::Manager,
            ..ChecklistItem::default()
        },
        ChecklistItem {
            title: "Lunch".into(),
            due: due(0),
            assignee: Assignee::Buddy,
            optional: true,
            ..ChecklistItem::default()
        },
        ChecklistItem { title: "Knows the till".into(), goal: true, ..ChecklistItem::default() },
    ];
    for (at, item) in items.into_iter().enumerate() {
        let id = draft.new_id::<ChecklistItem>();
        draft.put(ChecklistItem { id, checklist: list, place: ListPlace::nth(at), ..item });
    }
}

/// Money has Pay; Freight has the system Docks with Gate, and Lift.
fn services(draft: &mut Draft<'_>, till: Owner, cy: Owner, ada: Owner) {
    let mut grouping = |name: &str, kind, parent| {
        let id = draft.new_id::<Grouping>();
        draft.put(Grouping {
            id,
            kind,
            key: name.to_lowercase(),
            name: name.into(),
            parent,
            ..Grouping::default()
        });
        id
    };
    let money = grouping("Money", GroupingKind::Domain, None);
    let freight = grouping("Freight", GroupingKind::Domain, None);
    let docks = grouping("Docks", GroupingKind::System, Some(freight));
    let mut service = |name: &str, domain, system, owners: &[(Owner, &str)]| {
        let id = draft.new_id::<Service>();
        draft.put(Service {
            id,
            key: name.to_lowercase(),
            name: name.into(),
            domain,
            system,
            ..Service::default()
        });
        for (owner, role) in owners {
            let row = draft.new_id::<Ownership>();
            draft.put(Ownership {
                id: row,
                service: id,
                owner: *owner,
                role: (*role).to_owned(),
                ..Ownership::default()
            });
        }
    };
    service("Pay", Some(money), None, &[(till, role::OWNER)]);
    service("Gate", None, Some(docks), &[(cy, role::OWNER), (ada, role::BACKUP)]);
    service("Lift", Some(freight), None, &[]);
}

fn names(entities: impl Iterator<Item = NamedEntity>) -> Vec<String> {
    entities.map(|entity| entity.name).collect()
}

#[test]
fn a_lead_has_teams_services_items_of_others_and_reports() {
    let desk = desk();
    let ada = desk.of("ada");
    assert!(ada.is_there);
    let team = &ada.teams[0];
    assert_eq!(
        (ada.teams.len(), team.team.name.as_str(), team.role.as_str(), team.people),
        (1, "Till", "lead", 2)
    );
    let mut services: Vec<(String, Option<String>)> = ada
        .services
        .iter()
        .map(|row| (row.service.name.clone(), row.team.as_ref().map(|t| t.name.clone())))
        .collect();
    services.sort();
    assert_eq!(services, [("Gate".to_owned(), None), ("Pay".to_owned(), Some("Till".to_owned()))]);
    assert_eq!(ada.services_total, 2);
    let items: Vec<_> =
        ada.items.items.iter().map(|it| (it.title.as_str(), it.role, it.is_overdue)).collect();
    assert_eq!(items, [("Laptop", OwedAs::Manager, true), ("Tour", OwedAs::Manager, false)]);
    assert_eq!((ada.items.total, ada.items.overdue), (2, 1));
    assert_eq!(ada.items.items[1].due, Some(day("2027-01-11")));
    assert_eq!(ada.reports, 1, "Bo; Grace is still to come");
    let moves = &ada.moves;
    assert_eq!(names(moves.joining.iter().map(|row| row.who.clone())), ["Grace Nair"]);
    assert_eq!(names(moves.leaving.iter().map(|row| row.who.clone())), ["Bo"]);
    assert!(!moves.joining[0].lacks_checklist);
}

#[test]
fn a_buddy_owes_what_is_the_buddys_and_a_new_hire_what_is_their_own() {
    let desk = desk();
    let cy = desk.of("cy");
    let items: Vec<_> = cy.items.items.iter().map(|it| (it.title.as_str(), it.role)).collect();
    assert_eq!(items, [("Lunch", OwedAs::Buddy)]);
    assert_eq!(cy.services[0].role, role::OWNER);
    assert_eq!((cy.reports, cy.moves.joining_total, cy.moves.leaving_total), (0, 0, 0));
    let grace = desk.of("grace");
    assert!(!grace.is_there && grace.teams.is_empty() && grace.services.is_empty());
    assert_eq!(grace.from, Some(day("2027-01-11")));
    // Neither what is done nor the goal.
    let items: Vec<_> = grace.items.items.iter().map(|it| (it.title.as_str(), it.role, it.due)).collect();
    assert_eq!(items, [("Badge", OwedAs::Own, Some(day("2027-01-08")))]);
    let error = person_overview(&desk.app, Id(1), at()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[test]
fn findings_that_somebody_deals_with_are_theirs() {
    let desk = desk();
    let query = FindingQuery { rule: "unowned-service".into(), ..FindingQuery::default() };
    let query = FindingQuery { rows: RowQuery { limit: 9, ..RowQuery::default() }, ..query };
    let found = finding_rows(&desk.app, query, at()).unwrap().rows;
    let id = found[0].finding.as_ref().unwrap().id.clone();
    let choice = FindingChoice { findings: vec![id.clone()], ..FindingChoice::default() };
    let cy = Some(desk.person("cy"));
    review_findings(&desk.app, choice, ReviewEdit::Assign { person: cy }, at()).unwrap();
    let shown = desk.of("cy");
    assert_eq!((shown.findings_total, shown.findings[0].id.as_str()), (1, id.as_str()));
    assert_eq!(desk.of("ada").findings_total, 0);
    let document = person_overview_document(&desk.app, desk.person("cy"), at()).unwrap();
    assert!(
        document.starts_with("# Cy on 14 Dec 2026\n\n## Teams\n\n- Yard: member, 2 people"),
        "{document}"
    );
    assert!(
        document.contains("## Checklist items\n\n- 11 Jan 2027: Lunch (for Grace Nair as buddy)\n"),
        "{document}"
    );
    assert!(document.contains("## Assigned findings\n\n- **"), "{document}");
    assert!(!document.contains("Reports"), "{document}");
    let document = person_overview_document(&desk.app, desk.person("grace"), at()).unwrap();
    assert!(document.contains("\n\nJoins on 11 Jan 2027.\n"), "{document}");
}

#[test]
fn a_domain_has_the_figures_of_its_services_and_of_who_owns_them() {
    let desk = desk();
    let money = desk.of_domain("Money");
    let parts = money.domain.as_ref().unwrap();
    assert_eq!((parts.services, parts.unowned, parts.systems), (1, 0, 0));
    assert_eq!(names(parts.teams.iter().cloned()), ["Till"]);
    assert_eq!(money.headcount.people, 2.0, "Ada and Bo");
    assert!(money.cost.is_none() && money.headcount.budget.is_none(), "the budget is the organisation's");
    assert_eq!((money.moves.joining_total, money.moves.leaving_total), (1, 1));
    let freight = desk.of_domain("Freight");
    let parts = freight.domain.as_ref().unwrap();
    assert_eq!((parts.services, parts.unowned, parts.systems), (2, 1, 1));
    assert!(parts.teams.is_empty(), "a person owns Gate");
    assert_eq!((freight.headcount.people, freight.on_call.teams, freight.overdue.items), (0.0, 0, 0));
    let document = overview_document(&desk.app, OverviewScope::Domain(desk.domain("Freight")), at()).unwrap();
    assert!(document.contains("| Services | 2 services in 1 system, 1 unowned |"), "{document}");
    assert!(
        document.contains("| Teams | no team owns a service |") && !document.contains("| Cost"),
        "{document}"
    );
    let whole = overview(&desk.app, OverviewScope::Organisation, at()).unwrap();
    assert!(whole.cost.is_some() && whole.headcount.budget == Some(9.0));
    let choices = overview_choices(&desk.app, OverviewScope::Organisation, at()).unwrap();
    let domains: Vec<&str> = choices.domains.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(domains, ["Freight", "Money"]);
    let system = desk.app.plan().unwrap().groupings.iter().find(|row| row.name == "Docks").unwrap().id;
    let error = overview(&desk.app, OverviewScope::Domain(system.into()), at()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound, "a system is no domain");
}

#[test]
fn figures_of_a_domain_are_those_of_the_lists_that_they_lead_to() {
    let desk = desk();
    for name in ["Money", "Freight"] {
        let shown = desk.of_domain(name);
        let domain = Some(desk.domain(name));
        let rows = RowQuery { limit: 99, ..RowQuery::default() };
        let query = FindingQuery { domain, rows: rows.clone(), ..FindingQuery::default() };
        let found = finding_rows(&desk.app, query, at()).unwrap();
        assert_eq!(shown.findings.as_ref().unwrap().total, found.findings, "{name}");
        let groups = finding_groups(&desk.app, FindingFilter::Open, domain, at()).unwrap();
        let figures = shown.findings.as_ref().unwrap();
        assert_eq!((groups.critical, groups.high), (figures.critical, figures.high), "{name}");
        let of_rules: u32 = groups.by_rule.iter().map(|group| group.findings.count).sum();
        assert_eq!(of_rules, found.findings, "{name}");
        let any_of = vec![format!("grouping:{}", desk.domain(name).0)];
        let filter = ColumnFilter { column: "domain".to_owned(), any_of, ..ColumnFilter::default() };
        let services = service_rows(&desk.app, RowQuery { filters: vec![filter], ..rows }, at());
        assert_eq!(shown.domain.unwrap().services, services.unwrap().found, "{name}");
    }
    assert!(desk.of_domain("Freight").findings.unwrap().total > 0, "nobody owns Lift");
}

#[test]
fn somebody_is_told_apart_from_a_namesake_and_has_an_open_onboarding_checklist() {
    let desk = desk();
    let known = |key: &str| current_person(&desk.app, desk.person(key), at()).unwrap().unwrap();
    assert_eq!(
        (known("grace").label.as_str(), known("grace-2").label.as_str()),
        ("Grace Nair (Till)", "Gracé NAIR (Yard)")
    );
    assert_eq!((known("ada").label.as_str(), known("ada").onboarding), ("Ada", None));
    assert_eq!(known("grace").onboarding, Some(desk.list()));
    let later = At { day: Some(day("2027-01-16")), ..at() };
    let left = current_person(&desk.app, desk.person("bo"), later).unwrap().unwrap();
    assert_eq!((left.left, left.team.unwrap().name.as_str()), (Some(day("2027-01-15")), "Till"));
    assert!(current_person(&desk.app, Id(1), at()).unwrap().is_none(), "not in the plan");
    let found = people_named(&desk.app, "grace nair".into(), at(), 9).unwrap();
    let details: Vec<&str> = found.iter().map(|row| row.detail.as_str()).collect();
    assert_eq!(details, ["Yard", "Till · joins 11 Jan 2027"]);
    for title in ["Badge", "Laptop", "Tour"] {
        complete(&desk, title);
    }
    assert_eq!(known("grace").onboarding, None, "nothing required is open");
}

fn complete(desk: &Desk, title: &str) {
    let view = list_view(&desk.app, desk.list(), at()).unwrap();
    let item = view.items.iter().find(|item| item.title == title).unwrap();
    let choice = ItemChoice { checklist: desk.list(), id: item.id, generated: item.generated.clone() };
    let state = StateChoice { state: "done".into(), words: String::new(), on: None, person: None };
    set_item_state(&desk.app, choice, state, at()).unwrap();
}

#[test]
fn people_to_meet_have_a_reason_and_a_day_and_are_met_once() {
    let desk = desk();
    let meet = || people_to_meet(&desk.app, desk.list(), at()).unwrap();
    let said: Vec<(String, Vec<String>, NaiveDate)> =
        meet().into_iter().map(|one| (one.name, one.reasons, one.due.unwrap())).collect();
    let expected = |name: &str, reasons: &[&str], on: &str| {
        (name.to_owned(), reasons.iter().map(|reason| (*reason).to_owned()).collect::<Vec<_>>(), day(on))
    };
    assert_eq!(
        said,
        [
            expected("Ada", &["your manager", "leads your team", "backup for Gate"], "2027-01-11"),
            expected("Cy", &["your buddy"], "2027-01-11"),
            expected("Bo", &["on your team"], "2027-01-13"),
        ]
    );
    let cy = &meet()[1];
    assert_eq!((cy.email.as_str(), cy.team.as_ref().unwrap().name.as_str()), ("cy@till.example", "Yard"));
    assert_eq!((cy.id, cy.is_over), (None, false));
    complete(&desk, "Meet Cy");
    let met = meet();
    assert_eq!(met.len(), 3);
    let cy = met.iter().find(|one| one.name == "Cy").unwrap();
    assert!(cy.id.is_some() && cy.is_over);
    assert_eq!((cy.reasons.as_slice(), cy.due), (&["your buddy".to_owned()][..], Some(day("2027-01-11"))));
}

#[test]
fn a_first_day_moves_membership_and_checklist_with_it_in_one_step() {
    let desk = desk();
    let grace = desk.person("grace");
    let to = day("2027-01-18");
    let shown = first_day_preview(&desk.app, grace, to, at()).unwrap().unwrap();
    assert!(shown.effect.is_some() && shown.problem.is_none());
    assert!(first_day_preview(&desk.app, desk.person("bo"), to, at()).unwrap().is_none(), "no first day yet");
    assert!(first_day_preview(&desk.app, grace, day("2027-01-11"), at()).unwrap().is_none(), "the same day");
    set_first_day(&desk.app, grace, to).unwrap();
    let days = || {
        let plan = desk.app.plan().unwrap();
        let of_grace = |row: &&Membership| Id::from(row.person) == grace;
        let membership = plan.memberships.iter().find(of_grace).unwrap().date_range().from;
        (
            plan.people.get(grace.into()).unwrap().from,
            membership,
            plan.checklists.iter().next().unwrap().start,
        )
    };
    assert_eq!(days(), (Some(to), Some(to), to));
    headroom_app::frame::undo::undo(&desk.app, None).unwrap();
    let before = day("2027-01-11");
    assert_eq!(days(), (Some(before), Some(before), before));
}
