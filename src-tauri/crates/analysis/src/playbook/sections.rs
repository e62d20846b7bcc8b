//! The ten sections of scaling: a line for everything that belongs to one.

use headroom_model::{Metric, Snapshot, built_in_metric::DOWNTIME_MINUTES};

use super::has_services;

/// A section, and what belongs to it.
#[derive(Debug)]
pub struct SectionSpec {
    /// As it stands in files and addresses; never changes.
    pub id: &'static str,
    pub title: &'static str,
    /// What is to be answered by it.
    pub question: &'static str,
    /// Keys of its metrics: known ones ([`KnownMetric`](headroom_model::KnownMetric)), or those of [`OTHER_METRICS`].
    pub metrics: &'static [&'static str],
    /// The same, that are shown if there are figures, and not missed if there are none.
    pub also: &'static [&'static str],
    /// IDs of its rules.
    pub rules: &'static [&'static str],
    /// Whose figures are shown beside those of the organisation.
    pub breakdown: Breakdown,
    /// Scenarios are its bets.
    pub has_bets: bool,
    /// Metrics that belong to no other section belong to it.
    pub has_other_metrics: bool,
    /// Whether the plan says something of what its rules look at.
    pub is_known: fn(&Snapshot) -> bool,
    /// What no metric tells.
    pub untold: &'static [Untold],
}

impl SectionSpec {
    /// Every metric of it, in the order in which they are shown.
    pub fn all_metrics(&self) -> impl Iterator<Item = &'static str> {
        self.metrics.iter().chain(self.also).copied()
    }
}

/// Whose figures a section shows beside those of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakdown {
    Whole,
    Segments,
    ChannelsAndMarkets,
    Teams,
}

fn has_bets(snapshot: &Snapshot) -> bool {
    let plan = snapshot.plan();
    !plan.bets.is_empty() || !plan.scenarios.is_empty()
}

/// Something that a plan may not know.
#[derive(Debug)]
pub struct Untold {
    pub what: &'static str,
    /// The files that would tell, as something that can be imported; empty if the program reads none.
    pub told_by: &'static str,
    pub is_told: fn(&Snapshot) -> bool,
}

/// Nothing that the program reads tells it.
const fn untold(what: &'static str) -> Untold {
    Untold { what, told_by: "", is_told: |_| false }
}

/// Metrics that no formula needs, and that a table of figures tells: key and name. An import makes this key of the name.
pub static OTHER_METRICS: [(&str, &str); 2] =
    [("deployment-frequency", "Deployment frequency"), ("mttr", "MTTR")];

/// Rules about gates. Their findings belong to the sections of the metrics that a position waits for; to those that name
/// the rule if it waits for none of any section.
pub(super) const GATE_RULES: [&str; 5] =
    ["gate-opens-too-late", "gate-closed-again", "gate-lapsed", "opened-by-exchange-rate", "signal-missing"];

/// Whether anything is known or required of a practice.
fn has_practices(snapshot: &Snapshot) -> bool {
    let plan = snapshot.plan();
    let mut practices = plan.metrics.iter().filter(|metric| metric.practice_scale().is_some());
    practices.any(|metric| {
        plan.objectives.iter().any(|row| row.metric == metric.id)
            || plan.observations.iter().any(|row| row.metric == metric.id)
    })
}

const NOTHING: fn(&Snapshot) -> bool = |_| false;

