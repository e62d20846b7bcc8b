use std::{collections::hash_map::Entry, ops::Deref};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::{
    change::Change,
    entity::{Entity, EntityRef, Kind, Owner, PersonId, ServiceId, Setting, Stored, Tables, TeamId},
    error::ApplyError,
    integrity,
};

/// Everything about one organisation, at all times. Altered only by [`Plan::apply`].
#[derive(Debug, Clone, Default)]
pub struct Plan {
    tables: Tables,
    next_id: u32,
    keys: FxHashMap<(Kind, &'static str, String), u32>,
}

impl Deref for Plan {
    type Target = Tables;
    fn deref(&self) -> &Tables {
        &self.tables
    }
}

impl PartialEq for Plan {
    /// Two plans are the same when they hold the same; which number comes next does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.tables == other.tables
    }
}

impl Plan {
    /// A plan out of stored rows. `next_id` is raised above every id in use.
    ///
    /// # Errors
    /// When two entities share a key, or a team is inside itself: the file has been altered by other means.
    pub fn from_tables(tables: Tables, next_id: u32) -> Result<Self, ApplyError> {
        let mut plan = Plan { tables, next_id: next_id.max(1), keys: FxHashMap::default() };
        plan.index::<crate::Team>()?;
        plan.index::<crate::Person>()?;
        plan.index::<crate::Service>()?;
        plan.index::<crate::Grouping>()?;
        plan.index::<Setting>()?;
        let mut highest = 0;
        let tables = &plan.tables;
        each_id(tables, &mut |id| highest = highest.max(id));
        plan.next_id = plan.next_id.max(highest + 1);
        integrity::check_all_parents(&plan)?;
        Ok(plan)
    }

    fn index<T: Stored>(&mut self) -> Result<(), ApplyError> {
        let rows = T::table(&self.tables);
        self.keys.reserve(rows.len());
        for row in rows {
            let Some(key) = row.key() else { continue };
            match self.keys.entry((T::KIND, row.key_space(), key.to_owned())) {
                Entry::Vacant(free) => drop(free.insert(row.id().into())),
                Entry::Occupied(_) => {
                    return Err(ApplyError::DuplicateKey { kind: T::KIND, key: key.to_owned() });
                }
            }
        }
        Ok(())
    }

    /// The number that the next new entity gets.
    pub fn next_id(&self) -> u32 {
        self.next_id.max(1)
    }

