//! The list of what differs.

use chrono::NaiveDate;
use headroom_analysis::comparison::{
    DayComparison, PersonChangeKind, PositionChangeKind, ServiceChangeKind, TeamChangeKind,
};
use headroom_model::{Owner, Plan, PositionId, TeamId, wording::count_of};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{ChangeCount, concerns, plans};
use crate::{at::At, entities::entity::NamedEntity};

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    Joined,
    Left,
    Moved,
    NewTeam,
    DissolvedTeam,
    /// Under another team.
    MovedTeam,
    PositionOpened,
    PositionClosed,
    /// A planned hire should have started.
    HirePlanned,
    PositionFilled,
    PositionVacated,
    /// On another team.
    PositionMoved,
    OwnerChanged,
    NewService,
    RetiredService,
}

impl ChangeKind {
    pub const ALL: [ChangeKind; 15] = [
        ChangeKind::Joined,
        ChangeKind::Left,
        ChangeKind::Moved,
        ChangeKind::NewTeam,
        ChangeKind::DissolvedTeam,
        ChangeKind::MovedTeam,
        ChangeKind::PositionOpened,
        ChangeKind::PositionClosed,
        ChangeKind::HirePlanned,
        ChangeKind::PositionFilled,
        ChangeKind::PositionVacated,
        ChangeKind::PositionMoved,
        ChangeKind::OwnerChanged,
        ChangeKind::NewService,
        ChangeKind::RetiredService,
    ];

    pub fn title(self) -> &'static str {
        match self {
            ChangeKind::Joined => "Joined",
            ChangeKind::Left => "Left",
            ChangeKind::Moved => "Moved",
            ChangeKind::NewTeam => "New teams",
            ChangeKind::DissolvedTeam => "Dissolved teams",
            ChangeKind::MovedTeam => "Teams under another one",
            ChangeKind::PositionOpened => "Positions opened",
            ChangeKind::PositionClosed => "Positions closed",
            ChangeKind::HirePlanned => "Planned hires",
            ChangeKind::PositionFilled => "Positions filled",
            ChangeKind::PositionVacated => "Positions vacated",
            ChangeKind::PositionMoved => "Positions on another team",
            ChangeKind::OwnerChanged => "Services with other owners",
            ChangeKind::NewService => "New services",
            ChangeKind::RetiredService => "Retired services",
        }
    }

    /// `5 joined`, `1 new team`.
    fn words(self, count: usize) -> String {
        match self {
            ChangeKind::Joined => format!("{count} joined"),
            ChangeKind::Left => format!("{count} left"),
            ChangeKind::Moved => format!("{count} moved"),
            ChangeKind::NewTeam => count_of(count, "new team"),
            ChangeKind::DissolvedTeam => count_of(count, "dissolved team"),
            ChangeKind::MovedTeam => format!("{} moved", count_of(count, "team")),
            ChangeKind::PositionOpened => format!("{} opened", count_of(count, "position")),
            ChangeKind::PositionClosed => format!("{} closed", count_of(count, "position")),
            ChangeKind::HirePlanned => count_of(count, "planned hire"),
            ChangeKind::PositionFilled => format!("{} filled", count_of(count, "position")),
            ChangeKind::PositionVacated => format!("{} vacated", count_of(count, "position")),
            ChangeKind::PositionMoved => format!("{} moved", count_of(count, "position")),
            ChangeKind::OwnerChanged => format!("{} changed owner", count_of(count, "service")),
            ChangeKind::NewService => count_of(count, "new service"),
            ChangeKind::RetiredService => count_of(count, "retired service"),
        }
    }
}

/// A change, with the day on which it happens.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DayChange {
    pub kind: ChangeKind,
    pub subject: NamedEntity,
    /// What somebody does; empty for teams and services.
    pub title: String,
    /// The first day of what is new, the last day of what is gone.
    pub day: Option<NaiveDate>,
    /// The teams or owners of the earlier day that it has no more.
    pub from: Vec<NamedEntity>,
    /// Those of the later day that it did not have.
    pub to: Vec<NamedEntity>,
}

