//! The order in which a plan is listed, and in which ties are broken.

use crate::entity::{Entity, EntityRef, Kind, Tables};
use crate::table::Table;

/// Sort order of teams, people, services and positions: by name, then by key.
///
/// It depends neither on the numbers of IDs nor on the order in which a source has its rows. Whenever entities are
/// equal in everything else, they are taken in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlanOrder {
    /// Rows of each table, sorted.
    pub teams: Vec<u32>,
    pub people: Vec<u32>,
    pub services: Vec<u32>,
    pub positions: Vec<u32>,
    /// Rank of each of these entities within its kind, by ID.
    places: Vec<u32>,
}

impl PlanOrder {
    pub fn new(tables: &Tables, next_id: u32) -> Self {
        let mut places = vec![0; next_id as usize];
        Self {
            teams: in_order(&tables.teams, &mut places),
            people: in_order(&tables.people, &mut places),
            services: in_order(&tables.services, &mut places),
            positions: in_order(&tables.positions, &mut places),
            places,
        }
    }

    pub fn place(&self, id: u32) -> u32 {
        self.places.get(id as usize).copied().unwrap_or(u32::MAX)
    }
}

fn in_order<T: Entity>(table: &Table<T>, places: &mut [u32]) -> Vec<u32> {
    let named =
        (0..).zip(table).map(|(row, entity)| (entity.called(), entity.key(), row, entity.id().into()));
    let mut rows: Vec<(Option<&str>, Option<&str>, u32, u32)> = named.collect();
    rows.sort_unstable();
    for (place, (.., id)) in (0..).zip(&rows) {
        places[*id as usize] = place;
    }
    rows.into_iter().map(|(_, _, row, _)| row).collect()
}

/// Whether two versions of an entity have the same rank.
pub(crate) fn is_same_place<T: Entity>(before: Option<&T>, after: Option<&T>) -> bool {
    let is_ordered = matches!(T::KIND, Kind::Team | Kind::Person | Kind::Service | Kind::Position);
    let name = |row: &T| (row.called().map(str::to_owned), row.key().map(str::to_owned));
    !is_ordered || before.map(name) == after.map(name)
}

impl crate::Plan {
    /// Kind and rank of an entity within its kind, by name and then by key. All kinds but teams, people, services and
    /// positions rank last.
    pub fn place_of(&self, subject: impl Into<EntityRef>) -> (Kind, u32) {
        let subject = subject.into();
        (subject.kind, self.order().place(subject.id))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Plan, Team, TeamId};

    fn put(plan: &mut Plan, id: Option<TeamId>, key: &str, name: &str) -> TeamId {
        let mut draft = Draft::new(plan);
        let id = id.unwrap_or_else(|| draft.new_id::<Team>());
        draft.put(Team { id, key: key.into(), name: name.into(), ..Team::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        id
    }

    #[test]
    fn order_follows_names_not_rows_or_keys() {
        let mut plan = Plan::default();
        let ids =
            [("a", "Web"), ("b", "Api"), ("c", "Web")].map(|(key, name)| put(&mut plan, None, key, name));
        let places = |plan: &Plan| ids.map(|id| plan.place_of(id).1);
        assert_eq!(places(&plan), [1, 0, 2]);
        put(&mut plan, Some(ids[1]), "z", "Api");
        assert_eq!(places(&plan), [1, 0, 2], "another key");
        put(&mut plan, Some(ids[1]), "z", "Zoo");
        assert_eq!(places(&plan), [0, 2, 1], "another name");
        let new = put(&mut plan, None, "d", "Chat");
        assert_eq!((places(&plan), plan.place_of(new).1), ([1, 3, 2], 0), "one more");
    }
}
