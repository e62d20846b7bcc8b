//! Positions as of a day, filled, planned and vacant, for charts, lists and pages of teams.

use chrono::NaiveDate;
use headroom_analysis::hiring::{Occupancy, PositionStatus, PositionStatuses};
use headroom_model::{PositionIx, Snapshot, TeamIx};
use serde::Serialize;

use crate::{at::At, entities::id::Id, error::Answer, state::AppState};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PositionState {
    Filled,
    /// A new hire is planned for this day or earlier.
    Planned,
    /// Vacant; a new hire is planned later or not at all.
    Vacant,
    Frozen,
}

impl From<PositionStatus> for PositionState {
    fn from(seat: PositionStatus) -> Self {
        match seat {
            PositionStatus::Filled => Self::Filled,
            PositionStatus::Planned => Self::Planned,
            PositionStatus::Vacant => Self::Vacant,
            PositionStatus::Frozen => Self::Frozen,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionCounts {
    pub filled: u32,
    pub planned: u32,
    pub vacant: u32,
    pub frozen: u32,
}

impl PositionCounts {
    pub fn of(seats: impl Iterator<Item = PositionStatus>) -> Self {
        let mut counts = Self::default();
        seats.for_each(|seat| counts.add(seat));
        counts
    }

    pub fn add(&mut self, seat: PositionStatus) {
        match seat {
            PositionStatus::Filled => self.filled += 1,
            PositionStatus::Planned => self.planned += 1,
            PositionStatus::Vacant => self.vacant += 1,
            PositionStatus::Frozen => self.frozen += 1,
        }
    }
}

/// A position in charts and lists.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionNode {
    pub id: Id,
    pub key: String,
    pub title: String,
    pub state: PositionState,
    pub team: Option<Id>,
    /// The position it reports to on the day.
    pub manager: Option<Id>,
    /// Names of the people in it.
    pub people: Vec<String>,
    /// The planned first day of the next person.
    pub start: Option<NaiveDate>,
}

/// A person on a team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberNode {
    pub id: Id,
    pub name: String,
    pub title: String,
    pub team: Id,
    pub role: String,
}

/// The people on teams on a day, and the vacant positions.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Staff {
    pub people: Vec<MemberNode>,
    pub seats: Vec<PositionNode>,
}

/// All positions of the day, by key.
#[specta::specta]
pub fn reporting_lines(app: &AppState, at: At) -> Answer<Vec<PositionNode>> {
    let (view, occupancies) = (app.day(at)?, app.occupancies()?);
    Ok(seats(&view.snapshot, &occupancies, |_| true))
}

/// All people of the day, by name, and all vacant positions, by key.
#[specta::specta]
pub fn staff(app: &AppState, at: At) -> Answer<Staff> {
    let (view, occupancies) = (app.day(at)?, app.occupancies()?);
    let snapshot = &view.snapshot;
    let seats = seats(snapshot, &occupancies, |seat| seat != PositionStatus::Filled);
    let mut people: Vec<MemberNode> =
        (0..snapshot.team_count()).flat_map(|team| members(snapshot, team)).collect();
    people.sort_by(|a, b| crate::paging::by_text(&a.name, &b.name));
    Ok(Staff { people, seats })
}

fn seats(
    snapshot: &Snapshot,
    occupancies: &[Occupancy],
    is_wanted: impl Fn(PositionStatus) -> bool,
) -> Vec<PositionNode> {
    let occupancy = PositionStatuses::new(snapshot, occupancies);
    let wanted = (0..snapshot.position_count()).filter(|at| is_wanted(occupancy.of(*at)));
    let mut seats: Vec<PositionNode> = wanted.map(|at| position_node(snapshot, &occupancy, at)).collect();
    seats.sort_by(|a, b| a.key.cmp(&b.key));
    seats
}

fn position_node(snapshot: &Snapshot, occupancy: &PositionStatuses, at: PositionIx) -> PositionNode {
    let (plan, position) = (snapshot.plan(), snapshot.position(at));
    PositionNode {
        id: position.id.into(),
        key: position.key.clone(),
        title: position.title.clone(),
        state: occupancy.of(at).into(),
        team: position.team.map(|team| team.into()),
        manager: snapshot.manager_of(at).map(|manager| snapshot.position(manager).id.into()),
        people: snapshot.occupants(at).map(|row| plan.name_of(row.person.into())).collect(),
        start: position.start,
    }
}

/// The people of a team, each once: its members, and those in one of its positions without a membership.
fn members(snapshot: &Snapshot, team: TeamIx) -> Vec<MemberNode> {
    let mut seen = Vec::new();
    let mut nodes = Vec::new();
    for row in snapshot.members(team) {
        let Some(at) = snapshot.person_ix(row.person).filter(|at| !seen.contains(at)) else { continue };
        seen.push(at);
        let person = snapshot.person(at);
        let (name, title) = (person.name.clone(), person.title.clone());
        let (team, role) = (snapshot.team(team).id.into(), row.role.clone());
        nodes.push(MemberNode { id: person.id.into(), name, title, team, role });
    }
    for at in snapshot.positions_on_team(team) {
        let seat = snapshot.position(*at as usize);
        for row in snapshot.occupants(*at as usize) {
            let Some(at) = snapshot.person_ix(row.person).filter(|at| !seen.contains(at)) else { continue };
            seen.push(at);
            let person = snapshot.person(at);
            let title = if person.title.is_empty() { &seat.title } else { &person.title };
            let (name, title) = (person.name.clone(), title.clone());
            let (team, role) = (snapshot.team(team).id.into(), String::new());
            nodes.push(MemberNode { id: person.id.into(), name, title, team, role });
        }
    }
    nodes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use headroom_model::{Assignment, Draft, Membership, Person, Plan, Position, Team};

    use super::*;

    #[test]
    fn occupants_without_membership_are_listed_once() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let team = draft.new_id::<Team>();
        draft.put(Team { id: team, key: "cash".into(), name: "Cash".into(), ..Team::default() });
        for (name, is_member) in [("Ada", true), ("Bo", false)] {
            let person = draft.new_id::<Person>();
            draft.put(Person { id: person, key: name.into(), name: name.into(), ..Person::default() });
            let seat = draft.new_id::<Position>();
            let (key, title) = (format!("HC-{name}"), "Engineer".to_owned());
            draft.put(Position { id: seat, key, title, team: Some(team), ..Position::default() });
            let id = draft.new_id::<Assignment>();
            draft.put(Assignment { id, person, position: seat, ..Assignment::default() });
            if is_member {
                let id = draft.new_id::<Membership>();
                draft.put(Membership { id, person, team, role: "member".into(), ..Membership::default() });
            }
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let snapshot = Arc::new(plan).as_of("2026-11-24".parse().unwrap());
        let found = members(&snapshot, 0);
        let brief: Vec<_> =
            found.iter().map(|node| (node.name.as_str(), node.title.as_str(), node.role.as_str())).collect();
        assert_eq!(brief, [("Ada", "", "member"), ("Bo", "Engineer", "")]);
    }
}
