//! Planned hires whose reason (backfill, on-call, ownership gap) no longer applies.

use headroom_model::{Entity, EntityRef, Kind, Position, reason, same_word};
use rustc_hash::FxHashSet;

use super::support::{leaving, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    coverage_severity::Importance,
    finding::{Evidence, Finding, Rule, Severity, Source},
    forecast::{ForecastParams, forecast_of},
    gap::{Gap, GapKind},
};

pub static RULE: Rule = Rule {
    id: "seat-reason-gone",
    title: "Position no longer needed",
    severity: Severity::Medium,
    why: "The reason for this position no longer applies. The money is better spent elsewhere.",
    fix: "Close it, put it on hold, or give it a new reason.",
    source: Source {
        text: "Headroom: every planned position has a reason that can be reviewed",
        url: "https://kinnectx.com/blog-post/position-management-vs-job-management-in-workday-a-decision-guide",
    },
    depends_on_date: true,
    thresholds: &[leaving::DAYS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let coming = positions::coming_hires(check);
    let planned: Vec<&Position> = coming.into_iter().map(|one| one.position).collect();
    of_backfills(check, &planned, found);
    let of_reason = |reason: &str| {
        let planned = planned.iter().copied();
        planned.filter(|position| same_word(&position.reason, reason)).collect::<Vec<_>>()
    };
    let (on_call, ownership) = (of_reason(reason::ON_CALL), of_reason(reason::OWNERSHIP_GAP));
    if on_call.is_empty() && ownership.is_empty() {
        return;
    }
    let gaps = gaps(check, &on_call, &ownership);
    for position in surplus(
        &on_call,
        |position| position.team.map(EntityRef::from),
        |team| lack(&gaps, team, &[GapKind::OnCall]),
    ) {
        let team = position.team.map(|team| snapshot.plan().name_of(team.into())).unwrap_or_default();
        let message =
            format!("{} is planned for on-call, but {team} can staff it without this hire", position.name());
        found.push(Finding::of_position(check, position, message));
    }
    let subject =
        |position: &Position| position.service.map(EntityRef::from).or(position.team.map(EntityRef::from));
    let kinds = [GapKind::Nobody, GapKind::OnePerson, GapKind::TeamEmpty, GapKind::TeamOnePerson];
    for position in surplus(&ownership, subject, |subject| lack(&gaps, subject, &kinds)) {
        let whom = subject(position).map(|subject| snapshot.plan().name_of(subject)).unwrap_or_default();
        let message = format!("{} is planned for a gap that {whom} no longer has", position.name());
        found.push(Finding::of_position(check, position, message));
    }
}

/// The gaps, without planned hires, of the teams and services that these positions are for, until the last day of the
/// policy.
fn gaps(check: &RuleContext<'_>, on_call: &[&Position], ownership: &[&Position]) -> Vec<Gap> {
    let snapshot = check.context.snapshot;
    let services: FxHashSet<_> = ownership.iter().filter_map(|position| position.service).collect();
    let teams: FxHashSet<_> = on_call.iter().chain(ownership).filter_map(|position| position.team).collect();
    let params = ForecastParams::new(snapshot.plan(), snapshot.day(), positions::last_day(check));
    let importance = Importance::known(snapshot, check.context.facts, check.context.policy);
    forecast_of(snapshot.plan(), &params, importance, &services, &teams)
}

/// The largest number of people that a subject lacks. Without anybody, it needs two.
fn lack(gaps: &[Gap], subject: EntityRef, kinds: &[GapKind]) -> usize {
    let gaps = gaps.iter().filter(|gap| gap.subject == subject && kinds.contains(&gap.kind));
    let needed = |gap: &Gap| match gap.kind {
        GapKind::Nobody | GapKind::TeamEmpty => 2,
        _ => gap.lack as usize,
    };
    gaps.map(needed).max().unwrap_or(0)
}

/// The positions beyond those needed, in order of their start.
fn surplus<'a>(
    planned: &[&'a Position],
    subject: impl Fn(&Position) -> Option<EntityRef>,
    lack: impl Fn(EntityRef) -> usize,
) -> Vec<&'a Position> {
    let mut counted: rustc_hash::FxHashMap<EntityRef, usize> = rustc_hash::FxHashMap::default();
    let mut is_beyond = |position: &&&Position| {
        let Some(subject) = subject(position) else { return false };
        let before = counted.entry(subject).or_default();
        *before += 1;
        *before > lack(subject)
    };
    planned.iter().filter(|position| is_beyond(position)).copied().collect()
}

/// Backfills of a position whose occupant is not leaving.
fn of_backfills(check: &RuleContext<'_>, planned: &[&Position], found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for position in planned {
        let Some(before) = position.backfill_of.and_then(|position| snapshot.position_ix(position)) else {
            continue;
        };
        let occupant = snapshot.occupants(before).find(|row| {
            let person = snapshot.plan().people.get(row.person);
            let is_open = |span: headroom_model::DateRange| span.until.is_none();
            is_open(row.date_range()) && person.is_some_and(|person| is_open(person.date_range()))
        });
        if let Some(row) = occupant.filter(|_| snapshot.position(before).until.is_none()) {
            let who = EntityRef { kind: Kind::Person, id: row.person.0 };
            let message =
                format!("{} backfills {}, who isn’t leaving", position.name(), snapshot.plan().name_of(who));
            let finding = Finding::of_position(check, position, message);
            let before = snapshot.position(before).id;
            found.push(finding.with(Evidence::entities("Backfills", [before.into(), who])));
        }
    }
}
