//! The order in which a plan is listed, and in which ties are broken.

use crate::{
    entity::Entity,
    kind::{EntityRef, Kind},
    table::Table,
    tables::Tables,
};

/// Sort order of teams, people, services and positions: by name, then by key.
///
/// It depends neither on the numbers of IDs nor on the order in which a source has its rows. Whenever entities are
/// equal in everything else, they are taken in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlanOrder {
    /// Rows of each table, sorted; below, the rank of each row.
    pub teams: Vec<u32>,
    pub people: Vec<u32>,
    pub services: Vec<u32>,
    pub positions: Vec<u32>,
    team_places: Vec<u32>,
    person_places: Vec<u32>,
    service_places: Vec<u32>,
    position_places: Vec<u32>,
}

impl PlanOrder {
    /// The order of these tables. It is found faster with that of a state in which most was the same.
    pub fn new(tables: &Tables, former: Option<&Self>) -> Self {
        fn rows(former: Option<&PlanOrder>, of: fn(&PlanOrder) -> &Vec<u32>) -> &[u32] {
            former.map_or(&[], |former| of(former))
        }
        let (teams, team_places) = in_order(&tables.teams, rows(former, |it| &it.teams));
        let (people, person_places) = in_order(&tables.people, rows(former, |it| &it.people));
        let (services, service_places) = in_order(&tables.services, rows(former, |it| &it.services));
        let (positions, position_places) = in_order(&tables.positions, rows(former, |it| &it.positions));
        Self {
            teams,
            people,
            services,
            positions,
            team_places,
            person_places,
            service_places,
            position_places,
        }
    }

    fn place(&self, tables: &Tables, subject: EntityRef) -> Option<u32> {
        let (row, places) = match subject.kind {
            Kind::Team => (tables.teams.row_of(subject.id.into()), &self.team_places),
            Kind::Person => (tables.people.row_of(subject.id.into()), &self.person_places),
            Kind::Service => (tables.services.row_of(subject.id.into()), &self.service_places),
            Kind::Position => (tables.positions.row_of(subject.id.into()), &self.position_places),
            _ => return None,
        };
        places.get(row?).copied()
    }
}

/// The rows of a table, sorted, and the rank of each row. `former` are its rows as they were sorted before: what is
/// nearly sorted takes about one comparison a row.
fn in_order<T: Entity>(table: &Table<T>, former: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let count = table.len() as u32;
    let known = former.iter().copied().filter(|row| *row < count);
    let new = (former.len() as u32).min(count)..count;
    let named = known.chain(new).filter_map(|row| {
        let entity = table.rows().get(row as usize)?;
        Some((entity.called(), entity.key(), row))
    });
    let mut rows: Vec<(Option<&str>, Option<&str>, u32)> = named.collect();
    // Stable, since that is fast where much is in order.
    rows.sort();
    let mut places = vec![0; rows.len()];
    for (place, (.., row)) in (0..).zip(&rows) {
        places[*row as usize] = place;
    }
    (rows.into_iter().map(|(.., row)| row).collect(), places)
}

/// Whether two versions of an entity have the same rank.
pub(crate) fn is_same_place<T: Entity>(before: Option<&T>, after: Option<&T>) -> bool {
    fn name<T: Entity>(row: &T) -> (Option<&str>, Option<&str>) {
        (row.called(), row.key())
    }
    let is_ordered = matches!(T::KIND, Kind::Team | Kind::Person | Kind::Service | Kind::Position);
    !is_ordered || before.map(name) == after.map(name)
}

impl crate::Plan {
    /// Kind and rank of an entity within its kind, by name and then by key. All kinds but teams, people, services and
    /// positions rank last.
    pub fn place_of(&self, subject: impl Into<EntityRef>) -> (Kind, u32) {
        let subject = subject.into();
        (subject.kind, self.order().place(self, subject).unwrap_or(u32::MAX))
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
