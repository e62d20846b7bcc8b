//! Maps opaque names to what they mean: a team behind an ID, for instance.
//!
//! The entity gets the name as an alias, so that later imports need no map. A stub that an earlier import made of the
//! name is removed, and everything that referred to it refers to the entity.

use std::path::Path;

use headroom_files::{
    Diagnostic, Level, Place, ReadError, read_text,
    records::{OwnerKind, OwnerRef, Records},
    shortened,
};
use headroom_model::{
    Action, Bet, Change, Dependency, Draft, EntityRef, EntityTable, Grouping, GroupingKind, Interaction,
    Kind, Membership, Objective, Owner, Ownership, Person, Plan, Service, Team,
};
use rustc_hash::FxHashSet;

use crate::{formats::csv_folder::CsvTable, scan::Part};

/// A name in a source, and the key or name of what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMatch {
    pub from: String,
    pub to: String,
    /// Where the map says so; empty if it was chosen in the window.
    pub place: Place,
}

/// Reads a CSV file with the columns `from` and `to`.
///
/// # Errors
/// [`ReadError::Io`], or [`ReadError::Structure`] if it lacks a column.
pub fn read_names(path: &Path, problems: &mut Vec<Diagnostic>) -> Result<Vec<NameMatch>, ReadError> {
    let (text, file) = read_text(path, problems)?;
    let table = CsvTable::open(&text, &file, &["from", "to"], 2, problems)?;
    Ok(table.records(problems, |row| {
        Some(NameMatch { from: row.required("from")?, to: row.required("to")?, place: row.place() })
    }))
}

/// The changes by which the plan knows the names.
pub(super) fn explain(
    plan: &Plan,
    parts: &[Part],
    names: &[NameMatch],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Change> {
    if names.is_empty() {
        return Vec::new();
    }
    let mentioned = Mentioned::of(parts);
    let mut explaining = Explaining { plan: plan.clone(), changes: Vec::new(), problems };
    let mut seen = FxHashSet::default();
    for name in names {
        if !seen.insert(&name.from) {
            let message = format!("“{}” is listed twice; the first line was used", shortened(&name.from));
            explaining.say(Level::Warning, name, message, "keep one of them");
            continue;
        }
        explaining.name(name, &mentioned);
    }
    explaining.changes
}

/// The names that the sources mention, by the kind of entity they stand for.
#[derive(Default)]
struct Mentioned<'r> {
    teams: FxHashSet<&'r str>,
    people: FxHashSet<&'r str>,
    services: FxHashSet<&'r str>,
    systems: FxHashSet<&'r str>,
    domains: FxHashSet<&'r str>,
    /// Entities that the sources describe, not only mention.
    defined: FxHashSet<(Kind, &'r str)>,
}

impl<'r> Mentioned<'r> {
    fn of(parts: &'r [Part]) -> Self {
        let mut mentioned = Self::default();
        parts.iter().for_each(|part| mentioned.add(&part.records));
        mentioned
    }

    fn add(&mut self, records: &'r Records) {
        self.defined.extend(records.teams.iter().map(|row| (Kind::Team, row.key.as_str())));
        self.defined.extend(records.people.iter().map(|row| (Kind::Person, row.key.as_str())));
        self.defined.extend(records.services.iter().map(|row| (Kind::Service, row.key.as_str())));
        self.defined.extend(records.groupings.iter().map(|row| (Kind::Grouping, row.key.as_str())));
        let mut owner = |owner: &'r OwnerRef| match owner.kind {
            OwnerKind::Person => drop(self.people.insert(&owner.key)),
            OwnerKind::Team | OwnerKind::Either => drop(self.teams.insert(&owner.key)),
        };
        records.ownerships.iter().for_each(|row| owner(&row.owner));
        records.groupings.iter().filter_map(|row| row.owner.as_ref()?.as_ref()).for_each(owner);
        self.teams.extend(records.teams.iter().filter_map(|row| row.parent.as_ref()?.as_deref()));
        for row in &records.memberships {
            self.teams.insert(&row.team);
            self.people.insert(&row.person);
        }
        self.people.extend(records.people.iter().map(|row| row.key.as_str()));
        for row in &records.interactions {
            self.teams.extend([row.team.as_str(), &row.with]);
        }
        for row in &records.dependencies {
            self.services.extend([row.service.as_str(), &row.depends_on]);
        }
        self.teams.extend(records.rows.iter().flat_map(|row| row.references(Kind::Team)));
        self.services.extend(records.rows.iter().flat_map(|row| row.references(Kind::Service)));
        self.services.extend(records.figures.iter().filter_map(|figure| figure.scope.service.as_deref()));
        self.systems.extend(records.services.iter().filter_map(|row| row.system.as_ref()?.as_deref()));
        self.domains.extend(records.services.iter().filter_map(|row| row.domain.as_ref()?.as_deref()));
        self.domains.extend(records.groupings.iter().filter_map(|row| row.parent.as_ref()?.as_deref()));
    }
}

