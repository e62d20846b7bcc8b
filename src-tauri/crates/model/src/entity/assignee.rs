//! Who does an item of a template or a checklist.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    field::{Cell, FieldData, FieldType, Names, Places, Removal, TextLimit, ValueType},
    kind::{EntityRef, Kind, PersonId, TeamId},
};

/// Who does an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assignee {
    /// The person the checklist is for.
    #[default]
    NewHire,
    Manager,
    Buddy,
    It,
    PeopleOps,
    Person(PersonId),
    Team(TeamId),
    /// Someone outside of the plan, by name.
    Other(String),
}

impl Assignee {
    /// Roles first, in their own order, then people, teams and names.
    pub(super) fn in_order(&self, places: &dyn Places) -> (u8, Option<(Kind, u32)>, &str) {
        match self {
            Assignee::NewHire => (0, None, ""),
            Assignee::Manager => (1, None, ""),
            Assignee::Buddy => (2, None, ""),
            Assignee::It => (3, None, ""),
            Assignee::PeopleOps => (4, None, ""),
            Assignee::Person(person) => (5, Some(places.of(*person)), ""),
            Assignee::Team(team) => (6, Some(places.of(*team)), ""),
            Assignee::Other(name) => (7, None, name),
        }
    }

    /// The roles that every checklist has, with their words in files.
    pub const ROLES: [(Assignee, &'static str); 5] = [
        (Assignee::NewHire, "new hire"),
        (Assignee::Manager, "manager"),
        (Assignee::Buddy, "buddy"),
        (Assignee::It, "it"),
        (Assignee::PeopleOps, "people ops"),
    ];

    /// The role as text; none for a person, team or name.
    pub fn role(&self) -> Option<&'static str> {
        Self::ROLES.iter().find(|(role, _)| role == self).map(|(_, word)| *word)
    }

    pub fn from_role(word: &str) -> Option<Self> {
        Self::ROLES.into_iter().find(|(_, role)| role.eq_ignore_ascii_case(word.trim())).map(|(role, _)| role)
    }
}

impl FieldData for Assignee {
    fn is_empty(&self) -> bool {
        *self == Assignee::NewHire
    }

    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    fn set_json(&mut self, value: &Value) -> bool {
        let Ok(read) = Deserialize::deserialize(value) else { return false };
        *self = read;
        true
    }

    /// Three columns: role or name, person, team.
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        let (person, team) = match self {
            Assignee::Person(person) => (Some(*person), None),
            Assignee::Team(team) => (None, Some(*team)),
            _ => (None, None),
        };
        cells.push(match self {
            Assignee::Other(name) => Cell::text(name),
            role => role.role().map_or(Cell::Null, Cell::text),
        });
        cells.push(Cell::id(person));
        cells.push(Cell::id(team));
    }

    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [words, person, team] = cells else { return Err("has no columns".into()) };
        let named = |words: &str| Assignee::from_role(words).unwrap_or(Assignee::Other(words.to_owned()));
        let person = person.as_id().map(Assignee::Person);
        let found = person.or(team.as_id().map(Assignee::Team)).or(words.as_text().map(named));
        *self = found.unwrap_or_default();
        Ok(())
    }

    /// The name is kept as text.
    fn forget(&mut self, removal: &dyn Removal) -> bool {
        let mut gone = None;
        self.references(&mut |target| gone = Some(target));
        if let Some(gone) = gone {
            *self = Assignee::Other(removal.name(gone));
        }
        true
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        match self {
            Assignee::Person(person) => visit((*person).into()),
            Assignee::Team(team) => visit((*team).into()),
            _ => {}
        }
    }

    fn words(&self, names: &dyn Names) -> String {
        match self {
            Assignee::Person(person) => names.name((*person).into()),
            Assignee::Team(team) => names.name((*team).into()),
            Assignee::Other(name) => name.clone(),
            Assignee::It => "IT".to_owned(),
            role => role.role().unwrap_or_default().to_owned(),
        }
    }

    fn check(&self, _limit: TextLimit) -> Result<(), String> {
        match self {
            Assignee::Other(name) => TextLimit::Name.check(name),
            _ => Ok(()),
        }
    }
}

impl ValueType for Assignee {
    const TYPE: FieldType = FieldType::Structure;
}
