use headroom_model::{Entity, Kind, Position, reason, same_word};
use rustc_hash::FxHashSet;

use super::*;
use crate::forecast::{Gap, GapKind, Question, forecast_of};

pub static RULE: Rule = Rule {
    id: "seat-reason-gone",
    title: "Seat whose reason no longer holds",
    severity: Severity::Medium,
    why: "A seat was wanted for something that is not so any more. What it costs is better spent elsewhere.",
    fix: "Close it, put it on hold, or say what it is wanted for now.",
    source: Source {
        text: "Headroom: each planned seat has a reason, and a reason can be looked at again",
        url: "https://kinnectx.com/blog-post/position-management-vs-job-management-in-workday-a-decision-guide",
    },
    thresholds: &[leaving::DAYS],
    check,
    remedies: Some(seats::close_or_hold),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let coming = seats::coming(check);
    let seats: Vec<&Position> = coming.into_iter().map(|one| one.seat).collect();
    of_backfills(check, &seats, found);
    let of_reason = |reason: &str| {
        let seats = seats.iter().copied();
        seats.filter(|seat| same_word(&seat.reason, reason)).collect::<Vec<_>>()
    };
    let (on_call, ownership) = (of_reason(reason::ON_CALL), of_reason(reason::OWNERSHIP_GAP));
    if on_call.is_empty() && ownership.is_empty() {
        return;
    }
    let gaps = gaps(check, &on_call, &ownership);
    for seat in
        surplus(&on_call, |seat| seat.team.map(EntityRef::from), |team| lack(&gaps, team, &[GapKind::OnCall]))
    {
        let team = seat.team.map(|team| snapshot.plan().name_of(team.into())).unwrap_or_default();
        let message = format!("{} is planned for on-call, which {team} can staff without it", seat.name());
        found.push(Finding::of_position(check, seat, message));
    }
    let subject = |seat: &Position| seat.service.map(EntityRef::from).or(seat.team.map(EntityRef::from));
    let kinds = [GapKind::Nobody, GapKind::OnePerson, GapKind::TeamEmpty, GapKind::TeamOnePerson];
    for seat in surplus(&ownership, subject, |subject| lack(&gaps, subject, &kinds)) {
        let whom = subject(seat).map(|subject| snapshot.plan().name_of(subject)).unwrap_or_default();
        let message = format!("{} is planned for a gap that {whom} does not have without it", seat.name());
        found.push(Finding::of_position(check, seat, message));
    }
}

/// The gaps of those for whom seats are wanted, until the last day of the policy, without any planned seat.
fn gaps(check: &Check<'_>, on_call: &[&Position], ownership: &[&Position]) -> Vec<Gap> {
    let snapshot = check.context.snapshot;
    let services: FxHashSet<_> = ownership.iter().filter_map(|seat| seat.service).collect();
    let teams: FxHashSet<_> = on_call.iter().chain(ownership).filter_map(|seat| seat.team).collect();
    let question = Question::new(snapshot.plan(), snapshot.day(), seats::last_day(check));
    forecast_of(snapshot.plan(), &question, &services, &teams)
}

/// How many people a subject lacks at most. A service or team of nobody lacks a second one too.
fn lack(gaps: &[Gap], subject: EntityRef, kinds: &[GapKind]) -> usize {
    let gaps = gaps.iter().filter(|gap| gap.subject == subject && kinds.contains(&gap.kind));
    let needed = |gap: &Gap| match gap.kind {
        GapKind::Nobody | GapKind::TeamEmpty => 2,
        _ => gap.lack as usize,
    };
    gaps.map(needed).max().unwrap_or(0)
}

/// The seats beyond those that are needed, in the order in which they come.
fn surplus<'a>(
    seats: &[&'a Position],
    subject: impl Fn(&Position) -> Option<EntityRef>,
    lack: impl Fn(EntityRef) -> usize,
) -> Vec<&'a Position> {
    let mut counted: rustc_hash::FxHashMap<EntityRef, usize> = rustc_hash::FxHashMap::default();
    let mut is_beyond = |seat: &&&Position| {
        let Some(subject) = subject(seat) else { return false };
        let before = counted.entry(subject).or_default();
        *before += 1;
        *before > lack(subject)
    };
    seats.iter().filter(|seat| is_beyond(seat)).copied().collect()
}

/// A seat that follows one in which somebody stays.
fn of_backfills(check: &Check<'_>, seats: &[&Position], found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for seat in seats {
        let Some(before) = seat.backfill_of.and_then(|seat| snapshot.position_ix(seat)) else { continue };
        let stays = snapshot.occupants(before).find(|row| {
            let person = snapshot.plan().people.get(row.person);
            let is_open = |span: headroom_model::Span| span.until.is_none();
            is_open(row.span()) && person.is_some_and(|person| is_open(person.span()))
        });
        if let Some(row) = stays.filter(|_| snapshot.position(before).until.is_none()) {
            let who = EntityRef { kind: Kind::Person, id: row.person.0 };
            let message = format!("{} follows {}, who stays", seat.name(), snapshot.plan().name_of(who));
            let finding = Finding::of_position(check, seat, message);
            let before = snapshot.position(before).id;
            found.push(finding.with(Evidence::entities("Follows", [before.into(), who])));
        }
    }
}
