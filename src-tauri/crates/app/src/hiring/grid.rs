//! The planning grid: positions as rows, edited by typing, pasting and filling.

use std::path::Path;

use chrono::NaiveDate;
use headroom_files::write_file;
use headroom_hr_import::HIDDEN;
use headroom_model::{Change, Draft, Plan, Position, PositionId, delete_positions};
use headroom_planning_grid::{
    COLUMNS, CellEdit, CellProblem, CellValue, ColumnKind, GridColumn, GridGrouping, GridQuery, GridRowRef,
    PlanningGrid, Totals, column, write_csv,
};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError, ErrorKind},
    hidden_pay::ShownAmount,
    hiring::range,
    late_edit::apply_as_seen,
    state::AppState,
};

#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum GridColumnKind {
    Text,
    Notes,
    Choice,
    /// Suggested words; others are accepted.
    Usual,
    Number,
    Date,
    Money,
    Team,
    Service,
    Position,
    Person,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanningColumn {
    pub id: String,
    pub title: String,
    /// Title in exported files.
    pub csv_title: String,
    pub kind: GridColumnKind,
    pub width: u32,
    pub hint: String,
    /// Hidden by default.
    pub is_rare: bool,
    /// Calculated from the rest of the plan, read-only.
    pub is_worked_out: bool,
    pub words: Vec<String>,
}

/// The columns, in their default order.
#[specta::specta]
pub fn grid_columns() -> Vec<PlanningColumn> {
    COLUMNS.iter().map(grid_column).collect()
}

