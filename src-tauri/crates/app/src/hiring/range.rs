//! Editing “Salary min” and “Salary max”: which end an error is about, and what a hidden end must not reveal.

use headroom_model::{Money, Plan, PositionId, pay_range};
use headroom_planning_grid::{CellEdit, CellProblem, CellValue, GridRowRef, column};
use rustc_hash::FxHashMap;

/// The other end of a range, with its title.
fn other_end(column: &str) -> Option<(&'static str, &'static str)> {
    match column {
        "pay" => Some(("pay_up_to", "“Salary max”")),
        "pay_up_to" => Some(("pay", "“Salary min”")),
        _ => None,
    }
}

/// Edits of an end whose other end is hidden: accepting or refusing them would reveal it.
pub fn against_hidden(plan: &Plan, edits: &[CellEdit]) -> Vec<CellProblem> {
    let is_end = |edit: &&CellEdit| other_end(&edit.column).is_some();
    let ends: FxHashMap<(GridRowRef, &str), &CellEdit> =
        edits.iter().filter(is_end).map(|edit| ((edit.row, edit.column.as_str()), edit)).collect();
    let refused = |(at, edit): (usize, &CellEdit)| {
        let (other, title) = other_end(&edit.column)?;
        let beside = ends.get(&(edit.row, other)).map(|edit| &edit.value);
        tells(plan, edit, other, beside).then(|| CellProblem {
            edit: at,
            column: column(&edit.column).map_or("", |column| column.title),
            text: typed(&edit.value).unwrap_or_default().to_owned(),
            message: format!("can’t be checked against {title}, which is hidden: show salaries first"),
            suggestions: Vec::new(),
        })
    };
    edits.iter().enumerate().filter_map(refused).collect()
}

/// `beside`: the value written to the other end in the same step.
fn tells(plan: &Plan, edit: &CellEdit, other: &str, beside: Option<&CellValue>) -> bool {
    let is_known = |id: PositionId, column: &str| amount(plan, id, column).is_some();
    match (&edit.value, beside) {
        (value, _) if typed(value) == Some("") => false,
        (CellValue::Text(_), Some(CellValue::Text(_))) => false,
        (CellValue::As(_), Some(value)) if typed(value) == Some("") => false,
        (CellValue::As(one), Some(CellValue::As(two))) => one != two,
        (CellValue::Text(_), Some(CellValue::As(two))) => is_known(*two, other),
        (CellValue::As(one), Some(CellValue::Text(_))) => is_known(*one, &edit.column),
        (_, None) => matches!(edit.row, GridRowRef::Position(id) if is_known(id, other)),
    }
}

fn typed(value: &CellValue) -> Option<&str> {
    match value {
        CellValue::Text(text) => Some(text.trim()),
        CellValue::As(_) => None,
    }
}

fn amount(plan: &Plan, id: PositionId, column: &str) -> Option<Money> {
    let position = plan.positions.get(id)?;
    if column == "pay" { position.pay } else { position.pay_up_to }
}

/// An error of a range, reworded for the end that was edited.
pub fn said_of(column: &str, message: String) -> String {
    let said = match (column, message.as_str()) {
        ("pay", pay_range::TOO_LITTLE) => "is more than “Salary max”",
        ("pay", pay_range::OTHER_CURRENCY) => "must be in the same currency as “Salary max”",
        ("pay", pay_range::NO_BEGINNING) => "is empty, but “Salary max” is not",
        ("pay_up_to", pay_range::TOO_LITTLE) => "is less than “Salary min”",
        ("pay_up_to", pay_range::OTHER_CURRENCY) => "must be in the same currency as “Salary min”",
        ("pay_up_to", pay_range::NO_BEGINNING) => "needs a “Salary min” as well",
        _ => return message,
    };
    said.to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_model::{Currency, Draft, Position};

    use super::*;

    fn euros(whole: i64) -> Option<Money> {
        Some(Money::new(whole * 100, Currency::EUR))
    }

    /// A position with a range, one with a salary, one without.
    fn plan() -> (Plan, [PositionId; 3]) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let ranges = [(euros(80_000), euros(88_000)), (euros(70_000), None), (None, None)];
        let ids = ranges.map(|(pay, pay_up_to)| {
            let id = draft.new_id::<Position>();
            draft.put(Position { id, key: format!("HC-{}", id.0), pay, pay_up_to, ..Position::default() });
            id
        });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        (plan, ids)
    }

    fn edit(id: PositionId, column: &str, value: CellValue) -> CellEdit {
        CellEdit { row: GridRowRef::Position(id), column: column.to_owned(), value }
    }

    #[test]
    fn edits_next_to_a_hidden_end_are_refused_alike() {
        let (plan, [ranged, paid, bare]) = plan();
        let text = |text: &str| CellValue::Text(text.to_owned());
        let edits = [
            edit(ranged, "pay", text("150000")),
            edit(paid, "pay_up_to", text("1")),
            edit(paid, "pay", text("75000")),
            edit(bare, "pay", text("75000")),
        ];
        // The second is edited together with the third.
        assert_eq!(places(&plan, &edits), [0]);
        assert_eq!(places(&plan, &edits[..2]), [0, 1]);
        let problems = against_hidden(&plan, &edits[..1]);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.column, problem.text.as_str()), ("Salary min", "150000"));
        assert!(problem.message.contains("show salaries first"), "{}", problem.message);
        // The message does not depend on the figure.
        let low = against_hidden(&plan, &[edit(ranged, "pay", text("1"))]);
        assert_eq!(low[0].message, problem.message);
        // Clearing it is accepted; filling both ends from one row is, too.
        assert!(places(&plan, &[edit(ranged, "pay_up_to", text(""))]).is_empty());
        let like = ["pay", "pay_up_to"].map(|column| edit(bare, column, CellValue::As(ranged)));
        assert!(places(&plan, &like).is_empty());
        let mixed = [edit(bare, "pay", text("90000")), edit(bare, "pay_up_to", CellValue::As(ranged))];
        assert_eq!(places(&plan, &mixed), [0, 1]);
    }

    fn places(plan: &Plan, edits: &[CellEdit]) -> Vec<usize> {
        against_hidden(plan, edits).iter().map(|problem| problem.edit).collect()
    }

    #[test]
    fn errors_are_about_the_edited_end() {
        let said = |column, message: &str| said_of(column, message.to_owned());
        assert_eq!(said("pay", pay_range::TOO_LITTLE), "is more than “Salary max”");
        assert_eq!(said("pay_up_to", pay_range::TOO_LITTLE), "is less than “Salary min”");
        assert_eq!(said("pay", "must not be negative"), "must not be negative");
    }
}
