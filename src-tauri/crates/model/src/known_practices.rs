//! The practices that make a service ready to scale: what levels 1 to 4 mean, and where that is from.

use crate::{
    change::Edit,
    entity::{ComparisonOperator, Metric, MetricKind, Objective, PeriodLength},
    metric_value::ExactDecimal,
    new_ids::NewIds,
    plan::Plan,
    practice::PracticeScale,
};

/// A practice that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPractice {
    pub key: &'static str,
    pub name: &'static str,
    /// What levels 1 to 4 mean.
    pub levels: [&'static str; 4],
    /// Where that is explained.
    pub source: &'static str,
    /// It is part of what a service needs before it serves another market.
    pub is_market_baseline: bool,
}

/// The meaning of level 0 of all of them.
pub const NOTHING_YET: &str = "Nothing yet";

/// The level that services of a tier need if nobody has said otherwise.
pub const USUAL_REQUIREMENTS: [(u8, u32); 2] = [(1, 3), (2, 2)];

const fn practice(
    key: &'static str,
    name: &'static str,
    levels: [&'static str; 4],
    source: &'static str,
) -> KnownPractice {
    KnownPractice { key, name, levels, source, is_market_baseline: false }
}

const fn baseline(
    key: &'static str,
    name: &'static str,
    levels: [&'static str; 4],
    source: &'static str,
) -> KnownPractice {
    KnownPractice { is_market_baseline: true, ..practice(key, name, levels, source) }
}

/// The order is that of the playbook.
pub static KNOWN_PRACTICES: [KnownPractice; 12] = [
    practice(
        "horizontal-scale",
        "Horizontal scale and statelessness",
        [
            "One instance runs, and it is known what state it keeps",
            "Two instances or more run side by side, and one may stop without anybody noticing",
            "No instance keeps state of its own, so that instances are added or removed at any time",
            "It has been shown under load that twice the instances serve close to twice the traffic",
        ],
        "https://12factor.net/processes",
    ),
    practice(
        "infrastructure-as-code",
        "Infrastructure as code",
        [
            "How it is set up by hand is written down",
            "Most of what it runs on is described in files under version control",
            "All of it is, and is changed by reviewed changes to these files alone",
            "A whole environment can be made from the files again, and this is tried regularly",
        ],
        "https://dora.dev/capabilities/flexible-infrastructure/",
    ),
    practice(
        "gitops",
        "GitOps",
        [
            "What runs in production can be looked up in a repository",
            "Changes to production begin as reviewed changes in a repository",
            "An agent takes what is declared to production by itself",
            "The agent also finds and undoes what differs from what is declared",
        ],
        "https://opengitops.dev/",
    ),
    practice(
        "ci-cd",
        "CI/CD",
        [
            "Every change is built by a machine",
            "Every change is tested by a machine before it is merged",
            "A merged change reaches production without manual work beyond an approval",
            "Changes reach production on the day they are merged, and a bad one is rolled back by itself",
        ],
        "https://dora.dev/capabilities/continuous-delivery/",
    ),
    practice(
        "feature-flags",
        "Feature flags and canary releases",
        [
            "A risky change can be switched off by configuration",
            "New behaviour is released behind a flag, apart from its deployment",
            "A release first goes to a small share of traffic, and somebody watches it",
            "The share grows or shrinks by itself with error rate and latency, and old flags are removed",
        ],
        "https://sre.google/workbook/canarying-releases/",
    ),
    practice(
        "self-healing",
        "Autoscaling and self-healing",
        [
            "A failed instance is noticed and restarted by a person",
            "Health checks restart or replace a failed instance",
            "The number of instances follows the load by itself, within limits",
            "The loss of a zone or of a dependency is survived without a person, and this is rehearsed",
        ],
        "https://kubernetes.io/docs/concepts/workloads/autoscaling/",
    ),
    practice(
        "observability",
        "Metrics, logs and traces",
        [
            "Logs can be read in one place",
            "Traffic, errors, latency and saturation are on a dashboard",
            "Alerts follow from SLOs, and a request can be traced through the services it meets",
            "The person on call finds the cause from these signals without changing code first",
        ],
        "https://dora.dev/capabilities/monitoring-and-observability/",
    ),
    practice(
        "performance-tests",
        "Performance tests",
        [
            "The load that it serves today is measured",
            "It was tested under the load expected at the next peak",
            "Load tests run before every larger release, against written limits",
            "They run with every change, and a slower one is held back",
        ],
        "https://sre.google/sre-book/testing-reliability/",
    ),
    baseline(
        "security-baseline",
        "Security baseline",
        [
            "Access needs a second factor, and no secret is in the code",
            "Dependencies and code are scanned, and there is a way to report vulnerabilities",
            "Critical vulnerabilities are repaired within days, and every account has no more rights than it needs",
            "Threats are modelled, builds are signed, and somebody from outside tests it regularly",
        ],
        "https://baseline.openssf.org/",
    ),
    baseline(
        "compliance-baseline",
        "Compliance baseline",
        [
            "It is known which personal and regulated data it holds",
            "Access, retention and deletion of that data follow written rules",
            "Evidence for these rules is collected while working, and access is reviewed twice a year",
            "An audit of the last year found nothing serious, and rules of a new market are checked before it opens",
        ],
        "https://www.iso.org/standard/27001",
    ),
    practice(
        "runbook",
        "Runbook",
        [
            "It is written down how to start, stop and roll it back",
            "Every alert names the page that says what to do",
            "Someone who did not write it has followed it, and it was corrected after the last incident",
            "It is rehearsed every half year, and what repeats has been automated",
        ],
        "https://sre.google/sre-book/being-on-call/",
    ),
    practice(
        "knowledge-base",
        "Knowledge base",
        [
            "There is a page that says what it does and who owns it",
            "New colleagues and support find setup, architecture and common questions there",
            "Every page has an owner and was looked at within half a year",
            "Questions that come twice become pages, and it is measured whether these are read",
        ],
        "https://dora.dev/capabilities/documentation-quality/",
    ),
];

impl KnownPractice {
    pub fn of_key(key: &str) -> Option<&'static KnownPractice> {
        KNOWN_PRACTICES.iter().find(|known| known.key == key)
    }

    /// The one that has this key or name, in any case.
    pub fn called(name: &str) -> Option<&'static KnownPractice> {
        let name = name.trim();
        KNOWN_PRACTICES
            .iter()
            .find(|known| known.key.eq_ignore_ascii_case(name) || known.name.eq_ignore_ascii_case(name))
    }

    /// The words for levels 0 to 4.
    pub fn level_words(&self) -> Vec<String> {
        std::iter::once(NOTHING_YET).chain(self.levels).map(str::to_owned).collect()
    }

    /// Its metric, the same in every plan.
    fn metric(&self) -> Metric {
        Metric {
            id: NewIds::of_key(&format!("practice/{}", self.key)).into(),
            key: self.key.to_owned(),
            name: self.name.to_owned(),
            unit: PracticeScale::Level.unit().to_owned(),
            kind: MetricKind::Stock,
            period: PeriodLength::Day,
            levels: self.level_words(),
            origin: self.source.to_owned(),
            ..Metric::default()
        }
    }
}

