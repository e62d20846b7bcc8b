//! Compares teams, people, systems, domains and services.

use headroom_files::{
    Diagnostic, Level, Place,
    records::{ExtraText, OwnerKind, OwnerRef, Records, Stated},
};
use headroom_model::{
    Entity, Grouping, GroupingId, GroupingKind, Kind, Link, Owner, Person, PersonId, Service, ServiceId,
    Team, TeamId,
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    differ::Differ,
    names::fault_of,
    overlay::{set_dates, set_extra},
};

/// Overwrites the fields that the source states; the others stay.
macro_rules! overlay {
    ($row:ident, $record:ident: $($field:ident),*) => {
        $(if let Some(value) = &$record.$field { $row.$field.clone_from(value); })*
    };
}

impl Differ<'_> {
    pub(super) fn entities(&mut self, records: &Records) {
        self.put_teams(records);
        self.put_people(records);
        self.put_groupings(records);
        self.put_services(records);
        self.put_positions(records);
    }

    fn put_teams(&mut self, records: &Records) {
        let ids = std::mem::take(&mut self.teams.records);
        self.put_parents(records, &ids);
        for (record, id) in records.teams.iter().zip(&ids).filter_map(|(record, id)| Some((record, (*id)?))) {
            let mut row = self.plan.get::<Team>(id).cloned().unwrap_or_else(|| Team {
                id,
                key: record.key.clone(),
                name: record.key.clone(),
                ..Team::default()
            });
            self.define(&mut row.unconfirmed, &mut row.source, self.plan.get::<Team>(id).is_none());
            row.aliases = self.with_former(
                (&row.name, &row.key),
                &record.name,
                &record.aliases,
                row.aliases,
                |alias| self.teams.is_taken(alias, id),
            );
            overlay!(row, record: name, kind, description, outcome, segment);
            row.parent = self.parents.get(&id).copied().unwrap_or(row.parent);
            set_extra(&mut row.extra, &record.extra);
            let has_ended = self.has_ended(row.date_range());
            set_dates(&record.dates, has_ended, &mut row.from, &mut row.until);
            self.put(row, &record.place);
        }
    }

    /// Sets the parents as the whole source has them, without those that would put a team inside itself: of each
    /// loop, the last one stated is left out.
    fn put_parents(&mut self, records: &Records, ids: &[Option<TeamId>]) {
        let mut said_at: FxHashMap<TeamId, usize> = FxHashMap::default();
        for (at, (record, id)) in records.teams.iter().zip(ids).enumerate() {
            let (Some(parent), Some(id)) = (&record.parent, *id) else { continue };
            let parent = parent.as_ref().and_then(|key| self.team(key, &record.place));
            self.parents.insert(id, parent);
            said_at.insert(id, at);
        }
        let mut settled: FxHashSet<TeamId> = FxHashSet::default();
        for start in ids.iter().flatten() {
            let (mut path, mut at) = (Vec::new(), Some(*start));
            let mut on_path: FxHashSet<TeamId> = FxHashSet::default();
            while let Some(team) = at.filter(|team| !settled.contains(team)) {
                if !on_path.insert(team) {
                    let first = path.iter().position(|passed| *passed == team).unwrap_or(0);
                    self.cut_loop(&path[first..], &said_at, records);
                    break;
                }
                path.push(team);
                let stored = || self.plan.get::<Team>(team).and_then(|team| team.parent);
                at = self.parents.get(&team).copied().unwrap_or_else(stored);
            }
            settled.extend(path);
        }
    }

    fn cut_loop(&mut self, teams: &[TeamId], said_at: &FxHashMap<TeamId, usize>, records: &Records) {
        /// More names in a message would not help to find the wrong one.
        const NAMED: usize = 8;
        let last = (0..teams.len()).max_by_key(|at| said_at.get(&teams[*at])).unwrap_or(0);
        let Some(record) = said_at.get(&teams[last]).map(|at| &records.teams[*at]) else { return };
        let round = teams[last..].iter().chain(&teams[..last]);
        let mut names: Vec<String> = round.take(NAMED).map(|team| self.teams.key_of(*team)).collect();
        if teams.len() > NAMED {
            names.push("…".to_owned());
        }
        names.extend(names.first().cloned());
        let message = format!("a team can’t contain itself: {}; parent ignored", names.join(" → "));
        let place = record.place.clone();
        self.problems.push(Diagnostic::new(Level::Error, place, message, "correct one of the parents"));
        self.parents.insert(teams[last], None);
    }

    fn put_people(&mut self, records: &Records) {
        let ids = std::mem::take(&mut self.people.records);
        for (record, id) in records.people.iter().zip(&ids).filter_map(|(record, id)| Some((record, (*id)?)))
        {
            let mut row = self.plan.get::<Person>(id).cloned().unwrap_or_else(|| Person {
                id,
                key: record.key.clone(),
                name: record.key.clone(),
                ..Person::default()
            });
            self.define(&mut row.unconfirmed, &mut row.source, self.plan.get::<Person>(id).is_none());
            row.aliases = self.with_former(
                (&row.name, &row.key),
                &record.name,
                &record.aliases,
                row.aliases,
                |alias| self.people.is_taken(alias, id),
            );
            overlay!(row, record: name, title, company, email, location);
            set_extra(&mut row.extra, &record.extra);
            let has_ended = self.has_ended(row.date_range());
            set_dates(&record.dates, has_ended, &mut row.from, &mut row.until);
            self.put(row, &record.place);
        }
    }

    fn put_groupings(&mut self, records: &Records) {
        let mut systems = std::mem::take(&mut self.systems.records).into_iter();
        let mut domains = std::mem::take(&mut self.domains.records).into_iter();
        for record in &records.groupings {
            let ids = if record.kind == GroupingKind::System { &mut systems } else { &mut domains };
            let Some(id) = ids.next().flatten() else { continue };
            let mut row = self.plan.get::<Grouping>(id).cloned().unwrap_or_else(|| {
                let (key, name) = (record.key.clone(), record.key.clone());
                Grouping { id, kind: record.kind, key, name, ..Grouping::default() }
            });
            self.define(&mut row.unconfirmed, &mut row.source, self.plan.get::<Grouping>(id).is_none());
            let names = if record.kind == GroupingKind::System { &self.systems } else { &self.domains };
            row.aliases = self.with_former(
                (&row.name, &row.key),
                &record.name,
                &record.aliases,
                row.aliases,
                |alias| names.is_taken(alias, id),
            );
            let links = std::mem::take(&mut row.links);
            row.links = links_said(record.links.as_ref(), links, &record.extra);
            overlay!(row, record: name, description, tags);
            if let Some(parent) = &record.parent {
                let domain = |key: &String| self.grouping(GroupingKind::Domain, key, &record.place);
                row.parent = parent.as_ref().and_then(domain);
            }
            if let Some(owner) = &record.owner {
                row.owner = owner.as_ref().and_then(|owner| self.owner(owner, &record.place));
            }
            set_extra(&mut row.extra, &record.extra);
            let has_ended = self.has_ended(row.date_range());
            set_dates(&record.dates, has_ended, &mut row.from, &mut row.until);
            self.put(row, &record.place);
        }
    }

    fn put_services(&mut self, records: &Records) {
        let ids = std::mem::take(&mut self.services.records);
        for (record, id) in
            records.services.iter().zip(&ids).filter_map(|(record, id)| Some((record, (*id)?)))
        {
            let mut row = self.plan.get::<Service>(id).cloned().unwrap_or_else(|| Service {
                id,
                key: record.key.clone(),
                name: record.key.clone(),
                ..Service::default()
            });
            self.define(&mut row.unconfirmed, &mut row.source, self.plan.get::<Service>(id).is_none());
            row.aliases = self.with_former(
                (&row.name, &row.key),
                &record.name,
                &record.aliases,
                row.aliases,
                |alias| self.services.is_taken(alias, id),
            );
            let links = std::mem::take(&mut row.links);
            row.links = links_said(record.links.as_ref(), links, &record.extra);
            overlay!(row, record: name, kind, lifecycle, tier, description, url, tags, objective, standalone);
            if let Some(system) = &record.system {
                let found = |key: &String| self.grouping(GroupingKind::System, key, &record.place);
                row.system = system.as_ref().and_then(found);
            }
            if let Some(domain) = &record.domain {
                let found = |key: &String| self.grouping(GroupingKind::Domain, key, &record.place);
                row.domain = domain.as_ref().and_then(found);
            }
            set_extra(&mut row.extra, &record.extra);
            let has_ended = self.has_ended(row.date_range());
            set_dates(&record.dates, has_ended, &mut row.from, &mut row.until);
            self.put(row, &record.place);
        }
    }

    /// A stub that a source defines is confirmed, and belongs to that source.
    fn define(&self, unconfirmed: &mut bool, source: &mut Option<String>, is_new: bool) {
        if is_new || std::mem::take(unconfirmed) {
            *source = self.source();
        }
    }

    /// Whether a text can be a key; reports if not.
    fn is_nameable(&mut self, kind: Kind, key: &str, place: &Place) -> bool {
        let Some(fault) = fault_of(key) else { return true };
        let message = format!("ID of the referenced {} {fault}; reference ignored", kind.noun());
        self.problems.push(Diagnostic::new(Level::Error, place.clone(), message, "use the right ID"));
        false
    }

    pub(super) fn team(&mut self, key: &str, place: &Place) -> Option<TeamId> {
        if let Some(id) = self.teams.find(key) {
            self.teams.mention(id);
            return Some(id);
        }
        self.is_nameable(Kind::Team, key, place).then_some(())?;
        let id = self.teams.stub(&mut self.draft, key, place);
        let (key, name, source) = (key.to_owned(), key.to_owned(), self.source());
        self.put(Team { id, key, name, source, unconfirmed: true, ..Team::default() }, place);
        Some(id)
    }

    pub(super) fn person(&mut self, key: &str, place: &Place) -> Option<PersonId> {
        if let Some(id) = self.people.find(key) {
            self.people.mention(id);
            return Some(id);
        }
        self.is_nameable(Kind::Person, key, place).then_some(())?;
        let id = self.people.stub(&mut self.draft, key, place);
        let (key, name, source) = (key.to_owned(), key.to_owned(), self.source());
        self.put(Person { id, key, name, source, unconfirmed: true, ..Person::default() }, place);
        Some(id)
    }

    pub(super) fn service(&mut self, key: &str, place: &Place) -> Option<ServiceId> {
        if let Some(id) = self.services.find(key) {
            self.services.mention(id);
            return Some(id);
        }
        self.is_nameable(Kind::Service, key, place).then_some(())?;
        let id = self.services.stub(&mut self.draft, key, place);
        let (key, name, source) = (key.to_owned(), key.to_owned(), self.source());
        self.put(Service { id, key, name, source, unconfirmed: true, ..Service::default() }, place);
        Some(id)
    }

    fn grouping(&mut self, kind: GroupingKind, key: &str, place: &Place) -> Option<GroupingId> {
        let names = if kind == GroupingKind::System { &mut self.systems } else { &mut self.domains };
        if let Some(id) = names.find(key) {
            names.mention(id);
            return Some(id);
        }
        if !self.is_nameable(Kind::Grouping, key, place) {
            return None;
        }
        let names = if kind == GroupingKind::System { &mut self.systems } else { &mut self.domains };
        let id = names.stub(&mut self.draft, key, place);
        let (key, name, source) = (key.to_owned(), key.to_owned(), self.source());
        self.put(Grouping { id, kind, key, name, source, unconfirmed: true, ..Grouping::default() }, place);
        Some(id)
    }

    /// The aliases after the import: those of the source or those in the plan, and the former name of what is
    /// renamed. A name that means another entity of the plan goes on meaning that one.
    fn with_former(
        &self,
        (name, key): (&str, &str),
        new: &Stated<String>,
        said: &Stated<Vec<String>>,
        present: Vec<String>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let mut aliases = match said {
            Some(said) if self.has_all_aliases => said.clone(),
            Some(said) => {
                let mut all = present;
                for alias in said {
                    if alias != key && !all.contains(alias) && !is_taken(alias) {
                        all.push(alias.clone());
                    }
                }
                all
            }
            None => present,
        };
        if let Some(new) = new
            && new != name
            && name != key
        {
            aliases.retain(|alias| alias != new);
            if !aliases.iter().any(|alias| alias == name) {
                aliases.push(name.to_owned());
            }
        }
        aliases
    }

    pub(super) fn owner(&mut self, owner: &OwnerRef, place: &Place) -> Option<Owner> {
        match owner.kind {
            OwnerKind::Team => self.team(&owner.key, place).map(Owner::Team),
            OwnerKind::Person => self.person(&owner.key, place).map(Owner::Person),
            OwnerKind::Either => match (self.teams.find(&owner.key), self.people.find(&owner.key)) {
                (None, Some(person)) => Some(Owner::Person(person)),
                _ => self.team(&owner.key, place).map(Owner::Team),
            },
        }
    }
}

/// The links after the import. A source without further attributes leaves those of a link as they are.
pub(super) fn links_said(said: Option<&Vec<Link>>, present: Vec<Link>, extra: &ExtraText) -> Vec<Link> {
    let Some(said) = said else { return present };
    let mut links = said.clone();
    if extra.is_none() {
        for link in &mut links {
            if let Some(known) = present.iter().find(|known| known.url == link.url) {
                link.extra.clone_from(&known.extra);
            }
        }
    }
    links
}