/// An entity with aliases.
trait Nameable: EntityTable + Default {
    fn aliases_mut(&mut self) -> &mut Vec<String>;
    fn name(&self) -> &str;
    fn is_stub(&self) -> bool;
    /// A stub for a name that nothing defines yet.
    fn stub(id: Self::Id, key: &str, kind: GroupingKind) -> Self;
}

macro_rules! nameable {
    ($($Type:ident { $($field:ident: $value:expr),* })*) => { $(impl Nameable for $Type {
        fn aliases_mut(&mut self) -> &mut Vec<String> {
            &mut self.aliases
        }
        fn name(&self) -> &str {
            &self.name
        }
        fn is_stub(&self) -> bool {
            self.unconfirmed
        }
        fn stub(id: Self::Id, key: &str, _kind: GroupingKind) -> Self {
            let (key, name) = (key.to_owned(), key.to_owned());
            #[allow(unused_mut, reason = "only a grouping has a kind")]
            let mut row = Self { id, key, name, unconfirmed: true, ..Self::default() };
            $(row.$field = $value(_kind);)*
            row
        }
    })* };
}
nameable! { Team {} Person {} Service {} Grouping { kind: std::convert::identity } }

struct Explaining<'p> {
    /// The plan with the names mapped so far.
    plan: Plan,
    changes: Vec<Change>,
    problems: &'p mut Vec<Diagnostic>,
}

impl Explaining<'_> {
    fn say(&mut self, level: Level, name: &NameMatch, message: String, advice: &str) {
        self.problems.push(Diagnostic::new(level, name.place.clone(), message, advice));
    }

    fn name(&mut self, name: &NameMatch, mentioned: &Mentioned<'_>) {
        let from = name.from.as_str();
        let mut is_known = false;
        let kinds: [(Kind, bool); 3] = [
            (Kind::Team, mentioned.teams.contains(from)),
            (Kind::Person, mentioned.people.contains(from)),
            (Kind::Service, mentioned.services.contains(from)),
        ];
        for (kind, is_mentioned) in kinds {
            is_known |= match kind {
                Kind::Team => self.means::<Team>(name, "", mentioned, is_mentioned),
                Kind::Person => self.means::<Person>(name, "", mentioned, is_mentioned),
                _ => self.means::<Service>(name, "", mentioned, is_mentioned),
            };
        }
        for (kind, is_mentioned) in [
            (GroupingKind::System, mentioned.systems.contains(from)),
            (GroupingKind::Domain, mentioned.domains.contains(from)),
        ] {
            is_known |= self.means::<Grouping>(name, kind.noun(), mentioned, is_mentioned);
        }
        if !is_known {
            let message = format!("“{}” isn’t used in any of the files", shortened(from));
            self.say(Level::Warning, name, message, "check the spelling, or ignore this");
        }
    }

    /// Maps the name to an entity of this kind if it is mentioned as one; returns whether it is.
    fn means<T: Nameable>(
        &mut self,
        name: &NameMatch,
        space: &'static str,
        mentioned: &Mentioned<'_>,
        is_mentioned: bool,
    ) -> bool {
        let (from, to) = (name.from.as_str(), name.to.as_str());
        let own = self.plan.find_in::<T>(space, from);
        let own_is_stub = own.and_then(|id| self.plan.get::<T>(id)).is_some_and(Nameable::is_stub);
        if !is_mentioned && !own_is_stub {
            return false;
        }
        let target = self.find::<T>(space, to);
        match (own, target) {
            (Some(own), Some(target)) if own == target => {
                let message = format!("“{}” is mapped to itself", shortened(from));
                self.say(Level::Warning, name, message, "map it to another name");
            }
            (Some(_), _) if !own_is_stub => {
                let noun = T::KIND.noun();
                let message = format!("“{}” is already a {noun} in the plan; not mapped", shortened(from));
                self.say(Level::Error, name, message, "remove the line, or merge the two by hand");
            }
            (_, target) => {
                if target.is_none() && !mentioned.defined.contains(&(T::KIND, to)) {
                    let message =
                        format!("“{}” isn’t defined anywhere yet; imported as unconfirmed", shortened(to));
                    self.say(Level::Note, name, message, "no action needed if the name is right");
                }
                self.bring_together::<T>(own, target, name, space);
            }
        }
        true
    }

    /// By key, by alias, or by a name that is unique.
    fn find<T: Nameable>(&self, space: &'static str, to: &str) -> Option<T::Id> {
        let rows = || T::table(&self.plan).iter().filter(|row| row.key_space() == space);
        let only = |fits: &dyn Fn(&T) -> bool| {
            let mut found = rows().filter(|row| fits(row)).map(|row| row.id());
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let lower = to.to_lowercase();
        self.plan
            .find_in::<T>(space, to)
            .or_else(|| only(&|row| row.aliases().iter().any(|alias| alias == to)))
            .or_else(|| only(&|row| row.key().is_some_and(|key| key.to_lowercase() == lower)))
            .or_else(|| only(&|row| row.name().to_lowercase() == lower))
    }

    fn bring_together<T: Nameable>(
        &mut self,
        stub: Option<T::Id>,
        target: Option<T::Id>,
        name: &NameMatch,
        space: &'static str,
    ) {
        let is_domain = space == GroupingKind::Domain.noun();
        let kind = if is_domain { GroupingKind::Domain } else { GroupingKind::System };
        let mut draft = Draft::new(&self.plan);
        let mut row = match target.and_then(|id| self.plan.get::<T>(id)) {
            Some(row) => row.clone(),
            None => T::stub(draft.new_id::<T>(), &name.to, kind),
        };
        let id = row.id();
        if !row.aliases().contains(&name.from) {
            row.aliases_mut().push(name.from.clone());
        }
        if let Err(error) = row.check() {
            let message = format!("“{}” can’t be used as a name: {error}", shortened(&name.from));
            return self.say(Level::Error, name, message, "remove the line");
        }
        draft.put(row);
        let named = draft.clone();
        if let Some(stub) = stub {
            hand_over_all(&mut draft, reference::<T>(stub), reference::<T>(id));
            draft.remove::<T>(stub);
        }
        let (changes, named) = (draft.finish(), named.finish());
        // What cannot be handed over stays with the stub, and the name is known all the same.
        if !self.apply(changes) {
            self.apply(named);
        }
    }

    /// Returns whether the plan takes the changes.
    fn apply(&mut self, changes: Vec<Change>) -> bool {
        let is_taken = self.plan.apply(&changes).is_ok();
        self.changes.extend(changes.into_iter().filter(|_| is_taken));
        is_taken
    }
}

