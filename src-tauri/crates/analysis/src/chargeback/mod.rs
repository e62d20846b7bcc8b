//! Who pays in the end: the cost of clouds and of people flows along dependencies to the services that nobody uses, and
//! from these to products, segments, channels and markets by declared shares.
//!
//! `flow` is the arithmetic, exact and with cycles; `cents` rounds once, at the end, so that nothing is lost; here is what
//! a plan says of a month. What is of a team and of none of its services is spread evenly over those that it owns.

mod cents;
mod flow;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use headroom_model::{CostShare, Currency, Entity, Money, Owner, Plan, ServiceId, Snapshot, TeamId};
use num_traits::{ToPrimitive, Zero};
use rustc_hash::FxHashMap;

pub use cents::{largest_remainder, rounded};
pub use flow::{Flow, FlowEdge, flow};

use crate::{
    cloud_cost::{CloudCosts, CostBasis, last_of_month},
    metrics::{ExactValue, MissingReason, people_cost_by_team},
};

/// A service at which cost ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCost {
    pub service: ServiceId,
    /// The team that owns it on the last day of the month.
    pub team: Option<TeamId>,
    /// In the smallest unit, before rounding.
    pub exact: ExactValue,
    pub amount: Money,
    /// It is in a cycle that no cost can leave.
    pub is_closed: bool,
}

/// What flows nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutsideReason {
    /// Of a team without services.
    TeamWithoutServices,
    /// Of a service that was not there on the last day of the month.
    RetiredService,
    /// Nobody's.
    NoOwner,
}

impl OutsideReason {
    pub const fn word(self) -> &'static str {
        match self {
            OutsideReason::TeamWithoutServices => "team-without-services",
            OutsideReason::RetiredService => "retired-service",
            OutsideReason::NoOwner => "no-owner",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideCost {
    pub reason: OutsideReason,
    pub team: Option<TeamId>,
    pub service: Option<ServiceId>,
    pub amount: Money,
}

/// For whom cost is in the end. All empty: of services that declare no share.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CostReceiver {
    pub product: String,
    pub segment: String,
    pub channel: String,
    pub market: String,
}

impl CostReceiver {
    fn of(share: &CostShare) -> Self {
        let CostShare { product, segment, channel, market, .. } = share.clone();
        Self { product, segment, channel, market }
    }
}

/// A step of the flow, for pictures: what a provider passes to a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostStream {
    pub provider: ServiceId,
    pub user: ServiceId,
    pub amount: ExactValue,
}

/// The cost of a month, from those who cause it to those who use it.
#[derive(Debug, Clone)]
pub struct Chargeback {
    pub month: NaiveDate,
    pub currency: Currency,
    pub total: Money,
    pub cloud: Money,
    /// None: see why.
    pub people: Result<Money, MissingReason>,
    /// What each service costs itself.
    pub own: FxHashMap<ServiceId, ExactValue>,
    /// The same with what it takes over.
    pub loaded: FxHashMap<ServiceId, ExactValue>,
    /// By key of the service.
    pub kept: Vec<KeptCost>,
    pub outside: Vec<OutsideCost>,
    pub streams: Vec<CostStream>,
    /// Adds up to the total, as `kept` and `outside` do.
    pub by_team: Vec<(Option<TeamId>, Money)>,
    pub by_receiver: BTreeMap<CostReceiver, Money>,
}

/// Whose cost is added up besides that of clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleCost {
    Included,
    LeftOut,
}

/// What belongs to nobody in the graph.
type Outside = BTreeMap<(OutsideReason, Option<String>), (Option<TeamId>, Option<ServiceId>, ExactValue)>;

struct OwnCosts<'s> {
    snapshot: &'s Snapshot,
    plan: &'s Plan,
    own: Vec<ExactValue>,
    outside: Outside,
}

impl OwnCosts<'_> {
    fn leave_outside(
        &mut self,
        reason: OutsideReason,
        team: Option<TeamId>,
        service: Option<ServiceId>,
        amount: ExactValue,
    ) {
        let whose = service.map(headroom_model::EntityRef::from).or_else(|| team.map(Into::into));
        let key = whose.map(|whose| self.plan.key_of(whose).to_owned());
        self.outside.entry((reason, key)).or_insert_with(|| (team, service, ExactValue::zero())).2 += amount;
    }

    /// Evenly to the services that the team owns.
    fn spread_over_services_of(&mut self, team: TeamId, amount: ExactValue) {
        let owned: Vec<usize> = self
            .snapshot
            .team_ix(team)
            .map(|at| {
                let held = self.snapshot.held_by_team(at).filter(|row| row.is_accountable());
                let mut owned: Vec<usize> =
                    held.filter_map(|row| self.snapshot.service_ix(row.service)).collect();
                owned.sort_unstable();
                owned.dedup();
                owned
            })
            .unwrap_or_default();
        if owned.is_empty() {
            return self.leave_outside(OutsideReason::TeamWithoutServices, Some(team), None, amount);
        }
        let each = amount / ExactValue::from_integer(owned.len().into());
        owned.into_iter().for_each(|at| self.own[at] += &each);
    }
}

