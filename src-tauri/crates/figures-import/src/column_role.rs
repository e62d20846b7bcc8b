//! What the columns beside the figures are, by the words in their headers.

use super::period_label::is_sum;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    Metric,
    Unit,
    Currency,
    Segment,
    Channel,
    Market,
    Team,
    Service,
    Value,
    /// The period of a row, or a day of it.
    Period,
    First,
    Last,
    Remark,
    /// Adds up periods: never read.
    Sum,
}

const WORDS: [(ColumnRole, &[&str]); 13] = [
    (
        ColumnRole::Metric,
        &[
            "metric",
            "kpi",
            "measure",
            "indicator",
            "line item",
            "metric name",
            "kpi name",
            "item",
            "account",
            "kennzahl",
            "indicateur",
            "position",
        ],
    ),
    (ColumnRole::Unit, &["unit", "units", "uom", "einheit", "unité"]),
    (ColumnRole::Currency, &["currency", "ccy", "währung", "devise"]),
    (
        ColumnRole::Segment,
        &[
            "segment",
            "customer segment",
            "plan",
            "plan tier",
            "tier",
            "product",
            "product line",
            "business unit",
            "category",
            "cohort",
            "scope",
            "group",
            "breakdown",
        ],
    ),
    (
        ColumnRole::Channel,
        &["channel", "source", "acquisition channel", "referral source", "campaign", "kanal"],
    ),
    (ColumnRole::Market, &["market", "country", "region", "geo", "geography", "territory", "markt", "land"]),
    (ColumnRole::Team, &["team", "squad", "tribe"]),
    (ColumnRole::Service, &["service", "component", "system"]),
    (ColumnRole::Value, &["value", "amount", "figure", "actual", "actuals", "wert", "valeur", "result"]),
    (
        ColumnRole::Period,
        &[
            "period",
            "month",
            "date",
            "week",
            "quarter",
            "day",
            "time",
            "monat",
            "datum",
            "mois",
            "as of",
            "period end",
            "month end",
            "reporting period",
            "year month",
        ],
    ),
    (ColumnRole::First, &["first", "first day", "start", "start date", "from", "period start", "begin"]),
    (ColumnRole::Last, &["last", "last day", "end", "end date", "to", "until"]),
    (
        ColumnRole::Remark,
        &["comment", "comments", "note", "notes", "remark", "remarks", "bemerkung", "commentaire"],
    ),
];

impl ColumnRole {
    pub fn of(header: &str) -> Option<Self> {
        let lower = header.to_lowercase();
        let words: Vec<&str> =
            lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let words = words.join(" ");
        let role = WORDS.iter().find(|(_, known)| known.contains(&words.as_str())).map(|(role, _)| *role);
        role.or_else(|| is_sum(header).then_some(ColumnRole::Sum))
    }
}

/// Whether a name stands for everything together: `Total`, `All segments`.
pub fn is_total(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_word = |word: &str| {
        matches!(
            word,
            "total"
                | "totals"
                | "all"
                | "overall"
                | "sum"
                | "subtotal"
                | "gesamt"
                | "summe"
                | "insgesamt"
                | "ensemble"
        )
    };
    words.next().is_some_and(is_word)
        || lower.trim_end().ends_with(" total")
        || matches!(lower.trim(), "company" | "group" | "grand total")
}
