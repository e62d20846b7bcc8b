//! Groups that a source names and the plan knows: teams of metrics of support, services of metrics that are about services.

use headroom_files::records::{FieldStatement, ImportedScope, Records, RowRecord, Shared, alter_scopes};
use headroom_model::{
    KeysByName, Kind, Metric, Plan,
    built_in_metric::{AVAILABILITY, DOWNTIME_MINUTES, OF_DEPLOYMENTS, OF_TICKETS},
};
use rustc_hash::FxHashSet;

/// Metrics of calls, whose queues are teams as the groups of tickets are.
const OF_CALLS: [&str; 5] = ["calls", "handle-seconds", "handle-minutes", "service-level", "answer-seconds"];

/// Makes figures of a segment those of the team or service with that key, name or alias, if the metric is about them. Of a
/// name that several have they stay figures of a segment.
pub fn match_scopes(plan: &Plan, records: &mut Records) {
    let of_services = metrics_of_services(plan);
    let services = KeysByName::of_services(plan);
    let teams = KeysByName::of_teams(plan);
    let mut shared = Shared::<ImportedScope>::default();
    for figure in records.figures.iter_mut().filter(|figure| !figure.scope.segment.is_empty()) {
        let metric = &*figure.metric;
        let is_of_team = OF_TICKETS.contains(&metric) || OF_CALLS.contains(&metric);
        let is_of_service = of_services.contains(metric);
        let called = if is_of_team { &teams } else { &services };
        let Some(key) = called.key(&figure.scope.segment).filter(|_| is_of_team || is_of_service) else {
            continue;
        };
        let mut scope = ImportedScope { segment: String::new(), ..(*figure.scope).clone() };
        let own = if is_of_team { &mut scope.team } else { &mut scope.service };
        *own = Some(key.to_owned());
        figure.scope = shared.one(scope);
    }
    give_deployments_to_teams(records, &services, &teams);
}

/// A project of a delivery tool is a service, or else the team of that name.
fn give_deployments_to_teams(records: &mut Records, services: &KeysByName<'_>, teams: &KeysByName<'_>) {
    if !records.figures.iter().any(|figure| OF_DEPLOYMENTS.contains(&&*figure.metric)) {
        return;
    }
    alter_scopes(&mut records.figures, |scope| {
        let name = scope.service.as_deref().filter(|name| services.key(name).is_none())?;
        let team = teams.key(name)?.to_owned();
        Some(ImportedScope { service: None, team: Some(team), ..scope.clone() })
    });
}

/// Makes references to services and teams by their names those by their keys, in figures, objectives
/// and bets. Of a name that
/// several have, or that is a key as well, nothing is made.
pub fn match_names(plan: &Plan, records: &mut Records) {
    let services = KeysByName::of_services(plan);
    let teams = KeysByName::of_teams(plan);
    let stated: FxHashSet<String> = records.services.iter().map(|own| own.key.clone()).collect();
    let key_of = |called: &KeysByName<'_>, name: &str| -> Option<String> {
        // Most are keys already, by the hundred thousand.
        let key = called.key(name).filter(|_| !called.has_key(name))?;
        Some(key.to_owned())
    };
    let service = |name: &str| key_of(&services, name).filter(|_| !stated.contains(name));
    alter_scopes(&mut records.figures, |scope| {
        let named = (
            scope.service.as_deref().and_then(service),
            scope.team.as_deref().and_then(|name| key_of(&teams, name)),
        );
        (named != (None, None)).then(|| ImportedScope {
            service: named.0.or_else(|| scope.service.clone()),
            team: named.1.or_else(|| scope.team.clone()),
            ..scope.clone()
        })
    });
    let is_named = |row: &&mut RowRecord| matches!(row.kind, Kind::Objective | Kind::Bet);
    for row in records.rows.iter_mut().filter(is_named) {
        for (name, said) in &mut row.fields {
            let FieldStatement::Reference(own) = said else { continue };
            let key = match *name {
                "service" => service(&own.key),
                "team" => key_of(&teams, &own.key),
                _ => None,
            };
            own.key = key.unwrap_or_else(|| std::mem::take(&mut own.key));
        }
    }
}

/// Availability and downtime, and what services of the plan have objectives for.
fn metrics_of_services(plan: &Plan) -> FxHashSet<&str> {
    let promised = plan.objectives.iter().filter(|objective| objective.service.is_some());
    let keys = promised.filter_map(|objective| Some(plan.get::<Metric>(objective.metric)?.key.as_str()));
    keys.chain([AVAILABILITY, DOWNTIME_MINUTES]).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_files::{
        Place,
        records::{Dates, FigureRecord},
    };
    use headroom_model::{Draft, Service, Team};

    use super::*;

    fn plan() -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (service, team) = (draft.new_id::<Service>(), draft.new_id::<Team>());
        draft.put(Service {
            id: service,
            key: "till".into(),
            name: "Quay till".into(),
            ..Service::default()
        });
        draft.put(Team { id: team, key: "desk".into(), name: "Help desk".into(), ..Team::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    fn records(figures: &[(&str, ImportedScope)]) -> Records {
        let figure = |(metric, scope): &(&str, ImportedScope)| FigureRecord {
            place: Place::default(),
            metric: (*metric).into(),
            first: "2026-01-01".parse().unwrap(),
            last: "2026-01-31".parse().unwrap(),
            value: "1".parse().unwrap(),
            scope: scope.clone().into(),
            origin: None,
            dates: Dates::default(),
        };
        Records { figures: figures.iter().map(figure).collect(), ..Records::default() }
    }

    #[test]
    fn segments_are_teams_of_support_and_services_of_availability() {
        let segment = |name: &str| ImportedScope { segment: name.to_owned(), ..ImportedScope::default() };
        let mut records = records(&[
            ("availability", segment("quay till")),
            ("calls", segment("Help desk")),
            ("mrr", segment("Help desk")),
        ]);
        match_scopes(&plan(), &mut records);
        let scope = |at: usize| (*records.figures[at].scope).clone();
        assert_eq!(scope(0), ImportedScope { service: Some("till".into()), ..ImportedScope::default() });
        assert_eq!(scope(1), ImportedScope { team: Some("desk".into()), ..ImportedScope::default() });
        assert_eq!(scope(2), segment("Help desk"), "customers are no team");
    }

    #[test]
    fn services_are_found_by_their_names() {
        let named = |name: &str| ImportedScope { service: Some(name.to_owned()), ..ImportedScope::default() };
        let mut records = records(&[("slo/speed", named("Quay Till")), ("slo/speed", named("stranger"))]);
        match_names(&plan(), &mut records);
        assert_eq!(*records.figures[0].scope, named("till"));
        assert_eq!(*records.figures[1].scope, named("stranger"));
    }
}
