//! Findings: what a rule reports, and running all rules on one date.

use std::borrow::Cow;

use chrono::NaiveDate;
use headroom_model::{
    Change, EntityRef, Owner, PersonId, PersonIx, Position, Service, ServiceIx, Snapshot, TeamId, TeamIx,
    Template,
};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    Facts, Importance, Policy, Responders, SeverityScale,
    onboarding::checkout::is_checked_out,
    rule::{Rule, RuleContext, Severity},
    rule_cache::RuleCache,
    rules::RULES,
};

/// What findings are calculated from: snapshot, graph facts, policy and today.
pub struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub facts: &'a Facts,
    pub policy: &'a Policy,
    /// The last day on which people could have acted: the date of the snapshot, or today if that date lies ahead.
    /// Nothing is a finding that nobody could have confirmed, opened or reviewed yet.
    pub asked_on: NaiveDate,
}

impl<'a> Context<'a> {
    /// Context with the date of the snapshot as today.
    pub fn new(snapshot: &'a Snapshot, facts: &'a Facts, policy: &'a Policy) -> Self {
        Self { snapshot, facts, policy, asked_on: snapshot.day() }
    }

    /// The same with the real today; the snapshot may be of a later date.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { asked_on: today.min(self.snapshot.day()), ..self }
    }
}

/// Something that a rule found on a date.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Stable as long as the same thing is wrong: rule ID, key of the subject and, where needed, the other end.
    pub id: String,
    pub rule: &'static Rule,
    pub severity: Severity,
    pub subject: EntityRef,
    pub message: String,
    pub evidence: Vec<Evidence>,
    /// The team that should act, where one can be named.
    pub team: Option<TeamId>,
    /// Number of services that depend on the subject, directly or not.
    pub weight: u32,
    /// The date from which it will be wrong; none if it is already.
    pub day: Option<NaiveDate>,
}

/// A piece of evidence: text, and the entities it is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    pub label: Cow<'static, str>,
    pub text: String,
    pub entities: Vec<EntityRef>,
}

impl Evidence {
    pub fn words(label: &'static str, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), entities: Vec::new() }
    }

    pub fn entities(label: &'static str, entities: impl IntoIterator<Item = EntityRef>) -> Self {
        Self { label: label.into(), text: String::new(), entities: entities.into_iter().collect() }
    }
}

/// A change that fixes a finding, to preview and apply.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// What it does, short enough for a button.
    pub label: String,
    /// Reasons for it and consequences, a few words each.
    pub reasons: Vec<String>,
    pub changes: Vec<Change>,
}

impl Remedy {
    pub fn new(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { label: label.into(), reasons: Vec::new(), changes }
    }

    pub fn because(self, reasons: Vec<String>) -> Self {
        Self { reasons, ..self }
    }
}

impl Finding {
    /// A finding about a service, weighted by its dependents and addressed to the first team that owns it.
    pub fn of_service(check: &RuleContext<'_>, at: ServiceIx, message: String) -> Self {
        let snapshot = check.context.snapshot;
        let service = snapshot.service(at);
        let accountable = snapshot.ownerships(at).filter(|row| row.is_accountable());
        let team = accountable.map(|row| row.owner).find_map(|owner| match owner {
            Owner::Team(team) => Some(team),
            Owner::Person(_) => None,
        });
        Self {
            id: [check.rule.id, "/", &service.key].concat(),
            rule: check.rule,
            severity: check.severity,
            subject: service.id.into(),
            message,
            evidence: Vec::new(),
            team,
            weight: check.context.facts.dependents(at),
            day: None,
        }
    }

    /// A finding about a service that may not exist yet on the date.
    pub fn of_coming_service(check: &RuleContext<'_>, service: &Service, message: String) -> Self {
        if let Some(at) = check.context.snapshot.service_ix(service.id) {
            return Self::of_service(check, at, message);
        }
        Self {
            id: [check.rule.id, "/", &service.key].concat(),
            rule: check.rule,
            severity: check.severity,
            subject: service.id.into(),
            message,
            evidence: Vec::new(),
            team: None,
            weight: 0,
            day: None,
        }
    }

