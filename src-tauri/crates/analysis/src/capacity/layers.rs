//! Span of control and layers: how many report to a position, and how many steps it is from bottom to top.

use headroom_model::{PositionId, PositionIx, Snapshot};

/// Average span of control: everybody but the one at the top reports to a manager.
pub fn average_span(people: u32, managers: u32) -> f64 {
    if managers == 0 { 0.0 } else { f64::from(people.saturating_sub(1)) / f64::from(managers) }
}

/// Fewest layers for `people` if everybody has at most `span` reports: `ceil(log_s(N(s−1)+1))`. Counted in whole
/// numbers, since logarithms miss them by rounding errors.
pub fn least_layers(people: u64, span: u64) -> u32 {
    let (mut layers, mut room, mut widest) = (0, 0_u64, 1_u64);
    while room < people {
        // With a span of 1 or 0 it is a chain.
        room = room.saturating_add(widest);
        widest = widest.saturating_mul(span.max(1));
        layers += 1;
    }
    layers
}

/// A range of counts, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanRange {
    pub least: u32,
    pub most: u32,
}

impl SpanRange {
    pub fn contains(self, count: u32) -> bool {
        (self.least..=self.most).contains(&count)
    }
}

/// Engineers per manager: six to eight. Source: W. Larson, <https://lethain.com/sizing-engineering-teams/>.
pub const OF_ENGINEERS: SpanRange = SpanRange { least: 6, most: 8 };
/// Managers per manager of managers: four to six, from the same source.
pub const OF_MANAGERS: SpanRange = SpanRange { least: 4, most: 6 };

/// Usual number of layers by size. Source: <https://docs.agentnoon.com/main-org/metrics-insights>.
pub fn usual_layers(people: u32) -> SpanRange {
    match people {
        0..500 => SpanRange { least: 4, most: 5 },
        500..=5_000 => SpanRange { least: 5, most: 7 },
        _ => SpanRange { least: 6, most: 9 },
    }
}

/// A position with reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manager {
    pub position: PositionId,
    /// Direct reports, filled or not.
    pub reports: u32,
    /// How many of the direct reports are managers.
    pub managers: u32,
    /// 1 at the top.
    pub layer: u32,
}

impl Manager {
    /// Recommended span: that of managers of managers if at least half of the reports are managers.
    pub fn guide(&self) -> SpanRange {
        if self.managers * 2 >= self.reports { OF_MANAGERS } else { OF_ENGINEERS }
    }
}

/// Span of control and layers of a date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layers {
    /// Positions with a manager or with reports.
    pub people: u32,
    /// Most reports first.
    pub managers: Vec<Manager>,
    /// Number of positions in each layer, the top first.
    pub layers: Vec<u32>,
    /// Positions without a manager that have reports.
    pub tops: u32,
    /// Positions with neither a manager nor reports.
    pub apart: u32,
}

impl Layers {
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut found = Self::default();
        let is_manager = |at: PositionIx| !snapshot.reports_of(at).is_empty();
        for at in 0..snapshot.position_count() {
            if snapshot.manager_of(at).is_none() && !is_manager(at) {
                found.apart += 1;
                continue;
            }
            found.people += 1;
            let layer = layer(snapshot, at);
            found.tops += u32::from(layer == 1);
            if found.layers.len() < layer as usize {
                found.layers.resize(layer as usize, 0);
            }
            found.layers[layer as usize - 1] += 1;
            if is_manager(at) {
                let reports = snapshot.reports_of(at);
                let managers = reports.iter().filter(|report| is_manager(**report as usize)).count() as u32;
                let position = snapshot.position(at).id;
                found.managers.push(Manager { position, reports: reports.len() as u32, managers, layer });
            }
        }
        // Of as many reports in the order of positions.
        found.managers.sort_by_key(|manager| std::cmp::Reverse(manager.reports));
        found
    }

    /// Average span of control; every tree has a top of its own.
    pub fn average_span(&self) -> f64 {
        match self.tops {
            0 | 1 => average_span(self.people, self.managers.len() as u32),
            tops => f64::from(self.people.saturating_sub(tops)) / self.managers.len().max(1) as f64,
        }
    }

    /// Number of managers by number of reports, ascending.
    pub fn spans(&self) -> Vec<(u32, u32)> {
        let mut counts = std::collections::BTreeMap::new();
        for manager in &self.managers {
            *counts.entry(manager.reports).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}

/// Layer of a position, 1 at the top. In a loop of managers it is the number of positions.
fn layer(snapshot: &Snapshot, at: PositionIx) -> u32 {
    let up = std::iter::successors(Some(at), |at| snapshot.manager_of(*at));
    up.take(snapshot.position_count()).count() as u32
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use headroom_model::{Draft, Plan, Position};

    use super::*;

    #[test]
    fn least_layers_matches_documented_examples() {
        let layers =
            [(100, 7), (500, 7), (100, 5), (500, 5)].map(|(people, span)| least_layers(people, span));
        assert_eq!(layers, [4, 5, 4, 5]);
        assert_eq!(average_span(43, 6), 7.0);
    }

    #[test]
    fn least_layers_matches_logarithm() {
        for span in 2..20_u64 {
            for people in 1..2_000_u64 {
                let (n, s) = (people as f64, span as f64);
                let exact = ((n * (s - 1.0) + 1.0).ln() / s.ln() - 1e-9).ceil();
                assert_eq!(f64::from(least_layers(people, span)), exact, "{people} at {span}");
            }
        }
        assert_eq!((least_layers(3, 1), least_layers(3, 0), least_layers(0, 7)), (3, 3, 0));
    }

    #[test]
    fn layers_and_spans_of_a_tree() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let mut seat = |manager: Option<PositionId>| {
            let id = draft.new_id::<Position>();
            draft.put(Position { id, key: format!("P{}", id.0), manager, ..Position::default() });
            id
        };
        let top = seat(None);
        let (left, _right) = (seat(Some(top)), seat(Some(top)));
        for _ in 0..3 {
            seat(Some(left));
        }
        seat(None);
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let layers = Layers::new(&Arc::new(plan).as_of("2027-01-01".parse().unwrap()));
        assert_eq!((layers.people, layers.tops, layers.apart), (6, 1, 1));
        assert_eq!(layers.layers, [1, 2, 3]);
        assert_eq!(layers.spans(), [(2, 1), (3, 1)]);
        assert_eq!(layers.average_span(), 2.5);
        assert_eq!((layers.managers[0].position, layers.managers[0].guide()), (left, OF_ENGINEERS));
        assert_eq!(layers.managers[1].guide(), OF_MANAGERS);
    }
}
