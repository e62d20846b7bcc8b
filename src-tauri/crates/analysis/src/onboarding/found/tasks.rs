use headroom_model::{EntityRef, Kind, ServiceId};

use super::{Found, Newcomer, learning::owned, short};
use crate::{DayView, Finding};

const SECTION: &str = "First tasks";
/// What the key of each begins with.
pub(in crate::onboarding) const KEY: &str = "task:";
/// Working days from the start from which on they make sense.
const FROM: i32 = 5;
/// More at once would be a backlog, not a first task.
const MOST: usize = 5;

/// Findings that somebody new can settle, the smallest first: they are settled by asking and writing down, and teach who
/// is who. What moves people, breaks dependencies or gives something away is for those who have been there longer.
const FIT: [&str; 7] = [
    "owner-by-former-name",
    "ownership-unconfirmed",
    "not-in-graph",
    "self-dependency",
    "dangling-dependency",
    "sources-disagree",
    "no-backup-owner",
];

/// Open findings of the team and of its services that make a first task.
pub(super) fn items(view: &DayView, newcomer: &Newcomer) -> Vec<Found> {
    let services = owned(&view.snapshot, newcomer);
    let own: Vec<EntityRef> = services
        .iter()
        .map(|at| view.snapshot.service(*at).id.into())
        .chain(newcomer.team.map(EntityRef::from))
        .collect();
    of_subjects(view, &own)
}

pub(super) fn of_service(view: &DayView, service: Option<ServiceId>) -> Vec<Found> {
    of_subjects(view, &service.map(EntityRef::from).into_iter().collect::<Vec<_>>())
}

fn of_subjects(view: &DayView, subjects: &[EntityRef]) -> Vec<Found> {
    let rank = |finding: &Finding| FIT.iter().position(|fit| *fit == finding.rule.id);
    let findings = subjects.iter().flat_map(|subject| view.findings_of(*subject));
    let mut fit: Vec<(usize, &Finding)> =
        findings.filter_map(|finding| Some((rank(finding)?, finding))).collect();
    fit.sort_by(|(rank, a), (other, b)| (rank, a.weight, &a.id).cmp(&(other, b.weight, &b.id)));
    let item = |(at, (_, finding)): (usize, (usize, &Finding))| Found {
        key: format!("{KEY}{}", finding.id),
        section: SECTION.to_owned(),
        title: short(finding.message.clone()),
        text: format!("{}\n\n{}", finding.rule.why, finding.rule.fix),
        service: (finding.subject.kind == Kind::Service).then(|| finding.subject.id.into()),
        due: FROM + 2 * i32::try_from(at).unwrap_or(0),
        ..Found::default()
    };
    fit.into_iter().take(MOST).enumerate().map(item).collect()
}
