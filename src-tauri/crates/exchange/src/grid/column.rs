use headroom_model::reason;

/// What the cells of a column hold; how they are read and shown follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    /// Text that may have several lines.
    Notes,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Words of which some are usual.
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
pub struct Column {
    /// The field of the position that it shows, or `person`.
    pub id: &'static str,
    pub title: &'static str,
    pub kind: ColumnKind,
    /// In pixels, until somebody drags it.
    pub width: u32,
    /// What it means, where the title does not say.
    pub hint: &'static str,
    /// Not shown until somebody asks for it.
    pub is_rare: bool,
    /// Follows from the rest of the plan: it is read and not written.
    pub is_worked_out: bool,
}

impl Column {
    const fn new(id: &'static str, title: &'static str, kind: ColumnKind, width: u32) -> Self {
        Self { id, title, kind, width, hint: "", is_rare: false, is_worked_out: false }
    }

    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn rare(self) -> Self {
        Self { is_rare: true, ..self }
    }

    const fn worked_out(self) -> Self {
        Self { is_worked_out: true, ..self }
    }

    /// Whether it tells what somebody is paid.
    pub fn is_pay(&self) -> bool {
        self.kind == ColumnKind::Money
    }
}

const STATUS: &[&str] = &["planned", "approved", "open", "offered", "frozen", "closed"];
const BREADTH: &[&str] = &["generalist", "specialist"];

/// Every column, in the order in which they are shown.
pub static COLUMNS: &[Column] = &[
    Column::new("key", "Id", ColumnKind::Text, 136).hint("The id of the position; made when left empty"),
    Column::new("title", "Title", ColumnKind::Text, 180),
    Column::new("team", "Team", ColumnKind::Team, 130),
    Column::new("discipline", "Discipline", ColumnKind::Text, 96),
    Column::new("level", "Level", ColumnKind::Text, 70),
    Column::new("breadth", "Breadth", ColumnKind::Choice(BREADTH), 90),
    Column::new("manager", "Manager", ColumnKind::Position, 140)
        .hint("The position that it reports to: its id, or who is in it"),
    Column::new("location", "Location", ColumnKind::Text, 90),
    Column::new("reason", "Reason", ColumnKind::Usual(&reason::ALL), 120),
    Column::new("status", "Status", ColumnKind::Choice(STATUS), 140)
        .hint("How far it has come; a seat is filled by putting a person into it"),
    Column::new("person", "Person", ColumnKind::Person, 140)
        .hint("Who is in it on the day that is shown, or comes next"),
    Column::new("need_by", "Need by", ColumnKind::Date, 100)
        .hint("The day by which somebody must be productive"),
    Column::new("start", "Start", ColumnKind::Date, 100).hint("The planned first day of the next person"),
    Column::new("requisition", "Requisition", ColumnKind::Text, 100),
    Column::new("priority", "Priority", ColumnKind::Number, 70).hint("1 comes first"),
    Column::new("fte", "FTE", ColumnKind::Number, 60)
        .hint("Full-time seats: 0.6 or 60 % for three days a week"),
    Column::new("pay", "Pay", ColumnKind::Money, 110)
        .hint("Base pay a year, full time; the lower end of a range"),
    Column::new("pay_up_to", "Pay up to", ColumnKind::Money, 110).hint("The upper end of the range"),
    Column::new("cost", "Cost this year", ColumnKind::Money, 120)
        .hint("Fully loaded, in the calendar year of the day that is shown, with what is paid once")
        .worked_out(),
    Column::new("service", "For service", ColumnKind::Service, 130).hint("The service that it is wanted for"),
    Column::new("description", "Notes", ColumnKind::Notes, 220),
    Column::new("backfill_of", "Follows", ColumnKind::Position, 136)
        .hint("The position that it is the backfill of")
        .rare(),
    Column::new("from", "Exists from", ColumnKind::Date, 100).rare(),
    Column::new("until", "Exists until", ColumnKind::Date, 100).rare(),
];

pub fn column(id: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.id == id)
}

#[cfg(test)]
mod tests {
    use headroom_model::{Breadth, Status};

    use super::*;

    #[test]
    fn choices_are_those_of_the_model() {
        assert_eq!(STATUS, Status::ALL.map(Status::word));
        assert_eq!(BREADTH, Breadth::ALL.map(Breadth::word));
    }
}