fn grid_column(column: &GridColumn) -> PlanningColumn {
    let (kind, words): (_, &[&str]) = match column.kind {
        ColumnKind::Text => (GridColumnKind::Text, &[]),
        ColumnKind::Notes => (GridColumnKind::Notes, &[]),
        ColumnKind::Choice(words) => (GridColumnKind::Choice, words),
        ColumnKind::Usual(words) => (GridColumnKind::Usual, words),
        ColumnKind::Number => (GridColumnKind::Number, &[]),
        ColumnKind::Date => (GridColumnKind::Date, &[]),
        ColumnKind::Money => (GridColumnKind::Money, &[]),
        ColumnKind::Team => (GridColumnKind::Team, &[]),
        ColumnKind::Service => (GridColumnKind::Service, &[]),
        ColumnKind::Position => (GridColumnKind::Position, &[]),
        ColumnKind::Person => (GridColumnKind::Person, &[]),
    };
    PlanningColumn {
        id: column.id.to_owned(),
        title: column.title.to_owned(),
        csv_title: column.csv_title.to_owned(),
        kind,
        width: column.width,
        hint: column.hint.to_owned(),
        is_rare: column.is_rare,
        is_worked_out: column.is_worked_out,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PlanningGrouping {
    #[default]
    None,
    Team,
    Quarter,
    Reason,
    Status,
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanningQuery {
    pub text: String,
    pub sort: String,
    pub is_descending: bool,
    pub grouping: PlanningGrouping,
    /// Include positions that are closed or have ended.
    pub with_past: bool,
    /// The current order of rows; empty to sort and filter again.
    pub standing: Vec<Id>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridTotals {
    pub seats: u32,
    /// `12.5`.
    pub fte: String,
    pub filled: u32,
    /// Annual base salary, one total per currency; empty while salaries are hidden.
    pub pay: Vec<ShownAmount>,
    /// Positions without a known salary.
    pub without_pay: u32,
    /// Cost in the year of the day, fully loaded; empty while salaries are hidden.
    pub cost: Vec<ShownAmount>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanningGroup {
    pub title: String,
    /// Index of its first row.
    pub first: u32,
    pub totals: GridTotals,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridLayout {
    pub rows: Vec<Id>,
    pub groups: Vec<PlanningGroup>,
    pub totals: GridTotals,
    /// The currency of amounts without one.
    pub currency: String,
}

/// The grid of a day with what is worked out: cost, and what positions wait for.
fn planning_grid<'p>(app: &AppState, plan: &'p Plan, day: NaiveDate) -> Answer<PlanningGrid<'p>> {
    Ok(PlanningGrid::new(plan, day).with_costs(app.cost_by_position(day)?).with_gates(app.gates(day)?))
}

/// The positions that match, their order, and totals.
#[specta::specta]
pub fn grid_layout(app: &AppState, query: PlanningQuery, at: At) -> Answer<GridLayout> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let grid = planning_grid(app, &plan, day)?;
    let layout = grid.layout(&GridQuery {
        text: query.text,
        sort: query.sort,
        is_descending: query.is_descending,
        grouping: match query.grouping {
            PlanningGrouping::None => GridGrouping::None,
            PlanningGrouping::Team => GridGrouping::Team,
            PlanningGrouping::Quarter => GridGrouping::Quarter,
            PlanningGrouping::Reason => GridGrouping::Reason,
            PlanningGrouping::Status => GridGrouping::Status,
        },
        with_past: query.with_past,
        with_pay: app.pay.is_shown(),
        standing: positions(&query.standing),
    });
    let totals = |totals: &Totals| GridTotals {
        seats: totals.seats,
        fte: totals.fte.to_string(),
        filled: totals.filled,
        pay: totals.amounts().filter_map(|sum| app.pay.shown(Some(sum))).collect(),
        without_pay: totals.without_pay,
        cost: totals.costs().filter_map(|sum| app.pay.shown(Some(sum))).collect(),
    };
    Ok(GridLayout {
        rows: layout.rows.iter().map(|id| Id::from(*id)).collect(),
        groups: layout
            .groups
            .iter()
            .map(|group| PlanningGroup {
                title: group.title.clone(),
                first: group.first as u32,
                totals: totals(&group.totals),
            })
            .collect(),
        totals: totals(&layout.totals),
        currency: grid.currency().to_string(),
    })
}

fn positions(ids: &[Id]) -> Vec<PositionId> {
    ids.iter().copied().map(PositionId::from).collect()
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanningRow {
    pub id: Id,
    /// In the default order of columns. Dates as `2027-03-12`, amounts as `85000.00 EUR`, hidden ones as `•••`.
    pub cells: Vec<String>,
    /// Entities that cells refer to.
    pub links: Vec<GridLink>,
    pub is_filled: bool,
    /// First day of the person in the row, if it is in the future.
    pub comes: Option<NaiveDate>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridLink {
    /// Index of the column.
    pub column: u32,
    pub kind: EntityKind,
    pub id: Id,
}

/// The cells of these positions; unknown IDs are left out.
#[specta::specta]
pub fn grid_rows(app: &AppState, ids: Vec<Id>, at: At) -> Answer<Vec<PlanningRow>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let grid = planning_grid(app, &plan, day)?;
    let is_pay_shown = app.pay.is_shown();
    let found = ids.iter().filter_map(|id| plan.positions.get(PositionId::from(*id)));
    Ok(found.map(|position| grid_row(&grid, position, is_pay_shown)).collect())
}

pub fn grid_row(grid: &PlanningGrid<'_>, position: &Position, is_pay_shown: bool) -> PlanningRow {
    let cell = |column: &GridColumn| match grid.format(position, column).into_owned() {
        // Not calculated while hidden: an empty cell would mean that it costs nothing.
        _ if column.is_worked_out && column.is_pay() && !is_pay_shown => HIDDEN.to_owned(),
        text if !text.is_empty() && column.is_pay() && !is_pay_shown => HIDDEN.to_owned(),
        text => text,
    };
    let link = |(at, column): (usize, &GridColumn)| {
        let target = grid.reference(position, column)?;
        Some(GridLink { column: at as u32, kind: target.kind.into(), id: Id(target.id) })
    };
    PlanningRow {
        id: position.id.into(),
        cells: COLUMNS.iter().map(cell).collect(),
        links: COLUMNS.iter().enumerate().filter_map(link).collect(),
        is_filled: grid.is_filled(position.id),
        comes: grid.current_occupant(position.id).and_then(|seated| seated.comes),
    }
}

/// The user's action, for the label in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum GridAction {
    Set,
    Paste,
    Fill,
    Clear,
    Cut,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridEdit {
    /// The position; none for a new row.
    pub id: Option<Id>,
    /// Index among the new rows.
    pub line: u32,
    pub column: String,
    pub text: String,
    /// What the cell had when it was opened, if it was: somebody else may have changed it meanwhile.
    #[serde(default)]
    #[specta(optional)]
    pub was: Option<String>,
    /// Instead of a text: copy the value of this position.
    pub like: Option<Id>,
}

impl GridEdit {
    /// The cell as it was opened; none if it was not, or showed no amount.
    fn as_opened(&self) -> Option<CellEdit> {
        let text = self.was.clone().filter(|text| text != HIDDEN)?;
        Some(GridEdit { text, like: None, ..self.clone() }.into())
    }
}

impl From<GridEdit> for CellEdit {
    fn from(edit: GridEdit) -> Self {
        CellEdit {
            row: edit.id.map_or(GridRowRef::New(edit.line), |id| GridRowRef::Position(PositionId::from(id))),
            column: edit.column,
            value: match edit.like {
                Some(other) => CellValue::As(PositionId::from(other)),
                None => CellValue::Text(edit.text),
            },
        }
    }
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridProblem {
    /// Index of the edit.
    pub edit: u32,
    pub column: String,
    pub text: String,
    /// What is wrong, to follow the text.
    pub message: String,
    pub suggestions: Vec<String>,
}

#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GridOutcome {
    /// Refused cells: nothing has changed then.
    pub problems: Vec<GridProblem>,
    /// New positions, in the order of their rows.
    pub made: Vec<Id>,
}

/// Writes texts into cells, as one undoable step, or answers what is wrong with each refused cell.
#[specta::specta]
pub fn grid_edit(app: &AppState, action: GridAction, edits: Vec<GridEdit>, at: At) -> Answer<GridOutcome> {
    let plan = app.plan()?;
    let opened: Vec<CellEdit> = edits.iter().filter_map(GridEdit::as_opened).collect();
    let edits: Vec<CellEdit> = edits.into_iter().map(CellEdit::from).collect();
    let refused = |problems: Vec<CellProblem>| {
        let problems = problems.into_iter().map(|problem| grid_problem(&edits, problem)).collect();
        Ok(GridOutcome { problems, made: Vec::new() })
    };
    if !app.pay.is_shown() {
        let telling = range::against_hidden(&plan, &edits);
        if !telling.is_empty() {
            return refused(telling);
        }
    }
    let grid = PlanningGrid::new(&plan, at.shown_day());
    let mut draft = Draft::new(&plan);
    let written = match grid.parse(&mut draft, &edits) {
        Ok(written) => written,
        Err(problems) => return refused(problems),
    };
    let seen = seen(&plan, &grid, &opened);
    let (label, changes) = (label(&plan, action, &edits), draft.finish());
    drop(plan);
    apply_as_seen(app, label, changes, &seen)?;
    Ok(GridOutcome { problems: Vec::new(), made: written.made.iter().map(|id| Id::from(*id)).collect() })
}

/// What leads from the plan to the cells as they were opened: nothing where they are the same.
fn seen(plan: &Plan, grid: &PlanningGrid<'_>, opened: &[CellEdit]) -> Vec<Change> {
    let differs = |edit: &&CellEdit| match (edit.row, &edit.value, column(&edit.column)) {
        (GridRowRef::Position(id), CellValue::Text(text), Some(column)) => {
            let position = plan.positions.get(id);
            position.is_some_and(|position| grid.format(position, column) != text.as_str())
        }
        _ => false,
    };
    let differing: Vec<CellEdit> = opened.iter().filter(differs).cloned().collect();
    let mut draft = Draft::new(plan);
    match grid.parse(&mut draft, &differing) {
        Ok(_) => draft.finish(),
        // It can no longer be that, since it refers to something that is gone.
        Err(_) => Vec::new(),
    }
}

fn grid_problem(edits: &[CellEdit], problem: CellProblem) -> GridProblem {
    GridProblem {
        edit: problem.edit as u32,
        column: problem.column.to_owned(),
        text: problem.text,
        message: range::said_of(&edits[problem.edit].column, problem.message),
        suggestions: problem.suggestions,
    }
}

/// `Set salary min of HC2027-NH-001`, `Set team of 12 positions`, `Paste 24 position cells`.
fn label(plan: &Plan, action: GridAction, edits: &[CellEdit]) -> String {
    let title = |edit: &CellEdit| match column(&edit.column).map_or("cell", |column| column.title) {
        short @ ("ID" | "FTE") => short.to_owned(),
        title => title.to_lowercase(),
    };
    let mut columns: Vec<&str> = edits.iter().map(|edit| edit.column.as_str()).collect();
    columns.dedup();
    let verb = match action {
        GridAction::Set => "Set",
        GridAction::Paste => "Paste",
        GridAction::Fill => "Fill",
        GridAction::Clear => "Clear",
        GridAction::Cut => "Cut",
    };
    match edits {
        [one] => match one.row {
            GridRowRef::Position(id) => format!("{verb} {} of {}", title(one), plan.name_of(id.into())),
            GridRowRef::New(_) => "Add a position".to_owned(),
        },
        [first, ..] if columns.len() == 1 => {
            format!("{verb} {} of {} positions", title(first), edits.len())
        }
        many => format!("{verb} {} position cells", many.len()),
    }
}

/// Duplicates positions, without their people; answers with the copies.
#[specta::specta]
pub fn grid_duplicate(app: &AppState, ids: Vec<Id>, times: u32, at: At) -> Answer<Vec<Id>> {
    /// More at once would be an accident.
    const MOST: usize = 10_000;
    if ids.len().saturating_mul(times as usize) > MOST {
        return Err(AppError::new(
            ErrorKind::Invalid,
            format!("can’t create more than {MOST} copies at once"),
        ));
    }
    let label = |plan: &Plan| match ids.as_slice() {
        [one] => format!("Duplicate {}, {times} ×", plan.name_of(PositionId::from(*one).into())),
        many => format!("Duplicate {} positions, {times} ×", many.len()),
    };
    let made = app.edit(label, |draft| {
        Ok(PlanningGrid::new(draft.base(), at.shown_day()).duplicate(draft, &positions(&ids), times))
    })?;
    Ok(made.iter().map(|id| Id::from(*id)).collect())
}

/// Deletes positions with their assignments.
#[specta::specta]
pub fn grid_remove(app: &AppState, ids: Vec<Id>) -> Answer<()> {
    let label = |plan: &Plan| match ids.as_slice() {
        [one] => format!("Delete {}", plan.name_of(PositionId::from(*one).into())),
        many => format!("Delete {} positions", many.len()),
    };
    app.edit(label, |draft| {
        delete_positions(draft, &positions(&ids));
        Ok(())
    })
}

/// Writes these rows and columns as CSV; answers with the columns left out because salaries are hidden.
#[specta::specta]
pub fn grid_export(
    app: &AppState,
    ids: Vec<Id>,
    columns: Vec<String>,
    path: String,
    at: At,
) -> Answer<Vec<String>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let grid = planning_grid(app, &plan, day)?;
    let is_pay_shown = app.pay.is_shown();
    let wanted = columns.iter().filter_map(|id| column(id));
    let (shown, hidden): (Vec<&GridColumn>, Vec<&GridColumn>) =
        wanted.partition(|column| is_pay_shown || !column.is_pay());
    let mut text = Vec::new();
    write_csv(&grid, &positions(&ids), &shown, &mut text)
        .map_err(|error| AppError::new(ErrorKind::File, format!("{path}: {error}")))?;
    write_file(Path::new(&path), text)?;
    Ok(hidden.iter().map(|column| column.title.to_owned()).collect())
}
