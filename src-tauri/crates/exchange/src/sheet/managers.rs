//! Whom each seat reports to: found by position, id, e-mail or name among the rows, or left to what the plan knows.

use rustc_hash::FxHashMap;

use super::{doubt::quoted, field::Field, grid::GridRow, make::Maker};
use crate::{
    problem::{Level, Place},
    records::{ManagerRef, PositionRecord},
};

/// A seat, and by what others may name it or whoever is in it.
pub struct Seated<'a> {
    pub position: PositionRecord,
    pub id: Option<String>,
    pub email: Option<String>,
    pub name: String,
    pub requisition: Option<String>,
    pub above: Option<Above<'a>>,
    pub place: Place,
}

/// Whom a row names as the manager; nobody when its cells are empty.
pub struct Above<'a> {
    pub field: Field,
    pub said: Option<String>,
    /// What other columns say of the manager.
    pub others: Vec<(Field, String)>,
    pub reader: usize,
    pub row: &'a GridRow,
}

/// Seats by every name. Several may share a person's name.
#[derive(Default)]
struct Names {
    positions: Spelled,
    ids: Spelled,
    emails: Spelled,
    names: FxHashMap<String, Vec<usize>>,
}

/// Seats by something that is spelled one way, most of the time: as it stands, and without regard to capitals.
#[derive(Default)]
struct Spelled {
    exact: FxHashMap<String, Vec<usize>>,
    folded: FxHashMap<String, Vec<usize>>,
}

impl Spelled {
    fn add(&mut self, text: &str, seat: usize) {
        self.exact.entry(text.to_owned()).or_default().push(seat);
        self.folded.entry(text.to_lowercase()).or_default().push(seat);
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
    /// One that differs in capitals.
    Alike(usize),
    /// Several people of that name.
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
    fn of(seats: &[Seated<'_>]) -> Self {
        let mut names = Self::default();
        for (at, seat) in seats.iter().enumerate() {
            names.positions.add(&seat.position.key, at);
            if let Some(requisition) = seat.requisition.as_ref().filter(|own| **own != seat.position.key) {
                names.positions.add(requisition, at);
            }
            if let Some(id) = &seat.id {
                names.ids.add(id, at);
            }
            if let Some(email) = &seat.email {
                names.emails.add(email, at);
            }
            if !seat.name.is_empty() {
                names.names.entry(folded(&seat.name)).or_default().push(at);
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
}

/// `Lovelace, Ada` and `ada  lovelace` are one name.
fn folded(name: &str) -> String {
    let turned = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    turned.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl<'a> Maker<'a> {
    /// Whom the row names as the manager, the surest name first.
    pub fn above(&mut self, reader: usize, row: &'a GridRow) -> Option<Above<'a>> {
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
        if said.is_empty() {
            let has_any = fields.iter().any(|field| own.has(*field));
            let nobody = Above { field: Field::Manager, said: None, others: Vec::new(), reader, row };
            return has_any.then_some(nobody);
        }
        let (field, first) = said.remove(0);
        Some(Above { field, said: Some(first), others: said, reader, row })
    }

    /// Who differs in capitals is the manager, and told; the id of a post that does is no post's.
    fn told_if_alike(&mut self, found: Found, said: &str, above: &Above<'_>) -> Found {
        let Found::Alike(seat) = found else { return found };
        let is_post = above.field == Field::ManagerPosition;
        let own = &self.seats[seat];
        let spelled =
            if is_post { Some(&own.position.key) } else { own.id.as_ref() }.unwrap_or(&own.position.key);
        let (why, advice) = (
            format!(
                "there is no {} {}, only {}",
                if is_post { "position" } else { "id" },
                quoted(said),
                quoted(spelled)
            ),
            "write it with the same capitals",
        );
        let (level, taken) =
            if is_post { (Level::Warning, None) } else { (Level::Note, Some(spelled.clone())) };
        self.readers[above.reader].doubt_of(above.row, above.field, level, taken, why, advice);
        if is_post { Found::Alike(seat) } else { Found::Seat(seat) }
    }

    /// Tells where two columns name two managers.
    fn tell_of_others(&mut self, names: &Names, found: usize, above: &Above<'_>) {
        for (field, said) in &above.others {
            let is_other = matches!(names.find(*field, said), Found::Seat(other) | Found::Alike(other) if other != found);
            if !is_other {
                continue;
            }
            let taken = above.said.clone();
            let why = format!("is somebody else than the manager by “{}”", above.field.title());
            let advice = "let both name the same manager";
            self.readers[above.reader].doubt_of(above.row, *field, Level::Warning, taken, why, advice);
        }
    }

    pub fn resolve_managers(&mut self) {
        let names = Names::of(&self.seats);
        for at in 0..self.seats.len() {
            let Some(above) = self.seats[at].above.take() else { continue };
            let Some(said) = &above.said else {
                self.seats[at].position.manager = Some(None);
                continue;
            };
            let manager = match self.told_if_alike(names.find(above.field, said), said, &above) {
                Found::Seat(found) if found == at => {
                    let why = "is the row itself".to_owned();
                    let advice = "name somebody else, or leave it empty";
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
                        Field::ManagerId | Field::ManagerPosition => "id",
                        _ if said.contains('@') => "e-mail",
                        _ => "name",
                    };
                    let why = format!("is the {noun} of {}: {}", several.len(), candidates.join(" and "));
                    let advice = "write what only the one that is meant has: an id, an e-mail or a name";
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
                // Ids of posts are as they are spelled.
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

    /// Somebody among several of one name, for a message.
    fn candidate(&self, seat: usize, beside: &Place) -> String {
        let seat = &self.seats[seat];
        let by = seat.id.as_deref().or(seat.email.as_deref()).unwrap_or(&seat.position.key);
        format!("{} ({})", quoted(by), seat.place.beside(beside))
    }
}
