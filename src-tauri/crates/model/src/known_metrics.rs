//! Metrics that organisations share: what they are called, how their figures may be put together, and the formulas of
//! those that follow from others.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    entity::{BetterDirection, MetricKind},
    metric_formula::MetricFormula,
    plan_metric::PlanMetric,
};

/// A metric that many organisations have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownMetric {
    /// The key by which the plan and formulas know it.
    pub key: &'static str,
    pub name: &'static str,
    /// `money`, `count`, `share`, `hours`, `minutes`, `seconds`, `months`, or none for a plain number.
    pub unit: &'static str,
    pub kind: MetricKind,
    pub better: BetterDirection,
    /// What its value is made of, as [`MetricFormula`] reads it; empty if it is made of no others.
    pub formula: &'static str,
    /// What of the plan gives its value; none if it is measured or made of others.
    pub of_plan: Option<PlanMetric>,
    /// What that is, in words.
    pub definition: &'static str,
    /// What reports call it, in small letters; its key and name are understood as well.
    pub called: &'static [&'static str],
    /// Reports show it in brackets or with a minus; the figure is the amount.
    pub is_amount_lost: bool,
    /// Where the formula is explained.
    pub source: &'static str,
}

impl KnownMetric {
    /// The one with this key.
    pub fn of_key(key: &str) -> Option<&'static KnownMetric> {
        KNOWN_METRICS.iter().find(|metric| metric.key == key)
    }

    /// The one that a report calls so, by words alone: `New MRR (€ k)` is `new mrr`.
    pub fn called(label: &str) -> Option<&'static KnownMetric> {
        static BY_LABEL: LazyLock<FxHashMap<String, &KnownMetric>> = LazyLock::new(|| {
            let labels = |metric: &'static KnownMetric| {
                let labels = [metric.key, metric.name].into_iter().chain(metric.called.iter().copied());
                labels.map(move |label| (words_of(label), metric))
            };
            KNOWN_METRICS.iter().flat_map(labels).collect()
        });
        BY_LABEL.get(&words_of(label)).copied()
    }

    /// Whether it has no figures of its own.
    pub fn is_derived(&self) -> bool {
        !self.formula.is_empty() || self.of_plan.is_some()
    }

    /// What its value is made of, as it is written: a formula, or what the plan says; empty if it is measured.
    pub fn written(&self) -> &'static str {
        if self.of_plan.is_some() { self.definition } else { self.formula }
    }

    /// What its value is made of; none if it is made of no others.
    pub fn parsed_formula(&self) -> Option<&'static MetricFormula> {
        static BY_KEY: LazyLock<FxHashMap<&str, MetricFormula>> = LazyLock::new(|| {
            let formula = |metric: &KnownMetric| Some((metric.key, MetricFormula::parse(metric.formula)?));
            KNOWN_METRICS.iter().filter_map(formula).collect()
        });
        BY_KEY.get(self.key)
    }
}

/// Small letters and digits, with one space between words. `&` and `and` are one, and so are `avg` and `average`.
fn words_of(label: &str) -> String {
    let mut words = String::new();
    for letter in label.to_lowercase().chars() {
        match letter {
            '&' => words.push_str(" and "),
            '#' | '%' => {}
            letter if letter.is_alphanumeric() => words.push(letter),
            _ => words.push(' '),
        }
    }
    let whole = |word| if word == "avg" { "average" } else { word };
    words.split_whitespace().map(whole).collect::<Vec<_>>().join(" ")
}

/// Its figures are measured.
const fn measured(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    kind: MetricKind,
    better: BetterDirection,
    called: &'static [&'static str],
) -> KnownMetric {
    KnownMetric {
        key,
        name,
        unit,
        kind,
        better,
        formula: "",
        of_plan: None,
        definition: "",
        called,
        is_amount_lost: false,
        source: "",
    }
}

/// Its figures are measured, and shown as losses.
const fn lost(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    called: &'static [&'static str],
) -> KnownMetric {
    KnownMetric {
        is_amount_lost: true,
        ..measured(key, name, unit, MetricKind::Flow, BetterDirection::Down, called)
    }
}

