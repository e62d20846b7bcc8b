//! Resolves managers: by position ID, person ID, email or name among the rows, otherwise left to the comparison with
//! the plan.

use headroom_files::{Level, Place, quoted, records::ManagerRef};
use headroom_tabular::{
    cell::name::{CleanName, bare, folded},
    raw_table::RawRow,
};
use rustc_hash::FxHashMap;

use super::{
    builder::RecordBuilder,
    field::Field,
    manager_candidate::{ManagerCandidate, ManagerCell},
};

/// Words in place of a manager for those who have none.
const NOBODY: [&str; 6] =
    ["no manager", "no supervisor", "not applicable", "self", "unassigned", "not assigned"];

/// Indexes of positions by every kind of name. Several people may share a name.
#[derive(Default)]
struct Names {
    positions: Spelled,
    ids: Spelled,
    emails: Spelled,
    names: FxHashMap<String, Vec<usize>>,
    /// By names without titles, brackets and the like.
    bare: FxHashMap<String, Vec<usize>>,
}

/// Positions by an identifier: as it is spelled, and in any case.
#[derive(Default)]
struct Spelled {
    exact: FxHashMap<String, Vec<usize>>,
    folded: FxHashMap<String, Vec<usize>>,
}

impl Spelled {
    fn add(&mut self, text: &str, seat: usize) {
        put(&mut self.exact, text.to_owned(), seat);
        put(&mut self.folded, text.to_lowercase(), seat);
    }

    fn find(&self, text: &str) -> Found {
        Found::of(self.exact.get(text).map(Vec::as_slice)).or_else(|| match self.folded(text) {
            Found::Seat(one) => Found::Alike(one),
            other => other,
        })
    }

    fn folded(&self, text: &str) -> Found {
        Found::of(self.folded.get(&text.to_lowercase()).map(Vec::as_slice))
    }
}

enum Found {
    Seat(usize),
    /// One that differs in case.
    Alike(usize),
    /// Several people with that name.
    Several(Vec<usize>),
    None,
}

impl Found {
    fn of(seats: Option<&[usize]>) -> Self {
        match seats {
            None | Some([]) => Found::None,
            Some([one]) => Found::Seat(*one),
            Some(several) => Found::Several(several.to_vec()),
        }
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Found::None) { other() } else { self }
    }
}

