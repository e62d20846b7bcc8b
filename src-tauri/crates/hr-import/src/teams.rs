//! The teams that rows name, each within its parents.

use headroom_files::{
    Diagnostic, Level,
    records::{LEAD, MembershipRecord},
};
use headroom_tabular::raw_table::RawRow;
use rustc_hash::FxHashMap;

use super::{builder::RecordBuilder, employment_row::Sources, field::Field, team_register::TeamRows};

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
