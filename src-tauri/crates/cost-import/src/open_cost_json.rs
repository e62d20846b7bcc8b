//! Allocations of OpenCost and Kubecost in JSON: `{"data": [{"name": {…, "totalCost": 1.5}}]}`.

use std::sync::Arc;

use headroom_files::{Diagnostic, Level, Place};
use serde_json::Value;

use crate::{
    BillOptions,
    bill::{Bill, Charge},
    charge_class::class_of_allocation,
    charge_day::{BillMonth, SlashOrder, parse_day},
    columns::BillKind,
    exact_amount::{CommaMeaning, ExactAmount},
};

const PARTS: [&str; 8] = [
    "cpuCost",
    "gpuCost",
    "ramCost",
    "pvCost",
    "networkCost",
    "loadBalancerCost",
    "sharedCost",
    "externalCost",
];

/// Whether the beginning of a file looks like allocations.
pub fn recognise(head: &str) -> bool {
    head.trim_start().starts_with('{') && head.contains("\"totalCost\"") && head.contains("\"window\"")
}

/// Adds the allocations to a bill.
pub fn read(value: &Value, file: &Arc<str>, options: &BillOptions, bill: &mut Bill) {
    let title = BillKind::OpenCost.title();
    if !bill.formats.contains(&title) {
        bill.formats.push(title);
    }
    let mut found = Vec::new();
    allocations(value, &mut found);
    for (name, allocation) in found {
        if let Err((message, advice)) = add(name, allocation, options, bill) {
            bill.skipped_rows += 1;
            bill.problems.push(Diagnostic::new(Level::Error, Place::new(file, 0, 0), message, advice));
        }
    }
    let message = format!("the file names no currency; amounts are taken to be {}", options.currency);
    let advice = "say --currency if they are in another one";
    bill.problems.push(Diagnostic::new(Level::Note, Place::new(file, 0, 0), message, advice));
}

/// Objects with a window and a cost, however deep.
fn allocations<'v>(value: &'v Value, found: &mut Vec<(&'v str, &'v Value)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| allocations(item, found)),
        Value::Object(object) => {
            for (name, item) in object {
                if item.get("window").is_some()
                    && (item.get("totalCost").is_some() || item.get("cpuCost").is_some())
                {
                    found.push((name, item));
                } else {
                    allocations(item, found);
                }
            }
        }
        _ => {}
    }
}

fn add(
    name: &str,
    allocation: &Value,
    options: &BillOptions,
    bill: &mut Bill,
) -> Result<(), (String, &'static str)> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let start = text(allocation.pointer("/window/start"));
    let start = if start.is_empty() { text(allocation.get("start")) } else { start };
    let day = parse_day(start.as_bytes(), SlashOrder::MonthFirst)
        .ok_or_else(|| (format!("“{name}” has no first day; skipped"), "export it with its window"))?;
    let amount = |field: &str| {
        let number = allocation.get(field).filter(|value| !value.is_null())?.to_string();
        ExactAmount::parse(number.trim_matches('"').as_bytes(), CommaMeaning::Thousands)
    };
    let billed = amount("totalCost").unwrap_or_else(|| PARTS.into_iter().filter_map(amount).sum());
    let properties = |field: &str| text(allocation.pointer(&format!("/properties/{field}")));
    let namespace = properties("namespace");
    let own = if name.is_empty() { text(allocation.get("name")) } else { name.to_owned() };
    let share = [&own, &namespace].into_iter().find_map(|text| class_of_allocation(text));
    let labels = allocation.pointer("/properties/labels").map(Value::to_string).unwrap_or_default();
    let is_label = own.contains('=') && share.is_none();
    let namespace = match share {
        Some(_) => String::new(),
        None if namespace.is_empty() && !is_label => own.clone(),
        None => namespace,
    };
    let texts = &mut bill.texts;
    let class = share.unwrap_or_default();
    let charge = Charge {
        month: BillMonth::of(day),
        billed,
        effective: billed,
        currency: options.currency,
        class,
        class_text: texts.id(class.word().as_bytes()),
        provider: texts.id(BillKind::OpenCost.title().as_bytes()),
        account: texts.id(properties("cluster").as_bytes()),
        account_name: texts.id(b""),
        namespace: texts.id(namespace.as_bytes()),
        service_category: texts.id(b""),
        resource: None,
    };
    let mut cells: Vec<(Option<&str>, &[u8])> = vec![(None, labels.as_bytes())];
    if is_label {
        cells.push((None, own.as_bytes()));
    }
    bill.add(&charge, &cells);
    Ok(())
}
