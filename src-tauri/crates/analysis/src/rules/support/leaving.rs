//! Findings shared by the two rules about services that will lack a responder or an owner.

use chrono::{Days, NaiveDate};
use headroom_model::{Entity, EntityRef, Kind, Owner, Ownership, Plan, Service, Snapshot, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    check::RuleContext,
    coverage_severity::Importance,
    finding::{Evidence, Finding, Threshold},
    forecast::{ForecastParams, openings},
    gap::{Gap, GapKind},
};

pub const DAYS: Threshold = Threshold {
    name: "days",
    default: 365,
    meaning: "Look-ahead (days)",
    source: "Headroom default: one year, longer than hiring and ramp-up take",
};

/// The two rules. They share one forecast, for the longer of their two periods.
const RULES: [&str; 2] = ["leaver-leaves-nobody", "leaver-leaves-one"];

/// Reports each service for which a gap of one of these kinds opens within the days of the policy: the first gap of
/// each kind.
pub fn find(check: &RuleContext<'_>, found: &mut Vec<Finding>, kinds: &[GapKind]) {
    let snapshot = check.context.snapshot;
    let ahead = |days: u32| snapshot.day().checked_add_days(Days::new(days.into())).unwrap_or(snapshot.day());
    let longest = || {
        let policy = check.context.policy;
        let days = RULES.map(|rule| policy.threshold_of(rule, &DAYS));
        let params = ForecastParams::new(snapshot.plan(), snapshot.day(), ahead(days[0].max(days[1])));
        let importance = Importance::known(snapshot, check.context.facts, policy);
        openings(snapshot.plan(), &params, importance)
    };
    let last = ahead(check.threshold(DAYS.name));
    let is_of_kind = |gap: &&Gap| kinds.contains(&gap.kind);
    let mut gaps: Vec<&Gap> = check.shared.openings(longest).iter().filter(is_of_kind).collect();
    gaps.sort_by_key(|gap| gap.opens);
    let owned = Owned::new(snapshot, &gaps);
    let mut reported = FxHashSet::default();
    for gap in gaps {
        let Some(day) = gap.opens.filter(|day| *day <= last) else { continue };
        let Some(service) = snapshot.plan().services.get(gap.subject.id.into()) else { continue };
        if is_loss(gap) && reported.insert((service.id, gap.kind)) {
            found.push(finding(check, service, gap, day, &owned.cause(snapshot, service, gap, day)));
        }
    }
}

/// A gap that goes from nobody to one person is a gain. It is recognised by its cause: the person who joins.
fn is_loss(gap: &Gap) -> bool {
    let has_come = |cause: &EntityRef| gap.people.contains(cause);
    gap.kind != GapKind::OnePerson || !gap.because.iter().any(has_come)
}

/// Why a gap opens on a day.
enum Cause {
    /// The service goes live.
    Begins,
    /// From former to new owners.
    HandedOver(Vec<Owner>, Vec<Owner>),
    /// Owners without a successor.
    OwnershipEnds(Vec<Owner>),
    /// New owners without a predecessor.
    TakenOver(Vec<Owner>),
    Dissolved(Vec<TeamId>),
    /// People who leave, or leave the team.
    Leave(Vec<EntityRef>),
}

/// The accountable owners of the services of some gaps, on any day.
struct Owned<'a>(FxHashMap<u64, Vec<&'a Ownership>>);

impl<'a> Owned<'a> {
    fn new(snapshot: &'a Snapshot, gaps: &[&Gap]) -> Self {
        let mut rows: FxHashMap<u64, Vec<&Ownership>> =
            gaps.iter().map(|gap| (gap.subject.id, Vec::new())).collect();
        if !rows.is_empty() {
            for row in snapshot.plan().ownerships.iter().filter(|row| row.is_accountable()) {
                if let Some(rows) = rows.get_mut(&row.service.0) {
                    rows.push(row);
                }
            }
        }
        Self(rows)
    }

    /// In the order of [`Plan::place_of`].
    fn on(&self, plan: &Plan, service: &Service, day: NaiveDate) -> Vec<Owner> {
        let rows = self.0.get(&service.id.0).into_iter().flatten();
        let mut owners: Vec<Owner> =
            rows.filter(|row| row.date_range().contains(day)).map(|row| row.owner).collect();
        owners.sort_unstable_by_key(|owner| plan.place_of(*owner));
        owners.dedup();
        owners
    }

