//! Nodes of maps.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Finding,
    error_budget::{BudgetStanding, ErrorBudget, all_error_budgets, strictest},
    map::{Cluster, Thing},
};
use headroom_model::{Owner, ServiceId, ServiceIx};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    entities::{entity::NamedEntity, severity::SeverityLevel},
    map::comparison::MapChange,
    ownership::{
        error_budget::{number, state},
        services::confirmed,
    },
};

/// A node: a service, or an owner with its services.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapNodeView {
    /// Stable across maps and edits: `service:12`, `team:3`, `nobody`.
    pub key: String,
    /// None for the node of unowned services.
    pub entity: Option<NamedEntity>,
    pub title: String,
    /// Type of the service, or the owner's number of services.
    pub kind: String,
    /// For an owner, the most critical of its services.
    pub tier: Option<u8>,
    /// For an owner, the most frequent of its services.
    pub lifecycle: String,
    /// Index among the owners of the map.
    pub owner: Option<u32>,
    /// The highest severity, and the number of findings.
    pub worst: Option<SeverityLevel>,
    pub findings: u32,
    /// The oldest date on which an owner was confirmed; none if one never was.
    pub confirmed: Option<NaiveDate>,
    pub services: u32,
    /// Dependencies within an owner.
    pub inner: u32,
    /// Shown because it is a neighbour of something inside.
    pub is_outside: bool,
    /// A dependency that does not exist on the day.
    pub is_missing: bool,
    /// The team into which it can be collapsed.
    pub parent: Option<NamedEntity>,
    /// Number of owners collapsed into it, besides itself.
    pub together: u32,
    /// What is left of its error budget, the strictest of several SLOs; none without an SLO. For an owner, the worst of
    /// its services.
    pub budget: Option<BudgetLeft>,
    /// What becomes of it, on a map of a scenario against the plan.
    pub change: Option<MapChange>,
}

/// What is left of an error budget.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BudgetLeft {
    /// `left`, `spent`, `nothing-may-fail`; or why nothing is known, such as `no-figures`.
    pub state: String,
    /// Less than 0 if more was spent; none if nothing may fail, or nothing is known.
    pub share: Option<f64>,
}

/// Builds nodes, and collects their owners.
pub struct Nodes<'a> {
    view: &'a DayView,
    owners: Vec<NamedEntity>,
    places: FxHashMap<Owner, u32>,
    /// By service; worked out for the first node.
    budgets: Option<FxHashMap<ServiceId, ErrorBudget>>,
}

impl<'a> Nodes<'a> {
    pub fn new(view: &'a DayView) -> Self {
        Self { view, owners: Vec::new(), places: FxHashMap::default(), budgets: None }
    }

    /// From now on nodes are built as another plan has them.
    pub fn look_at(&mut self, view: &'a DayView) {
        self.view = view;
        self.budgets = None;
    }

    /// The worst budget of these services; none if they have no SLO.
    fn budget(&mut self, services: &[ServiceIx]) -> Option<BudgetLeft> {
        let snapshot = &self.view.snapshot;
        let budgets = self.budgets.get_or_insert_with(|| {
            let all = all_error_budgets(snapshot.plan(), snapshot.day());
            strictest(&all).into_iter().map(|(service, budget)| (service, budget.clone())).collect()
        });
        let of = |at: &ServiceIx| budgets.get(&snapshot.service(*at).id);
        let worst = services.iter().filter_map(of).min_by_key(|budget| budget.standing())?;
        let share = match worst.standing() {
            BudgetStanding::Left(share) => Some(number(&share, 4)),
            _ => None,
        };
        Some(BudgetLeft { state: state(worst).to_owned(), share })
    }

    pub fn owners(self) -> Vec<NamedEntity> {
        self.owners
    }

    pub fn owner(&mut self, owner: Option<Owner>) -> Option<u32> {
        let owner = owner?;
        let plan = self.view.snapshot.plan();
        Some(*self.places.entry(owner).or_insert_with(|| {
            self.owners.push(NamedEntity::of_owner(plan, owner));
            self.owners.len() as u32 - 1
        }))
    }

