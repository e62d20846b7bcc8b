//! Whose a cost line is: by the cost rules of the plan, or else by what its labels name.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    COST_RULE_FIELDS, ChargeClass, CostLine, CostRule, CostRuleId, DateRange, Entity, EntityTable, Owner,
    Plan, ServiceId, TeamId, folded,
};
use rustc_hash::FxHashMap;

/// Labels whose value is a team, in the order in which they are asked.
const TEAM_LABELS: [&str; 9] =
    ["team", "ownerteam", "owningteam", "squad", "owner", "group", "businessunit", "department", "org"];
/// Of these, those whose value can be nothing else: one that no team has is told.
const PLAIN_TEAM_LABELS: usize = 5;
/// Labels whose value is a service.
const SERVICE_LABELS: [&str; 10] = [
    "service",
    "app",
    "application",
    "component",
    "appkubernetesioname",
    "k8sapp",
    "appkubernetesiocomponent",
    "appkubernetesiopartof",
    "project",
    "product",
];

/// Why a cost is whose it is, or nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CostReason {
    /// A cost rule says so.
    Rule,
    /// A label names the team or the service.
    Label,
    /// A share of a cluster that no workload has used.
    ClusterShare,
    /// No label says whose it is.
    Unlabelled,
    /// A label names a team that the plan does not have.
    UnknownName,
    /// It is of a service, which no team owned then.
    NoOwner,
}

impl CostReason {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            CostReason::Rule => "rule",
            CostReason::Label => "label",
            CostReason::ClusterShare => "cluster-share",
            CostReason::Unlabelled => "unlabelled",
            CostReason::UnknownName => "unknown-name",
            CostReason::NoOwner => "no-owner",
        }
    }
}

/// Whose a cost was on the last day charged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CostOwner {
    /// Perhaps one that had ended.
    pub team: Option<TeamId>,
    pub service: Option<ServiceId>,
    pub reason: CostReason,
    pub rule: Option<CostRuleId>,
    /// The last day of the team, if it ended before the first day charged.
    pub ended: Option<NaiveDate>,
    /// The label that names a team which the plan does not have.
    pub unknown: Option<(String, String)>,
}

/// Teams or services by everything that names them.
struct NamedEntities<T: EntityTable>(FxHashMap<String, Vec<(T::Id, DateRange)>>);

impl<T: EntityTable> NamedEntities<T> {
    fn of(plan: &Plan, is_known: impl Fn(&T) -> bool) -> Self {
        let mut named: FxHashMap<String, Vec<(T::Id, DateRange)>> = FxHashMap::default();
        for row in plan.in_order::<T>().into_iter().filter(|row| is_known(row)) {
            let names =
                row.key().into_iter().chain(row.called()).chain(row.aliases().iter().map(String::as_str));
            for name in names {
                for spelling in [folded(name).into_owned(), bare(name)] {
                    let known = named.entry(spelling).or_default();
                    if !known.iter().any(|(id, _)| *id == row.id()) {
                        known.push((row.id(), row.date_range()));
                    }
                }
            }
        }
        Self(named)
    }

    /// One that was there on a day, or else the one that ended last.
    fn find(&self, name: &str, day: NaiveDate) -> Option<(T::Id, DateRange)> {
        let known = self
            .0
            .get(&*folded(name))
            .or_else(|| self.0.get(&bare(name)).filter(|_| !bare(name).is_empty()))?;
        let is_there = known.iter().find(|(_, span)| span.contains(day));
        is_there.or_else(|| known.iter().max_by_key(|(_, span)| span.until)).copied()
    }
}

