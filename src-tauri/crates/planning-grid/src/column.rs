//! The columns of the planning grid. A new one is a line in [`COLUMNS`], with an arm in `parse.rs` and `format.rs`.

use headroom_model::reason;

/// Type of a column's cells; it decides how they are parsed and formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    /// Text of several lines.
    Notes,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Any word; these are suggested.
    Usual(&'static [&'static str]),
    Number,
    Date,
    Money,
    Team,
    Service,
    Position,
    Person,
}

/// A column of the sheet of positions.
#[derive(Debug, Clone, Copy)]
pub struct GridColumn {
    /// The position's field, or `person`.
    pub id: &'static str,
    pub title: &'static str,
    /// Title in exported files, which never changes.
    pub csv_title: &'static str,
    pub kind: ColumnKind,
    /// Default width in pixels.
    pub width: u32,
    /// What it means, if the title doesn't say it.
    pub hint: &'static str,
    /// Hidden until it is chosen.
    pub is_rare: bool,
    /// Calculated from the rest of the plan, so it can't be edited.
    pub is_worked_out: bool,
}

impl GridColumn {
    const fn new(id: &'static str, title: &'static str, kind: ColumnKind, width: u32) -> Self {
        Self { id, title, csv_title: title, kind, width, hint: "", is_rare: false, is_worked_out: false }
    }

    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn in_csv(self, csv_title: &'static str) -> Self {
        Self { csv_title, ..self }
    }

    const fn rare(self) -> Self {
        Self { is_rare: true, ..self }
    }

    const fn worked_out(self) -> Self {
        Self { is_worked_out: true, ..self }
    }

    /// Whether it shows what someone is paid.
    pub fn is_pay(&self) -> bool {
        self.kind == ColumnKind::Money
    }
}

const STATUS: &[&str] = &["planned", "approved", "open", "offered", "frozen", "closed"];
const BREADTH: &[&str] = &["generalist", "specialist"];

/// Every column, in the default order.
pub static COLUMNS: &[GridColumn] = &[
    GridColumn::new("key", "ID", ColumnKind::Text, 136)
        .in_csv("Id")
        .hint("Position ID; generated when left empty"),
    GridColumn::new("title", "Title", ColumnKind::Text, 180),
    GridColumn::new("team", "Team", ColumnKind::Team, 140),
    GridColumn::new("discipline", "Discipline", ColumnKind::Text, 96),
    GridColumn::new("level", "Level", ColumnKind::Text, 70),
    GridColumn::new("breadth", "Profile", ColumnKind::Choice(BREADTH), 90)
        .in_csv("Breadth")
        .hint("Generalist or specialist"),
    GridColumn::new("manager", "Manager", ColumnKind::Position, 140)
        .hint("The position it reports to: enter an ID, or the person in it"),
    GridColumn::new("location", "Location", ColumnKind::Text, 90),
    GridColumn::new("reason", "Reason", ColumnKind::Usual(&reason::ALL), 120),
    GridColumn::new("status", "Status", ColumnKind::Choice(STATUS), 140)
        .hint("Recruiting status; assign a person to fill the position"),
    GridColumn::new("person", "Person", ColumnKind::Person, 140)
        .hint("Current person on the date shown, or the next to join"),
    GridColumn::new("need_by", "Needed by", ColumnKind::Date, 100)
        .in_csv("Need by")
        .hint("Date by which the new hire must be productive"),
    GridColumn::new("start", "Start date", ColumnKind::Date, 100)
        .in_csv("Start")
        .hint("Planned first day of the next person"),
    GridColumn::new("requisition", "Requisition", ColumnKind::Text, 100),
    GridColumn::new("priority", "Priority", ColumnKind::Number, 70).hint("1 = highest"),
    GridColumn::new("fte", "FTE", ColumnKind::Number, 60)
        .hint("Full-time equivalent: 0.6 or 60% for three days a week"),
    GridColumn::new("pay", "Salary min", ColumnKind::Money, 110)
        .in_csv("Pay")
        .hint("Annual full-time salary; lower end of the range"),
    GridColumn::new("pay_up_to", "Salary max", ColumnKind::Money, 110)
        .in_csv("Pay up to")
        .hint("Upper end of the salary range"),
    GridColumn::new("cost", "Cost this year", ColumnKind::Money, 120)
        .hint("Fully loaded cost in the calendar year of the date shown, including one-off costs")
        .worked_out(),
    GridColumn::new("service", "Service", ColumnKind::Service, 130)
        .in_csv("For service")
        .hint("The service this position is for"),
    GridColumn::new("description", "Notes", ColumnKind::Notes, 220),
    GridColumn::new("backfill_of", "Backfills", ColumnKind::Position, 136)
        .in_csv("Follows")
        .hint("The position this one backfills")
        .rare(),
    GridColumn::new("from", "Valid from", ColumnKind::Date, 100).in_csv("Exists from").rare(),
    GridColumn::new("until", "Valid to", ColumnKind::Date, 100).in_csv("Exists until").rare(),
    GridColumn::new("gate", "Waits for", ColumnKind::Text, 340)
        .hint("What the position waits for, and when it could be met at the earliest")
        .worked_out()
        .rare(),
];

pub fn column(id: &str) -> Option<&'static GridColumn> {
    COLUMNS.iter().find(|column| column.id == id)
}

#[cfg(test)]
mod tests {
    use headroom_model::{Breadth, Status};

    use super::*;

    #[test]
    fn choices_match_the_model() {
        assert_eq!(STATUS, Status::ALL.map(Status::word));
        assert_eq!(BREADTH, Breadth::ALL.map(Breadth::word));
    }
}
