//! What depends on one person, before and after they leave.

use std::{collections::BTreeSet, sync::Arc};

use headroom_analysis::{
    DayView, EventDates, Responders,
    forecast::{ForecastParams, GapKind, forecast},
    reliance::{Reliance, checklists_relying_on, reliance},
};
use headroom_model::{Change, Draft, EntityRef, Kind, Person, PersonId, Plan, ServiceId};
use proptest::prelude::*;
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::{
    org::Org,
    plans::{day, plan},
};

const DAY: &str = "2026-11-24";

fn of(org: &Org, person: u64, on: &str) -> Reliance {
    reliance(&org.on(on).context(), PersonId(person))
}

/// The services in order, with the other responder and the gap.
fn services(org: &Org, person: u64, on: &str) -> Vec<(String, Option<String>, Option<GapKind>)> {
    let name = |entity: EntityRef| org.plan.name_of(entity);
    let found = of(org, person, on).services.into_iter();
    found.map(|it| (name(it.service.into()), it.other.map(|it| name(it.into())), it.gap)).collect()
}

fn person(org: &mut Org, name: &str, team: u64, more: Value) -> u64 {
    let person = org.add(Kind::Person, json!({"name": name}));
    let mut values = json!({"person": person, "team": team, "role": "member"});
    values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    org.add(Kind::Membership, values);
    person
}

/// Ada alone is on a team that owns two services. With Bo she is on a second one, which owns Ledger. Bo and Cy have
/// Search.
fn cash() -> (Org, u64) {
    let mut org = Org::default();
    let (cash, books, search) = (org.team("Cash"), org.team("Books"), org.team("Search"));
    let ada = person(&mut org, "Ada", cash, json!({"role": "lead"}));
    let bo = person(&mut org, "Bo", books, json!({}));
    org.add(Kind::Membership, json!({"person": ada, "team": books, "role": "tech lead"}));
    org.add(Kind::Membership, json!({"person": bo, "team": search, "role": "lead"}));
    person(&mut org, "Cy", search, json!({}));
    let mut service = |name: &str, tier: u64, team: u64| {
        let service = org.service(json!({"name": name, "tier": tier}));
        org.own(service, team, json!({}));
        service
    };
    let (till, tips) = (service("Till", 1, cash), service("Tips", 3, cash));
    let (_, find) = (service("Ledger", 1, books), service("Find", 1, search));
    org.need(find, tips, "");
    org.need(till, tips, "");
    (org, ada)
}

#[test]
fn services_without_another_responder_come_first() {
    let (org, ada) = cash();
    let alone = |name: &str| (name.to_owned(), None, Some(GapKind::OnePerson));
    let one_other = ("Ledger".to_owned(), Some("Bo".to_owned()), None);
    let found = services(&org, ada, DAY);
    assert_eq!(found.len(), 3, "Find has two others: {found:?}");
    assert_eq!(found[2], one_other);
    assert!(found[..2].contains(&alone("Till")) && found[..2].contains(&alone("Tips")), "{found:?}");
    let all = of(&org, ada, DAY);
    assert!(!all.has_left && all.services[..2].is_sorted_by_key(|it| std::cmp::Reverse(it.severity)));
    assert_eq!(all.services.iter().find(|it| it.tier == Some(3)).unwrap().dependents, 2);
    let teams: Vec<_> =
        all.teams.iter().map(|it| (it.is_only_member, it.is_only_lead, it.services)).collect();
    assert_eq!(teams, [(true, true, 2), (false, true, 1)], "Cash, then Books");
}

#[test]
fn reliance_on_former_person_lists_lost_coverage() {
    let (mut org, ada) = cash();
    org.alter(Kind::Person, ada, json!({"until": "2027-01-31"}));
    assert!(!of(&org, ada, "2027-01-31").has_left);
    assert_eq!(services(&org, ada, "2027-01-31"), services(&org, ada, DAY));
    let after = services(&org, ada, "2027-02-01");
    let gaps: BTreeSet<_> = after.iter().map(|(name, _, gap)| (name.as_str(), *gap)).collect();
    let lost = [("Ledger", GapKind::OnePerson), ("Till", GapKind::Nobody), ("Tips", GapKind::Nobody)];
    assert_eq!(gaps, lost.map(|(name, gap)| (name, Some(gap))).into());
    assert!(of(&org, ada, "2027-02-01").has_left);
    // Findings concern her if they are about what was hers.
    let view = org.on("2027-02-01");
    let left = reliance(&view.context(), PersonId(ada));
    let reported: Vec<&str> = view
        .findings()
        .iter()
        .filter(|finding| left.concerns(PersonId(ada), finding))
        .map(|finding| finding.id.as_str())
        .collect();
    for wanted in ["owner-team-empty/till", "owner-team-empty/tips", "bus-factor-one/ledger"] {
        assert!(reported.contains(&wanted), "{wanted}: {reported:?}");
    }
    assert!(reported.iter().all(|id| !id.contains("find")), "{reported:?}");
}

#[test]
fn transferred_services_do_not_rely_on_former_people() {
    let (mut org, ada) = cash();
    org.alter(Kind::Person, ada, json!({"until": "2027-01-31"}));
    let cash = EntityRef { kind: Kind::Team, id: org.plan.find::<headroom_model::Team>("cash").unwrap().0 };
    // Off the team two months before her last day.
    let on_cash = org.plan.memberships.iter().find(|row| EntityRef::from(row.team) == cash).unwrap().id.0;
    org.alter(Kind::Membership, on_cash, json!({"until": "2026-11-30"}));
    let names: Vec<_> = services(&org, ada, "2027-02-01").into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Ledger"]);
    assert!(of(&org, ada, "2026-12-01").teams.iter().all(|it| EntityRef::from(it.team) != cash));
}

