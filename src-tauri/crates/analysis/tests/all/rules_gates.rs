//! The rules about positions that wait for objectives: when each reports something and when it does not.

use headroom_model::Kind;
use serde_json::{Value, json};

use crate::org::Org;

/// An organisation with a position that waits for payback under 12 months in two months running, and the figures of
/// January 2026 and the months after it.
fn organisation(figures: &[Option<&str>], position: Value) -> Org {
    let mut org = Org::default();
    let metric = org.add(
        Kind::Metric,
        json!({"key": "payback", "name": "Payback", "unit": "months", "kind": "ratio", "period": "month", "lag": 5}),
    );
    let ends = ["01-31", "02-28", "03-31", "04-30", "05-31"];
    for (value, end) in figures.iter().zip(ends) {
        let (first, last) = (format!("2026-{}-01", &end[..2]), format!("2026-{end}"));
        if let Some(value) = value {
            org.add(
                Kind::Observation,
                json!({"metric": metric, "first": first, "last": last, "value": value}),
            );
        }
    }
    let objective = org.add(
        Kind::Objective,
        json!({"key": "payback-under-12", "metric": metric, "op": "<", "value": "12", "periods": 2}),
    );
    let mut row =
        json!({"key": "HC-1", "title": "Engineer", "start": "2026-09-01", "waits_for": [objective]});
    row.as_object_mut().unwrap().extend(position.as_object().unwrap().clone());
    org.add(Kind::Position, row);
    org
}

fn found(org: &Org, rule: &str, day: &str) -> Vec<String> {
    let view = org.on(day);
    let found = view.findings().iter().filter(|finding| finding.rule.id == rule);
    found.map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_figure_is_missing_from_the_day_on_which_it_is_due() {
    let org = organisation(&[Some("11"), Some("11")], json!({}));
    assert_eq!(found(&org, "signal-missing", "2026-04-05"), Vec::<String>::new());
    assert_eq!(
        found(&org, "signal-missing", "2026-04-06"),
        ["HC-1 Engineer waits for a figure: Payback < 12 months, 2 months running: Mar 2026, no figure yet"
            .to_owned()]
    );
    let nothing = organisation(&[], json!({}));
    assert_eq!(
        found(&nothing, "signal-missing", "2026-04-06"),
        ["HC-1 Engineer waits for a figure: Payback < 12 months, 2 months running: no figures".to_owned()]
    );
    // One that fails decides all the same.
    let failed = organisation(&[Some("11"), Some("13")], json!({}));
    assert_eq!(found(&failed, "signal-missing", "2026-04-06"), Vec::<String>::new());
}

#[test]
fn a_gate_that_opens_after_the_last_day_to_open_is_found() {
    let late = json!({"start": null, "need_by": "2026-09-01", "status": "approved"});
    let org = organisation(&[Some("14"), Some("13")], late);
    let told = found(&org, "gate-opens-too-late", "2026-03-10");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("HC-1 Engineer must be opened by "), "{told:?}");
    assert!(told[0].ends_with("and its gate opens on 6 May 2026 at the earliest"), "{told:?}");
    let early = organisation(&[Some("14"), Some("13")], json!({"start": null, "need_by": "2027-12-01"}));
    assert_eq!(found(&early, "gate-opens-too-late", "2026-03-10"), Vec::<String>::new());
}

#[test]
fn recruiting_while_the_gate_is_closed_is_found_until_an_offer_is_out() {
    let figures = [Some("11"), Some("11"), Some("13")];
    let open = organisation(&figures, json!({"status": "open"}));
    assert_eq!(found(&open, "gate-closed-again", "2026-04-05"), Vec::<String>::new());
    assert_eq!(
        found(&open, "gate-closed-again", "2026-04-06"),
        ["HC-1 Engineer is being recruited for, and what it waits for is not met".to_owned()]
    );
    let offered = organisation(&figures, json!({"status": "offered"}));
    assert_eq!(found(&offered, "gate-closed-again", "2026-04-06"), Vec::<String>::new());
    let waived =
        json!({"status": "open", "waived_on": "2026-04-01", "waived_by": "Ada", "waived_why": "Launch"});
    assert_eq!(
        found(&organisation(&figures, waived), "gate-closed-again", "2026-04-06"),
        Vec::<String>::new()
    );
}

#[test]
fn a_gate_lapses_after_its_last_day() {
    let org =
        organisation(&[Some("15"), Some("14"), Some("13"), Some("13")], json!({"waits_by": "2026-05-31"}));
    assert_eq!(found(&org, "gate-lapsed", "2026-05-31"), Vec::<String>::new());
    assert_eq!(
        found(&org, "gate-lapsed", "2026-06-01"),
        ["HC-1 Engineer was to be justified by 31 May 2026, and is not".to_owned()]
    );
}

