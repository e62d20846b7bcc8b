//! Parses cells that were typed, pasted, filled or emptied into changes of a plan: all of them, or a list of those
//! that can't be taken.

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Breadth, Currency, Decimal6, Draft, Entity, Money, PersonId, Position, PositionId, PositionKeys, Status,
    folded,
    position_keys::{BACKFILL, NEW_HIRE},
    reason, vacancy,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    amount::amount,
    column::{ColumnKind, GridColumn, column},
    names::{GridNames, Refusal},
    planning_grid::PlanningGrid,
};

/// The row of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GridRowRef {
    Position(PositionId),
    /// A position to be made; cells with the same number are of one row.
    New(u32),
}

/// The new content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Typed text; empty clears the cell. Dates are written `2027-03-12`.
    Text(String),
    /// What the same cell of another position holds, hidden or not.
    As(PositionId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit {
    pub row: GridRowRef,
    pub column: String,
    pub value: CellValue,
}

/// A cell that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Index of the edit.
    pub edit: usize,
    /// Title of its column.
    pub column: &'static str,
    pub text: String,
    /// What is wrong, to be appended to the text.
    pub message: String,
    /// Names that may have been meant.
    pub suggestions: Vec<String>,
}

/// What the cells changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditSummary {
    /// New positions, in the order of their rows.
    pub made: Vec<PositionId>,
    /// Existing positions that changed.
    pub altered: usize,
}

/// A row whose cells are being parsed.
struct Reading {
    position: Position,
    /// Indexes of its edits.
    edits: Vec<usize>,
    is_new: bool,
    /// The person to put into the position; inner `None` empties it.
    person: Option<Option<PersonId>>,
}

