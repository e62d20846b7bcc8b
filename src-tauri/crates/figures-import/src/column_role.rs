//! What the columns beside the figures are, by the words in their headers.

use headroom_model::KnownMetric;

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
            "series",
            "metrics",
            "metrik",
            "kennzahlen",
            "indicateurs",
            "measure name",
            "measure names",
            "position",
        ],
    ),
    (ColumnRole::Unit, &["unit", "units", "uom", "einheit", "unité"]),
    (ColumnRole::Currency, &["currency", "ccy", "währung", "devise", "currency code"]),
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
            "queue",
            "skill",
            "kundensegment",
            "bereich",
            "warteschlange",
            "file d attente",
        ],
    ),
    (
        ColumnRole::Channel,
        &[
            "channel",
            "source",
            "acquisition channel",
            "referral source",
            "campaign",
            "kanal",
            "canal",
            "lead source",
            "marketing channel",
        ],
    ),
    (
        ColumnRole::Market,
        &[
            "market",
            "country",
            "region",
            "geo",
            "geography",
            "territory",
            "markt",
            "land",
            "pays",
            "région",
            "marché",
        ],
    ),
    (ColumnRole::Team, &["team", "squad", "tribe", "équipe"]),
    (ColumnRole::Service, &["service", "component", "system"]),
    (
        ColumnRole::Value,
        &[
            "value",
            "amount",
            "figure",
            "actual",
            "actuals",
            "wert",
            "valeur",
            "result",
            "measure value",
            "measure values",
            "betrag",
            "montant",
        ],
    ),
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
            "reporting month",
            "reporting date",
            "fiscal period",
            "period ending",
            "month ending",
            "week ending",
            "week starting",
            "week of",
            "timestamp",
            "période",
            "periode",
            "zeitraum",
            "semaine",
            "trimestre",
            "woche",
            "quartal",
            "jour",
            "tag",
        ],
    ),
    (ColumnRole::First, &["first", "first day", "start", "start date", "from", "period start", "begin"]),
    (ColumnRole::Last, &["last", "last day", "end", "end date", "to", "until"]),
    (
        ColumnRole::Remark,
        &[
            "comment",
            "comments",
            "note",
            "notes",
            "remark",
            "remarks",
            "bemerkung",
            "commentaire",
            "kommentar",
            "kommentare",
            "anmerkung",
            "anmerkungen",
            "commentaires",
            "remarque",
        ],
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

/// Whether a column says who: a person, or a customer. No figure is ever that of a person, and no name is kept.
pub fn names_people(header: &str) -> bool {
    let lower = header.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        matches!(
            word,
            "agent"
                | "agents"
                | "assignee"
                | "name"
                | "person"
                | "employee"
                | "user"
                | "owner"
                | "rep"
                | "representative"
                | "seller"
                | "requester"
                | "reporter"
                | "contact"
                | "email"
                | "mail"
                | "customer"
                | "subscriber"
                | "client"
                | "mitarbeiter"
                | "mitarbeiterin"
                | "kunde"
                | "teammate"
                | "engineer"
                | "developer"
        )
    }) && KnownMetric::called(header).is_none()
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
