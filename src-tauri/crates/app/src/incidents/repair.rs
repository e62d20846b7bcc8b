//! Times to repair and to resolve, by service, team, month or quarter.

use chrono::{Datelike, NaiveDate};
use headroom_analysis::incidents::{
    DurationSummary, REPAIR_DEFINITION, RepairTimes, duration_words, incidents_until, repair_times,
};
use headroom_model::{Incident, Plan, Snapshot};
use serde::{Deserialize, Serialize};

use super::list::owners_of;
use crate::{at::At, entities::entity::NamedEntity, error::Answer, state::AppState};

/// By what times are put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum RepairGroup {
    #[default]
    Service,
    Team,
    Month,
    Quarter,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RepairTable {
    /// From when to when the durations are.
    pub definition: String,
    pub all: RepairRow,
    pub rows: Vec<RepairRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RepairRow {
    /// `Checkout`, `Mar 2027`, `2027 Q1`.
    pub name: String,
    pub entity: Option<NamedEntity>,
    pub incidents: u32,
    /// With something uncertain about their times.
    pub uncertain: u32,
    pub repair: DurationFigures,
    pub resolution: DurationFigures,
}

/// Means and medians in minutes, with how many incidents they are of.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DurationFigures {
    pub count: u32,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    /// `1 h 5 min`.
    pub mean_words: String,
    pub median_words: String,
    pub stated_count: u32,
    pub stated_mean: Option<f64>,
    pub stated_median: Option<f64>,
    pub stated_mean_words: String,
}

/// The times of the incidents that are known on the day.
#[specta::specta]
pub fn repair_time_rows(app: &AppState, by: RepairGroup, at: At) -> Answer<RepairTable> {
    let view = app.day(at)?;
    Ok(repair_table(&view.snapshot, by, at.shown_day()))
}

pub fn repair_table(snapshot: &Snapshot, by: RepairGroup, day: NaiveDate) -> RepairTable {
    let plan = snapshot.plan();
    let incidents = incidents_until(plan, day);
    let mut groups: Vec<_> =
        repair_times(incidents.iter().copied(), |incident| groups_of(snapshot, incident, by))
            .into_iter()
            .collect();
    if matches!(by, RepairGroup::Month | RepairGroup::Quarter) {
        groups.reverse();
    }
    RepairTable {
        definition: REPAIR_DEFINITION.to_owned(),
        all: row_of(plan, &Group::all(), &RepairTimes::of(incidents)),
        rows: groups.iter().map(|(group, times)| row_of(plan, group, times)).collect(),
    }
}

/// A group with its place in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    order: (String, i32),
    name: String,
    entity: Option<(headroom_model::Kind, u64)>,
}

impl Group {
    fn all() -> Self {
        Self::named("All incidents", 0)
    }

    fn named(name: &str, rank: i32) -> Self {
        Self { order: (String::new(), rank), name: name.to_owned(), entity: None }
    }

    fn entity(plan: &Plan, subject: impl Into<headroom_model::EntityRef>) -> Self {
        let subject = subject.into();
        let name = plan.name_of(subject);
        Self { order: (headroom_model::search_key(&name), 0), name, entity: Some((subject.kind, subject.id)) }
    }
}

fn groups_of(snapshot: &Snapshot, incident: &Incident, by: RepairGroup) -> Vec<Group> {
    let plan = snapshot.plan();
    let dated = |name: fn(NaiveDate) -> (String, i32)| match incident.day() {
        Some(day) => {
            let (name, rank) = name(day);
            vec![Group::named(&name, rank)]
        }
        None => vec![Group::named("No day", i32::MIN)],
    };
    let groups: Vec<Group> = match by {
        RepairGroup::Service => {
            let known = incident.services.iter().map(|service| Group::entity(plan, *service));
            let unmatched = incident.unmatched.iter().map(|name| Group {
                order: (headroom_model::search_key(name), 1),
                name: name.clone(),
                entity: None,
            });
            known.chain(unmatched).collect()
        }
        RepairGroup::Team => {
            owners_of(snapshot, incident).into_iter().map(|owner| Group::entity(plan, owner)).collect()
        }
        RepairGroup::Month => {
            return dated(|day| (day.format("%b %Y").to_string(), day.year() * 12 + day.month0() as i32));
        }
        RepairGroup::Quarter => {
            return dated(|day| {
                let quarter = day.month0() / 3 + 1;
                (format!("{} Q{quarter}", day.year()), day.year() * 4 + quarter as i32)
            });
        }
    };
    // What belongs to nothing is a group of its own, so that nothing is lost.
    if groups.is_empty() {
        vec![Group { order: ("\u{10FFFF}".into(), 2), ..Group::named("Nothing known", 2) }]
    } else {
        groups
    }
}

fn row_of(plan: &Plan, group: &Group, times: &RepairTimes) -> RepairRow {
    RepairRow {
        name: group.name.clone(),
        entity: group.entity.map(|(kind, id)| NamedEntity::new(plan, headroom_model::EntityRef { kind, id })),
        incidents: times.incidents as u32,
        uncertain: times.uncertain as u32,
        repair: figures(&times.repair_by_clock, &times.repair_stated),
        resolution: figures(&times.resolution_by_clock, &times.resolution_stated),
    }
}

fn figures(by_clock: &DurationSummary, stated: &DurationSummary) -> DurationFigures {
    let words = |minutes: Option<f64>| {
        minutes.map(|minutes| duration_words(minutes.round() as u64)).unwrap_or_default()
    };
    DurationFigures {
        count: by_clock.count as u32,
        mean: by_clock.mean,
        median: by_clock.median,
        mean_words: words(by_clock.mean),
        median_words: words(by_clock.median),
        stated_count: stated.count as u32,
        stated_mean: stated.mean,
        stated_median: stated.median,
        stated_mean_words: words(stated.mean),
    }
}
