//! The order of the rows of a table, for lists, exports and ties.

use std::cmp::Ordering;

use crate::{
    entity::Entity,
    field::Places,
    kind::{EntityRef, Kind},
    plan::Plan,
    tables::EntityTable,
};

impl Plan {
    /// The rows of a table in the order of [`Entity::compare`]: the same for every plan that
    /// says the same.
    pub fn in_order<T: EntityTable>(&self) -> Vec<&T> {
        let table = T::table(self);
        // Teams, people, services and positions are sorted already.
        let order = self.order();
        let ranked = match T::KIND {
            Kind::Team => &order.teams,
            Kind::Person => &order.people,
            Kind::Service => &order.services,
            Kind::Position => &order.positions,
            _ => {
                let mut rows: Vec<&T> = table.iter().collect();
                self.sort(&mut rows);
                return rows;
            }
        };
        ranked.iter().map(|row| &table.rows()[*row as usize]).collect()
    }

    /// Sorts rows of one table like [`Plan::in_order`].
    pub fn sort<T: EntityTable>(&self, rows: &mut [&T]) {
        rows.sort_by(|one, other| one.compare(other, self));
    }
}

impl Places for Plan {
    fn place(&self, subject: EntityRef) -> (Kind, u32) {
        self.place_of(subject)
    }

    fn named(&self, subject: EntityRef) -> (Option<&str>, Option<&str>) {
        with_row!(self, subject, row => (row.called(), row.key())).unwrap_or_default()
    }

    fn compare(&self, one: EntityRef, other: EntityRef) -> Ordering {
        if one == other {
            return Ordering::Equal;
        }
        let ranks = self.place_of(one).cmp(&self.place_of(other));
        ranks.then_with(|| compare_rows(self, one, other))
    }
}

/// Compares what two references of one kind lead to; what is not in the plan comes first.
fn compare_rows(plan: &Plan, one: EntityRef, other: EntityRef) -> Ordering {
    for_kind!(one.kind, T => {
        let [one, other] = [one, other].map(|subject| T::table(plan).get(subject.id.into()));
        match (one, other) {
            (Some(one), Some(other)) => one.compare(other, plan),
            _ => one.is_some().cmp(&other.is_some()),
        }
    })
}
