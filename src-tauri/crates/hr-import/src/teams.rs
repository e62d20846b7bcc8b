//! The teams that rows name, each within its parents.

use headroom_files::{
    Diagnostic, Level, Place,
    records::{LEAD, MembershipRecord, Stated, TeamRecord},
};
use headroom_tabular::raw_table::RawRow;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    build::{RecordBuilder, Sources},
    field::Field,
};

/// What a row says about a team.
pub struct TeamRows {
    pub place: Place,
    pub id: Option<String>,
    /// Names from the outermost team inwards.
    pub path: Vec<String>,
    pub parent: Stated<String>,
    pub description: Stated<String>,
}

/// The teams found so far: by ID, or by name within other names.
#[derive(Default)]
pub struct Teams<'a> {
    known: Vec<KnownTeam>,
    /// By ID or path; its parts are joined by a character that no cell has.
    at: FxHashMap<String, usize>,
    /// Team, lead, and where the lead is named.
    pub leads: Vec<(String, String, usize, &'a RawRow)>,
}

struct KnownTeam {
    handle: String,
    id: Option<String>,
    name: String,
    place: Place,
    /// Handle of the parent team, if stated.
    parent: Stated<Option<String>>,
    parent_key: Option<String>,
    description: Stated<String>,
}

const BETWEEN: &str = "\u{1F}";

impl<'a> Teams<'a> {
    /// Adds a row of a table of teams. Gives a handle that [`Teams::settle`] turns into a key, or the place of a row
    /// without ID and name.
    pub fn define(&mut self, row: TeamRows) -> Result<String, Place> {
        let handle = self.meant(&row.place, row.id, row.path).ok_or_else(|| row.place.clone())?;
        let known = &mut self.known[self.at[&handle]];
        known.description = row.description;
        if let Some(parent) = row.parent {
            known.parent = Some(None);
            known.parent_key = (!parent.is_empty()).then_some(parent);
        }
        Ok(handle)
    }

    /// The handle of the team that a row refers to; it is added if it is new.
    pub fn meant(&mut self, place: &Place, id: Option<String>, mut path: Vec<String>) -> Option<String> {
        if let Some(id) = id {
            let handle = format!("{BETWEEN}{id}");
            let name = path.pop();
            let parent = self.meant(place, None, path);
            let at = self.known_at(&handle, || KnownTeam {
                handle: handle.clone(),
                name: name.clone().unwrap_or_else(|| id.clone()),
                id: Some(id.clone()),
                place: place.clone(),
                parent: None,
                parent_key: None,
                description: None,
            });
            let known = &mut self.known[at];
            if let Some(name) = name.filter(|_| known.name == id) {
                known.name = name;
            }
            if parent.is_some() && known.parent.is_none() {
                known.parent = Some(parent);
            }
            return Some(handle);
        }
        let handle = path.join(BETWEEN);
        let name = path.pop()?;
        let has_path = !path.is_empty();
        let parent = self.meant(place, None, path);
        self.known_at(&handle, || KnownTeam {
            handle: handle.clone(),
            id: None,
            name,
            place: place.clone(),
            parent: has_path.then_some(parent),
            parent_key: None,
            description: None,
        });
        Some(handle)
    }

    fn known_at(&mut self, handle: &str, make: impl FnOnce() -> KnownTeam) -> usize {
        if let Some(at) = self.at.get(handle) {
            return *at;
        }
        self.at.insert(handle.to_owned(), self.known.len());
        self.known.push(make());
        self.known.len() - 1
    }

