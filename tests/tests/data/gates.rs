//! Gates against the vectors of another implementation: every state, since, earliest and trend, to the day.

use std::fs;

use headroom_tests::{Desk, real_data};
use serde_json::Value;

/// A cell of a CSV file; none if the value is missing.
fn cell(row: &Value, name: &str) -> String {
    match &row[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value with its currency, if it has one.
fn value(row: &Value) -> String {
    format!("{} {}", cell(row, "value"), cell(row, "currency")).trim_end().to_owned()
}

/// The market of a scope such as `market:DE`.
fn market(row: &Value) -> String {
    cell(row, "scope").trim_start_matches("market:").to_owned()
}

/// The tables of a plan folder in which one position waits for the gate of a case.
fn tables(case: &Value) -> Vec<(&'static str, String)> {
    let rows = |name: &str| case[name].as_array().unwrap().clone();
    let mut metrics = "id,kind,period,lag,numerator,denominator\n".to_owned();
    for metric in rows("metrics") {
        let parts = |part: &str| {
            let parts = metric["quotient"][part].as_array().into_iter().flatten();
            parts.map(|part| part.as_str().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
        };
        let of = |name| cell(&metric, name);
        metrics += &format!(
            "{},{},{},{},{},{}\n",
            of("key"),
            of("kind"),
            of("period"),
            of("lag"),
            parts("num"),
            parts("den")
        );
    }
    let mut observations = "metric,first,last,value,market,from,until\n".to_owned();
    for row in rows("observations") {
        let of = |name| cell(&row, name);
        observations += &format!(
            "{},{},{},{},{},{},{}\n",
            of("metric"),
            of("first"),
            of("last"),
            value(&row),
            market(&row),
            of("from"),
            of("until")
        );
    }
    let gate = &case["gate"];
    let mut objectives = "id,metric,op,value,periods,period,over,gaps,market\n".to_owned();
    let mut keys = Vec::new();
    for (at, row) in gate["conditions"].as_array().unwrap().iter().enumerate() {
        let of = |name| cell(row, name);
        keys.push(format!("o{at}"));
        objectives += &format!(
            "o{at},{},{},{},{},{},{},{},{}\n",
            of("metric"),
            of("op"),
            value(row),
            of("periods"),
            of("period"),
            of("over"),
            of("gaps"),
            market(row)
        );
    }
    let any = if gate["mode"] == "any" { "yes" } else { "" };
    let positions = format!(
        "id,waits_for,waits_any,waits_by,waived_on\nHC-1,{},{any},{},{}\n",
        keys.join("; "),
        cell(gate, "by"),
        cell(gate, "waived")
    );
    let mut rates = "currency,rate,from\n".to_owned();
    for row in rows("rates") {
        rates += &format!("{},{},{}\n", cell(&row, "currency"), cell(&row, "rate"), cell(&row, "from"));
    }
    vec![
        ("metrics.csv", metrics),
        ("observations.csv", observations),
        ("objectives.csv", objectives),
        ("positions.csv", positions),
        ("exchange_rates.csv", rates),
    ]
}

/// What is compared of an objective.
fn of_objective(objective: &Value, periods: &str, first: &str) -> Value {
    let mut periods = objective[periods].clone();
    for period in periods.as_array_mut().into_iter().flatten() {
        let period = period.as_object_mut().unwrap();
        let day = period.remove(first).unwrap();
        period.insert("first".to_owned(), day);
    }
    serde_json::json!({
        "state": objective["state"], "earliest": objective["earliest"], "trend": objective["trend"], "periods": periods,
    })
}

fn of_gate(gate: &Value, objectives: &str, periods: &str, first: &str) -> Value {
    let each = gate[objectives].as_array().unwrap().iter();
    serde_json::json!({
        "state": gate["state"], "since": gate["since"], "earliest": gate["earliest"], "trend": gate["trend"],
        "objectives": each.map(|each| of_objective(each, periods, first)).collect::<Vec<_>>(),
    })
}

#[test]
fn every_day_of_every_case_is_judged_alike() {
    let Some(folder) = real_data("signals/gates-cases") else { return };
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
    };
    let (cases, truth) = (read("cases.json"), read("truth.json"));
    let mut days = 0;
    for case in cases.as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let desk = Desk::new();
        let plan = desk.folder.path().join("plan");
        fs::create_dir(&plan).unwrap();
        tables(case).into_iter().for_each(|(name, text)| fs::write(plan.join(name), text).unwrap());
        desk.done(&["import", desk.path(), plan.to_str().unwrap(), "--format", "csv"]);
        for (day, expected) in truth[name].as_object().unwrap() {
            let gates = desk.json(&["gates", desk.path(), "--as-of", day, "--json"]);
            let found = of_gate(&gates[0], "objectives", "periods", "first");
            assert_eq!(found, of_gate(expected, "conditions", "last", "period"), "{name} on {day}");
            assert_eq!(gates[0]["position"], "HC-1");
            days += 1;
        }
    }
    assert!(days > 400, "{days} days");
}
