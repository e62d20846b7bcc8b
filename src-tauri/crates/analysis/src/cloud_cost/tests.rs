//! Whose costs are, by rules and labels, and by day.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    ChargeClass, CostLine, CostRule, Currency, Draft, ExactDecimal, Owner, Ownership, Plan, Service,
    ServiceId, Team, TeamId,
};

use super::{CloudCosts, CostBasis, CostReason, WasteReason, left_over, waste};
use crate::metrics::ExactValue;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[derive(Default)]
struct Bills {
    plan: Plan,
}

impl Bills {
    fn put<T: headroom_model::EntityTable>(&mut self, make: impl FnOnce(T::Id) -> T) -> T::Id {
        let plan = self.plan.clone();
        let mut draft = Draft::new(&plan);
        let id = draft.new_id::<T>();
        draft.put(make(id));
        self.plan.apply(&draft.finish()).unwrap();
        id
    }

    fn team(&mut self, key: &str, until: Option<&str>) -> TeamId {
        let row =
            |id| Team { id, key: key.into(), name: key.into(), until: until.map(day), ..Team::default() };
        self.put(row)
    }

    fn service(&mut self, key: &str, owner: Option<TeamId>) -> ServiceId {
        let service = self.put(|id| Service { id, key: key.into(), name: key.into(), ..Service::default() });
        if let Some(team) = owner {
            let owner = Owner::Team(team);
            self.put(|id| Ownership {
                id,
                service,
                owner,
                role: headroom_model::role::OWNER.into(),
                ..Ownership::default()
            });
        }
        service
    }

    fn line(&mut self, labels: &str, namespace: &str, amount: &str, class: ChargeClass) {
        let amount: ExactDecimal = amount.parse().unwrap();
        self.put(|id| CostLine {
            id,
            first: day("2027-03-01"),
            last: day("2027-03-31"),
            billed: amount,
            effective: amount,
            currency: Currency::EUR,
            class,
            namespace: namespace.into(),
            labels: labels.into(),
            ..CostLine::default()
        });
    }

    fn owner(&self) -> (Option<TeamId>, Option<ServiceId>, CostReason) {
        let costs = CloudCosts::of(&self.plan);
        let owner = &costs.lines(day("2027-03-01")).last().unwrap().owner;
        (owner.team, owner.service, owner.reason)
    }
}

#[test]
fn labels_name_teams_and_services() {
    let mut bills = Bills::default();
    let pay = bills.team("Payments", None);
    let checkout = bills.service("checkout-api", Some(pay));
    let of = |labels: &str| {
        let mut bills = Bills { plan: bills.plan.clone() };
        bills.line(labels, "", "1", ChargeClass::Usage);
        bills.owner()
    };
    assert_eq!(of("team=payments"), (Some(pay), None, CostReason::Label));
    assert_eq!(of("App=Checkout API"), (Some(pay), Some(checkout), CostReason::Label));
    assert_eq!(of("team=pirates"), (None, None, CostReason::UnknownName));
    assert_eq!(of("env=prod"), (None, None, CostReason::Unlabelled));
    assert_eq!(of("business_unit=pirates"), (None, None, CostReason::Unlabelled), "it need not be a team");
}

#[test]
fn a_rule_goes_before_labels_and_holds_for_its_days() {
    let mut bills = Bills::default();
    let (pay, core) = (bills.team("Payments", None), bills.team("Core", None));
    bills.line("team=Payments", "web-prod", "1", ChargeClass::Usage);
    assert_eq!(bills.owner().0, Some(pay));
    let rule = |value: &str, team, until: Option<&str>| {
        let value = value.to_owned();
        let until = until.map(day);
        move |id| CostRule {
            id,
            label: "namespace".into(),
            value,
            team: Some(team),
            until,
            ..CostRule::default()
        }
    };
    bills.put(rule("web-*", core, Some("2027-02-28")));
    assert_eq!(bills.owner(), (Some(pay), None, CostReason::Label), "it had ended");
    bills.put(rule("web*", core, None));
    assert_eq!(bills.owner(), (Some(core), None, CostReason::Rule));
    bills.put(rule("web-prod", pay, None));
    assert_eq!(bills.owner(), (Some(pay), None, CostReason::Rule), "the more exact one");
}