impl PlanningGrid<'_> {
    /// Adds the changes of the cells to the draft.
    ///
    /// # Errors
    /// Every cell that can't be taken, in the order of the edits. The draft must be discarded then.
    pub fn parse(&self, draft: &mut Draft<'_>, edits: &[CellEdit]) -> Result<EditSummary, Vec<CellProblem>> {
        let mut problems = Vec::new();
        let mut names = GridNames::new(self);
        let mut rows = self.rows(draft, edits, &mut names, &mut problems);
        for row in &mut rows {
            for &at in &row.edits.clone() {
                if let Err(refusal) = self.take(row, &edits[at], &names) {
                    problems.push(self.problem(edits, at, refusal));
                }
            }
            self.look_over(row, edits, &mut problems);
        }
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.edit);
            return Err(problems);
        }
        Ok(self.write(draft, rows))
    }

    /// The rows with the IDs of new positions, so that others can refer to them.
    fn rows(
        &self,
        draft: &mut Draft<'_>,
        edits: &[CellEdit],
        names: &mut GridNames<'_>,
        problems: &mut Vec<CellProblem>,
    ) -> Vec<Reading> {
        let mut rows: Vec<Reading> = Vec::new();
        let mut at_row: FxHashMap<GridRowRef, usize> = FxHashMap::default();
        for (at, edit) in edits.iter().enumerate() {
            let place = *at_row.entry(edit.row).or_insert_with(|| {
                rows.push(self.row(draft, edit.row));
                rows.len() - 1
            });
            rows[place].edits.push(at);
        }
        // One row may give up a key that another takes; the plan checks the result.
        let mut keys = FxHashSet::default();
        for row in &mut rows {
            let key = row.edits.iter().copied().find(|at| edits[*at].column == "key");
            let Some((at, text)) = key.and_then(|at| Some((at, written(&edits[at])?))) else { continue };
            if text.is_empty() {
                continue;
            }
            let owner = self.plan.find::<Position>(text).filter(|owner| *owner != row.position.id);
            let is_free = owner.is_none_or(|owner| at_row.contains_key(&GridRowRef::Position(owner)));
            if !keys.insert(text.to_owned()) || !is_free {
                problems.push(self.problem(edits, at, "is already the ID of another position".into()));
            }
            names.new_positions.insert(folded(text).into_owned(), row.position.id);
        }
        rows
    }

    fn row(&self, draft: &mut Draft<'_>, row: GridRowRef) -> Reading {
        let known = match row {
            GridRowRef::Position(id) => self.plan.positions.get(id).cloned(),
            GridRowRef::New(_) => None,
        };
        let is_new = known.is_none();
        let position =
            known.unwrap_or_else(|| Position { id: draft.new_id::<Position>(), ..Position::default() });
        Reading { position, edits: Vec::new(), is_new, person: None }
    }

    fn take(&self, row: &mut Reading, edit: &CellEdit, names: &GridNames<'_>) -> Result<(), Refusal> {
        let Some(column) = column(&edit.column) else { return Err("belongs to an unknown column".into()) };
        if column.is_worked_out {
            return Err("is in a calculated column and can’t be edited".into());
        }
        if let GridRowRef::Position(id) = edit.row
            && row.is_new
        {
            return Err(format!("belongs to position {}, which is no longer in the plan", id.0)
                .as_str()
                .into());
        }
        match &edit.value {
            CellValue::As(other) => self.copy(row, *other, column),
            CellValue::Text(text) if column.kind == ColumnKind::Notes => {
                row.position.description = text.trim().to_owned();
                Ok(())
            }
            CellValue::Text(text) => self.set(row, column, text.trim(), names),
        }
    }

    /// Copies a cell from another position.
    fn copy(&self, row: &mut Reading, other: PositionId, column: &GridColumn) -> Result<(), Refusal> {
        let Some(other) = self.plan.positions.get(other) else {
            return Err("can’t be filled: the source position is no longer in the plan".into());
        };
        let position = &mut row.position;
        match column.id {
            "key" => return Err("can’t be copied: each position needs its own ID".into()),
            "person" => row.person = Some(self.current_occupant(other.id).map(|seated| seated.person)),
            "title" => position.title.clone_from(&other.title),
            "team" => position.team = other.team,
            "discipline" => position.discipline.clone_from(&other.discipline),
            "level" => position.level.clone_from(&other.level),
            "breadth" => position.breadth = other.breadth,
            "manager" => position.manager = other.manager,
            "location" => position.location.clone_from(&other.location),
            "reason" => position.reason.clone_from(&other.reason),
            "status" => position.status = other.status,
            "requisition" => position.requisition.clone_from(&other.requisition),
            "priority" => position.priority = other.priority,
            "fte" => position.fte = other.fte,
            "pay" => position.pay = other.pay,
            "pay_up_to" => position.pay_up_to = other.pay_up_to,
            "service" => position.service = other.service,
            "need_by" => position.need_by = other.need_by,
            "start" => position.start = other.start,
            "from" => position.from = other.from,
            "until" => position.until = other.until,
            "backfill_of" => position.backfill_of = other.backfill_of,
            _ => position.description.clone_from(&other.description),
        }
        Ok(())
    }

    fn set(
        &self,
        row: &mut Reading,
        column: &GridColumn,
        text: &str,
        names: &GridNames<'_>,
    ) -> Result<(), Refusal> {
        let (position, is_empty) = (&mut row.position, text.is_empty());
        match column.id {
            "key" if is_empty && row.is_new => {}
            "key" if is_empty => return Err("is empty, but a position needs an ID".into()),
            "key" => position.key = text.to_owned(),
            "title" => position.title = text.to_owned(),
            "discipline" => position.discipline = text.to_owned(),
            "level" => position.level = text.to_owned(),
            "location" => position.location = text.to_owned(),
            "reason" => position.reason = usual(column, text),
            "requisition" => position.requisition = text.to_owned(),
            "team" => position.team = optional(text, |text| names.team(text))?,
            "service" => position.service = optional(text, |text| names.service(text))?,
            "manager" => position.manager = optional(text, |text| names.position(text))?,
            "backfill_of" => position.backfill_of = optional(text, |text| names.position(text))?,
            "person" => row.person = Some(optional(text, |text| names.person(text))?),
            "breadth" => position.breadth = optional(text, |text| choice(column, text, Breadth::from_word))?,
            "status" if is_empty => position.status = Status::Planned,
            "status" if is_filled(text) => {}
            "status" => position.status = choice(column, text, Status::from_word)?,
            "priority" => position.priority = optional(text, priority)?,
            "fte" => position.fte = if is_empty { Decimal6::ONE } else { fte(text)? },
            "pay" => position.pay = optional(text, |text| money(text, self.currency))?,
            "pay_up_to" => {
                let usual = position.pay.map_or(self.currency, |pay| pay.currency);
                position.pay_up_to = optional(text, |text| money(text, usual))?;
            }
            "need_by" => position.need_by = optional(text, day)?,
            "start" => position.start = optional(text, day)?,
            "from" => position.from = optional(text, day)?,
            _ => position.until = optional(text, day)?,
        }
        Ok(())
    }

    /// Checks a row as a whole.
    fn look_over(&self, row: &Reading, edits: &[CellEdit], problems: &mut Vec<CellProblem>) {
        let in_column = |id: &str| row.edits.iter().copied().find(|at| edits[*at].column == id);
        if let Some(at) = in_column("status")
            && written(&edits[at]).is_some_and(is_filled)
        {
            let sits = match row.person {
                Some(person) => person.is_some(),
                None => !row.is_new && self.is_filled(row.position.id),
            };
            if !sits {
                let message = "can’t be typed here: enter a name under Person instead";
                problems.push(self.problem(edits, at, message.into()));
            }
        }
        let mut checked = row.position.clone();
        if checked.key.is_empty() {
            checked.key = "new".to_owned();
        }
        if let Err(error) = checked.check() {
            let place = in_column(&error.field).or_else(|| row.edits.first().copied());
            if let Some(at) = place.filter(|at| !problems.iter().any(|problem| problem.edit == *at)) {
                problems.push(self.problem(edits, at, error.message.as_str().into()));
            }
        }
    }

    fn problem(&self, edits: &[CellEdit], at: usize, refusal: Refusal) -> CellProblem {
        let edit = &edits[at];
        let column = column(&edit.column);
        CellProblem {
            edit: at,
            column: column.map_or("", |column| column.title),
            text: written(edit).unwrap_or_default().to_owned(),
            message: refusal.message,
            suggestions: refusal.suggestions,
        }
    }

    fn write(&self, draft: &mut Draft<'_>, rows: Vec<Reading>) -> EditSummary {
        let mut written = EditSummary::default();
        let mut keys = PositionKeys::new(&self.plan.positions);
        rows.iter().for_each(|row| keys.take(&row.position.key));
        for mut row in rows {
            if row.position.key.is_empty() {
                row.position.key = self.new_key(&row.position, &mut keys);
            }
            let position = row.position;
            match row.is_new {
                true => written.made.push(position.id),
                false => written.altered += 1,
            }
            match row.person {
                Some(Some(person)) => self.position(draft, &position, person),
                Some(None) => vacancy::vacate(draft, position.id, self.day, None),
                None => {}
            }
            draft.put(position);
        }
        written
    }

    /// A key with the year in which someone starts or is needed.
    fn new_key(&self, position: &Position, keys: &mut PositionKeys) -> String {
        let year = position.start.or(position.need_by).unwrap_or(self.day).year();
        let is_backfill = position.backfill_of.is_some() || position.reason == reason::BACKFILL;
        keys.next(year, if is_backfill { BACKFILL } else { NEW_HIRE })
    }

    /// Puts the person named under Person into the position, from the day shown, or from the planned start if that is
    /// still to come.
    fn position(&self, draft: &mut Draft<'_>, position: &Position, person: PersonId) {
        if self.current_occupant(position.id).is_some_and(|seated| seated.person == person) {
            return;
        }
        let start = position.start.filter(|start| *start > self.day && !self.is_filled(position.id));
        vacancy::assign_to_position(draft, position.id, person, start.unwrap_or(self.day));
    }
}