/// A position that waits for revenue of 100 000 EUR a month, with the figures of January to March in dollars. The dollar
/// rises on 15 March.
fn in_dollars(figures: [&str; 3], objective: Value) -> Org {
    let mut org = Org::default();
    let metric = org.add(
        Kind::Metric,
        json!({"key": "mrr", "name": "MRR", "unit": "money", "kind": "stock", "period": "month", "lag": 3}),
    );
    for (value, end) in figures.iter().zip(["01-31", "02-28", "03-31"]) {
        let (first, last) = (format!("2026-{}-01", &end[..2]), format!("2026-{end}"));
        let value = format!("{value} USD");
        org.add(Kind::Observation, json!({"metric": metric, "first": first, "last": last, "value": value}));
    }
    org.add(Kind::ExchangeRate, json!({"currency": "USD", "rate": "0.8"}));
    org.add(Kind::ExchangeRate, json!({"currency": "USD", "rate": "0.95", "from": "2026-03-15"}));
    let mut row = json!({"key": "revenue", "metric": metric, "op": ">=", "value": "100000 EUR"});
    row.as_object_mut().unwrap().extend(objective.as_object().unwrap().clone());
    let objective = org.add(Kind::Objective, row);
    org.add(
        Kind::Position,
        json!({"key": "HC-1", "title": "Engineer", "start": "2026-09-01", "waits_for": [objective]}),
    );
    org
}

const BY_RATE: &str = "HC-1 Engineer may be hired for, and might not at the exchange rates of before";

#[test]
fn a_gate_that_an_exchange_rate_opened_is_found() {
    let rule = "opened-by-exchange-rate";
    let org = in_dollars(["110000", "110000", "110000"], json!({}));
    assert_eq!(found(&org, rule, "2026-04-03"), Vec::<String>::new(), "88 000, and March is not due");
    assert_eq!(found(&org, rule, "2026-04-04"), [BY_RATE]);
    let finding = org.found(rule, "2026-04-04").remove(0);
    assert_eq!(
        crate::org::words(&finding, "Exchange rate").replace(char::is_whitespace, " "),
        "MRR ≥ 100 000 EUR: Mar 2026 104 500 EUR, at the rates of 28 Feb 2026 88 000 EUR"
    );
    let grown = in_dollars(["110000", "110000", "125000"], json!({}));
    assert_eq!(found(&grown, rule, "2026-04-04"), Vec::<String>::new(), "exactly 100 000 at the former rate");
    let nearly = in_dollars(["110000", "110000", "124999"], json!({}));
    assert_eq!(found(&nearly, rule, "2026-04-04"), [BY_RATE]);
    let own = in_dollars(["110000", "110000", "110000"], json!({"value": "100000 USD"}));
    assert_eq!(found(&own, rule, "2026-04-04"), Vec::<String>::new(), "asked in its own currency");
}

#[test]
fn a_run_from_the_first_figure_on_is_taken_at_its_own_first_rate() {
    let rule = "opened-by-exchange-rate";
    // The run begins in January, at 0.8: 104 000, and March at that rate is 96 000.
    let org = in_dollars(["130000", "130000", "120000"], json!({"periods": 3}));
    assert_eq!(found(&org, rule, "2026-04-04"), [BY_RATE]);
    let steady = in_dollars(["130000", "130000", "130000"], json!({"periods": 3}));
    assert_eq!(found(&steady, rule, "2026-04-04"), Vec::<String>::new());
}

#[test]
fn a_gate_opened_by_hand_or_by_something_else_is_none_of_the_rates() {
    let rule = "opened-by-exchange-rate";
    let mut org = in_dollars(["110000", "110000", "110000"], json!({}));
    let metric = org.plan.metrics.iter().next().unwrap().id.0;
    let position = org.plan.positions.iter().next().unwrap().id.0;
    let rate = org.plan.objectives.iter().next().unwrap().id.0;
    let low = json!({"key": "low", "metric": metric, "op": ">=", "value": "50000 EUR"});
    let low = org.add(Kind::Objective, low);
    org.alter(Kind::Position, position, json!({"waits_for": [rate, low]}));
    assert_eq!(found(&org, rule, "2026-04-04"), [BY_RATE], "all are asked for");
    org.alter(Kind::Position, position, json!({"waits_any": true}));
    assert_eq!(found(&org, rule, "2026-04-04"), Vec::<String>::new(), "one is met anyway");
    let waived =
        json!({"waits_any": false, "waived_on": "2026-04-01", "waived_by": "Ada", "waived_why": "Launch"});
    org.alter(Kind::Position, position, waived);
    assert_eq!(found(&org, rule, "2026-04-04"), Vec::<String>::new());
}
