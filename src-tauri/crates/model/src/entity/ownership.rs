use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::*;

/// Roles with a meaning in Headroom; a plan may have others.
pub mod role {
    pub const OWNER: &str = "owner";
    pub const BACKUP: &str = "backup";
}

/// Who owns something: `{"team": 3}` or `{"person": 7}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    Team(TeamId),
    Person(PersonId),
}

impl Default for Owner {
    fn default() -> Self {
        Owner::Team(TeamId::default())
    }
}

impl From<Owner> for EntityRef {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Team(team) => team.into(),
            Owner::Person(person) => person.into(),
        }
    }
}

impl Owner {
    fn cells(owner: Option<Self>) -> [Cell<'static>; 2] {
        match owner {
            Some(Owner::Team(team)) => [Cell::id(Some(team)), Cell::Null],
            Some(Owner::Person(person)) => [Cell::Null, Cell::id(Some(person))],
            None => [Cell::Null, Cell::Null],
        }
    }

    fn of(cells: &[Cell<'_>]) -> Option<Self> {
        let [team, person] = cells else { return None };
        team.as_id().map(Owner::Team).or_else(|| person.as_id().map(Owner::Person))
    }
}

/// Two columns: team and person.
macro_rules! owner_value {
    ($Value:ty, is_empty: $is_empty:expr, $read:expr, $owner:expr) => {
        impl FieldData for $Value {
            fn is_empty(&self) -> bool {
                let is_empty: fn(&$Value) -> bool = $is_empty;
                is_empty(self)
            }
            fn json(&self) -> Value {
                serde_json::to_value(self).unwrap_or(Value::Null)
            }
            fn set_json(&mut self, value: &Value) -> bool {
                let Ok(read) = Deserialize::deserialize(value) else { return false };
                *self = read;
                true
            }
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                let owner: fn(&$Value) -> Option<Owner> = $owner;
                cells.extend(Owner::cells(owner(self)));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let read: fn(Option<Owner>) -> Result<$Value, String> = $read;
                *self = read(Owner::of(cells))?;
                Ok(())
            }
            fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
                let owner: fn(&$Value) -> Option<Owner> = $owner;
                owner(self).into_iter().for_each(|owner| visit(owner.into()));
            }
            fn words(&self, names: &dyn Names) -> String {
                let owner: fn(&$Value) -> Option<Owner> = $owner;
                owner(self).map(|owner| names.name(owner.into())).unwrap_or_default()
            }
        }
        impl ValueType for $Value {
            const TYPE: FieldType = FieldType::Reference(&[Kind::Team, Kind::Person]);
        }
    };
}

owner_value!(Owner, is_empty: |_| false, |owner| owner.ok_or_else(|| "is missing".into()), |owner| Some(*owner));
owner_value!(Option<Owner>, is_empty: Option::is_none, Ok, |owner| *owner);

entity! {
    /// A team or person has a role for a service.
    pub struct Ownership: OwnershipId {
        service: ServiceId, "service";
        owner: Owner, "owner", columns(&["team", "person"]);
        /// [`role::OWNER`] is accountable; [`role::BACKUP`] steps in.
        role: String, "role", required();
        /// The date on which someone last confirmed it.
        confirmed: Option<NaiveDate>, "confirmed";
        /// What the source calls the owner, if that is a former name.
        named: Option<String>, "name in source";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Ownership {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (
 places.of(row.service), places.of(row.owner), &row.role, row.from, row.until, row.confirmed, &row.named, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        let holds = if self.is_accountable() { "owns".to_owned() } else { format!("is {} of", self.role) };
        format!("{} {holds} {}", names.name(self.owner.into()), names.name(self.service.into()))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }
}

impl Ownership {
    pub fn is_accountable(&self) -> bool {
        self.role == role::OWNER
    }
}