fn written(edit: &CellEdit) -> Option<&str> {
    match &edit.value {
        CellValue::Text(text) => Some(text.trim()),
        CellValue::As(_) => None,
    }
}

/// A status cell shows `filled by …` for an occupied position, and is accepted back.
fn is_filled(text: &str) -> bool {
    let text = text.to_lowercase();
    text == "filled" || text.starts_with("filled by ")
}

fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

fn day(text: &str) -> Result<NaiveDate, Refusal> {
    text.parse().map_err(|_| "is not a date such as 12 Mar 2027".into())
}

fn money(text: &str, usual: Currency) -> Result<Money, Refusal> {
    amount(text, usual).map_err(Refusal::from)
}

fn fte(text: &str) -> Result<Decimal6, Refusal> {
    let text = text.replace(',', ".");
    text.parse().map_err(|_| "is not an FTE such as 0.6 or 60%".into())
}

fn priority(text: &str) -> Result<u8, Refusal> {
    let digits = text.trim_start_matches(['p', 'P']);
    digits.parse().ok().filter(|number| *number > 0).ok_or_else(|| "is not a number from 1 to 255".into())
}

fn words(column: &GridColumn) -> &'static [&'static str] {
    match column.kind {
        ColumnKind::Choice(words) | ColumnKind::Usual(words) => words,
        _ => &[],
    }
}

fn choice<T>(column: &GridColumn, text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Refusal> {
    let all = words(column);
    read(text).ok_or_else(|| Refusal {
        message: format!("is not one of {}", all.join(", ")),
        suggestions: all
            .iter()
            .filter(|word| strsim::jaro_winkler(&text.to_lowercase(), word) > 0.75)
            .map(|word| (*word).to_owned())
            .collect(),
    })
}

/// Other words are allowed; suggested ones get their usual spelling.
fn usual(column: &GridColumn, text: &str) -> String {
    let found = words(column).iter().find(|word| word.eq_ignore_ascii_case(text));
    found.map_or(text, |word| word).to_owned()
}