/// What the month costs whom in the end.
pub fn chargeback(plan: &Arc<Plan>, month: NaiveDate, basis: CostBasis, people: PeopleCost) -> Chargeback {
    let costs = CloudCosts::of(plan);
    let snapshot = plan.as_of(last_of_month(month));
    let mut own = OwnCosts {
        snapshot: &snapshot,
        plan,
        own: vec![ExactValue::zero(); snapshot.service_count()],
        outside: Outside::new(),
    };
    let whose = costs.by(month, basis, |line| Some((line.owner.service, line.owner.team)));
    let mut cloud = ExactValue::zero();
    for ((service, team), amount) in whose {
        cloud += &amount;
        match (service, team) {
            (Some(service), _) => match snapshot.service_ix(service) {
                Some(at) => own.own[at] += amount,
                None => own.leave_outside(OutsideReason::RetiredService, team, Some(service), amount),
            },
            (None, Some(team)) => own.spread_over_services_of(team, amount),
            (None, None) => own.leave_outside(OutsideReason::NoOwner, None, None, amount),
        }
    }
    let of_people = match people {
        PeopleCost::LeftOut => Err(MissingReason::Gap),
        PeopleCost::Included if costs.currency != headroom_model::currency_of(plan) => {
            Err(MissingReason::NoRate)
        }
        PeopleCost::Included => people_cost_by_team(plan, month),
    };
    let mut of_all_people = ExactValue::zero();
    for (team, amount) in of_people.iter().flatten() {
        of_all_people += amount;
        match team {
            Some(team) => own.spread_over_services_of(*team, amount.clone()),
            None => own.leave_outside(OutsideReason::NoOwner, None, None, amount.clone()),
        }
    }
    let people = of_people.map(|_| of_all_people);
    let of_month = MonthCosts { month, own: own.own, outside: own.outside, cloud, people };
    finish(plan, &snapshot, &costs, of_month)
}

/// The edges of the graph of dependencies, with the weight of each.
fn edges(snapshot: &Snapshot) -> Vec<FlowEdge> {
    let mut edges = Vec::new();
    for user in 0..snapshot.service_count() {
        for row in snapshot.dependencies(user) {
            if let Some(provider) = snapshot.service_ix(row.depends_on) {
                let weight = row.cost_weight.map_or(1_000_000, headroom_model::Decimal6::millionths);
                let weight = ExactValue::new(weight.into(), 1_000_000.into());
                edges.push(FlowEdge { provider, user, weight });
            }
        }
    }
    edges
}

/// What a month costs, before it flows.
struct MonthCosts {
    month: NaiveDate,
    own: Vec<ExactValue>,
    outside: Outside,
    cloud: ExactValue,
    people: Result<ExactValue, MissingReason>,
}

fn finish(plan: &Arc<Plan>, snapshot: &Snapshot, costs: &CloudCosts, of_month: MonthCosts) -> Chargeback {
    let MonthCosts { month, own, outside, cloud, people } = of_month;
    let edges = edges(snapshot);
    let flow = flow(&own, &edges);
    let currency = costs.currency;
    let scale = ExactValue::from_integer(currency.scale().into());
    let minor = |value: &ExactValue| value * &scale;
    let money = |minor: i64| Money::new(minor, currency);
    let round = |value: &ExactValue| money(rounded(&minor(value)).to_i64().unwrap_or(i64::MAX));
    // Ends and closed groups in the order of their keys, by which equal remainders are decided.
    let mut ends: Vec<usize> = (0..own.len()).filter(|at| flow.kept[*at].is_some()).collect();
    ends.sort_by(|one, other| key_at(snapshot, *one).cmp(key_at(snapshot, *other)));
    let exact: Vec<ExactValue> =
        ends.iter().map(|at| minor(flow.kept[*at].as_ref().unwrap_or(&own[*at]))).collect();
    let of_outside = outside.values().map(|(.., amount)| minor(amount));
    let all: Vec<ExactValue> = exact.iter().cloned().chain(of_outside).collect();
    let whole = largest_remainder(&all);
    let kept: Vec<KeptCost> = ends
        .iter()
        .zip(exact)
        .zip(&whole)
        .map(|((at, exact), amount)| KeptCost {
            service: snapshot.service(*at).id,
            team: owner(snapshot, *at),
            exact,
            amount: money(*amount),
            is_closed: flow.is_closed[*at],
        })
        .collect();
    let outside: Vec<OutsideCost> = outside
        .into_iter()
        .zip(&whole[kept.len()..])
        .map(|(((reason, _), (team, service, _)), amount)| OutsideCost {
            reason,
            team,
            service,
            amount: money(*amount),
        })
        .collect();
    let services: Vec<ServiceId> = (0..snapshot.service_count()).map(|at| snapshot.service(at).id).collect();
    Chargeback {
        month,
        currency,
        total: money(whole.iter().sum()),
        cloud: round(&cloud),
        people: people.map(|people| round(&people)),
        streams: streams(&services, &flow, &edges),
        by_team: by_team(plan, &kept, &outside),
        by_receiver: by_receiver(plan, month, &kept, &outside),
        own: services.iter().copied().zip(own).collect(),
        loaded: services.into_iter().zip(flow.loaded).collect(),
        kept,
        outside,
    }
}