impl Names {
    fn of(seats: &[ManagerCandidate<'_>]) -> Self {
        let mut names = Self::default();
        // A person is found in their main position.
        let main: FxHashMap<&str, usize> = seats
            .iter()
            .enumerate()
            .filter_map(|(at, seat)| {
                seat.person.as_ref().filter(|(_, is_main)| *is_main).map(|own| (own.0.as_str(), at))
            })
            .collect();
        for (at, seat) in seats.iter().enumerate() {
            names.positions.add(&seat.position.key, at);
            if let Some(requisition) = seat.requisition.as_ref().filter(|own| **own != seat.position.key) {
                names.positions.add(requisition, at);
            }
            let at = seat.person.as_ref().and_then(|(key, _)| main.get(key.as_str())).copied().unwrap_or(at);
            if let Some(id) = &seat.id {
                names.ids.add(id, at);
            }
            if let Some(email) = &seat.email {
                names.emails.add(email, at);
            }
            if !seat.name.is_empty() {
                put(&mut names.names, folded(&seat.name), at);
                put(&mut names.bare, in_any_order(&seat.name), at);
            }
        }
        names
    }

    fn find(&self, field: Field, said: &str) -> Found {
        match field {
            Field::ManagerPosition => self.positions.find(said),
            Field::ManagerId => self.ids.find(said),
            Field::ManagerEmail => self.emails.folded(said),
            Field::ManagerName => self.by_name(said),
            _ => self
                .emails
                .folded(said)
                .or_else(|| self.ids.find(said))
                .or_else(|| self.positions.find(said))
                .or_else(|| self.by_name(said)),
        }
    }

    fn by_name(&self, said: &str) -> Found {
        Found::of(self.names.get(&folded(said)).map(Vec::as_slice))
    }

    /// By ID or email beside the name, otherwise by the name without it.
    fn decorated(&self, named: &CleanName) -> Found {
        let by =
            |text: &Option<String>, find: &dyn Fn(&str) -> Found| text.as_deref().map_or(Found::None, find);
        by(&named.id, &|id| self.ids.find(id))
            .or_else(|| by(&named.email, &|email| self.emails.folded(email)))
            .or_else(|| by(&named.id, &|id| self.positions.find(id)))
            .or_else(|| self.by_name(&named.name))
    }

    /// By the name without titles, brackets and the like.
    fn by_bare_name(&self, named: &CleanName) -> Found {
        Found::of(self.bare.get(&in_any_order(&named.name)).map(Vec::as_slice))
    }
}

/// The words of a name in a fixed order.
fn in_any_order(name: &str) -> String {
    let bare = bare(name);
    let mut words: Vec<&str> = bare.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

fn put(names: &mut FxHashMap<String, Vec<usize>>, name: String, seat: usize) {
    let own = names.entry(name).or_default();
    if !own.contains(&seat) {
        own.push(seat);
    }
}

/// The first of several names in a cell: `Ada Okafor; Bo Lind`.
fn first_of_several(said: &str) -> Option<&str> {
    let is_name = |text: &str| text.trim().contains(' ') || text.contains('@');
    let of_marks = said.split_once([';', '\n', '&', '|']).map(|(first, _)| first);
    let of_comma = || {
        said.split_once(',').filter(|(first, rest)| is_name(first) && is_name(rest)).map(|(first, _)| first)
    };
    of_marks.or_else(of_comma).map(str::trim).filter(|first| !first.is_empty())
}

impl<'a> RecordBuilder<'a> {
    /// The manager that the row names, by the most reliable identifier first.
    pub fn above(&mut self, reader: usize, row: &'a RawRow) -> Option<ManagerCell<'a>> {
        let fields = [
            Field::ManagerPosition,
            Field::ManagerId,
            Field::ManagerEmail,
            Field::ManagerName,
            Field::Manager,
        ];
        let own = &mut self.readers[reader];
        let mut said: Vec<(Field, String)> =
            fields.iter().filter_map(|field| Some((*field, own.filled(row, *field)?))).collect();
        said.retain(|(_, text)| !NOBODY.contains(&text.to_lowercase().replace('_', " ").as_str()));
        if said.is_empty() {
            let has_any = fields.iter().any(|field| own.has(*field));
            let nobody = ManagerCell { field: Field::Manager, said: None, others: Vec::new(), reader, row };
            return has_any.then_some(nobody);
        }
        let (field, first) = said.remove(0);
        Some(ManagerCell { field, said: Some(first), others: said, reader, row })
    }

    /// A person whose ID differs only in case is the manager, with a warning; a position whose ID does is not.
    fn told_if_alike(&mut self, found: Found, said: &str, above: &ManagerCell<'_>) -> Found {
        let Found::Alike(seat) = found else { return found };
        let is_post = above.field == Field::ManagerPosition;
        let own = &self.seats[seat];
        let spelled =
            if is_post { Some(&own.position.key) } else { own.id.as_ref() }.unwrap_or(&own.position.key);
        let (why, advice) = (
            format!(
                "no {} {}, only {}",
                if is_post { "position" } else { "ID" },
                quoted(said),
                quoted(spelled)
            ),
            "use the same capitals",
        );
        let (level, taken) =
            if is_post { (Level::Warning, None) } else { (Level::Note, Some(spelled.clone())) };
        self.readers[above.reader].doubt_of(above.row, above.field, level, taken, why, advice);
        if is_post { Found::Alike(seat) } else { Found::Seat(seat) }
    }

    /// Warns if two columns name two managers.
    fn tell_of_others(&mut self, names: &Names, found: usize, above: &ManagerCell<'_>) {
        for (field, said) in &above.others {
            let is_other = matches!(names.find(*field, said), Found::Seat(other) | Found::Alike(other) if other != found);
            if !is_other {
                continue;
            }
            let taken = above.said.clone();
            let why = format!("differs from the manager in “{}”", above.field.title());
            let advice = "name the same manager in both";
            self.readers[above.reader].doubt_of(above.row, *field, Level::Warning, taken, why, advice);
        }
    }

    /// Finds whom a cell names, with or without what is around the name. Reservations are reported.
    fn find_manager(&mut self, names: &Names, said: &str, above: &ManagerCell<'_>) -> Found {
        let found = names.find(above.field, said);
        if !matches!(found, Found::None) || above.field == Field::ManagerPosition {
            return found;
        }
        let named = CleanName::of(said);
        let found = names.decorated(&named).or_else(|| self.beside_name(names, said));
        if let Found::Seat(seat) = found {
            self.tell_unknown_id(names, &named, seat, above);
        }
        if let Found::Seat(seat) = found {
            let is_other = !named.name.is_empty() && bare(&named.name) != bare(&self.seats[seat].name);
            if is_other && !self.seats[seat].name.is_empty() {
                let why =
                    format!("the ID or email belongs to someone else, {}", quoted(&self.seats[seat].name));
                self.tell_taken(seat, Level::Warning, why, above);
            }
        }
        let found = found.or_else(|| {
            let found = names.by_bare_name(&named);
            if let Found::Seat(seat) = found
                && !self.tell_unknown_id(names, &named, seat, above)
            {
                self.tell_taken(
                    seat,
                    Level::Note,
                    "spelled differently in the person’s own row".to_owned(),
                    above,
                );
            }
            found
        });
        found.or_else(|| {
            let Some(first) = first_of_several(said) else { return Found::None };
            let named = CleanName::of(first);
            let found = names.find(above.field, first).or_else(|| names.decorated(&named));
            let found = found.or_else(|| names.by_bare_name(&named));
            if let Found::Seat(seat) = found {
                self.tell_taken(
                    seat,
                    Level::Warning,
                    "names several people; the first was used".to_owned(),
                    above,
                );
            }
            found
        })
    }

    /// Warns about an ID or email beside a name that is not that of the person found by the name.
    fn tell_unknown_id(
        &mut self,
        names: &Names,
        named: &CleanName,
        seat: usize,
        above: &ManagerCell<'_>,
    ) -> bool {
        let own = &self.seats[seat];
        let is_other = |said: &Option<String>, own: &Option<String>| {
            said.as_ref()
                .zip(own.as_ref())
                .is_some_and(|(said, own)| said.to_lowercase() != own.to_lowercase())
        };
        let has_other_id = is_other(&named.id, &own.id)
            && named.id.as_ref().is_some_and(|id| matches!(names.positions.find(id), Found::None));
        // If one of the two is theirs, the other needs no warning.
        let has_own_id = named.id.is_some() && !is_other(&named.id, &own.id) && own.id.is_some();
        let why = match (has_other_id, is_other(&named.email, &own.email) && !has_own_id) {
            (true, _) => "ID differs from the person’s own row",
            (false, true) => "email differs from the person’s own row",
            (false, false) => return false,
        };
        let why = format!("{why}; {} was matched by name", quoted(&self.seats[seat].name));
        self.tell_taken(seat, Level::Warning, why, above);
        true
    }

    /// A name with an ID before or after it and nothing between: `Ada Okafor E1`.
    fn beside_name(&self, names: &Names, said: &str) -> Found {
        let parts = [said.trim().rsplit_once(' '), said.trim().split_once(' ').map(|(id, name)| (name, id))];
        for (name, id) in parts.into_iter().flatten() {
            if let Found::Seat(seat) = Found::of(names.ids.exact.get(id).map(Vec::as_slice))
                && bare(&self.seats[seat].name) == bare(name)
            {
                return Found::Seat(seat);
            }
        }
        Found::None
    }

    fn tell_taken(&mut self, seat: usize, level: Level, why: String, above: &ManagerCell<'_>) {
        let own = &self.seats[seat];
        let taken =
            Some(own.id.clone().or_else(|| own.email.clone()).unwrap_or_else(|| own.position.key.clone()));
        let advice = "if it is someone else, write it as in their row";
        self.readers[above.reader].doubt_of(above.row, above.field, level, taken, why, advice);
    }

    pub fn resolve_managers(&mut self) {
        let names = Names::of(&self.seats);
        for at in 0..self.seats.len() {
            let Some(above) = self.seats[at].above.take() else { continue };
            let Some(said) = &above.said else {
                self.seats[at].position.manager = Some(None);
                continue;
            };
            let found = self.find_manager(&names, said, &above);
            let manager = match self.told_if_alike(found, said, &above) {
                Found::Seat(found) if found == at => {
                    let why = "a person can’t report to themselves".to_owned();
                    let advice = "name someone else, or leave it empty";
                    self.readers[above.reader].doubt_of(
                        above.row,
                        above.field,
                        Level::Error,
                        None,
                        why,
                        advice,
                    );
                    Some(None)
                }
                Found::Seat(found) => {
                    self.tell_of_others(&names, found, &above);
                    Some(Some(ManagerRef::Position(self.seats[found].position.key.clone())))
                }
                Found::Several(several) => {
                    let own = self.seats[at].place.clone();
                    let candidates: Vec<String> =
                        several.iter().map(|seat| self.candidate(*seat, &own)).collect();
                    let noun = match above.field {
                        Field::ManagerId | Field::ManagerPosition => "ID",
                        _ if said.contains('@') => "email",
                        _ => "name",
                    };
                    let why =
                        format!("ambiguous {noun}, {} matches: {}", several.len(), candidates.join(" and "));
                    let advice = "use an ID, email or name that only one of them has";
                    self.readers[above.reader].doubt_of(
                        above.row,
                        above.field,
                        Level::Error,
                        None,
                        why,
                        advice,
                    );
                    None
                }
                // IDs of positions are case-sensitive.
                Found::Alike(_) => None,
                Found::None => Some(Some(match above.field {
                    Field::ManagerPosition => ManagerRef::Position(said.clone()),
                    _ => ManagerRef::Person(said.clone()),
                })),
            };
            self.seats[at].position.manager = manager;
            let column = self.readers[above.reader].cell(above.row, above.field).map(|(column, _)| column.at);
            self.seats[at].position.manager_place =
                column.map(|column| self.readers[above.reader].table.grid.place(above.row.line, column));
        }
    }

    /// One of several people with the same name, for a message.
    fn candidate(&self, seat: usize, beside: &Place) -> String {
        let seat = &self.seats[seat];
        let by = seat.id.as_deref().or(seat.email.as_deref()).unwrap_or(&seat.position.key);
        format!("{} ({})", quoted(by), seat.place.beside(beside))
    }
}
