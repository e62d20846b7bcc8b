//! Copies of positions.

use headroom_model::{Draft, Position, PositionId};

use crate::{
    CellEdit, CellValue, GridRowRef, PlanningGrid,
    column::{COLUMNS, GridColumn},
};

/// Columns that are copied to a new position: not those that belong to one position only.
fn is_copied(column: &GridColumn) -> bool {
    !column.is_worked_out && !matches!(column.id, "key" | "person" | "requisition" | "backfill_of")
}

/// A copy waits for the same, and its gate is opened by nobody.
fn copy_gate(draft: &mut Draft<'_>, of: PositionId, copy: PositionId) {
    let rows =
        draft.get::<Position>(of).map(Position::without_waiver).zip(draft.get::<Position>(copy).cloned());
    let Some((of, copy)) = rows.filter(|(of, _)| !of.waits_for.is_empty()) else { return };
    draft.put(Position { waits_for: of.waits_for, waits_any: of.waits_any, waits_by: of.waits_by, ..copy });
}

impl PlanningGrid<'_> {
    /// Makes `times` copies of each position, without people, IDs and requisitions.
    pub fn duplicate(&self, draft: &mut Draft<'_>, positions: &[PositionId], times: u32) -> Vec<PositionId> {
        let edits: Vec<CellEdit> = positions
            .iter()
            .flat_map(|id| (0..times).map(move |_| *id))
            .zip(0..)
            .flat_map(|(id, row)| {
                COLUMNS.iter().filter(|column| is_copied(column)).map(move |column| CellEdit {
                    row: GridRowRef::New(row),
                    column: column.id.to_owned(),
                    value: CellValue::As(id),
                })
            })
            .collect();
        // What another position has can be taken.
        let made = self.parse(draft, &edits).map(|written| written.made).unwrap_or_default();
        let copied = positions.iter().flat_map(|id| (0..times).map(move |_| *id));
        for (of, id) in copied.zip(&made) {
            copy_gate(draft, of, *id);
        }
        made
    }
}