    /// Makes the changes, all or none, and checks what they leave behind.
    ///
    /// # Errors
    /// See [`ApplyError`]; the plan is unchanged then.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        for (done, change) in changes.iter().enumerate() {
            if let Err(error) = self.make(change) {
                self.take_back(&changes[..done]);
                return Err(error);
            }
        }
        if let Err(error) = integrity::check(self, changes) {
            self.take_back(changes);
            return Err(error);
        }
        Ok(())
    }

    fn take_back(&mut self, done: &[Change]) {
        for change in done.iter().rev() {
            // Takes back what was just made, so it cannot be stale.
            let _ = self.make(&change.clone().inverted());
        }
    }

    fn make(&mut self, change: &Change) -> Result<(), ApplyError> {
        with_edit!(change, edit => self.set(edit.id, edit.before.as_ref(), edit.after.as_ref()))
    }

    fn set<T: Stored>(&mut self, id: u32, before: Option<&T>, after: Option<&T>) -> Result<(), ApplyError> {
        let subject = EntityRef { kind: T::KIND, id };
        let table = T::table_mut(&mut self.tables);
        let is_known = after.is_none_or(|row| row.id().into() == id);
        if table.get_raw(id) != before || !is_known {
            return Err(ApplyError::Stale { subject, name: self.name_of(subject) });
        }
        let key = |row: &T| row.key().map(|key| (T::KIND, row.key_space(), key.to_owned()));
        let (old, new) = (before.and_then(key), after.and_then(key));
        if old != new {
            if let Some(new) = &new
                && self.keys.contains_key(new)
            {
                return Err(ApplyError::DuplicateKey { kind: T::KIND, key: new.2.clone() });
            }
            if let Some(old) = &old {
                self.keys.remove(old);
            }
            if let Some(new) = new {
                self.keys.insert(new, id);
            }
        }
        T::table_mut(&mut self.tables).set(id, after.cloned());
        self.next_id = self.next_id.max(id + 1);
        Ok(())
    }

    /// The entity of this kind with this key; groupings need [`Plan::find_in`].
    pub fn find<T: Stored>(&self, key: &str) -> Option<T::Id> {
        self.find_in::<T>("", key)
    }

    pub fn find_in<T: Stored>(&self, key_space: &'static str, key: &str) -> Option<T::Id> {
        self.keys.get(&(T::KIND, key_space, key.to_owned())).map(|id| T::Id::from(*id))
    }

    pub fn get<T: Stored>(&self, id: T::Id) -> Option<&T> {
        T::table(&self.tables).get(id)
    }

    pub fn setting(&self, key: &str) -> Option<&str> {
        self.find::<Setting>(key).and_then(|id| self.settings.get(id)).map(|setting| setting.value.as_str())
    }

    /// The id by which people and other tools know it; empty for what has none.
    pub fn key_of(&self, subject: EntityRef) -> &str {
        with_row!(self, subject, row => row.key()).flatten().unwrap_or_default()
    }

    /// What people call it: `Checkout`, `Ada Okafor on Payments`, `Payments owns Checkout`.
    pub fn name_of(&self, subject: EntityRef) -> String {
        let team = |id: TeamId| {
            self.teams.get(id).map_or_else(|| format!("team {}", id.0), |team| team.name.clone())
        };
        let person = |id: PersonId| {
            self.people.get(id).map_or_else(|| format!("person {}", id.0), |person| person.name.clone())
        };
        let service = |id: ServiceId| {
            self.services.get(id).map_or_else(|| format!("service {}", id.0), |row| row.name.clone())
        };
        let name = match subject.kind {
            Kind::Team => self.teams.get(subject.id.into()).map(|row| row.name.clone()),
            Kind::Person => self.people.get(subject.id.into()).map(|row| row.name.clone()),
            Kind::Service => self.services.get(subject.id.into()).map(|row| row.name.clone()),
            Kind::Grouping => self.groupings.get(subject.id.into()).map(|row| row.name.clone()),
            Kind::Setting => self.settings.get(subject.id.into()).map(|row| row.key.clone()),
            Kind::Membership => self
                .memberships
                .get(subject.id.into())
                .map(|row| format!("{} on {}", person(row.person), team(row.team))),
            Kind::Ownership => self.ownerships.get(subject.id.into()).map(|row| {
                let owner = match row.owner {
                    Owner::Team(id) => team(id),
                    Owner::Person(id) => person(id),
                };
                let holds =
                    if row.is_accountable() { "owns".to_owned() } else { format!("is {} of", row.role) };
                format!("{owner} {holds} {}", service(row.service))
            }),
            Kind::Dependency => self
                .dependencies
                .get(subject.id.into())
                .map(|row| format!("{} depends on {}", service(row.service), service(row.depends_on))),
            Kind::Interaction => self
                .interactions
                .get(subject.id.into())
                .map(|row| format!("{} of {} and {}", row.mode, team(row.team), team(row.with))),
        };
        name.unwrap_or_else(|| subject.to_string())
    }

    /// The organisation as it stands on this day.
    pub fn as_of(self: &std::sync::Arc<Self>, day: NaiveDate) -> crate::Snapshot {
        crate::Snapshot::new(self.clone(), day)
    }
}

fn each_id(tables: &Tables, visit: &mut dyn FnMut(u32)) {
    fn last<T: Entity>(table: &crate::Table<T>) -> u32 {
        table.rows().last().map_or(0, |row| row.id().into())
    }
    visit(last(&tables.teams));
    visit(last(&tables.people));
    visit(last(&tables.memberships));
    visit(last(&tables.groupings));
    visit(last(&tables.services));
    visit(last(&tables.ownerships));
    visit(last(&tables.dependencies));
    visit(last(&tables.interactions));
    visit(last(&tables.settings));
}
