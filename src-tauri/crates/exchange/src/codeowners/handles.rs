use headroom_model::{Owner, Person, PersonId, Snapshot, Team};
use rustc_hash::FxHashMap;

use super::{Codeowners, read::owner_of};
use crate::{known::Known, records::OwnerKind};

/// Who the names in a CODEOWNERS file are in the plan, and what the plan's owners are called in the file.
pub struct Handles<'a> {
    snapshot: &'a Snapshot,
    teams: Known<Team>,
    people: Known<Person>,
    by_email: FxHashMap<String, PersonId>,
    /// As the file has them.
    spelled: FxHashMap<Owner, String>,
    /// Before the names of teams, when all have the same.
    organisation: Option<String>,
}

impl<'a> Handles<'a> {
    /// `file` is the one to write into, where there is one.
    pub fn new(snapshot: &'a Snapshot, file: Option<&Codeowners>, organisation: Option<&str>) -> Self {
        let plan = snapshot.plan();
        let email = |row: &Person| (!row.email.is_empty()).then(|| (row.email.to_lowercase(), row.id));
        let mut handles = Self {
            snapshot,
            teams: Known::new(plan, ""),
            people: Known::new(plan, ""),
            by_email: plan.people.iter().filter_map(email).collect(),
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
            let of_plan = plan.teams.iter().filter_map(|team| team.key.split_once('/')).map(|(org, _)| org);
            let of_file = of_file.iter().filter_map(|handle| handle.strip_prefix('@')?.split_once('/'));
            handles.organisation = the_only(of_file.map(|(org, _)| org)).or_else(|| the_only(of_plan));
        }
        handles
    }

    pub fn find(&self, handle: &str) -> Option<Owner> {
        let (kind, name) = owner_of(handle);
        let team = |name: &str| self.teams.find(name).map(Owner::Team);
        match kind {
            // The plan may know the team without its organisation.
            OwnerKind::Team => team(name).or_else(|| team(name.rsplit('/').next()?)),
            _ => {
                let by_email = || self.by_email.get(&name.to_lowercase()).copied();
                let person = self.people.find(name).or_else(by_email).map(Owner::Person);
                // GitLab has no organisation before the name of a group.
                person.or_else(|| handle.strip_prefix('@').and_then(team))
            }
        }
    }

    /// What the file calls an owner; else what its key makes of it.
    ///
    /// # Errors
    /// Why it has no name in such a file.
    pub fn spell(&self, owner: Owner) -> Result<String, String> {
        if let Some(spelled) = self.spelled.get(&owner) {
            return Ok(spelled.clone());
        }
        let plan = self.snapshot.plan();
        let key = plan.key_of(owner.into());
        let is_plain =
            !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
        match (owner, &self.organisation) {
            (Owner::Team(_), _) if is_plain && key.contains('/') => Ok(format!("@{key}")),
            (Owner::Team(_), Some(organisation)) if is_plain => Ok(format!("@{organisation}/{key}")),
            (Owner::Team(_), None) if is_plain => {
                Err(format!("of which organisation the team {key} is, is not known"))
            }
            (Owner::Person(_), _) if is_plain => Ok(format!("@{key}")),
            (Owner::Person(id), _) => {
                let email = plan.people.get(id).map_or("", |person| person.email.as_str());
                let address = [key, email].into_iter().find(|text| is_address(text));
                address.map(str::to_owned).ok_or_else(|| format!("“{key}” is no name for a person there"))
            }
            (Owner::Team(_), _) => Err(format!("“{key}” is no name for a team there")),
        }
    }
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.starts_with('@') && !text.contains(char::is_whitespace)
}

fn the_only<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = names.next()?;
    names.all(|name| name.eq_ignore_ascii_case(first)).then(|| first.to_owned())
}
