//! Cost that flows from services to those that depend on them, exactly.
//!
//! A provider passes all that it costs, with what it takes over itself, to its users in proportion to weights. A service
//! that nobody uses is an *end* and keeps its cost. Services in a cycle are linear equations: strongly connected
//! components are eliminated node by node, what is between them is done in topological order. Cycles of hundreds of services
//! are solved in floating point, and still lose no cent. Services from which no end
//! can be reached form *closed groups*: nothing can leave one; each keeps its own cost, and what flows into the group is
//! shared in proportion to that.

use std::collections::BTreeMap;

use num_traits::{One, Signed, ToPrimitive};
use petgraph::{
    algo::tarjan_scc,
    graph::{DiGraph, NodeIndex},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::metrics::ExactValue;

/// What flows from a provider to a user.
#[derive(Debug, Clone)]
pub struct FlowEdge {
    pub provider: usize,
    pub user: usize,
    /// More than zero.
    pub weight: ExactValue,
}

/// Who keeps what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Of ends and closed groups; none: it passes all of it on.
    pub kept: Vec<Option<ExactValue>>,
    /// What it costs with what it takes over; of closed groups what it keeps.
    pub loaded: Vec<ExactValue>,
    pub is_closed: Vec<bool>,
}

/// Services of one cycle that are solved exactly. More of them have fractions of thousands of digits.
const MOST_EXACT: usize = 200;

/// Lets costs flow along edges. What a service passes to itself is left out, parallel edges add their weights.
pub fn flow(own: &[ExactValue], edges: &[FlowEdge]) -> Flow {
    let users = fractions(own.len(), edges);
    let is_open = reaching_ends(&users);
    let mut state =
        FlowState { users, is_open, mass: own.to_vec(), loaded: own.to_vec(), kept: vec![None; own.len()] };
    for component in state.components() {
        match component.as_slice() {
            [alone] => state.pass_on(*alone),
            many if many.len() > MOST_EXACT => state.solve_roughly(many),
            many => state.eliminate(many),
        }
    }
    state.close(own);
    let is_closed = state.is_open.iter().map(|open| !open).collect();
    Flow { kept: state.kept, loaded: state.loaded, is_closed }
}

type Fractions = BTreeMap<usize, ExactValue>;

/// Of each provider, which fraction each user takes.
fn fractions(count: usize, edges: &[FlowEdge]) -> Vec<Fractions> {
    let mut users: Vec<Fractions> = vec![Fractions::new(); count];
    for edge in edges.iter().filter(|edge| edge.provider != edge.user) {
        *users[edge.provider].entry(edge.user).or_default() += &edge.weight;
    }
    for fractions in &mut users {
        let all: ExactValue = fractions.values().sum();
        fractions.values_mut().for_each(|weight| *weight /= &all);
    }
    users
}

/// From which services an end can be reached.
fn reaching_ends(users: &[Fractions]) -> Vec<bool> {
    let mut providers: Vec<Vec<usize>> = vec![Vec::new(); users.len()];
    for (provider, fractions) in users.iter().enumerate() {
        fractions.keys().for_each(|user| providers[*user].push(provider));
    }
    let mut reaches: Vec<bool> = users.iter().map(BTreeMap::is_empty).collect();
    let mut todo: Vec<usize> = (0..users.len()).filter(|at| reaches[*at]).collect();
    while let Some(at) = todo.pop() {
        for provider in &providers[at] {
            if !std::mem::replace(&mut reaches[*provider], true) {
                todo.push(*provider);
            }
        }
    }
    reaches
}

struct FlowState {
    users: Vec<Fractions>,
    is_open: Vec<bool>,
    /// What has arrived and was not passed on yet.
    mass: Vec<ExactValue>,
    loaded: Vec<ExactValue>,
    kept: Vec<Option<ExactValue>>,
}

/// A service that was eliminated: what it costs is `mass`, and of each of those that were left then a multiple.
struct Eliminated {
    at: usize,
    mass: ExactValue,
    of_others: Vec<(usize, ExactValue)>,
}