fn reference<T: EntityTable>(id: T::Id) -> EntityRef {
    EntityRef { kind: T::KIND, id: id.into() }
}

/// Makes everything that refers to one entity refer to the other.
fn hand_over_all(draft: &mut Draft<'_>, from: EntityRef, to: EntityRef) {
    let replaced = |id: u64, kind: Kind| if (EntityRef { kind, id }) == from { to.id } else { id };
    let team = |id: headroom_model::TeamId| replaced(id.0, Kind::Team).into();
    let person = |id: headroom_model::PersonId| replaced(id.0, Kind::Person).into();
    let service = |id: headroom_model::ServiceId| replaced(id.0, Kind::Service).into();
    let grouping = |id: headroom_model::GroupingId| replaced(id.0, Kind::Grouping).into();
    let owner = |owner: Owner| match owner {
        Owner::Team(id) => Owner::Team(team(id)),
        Owner::Person(id) => Owner::Person(person(id)),
    };
    macro_rules! rows {
        ($($Type:ident: |$row:ident| $alter:block)*) => { $(draft.alter(|known: &$Type| {
            let mut $row = known.clone();
            $alter
            ($row != *known).then_some($row)
        });)* };
    }
    let known: Vec<Ownership> = draft.iter().cloned().collect();
    for known in known {
        let (service, owner) = (service(known.service), owner(known.owner));
        if (service, owner) == (known.service, known.owner) {
            continue;
        }
        // Whoever owns it already does not get a second ownership.
        let is_held = |row: &Ownership| {
            (row.service, row.owner) == (service, owner) && row.role == known.role && row.until.is_none()
        };
        if draft.iter().any(is_held) {
            draft.remove::<Ownership>(known.id);
        } else {
            draft.put(Ownership { service, owner, ..known });
        }
    }
    rows! {
        Team: |row| { row.parent = row.parent.map(team).filter(|parent| *parent != row.id); }
        Membership: |row| { (row.person, row.team) = (person(row.person), team(row.team)); }
        Grouping: |row| { (row.parent, row.owner) = (row.parent.map(grouping), row.owner.map(owner)); }
        Service: |row| { (row.system, row.domain) = (row.system.map(grouping), row.domain.map(grouping)); }
        Dependency: |row| { (row.service, row.depends_on) = (service(row.service), service(row.depends_on)); }
        Interaction: |row| { (row.team, row.with) = (team(row.team), team(row.with)); }
        Objective: |row| { (row.team, row.service) = (row.team.map(team), row.service.map(service)); }
        Action: |row| { (row.team, row.service) = (row.team.map(team), row.service.map(service)); }
        Bet: |row| { row.team = row.team.map(team); }
    }
}