fn key_at(snapshot: &Snapshot, at: usize) -> &str {
    &snapshot.service(at).key
}

fn owner(snapshot: &Snapshot, at: usize) -> Option<TeamId> {
    snapshot.owners(at).iter().find_map(|owner| match owner {
        Owner::Team(team) => Some(*team),
        Owner::Person(_) => None,
    })
}

fn streams(services: &[ServiceId], flow: &Flow, edges: &[FlowEdge]) -> Vec<CostStream> {
    let mut all: FxHashMap<usize, ExactValue> = FxHashMap::default();
    let passing =
        edges.iter().filter(|edge| edge.provider != edge.user && flow.kept[edge.provider].is_none());
    let passing: Vec<&FlowEdge> = passing.collect();
    passing.iter().for_each(|edge| *all.entry(edge.provider).or_default() += &edge.weight);
    let stream = |edge: &&FlowEdge| CostStream {
        provider: services[edge.provider],
        user: services[edge.user],
        amount: &flow.loaded[edge.provider] * &edge.weight / &all[&edge.provider],
    };
    passing.iter().map(stream).filter(|stream| !stream.amount.is_zero()).collect()
}

/// In the order of the plan; what has no team comes last.
fn by_team(plan: &Plan, kept: &[KeptCost], outside: &[OutsideCost]) -> Vec<(Option<TeamId>, Money)> {
    let of_kept = kept.iter().map(|kept| (kept.team, kept.amount));
    let of_outside = outside.iter().map(|outside| (outside.team, outside.amount));
    let mut sums: FxHashMap<Option<TeamId>, Money> = FxHashMap::default();
    for (team, amount) in of_kept.chain(of_outside) {
        let sum = sums.entry(team).or_insert(Money::new(0, amount.currency));
        sum.minor = sum.minor.saturating_add(amount.minor);
    }
    let mut sums: Vec<(Option<TeamId>, Money)> = sums.into_iter().collect();
    sums.sort_by_cached_key(|(team, _)| {
        (
            team.is_none(),
            team.map(|team| plan.name_of(team.into())),
            team.map(|team| plan.key_of(team.into()).to_owned()),
        )
    });
    sums
}

fn by_receiver(
    plan: &Plan,
    month: NaiveDate,
    kept: &[KeptCost],
    outside: &[OutsideCost],
) -> BTreeMap<CostReceiver, Money> {
    let day = last_of_month(month);
    let mut declared: FxHashMap<ServiceId, Vec<(CostReceiver, i64)>> = FxHashMap::default();
    for share in plan.cost_shares.iter().filter(|share| share.date_range().contains(day)) {
        declared.entry(share.service).or_default().push((CostReceiver::of(share), share.weight.millionths()));
    }
    let mut sums: BTreeMap<CostReceiver, ExactValue> = BTreeMap::new();
    for kept in kept {
        let shares = declared.get(&kept.service).map(Vec::as_slice).unwrap_or_default();
        let all: i64 = shares.iter().map(|(_, weight)| weight).sum();
        if all <= 0 {
            *sums.entry(CostReceiver::default()).or_default() +=
                ExactValue::from_integer(kept.amount.minor.into());
        }
        for (receiver, weight) in shares.iter().filter(|_| all > 0) {
            let share = ExactValue::new((*weight).into(), all.into());
            *sums.entry(receiver.clone()).or_default() +=
                share * ExactValue::from_integer(kept.amount.minor.into());
        }
    }
    for outside in outside {
        *sums.entry(CostReceiver::default()).or_default() +=
            ExactValue::from_integer(outside.amount.minor.into());
    }
    let currency =
        kept.first().map(|kept| kept.amount).or_else(|| outside.first().map(|outside| outside.amount));
    let Some(currency) = currency.map(|amount| amount.currency) else { return BTreeMap::new() };
    let exact: Vec<ExactValue> = sums.values().cloned().collect();
    sums.into_keys()
        .zip(largest_remainder(&exact))
        .map(|(receiver, minor)| (receiver, Money::new(minor, currency)))
        .collect()
}
