//! Who of those to come takes which service.
//!
//! A team's own needs are met by everybody who comes to it. A service takes somebody of its own: of the hires wanted
//! for it or coming to a team that owns it, one who has room. A hire has room for as much as the policy lets a person
//! carry (`team-over-load`), and for at least one service. Needs are served by severity and day; where nobody has room,
//! another service is moved to another hire, and never left without one (augmenting paths, after H. W. Kuhn, The
//! Hungarian method, 1955). So the most pressing needs are served first, no need is left over that somebody could still
//! take, and the outcome is the same each time. What room is left goes to the other services in the same order.

use headroom_model::{Entity, Owner, Plan, ServiceId, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    forecast::{Gap, GapKind, Hire, Question},
    load::weight,
    rule::Severity,
};

/// One more person that a service needs.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    /// Which of the services.
    service: usize,
    severity: Severity,
    opens: Option<chrono::NaiveDate>,
}

struct Service {
    id: ServiceId,
    /// Tenths of a point.
    weight: u32,
    /// Hires who could take it, the best first.
    fitting: Vec<usize>,
}

struct Sharing {
    services: Vec<Service>,
    /// What each hire has taken, by service.
    taken: Vec<Vec<usize>>,
    limit: u32,
}

/// Says of each hire which of its team's services it stands behind.
pub fn share(plan: &Plan, question: &Question<'_>, gaps: &[Gap], hires: &mut [Hire]) {
    let (services, mut wanted) = wanted(plan, question, gaps, hires);
    wanted.sort_by(|a, b| (b.severity, a.opens, a.service).cmp(&(a.severity, b.opens, b.service)));
    let mut sharing = Sharing { services, taken: vec![Vec::new(); hires.len()], limit: question.load_limit };
    for want in &wanted {
        sharing.place(want.service, None, &mut FxHashSet::default());
    }
    for want in &wanted {
        while sharing.give(want.service, None) {}
    }
    for (hire, taken) in hires.iter_mut().zip(&sharing.taken) {
        hire.of_team = Some(taken.iter().map(|service| sharing.services[*service].id).collect());
    }
}

/// Services that lack somebody, by key, and one want for each who lacks.
fn wanted(plan: &Plan, question: &Question<'_>, gaps: &[Gap], hires: &[Hire]) -> (Vec<Service>, Vec<Wanted>) {
    let mut by_service: FxHashMap<ServiceId, Vec<&Gap>> = FxHashMap::default();
    for gap in gaps.iter().filter(|gap| matches!(gap.kind, GapKind::Nobody | GapKind::OnePerson)) {
        by_service.entry(gap.subject.id.into()).or_default().push(gap);
    }
    let mut rows: Vec<_> =
        by_service.into_iter().filter_map(|(id, gaps)| Some((plan.services.get(id)?, gaps))).collect();
    rows.sort_by(|a, b| a.0.key.cmp(&b.0.key));
    let owners = owners(plan, rows.iter().map(|(service, _)| service.id).collect());
    let (mut services, mut wanted) = (Vec::new(), Vec::new());
    for (at, (service, gaps)) in rows.into_iter().enumerate() {
        let opens = gaps.iter().map(|gap| gap.opens).min().flatten();
        let mut want = |kind| {
            let found = gaps.iter().filter(|gap| gap.kind == kind).map(|gap| gap.severity).max();
            let severity = found.unwrap_or_else(|| question.scale.of_kind(kind));
            wanted.push(Wanted { service: at, severity, opens });
        };
        if gaps.iter().any(|gap| gap.kind == GapKind::Nobody) {
            want(GapKind::Nobody);
        }
        want(GapKind::OnePerson);
        let owned = owners.get(&service.id).map_or(&[][..], Vec::as_slice);
        let fits = |hire: &Hire| {
            let in_time = gaps.iter().any(|gap| gap.closes.is_none_or(|closes| hire.from < closes));
            let is_on_team = owned
                .iter()
                .any(|(team, until)| hire.team == Some(*team) && until.is_none_or(|day| hire.from <= day));
            in_time && (hire.service == Some(service.id) || is_on_team)
        };
        let mut fitting: Vec<usize> = (0..hires.len()).filter(|at| fits(&hires[*at])).collect();
        // Hires come by day.
        fitting.sort_by_key(|at| (hires[*at].service != Some(service.id), *at));
        services.push(Service { id: service.id, weight: weight(service) * 10, fitting });
    }
    (services, wanted)
}

/// The teams that are accountable for each of these services, and until when.
fn owners(
    plan: &Plan,
    services: FxHashSet<ServiceId>,
) -> FxHashMap<ServiceId, Vec<(TeamId, Option<chrono::NaiveDate>)>> {
    let mut owners: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for row in plan.ownerships.iter().filter(|row| row.is_accountable() && services.contains(&row.service)) {
        if let Owner::Team(team) = row.owner {
            owners.entry(row.service).or_default().push((team, row.span().until));
        }
    }
    owners
}

impl Sharing {
    fn room(&self, hire: usize, without: Option<usize>) -> Option<u32> {
        let taken = self.taken[hire].iter().filter(|service| Some(**service) != without);
        let used: u32 = taken.clone().map(|service| self.services[*service].weight).sum();
        // Whoever has nothing yet can take anything.
        if taken.count() == 0 { None } else { Some(self.limit.saturating_sub(used)) }
    }

    fn fits(&self, service: usize, hire: usize, without: Option<usize>) -> bool {
        self.room(hire, without).is_none_or(|room| self.services[service].weight <= room)
    }

    /// Gives a service to a hire who has room for it.
    fn give(&mut self, service: usize, except: Option<usize>) -> bool {
        let fitting = self.services[service].fitting.iter().copied();
        let mut free = fitting.filter(|hire| {
            Some(*hire) != except && !self.taken[*hire].contains(&service) && self.fits(service, *hire, None)
        });
        let Some(hire) = free.next() else { return false };
        self.taken[hire].push(service);
        true
    }

    /// Gives a service to a hire, moving another service to another hire where that makes room.
    fn place(&mut self, service: usize, except: Option<usize>, visited: &mut FxHashSet<usize>) -> bool {
        if self.give(service, except) {
            return true;
        }
        for hire in self.services[service].fitting.clone() {
            if Some(hire) == except || self.taken[hire].contains(&service) || !visited.insert(hire) {
                continue;
            }
            for at in (0..self.taken[hire].len()).rev() {
                let other = self.taken[hire][at];
                if self.fits(service, hire, Some(other)) && self.place(other, Some(hire), visited) {
                    self.taken[hire].retain(|taken| *taken != other);
                    self.taken[hire].push(service);
                    return true;
                }
            }
        }
        false
    }
}