    fn cause(&self, snapshot: &Snapshot, service: &Service, gap: &Gap, day: NaiveDate) -> Cause {
        let day_before = day.pred_opt().unwrap_or(day);
        if !service.date_range().contains(day_before) {
            return Cause::Begins;
        }
        let (before, after) =
            (self.on(snapshot.plan(), service, day_before), self.on(snapshot.plan(), service, day));
        let beyond = |these: &[Owner], others: &[Owner]| -> Vec<Owner> {
            these.iter().filter(|owner| !others.contains(owner)).copied().collect()
        };
        let (ended, begun) = (beyond(&before, &after), beyond(&after, &before));
        match (ended.is_empty(), begun.is_empty()) {
            (false, false) => return Cause::HandedOver(ended, begun),
            (false, true) => return Cause::OwnershipEnds(ended),
            (true, false) => return Cause::TakenOver(begun),
            (true, true) => {}
        }
        let dissolved = after.iter().filter_map(|owner| match owner {
            Owner::Team(team) => Some(*team),
            Owner::Person(_) => None,
        });
        let ends = |team: &TeamId| {
            snapshot.plan().teams.get(*team).is_some_and(|team| team.until == Some(day_before))
        };
        let dissolved: Vec<TeamId> = dissolved.filter(ends).collect();
        if !dissolved.is_empty() {
            return Cause::Dissolved(dissolved);
        }
        Cause::Leave(gap.because.iter().copied().filter(|cause| cause.kind == Kind::Person).collect())
    }
}

impl Cause {
    fn words(&self, snapshot: &Snapshot) -> String {
        let owners = |owners: &[Owner]| {
            names(snapshot, &owners.iter().map(|owner| EntityRef::from(*owner)).collect::<Vec<_>>())
        };
        let verb = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
        match self {
            Cause::Begins => "when it goes live".to_owned(),
            Cause::HandedOver(from, to) => {
                let hand = verb(from.len(), "hands", "hand");
                format!("{} {hand} it over to {}", owners(from), owners(to))
            }
            Cause::OwnershipEnds(ended) => {
                let own = verb(ended.len(), "owns", "own");
                format!("{} no longer {own} it", owners(ended))
            }
            Cause::TakenOver(begun) => {
                format!("{} {} it over", owners(begun), verb(begun.len(), "takes", "take"))
            }
            Cause::Dissolved(teams) => {
                let teams: Vec<EntityRef> = teams.iter().map(|team| EntityRef::from(*team)).collect();
                format!("{} {} dissolved", names(snapshot, &teams), verb(teams.len(), "is", "are"))
            }
            Cause::Leave(people) => {
                format!("{} {}", names(snapshot, people), verb(people.len(), "leaves", "leave"))
            }
        }
    }
}

fn names(snapshot: &Snapshot, entities: &[EntityRef]) -> String {
    let names: Vec<String> = entities.iter().map(|entity| snapshot.plan().name_of(*entity)).collect();
    match names.as_slice() {
        [] => "someone".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} others", rest.len()),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn finding(check: &RuleContext<'_>, service: &Service, gap: &Gap, day: NaiveDate, cause: &Cause) -> Finding {
    let snapshot = check.context.snapshot;
    let (name, when) = (&service.name, headroom_model::wording::date(day));
    let what = match gap.kind {
        GapKind::OnePerson => format!("Only {} can support {name}", names(snapshot, &gap.people)),
        GapKind::Unowned => format!("{name} has no owner"),
        _ => format!("No one can support {name}"),
    };
    let message = format!("{what} from {when} ({})", cause.words(snapshot));
    let mut finding = Finding::of_coming_service(check, service, message);
    finding.severity = check.of_gap(gap, service);
    finding.day = Some(day);
    if gap.kind == GapKind::Unowned {
        // Distinct from having an owner and no responder, which may begin on another day.
        finding = finding.about("unowned");
    }
    if !gap.because.is_empty() && !matches!(cause, Cause::Begins) {
        finding = finding.with(Evidence::entities("Cause", gap.because.iter().copied()));
    }
    if !gap.people.is_empty() {
        finding = finding.with(Evidence::entities("Remains", gap.people.iter().copied()));
    }
    if let Cause::HandedOver(_, to) | Cause::TakenOver(to) = cause {
        finding = finding.with(Evidence::entities("New owner", to.iter().map(|it| (*it).into())));
    }
    if let Some(closes) = gap.closes {
        finding = finding.with(Evidence::words("Closes", headroom_model::wording::date(closes).to_string()));
    }
    finding
}
