use std::{collections::BTreeSet, sync::Arc};

use headroom_model::{KNOWN_METRICS, Kind, Plan, Team};
use headroom_tests::rows;
use serde_json::{Value, json};

use super::{
    sections::{GATE_RULES, OTHER_METRICS},
    *,
};
use crate::{DayView, rules::RULES};

#[derive(Default)]
struct Organisation {
    plan: Plan,
}

impl Organisation {
    fn add(&mut self, kind: Kind, values: Value) -> u64 {
        rows::add(&mut self.plan, kind, values)
    }

    fn metric(&mut self, key: &str, unit: &str, kind: &str) -> u64 {
        self.add(Kind::Metric, json!({"key": key, "unit": unit, "kind": kind, "period": "month", "lag": 5}))
    }

    /// Figures of January to March 2026.
    fn figures(&mut self, metric: u64, values: [&str; 3], whose: Value) {
        for (month, (value, last)) in values.iter().zip([31, 28, 31]).enumerate() {
            let month = month + 1;
            let mut row = json!({
                "metric": metric, "value": value,
                "first": format!("2026-{month:02}-01"), "last": format!("2026-{month:02}-{last}"),
            });
            row.as_object_mut().unwrap().extend(whose.as_object().unwrap().clone());
            self.add(Kind::Observation, row);
        }
    }

    fn view(&self, day: &str) -> DayView {
        DayView::new(&Arc::new(self.plan.clone()), day.parse().unwrap(), None)
    }
}

/// Customs serves shippers and owns Tariffs, that nobody else knows; a hire of theirs waits for payback of shippers.
fn organisation() -> Organisation {
    let mut org = Organisation::default();
    let customs =
        org.add(Kind::Team, json!({"key": "customs", "name": "Customs", "segment": "Shippers, Carriers"}));
    org.add(Kind::Team, json!({"key": "quays", "name": "Quays", "segment": "Ports"}));
    let ada = org.add(Kind::Person, json!({"key": "ada", "name": "Ada"}));
    org.add(Kind::Membership, json!({"person": ada, "team": customs, "role": "lead"}));
    let tariffs = org.add(Kind::Service, json!({"key": "tariffs", "name": "Tariffs", "tier": 1}));
    org.add(Kind::Ownership, json!({"service": tariffs, "owner": {"team": customs}, "role": "owner"}));
    org.add(Kind::Service, json!({"key": "quotas", "name": "Quotas", "tier": 1}));
    let payback = org.metric("payback", "months", "ratio");
    org.figures(payback, ["14", "13", "12.5"], json!({"segment": "Shippers"}));
    org.figures(payback, ["9", "8", "7"], json!({"segment": "Ports"}));
    let csat = org.metric("csat", "share", "ratio");
    org.figures(csat, ["0.9", "0.91", "0.92"], json!({}));
    org.figures(csat, ["0.8", "0.8", "0.8"], json!({"market": "Germany"}));
    let under = org.add(
        Kind::Objective,
        json!({"key": "under-12", "metric": payback, "op": "<", "value": "12", "periods": 2, "segment": "Shippers"}),
    );
    org.add(
        Kind::Position,
        json!({
            "key": "HC-1", "title": "Engineer", "team": customs, "status": "approved", "start": "2026-05-01",
            "pay": "60000 EUR", "waits_for": [under],
        }),
    );
    org
}

fn section<'a, 'v>(book: &'a Playbook<'v>, id: &str) -> &'a PlaybookSection<'v> {
    book.sections.iter().find(|section| section.spec.id == id).unwrap()
}

