//! Which positions the grid lists, in which order and groups, and the totals.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Currency, Decimal6, Money, Position, PositionId, Status, folded,
    search_key::{matches, search_words},
};
use rustc_hash::FxHashMap;

use super::{
    column::{COLUMNS, ColumnKind, GridColumn, column},
    planning_grid::PlanningGrid,
};

/// What the rows are grouped by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GridGrouping {
    #[default]
    None,
    Team,
    /// The quarter of the planned start, otherwise of the need-by date.
    Quarter,
    Reason,
    Status,
}

/// Filter, order and grouping of the rows.
#[derive(Debug, Clone, Default)]
pub struct GridQuery {
    /// Words that must all occur in a row.
    pub text: String,
    /// ID of the column to sort by; empty for the order of their IDs.
    pub sort: String,
    pub is_descending: bool,
    pub grouping: GridGrouping,
    /// Include positions that are closed or have ended.
    pub with_past: bool,
    /// Pay may be filtered and sorted by. While it is hidden, neither may reveal it.
    pub with_pay: bool,
    /// Rows that stay listed and in this order within their groups; others come after them.
    pub standing: Vec<PositionId>,
}

/// Sums over some positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub seats: u32,
    pub fte: Decimal6,
    /// Positions that are occupied on the day.
    pub filled: u32,
    /// Base salary per year by currency, in cents: the lower end of a range, times FTE.
    pub pay: BTreeMap<Currency, i64>,
    /// Positions without a known salary.
    pub without_pay: u32,
    /// Cost of the year by currency, in cents, as far as it was handed in.
    pub cost: BTreeMap<Currency, i64>,
}

impl Totals {
    fn add(&mut self, grid: &PlanningGrid<'_>, position: &Position) {
        self.seats += 1;
        self.fte = Decimal6::from_millionths(self.fte.millionths().saturating_add(position.fte.millionths()));
        self.filled += u32::from(grid.is_filled(position.id));
        match position.pay {
            Some(pay) => {
                let sum = self.pay.entry(pay.currency).or_default();
                *sum = sum.saturating_add(position.fte.of(pay.minor));
            }
            None => self.without_pay += 1,
        }
        if let Some(cost) = grid.costs.get(&position.id) {
            let sum = self.cost.entry(cost.currency).or_default();
            *sum = sum.saturating_add(cost.minor);
        }
    }

    pub fn amounts(&self) -> impl Iterator<Item = Money> + '_ {
        amounts(&self.pay)
    }

    pub fn costs(&self) -> impl Iterator<Item = Money> + '_ {
        amounts(&self.cost)
    }
}

fn amounts(sums: &BTreeMap<Currency, i64>) -> impl Iterator<Item = Money> + '_ {
    sums.iter().map(|(currency, minor)| Money::new(*minor, *currency))
}

/// A group of consecutive rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridGroup {
    pub title: String,
    /// Index of its first row.
    pub first: usize,
    pub totals: Totals,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    pub rows: Vec<PositionId>,
    /// Empty without a grouping.
    pub groups: Vec<GridGroup>,
    pub totals: Totals,
}

/// Sort key of a row.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
    /// Sorts last in both directions.
    Empty,
}