/// Its value follows from others.
const fn derived(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    better: BetterDirection,
    formula: &'static str,
    called: &'static [&'static str],
    source: &'static str,
) -> KnownMetric {
    KnownMetric { formula, source, ..measured(key, name, unit, MetricKind::Ratio, better, called) }
}

/// The plan says it itself. Reports may show figures under the same name; those are somebody else's.
const fn of_plan(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    kind: MetricKind,
    better: BetterDirection,
    of_plan: PlanMetric,
    definition: &'static str,
) -> KnownMetric {
    KnownMetric { of_plan: Some(of_plan), definition, ..measured(key, name, unit, kind, better, &[]) }
}

use BetterDirection::{Down, Up};
use MetricKind::{Flow, Ratio, Stock};

/// Definitions of recurring revenue: new, expansion, contraction and churn between two ends of a month.
const REVENUE: &str = "https://tools.lishuyu.app/saasmetrics.html";
/// Definitions of lifetime value, acquisition cost and payback.
const UNIT_ECONOMICS: &str = "https://help.finmark.com/en/articles/5525177";

/// Definitions of what a team delivers: failed deployments by deployments, and not incidents by them.
const DELIVERY: &str = "https://dora.dev/guides/dora-metrics/";

/// Every known metric. A new one is a line here.
#[rustfmt::skip]
pub static KNOWN_METRICS: &[KnownMetric] = &[
    measured("mrr-start", "Opening MRR", "money", Stock, Up, &["starting mrr", "beginning mrr", "mrr at start", "start mrr", "opening balance mrr", "mrr opening", "bop mrr", "mrr bop", "opening recurring revenue", "mrr zu beginn", "mrr début"]),
    measured("new-mrr", "New MRR", "money", Flow, Up, &["new business mrr", "new business", "mrr new", "new subscription mrr", "new recurring revenue", "mrr new business", "neues mrr", "nouveau mrr"]),
    measured("reactivation-mrr", "Reactivation MRR", "money", Flow, Up, &["reactivation", "reactivated mrr", "mrr reactivation", "reactivations", "reactivated recurring revenue"]),
    measured("expansion-mrr", "Expansion MRR", "money", Flow, Up, &["expansion", "mrr expansion", "upgrade mrr", "upgrades", "upsell", "upgraded mrr", "upgrade recurring revenue", "upsell mrr", "mrr upgrade"]),
    lost("contraction-mrr", "Contraction MRR", "money", &["contraction", "mrr contraction", "downgrade mrr", "downgrades", "downgraded mrr", "downgrade recurring revenue", "mrr downgrade"]),
    lost("churned-mrr", "Churned MRR", "money", &["churn mrr", "mrr churn", "churned revenue", "lost mrr", "mrr churned", "cancelled mrr", "canceled mrr", "cancellations mrr", "churned recurring revenue", "lost recurring revenue", "verlorenes mrr", "mrr perdu"]),
    measured("mrr", "MRR", "money", Stock, Up, &["closing mrr", "ending mrr", "end mrr", "mrr at end", "mrr closing", "monthly recurring revenue", "mrr end", "total mrr", "recurring revenue", "eop mrr", "mrr eop", "exit mrr", "closing recurring revenue", "monatlich wiederkehrender umsatz", "revenu récurrent mensuel", "revenus récurrents mensuels"]),
    measured("customers", "Customers", "count", Stock, Up, &["paying customers", "active customers", "customer count", "subscribers", "closing customers", "number of customers", "accounts", "total customers", "ending customers", "logos", "active subscribers", "kunden", "aktive kunden", "zahlende kunden", "bestandskunden", "kundenzahl", "clients", "clients actifs", "nombre de clients"]),
    measured("new-customers", "New customers", "count", Flow, Up, &["customers won", "new logos", "new accounts", "new subscribers", "new paying customers", "customers added", "neukunden", "neue kunden", "nouveaux clients"]),
    measured("reactivated-customers", "Reactivated customers", "count", Flow, Up, &["customers won back", "returned customers", "reactivated logos", "reactivated accounts"]),
    lost("lost-customers", "Lost customers", "count", &["churned customers", "customers lost", "lost logos", "churned logos", "churned subscribers", "churned accounts", "cancelled customers", "canceled customers", "verlorene kunden", "kundenverluste", "clients perdus"]),
    measured("spend", "Sales and marketing spend", "money", Flow, Down, &["s&m spend", "s&m", "sales and marketing", "sales and marketing expenses", "sales and marketing cost", "s&m expense", "s&m cost", "acquisition spend", "sales and marketing costs", "total s&m", "vertrieb und marketing", "marketing und vertrieb", "vertriebs und marketingkosten", "ventes et marketing", "dépenses ventes et marketing"]),
    measured("margin", "Gross margin", "share", Ratio, Up, &["gm", "gross margin rate", "gross profit margin", "bruttomarge", "marge brute", "taux de marge brute"]),
    measured("leads", "Qualified leads", "count", Flow, Up, &["leads", "sales qualified leads", "sql", "sqls", "marketing qualified leads", "mql", "mqls", "qualifizierte leads", "leads qualifiés"]),
    measured("trials", "Trials", "count", Flow, Up, &["trials started", "new trials", "free trials", "testphasen", "essais gratuits"]),
    measured("revenue", "Revenue", "money", Flow, Up, &["net revenue", "total revenue", "sales", "umsatz", "umsatzerlöse", "chiffre d'affaires"]),
    measured("tickets-created", "Tickets created", "count", Flow, Down, &["created tickets", "new tickets", "tickets", "tickets opened", "neue tickets", "tickets créés"]),
    measured("tickets-solved", "Tickets solved", "count", Flow, Up, &["solved tickets", "tickets closed", "closed tickets", "resolved tickets", "gelöste tickets", "tickets résolus"]),
    measured("backlog", "Ticket backlog", "count", Stock, Down, &["open tickets", "tickets open", "unsolved tickets", "support backlog", "offene tickets", "tickets ouverts"]),
    measured("fcr", "First contact resolution", "share", Ratio, Up, &["first contact resolution rate", "one touch resolution"]),
    measured("csat", "Customer satisfaction", "share", Ratio, Up, &["csat score", "customer satisfaction score", "satisfaction", "kundenzufriedenheit", "satisfaction client"]),
    measured("first-reply-minutes", "First reply time (median)", "minutes", Ratio, Down, &["first reply time", "first response time", "median first reply time"]),
    measured("resolution-minutes", "Resolution time (median)", "minutes", Ratio, Down, &["resolution time", "full resolution time", "median resolution time"]),
    measured("calls", "Calls", "count", Flow, Down, &["calls offered", "call volume", "volume", "contacts", "inbound calls", "calls received", "anrufe", "appels", "offered calls"]),
    measured("handle-seconds", "Handle time of a call (average)", "seconds", Ratio, Down, &["aht", "average handle time", "average handling time", "handle time seconds"]),
    measured("handle-minutes", "Handle time of a ticket (average)", "minutes", Ratio, Down, &["ticket handle time", "handle time minutes"]),
    measured("service-level", "Calls answered in time", "share", Ratio, Up, &["service level", "telephone service factor", "service level 80 20", "sl 80 20", "servicelevel", "taux de service"]),
    measured("answer-seconds", "Speed of answer (average)", "seconds", Ratio, Down, &["asa", "average speed of answer", "average wait time"]),
    measured("availability", "Availability", "share", Ratio, Up, &["uptime", "service availability", "verfügbarkeit", "disponibilité"]),
    measured("nps", "Net promoter score", "", Ratio, Up, &["net promoter score nps"]),
    measured("very-disappointed", "Very disappointed without it", "share", Ratio, Up, &["very disappointed", "sean ellis score", "sean ellis test", "product market fit score", "pmf score"]),
    measured("survey-answers", "Survey answers", "count", Flow, Up, &["survey responses", "sean ellis answers", "pmf survey responses"]),
    measured("deployments", "Deployments", "count", Flow, Up, &["deployments to production", "production deployments", "deploys", "deployment count", "number of deployments", "releases"]),
    measured("deployment-days", "Days with a deployment", "count", Flow, Up, &["deployment days", "days with deployments"]),
    measured("deployment-days-a-week", "Days a week with a deployment (median)", "", Ratio, Up, &["deployment days per week", "days a week with a deployment"]),
    measured("failed-deployments", "Failed deployments", "count", Flow, Down, &["deployments failed", "failed changes", "change failures"]),
    measured("rework-deployments", "Deployments that mend another", "count", Flow, Down, &["rework deployments", "unplanned deployments", "hotfixes"]),
    measured("deployed-commits", "Commits that went out", "count", Flow, Up, &["deployed commits", "commits deployed"]),
    measured("lead-time-hours", "Lead time of changes (median)", "hours", Ratio, Down, &["lead time for changes", "lead time", "lead time hours", "median lead time", "median lead time for changes", "change lead time"]),
    measured("lead-time-without-bots-hours", "Lead time without bots (median)", "hours", Ratio, Down, &["lead time without bots", "lead time without bots hours"]),
    measured("recovery-hours", "Recovery of failed deployments (median)", "hours", Ratio, Down, &["failed deployment recovery time", "time to restore service", "time to restore", "recovery time"]),
    derived("arr", "ARR", "money", Up, "12 * mrr", &["annual recurring revenue", "annualised recurring revenue", "annualized recurring revenue", "annual run rate", "annualised run rate", "annualized run rate", "jährlich wiederkehrender umsatz", "revenu récurrent annuel"], REVENUE),
    derived("mrr-difference", "MRR that its movements do not explain", "money", Down, "first(mrr-start) + new-mrr + reactivation-mrr? + expansion-mrr - contraction-mrr - churned-mrr - mrr", &["roll forward difference"], REVENUE),
    derived("nrr", "Net revenue retention", "share", Up, "(first(mrr-start) + expansion-mrr - contraction-mrr - churned-mrr) / first(mrr-start)", &["net revenue retention rate", "net dollar retention", "ndr"], REVENUE),
    derived("grr", "Gross revenue retention", "share", Up, "(first(mrr-start) - contraction-mrr - churned-mrr) / first(mrr-start)", &["gross revenue retention rate", "gross dollar retention", "gdr"], REVENUE),
    derived("revenue-churn", "Revenue churn", "share", Down, "(contraction-mrr + churned-mrr) / first(mrr-start)", &["revenue churn rate", "mrr churn rate", "gross mrr churn rate", "gross revenue churn", "gross mrr churn"], REVENUE),
    derived("quick-ratio", "Quick ratio", "", Up, "(new-mrr + expansion-mrr) / (contraction-mrr + churned-mrr)", &["saas quick ratio"], REVENUE),
    derived("arpa", "Average revenue per account", "money", Up, "mrr / customers", &["arpu", "average revenue per user", "average revenue per customer"], UNIT_ECONOMICS),
    derived("cac", "Customer acquisition cost", "money", Down, "spend / new-customers", &["acquisition cost", "cost per acquisition", "kundenakquisitionskosten", "coût d'acquisition client", "coût d'acquisition"], UNIT_ECONOMICS),
    derived("payback", "Payback", "months", Down, "cac / (arpa * last(margin))", &["cac payback", "payback period", "payback months", "cac payback months", "cac payback period", "payback period months", "amortisationsdauer"], UNIT_ECONOMICS),
    derived("logo-churn", "Logo churn", "share", Down, "lost-customers / (customers - new-customers - reactivated-customers? + lost-customers)", &["customer churn", "customer churn rate", "logo churn rate", "churn rate", "user churn", "user churn rate", "customers churn rate", "subscriber churn rate", "kundenabwanderung", "taux d'attrition"], UNIT_ECONOMICS),
    derived("ltv", "Lifetime value", "money", Up, "arpa * margin / logo-churn", &["customer lifetime value", "clv", "customer ltv", "kundenwert"], UNIT_ECONOMICS),
    derived("ltv-cac", "Lifetime value over acquisition cost", "", Up, "ltv / cac", &["ltv cac ratio", "ltv to cac"], UNIT_ECONOMICS),
    derived("conversion", "Trials per qualified lead", "share", Up, "trials / leads", &["lead to trial conversion", "conversion rate", "lead to trial"], UNIT_ECONOMICS),
    derived("lead-velocity", "Lead velocity", "share", Up, "leads / previous(leads) - 1", &["lead velocity rate", "lvr"], REVENUE),
    derived("unit-cost", "Cloud cost per customer", "money", Down, "cloud-cost / customers", &["unit cost", "cloud cost per active customer", "cost per customer"], UNIT_ECONOMICS),
    derived("change-failure-rate", "Change failure rate", "share", Down, "failed-deployments / deployments", &["change fail rate", "cfr", "change failure percentage", "deployment failure rate"], DELIVERY),
    derived("rework-rate", "Rework rate", "share", Down, "rework-deployments / deployments", &["deployment rework rate"], DELIVERY),
    of_plan("headcount", "Headcount", "count", Stock, Up, PlanMetric::Headcount, "People who are there, each once"),
    of_plan("effective-capacity", "Effective capacity", "FTE", Stock, Up, PlanMetric::EffectiveCapacity, "Full-time equivalent of those who are there, after ramp-up, less the time that mentoring takes"),
    of_plan("on-call-people", "People on call", "count", Stock, Up, PlanMetric::OnCallPeople, "People on the teams that need an on-call rota, each once"),
    of_plan("on-call-margin", "On-call margin", "count", Stock, Up, PlanMetric::OnCallMargin, "How many can leave, whichever they are, until a rota is understaffed; below zero, how many it lacks. Of several teams, that of the worst"),
    of_plan("people-cost", "Cost of people", "money", Flow, Down, PlanMetric::PeopleCost, "Cost of those who are there, fully loaded"),
    of_plan("cloud-cost", "Cloud cost", "money", Flow, Down, PlanMetric::CloudCost, "Cost of clouds and clusters by imported bills, of those that cost rules and labels say"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_formula_is_read_and_made_of_known_metrics() {
        for metric in KNOWN_METRICS.iter().filter(|metric| !metric.formula.is_empty()) {
            let formula = metric.parsed_formula().unwrap_or_else(|| panic!("{}", metric.key));
            for part in formula.parts() {
                assert!(KnownMetric::of_key(&part.metric).is_some(), "{} of {}", part.metric, metric.key);
            }
            assert!(!metric.source.is_empty(), "{}", metric.key);
        }
    }

    #[test]
    fn no_label_means_two_metrics() {
        let mut seen = BTreeSet::new();
        for metric in KNOWN_METRICS {
            let labels: BTreeSet<String> =
                [metric.key, metric.name].iter().chain(metric.called).map(|label| words_of(label)).collect();
            for label in labels {
                assert!(seen.insert(label.clone()), "{label}");
            }
        }
    }

    #[test]
    fn labels_of_reports_are_understood() {
        let key = |label: &str| KnownMetric::called(label).map(|metric| metric.key);
        assert_eq!(key("S&M spend"), Some("spend"));
        assert_eq!(key("Sales and Marketing"), Some("spend"));
        assert_eq!(key("# New customers"), Some("new-customers"));
        assert_eq!(key("Closing MRR"), Some("mrr"));
        assert_eq!(key("LTV/CAC"), Some("ltv-cac"));
        assert_eq!(key("Gross margin %"), Some("margin"));
        assert_eq!(key("Neukunden"), Some("new-customers"));
        assert_eq!(key("Coût d’acquisition"), Some("cac"));
        assert_eq!(key("Upgrade Recurring Revenue"), Some("expansion-mrr"));
        assert_eq!(key("Office plants"), None);
    }

    /// `docs/metrics.md` has these tables.
    #[test]
    fn the_documentation_lists_every_formula() {
        let row = |metric: &KnownMetric| {
            format!("| `{}` | {} | `{}` | {} |", metric.key, metric.name, metric.formula, metric.source)
        };
        let formulas = KNOWN_METRICS.iter().filter(|metric| !metric.formula.is_empty());
        let table = formulas.map(row).collect::<Vec<_>>().join("\n");
        let text = include_str!("../../../../docs/metrics.md");
        assert!(text.contains(&table), "docs/metrics.md lacks:\n{table}");
        let row =
            |metric: &KnownMetric| format!("| `{}` | {} | {} |", metric.key, metric.name, metric.definition);
        let of_plan = KNOWN_METRICS.iter().filter(|metric| metric.of_plan.is_some());
        let table = of_plan.map(row).collect::<Vec<_>>().join("\n");
        assert!(text.contains(&table), "docs/metrics.md lacks:\n{table}");
    }
}
