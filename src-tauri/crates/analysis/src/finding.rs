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

/// What findings follow from.
pub struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub facts: &'a Facts,
    pub policy: &'a Policy,
    /// The day up to which people could have done what a rule waits for: the day looked at, or today where that lies
    /// ahead. What nobody could have confirmed, opened or reviewed yet is no finding.
    pub asked_on: NaiveDate,
}

impl<'a> Context<'a> {
    /// As of the day of the snapshot itself, whichever it is.
    pub fn new(snapshot: &'a Snapshot, facts: &'a Facts, policy: &'a Policy) -> Self {
        Self { snapshot, facts, policy, asked_on: snapshot.day() }
    }

    /// The same, asked today: the day of the snapshot may lie ahead.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { asked_on: today.min(self.snapshot.day()), ..self }
    }
}

/// Something that is wrong on the day.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The same as long as the same thing is wrong: rule, subject and, where needed, the other end.
    pub id: String,
    pub rule: &'static Rule,
    pub severity: Severity,
    pub subject: EntityRef,
    pub message: String,
    pub evidence: Vec<Evidence>,
    /// The team that has to do something about it, as far as one can say.
    pub team: Option<TeamId>,
    /// How many services depend on the subject, directly or not.
    pub weight: u32,
    /// The day on which it will be wrong, for what is still to come; none for what is wrong already.
    pub day: Option<NaiveDate>,
}

/// What a finding rests on: words, and the entities they are about.
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

/// Something that can be done about a finding at once.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// What is done, short enough for a button.
    pub label: String,
    /// What speaks for it, or what becomes of the rest; each a few words.
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
    /// A finding about a service, weighed by its dependents and laid before its first owning team.
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

    /// A finding about a service that may not be there yet on the day.
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

    /// A finding about a seat, which may not exist yet on the day.
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

    /// A finding about somebody who may not be there yet on the day; the team is the one of their start.
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

    /// Tells two findings of one rule on one subject apart.
    pub fn about(mut self, other: &str) -> Self {
        self.id.push('/');
        self.id.push_str(other);
        self
    }
}

/// Everything that is wrong: worst first, then what most depend on, then by rule and subject.
pub fn findings(context: &Context<'_>) -> Vec<Finding> {
    sorted(of_rules(context, RULES))
}

/// As [`findings`], where those of another day with the same organisation are known.
pub(crate) fn findings_renewed(context: &Context<'_>, known: &[Finding]) -> Vec<Finding> {
    let by_day: Vec<&'static Rule> = RULES.iter().copied().filter(|rule| rule.depends_on_date).collect();
    let mut all = of_rules(context, &by_day);
    all.extend(known.iter().filter(|finding| !finding.rule.depends_on_date).cloned());
    sorted(all)
}

fn of_rules(context: &Context<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    // A checklist that was handed out has no organisation around it.
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
    // Ids are unique, so that the order is the same each time.
    all.par_sort_unstable_by(|a: &Finding, b: &Finding| {
        (b.severity, b.weight).cmp(&(a.severity, a.weight)).then_with(|| a.id.cmp(&b.id))
    });
    all
}