impl FlowState {
    /// The open services, those in a cycle together, providers before users.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut graph: DiGraph<usize, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = (0..self.users.len()).map(|at| graph.add_node(at)).collect();
        for (provider, fractions) in self.users.iter().enumerate().filter(|(at, _)| self.is_open[*at]) {
            for user in fractions.keys().filter(|user| self.is_open[**user]) {
                graph.add_edge(nodes[provider], nodes[*user], ());
            }
        }
        let mut components: Vec<Vec<usize>> = tarjan_scc(&graph)
            .into_iter()
            .map(|nodes| nodes.into_iter().map(|node| graph[node]).collect::<Vec<_>>())
            .filter(|component: &Vec<usize>| component.iter().all(|at| self.is_open[*at]))
            .collect();
        components.reverse();
        components
    }

    fn pass_on(&mut self, at: usize) {
        let mass = std::mem::take(&mut self.mass[at]);
        self.loaded[at] = mass.clone();
        if self.users[at].is_empty() {
            self.kept[at] = Some(mass);
            return;
        }
        for (user, fraction) in &self.users[at] {
            self.mass[*user] += &mass * fraction;
        }
    }

    /// Takes the services of a cycle out one by one, each time the one with the fewest ways through it: whoever passed
    /// something to it passes that to its users instead.
    fn eliminate(&mut self, component: &[usize]) {
        let mut left: FxHashSet<usize> = component.iter().copied().collect();
        let mut flows: FxHashMap<usize, Fractions> =
            component.iter().map(|at| (*at, self.users[*at].clone())).collect();
        let mut done: Vec<Eliminated> = Vec::with_capacity(component.len());
        while let Some(at) = next(&left, &flows) {
            left.remove(&at);
            let mut out = flows.remove(&at).unwrap_or_default();
            let again = ExactValue::one() - out.remove(&at).unwrap_or_default();
            out.values_mut().for_each(|fraction| *fraction /= &again);
            let mass = std::mem::take(&mut self.mass[at]);
            for (user, fraction) in &out {
                self.mass[*user] += &mass * fraction;
            }
            let mut of_others = Vec::new();
            for provider in &left {
                let Some(flow) = flows.get_mut(provider) else { continue };
                let Some(through) = flow.remove(&at) else { continue };
                for (user, fraction) in &out {
                    *flow.entry(*user).or_default() += &through * fraction;
                }
                of_others.push((*provider, through / &again));
            }
            done.push(Eliminated { at, mass: mass / &again, of_others });
        }
        for one in done.into_iter().rev() {
            let others: ExactValue =
                one.of_others.iter().map(|(provider, multiple)| &self.loaded[*provider] * multiple).sum();
            self.loaded[one.at] = one.mass + others;
        }
    }

    /// The same for many services, in floating point and without a subtraction (Grassmann, Taksar and Heyman, 1985), so
    /// that about twelve digits are right. What flows out is made to add up exactly.
    fn solve_roughly(&mut self, component: &[usize]) {
        let place: FxHashMap<usize, usize> =
            component.iter().enumerate().map(|(at, service)| (*service, at)).collect();
        let count = component.len();
        let mut within = vec![vec![0.0_f64; count]; count];
        let mut leaving = vec![0.0_f64; count];
        for (at, service) in component.iter().enumerate() {
            for (user, fraction) in &self.users[*service] {
                let fraction = fraction.to_f64().unwrap_or_default();
                match place.get(user) {
                    Some(user) => within[at][*user] = fraction,
                    None => leaving[at] += fraction,
                }
            }
        }
        let mut mass: Vec<f64> =
            component.iter().map(|service| self.mass[*service].to_f64().unwrap_or_default()).collect();
        let mut out = vec![1.0_f64; count];
        for at in 0..count {
            let (done, left) = within.split_at_mut(at + 1);
            let row = &done[at];
            out[at] = leaving[at] + row[at + 1..].iter().sum::<f64>();
            let share = mass[at] / out[at];
            for (other, provider) in left.iter_mut().enumerate() {
                let other = at + 1 + other;
                mass[other] += share * row[other];
                let through = provider[at] / out[at];
                if through > 0.0 {
                    leaving[other] += through * leaving[at];
                    provider[at + 1..]
                        .iter_mut()
                        .zip(&row[at + 1..])
                        .for_each(|(to, from)| *to += through * from);
                }
            }
        }
        let mut loaded = vec![0.0_f64; count];
        for at in (0..count).rev() {
            let others: f64 = (at + 1..count).map(|other| loaded[other] * within[other][at]).sum();
            loaded[at] = (mass[at] + others) / out[at];
        }
        self.pass_out(component, &loaded);
    }

    /// Passes on what services of a cycle cost to those outside it, all of what has arrived.
    fn pass_out(&mut self, component: &[usize], loaded: &[f64]) {
        let inside: FxHashSet<usize> = component.iter().copied().collect();
        let arrived: ExactValue = component.iter().map(|at| std::mem::take(&mut self.mass[*at])).sum();
        let mut flows: Fractions = Fractions::new();
        for (at, loaded) in component.iter().zip(loaded) {
            let loaded = ExactValue::from_float(*loaded).unwrap_or_default();
            for (user, fraction) in self.users[*at].iter().filter(|(user, _)| !inside.contains(user)) {
                *flows.entry(*user).or_default() += &loaded * fraction;
            }
            self.loaded[*at] = loaded;
        }
        let rest = arrived - flows.values().sum::<ExactValue>();
        if let Some((_, largest)) = flows.iter_mut().max_by(|one, other| (*one.1).cmp(&*other.1)) {
            *largest += rest;
        }
        for (user, amount) in flows {
            self.mass[user] += amount;
        }
    }

    /// Closed groups keep what has arrived.
    fn close(&mut self, own: &[ExactValue]) {
        for group in self.closed_groups() {
            let into: ExactValue = group.iter().map(|at| &self.mass[*at] - &own[*at]).sum();
            let all: ExactValue = group.iter().map(|at| &own[*at]).sum();
            let in_proportion = all.is_positive() && group.iter().all(|at| !own[*at].is_negative());
            for at in &group {
                let share = match in_proportion {
                    true => &own[*at] / &all,
                    false => ExactValue::new(1.into(), group.len().into()),
                };
                let kept = &own[*at] + &into * share;
                self.loaded[*at] = kept.clone();
                self.kept[*at] = Some(kept);
            }
        }
    }

    /// Closed services that are connected, whichever way.
    fn closed_groups(&self) -> Vec<Vec<usize>> {
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); self.users.len()];
        for (provider, fractions) in self.users.iter().enumerate().filter(|(at, _)| !self.is_open[*at]) {
            for user in fractions.keys() {
                beside[provider].push(*user);
                beside[*user].push(provider);
            }
        }
        let mut is_seen = self.is_open.clone();
        let mut groups = Vec::new();
        for start in 0..self.users.len() {
            if std::mem::replace(&mut is_seen[start], true) {
                continue;
            }
            let (mut group, mut todo) = (Vec::new(), vec![start]);
            while let Some(at) = todo.pop() {
                group.push(at);
                for other in &beside[at] {
                    if !std::mem::replace(&mut is_seen[*other], true) {
                        todo.push(*other);
                    }
                }
            }
            groups.push(group);
        }
        groups
    }
}

/// The service with the fewest ways through it.
fn next(left: &FxHashSet<usize>, flows: &FxHashMap<usize, Fractions>) -> Option<usize> {
    let mut incoming: FxHashMap<usize, usize> = FxHashMap::default();
    for at in left {
        for user in flows.get(at).into_iter().flat_map(BTreeMap::keys) {
            *incoming.entry(*user).or_default() += 1;
        }
    }
    let ways = |at: &usize| {
        let out = flows.get(at).map_or(0, BTreeMap::len);
        (out * incoming.get(at).copied().unwrap_or(0), *at)
    };
    left.iter().copied().min_by_key(ways)
}
