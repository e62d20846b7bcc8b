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
    pub reader: usize,
    pub row: &'a GridRow,
}

/// Seats by every name. Several may share a person's name.
#[derive(Default)]
struct Names {
    positions: FxHashMap<String, usize>,
    ids: FxHashMap<String, usize>,
    emails: FxHashMap<String, usize>,
    names: FxHashMap<String, Vec<usize>>,
}

enum Found {
    Seat(usize),
    /// Several people of that name.
    Several(Vec<usize>),
    None,
}

impl Names {
    fn of(seats: &[Seated<'_>]) -> Self {
        let mut names = Self::default();
        for (at, seat) in seats.iter().enumerate() {
            names.positions.entry(seat.position.key.to_lowercase()).or_insert(at);
            if let Some(requisition) = &seat.requisition {
                names.positions.entry(requisition.to_lowercase()).or_insert(at);
            }
            if let Some(id) = &seat.id {
                names.ids.entry(id.to_lowercase()).or_insert(at);
            }
            if let Some(email) = &seat.email {
                names.emails.entry(email.clone()).or_insert(at);
            }
            if !seat.name.is_empty() {
                names.names.entry(folded(&seat.name)).or_default().push(at);
            }
        }
        names
    }

    fn find(&self, field: Field, said: &str) -> Found {
        let lower = said.to_lowercase();
        let one = |at: Option<&usize>| at.map_or(Found::None, |at| Found::Seat(*at));
        match field {
            Field::ManagerPosition => one(self.positions.get(&lower)),
            Field::ManagerId => one(self.ids.get(&lower)),
            Field::ManagerEmail => one(self.emails.get(&lower)),
            Field::ManagerName => self.by_name(said),
            _ => match self
                .emails
                .get(&lower)
                .or_else(|| self.ids.get(&lower))
                .or_else(|| self.positions.get(&lower))
            {
                Some(at) => Found::Seat(*at),
                None => self.by_name(said),
            },
        }
    }

    fn by_name(&self, said: &str) -> Found {
        match self.names.get(&folded(said)).map(Vec::as_slice) {
            None | Some([]) => Found::None,
            Some([one]) => Found::Seat(*one),
            Some(several) => Found::Several(several.to_vec()),
        }
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
        let mut has_any = false;
        for field in fields {
            has_any |= own.has(field);
            if let Some(said) = own.filled(row, field) {
                return Some(Above { field, said: Some(said), reader, row });
            }
        }
        has_any.then_some(Above { field: Field::Manager, said: None, reader, row })
    }

    pub fn resolve_managers(&mut self) {
        let names = Names::of(&self.seats);
        for at in 0..self.seats.len() {
            let Some(above) = self.seats[at].above.take() else { continue };
            let Some(said) = &above.said else {
                self.seats[at].position.manager = Some(None);
                continue;
            };
            let manager = match names.find(above.field, said) {
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
                    Some(Some(ManagerRef::Position(self.seats[found].position.key.clone())))
                }
                Found::Several(several) => {
                    let own = self.seats[at].place.clone();
                    let candidates: Vec<String> =
                        several.iter().map(|seat| self.candidate(*seat, &own)).collect();
                    let why = format!("is the name of {}: {}", several.len(), candidates.join(" and "));
                    let advice = "write the e-mail or the id of the one that is meant";
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
