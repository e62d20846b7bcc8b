//! Gaps of services: no owner, too few responders, broken dependencies.

use headroom_model::{Dependency, Entity, EntityRef, Owner, Ownership, Plan, Service, ServiceId, role};
use rustc_hash::FxHashSet;

use super::{
    stretch::{Stretch, SubjectState, bit, gaps_of, set_difference},
    window::{AvailabilityIndex, Range, both, bounds, change_days},
};
use crate::{
    coverage_severity::SeverityScale,
    finding::Severity,
    gap::{CoverageState, Gap, GapKind},
};

/// Ownership and dependency rows by service.
pub struct ServiceRows<'a> {
    owners: Vec<&'a Ownership>,
    backups: Vec<&'a Ownership>,
    dependencies: Vec<&'a Dependency>,
}

impl<'a> ServiceRows<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self::sorted(plan.ownerships.iter(), plan.dependencies.iter().collect())
    }

    /// Owners and backups of these services only, without dependencies.
    pub fn owners_of(plan: &'a Plan, services: &FxHashSet<ServiceId>) -> Self {
        Self::sorted(plan.ownerships.iter().filter(|row| services.contains(&row.service)), Vec::new())
    }

    fn sorted(rows: impl Iterator<Item = &'a Ownership>, mut dependencies: Vec<&'a Dependency>) -> Self {
        let (mut owners, mut others): (Vec<&Ownership>, Vec<&Ownership>) =
            rows.partition(|row| row.is_accountable());
        others.retain(|row| row.role == role::BACKUP);
        // To be found by number; the order of services and of their rows is of no consequence.
        owners.sort_by_key(|row| row.service.0);
        others.sort_by_key(|row| row.service.0);
        dependencies.sort_by_key(|row| row.service.0);
        Self { owners, backups: others, dependencies }
    }

    fn owners(&self, service: ServiceId) -> &[&'a Ownership] {
        of(&self.owners, service, |row| row.service)
    }

    fn backups(&self, service: ServiceId) -> &[&'a Ownership] {
        of(&self.backups, service, |row| row.service)
    }

    fn dependencies(&self, service: ServiceId) -> &[&'a Dependency] {
        of(&self.dependencies, service, |row| row.service)
    }
}

/// The rows for one service out of rows sorted by the number of the service.
fn of<T>(rows: &[T], service: ServiceId, about: impl Fn(&T) -> ServiceId) -> &[T] {
    let start = rows.partition_point(|row| about(row).0 < service.0);
    let end = start + rows[start..].partition_point(|row| about(row) == service);
    &rows[start..end]
}

/// A service during a stretch of days.
#[derive(Default)]
struct ServiceState {
    is_there: bool,
    owners: Vec<Owner>,
    people: Vec<EntityRef>,
    missing: Vec<ServiceId>,
    /// The severity of too few responders or owners; none if there are enough.
    coverage: Option<Severity>,
}

/// The gaps of one service, in order of opening.
pub fn gaps(availability: &AvailabilityIndex<'_>, rows: &ServiceRows<'_>, service: &Service) -> Vec<Gap> {
    let window = &availability.window;
    let Some(there) = window.range(service.date_range()).filter(|_| !service.unconfirmed) else {
        return Vec::new();
    };
    let held: Vec<(Owner, Range)> = rows
        .owners(service.id)
        .iter()
        .filter_map(|row| Some((row.owner, both(window.range(row.date_range())?, there)?)))
        .collect();
    let missing: Vec<(ServiceId, Range)> =
        rows.dependencies(service.id).iter().flat_map(|row| missing(availability, row, there)).collect();
    let mut days = Vec::new();
    for (owner, range) in &held {
        bounds(*range, window, &mut days);
        availability.owner_bounds(*owner, &mut days);
    }
    missing.iter().for_each(|(_, range)| bounds(*range, window, &mut days));
    availability.hires_for(service.id).for_each(|(_, range)| bounds(range, window, &mut days));
    let backups = rows.backups(service.id);
    let at = |day: u32| state(availability, service, &held, backups, &missing, day);
    let mut stretches: Vec<Stretch<ServiceState>> =
        change_days(days, there).into_iter().map(|start| Stretch { start, state: at(start) }).collect();
    if there.1 < window.length {
        let absent = ServiceState { is_there: false, ..ServiceState::default() };
        stretches.push(Stretch { start: there.1, state: absent });
    }
    gaps_of(availability, service.id.into(), &stretches)
}