#[test]
fn a_team_that_has_ended_is_still_named() {
    let mut bills = Bills::default();
    let old = bills.team("Old", Some("2027-01-31"));
    bills.line("team=old", "", "1", ChargeClass::Usage);
    let costs = CloudCosts::of(&bills.plan);
    let owner = &costs.lines(day("2027-03-01"))[0].owner;
    assert_eq!((owner.team, owner.ended), (Some(old), Some(day("2027-01-31"))));
}

#[test]
fn what_is_left_comes_by_money_with_the_rule_that_helps() {
    let mut bills = Bills::default();
    bills.line("", "misc-prod", "4", ChargeClass::Usage);
    bills.line("team=pirates", "a", "9", ChargeClass::Usage);
    bills.line("team=pirates", "b", "9", ChargeClass::Usage);
    bills.line("", "", "100", ChargeClass::Idle);
    bills.line("", "", "5", ChargeClass::Unallocated);
    let costs = CloudCosts::of(&bills.plan);
    let left = left_over(&costs, &bills.plan, day("2027-03-01"), CostBasis::Billed);
    let found: Vec<(String, String)> = left
        .iter()
        .map(|left| {
            let rule = left.rule.as_ref().map(|rule| format!("{}={}", rule.label, rule.value));
            (rule.unwrap_or_default(), left.amount.to_string())
        })
        .collect();
    let expected = [("team=pirates", "18"), ("", "5"), ("namespace=misc-prod", "4")];
    assert_eq!(found, expected.map(|(rule, amount)| (rule.to_owned(), amount.to_owned())));
}

#[test]
fn retired_services_that_cost_are_waste() {
    let mut bills = Bills::default();
    let pay = bills.team("Payments", None);
    let service = bills.service("old-api", Some(pay));
    bills.line("service=old-api", "", "7", ChargeClass::Usage);
    let reason = |bills: &Bills| {
        let costs = CloudCosts::of(&bills.plan);
        let found = waste(&costs, &Arc::new(bills.plan.clone()), day("2027-03-01"), CostBasis::Billed);
        found.first().map(|waste| (waste.reason, waste.amount.clone()))
    };
    let seven = ExactValue::from_integer(7.into());
    assert_eq!(reason(&bills), Some((WasteReason::NoDependents, seven.clone())));
    let row = bills.plan.get::<Service>(service).unwrap().clone();
    let plan = bills.plan.clone();
    let mut draft = Draft::new(&plan);
    draft.put(Service { until: Some(day("2027-02-10")), ..row });
    bills.plan.apply(&draft.finish()).unwrap();
    assert_eq!(reason(&bills), Some((WasteReason::Retired, seven)));
}

#[test]
fn another_currency_needs_a_rate() {
    let mut bills = Bills::default();
    bills.line("", "a", "2", ChargeClass::Usage);
    bills.put(|id| CostLine {
        id,
        first: day("2027-03-01"),
        last: day("2027-03-31"),
        billed: "10".parse().unwrap(),
        currency: Currency::USD,
        ..CostLine::default()
    });
    let month = day("2027-03-01");
    let costs = CloudCosts::of(&bills.plan);
    assert_eq!(costs.without_rate(month), [Currency::USD]);
    assert_eq!(costs.total(month, CostBasis::Billed, |_| true), ExactValue::from_integer(2.into()));
    bills.put(|id| headroom_model::ExchangeRate {
        id,
        currency: Currency::USD,
        rate: "0.5".parse().unwrap(),
        from: Some(day("2027-03-15")),
        ..headroom_model::ExchangeRate::default()
    });
    let costs = CloudCosts::of(&bills.plan);
    assert_eq!(costs.total(month, CostBasis::Billed, |_| true), ExactValue::from_integer(7.into()));
    assert!(costs.without_rate(month).is_empty());
}