    pub fn of_team(check: &RuleContext<'_>, at: TeamIx, message: String) -> Self {
        let snapshot = check.context.snapshot;
        let team = snapshot.team(at);
        let owned = snapshot.held_by_team(at).filter(|ownership| ownership.is_accountable());
        let dependents = owned
            .filter_map(|ownership| snapshot.service_ix(ownership.service))
            .map(|service| check.context.facts.dependents(service));
        Self {
            id: format!("{}/{}", check.rule.id, team.key),
            rule: check.rule,
            severity: check.severity,
            subject: team.id.into(),
            message,
            evidence: Vec::new(),
            team: Some(team.id),
            weight: dependents.max().unwrap_or(0),
            day: None,
        }
    }

    pub fn of_person(check: &RuleContext<'_>, at: PersonIx, message: String) -> Self {
        let snapshot = check.context.snapshot;
        let person = snapshot.person(at);
        Self {
            id: format!("{}/{}", check.rule.id, person.key),
            rule: check.rule,
            severity: check.severity,
            subject: person.id.into(),
            message,
            evidence: Vec::new(),
            team: snapshot.memberships(at).next().map(|membership| membership.team),
            weight: 0,
            day: None,
        }
    }

    /// A finding about a position that may not exist yet on the date.
    pub fn of_position(check: &RuleContext<'_>, position: &Position, message: String) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, position.key),
            rule: check.rule,
            severity: check.severity,
            subject: position.id.into(),
            message,
            evidence: Vec::new(),
            team: position.team,
            weight: 0,
            day: None,
        }
    }

    /// A finding about a new hire who may not have joined yet; `team` is the team they join.
    pub fn of_new_hire(
        check: &RuleContext<'_>,
        person: PersonId,
        team: Option<TeamId>,
        message: String,
    ) -> Self {
        let key = check.context.snapshot.plan().key_of(person.into());
        Self {
            id: format!("{}/{key}", check.rule.id),
            rule: check.rule,
            severity: check.severity,
            subject: person.into(),
            message,
            evidence: Vec::new(),
            team,
            weight: 0,
            day: None,
        }
    }

    pub fn of_template(check: &RuleContext<'_>, template: &Template, message: String) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, template.key),
            rule: check.rule,
            severity: check.severity,
            subject: template.id.into(),
            message,
            evidence: Vec::new(),
            team: template.team,
            weight: 0,
            day: None,
        }
    }

    pub fn with(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Makes the ID unique where one rule has several findings on one subject.
    pub fn about(mut self, other: &str) -> Self {
        self.id.push('/');
        self.id.push_str(other);
        self
    }
}

/// All findings, by severity, then by number of dependents, then by ID.
pub fn findings(context: &Context<'_>) -> Vec<Finding> {
    sorted(of_rules(context, RULES))
}

/// As [`findings`], reusing those of another date between the same event dates.
pub(crate) fn findings_renewed(context: &Context<'_>, known: &[Finding]) -> Vec<Finding> {
    let by_day: Vec<&'static Rule> = RULES.iter().copied().filter(|rule| rule.depends_on_date).collect();
    let mut all = of_rules(context, &by_day);
    all.extend(known.iter().filter(|finding| !finding.rule.depends_on_date).cloned());
    sorted(all)
}

fn of_rules(context: &Context<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    // A shared checklist file has no organisation to check.
    if is_checked_out(context.snapshot.plan()) {
        return Vec::new();
    }
    let responders = Responders::new(context.snapshot);
    let shared = RuleCache::default();
    let scale = SeverityScale::new(context.policy);
    let importance = Importance::known(context.snapshot, context.facts, context.policy);
    let check = |rule: &'static Rule, severity| RuleContext {
        rule,
        severity,
        context,
        responders: &responders,
        shared: &shared,
        scale: &scale,
        importance: &importance,
    };
    let look = |rule: &&'static Rule| {
        let mut found = Vec::new();
        if let Some(severity) = context.policy.severity(rule) {
            (rule.check)(&check(rule, severity), &mut found);
        }
        found
    };
    let by_rule: Vec<Vec<Finding>> = rules.par_iter().map(look).collect();
    let mut all = Vec::with_capacity(by_rule.iter().map(Vec::len).sum());
    by_rule.into_iter().for_each(|mut found| all.append(&mut found));
    all
}

fn sorted(mut all: Vec<Finding>) -> Vec<Finding> {
    // IDs are unique, so the order is always the same.
    all.par_sort_unstable_by(|a: &Finding, b: &Finding| {
        (b.severity, b.weight).cmp(&(a.severity, a.weight)).then_with(|| a.id.cmp(&b.id))
    });
    all
}