fn state(
    availability: &AvailabilityIndex<'_>,
    service: &Service,
    held: &[(Owner, Range)],
    backups: &[&Ownership],
    missing: &[(ServiceId, Range)],
    day: u32,
) -> ServiceState {
    let is_now = |range: &Range| (range.0..range.1).contains(&day);
    let owners: Vec<Owner> =
        held.iter().filter(|(_, range)| is_now(range)).map(|(owner, _)| *owner).collect();
    let mut people = Vec::new();
    owners.iter().for_each(|owner| availability.add_responders(service.id, *owner, day, &mut people));
    if !owners.is_empty() {
        people.extend(
            availability.hires_for(service.id).filter(|(_, range)| is_now(range)).map(|(hire, _)| hire),
        );
    }
    availability.deduplicate(&mut people);
    let missing = missing.iter().filter(|(_, range)| is_now(range)).map(|(service, _)| *service).collect();
    let coverage = coverage(&owners, &people, || has_backup(availability, backups, day, &people));
    let severity = |state: CoverageState| {
        // Lazy, since importance needs the dependencies of the day.
        let is_important = !state.is_covered() && availability.importance.is_important(service);
        availability.scale.of_state(state, is_important)
    };
    ServiceState { is_there: true, coverage: coverage.map(severity), owners, people, missing }
}

/// The state of coverage; none with two responders or more.
fn coverage(
    owners: &[Owner],
    people: &[EntityRef],
    has_backup: impl FnOnce() -> bool,
) -> Option<CoverageState> {
    match (owners.is_empty(), people.len()) {
        (true, _) => Some(CoverageState::Unowned),
        (false, 0) => Some(CoverageState::Nobody),
        (false, 1) if has_backup() => Some(CoverageState::OnePersonWithBackup),
        (false, 1) => Some(CoverageState::OnePerson),
        _ => None,
    }
}

/// Whether a backup without a last day exists, as in [`crate::Responders::lasting_behind`].
fn has_backup(
    availability: &AvailabilityIndex<'_>,
    backups: &[&Ownership],
    day: u32,
    people: &[EntityRef],
) -> bool {
    let is_lasting =
        |row: &&&Ownership| row.until.is_none() && row.date_range().contains(availability.window.day(day));
    backups.iter().filter(is_lasting).any(|row| {
        let mut others = Vec::new();
        availability.add_people(row.owner, day, &mut others);
        others.iter().any(|other| !people.contains(other) && availability.is_lasting(row.owner, *other))
    })
}

/// The ranges in which a dependency holds and its target does not exist: before it, after it, or throughout.
fn missing(availability: &AvailabilityIndex<'_>, row: &Dependency, there: Range) -> Vec<(ServiceId, Range)> {
    let window = &availability.window;
    let Some(needed) = window.range(row.date_range()).and_then(|range| both(range, there)) else {
        return Vec::new();
    };
    let target = availability.plan.services.get(row.depends_on).filter(|target| !target.unconfirmed);
    let alive = target.and_then(|target| window.range(target.date_range()));
    let lacking = match alive {
        None => [Some(needed), None],
        Some(alive) => [both(needed, (0, alive.0)), both(needed, (alive.1, window.length))],
    };
    lacking.into_iter().flatten().map(|range| (row.depends_on, range)).collect()
}

impl SubjectState for ServiceState {
    fn open(&self) -> u16 {
        if !self.is_there {
            return 0;
        }
        let of_owner = match (self.owners.is_empty(), self.people.len()) {
            (true, _) => bit(GapKind::Unowned),
            (false, 0) => bit(GapKind::Nobody),
            (false, 1) => bit(GapKind::OnePerson),
            _ => 0,
        };
        of_owner | if self.missing.is_empty() { 0 } else { bit(GapKind::Dangling) }
    }

    fn lack(&self, kind: GapKind) -> u32 {
        match kind {
            GapKind::Nobody | GapKind::OnePerson => 1,
            _ => 0,
        }
    }

    fn because(&self, before: Option<&Self>, kind: GapKind, subject: EntityRef) -> Vec<EntityRef> {
        let Some(before) = before else { return vec![subject] };
        match kind {
            GapKind::Dangling => {
                let new = self.missing.iter().filter(|service| !before.missing.contains(service));
                new.map(|service| (*service).into()).collect()
            }
            GapKind::Unowned => {
                let removed = before.owners.iter().filter(|owner| !self.owners.contains(owner));
                removed.map(|owner| (*owner).into()).collect()
            }
            _ => {
                let lost = set_difference(&before.people, &self.people);
                // From nobody to one person: the cause is who joins.
                if lost.is_empty() { set_difference(&self.people, &before.people) } else { lost }
            }
        }
    }

    fn people(&self) -> &[EntityRef] {
        &self.people
    }

    fn severity(&self, kind: GapKind, scale: &SeverityScale) -> Severity {
        match kind {
            GapKind::Dangling => scale.of_kind(kind),
            _ => self.coverage.unwrap_or_else(|| scale.of_kind(kind)),
        }
    }
}