#[test]
fn personal_ownership_counts_like_team_ownership() {
    let mut org = Org::default();
    let ada = org.add(Kind::Person, json!({"name": "Ada", "until": "2027-01-31"}));
    let till = org.service(json!({"name": "Till"}));
    let row = json!({"service": till, "owner": {"person": ada}, "role": "owner"});
    let row = org.add(Kind::Ownership, row);
    let only = |gap| vec![("Till".to_owned(), None, Some(gap))];
    assert_eq!(services(&org, ada, DAY), only(GapKind::OnePerson));
    assert_eq!(services(&org, ada, "2027-02-01"), only(GapKind::Nobody));
    // Their ownership ended with them.
    org.alter(Kind::Ownership, row, json!({"until": "2027-01-31"}));
    assert_eq!(services(&org, ada, "2027-02-01"), only(GapKind::Unowned));
    org.alter(Kind::Ownership, row, json!({"role": "backup", "until": null}));
    assert!(services(&org, ada, DAY).is_empty(), "a backup does not answer for it");
    // Someone who has not joined yet has no reliance.
    org.alter(Kind::Ownership, row, json!({"role": "owner"}));
    org.alter(Kind::Person, ada, json!({"from": "2026-12-01"}));
    assert!(of(&org, ada, DAY).is_empty());
}

#[test]
fn positions_and_checklists_rely_on_managers_and_assignees() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let ada = person(&mut org, "Ada", cash, json!({}));
    let bo = person(&mut org, "Bo", cash, json!({}));
    let head = org.add(Kind::Position, json!({"key": "HC-1", "title": "Head", "team": cash}));
    org.add(Kind::Position, json!({"key": "HC-2", "manager": head}));
    org.add(Kind::Position, json!({"key": "HC-3", "manager": head}));
    org.add(Kind::Assignment, json!({"position": head, "person": ada}));
    let found: Vec<_> = of(&org, ada, DAY).positions.iter().map(|it| (it.position.0, it.reports)).collect();
    assert_eq!(found, [(head, 2)]);
    assert!(of(&org, bo, DAY).positions.is_empty());

    let list = org.add(Kind::Checklist, json!({"person": bo, "start": "2026-12-01", "buddy": ada}));
    assert!(checklists_relying_on(&org.plan, PersonId(ada)).is_empty(), "nothing is left to do");
    org.add(Kind::ChecklistItem, json!({"checklist": list, "title": "Say hello"}));
    let asked = json!({"checklist": list, "title": "Show round", "assignee": "buddy"});
    org.add(Kind::ChecklistItem, asked);
    let found = checklists_relying_on(&org.plan, PersonId(ada));
    assert_eq!(found.len(), 1);
    assert!(found[0].is_buddy && !found[0].is_manager);
    assert_eq!((found[0].checklist.0, found[0].person.0, found[0].items), (list, bo, 1));
    assert!(checklists_relying_on(&org.plan, PersonId(bo)).is_empty(), "their own list is their own");
}

fn ended(plan: &Plan, person: PersonId, last: chrono::NaiveDate) -> Arc<Plan> {
    let mut draft = Draft::new(plan);
    draft.put(Person { until: Some(last), ..plan.people.get(person).unwrap().clone() });
    let changes: Vec<Change> = draft.finish();
    let mut plan = plan.clone();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn on(plan: &Arc<Plan>, day: chrono::NaiveDate) -> DayView {
    DayView::new(plan, day, None)
}

/// Services with the other responder, without gaps, which change once somebody has left.
fn who_else(reliance: &Reliance) -> FxHashSet<(ServiceId, Option<PersonId>)> {
    reliance.services.iter().map(|it| (it.service, it.other)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn reliance_agrees_with_what_is_lost_on_leaving(plan in plan(), at in 1i64..40) {
        let (before, last, plan) = (day(at), day(at - 1), Arc::new(plan));
        let (view, event_dates) = (on(&plan, before), EventDates::new(&plan));
        let gaps = forecast(&plan, &ForecastParams::new(&plan, before, before));
        let responders = Responders::new(&view.snapshot);
        for person in plan.people.iter().filter(|row| view.snapshot.person_ix(row.id).is_some()) {
            let found = reliance(&view.context(), person.id);
            // The severity equals that in the forecast.
            for it in &found.services {
                let gap = gaps.iter().find(|gap| {
                    gap.subject == it.service.into() && Some(gap.kind) == it.gap
                });
                prop_assert_eq!(it.severity, gap.map(|gap| gap.severity));
            }
            // If they leave on the day before, the same services have no responder, or one.
            let then = on(&ended(&plan, person.id, last), before);
            let responders_then = Responders::new(&then.snapshot);
            for at in 0..view.snapshot.service_count() {
                let id = view.snapshot.service(at).id;
                let listed = found.services.iter().find(|it| it.service == id);
                let had_them = responders.of(at).contains(&person.id);
                let left = responders_then.of(then.snapshot.service_ix(id).unwrap());
                prop_assert_eq!(listed.is_some(), had_them && left.len() < 2);
                if let Some(listed) = listed {
                    prop_assert_eq!(listed.other, left.first().copied());
                }
            }
            // Their reliance afterwards has the same services.
            if event_dates.is_same(last, before) && person.from.is_none_or(|from| from <= last) {
                let after = reliance(&then.context(), person.id);
                prop_assert!(after.has_left);
                prop_assert_eq!(who_else(&after), who_else(&found));
                prop_assert!(after.services.iter().all(|it| it.gap.is_some()));
                prop_assert_eq!(&after.teams, &found.teams);
            }
        }
    }
}