/// Metric and scope of each figure.
fn figures(plan: &Plan, section: &PlaybookSection<'_>) -> Vec<(String, String)> {
    let row = |series: &MetricSeries| (plan.name_of(series.metric.into()), series.scope.words(plan));
    section.figures.iter().map(row).collect()
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

#[test]
fn every_rule_belongs_to_a_section_and_every_name_is_of_something() {
    let placed: BTreeSet<&str> = SECTIONS.iter().flat_map(|spec| spec.rules.iter().copied()).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(placed, rules);
    assert!(GATE_RULES.iter().all(|id| rules.contains(id)));
}

#[test]
fn every_known_metric_belongs_to_a_section() {
    let placed: BTreeSet<&str> = SECTIONS.iter().flat_map(SectionSpec::all_metrics).collect();
    let known = KNOWN_METRICS.iter().map(|metric| metric.key);
    let all: BTreeSet<&str> = known.chain(OTHER_METRICS.iter().map(|(key, _)| *key)).collect();
    assert_eq!(placed, all);
}

#[test]
fn an_empty_plan_says_what_would_tell() {
    let view = Organisation::default().view("2026-04-10");
    let book = playbook(&view, &PlaybookFilter::default());
    assert_eq!(book.sections.len(), 10);
    for section in &book.sections {
        assert_eq!(section.state, SectionState::Unknown, "{}", section.spec.id);
        assert!(!section.unknown.is_empty(), "{}", section.spec.id);
        assert!(section.worst.is_none() && section.findings.is_empty());
    }
    let fit = &section(&book, "fit").unknown;
    let of = |name: &str| fit.iter().find(|unknown| unknown.what.contains(&name.to_owned())).unwrap();
    // Subscriptions tell of revenue, and not of spend: a pack tells of both.
    assert!(of("Average revenue per account").told_by.contains("subscriptions"));
    assert!(of("Average revenue per account").missing.contains(&"MRR".to_owned()));
    assert!(!of("Payback").told_by.contains("subscriptions"));
    assert!(of("Payback").missing.contains(&"Sales and marketing spend".to_owned()));
    let named: Vec<&String> = fit.iter().flat_map(|unknown| &unknown.what).collect();
    assert_eq!(named.len(), named.iter().collect::<BTreeSet<_>>().len(), "{named:?}");
    let automation = &section(&book, "automation").unknown;
    let of = |name: &str| {
        automation.iter().find(|one| one.what.iter().any(|what| what.starts_with(name))).unwrap()
    };
    assert!(of("Deployments").told_by.contains("git repository"));
    assert!(of("Practices").told_by.starts_with("practices.csv"));
}

#[test]
fn figures_objectives_and_positions_stand_where_their_metric_belongs() {
    let org = organisation();
    let view = org.view("2026-04-10");
    let book = playbook(&view, &PlaybookFilter::default());
    let fit = section(&book, "fit");
    // The organisation has no payback of its own.
    assert_eq!(figures(&org.plan, fit), pairs(&[("payback", "Ports"), ("payback", "Shippers")]));
    assert_eq!(fit.objectives.len(), 1);
    assert_eq!(fit.waiting.len(), 1);
    assert_eq!(fit.state, SectionState::Wrong);
    let missing: Vec<&String> = fit.unknown.iter().flat_map(|unknown| &unknown.what).collect();
    assert!(!missing.contains(&&"Payback".to_owned()), "{missing:?}");
    // Of a market only what goes to market is shown beside the organisation's.
    assert_eq!(figures(&org.plan, section(&book, "support")), pairs(&[("csat", "")]));
    assert!(section(&book, "metrics").waiting.is_empty());
}

#[test]
fn the_worst_is_a_high_finding_or_an_objective_that_is_not_met() {
    let org = organisation();
    let view = org.view("2026-04-10");
    let book = playbook(&view, &PlaybookFilter::default());
    assert!(matches!(
        section(&book, "architecture").worst,
        Some(PlaybookWorst::Finding(finding)) if finding.rule.id == "unowned-service"
    ));
    // What is found of the gate is of medium weight at most, and the objective is missed.
    let fit = section(&book, "fit");
    assert!(fit.findings.iter().all(|finding| finding.severity < Severity::High), "{:?}", fit.findings);
    assert!(matches!(fit.worst, Some(PlaybookWorst::Objective(_))));
    assert_eq!(section(&book, "support").state, SectionState::Fine);
    assert_eq!(section(&book, "market").state, SectionState::Unknown);
}

#[test]
fn findings_about_gates_stand_where_their_metrics_do() {
    let mut org = organisation();
    let csat = org.plan.find::<headroom_model::Metric>("csat").unwrap();
    let objective = org.add(
        Kind::Objective,
        json!({"key": "csat-of-ports", "metric": csat, "op": ">=", "value": "90%", "segment": "Ports"}),
    );
    org.add(
        Kind::Position,
        json!({"key": "HC-2", "title": "Agent", "start": "2026-09-01", "waits_for": [objective]}),
    );
    let view = org.view("2026-04-10");
    let book = playbook(&view, &PlaybookFilter::default());
    let rules = |id: &str| -> Vec<&str> {
        section(&book, id).findings.iter().map(|finding| finding.rule.id).collect()
    };
    assert_eq!(rules("support"), ["signal-missing"]);
    assert!(!rules("fit").contains(&"signal-missing"));
    assert_eq!(section(&book, "support").waiting.len(), 1);
}

#[test]
fn a_filter_leaves_what_is_asked_for_and_counts_the_rest() {
    let org = organisation();
    let view = org.view("2026-04-10");
    let of = |filter: PlaybookFilter| playbook(&view, &filter);
    let shippers = of(PlaybookFilter { segment: "shippers".to_owned(), ..PlaybookFilter::default() });
    let fit = section(&shippers, "fit");
    assert_eq!(figures(&org.plan, fit), pairs(&[("payback", "Shippers")]));
    assert_eq!((fit.objectives.len(), fit.waiting.len()), (1, 1));
    assert!(section(&shippers, "support").figures.is_empty(), "csat is not of a segment");
    // Customs serves them and is responsible for what Tariffs lacks; nobody is for Quotas.
    assert!(!section(&shippers, "reliability").findings.is_empty());
    let architecture = section(&shippers, "architecture");
    assert!(architecture.findings.iter().all(|finding| finding.rule.id != "unowned-service"));
    assert!(architecture.findings_left_out > 0);

    let ports = of(PlaybookFilter { segment: "Ports".to_owned(), ..PlaybookFilter::default() });
    assert!(section(&ports, "fit").waiting.is_empty());
    assert!(section(&ports, "reliability").findings.is_empty());

    let germany = of(PlaybookFilter { market: "Germany".to_owned(), ..PlaybookFilter::default() });
    assert_eq!(figures(&org.plan, section(&germany, "support")), pairs(&[("csat", "Germany")]));
    assert!(germany.sections.iter().all(|section| section.findings.is_empty()));

    let customs = org.plan.find::<Team>("customs");
    let customs = of(PlaybookFilter { team: customs, ..PlaybookFilter::default() });
    assert_eq!(section(&customs, "fit").waiting.len(), 1);
    assert!(section(&customs, "fit").figures.is_empty(), "payback is of segments");
    let quays = of(PlaybookFilter { team: org.plan.find::<Team>("quays"), ..PlaybookFilter::default() });
    assert!(section(&quays, "fit").waiting.is_empty());
    let found: usize = quays.sections.iter().map(|section| section.findings.len()).sum();
    let whole: usize =
        of(PlaybookFilter::default()).sections.iter().map(|section| section.findings.len()).sum();
    let left_out: usize = quays.sections.iter().map(|section| section.findings_left_out).sum();
    assert_eq!(found + left_out, whole);
}

#[test]
fn what_can_be_chosen_is_named_once() {
    let mut org = organisation();
    org.add(Kind::Team, json!({"key": "more", "name": "More", "segment": "shippers"}));
    assert_eq!(segments(&org.plan), ["Carriers", "Ports", "Shippers"]);
    assert_eq!(markets(&org.plan), ["Germany"]);
}

#[test]
fn a_metric_of_another_name_is_the_one_that_it_is_called() {
    let mut org = Organisation::default();
    let spend = org.add(
        Kind::Metric,
        json!({"key": "cash-in", "name": "S&M spend", "unit": "money", "kind": "flow", "period": "month"}),
    );
    org.figures(spend, ["100 EUR", "100 EUR", "100 EUR"], json!({}));
    let plants = org.metric("plants", "count", "stock");
    org.figures(plants, ["1", "2", "3"], json!({}));
    let view = org.view("2026-04-10");
    let book = playbook(&view, &PlaybookFilter::default());
    assert_eq!(figures(&org.plan, section(&book, "market")), pairs(&[("S&M spend", "")]));
    // What no section names is a key metric.
    assert_eq!(figures(&org.plan, section(&book, "metrics")), pairs(&[("plants", "")]));
    let cac = &section(&book, "metrics").unknown;
    let cac =
        cac.iter().find(|unknown| unknown.what.contains(&"Customer acquisition cost".to_owned())).unwrap();
    assert!(!cac.missing.contains(&"Sales and marketing spend".to_owned()), "{cac:?}");
}

#[test]
fn bets_that_are_open_come_first_and_those_decided_later_were_open() {
    let mut org = organisation();
    for (key, state, decided, decide_by) in [
        ("late", "open", None, Some("2026-06-01")),
        ("soon", "open", None, Some("2026-05-01")),
        ("old", "dropped", Some("2026-01-10"), None),
        ("new", "merged", Some("2026-05-10"), None),
    ] {
        let row =
            json!({"key": key, "name": key, "state": state, "decided": decided, "decide_by": decide_by});
        org.add(Kind::Scenario, row);
    }
    let names = |day: &str| -> Vec<String> {
        let view = org.view(day);
        let book = playbook(&view, &PlaybookFilter::default());
        section(&book, "bets").bets.iter().map(|id| org.plan.name_of((*id).into())).collect()
    };
    assert_eq!(names("2026-06-10"), ["soon", "late", "new", "old"]);
    assert_eq!(names("2026-04-10"), ["soon", "late", "new", "old"]);
    let view = org.view("2026-04-10");
    let customs = PlaybookFilter { team: org.plan.find::<Team>("customs"), ..PlaybookFilter::default() };
    assert!(section(&playbook(&view, &customs), "bets").bets.is_empty());
}

#[test]
fn what_only_lacks_its_formula_is_told_so() {
    let mut org = Organisation::default();
    let mrr = org.metric("mrr", "money", "stock");
    org.figures(mrr, ["100 EUR", "110 EUR", "120 EUR"], json!({}));
    let told = |org: &Organisation| -> Option<&'static str> {
        let view = org.view("2026-04-10");
        let book = playbook(&view, &PlaybookFilter::default());
        let unknown = &section(&book, "metrics").unknown;
        unknown.iter().find(|unknown| unknown.what.contains(&"ARR".to_owned())).map(|unknown| unknown.told_by)
    };
    assert!(told(&org).unwrap().contains("metrics.csv with its formula"));
    org.add(Kind::Metric, json!({"key": "arr", "unit": "money", "kind": "ratio", "formula": "arr"}));
    assert_eq!(told(&org), None);
}
