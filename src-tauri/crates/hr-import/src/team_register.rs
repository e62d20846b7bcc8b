//! The teams found so far, and the key of each.

use headroom_files::{
    Place,
    records::{Stated, TeamRecord},
};
use headroom_tabular::raw_table::RawRow;
use rustc_hash::{FxHashMap, FxHashSet};

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
