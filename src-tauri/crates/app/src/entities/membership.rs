//! Memberships, of a team or of a person.

use chrono::NaiveDate;
use headroom_model::{Entity, Membership, Person, Plan, Snapshot};
use serde::Serialize;

use super::{entity::NamedEntity, id::Id};

/// A membership of a person.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    pub membership: Id,
    pub person: NamedEntity,
    pub team: NamedEntity,
    pub title: String,
    pub role: String,
    /// Percent of working time.
    pub share: Option<u8>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day shown.
    pub is_active: bool,
}

impl MemberRow {
    pub fn new(plan: &Plan, membership: &Membership, is_active: bool) -> Self {
        Self {
            membership: membership.id.into(),
            person: NamedEntity::new(plan, membership.person),
            team: NamedEntity::new(plan, membership.team),
            title: plan
                .people
                .get(membership.person)
                .map(|person: &Person| person.title.clone())
                .unwrap_or_default(),
            role: membership.role.clone(),
            share: membership.share,
            from: membership.from,
            until: membership.until,
            is_active,
        }
    }
}

/// Former, current and future memberships; current ones first.
pub fn members(snapshot: &Snapshot, is_wanted: impl Fn(&Membership) -> bool) -> Vec<MemberRow> {
    let (plan, day) = (snapshot.plan(), snapshot.day());
    let active = |row: &Membership| {
        row.date_range().contains(day)
            && snapshot.person_ix(row.person).is_some()
            && snapshot.team_ix(row.team).is_some()
    };
    let order = |row: &Membership| match (active(row), row.from.is_some_and(|from| from > day)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    let mut rows: Vec<&Membership> = plan.memberships.iter().filter(|row| is_wanted(row)).collect();
    plan.sort(&mut rows);
    rows.sort_by_cached_key(|row| {
        let is_lead = headroom_analysis::is_lead(&row.role);
        (order(row), !is_lead, plan.name_of(row.person.into()).to_lowercase())
    });
    rows.into_iter().map(|row| MemberRow::new(plan, row, active(row))).collect()
}