    /// The records, and the key of each handle. A name that occurs within two teams gets their names into its key.
    pub fn settle(&self) -> (Vec<TeamRecord>, FxHashMap<String, String>) {
        let mut count: FxHashMap<String, usize> = FxHashMap::default();
        for team in self.known.iter().filter(|team| team.id.is_none()) {
            *count.entry(team.name.to_lowercase()).or_default() += 1;
        }
        let ids: FxHashSet<&str> = self.known.iter().filter_map(|team| team.id.as_deref()).collect();
        let key = |team: &KnownTeam| match &team.id {
            Some(id) => id.clone(),
            None if count[&team.name.to_lowercase()] > 1 || ids.contains(team.name.as_str()) => {
                team.handle.replace(BETWEEN, " / ")
            }
            None => team.name.clone(),
        };
        let keys: FxHashMap<String, String> =
            self.known.iter().map(|team| (team.handle.clone(), key(team))).collect();
        let record = |team: &KnownTeam| {
            let parent = match (&team.parent_key, &team.parent) {
                (Some(named), _) => Some(Some(self.key_named(named, &keys))),
                (None, parent) => {
                    parent.as_ref().map(|parent| parent.as_ref().and_then(|handle| keys.get(handle).cloned()))
                }
            };
            TeamRecord {
                place: team.place.clone(),
                key: keys[&team.handle].clone(),
                name: Some(team.name.clone()),
                parent,
                description: team.description.clone(),
                ..TeamRecord::default()
            }
        };
        (self.known.iter().map(record).collect(), keys)
    }

    /// The key of a parent team by its ID or name.
    fn key_named(&self, named: &str, keys: &FxHashMap<String, String>) -> String {
        let found = self.known.iter().find(|team| team.id.as_deref() == Some(named) || team.name == named);
        found.map_or_else(|| named.to_owned(), |team| keys[&team.handle].clone())
    }
}

impl<'a> RecordBuilder<'a> {
    pub fn team(&mut self, reader: usize, row: &'a RawRow) {
        let sources = self.sources(reader, row);
        let said = TeamRows {
            place: self.readers[reader].place(row),
            id: self.filled(&sources, Field::TeamId),
            path: self.path(&sources),
            parent: self.text(&sources, Field::TeamParent),
            description: self.text(&sources, Field::Description),
        };
        let lead = self.filled(&sources, Field::TeamLead);
        match self.teams.define(said) {
            Ok(team) => {
                if let Some(lead) = lead {
                    self.teams.leads.push((team, lead, reader, row));
                }
            }
            Err(place) => {
                let message = "team has no ID or name; skipped";
                self.made.notes.push(Diagnostic::new(Level::Error, place, message, "fill in one of them"));
            }
        }
    }

    /// Names of the teams from the outermost inwards.
    pub fn path(&mut self, sources: &Sources<'a>) -> Vec<String> {
        let mut path: Vec<String> = Vec::new();
        for field in [Field::Organisation, Field::Division, Field::Department, Field::Team] {
            if let Some(name) = self.filled(sources, field)
                && path.last() != Some(&name)
            {
                path.push(name);
            }
        }
        path
    }

    /// Adds the memberships of team leads.
    pub fn lead_teams(&mut self, keys: &FxHashMap<String, String>) {
        let mut by_name: FxHashMap<String, &str> = FxHashMap::default();
        for person in &self.made.records.people {
            by_name.insert(person.key.to_lowercase(), &person.key);
            by_name.extend(person.email.iter().map(|email| (email.clone(), person.key.as_str())));
        }
        for (team, said, reader, row) in std::mem::take(&mut self.teams.leads) {
            let Some(team) = keys.get(&team) else { continue };
            let Some(person) = by_name.get(&said.to_lowercase()) else {
                let why = "no one in these files has this ID or email".to_owned();
                self.readers[reader].doubt_of(
                    row,
                    Field::TeamLead,
                    Level::Warning,
                    None,
                    why,
                    "add the person, or correct the value",
                );
                continue;
            };
            let records = &mut self.made.records.memberships;
            match records.iter_mut().find(|record| record.person == *person && record.team == *team) {
                Some(record) => record.role = Some(LEAD.to_owned()),
                None => records.push(MembershipRecord::new(
                    self.readers[reader].place(row),
                    person,
                    team,
                    Some(LEAD.to_owned()),
                )),
            }
        }
    }
}
