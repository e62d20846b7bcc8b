use headroom_model::PersonId;

use super::{Found, short};
use crate::DayView;

const SECTION: &str = "What only you hold";

/// What has to find somebody else before the last day: services that are theirs alone, and those that only they step in
/// for.
pub(super) fn items(view: &DayView, person: PersonId) -> Vec<Found> {
    let snapshot = &view.snapshot;
    let Some(at) = snapshot.person_ix(person) else { return Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    for row in snapshot.held_by_person(at) {
        let Some(service) = snapshot.service_ix(row.service) else { continue };
        let others = snapshot
            .ownerships(service)
            .filter(|other| other.owner != row.owner && other.is_accountable() == row.is_accountable());
        if others.count() > 0 {
            continue;
        }
        let name = &snapshot.service(service).name;
        let (key, title, text) = if row.is_accountable() {
            let title = format!("Hand over {name}");
            (
                "own",
                title,
                format!("{name} is yours alone: without a next owner it is nobody’s from the day after."),
            )
        } else {
            let title = format!("Find somebody who steps in for {name}");
            ("backup", title, format!("Nobody but you steps in for {name}."))
        };
        found.push(Found {
            key: format!("{key}:{}", row.service.0),
            section: SECTION.to_owned(),
            title: short(title),
            text,
            service: Some(row.service),
            due: -10,
            ..Found::default()
        });
    }
    found.dedup_by(|a, b| a.key == b.key);
    found
}
