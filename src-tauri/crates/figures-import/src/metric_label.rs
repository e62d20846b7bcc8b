//! What a report calls a metric, apart from its unit and its segment: `New MRR – Shippers (€ k)`.

use headroom_model::{KnownMetric, MetricKind, built_in_metric::AVAILABILITY};

use super::unit::WrittenUnit;

/// The parts of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricLabel {
    pub name: String,
    pub known: Option<&'static KnownMetric>,
    pub unit: Option<WrittenUnit>,
    pub segment: String,
}

/// What stands between a metric and its segment.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", ": ", " | ", " / ", " by "];

impl MetricLabel {
    pub fn of(label: &str) -> Self {
        let label = label.trim().trim_end_matches(['*', '†', '‡', '¹', '²', '³', ':']).trim();
        let (label, unit) = without_unit(label);
        let unit = unit.or_else(|| label.contains('%').then(|| WrittenUnit::of("%")).flatten());
        if let Some(known) = KnownMetric::called(label) {
            return Self { name: label.to_owned(), known: Some(known), unit, segment: String::new() };
        }
        with_segment(label, unit).or_else(|| of_service(label, unit)).unwrap_or_else(|| Self {
            name: label.to_owned(),
            known: None,
            unit,
            segment: String::new(),
        })
    }
}

/// The label without the unit at its end.
fn without_unit(label: &str) -> (&str, Option<WrittenUnit>) {
    let cuts = ["(", "[", ",", " in "].iter().filter_map(|mark| label.rfind(mark));
    let Some(cut) = cuts.max() else { return (label, None) };
    let (head, tail) = label.split_at(cut);
    match WrittenUnit::of(tail.trim_start_matches([',', ' '])) {
        Some(unit) if !head.trim().is_empty() => (head.trim(), Some(unit)),
        _ => (label, None),
    }
}

/// A known metric, with a segment before or after it.
fn with_segment(label: &str, unit: Option<WrittenUnit>) -> Option<MetricLabel> {
    let halves = SEPARATORS.iter().filter_map(|separator| label.split_once(separator));
    let bracket = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
    if let Some((name, word)) = bracket
        && is_qualifier(word)
    {
        let known = KnownMetric::called(name)?;
        return Some(MetricLabel { name: name.to_owned(), known: Some(known), unit, segment: String::new() });
    }
    for (one, two) in halves.chain(bracket) {
        for (name, segment) in [(one, two), (two, one)] {
            let (name, own_unit) = without_unit(name.trim());
            if let Some(known) = KnownMetric::called(name) {
                return Some(MetricLabel {
                    name: name.to_owned(),
                    known: Some(known),
                    unit: unit.or(own_unit),
                    segment: segment.trim().to_owned(),
                });
            }
        }
    }
    None
}

/// Whether a word in brackets says how a metric is measured, and not whose it is.
fn is_qualifier(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    [
        "avg",
        "average",
        "mean",
        "actual",
        "actuals",
        "eop",
        "eom",
        "end of month",
        "end of period",
        "month end",
    ]
    .contains(&word.as_str())
}

/// Monitoring tools name a series after its service: `checkout availability`.
fn of_service(label: &str, unit: Option<WrittenUnit>) -> Option<MetricLabel> {
    let halves = [label.rsplit_once(' '), label.split_once(' ').map(|(one, two)| (two, one))];
    halves.into_iter().flatten().find_map(|(service, name)| {
        let known = KnownMetric::called(name).filter(|known| known.key == AVAILABILITY)?;
        let (name, segment) = (name.to_owned(), service.trim().to_owned());
        Some(MetricLabel { name, known: Some(known), unit, segment })
    })
}

/// Whether a known metric can be measured in a unit that a table says.
pub fn fits(known: &str, said: &str) -> bool {
    known == said || known.is_empty() && said != "money" && said != "share"
}

/// A metric that nobody knows is a stock if its name says so.
pub fn kind_by_name(name: &str, unit: &str) -> MetricKind {
    const STOCKS: [&str; 12] = [
        "opening",
        "closing",
        "ending",
        "balance",
        "active",
        "headcount",
        "open",
        "backlog",
        "total",
        "cash",
        "runway",
        "installed",
    ];
    let name = name.to_lowercase();
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    match unit {
        "share" | "months" | "days" | "hours" | "minutes" => MetricKind::Ratio,
        _ if words.any(|word| STOCKS.contains(&word)) => MetricKind::Stock,
        _ => MetricKind::Flow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_taken_apart() {
        let told = |label: &str| {
            let label = MetricLabel::of(label);
            let unit = label.unit.map(|unit| format!("{:?} {}", unit.word(), unit.zeros));
            (label.known.map(|known| known.key), label.segment, unit.unwrap_or_default())
        };
        let money = "Some(\"money\") 3".to_owned();
        assert_eq!(told("New MRR"), (Some("new-mrr"), String::new(), String::new()));
        assert_eq!(told("New MRR (€ k)"), (Some("new-mrr"), String::new(), money.clone()));
        assert_eq!(told("New MRR, k€"), (Some("new-mrr"), String::new(), money.clone()));
        assert_eq!(told("New MRR – Shippers (€ k)"), (Some("new-mrr"), "Shippers".to_owned(), money));
        assert_eq!(told("Shippers: Customers"), (Some("customers"), "Shippers".to_owned(), String::new()));
        assert_eq!(told("MRR (Germany)"), (Some("mrr"), "Germany".to_owned(), String::new()));
        assert_eq!(told("Gross margin %"), (Some("margin"), String::new(), "Some(\"share\") 0".to_owned()));
        assert_eq!(
            told("checkout availability"),
            (Some("availability"), "checkout".to_owned(), String::new())
        );
        assert_eq!(told("Net New MRR"), (None, String::new(), String::new()), "no segment is called Net");
        assert_eq!(told("Office plants"), (None, String::new(), String::new()));
    }
}