impl PlanningGrid<'_> {
    pub fn layout(&self, order: &GridQuery) -> Layout {
        let standing: FxHashMap<PositionId, usize> =
            order.standing.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let words = search_words(&order.text);
        let is_listed = |position: &&Position| {
            standing.contains_key(&position.id)
                || ((order.with_past || self.is_current(position))
                    && self.holds(position, &words, order.with_pay))
        };
        let mut rows: Vec<&Position> = self.plan.positions.iter().filter(is_listed).collect();
        rows.sort_unstable_by_key(|position| &position.key);
        self.sort(&mut rows, order, &standing);
        let mut layout = Layout::default();
        if order.grouping == GridGrouping::None {
            rows.iter().for_each(|position| layout.totals.add(self, position));
            layout.rows = rows.iter().map(|position| position.id).collect();
            return layout;
        }
        let mut groups: BTreeMap<(u8, String), Vec<&Position>> = BTreeMap::new();
        for position in rows {
            groups.entry(self.group(position, order.grouping)).or_default().push(position);
        }
        for ((_, title), rows) in groups {
            let mut totals = Totals::default();
            for position in &rows {
                totals.add(self, position);
                layout.totals.add(self, position);
            }
            layout.groups.push(GridGroup { title, first: layout.rows.len(), totals });
            layout.rows.extend(rows.iter().map(|position| position.id));
        }
        layout
    }

    fn is_current(&self, position: &Position) -> bool {
        position.status != Status::Closed && position.until.is_none_or(|until| until >= self.day)
    }

    fn holds(&self, position: &Position, words: &[String], with_pay: bool) -> bool {
        if words.is_empty() {
            return true;
        }
        let columns = COLUMNS.iter().filter(|column| with_pay || !column.is_pay());
        let texts: Vec<Cow<'_, str>> = columns.map(|column| self.format(position, column)).collect();
        matches(words, texts.iter().map(AsRef::as_ref))
    }

    fn sort(&self, rows: &mut Vec<&Position>, order: &GridQuery, standing: &FxHashMap<PositionId, usize>) {
        if !standing.is_empty() {
            rows.sort_by_key(|position| standing.get(&position.id).copied().unwrap_or(usize::MAX));
            return;
        }
        let Some(column) = column(&order.sort).filter(|column| order.with_pay || !column.is_pay()) else {
            return;
        };
        let mut keyed: Vec<(Key, &Position)> =
            rows.iter().map(|position| (self.key(position, column), *position)).collect();
        keyed.sort_by(|a, b| {
            let order_of =
                |ordering: Ordering| if order.is_descending { ordering.reverse() } else { ordering };
            match (&a.0, &b.0) {
                (Key::Empty, Key::Empty) => Ordering::Equal,
                (Key::Empty, _) => Ordering::Greater,
                (_, Key::Empty) => Ordering::Less,
                (a, b) => order_of(a.cmp(b)),
            }
        });
        *rows = keyed.into_iter().map(|(_, position)| position).collect();
    }

    fn key(&self, position: &Position, column: &GridColumn) -> Key {
        let number = match column.id {
            "priority" => position.priority.map(i64::from),
            "fte" => Some(position.fte.millionths()),
            "pay" => position.pay.map(|pay| pay.minor / pay.currency.scale()),
            "pay_up_to" => position.pay_up_to.map(|pay| pay.minor / pay.currency.scale()),
            "cost" => self.costs.get(&position.id).map(|cost| cost.minor),
            _ => None,
        };
        let text = || match folded(&self.format(position, column)) {
            text if text.is_empty() => Key::Empty,
            text => Key::Text(text.into_owned()),
        };
        match column.kind {
            ColumnKind::Number | ColumnKind::Money => number.map_or(Key::Empty, Key::Number),
            _ => text(),
        }
    }

    /// The group's place among the groups, and its title.
    fn group(&self, position: &Position, grouping: GridGrouping) -> (u8, String) {
        let named = |id: &str, none: &str| {
            let text =
                column(id).map(|column| self.format(position, column).into_owned()).unwrap_or_default();
            if text.is_empty() { (1, none.to_owned()) } else { (0, text) }
        };
        match grouping {
            GridGrouping::Team => named("team", "No team"),
            GridGrouping::Reason => named("reason", "No reason"),
            GridGrouping::Quarter => match position.start.or(position.need_by) {
                Some(day) => (0, quarter(day)),
                None => (1, "No start or needed-by date".to_owned()),
            },
            GridGrouping::Status if self.is_filled(position.id) => (0, "filled".to_owned()),
            GridGrouping::Status => {
                let at = Status::ALL.iter().position(|status| *status == position.status).unwrap_or_default();
                (1 + at as u8, position.status.word().to_owned())
            }
            GridGrouping::None => (0, String::new()),
        }
    }
}

/// Such as `2027 Q2`.
fn quarter(day: NaiveDate) -> String {
    format!("{} Q{}", day.year(), day.month0() / 3 + 1)
}

/// Writes rows as CSV, in the order given, with these columns. Cells that a spreadsheet would run as a formula get a
/// leading `'`, which the plan's own import removes.
///
/// # Errors
/// As [`headroom_files::write_file`].
pub fn write_csv(
    grid: &PlanningGrid<'_>,
    rows: &[PositionId],
    columns: &[&GridColumn],
    to: impl std::io::Write,
) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(columns.iter().map(|column| column.csv_title))?;
    for position in rows.iter().filter_map(|id| grid.plan.positions.get(*id)) {
        let cells = columns.iter().map(|column| grid.format(position, column));
        writer.write_record(cells.map(|cell| headroom_tabular::guarded(&cell).into_owned()))?;
    }
    writer.flush()?;
    Ok(())
}
