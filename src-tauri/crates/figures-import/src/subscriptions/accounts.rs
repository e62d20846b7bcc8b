//! What a table of accounts says of customers: their segment, market and channel. Nothing else of them is read.

use std::collections::BTreeMap;

use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_tabular::raw_table::RawTable;

use super::columns::AccountColumn as Column;
use headroom_tabular::known_columns::{KnownColumns, text_of};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AccountScopes {
    pub segment: String,
    pub market: String,
    pub channel: String,
}

/// The accounts of all tables, by their ID.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    by_id: BTreeMap<String, (AccountScopes, Place)>,
}

impl Accounts {
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub fn get(&self, id: &str) -> Option<&AccountScopes> {
        self.by_id.get(id).map(|(scopes, _)| scopes)
    }

    /// Adds those of a table. Of two that contradict each other the first counts.
    pub fn read(&mut self, table: &RawTable, columns: &KnownColumns<Column>, problems: &mut Vec<Diagnostic>) {
        for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
            let text = |column| text_of(row, columns.at(column));
            let (id, place) = (text(Column::Id), Place::new(&table.name, row.line, 0));
            if id.is_empty() {
                let place = table.place(row.line, columns.at(Column::Id).unwrap_or(0));
                let message = "no ID of the account; row left out";
                problems.push(Diagnostic::new(Level::Error, place, message, "fill in the cell"));
                continue;
            }
            let scopes = AccountScopes {
                segment: text(Column::Segment),
                market: text(Column::Market),
                channel: text(Column::Channel),
            };
            if let Some((other, first)) = self.by_id.get(&id) {
                if *other != scopes {
                    let at = first.beside(&place);
                    let message =
                        format!("account {} is also at {at}, with other values; row left out", quoted(&id));
                    problems.push(Diagnostic::new(Level::Error, place, message, "keep one of them"));
                }
                continue;
            }
            self.by_id.insert(id, (scopes, place));
        }
    }
}
