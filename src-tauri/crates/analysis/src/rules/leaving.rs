//! What both rules about people who leave share.

use chrono::Days;
use rustc_hash::FxHashSet;

use super::*;
use crate::forecast::{Gap, GapKind, Question, openings};

pub const DAYS: Threshold = Threshold {
    name: "days",
    default: 365,
    meaning: "how far ahead is looked, in days",
    source: "Headroom's own: a year, longer than it takes to hire and to learn",
};

/// Reports each service for which the gap opens within the days of the policy, because of people who go: the first time.
pub fn find(check: &Check<'_>, found: &mut Vec<Finding>, kind: GapKind) {
    let snapshot = check.context.snapshot;
    let ahead = |days: u32| snapshot.day().checked_add_days(Days::new(days.into())).unwrap_or(snapshot.day());
    let longest = || {
        let policy = check.context.policy;
        let days = [&leaves_nobody::RULE, &leaves_one::RULE].map(|rule| policy.threshold(rule, DAYS.name));
        let question = Question::new(snapshot.plan(), snapshot.day(), ahead(days[0].max(days[1])));
        openings(snapshot.plan(), &question)
    };
    let last = ahead(check.threshold(DAYS.name));
    let mut gaps: Vec<&Gap> = check.shared.openings(longest).iter().filter(|gap| gap.kind == kind).collect();
    gaps.sort_by_key(|gap| gap.opens);
    let mut told = FxHashSet::default();
    for gap in gaps {
        let Some(day) = gap.opens.filter(|day| *day <= last) else { continue };
        let because: Vec<EntityRef> =
            gap.because.iter().copied().filter(|cause| cause.kind == headroom_model::Kind::Person).collect();
        let Some(at) = snapshot.service_ix(gap.subject.id.into()) else { continue };
        if !because.is_empty() && is_loss(gap) && told.insert(at) {
            found.push(finding(check, at, gap, day, &because));
        }
    }
}

/// From nobody to one person is no loss: then it is the one who comes that the gap is due to.
fn is_loss(gap: &Gap) -> bool {
    let has_come = |cause: &EntityRef| gap.people.contains(cause);
    gap.kind != GapKind::OnePerson || !gap.because.iter().any(has_come)
}

fn finding(
    check: &Check<'_>,
    at: ServiceIx,
    gap: &Gap,
    day: chrono::NaiveDate,
    because: &[EntityRef],
) -> Finding {
    let plan = check.context.snapshot.plan();
    let names = |entities: &[EntityRef]| {
        let names: Vec<String> = entities.iter().map(|entity| plan.name_of(*entity)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} others", rest.len()),
            [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
        }
    };
    let service = &check.context.snapshot.service(at).name;
    let (who, when) = (names(because), day.format("%-d %b %Y"));
    let verb = if because.len() == 1 { "goes" } else { "go" };
    let message = match gap.kind {
        GapKind::OnePerson => {
            format!("From {when} {service} rests on {} alone: {who} {verb}", names(&gap.people))
        }
        _ => format!("From {when} nobody stands behind {service}: {who} {verb}"),
    };
    let mut finding = Finding::of_service(check, at, message);
    finding.day = Some(day);
    finding = finding.with(Evidence::entities("Goes", because.iter().copied()));
    if !gap.people.is_empty() {
        finding = finding.with(Evidence::entities("Stays", gap.people.iter().copied()));
    }
    if let Some(closes) = gap.closes {
        finding =
            finding.with(Evidence::words("Until", format!("the eve of {}", closes.format("%-d %b %Y"))));
    }
    finding
}
