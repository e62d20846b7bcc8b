//! Findings by what they are about, each with its id, its weight and the team that should act.

use headroom_model::{
    Action, Bet, Incident, Metric, Owner, PersonId, PersonIx, Position, Scenario, Service, ServiceIx, TeamId,
    TeamIx, Template,
};

use super::context::RuleContext;
use crate::finding::Finding;

impl Finding {
    /// A finding about a service, weighted by its dependents and addressed to the first team that owns it.
    pub fn of_service(check: &RuleContext<'_>, at: ServiceIx, message: String) -> Self {
        let snapshot = check.context.snapshot;
        let service = snapshot.service(at);
        let team = snapshot.owners(at).iter().find_map(|owner| match owner {
            Owner::Team(team) => Some(*team),
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

    pub fn of_scenario(check: &RuleContext<'_>, scenario: &Scenario, message: String) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, scenario.key),
            rule: check.rule,
            severity: check.severity,
            subject: scenario.id.into(),
            message,
            evidence: Vec::new(),
            team: None,
            weight: 0,
            day: None,
        }
    }

    pub fn of_bet(check: &RuleContext<'_>, bet: &Bet, message: String) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, bet.key),
            rule: check.rule,
            severity: check.severity,
            subject: bet.id.into(),
            message,
            evidence: Vec::new(),
            team: bet.team,
            weight: 0,
            day: None,
        }
    }

    /// A finding about an action; `team` is whose it is.
    pub fn of_action(
        check: &RuleContext<'_>,
        action: &Action,
        team: Option<TeamId>,
        message: String,
    ) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, action.key),
            rule: check.rule,
            severity: check.severity,
            subject: action.id.into(),
            message,
            evidence: Vec::new(),
            team,
            weight: 0,
            day: None,
        }
    }

    /// A finding about an incident, addressed to the first team that owns one of its services.
    pub fn of_incident(check: &RuleContext<'_>, incident: &Incident, message: String) -> Self {
        let snapshot = check.context.snapshot;
        let services = incident.services.iter().filter_map(|service| snapshot.service_ix(*service));
        let mut owners = services.flat_map(|at| snapshot.owners(at));
        let team = owners.find_map(|owner| match owner {
            Owner::Team(team) => Some(*team),
            Owner::Person(_) => None,
        });
        Self {
            id: format!("{}/{}", check.rule.id, incident.key),
            rule: check.rule,
            severity: check.severity,
            subject: incident.id.into(),
            message,
            evidence: Vec::new(),
            team,
            weight: 0,
            day: None,
        }
    }

    pub fn of_metric(check: &RuleContext<'_>, metric: &Metric, message: String) -> Self {
        Self {
            id: format!("{}/{}", check.rule.id, metric.key),
            rule: check.rule,
            severity: check.severity,
            subject: metric.id.into(),
            message,
            evidence: Vec::new(),
            team: None,
            weight: 0,
            day: None,
        }
    }
}