/// Changes of these teams, or of all; planned hires only where they count.
pub(super) fn changes(found: &DayComparison, teams: Option<&FxHashSet<TeamId>>, at: At) -> Vec<DayChange> {
    let plans = plans(found);
    let mut all: Vec<DayChange> = Vec::new();
    let of_people =
        found.people.iter().filter(|row| concerns(teams, row.from.iter().chain(&row.to).copied()));
    all.extend(
        of_people.map(|row| DayChange {
            kind: match row.kind {
                PersonChangeKind::Joined => ChangeKind::Joined,
                PersonChangeKind::Left => ChangeKind::Left,
                PersonChangeKind::Moved => ChangeKind::Moved,
            },
            subject: plans.named(row.person),
            title: plans
                .of(row.person)
                .people
                .get(row.person)
                .map(|person| person.title.clone())
                .unwrap_or_default(),
            day: row.day,
            from: plans.all_named(&row.from),
            to: plans.all_named(&row.to),
        }),
    );
    let of_teams = found.teams.iter().filter(|row| {
        concerns(teams, [row.team])
            || row.kind == TeamChangeKind::Moved && concerns(teams, row.parents.into_iter().flatten())
    });
    all.extend(of_teams.map(|row| {
        let [from, to] = row.parents.map(|parent| plans.all_named(parent.as_slice()));
        let kind = match row.kind {
            TeamChangeKind::New => ChangeKind::NewTeam,
            TeamChangeKind::Dissolved => ChangeKind::DissolvedTeam,
            TeamChangeKind::Moved => ChangeKind::MovedTeam,
        };
        let subject = plans.named(row.team);
        DayChange { kind, subject, title: String::new(), day: row.day, from, to }
    }));
    let teams_of = |position: PositionId| {
        let team = |plan: &Plan| plan.positions.get(position).and_then(|position| position.team);
        [team(plans.before), team(plans.after)]
    };
    let of_positions = found.positions.iter().filter(|row| {
        let on = teams_of(row.position).into_iter().flatten();
        concerns(teams, on) && (at.planned_hires || row.kind != PositionChangeKind::Hired)
    });
    all.extend(of_positions.map(|row| {
        let kind = match row.kind {
            PositionChangeKind::Opened => ChangeKind::PositionOpened,
            PositionChangeKind::Closed => ChangeKind::PositionClosed,
            PositionChangeKind::Hired => ChangeKind::HirePlanned,
            PositionChangeKind::Filled => ChangeKind::PositionFilled,
            PositionChangeKind::Vacated => ChangeKind::PositionVacated,
            PositionChangeKind::Moved => ChangeKind::PositionMoved,
        };
        let [was, is] = teams_of(row.position).map(|team| plans.all_named(team.as_slice()));
        let (from, to) = match row.kind {
            PositionChangeKind::Moved => (was, is),
            PositionChangeKind::Closed | PositionChangeKind::Vacated => (was, Vec::new()),
            _ => (Vec::new(), is),
        };
        let subject = plans.named(row.position);
        DayChange { kind, subject, title: String::new(), day: row.day, from, to }
    }));
    let team_of = |owner: &Owner| match owner {
        Owner::Team(team) => Some(*team),
        Owner::Person(_) => None,
    };
    let of_services = found
        .services
        .iter()
        .filter(|row| concerns(teams, row.from.iter().chain(&row.to).filter_map(team_of)));
    all.extend(of_services.map(|row| {
        let owners = |owners: &[Owner]| plans.all_named(owners);
        DayChange {
            kind: match row.kind {
                ServiceChangeKind::OwnerChanged => ChangeKind::OwnerChanged,
                ServiceChangeKind::New => ChangeKind::NewService,
                ServiceChangeKind::Retired => ChangeKind::RetiredService,
            },
            subject: plans.named(row.service),
            title: String::new(),
            day: row.day,
            from: owners(&row.from),
            to: owners(&row.to),
        }
    }));
    all
}

/// How many there are of each kind that occurs.
pub(super) fn counts(changes: &[DayChange]) -> Vec<ChangeCount> {
    let count = |kind: ChangeKind| {
        let count = changes.iter().filter(|change| change.kind == kind).count();
        (count > 0).then(|| ChangeCount { kind, count: count as u32, words: kind.words(count) })
    };
    ChangeKind::ALL.into_iter().filter_map(count).collect()
}
