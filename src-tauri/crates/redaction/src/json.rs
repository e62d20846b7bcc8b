//! Texts within an entity, wherever they are in its JSON.

use serde_json::Value;

use super::{
    amounts::Amounts,
    currency,
    figure_texts::FigureTexts,
    number,
    text::{self, REMOVED},
};

/// A step of the path from an entity to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafStep {
    Field(String),
    Item(usize),
}

pub struct Leaves<'a>(&'a Value);

impl<'a> Leaves<'a> {
    pub fn new(value: &'a Value) -> Self {
        Self(value)
    }

    pub fn visit(&self, visit: &mut dyn FnMut(&[LeafStep], &str)) {
        walk(self.0, &mut Vec::new(), visit);
    }
}

fn walk(value: &Value, path: &mut Vec<LeafStep>, visit: &mut dyn FnMut(&[LeafStep], &str)) {
    match value {
        Value::String(text) => visit(path, text),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(LeafStep::Item(at));
                walk(item, path, visit);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                path.push(LeafStep::Field(name.clone()));
                walk(field, path, visit);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Sets the text at a path, or removes the field.
pub fn put(value: &mut Value, path: &[LeafStep], text: Option<String>) {
    match path {
        [] => *value = text.map_or(Value::Null, Value::String),
        [LeafStep::Field(name)] if text.is_none() => {
            value.as_object_mut().map(|fields| fields.remove(name));
        }
        [LeafStep::Field(name), rest @ ..] => {
            if let Some(field) = value.get_mut(name) {
                put(field, rest, text);
            }
        }
        [LeafStep::Item(at), rest @ ..] => {
            if let Some(item) = value.get_mut(*at) {
                put(item, rest, text);
            }
        }
    }
}

/// The field names of a path, without list indexes: `seats.annual_cost`.
pub fn field_of(path: &[LeafStep]) -> String {
    let fields = path.iter().filter_map(|step| match step {
        LeafStep::Field(name) => Some(name.as_str()),
        LeafStep::Item(_) => None,
    });
    fields.collect::<Vec<_>>().join(".")
}

/// Whether this is source data: JSON within a text.
pub fn is_extra(path: &[LeafStep]) -> bool {
    matches!(path, [LeafStep::Field(name), _] if name == "extra")
}

/// The JSON text without amounts; text that is not JSON is treated as prose.
pub fn without(text: &str, amounts: &Amounts, figures: &FigureTexts) -> Option<(String, usize)> {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else {
        return text::without(text, amounts, figures);
    };
    let mut count = 0;
    scrub(&mut value, false, (amounts, figures), &mut count);
    (count > 0).then(|| (value.to_string(), count))
}

/// In a field named after pay, or after a metric of money, every number is removed.
fn scrub(value: &mut Value, is_pay: bool, sought: (&Amounts, &FigureTexts), count: &mut usize) {
    let (amounts, figures) = sought;
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => {
            let text = number.to_string();
            if is_pay || text::without(&text, amounts, figures).is_some() {
                *value = REMOVED.into();
                *count += 1;
            }
        }
        Value::String(text) => {
            let is_hidden = is_pay && text.contains(number::is_digit);
            let found = match is_hidden {
                true => Some((REMOVED.to_owned(), 1)),
                false => text::without(text, amounts, figures),
            };
            if let Some((kept, found)) = found {
                *text = kept;
                *count += found;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| scrub(item, is_pay, sought, count)),
        Value::Object(fields) => {
            let entries = std::mem::take(fields);
            for (name, mut field) in entries {
                let is_pay = is_pay || is_named_after_pay(&name) || figures.names_field(&words_of(&name));
                scrub(&mut field, is_pay, sought, count);
                let name = match text::without(&name, amounts, figures) {
                    Some((kept, found)) => {
                        *count += found;
                        kept
                    }
                    None => name,
                };
                fields.insert(name, field);
            }
        }
    }
}

/// Whether a field is named after pay: `baseSalary`, `pay_rate`, `cost_eur`, `Annual Compensation`; not `payments`,
/// `payload` or `costCenter`.
pub fn is_named_after_pay(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "pay",
        "salary",
        "salaries",
        "wage",
        "wages",
        "compensation",
        "remuneration",
        "bonus",
        "ote",
        "cost",
        "costs",
        "budget",
        "budgets",
        "amount",
        "amounts",
        "price",
        "prices",
        "fee",
        "fees",
        "income",
        "earnings",
        "payroll",
        "stipend",
        "allowance",
        "comp",
        "ctc",
        "spend",
        "expense",
        "expenses",
        "gehalt",
        "lohn",
        "kosten",
        "currency",
        "money",
    ];
    const OTHERS: &[(&str, &str)] = &[
        ("cost", "center"),
        ("cost", "centre"),
        ("cost", "code"),
        ("cost", "unit"),
        ("error", "budget"),
        ("performance", "budget"),
        ("latency", "budget"),
    ];
    let words = words_of(name);
    let is_other = |at: usize| {
        let next = words.get(at + 1).map_or("", String::as_str);
        let last = at.checked_sub(1).map_or("", |at| words[at].as_str());
        OTHERS.contains(&(words[at].as_str(), next)) || OTHERS.contains(&(last, words[at].as_str()))
    };
    words
        .iter()
        .enumerate()
        .any(|(at, word)| (WORDS.contains(&word.as_str()) || currency::is_named(word)) && !is_other(at))
}

/// `baseSalary` is `base` and `salary`.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        let begins = letter.is_uppercase() && was_lower;
        if begins || !letter.is_alphabetic() {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphabetic()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_amounts(text: &str, amounts: &Amounts) -> Option<(String, usize)> {
        without(text, amounts, &FigureTexts::default())
    }

    #[test]
    fn a_number_in_a_field_of_a_figure_is_removed() {
        let text = r#"{"payback":14.9,"netRevenueRetention":"1.14","port":8080}"#;
        let (kept, count) = without_amounts(text, &Amounts::default()).unwrap();
        assert_eq!((kept.contains("8080"), kept.contains("14"), count), (true, false, 2), "{kept}");
        assert_eq!(without(text, &Amounts::default(), &FigureTexts::new(true)), None);
    }

    #[test]
    fn every_number_in_a_pay_field_is_removed() {
        let amounts = Amounts::default();
        let text = r#"{"baseSalary":118000,"Pay rate":"118,000.00","payments":{"port":8080},"bonus":{"target":"12 %"}}"#;
        let (kept, count) = without_amounts(text, &amounts).unwrap();
        assert_eq!(count, 3);
        let kept: Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["payments"]["port"], 8080);
        assert_eq!((&kept["baseSalary"], &kept["bonus"]["target"]), (&REMOVED.into(), &REMOVED.into()));
    }

    #[test]
    fn every_number_in_a_cost_or_currency_field_is_removed() {
        let amounts = Amounts::default();
        for name in ["cost_eur", "headcount_budget", "budget-eur", "annualCostUSD", "amount", "fee", "chf"] {
            for value in ["88888", r#""88888""#, r#""1.21e5""#, "1.21e5"] {
                let found = without_amounts(&format!(r#"{{"{name}":{value}}}"#), &amounts);
                assert_eq!(found, Some((format!(r#"{{"{name}":"{REMOVED}"}}"#), 1)), "{name} {value}");
            }
        }
        for name in ["costCenter", "cost_centre", "error-budget", "payload", "port", "recur"] {
            assert_eq!(without_amounts(&format!(r#"{{"{name}":88888}}"#), &amounts), None, "{name}");
        }
    }
}
