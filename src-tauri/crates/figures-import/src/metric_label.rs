//! What a report calls a metric, apart from its unit and its segment: `New MRR – Shippers (€ k)`.

use headroom_model::KnownMetric;

use super::unit::FigureUnit;

/// The parts of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricLabel {
    pub name: String,
    pub known: Option<&'static KnownMetric>,
    pub unit: Option<FigureUnit>,
    pub segment: String,
}

/// What stands between a metric and its segment.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", ": ", " | ", " / ", " by "];

impl MetricLabel {
    pub fn of(label: &str) -> Self {
        let label = label.trim().trim_end_matches(['*', '†', '‡', '¹', '²', '³', ':']).trim();
        let (label, unit) = without_unit(label);
        let unit = unit.or_else(|| label.contains('%').then(|| FigureUnit::of("%")).flatten());
        if let Some(known) = KnownMetric::called(label) {
            return Self { name: label.to_owned(), known: Some(known), unit, segment: String::new() };
        }
        with_segment(label, unit).unwrap_or_else(|| Self {
            name: label.to_owned(),
            known: None,
            unit,
            segment: String::new(),
        })
    }
}

/// The label without the unit at its end.
fn without_unit(label: &str) -> (&str, Option<FigureUnit>) {
    let cuts = ["(", "[", ",", " in "].iter().filter_map(|mark| label.rfind(mark));
    let Some(cut) = cuts.max() else { return (label, None) };
    let (head, tail) = label.split_at(cut);
    match FigureUnit::of(tail.trim_start_matches([',', ' '])) {
        Some(unit) if !head.trim().is_empty() => (head.trim(), Some(unit)),
        _ => (label, None),
    }
}

/// A known metric, with a segment before or after it.
fn with_segment(label: &str, unit: Option<FigureUnit>) -> Option<MetricLabel> {
    let halves = SEPARATORS.iter().filter_map(|separator| label.split_once(separator));
    let bracket = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
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
        assert_eq!(told("Office plants"), (None, String::new(), String::new()));
    }
}
