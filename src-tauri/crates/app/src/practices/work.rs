//! What is required by the end of the next quarter and not reached yet, and whose job that is.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    practices::{Accountable, AccountableOn, PracticeCell, PracticeMatrix, PracticeRow},
};
use headroom_model::{Metric, Plan, wording::listed};
use serde::Serialize;

use super::{
    rows::{cell_words, level_text},
    summary::state_words,
};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// A level that is to be reached.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeWorkRow {
    /// Of the service and the practice together.
    pub number: u32,
    pub subject: NamedEntity,
    pub metric: NamedEntity,
    pub tier: Option<u8>,
    pub level: String,
    pub state: String,
    pub state_words: String,
    pub words: String,
    /// The level that is required.
    pub needs: String,
    /// What that means, in the words of the practice.
    pub needs_words: String,
    /// The day on which it is; none: it is now.
    pub by: Option<NaiveDate>,
    /// Who owns it on that day.
    pub owners: Vec<NamedEntity>,
    /// What is wrong with them: `nobody left`, `Shop ends before`; empty if nothing is.
    pub warning: String,
}

#[specta::specta]
pub fn practice_work(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<PracticeWorkRow>> {
    let view = app.day(at)?;
    let matrix = PracticeMatrix::new(&view.snapshot);
    let on = AccountableOn::new(&view.snapshot);
    let plan = view.snapshot.plan();
    let mut work: Vec<Work<'_>> = matrix
        .cells()
        .filter(|(_, cell)| cell.is_to_do())
        .enumerate()
        .map(|(number, (row, cell))| Work {
            number: number as u32,
            row,
            cell,
            owner: owner(&on, &matrix, row, cell),
        })
        .collect();
    work.sort_by_key(|work| (work.by(), work.row.tier.unwrap_or(u8::MAX)));
    let words = query.words();
    let table = WorkTable { view: &view };
    let is_sought = |work: &Work<'_>| {
        let names = [plan.name_of(work.row.subject.into()), plan.name_of(work.cell.metric.into())];
        words.is_empty() || matches(&words, names.iter().map(String::as_str))
    };
    work.retain(is_sought);
    table.lines(work, &query)
}

/// Who owns it on the day on which it is required.
pub(super) fn owner(
    on: &AccountableOn<'_>,
    matrix: &PracticeMatrix,
    row: &PracticeRow,
    cell: &PracticeCell,
) -> Option<Accountable> {
    let by = cell.next.as_ref().and_then(|next| next.from).unwrap_or(matrix.day);
    on.of(row.subject.service()?, by)
}

struct Work<'a> {
    number: u32,
    row: &'a PracticeRow,
    cell: &'a PracticeCell,
    owner: Option<Accountable>,
}

impl Work<'_> {
    /// The day by which it is required; none: it is now.
    fn by(&self) -> Option<NaiveDate> {
        self.cell.next.as_ref().and_then(|next| next.from)
    }

    fn owners(&self, plan: &Plan) -> Vec<NamedEntity> {
        match (&self.owner, self.row.subject.service()) {
            (Some(owner), _) => owner.owners.iter().map(|own| NamedEntity::new(plan, *own)).collect(),
            (None, None) => vec![NamedEntity::new(plan, self.row.subject)],
            (None, Some(_)) => Vec::new(),
        }
    }
}

/// What is wrong with who has to do it; empty if nothing is.
pub(super) fn warning(plan: &Plan, owner: Option<&Accountable>) -> String {
    let Some(owner) = owner else { return String::new() };
    let ended: Vec<String> = owner.ended.iter().map(|own| plan.name_of(*own)).collect();
    match (owner.owners.is_empty(), owner.is_nobody(), ended.is_empty()) {
        (true, _, true) => "nobody owns it".to_owned(),
        (true, _, false) => format!("{} will have ended", listed(&ended)),
        (false, true, _) => "nobody will be left".to_owned(),
        (false, false, _) => String::new(),
    }
}

struct WorkTable<'a> {
    view: &'a DayView,
}

impl<'a> TableRows for WorkTable<'a> {
    type Row = Work<'a>;
    type Shown = PracticeWorkRow;
    const COLUMNS: &'static [&'static str] =
        &["subject", "practice", "tier", "state", "needs", "by", "owner", "warning"];

    fn value(&self, work: &Work<'a>, column: &str) -> ColumnValue {
        let plan = self.view.snapshot.plan();
        match column {
            "practice" => ColumnValue::entities([NamedEntity::new(plan, work.cell.metric)]),
            "tier" => ColumnValue::tier(work.row.tier),
            "state" => {
                let state = work.cell.state;
                ColumnValue::one(Some(CellThing::ranked(state as i32, state.word(), state_words(state))))
            }
            "needs" => ColumnValue::word(&needs(work).map(|needs| needs.to_string()).unwrap_or_default()),
            "by" => ColumnValue::Day(work.by()),
            "owner" => ColumnValue::entities(work.owners(plan)),
            "warning" => ColumnValue::word(&warning(plan, work.owner.as_ref())),
            _ => ColumnValue::word(&plan.name_of(work.row.subject.into())),
        }
    }

    fn show(&self, work: &Work<'a>) -> PracticeWorkRow {
        let plan = self.view.snapshot.plan();
        let needs = needs(work);
        let metric = plan.get::<Metric>(work.cell.metric);
        PracticeWorkRow {
            number: work.number,
            subject: NamedEntity::new(plan, work.row.subject),
            metric: NamedEntity::new(plan, work.cell.metric),
            tier: work.row.tier,
            level: level_text(work.cell.reading.standing),
            state: work.cell.state.word().to_owned(),
            state_words: state_words(work.cell.state).to_owned(),
            words: cell_words(work.cell),
            needs: needs.map(|needs| needs.to_string()).unwrap_or_default(),
            needs_words: metric
                .zip(needs)
                .map(|(metric, needs)| metric.level_words(needs).to_owned())
                .unwrap_or_default(),
            by: work.by(),
            owners: work.owners(plan),
            warning: warning(plan, work.owner.as_ref()),
        }
    }

    fn key(&self, work: &Work<'a>) -> Option<Id> {
        Some(Id(work.number.into()))
    }
}

fn needs(work: &Work<'_>) -> Option<headroom_model::ExactDecimal> {
    work.cell.next.as_ref().or(work.cell.required.as_ref()).map(|required| required.value)
}