/// An objective of all services of a tier: that they reach a level of a practice.
pub fn tier_requirement(metric: &Metric, tier: u8, level: u32) -> Objective {
    let key = format!("practice/{}/tier-{tier}", metric.key);
    Objective {
        id: NewIds::of_key(&key).into(),
        key,
        metric: metric.id,
        op: ComparisonOperator::AtLeast,
        value: ExactDecimal::from(level).into(),
        name: format!("{} at level {level} in tier {tier}", metric.name()),
        tier: Some(tier),
        ..Objective::default()
    }
}

/// What is added to a plan so that it has all practices that come with the program, with what each tier needs of them. A
/// practice that the plan has keeps its words; one that already has a requirement keeps it.
pub fn missing_practices(plan: &Plan) -> (Vec<Metric>, Vec<Objective>) {
    let (mut metrics, mut objectives) = (Vec::new(), Vec::new());
    for known in &KNOWN_PRACTICES {
        let own = plan.find::<Metric>(known.key).and_then(|id| plan.get::<Metric>(id));
        let metric = own.cloned().unwrap_or_else(|| known.metric());
        if metric.practice_scale() != Some(PracticeScale::Level) {
            continue;
        }
        let is_required = plan.objectives.iter().any(|row| row.metric == metric.id);
        if !is_required {
            let wanted = USUAL_REQUIREMENTS.iter().filter(|(_, level)| *level <= metric.top_value());
            let rows = wanted.map(|(tier, level)| tier_requirement(&metric, *tier, *level));
            objectives.extend(rows.filter(|row| plan.find::<Objective>(&row.key).is_none()));
        }
        if own.is_none() {
            metrics.push(metric);
        }
    }
    (metrics, objectives)
}

/// The edits that add them.
pub fn practice_edits(plan: &Plan) -> Vec<crate::change::Change> {
    let (metrics, objectives) = missing_practices(plan);
    let metrics = metrics.into_iter().map(|row| {
        let id = row.id.into();
        Edit { id, before: None, after: Some(Box::new(row)) }.into()
    });
    let objectives = objectives.into_iter().map(|row| {
        let id = row.id.into();
        Edit { id, before: None, after: Some(Box::new(row)) }.into()
    });
    metrics.chain(objectives).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practices_are_added_once_with_what_tiers_need() {
        let mut plan = Plan::default();
        let changes = practice_edits(&plan);
        assert_eq!(changes.len(), KNOWN_PRACTICES.len() * 3);
        plan.apply(&changes).unwrap();
        assert!(practice_edits(&plan).is_empty());
        let row = plan.objectives.iter().find(|row| row.key == "practice/ci-cd/tier-1").unwrap();
        assert_eq!((row.tier, row.value.to_string().as_str()), (Some(1), "3"));
    }

    #[test]
    fn a_practice_of_the_plan_keeps_its_words() {
        let mut plan = Plan::default();
        let id = NewIds::of_key("own").into();
        let own = Metric { id, key: "ci-cd".into(), unit: "level".into(), ..Metric::default() };
        plan.apply(&[Edit { id: id.into(), before: None, after: Some(Box::new(own.clone())) }.into()])
            .unwrap();
        plan.apply(&practice_edits(&plan)).unwrap();
        assert_eq!(plan.get::<Metric>(id), Some(&own));
        assert!(plan.objectives.iter().any(|row| row.metric == id));
    }

    #[test]
    fn words_can_stand_in_a_list() {
        for known in &KNOWN_PRACTICES {
            assert!(known.source.starts_with("https://"));
            assert!(
                known.levels.iter().all(|words| !words.contains(';') && !words.is_empty()),
                "{}",
                known.key
            );
        }
    }
}