    pub fn thing(&mut self, thing: Thing, is_outside: bool) -> MapNodeView {
        let plan = self.view.snapshot.plan();
        match thing {
            Thing::Service(at) => MapNodeView { is_outside, ..self.service(at) },
            Thing::Missing(id) => MapNodeView {
                is_outside,
                is_missing: true,
                ..blank(
                    format!("service:{}", id.0),
                    Some(NamedEntity::new(plan, id)),
                    plan.name_of(id.into()),
                )
            },
        }
    }

    pub fn service(&mut self, at: ServiceIx) -> MapNodeView {
        let (view, snapshot) = (self.view, &self.view.snapshot);
        let service = snapshot.service(at);
        let findings: Vec<&Finding> = view.open_findings_of(service.id).collect();
        MapNodeView {
            kind: service.kind.clone(),
            tier: service.tier,
            lifecycle: service.lifecycle.clone(),
            owner: self.owner(snapshot.owners(at).first().copied()),
            worst: worst(&findings),
            findings: findings.len() as u32,
            confirmed: confirmed(view, at),
            services: 1,
            budget: self.budget(&[at]),
            ..blank(
                format!("service:{}", service.id.0),
                Some(NamedEntity::new(snapshot.plan(), service.id)),
                service.name.clone(),
            )
        }
    }

    /// An owner with its services, or the unowned services.
    pub fn cluster(&mut self, cluster: Cluster, services: &[ServiceIx]) -> MapNodeView {
        let (view, snapshot) = (self.view, &self.view.snapshot);
        let plan = snapshot.plan();
        let owner = match cluster {
            Cluster::Owner(owner) => Some(owner),
            _ => None,
        };
        let entity = owner.map(|owner| NamedEntity::of_owner(plan, owner));
        let (key, title) = match (&entity, cluster) {
            (Some(entity), _) => (key(owner), entity.name.clone()),
            (None, Cluster::Missing) => ("missing".to_owned(), "Unknown services".to_owned()),
            (None, _) => ("nobody".to_owned(), "Unowned".to_owned()),
        };
        let own = owner.into_iter().flat_map(|owner| view.open_findings_of(owner));
        let of = |at: &ServiceIx| view.open_findings_of(snapshot.service(*at).id);
        let findings: Vec<&Finding> = own.chain(services.iter().flat_map(of)).collect();
        let parent = match owner {
            Some(Owner::Team(team)) => {
                let parent = snapshot.team_ix(team).and_then(|at| snapshot.parent_of(at));
                parent.map(|at| NamedEntity::new(plan, snapshot.team(at).id))
            }
            _ => None,
        };
        MapNodeView {
            tier: services.iter().filter_map(|at| snapshot.service(*at).tier).min(),
            lifecycle: commonest(services.iter().map(|at| snapshot.service(*at).lifecycle.as_str())),
            owner: self.owner(owner),
            worst: worst(&findings),
            findings: findings.len() as u32,
            confirmed: services.iter().map(|at| confirmed(view, *at)).min().flatten(),
            services: services.len() as u32,
            budget: self.budget(services),
            is_missing: cluster == Cluster::Missing,
            parent,
            ..blank(key, entity, title)
        }
    }
}

fn key(owner: Option<Owner>) -> String {
    match owner {
        Some(Owner::Team(id)) => format!("team:{}", id.0),
        Some(Owner::Person(id)) => format!("person:{}", id.0),
        None => "nobody".to_owned(),
    }
}

fn worst(findings: &[&Finding]) -> Option<SeverityLevel> {
    findings.iter().map(|finding| finding.severity).max().map(SeverityLevel::from)
}

fn commonest<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.sort_unstable();
    let same = texts.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    same.map(|same| same[0].to_owned()).unwrap_or_default()
}

fn blank(key: String, entity: Option<NamedEntity>, title: String) -> MapNodeView {
    MapNodeView {
        key,
        entity,
        title,
        kind: String::new(),
        tier: None,
        lifecycle: String::new(),
        owner: None,
        worst: None,
        findings: 0,
        confirmed: None,
        services: 0,
        inner: 0,
        is_outside: false,
        is_missing: false,
        parent: None,
        together: 0,
        budget: None,
        change: None,
    }
}