/// The sections, in the order in which they are walked through.
#[rustfmt::skip]
pub static SECTIONS: [SectionSpec; 10] = [
    SectionSpec {
        id: "fit",
        title: "Product-market fit and unit economics",
        question: "Does growth pay for itself, and would customers miss the product?",
        metrics: &["payback", "ltv-cac", "cac", "ltv", "arpa", "margin", "nrr", "grr", "quick-ratio", "nps", "very-disappointed"],
        also: &["survey-answers"],
        rules: &[
            "growth-position-without-gate", "growth-position-before-payback", "volume-does-not-pay", "fit-not-shown",
            "gate-opens-too-late", "gate-closed-again", "gate-lapsed", "opened-by-exchange-rate", "signal-missing",
        ],
        breakdown: Breakdown::Segments,
        has_bets: false,
        has_other_metrics: false,
        is_known: NOTHING,
        untold: &[],
    },
    SectionSpec {
        id: "architecture",
        title: "Architecture for scale",
        question: "Does every part have one owner, and can it change without the others?",
        metrics: &[],
        also: &[],
        rules: &[
            "unowned-service", "owner-team-empty", "empty-team-owns", "owned-by-person", "several-owners",
            "dangling-dependency", "self-dependency", "cycle-in-team", "cycle-across-teams", "tier-inversion",
            "fragile-articulation", "not-in-graph", "duplicated-work",
        ],
        breakdown: Breakdown::Whole,
        has_bets: false,
        has_other_metrics: false,
        is_known: has_services,
        untold: &[
            Untold {
                what: "Services and who owns them",
                told_by: "A service catalog (Backstage, OpsLevel, Cortex, Compass, Datadog), CODEOWNERS or services.csv",
                is_told: has_services,
            },
            Untold {
                what: "What depends on what",
                told_by: "A service catalog (Backstage, OpsLevel, Cortex, Compass, Datadog) or dependencies.csv",
                is_told: |snapshot| snapshot.needs_graph().pairs().next().is_some(),
            },
        ],
    },
    SectionSpec {
        id: "automation",
        title: "Automation",
        question: "How often, how fast and how safely does a change reach customers?",
        metrics: &["deployments", "lead-time-hours", "change-failure-rate", "recovery-hours"],
        also: &[
            "deployment-frequency", "deployment-days", "deployment-days-a-week", "lead-time-without-bots-hours", "failed-deployments",
            "rework-deployments", "rework-rate", "deployed-commits",
        ],
        rules: &["practice-below-tier", "practice-unknown", "practice-fell", "practice-owner-gone"],
        breakdown: Breakdown::Teams,
        has_bets: false,
        has_other_metrics: false,
        is_known: has_practices,
        untold: &[Untold {
            what: "Practices: CI/CD, feature flags, automatic provisioning",
            told_by: "practices.csv, OpenSSF Scorecard or SECURITY-INSIGHTS.yml",
            is_told: has_practices,
        }],
    },
    SectionSpec {
        id: "reliability",
        title: "Observability and reliability",
        question: "Are SLOs met, and can somebody help at night?",
        metrics: &["mttr", "availability"],
        also: &["on-call-people", "on-call-margin"],
        rules: &[
            "bus-factor-one", "no-backup-owner", "leaver-leaves-nobody", "leaver-leaves-one",
            "on-call-understaffed", "availability-unreachable", "slo-beyond-dependencies",
            "budget-spent-nobody-comes", "budget-burns", "slo-unmeasured", "same-again", "action-lost-its-owner",
            "action-overdue", "incident-without-review",
        ],
        breakdown: Breakdown::Whole,
        has_bets: false,
        has_other_metrics: false,
        is_known: has_services,
        untold: &[
            Untold {
                what: "SLOs",
                told_by: "SLO files (OpenSLO, Sloth, Pyrra, slo-generator)",
                is_told: |snapshot| {
                    let plan = snapshot.plan();
                    plan.objectives.iter().any(|row| row.service.is_some())
                        || plan.services.iter().any(|row| row.objective.is_some())
                },
            },
            Untold {
                what: "How long services were down",
                told_by: "The history of Upptime (summary.json)",
                is_told: |snapshot| snapshot.plan().find::<Metric>(DOWNTIME_MINUTES).is_some(),
            },
            Untold {
                what: "Incidents, their reviews and what was to be done after them",
                told_by: "A folder of Markdown reviews, or a table of PagerDuty, FireHydrant, Rootly, incident.io or Jira",
                is_told: |snapshot| !snapshot.plan().incidents.is_empty(),
            },
        ],
    },
    SectionSpec {
        id: "team",
        title: "Team and culture",
        question: "Are teams of a size, with a lead and work that they can carry, and do people arrive well?",
        metrics: &[],
        also: &["headcount", "effective-capacity"],
        rules: &[
            "team-over-load", "team-too-large", "team-too-small", "team-without-lead", "unknown-member",
            "person-on-many-teams", "person-share", "undeclared-interaction", "collaboration-outlived",
            "leaver-undecided", "seat-incomplete", "assigned-twice", "position-left-behind", "mentors-short",
            "seat-not-opened", "seat-planned-twice", "seat-reason-gone", "specialist-too-early",
            "generalists-in-a-row", "starter-without-checklist", "starter-without-buddy",
            "first-day-not-ready", "template-stale",
        ],
        breakdown: Breakdown::Teams,
        has_bets: false,
        has_other_metrics: false,
        is_known: |snapshot| snapshot.person_count() > 0 || snapshot.team_count() > 0,
        untold: &[
            Untold {
                what: "People and teams",
                told_by: "An HR export (CSV or XLSX), people.csv and teams.csv",
                is_told: |snapshot| snapshot.person_count() > 0,
            },
            Untold {
                what: "Positions, filled and planned",
                told_by: "A hiring plan or an HR export (CSV or XLSX), or positions.csv",
                is_told: |snapshot| !snapshot.plan().positions.is_empty(),
            },
        ],
    },
    SectionSpec {
        id: "support",
        title: "Customer success and support",
        question: "Do customers get help in time, and who gives it next year?",
        metrics: &[
            "tickets-created", "tickets-solved", "backlog", "first-reply-minutes", "resolution-minutes", "fcr", "csat",
            "calls", "service-level",
        ],
        also: &["answer-seconds", "handle-seconds", "handle-minutes"],
        rules: &["support-falls-short", "support-hire-not-needed", "train-rather-than-hire"],
        breakdown: Breakdown::Teams,
        has_bets: false,
        has_other_metrics: false,
        is_known: NOTHING,
        untold: &[],
    },
    SectionSpec {
        id: "cost",
        title: "Cost and governance",
        question: "Is it within budget, and is it clear who answers for what?",
        metrics: &["cloud-cost"],
        also: &["unit-cost", "people-cost"],
        rules: &[
            "budget-over-parent", "unknown-owner", "sources-disagree", "owner-by-former-name", "ownership-unconfirmed",
            "spend-without-owner", "spend-of-a-team-that-is-gone", "unit-cost-rises", "idle",
        ],
        breakdown: Breakdown::Teams,
        has_bets: false,
        has_other_metrics: false,
        is_known: |snapshot| has_services(snapshot) || !snapshot.plan().budgets.is_empty(),
        untold: &[Untold {
            what: "Budgets",
            told_by: "budgets.csv",
            is_told: |snapshot| !snapshot.plan().budgets.is_empty(),
        }],
    },
    SectionSpec {
        id: "market",
        title: "Go-to-market and localisation",
        question: "Which channels and markets pay, and which are only hoped for?",
        metrics: &["leads", "trials", "conversion", "lead-velocity", "spend", "new-customers"],
        also: &["reactivated-customers"],
        rules: &["market-before-baseline", "channel-after-its-test", "position-in-unproven-market"],
        breakdown: Breakdown::ChannelsAndMarkets,
        has_bets: false,
        has_other_metrics: false,
        is_known: NOTHING,
        untold: &[untold("What is localised for which market")],
    },
    SectionSpec {
        id: "metrics",
        title: "Key metrics",
        question: "How does the business grow, and what does it lose?",
        metrics: &[
            "mrr", "arr", "revenue", "customers", "cac", "ltv", "logo-churn", "revenue-churn", "conversion",
            "lead-velocity", "deployments", "change-failure-rate", "mttr",
        ],
        also: &[
            "mrr-start", "new-mrr", "reactivation-mrr", "expansion-mrr", "contraction-mrr", "churned-mrr",
            "mrr-difference", "lost-customers",
        ],
        rules: &[],
        breakdown: Breakdown::Whole,
        has_bets: false,
        has_other_metrics: true,
        is_known: NOTHING,
        untold: &[],
    },
    SectionSpec {
        id: "bets",
        title: "Bets and what was learnt",
        question: "What is tried, by when is it decided, and what came of the last ones?",
        metrics: &[],
        also: &[],
        rules: &[
            "bet-past-its-day", "bet-without-criterion", "bet-moved", "bet-team-leaves", "scenario-undecided",
            "expected-figure-missed", "scenario-behind", "scenarios-overlap", "scenario-holds",
        ],
        breakdown: Breakdown::Whole,
        has_bets: true,
        has_other_metrics: false,
        is_known: has_bets,
        untold: &[Untold {
            what: "Bets",
            told_by: "bets.csv, or a scenario with a hypothesis and a day by which it is decided",
            is_told: has_bets,
        }],
    },
];
