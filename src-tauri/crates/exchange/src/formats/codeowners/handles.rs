//! Maps names in CODEOWNERS files to owners in the plan, and back.

use std::collections::BTreeSet;

use headroom_files::records::OwnerKind;
use headroom_model::{Owner, Person, PersonId, Snapshot, Team, TeamId};
use rustc_hash::FxHashMap;

use super::{
    dialect::Dialect,
    handle::{is_role, words},
    read::owner_of,
    rules::Codeowners,
};
use crate::known_entities::KnownEntities;

/// Who the names of a file are in the plan, and how the file spells the plan's owners.
pub struct Handles<'a> {
    dialect: Dialect,
    snapshot: &'a Snapshot,
    teams: KnownEntities<Team>,
    people: KnownEntities<Person>,
    by_email: FxHashMap<String, PersonId>,
    /// As the file spells them.
    spelled: FxHashMap<Owner, String>,
    /// The organisation of the teams, if all have the same.
    organisation: Option<String>,
}

impl<'a> Handles<'a> {
    /// `file` is the file to be changed, if there is one.
    pub fn new(
        snapshot: &'a Snapshot,
        dialect: Dialect,
        file: Option<&Codeowners>,
        organisation: Option<&str>,
    ) -> Self {
        let plan = snapshot.plan();
        let email = |row: &Person| (!row.email.is_empty()).then(|| (row.email.to_lowercase(), row.id));
        let mut handles = Self {
            dialect,
            snapshot,
            teams: KnownEntities::new(plan, ""),
            people: KnownEntities::new(plan, ""),
            // An address of several people is that of the first.
            by_email: plan.in_order::<Person>().into_iter().rev().filter_map(email).collect(),
            spelled: FxHashMap::default(),
            organisation: organisation.map(|name| name.trim_start_matches('@').to_owned()),
        };
        let of_file: Vec<&String> =
            file.iter().flat_map(|file| &file.rules).flat_map(|rule| &rule.owners).collect();
        for handle in &of_file {
            if let Some(owner) = handles.find(handle) {
                handles.spelled.entry(owner).or_insert_with(|| (*handle).clone());
            }
        }
        if handles.organisation.is_none() {
            let of_plan = plan.teams.iter().filter_map(|team| team.key.rsplit_once('/')).map(|(org, _)| org);
            let of_file = of_file.iter().filter_map(|handle| handle.strip_prefix('@')?.rsplit_once('/'));
            handles.organisation = the_only(of_file.map(|(org, _)| org)).or_else(|| the_only(of_plan));
        }
        handles
    }

    pub fn find(&self, handle: &str) -> Option<Owner> {
        if is_role(handle) {
            return None;
        }
        let (kind, name) = owner_of(handle);
        let team = |name: &str| self.teams.find(name).map(Owner::Team);
        match kind {
            // The plan may know the team without its organisation.
            OwnerKind::Team => team(name).or_else(|| team(name.rsplit('/').next()?)),
            _ => {
                let by_email = || self.by_email.get(&name.to_lowercase()).copied();
                let person = self.people.find(name).or_else(by_email).map(Owner::Person);
                // Groups of GitLab have no organisation before their name.
                person.or_else(|| handle.strip_prefix('@').and_then(team))
            }
        }
    }

    /// How the file spells an owner, otherwise the handle that the key gives. A team whose organisation is unknown is
    /// written as its members.
    ///
    /// # Errors
    /// Why the owner has no name in such a file.
    pub fn spell(&self, owner: Owner) -> Result<Spelled, String> {
        if let Some(spelled) = self.spelled.get(&owner) {
            return Ok(Spelled::of(spelled.clone()));
        }
        match owner {
            Owner::Person(id) => self.person(id).map(Spelled::of),
            Owner::Team(id) => self.team(id),
        }
    }

    fn person(&self, id: PersonId) -> Result<String, String> {
        let plan = self.snapshot.plan();
        let key = plan.key_of(id.into());
        let email = plan.people.get(id).map_or("", |person| person.email.as_str());
        let spelled = self.spelled.get(&Owner::Person(id)).cloned();
        let is_plain = |key: &str| !key.contains('/');
        let name = || is_plain(key).then(|| format!("@{key}")).filter(|name| self.is_name(name));
        let address = || [key, email].into_iter().find(|text| self.is_name(text)).map(str::to_owned);
        spelled.or_else(name).or_else(address).ok_or_else(|| {
            format!("“{key}” is not a valid {} user name, and there is no email address", self.dialect.name())
        })
    }

    fn team(&self, id: TeamId) -> Result<Spelled, String> {
        let key = self.snapshot.plan().key_of(id.into());
        let name = match &self.organisation {
            _ if key.contains('/') => format!("@{key}"),
            Some(organisation) => format!("@{organisation}/{key}"),
            None => {
                return self.members(id, &format!("the organisation of team {key} is unknown"));
            }
        };
        if self.is_name(&name) {
            return Ok(Spelled::of(name));
        }
        self.members(id, &format!("“{key}” is not a valid team name"))
    }

    /// The team's members on the day, in place of the team.
    fn members(&self, id: TeamId, why: &str) -> Result<Spelled, String> {
        let snapshot = self.snapshot;
        let members = snapshot.team_ix(id).into_iter().flat_map(|at| snapshot.members(at));
        let names: BTreeSet<String> = members.filter_map(|member| self.person(member.person).ok()).collect();
        if names.is_empty() {
            return Err(why.to_owned());
        }
        let count = names.len();
        let names = names.into_iter().collect();
        Ok(Spelled { names, note: Some(format!("{why}; wrote its members instead ({count})")) })
    }

    /// Whether it would be read as exactly this name.
    fn is_name(&self, name: &str) -> bool {
        let words = words(name, 0, self.dialect);
        matches!(words.as_slice(), [word] if word.owners.len() == 1 && word.owners[0] == name)
    }
}

/// The names that stand for an owner in a file.
pub struct Spelled {
    pub names: Vec<String>,
    /// What the user should know about them.
    pub note: Option<String>,
}

impl Spelled {
    fn of(name: String) -> Self {
        Self { names: vec![name], note: None }
    }
}

fn the_only<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = names.next()?;
    names.all(|name| name.eq_ignore_ascii_case(first)).then(|| first.to_owned())
}
