//! First tasks: small findings that a new hire can resolve.

use headroom_model::{EntityRef, Kind, ServiceId};

use super::{
    learning_path::owned,
    task::GeneratedTask,
    words::{sentence, short},
};
use crate::{
    day_view::DayView,
    finding::Finding,
    onboarding::{NewHire, statistics::FIRST_TASK},
};

const SECTION: &str = "First tasks";
/// The earliest due date in working days from the start.
const FROM: i32 = 5;
/// The most first tasks at once; more would be a backlog.
const MOST: usize = 5;

/// The rules whose findings suit a new hire, easiest first: they are resolved by asking and writing down, and teach
/// who is who. Reorganising, removing dependencies and transferring ownership are for people who have been there
/// longer.
const FIT: [&str; 7] = [
    "owner-by-former-name",
    "ownership-unconfirmed",
    "not-in-graph",
    "self-dependency",
    "dangling-dependency",
    "sources-disagree",
    "no-backup-owner",
];

/// Open findings of the team and its services.
pub(super) fn items(view: &DayView, new_hire: &NewHire) -> Vec<GeneratedTask> {
    let services = owned(&view.snapshot, new_hire);
    let own: Vec<EntityRef> = services
        .iter()
        .map(|at| view.snapshot.service(*at).id.into())
        .chain(new_hire.team.map(EntityRef::from))
        .collect();
    of_subjects(view, &own)
}

pub(super) fn of_service(view: &DayView, service: Option<ServiceId>) -> Vec<GeneratedTask> {
    of_subjects(view, &service.map(EntityRef::from).into_iter().collect::<Vec<_>>())
}

fn of_subjects(view: &DayView, subjects: &[EntityRef]) -> Vec<GeneratedTask> {
    let rank = |finding: &Finding| FIT.iter().position(|fit| *fit == finding.rule.id);
    let findings = subjects.iter().flat_map(|subject| view.findings_of(*subject));
    let mut fit: Vec<(usize, &Finding)> =
        findings.filter_map(|finding| Some((rank(finding)?, finding))).collect();
    fit.sort_by(|(rank, a), (other, b)| (rank, a.weight, &a.id).cmp(&(other, b.weight, &b.id)));
    let item = |(at, (_, finding)): (usize, (usize, &Finding))| GeneratedTask {
        key: format!("{FIRST_TASK}{}", finding.id),
        section: SECTION.to_owned(),
        title: short(title(&view.snapshot.plan().name_of(finding.subject), finding)),
        text: format!("{}\n\n{}\n\n{}", sentence(&finding.message), finding.rule.why, finding.rule.fix),
        service: (finding.subject.kind == Kind::Service).then(|| finding.subject.id.into()),
        due: FROM + 2 * i32::try_from(at).unwrap_or(0),
        ..GeneratedTask::default()
    };
    fit.into_iter().take(MOST).enumerate().map(item).collect()
}

/// What to do about a finding, for a service or team of this name.
fn title(name: &str, finding: &Finding) -> String {
    match finding.rule.id {
        "owner-by-former-name" => format!("Update the owner’s name for {name}"),
        "ownership-unconfirmed" => format!("Confirm who owns {name}"),
        "not-in-graph" => format!("Record the dependencies of {name}"),
        "self-dependency" => format!("Remove the dependency of {name} on itself"),
        "dangling-dependency" => format!("Fix a broken dependency of {name}"),
        "sources-disagree" => format!("Resolve conflicting owners of {name}"),
        "no-backup-owner" => format!("Find a backup owner for {name}"),
        _ => finding.message.clone(),
    }
}