/// Letters and digits alone: `booking-api` is `Booking API`.
pub(super) fn bare(text: &str) -> String {
    folded(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// A cost rule with the days on which it holds.
struct DatedRule {
    row: CostRule,
    span: DateRange,
}

/// Everything of a plan that says whose a cost is.
pub(super) struct CostOwners {
    teams: NamedEntities<headroom_model::Team>,
    services: NamedEntities<headroom_model::Service>,
    /// By label, the most exact first.
    rules: FxHashMap<String, Vec<DatedRule>>,
    /// The teams that are accountable for a service, in the order of the plan.
    owners: FxHashMap<ServiceId, Vec<(TeamId, DateRange)>>,
    ends: FxHashMap<TeamId, NaiveDate>,
}

impl CostOwners {
    pub fn new(plan: &Plan) -> Self {
        let mut rules: FxHashMap<String, Vec<DatedRule>> = FxHashMap::default();
        for row in plan.in_order::<CostRule>() {
            let dated = DatedRule { row: row.clone(), span: row.date_range() };
            rules.entry(bare(&row.label)).or_default().push(dated);
        }
        rules
            .values_mut()
            .for_each(|rules| rules.sort_by_key(|rule| std::cmp::Reverse(rule.row.precision())));
        let mut owners: FxHashMap<ServiceId, Vec<(TeamId, DateRange)>> = FxHashMap::default();
        for row in plan.in_order::<headroom_model::Ownership>() {
            if let (Owner::Team(team), true) = (row.owner, row.is_accountable()) {
                owners.entry(row.service).or_default().push((team, row.date_range()));
            }
        }
        let ends = plan.teams.iter().filter_map(|team| Some((team.id, team.date_range().until?)));
        Self {
            teams: NamedEntities::of(plan, |team: &headroom_model::Team| !team.unconfirmed),
            services: NamedEntities::of(plan, |service: &headroom_model::Service| !service.unconfirmed),
            rules,
            owners,
            ends: ends.collect(),
        }
    }

    /// The team that owned a service on a day.
    pub fn owner_of(&self, service: ServiceId, day: NaiveDate) -> Option<TeamId> {
        let owners = self.owners.get(&service)?;
        owners.iter().find(|(_, span)| span.contains(day)).map(|(team, _)| *team)
    }

    pub fn of(&self, line: &CostLine) -> Arc<CostOwner> {
        let day = line.last;
        let rule = self.rule_for(line);
        let is_share = is_share_of_cluster(line.class);
        let named = |labels: &[&str]| labels.iter().find_map(|label| value_of(line, label));
        let labelled_service = SERVICE_LABELS
            .iter()
            .filter_map(|label| value_of(line, label))
            .find_map(|value| self.services.find(value, day).map(|(id, _)| id))
            .filter(|_| !is_share);
        let labelled_team = TEAM_LABELS
            .iter()
            .filter_map(|label| value_of(line, label))
            .find_map(|value| self.teams.find(value, day).map(|(id, _)| id))
            .filter(|_| !is_share);
        let service = rule.and_then(|rule| rule.service).or(labelled_service);
        let of_rule = rule.and_then(|rule| {
            rule.team.or_else(|| rule.service.and_then(|service| self.owner_of(service, day)))
        });
        let unknown =
            named(&TEAM_LABELS[..PLAIN_TEAM_LABELS]).filter(|_| labelled_team.is_none() && !is_share);
        let is_unknown = unknown.is_some() && rule.is_none();
        let team = of_rule.or(labelled_team).or_else(|| {
            let service = service.filter(|_| !is_unknown && rule.is_none())?;
            self.owner_of(service, day)
        });
        let reason = match (rule, team) {
            (Some(_), Some(_)) => CostReason::Rule,
            (None, Some(_)) => CostReason::Label,
            _ if is_unknown => CostReason::UnknownName,
            _ if service.is_some() => CostReason::NoOwner,
            _ if is_share => CostReason::ClusterShare,
            _ => CostReason::Unlabelled,
        };
        let ended = team.and_then(|team| self.ends.get(&team)).copied().filter(|last| *last < line.first);
        let unknown = is_unknown.then(|| plain_label_of(line)).flatten();
        Arc::new(CostOwner { team, service, reason, rule: rule.map(|rule| rule.id), ended, unknown })
    }

    /// The most exact rule that speaks of a line.
    fn rule_for(&self, line: &CostLine) -> Option<&CostRule> {
        if self.rules.is_empty() {
            return None;
        }
        let days = DateRange::new(Some(line.first), Some(line.last));
        let labels = line.label_pairs().map(|(label, value)| (bare(label), value));
        let fields = COST_RULE_FIELDS.into_iter().map(|field| (field.to_owned(), field_of(line, field)));
        let candidates = labels.chain(fields).filter_map(|(label, value)| {
            let rules = self.rules.get(&label)?;
            let speaks = |rule: &&DatedRule| rule.span.overlaps(&days) && matches(&rule.row, &label, value);
            rules.iter().find(speaks).map(|rule| &rule.row)
        });
        candidates.max_by_key(|rule| rule.precision())
    }
}

/// A rule may name an account by its name or its number, which stands in brackets.
fn matches(rule: &CostRule, field: &str, value: &str) -> bool {
    let (name, number) = match (field, value.strip_suffix(')').and_then(|value| value.rsplit_once(" ("))) {
        ("account", Some(parts)) => parts,
        _ => (value, value),
    };
    rule.matches(value) || rule.matches(name) || rule.matches(number)
}

/// What a cost rule can look at besides labels.
pub(super) fn field_of<'l>(line: &'l CostLine, field: &str) -> &'l str {
    match field {
        "account" => &line.account,
        "namespace" => &line.namespace,
        _ => &line.provider,
    }
}

fn value_of<'l>(line: &'l CostLine, label: &str) -> Option<&'l str> {
    line.label_pairs().find(|(own, _)| bare(own) == label).map(|(_, value)| value)
}

/// The label of a line that names a team, as it is written.
pub fn team_label(line: &CostLine) -> Option<(&str, &str)> {
    TEAM_LABELS.iter().find_map(|label| line.label_pairs().find(|(own, _)| bare(own) == *label))
}

fn plain_label_of(line: &CostLine) -> Option<(String, String)> {
    let plain = &TEAM_LABELS[..PLAIN_TEAM_LABELS];
    let pair = plain.iter().find_map(|label| line.label_pairs().find(|(own, _)| bare(own) == *label));
    pair.map(|(label, value)| (label.to_owned(), value.to_owned()))
}

/// Whether a share of a cluster has no workload of its own.
pub fn is_share_of_cluster(class: ChargeClass) -> bool {
    matches!(
        class,
        ChargeClass::Idle | ChargeClass::Unallocated | ChargeClass::Unmounted | ChargeClass::Shared
    )
}
