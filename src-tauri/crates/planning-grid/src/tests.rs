use chrono::NaiveDate;
use headroom_model::{
    Assignment, Change, Decimal6, Draft, Metric, Money, Objective, Person, PersonId, Plan, Position,
    PositionId, Status, Team,
};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-24";

/// Two teams with similar names; Ada is in the first of two positions.
fn plan() -> (Plan, [PositionId; 2], PersonId) {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (key, name) in [("pay", "Payments"), ("payouts", "Payouts")] {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: key.into(), name: name.into(), ..Team::default() });
    }
    let person = draft.new_id::<Person>();
    draft.put(Person { id: person, key: "ada".into(), name: "Ada Okafor".into(), ..Person::default() });
    let seats = ["HC2027-NH-001", "HC2027-NH-002"].map(|key| {
        let id = draft.new_id::<Position>();
        let pay = Some("60000 EUR".parse::<Money>().unwrap());
        draft.put(Position { id, key: key.into(), pay, ..Position::default() });
        id
    });
    let id = draft.new_id::<Assignment>();
    draft.put(Assignment { id, position: seats[0], person, ..Assignment::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    (plan, seats, person)
}

fn cell(row: GridRowRef, column: &str, text: &str) -> CellEdit {
    CellEdit { row, column: column.into(), value: CellValue::Text(text.into()) }
}

fn read(plan: &Plan, edits: &[CellEdit]) -> Result<(EditSummary, Vec<Change>), Vec<CellProblem>> {
    let grid = PlanningGrid::new(plan, day(TODAY));
    let mut draft = Draft::new(plan);
    let written = grid.parse(&mut draft, edits)?;
    Ok((written, draft.finish()))
}

/// The plan with the cells applied, and the new positions.
fn with(plan: &Plan, edits: &[CellEdit]) -> (Plan, Vec<Position>) {
    let (written, changes) = read(plan, edits).unwrap();
    let mut plan = plan.clone();
    plan.apply(&changes).unwrap();
    let made = written.made.iter().map(|id| plan.positions.get(*id).unwrap().clone()).collect();
    (plan, made)
}

fn text(plan: &Plan, position: PositionId, id: &str) -> String {
    let grid = PlanningGrid::new(plan, day(TODAY));
    grid.format(plan.positions.get(position).unwrap(), column(id).unwrap()).into_owned()
}

#[test]
fn block_makes_positions_with_readable_ids() {
    let (plan, ..) = plan();
    let (_, made) = with(
        &plan,
        &[
            cell(GridRowRef::New(0), "title", "Backend engineer"),
            cell(GridRowRef::New(0), "team", "payments"),
            cell(GridRowRef::New(0), "start", "2027-03-01"),
            cell(GridRowRef::New(0), "pay", "85k"),
            cell(GridRowRef::New(1), "reason", "Backfill"),
            cell(GridRowRef::New(1), "start", "2028-01-01"),
            cell(GridRowRef::New(1), "manager", "Ada Okafor"),
            cell(GridRowRef::New(2), "fte", "60 %"),
        ],
    );
    let keys: Vec<&str> = made.iter().map(|position| position.key.as_str()).collect();
    assert_eq!(keys, ["HC2027-NH-003", "HC2028-BF-001", "HC2026-NH-001"]);
    assert_eq!(made[0].pay.unwrap().to_string(), "85000.00 EUR");
    assert_eq!(made[0].team, plan.find::<Team>("pay"));
    assert_eq!(made[1].manager, plan.find::<Position>("HC2027-NH-001"));
    assert_eq!(made[2].fte, Decimal6::from_millionths(600_000));
}

#[test]
fn one_bad_cell_refuses_the_block() {
    let (plan, [seat, _], _) = plan();
    let row = GridRowRef::Position(seat);
    let edits = [
        cell(row, "title", "Fine"),
        cell(row, "team", "Payment"),
        cell(row, "start", "3/12/2027"),
        cell(row, "status", "opn"),
        cell(row, "pay_up_to", "50k"),
        cell(GridRowRef::New(0), "key", "HC2027-NH-002"),
        cell(GridRowRef::New(1), "status", "filled by Ada Okafor"),
        cell(GridRowRef::New(2), "person", "Nobody"),
    ];
    let problems = read(&plan, &edits).unwrap_err();
    let said: Vec<(usize, &str, &str)> =
        problems.iter().map(|it| (it.edit, it.column, it.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "Team", "doesn’t match any team"),
            (2, "Start date", "is not a date such as 12 Mar 2027"),
            (3, "Status", "is not one of planned, approved, open, offered, frozen, closed"),
            (4, "Salary max", "is less than the lower end"),
            (5, "ID", "is already the ID of another position"),
            (6, "Status", "can’t be typed here: enter a name under Person instead"),
            (7, "Person", "doesn’t match any person"),
        ]
    );
    assert_eq!(problems[0].suggestions, ["Payments", "Payouts"]);
    assert_eq!(problems[2].suggestions, ["open"]);
}

#[test]
fn pasted_row_may_report_to_another_of_the_block() {
    let (plan, ..) = plan();
    let (_, made) = with(
        &plan,
        &[cell(GridRowRef::New(0), "manager", "lead-1"), cell(GridRowRef::New(1), "key", "LEAD-1")],
    );
    assert_eq!(made[0].manager, Some(made[1].id));
}

#[test]
fn copied_cells_can_be_pasted() {
    let (plan, seats, _) = plan();
    let grid = PlanningGrid::new(&plan, day(TODAY));
    let mut edits = Vec::new();
    for seat in seats {
        let position = plan.positions.get(seat).unwrap();
        let written = COLUMNS.iter().filter(|it| !it.is_worked_out);
        edits.extend(written.map(|it| cell(GridRowRef::Position(seat), it.id, &grid.format(position, it))));
    }
    assert_eq!(read(&plan, &edits).unwrap().1, []);
}

#[test]
fn person_fills_the_position_from_the_day_or_planned_start() {
    let (plan, [first, second], _) = plan();
    let (later, _) = with(
        &plan,
        &[
            cell(GridRowRef::Position(second), "start", "2027-03-01"),
            cell(GridRowRef::Position(second), "person", "ada"),
        ],
    );
    assert_eq!(later.assignments.rows().last().unwrap().from, Some(day("2027-03-01")));
    assert_eq!(text(&later, second, "person"), "Ada Okafor");
    assert_eq!(text(&later, second, "status"), "planned", "nobody is in it yet");
    assert_eq!(text(&plan, first, "status"), "filled by Ada Okafor");
    let (emptied, _) = with(&plan, &[cell(GridRowRef::Position(first), "person", "")]);
    assert_eq!(text(&emptied, first, "status"), "planned");
    assert_eq!(emptied.assignments.rows()[0].until, Some(day("2026-11-23")));
}

#[test]
fn cell_copies_a_hidden_value() {
    let (plan, [first, second], _) = plan();
    let (plan, _) = with(&plan, &[cell(GridRowRef::Position(first), "pay", "€91,000")]);
    let edit =
        CellEdit { row: GridRowRef::Position(second), column: "pay".into(), value: CellValue::As(first) };
    let (plan, _) = with(&plan, &[edit]);
    assert_eq!(text(&plan, second, "pay"), "91000.00 EUR");
}

#[test]
fn copies_have_no_people_and_new_ids() {
    let (plan, [first, _], _) = plan();
    let mut draft = Draft::new(&plan);
    let made = PlanningGrid::new(&plan, day(TODAY)).duplicate(&mut draft, &[first], 3);
    let changes = draft.finish();
    let mut plan = plan;
    plan.apply(&changes).unwrap();
    let keys: Vec<&str> = made.iter().map(|id| plan.positions.get(*id).unwrap().key.as_str()).collect();
    assert_eq!(keys, ["HC2026-NH-001", "HC2026-NH-002", "HC2026-NH-003"]);
    assert_eq!(plan.positions.get(made[2]).unwrap().pay, plan.positions.get(first).unwrap().pay);
    assert_eq!(plan.assignments.len(), 1);
}

#[test]
fn copies_wait_for_the_same_and_are_opened_by_nobody() {
    let (mut plan, [first, _], _) = plan();
    let mut draft = Draft::new(&plan);
    let metric = Metric { id: draft.new_id::<Metric>(), key: "m".into(), ..Metric::default() };
    let objective = Objective {
        id: draft.new_id::<Objective>(),
        key: "o".into(),
        metric: metric.id,
        ..Objective::default()
    };
    let row = plan.get::<Position>(first).unwrap().clone();
    draft.put(Position { waits_for: vec![objective.id], waived_on: Some(day(TODAY)), ..row });
    draft.put(metric);
    draft.put(objective.clone());
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let mut draft = Draft::new(&plan);
    let made = PlanningGrid::new(&plan, day(TODAY)).duplicate(&mut draft, &[first], 2);
    for id in made {
        let copy = draft.get::<Position>(id).unwrap();
        assert_eq!((copy.waits_for.as_slice(), copy.waived_on), (&[objective.id][..], None));
    }
}

#[test]
fn group_totals_add_up() {
    let (plan, [first, second], _) = plan();
    let (plan, _) = with(
        &plan,
        &[
            cell(GridRowRef::Position(second), "team", "Payments"),
            cell(GridRowRef::Position(second), "fte", "0.5"),
            cell(GridRowRef::New(0), "team", "Payments"),
            cell(GridRowRef::New(1), "status", "closed"),
        ],
    );
    let grid = PlanningGrid::new(&plan, day(TODAY));
    let order = GridQuery { grouping: GridGrouping::Team, ..GridQuery::default() };
    let layout = grid.layout(&order);
    let groups: Vec<(&str, usize, u32, u32)> = layout
        .groups
        .iter()
        .map(|group| (group.title.as_str(), group.first, group.totals.seats, group.totals.filled))
        .collect();
    assert_eq!(groups, [("Payments", 0, 2, 0), ("No team", 2, 1, 1)]);
    assert_eq!((layout.totals.seats, layout.totals.fte.to_string().as_str()), (3, "2.5"));
    let pay: Vec<String> = layout.totals.amounts().map(|pay| pay.to_string()).collect();
    assert_eq!(pay, ["90000.00 EUR"]);
    assert_eq!(layout.rows[2], first);
    let all = grid.layout(&GridQuery { with_past: true, ..order });
    assert_eq!(all.totals.seats, 4);
}

#[test]
fn order_is_kept_while_editing_and_hidden_pay_is_not_revealed() {
    let (plan, [first, second], _) = plan();
    let (plan, _) = with(&plan, &[cell(GridRowRef::Position(second), "pay", "10k")]);
    let grid = PlanningGrid::new(&plan, day(TODAY));
    let by_pay =
        |with_pay| grid.layout(&GridQuery { sort: "pay".into(), with_pay, ..GridQuery::default() }).rows;
    assert_eq!(by_pay(true), [second, first]);
    assert_eq!(by_pay(false), [first, second]);
    let find =
        |with_pay| grid.layout(&GridQuery { text: "10000".into(), with_pay, ..GridQuery::default() }).rows;
    assert_eq!((find(true), find(false)), (vec![second], vec![]));
    let standing = vec![second, first];
    let order = GridQuery { sort: "key".into(), standing, text: "nothing".into(), ..GridQuery::default() };
    assert_eq!(grid.layout(&order).rows, [second, first]);
}

#[test]
fn csv_has_the_shown_columns_and_rows() {
    let (plan, [first, second], _) = plan();
    let (plan, _) = with(&plan, &[cell(GridRowRef::Position(first), "title", "=1+1")]);
    let mut text = Vec::new();
    let columns = [column("key").unwrap(), column("title").unwrap()];
    write_csv(&PlanningGrid::new(&plan, day(TODAY)), &[second, first], &columns, &mut text).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), "Id,Title\nHC2027-NH-002,\nHC2027-NH-001,'=1+1\n");
}

#[test]
fn occupied_position_keeps_its_status() {
    let (plan, [first, _], _) = plan();
    let (plan, _) = with(&plan, &[cell(GridRowRef::Position(first), "status", "Filled")]);
    assert_eq!(plan.positions.get(first).unwrap().status, Status::Planned);
}

#[test]
fn what_a_position_waits_for_is_shown_and_read_only() {
    let (plan, [first, second], _) = plan();
    let gates = std::sync::Arc::new([(second, "Payback < 12 · 1 of 2".to_owned())].into_iter().collect());
    let grid = PlanningGrid::new(&plan, day(TODAY)).with_gates(gates);
    let text = |id| grid.format(plan.positions.get(id).unwrap(), column("gate").unwrap()).into_owned();
    assert_eq!([text(first), text(second)], ["", "Payback < 12 · 1 of 2"]);
    let problems = read(&plan, &[cell(GridRowRef::Position(first), "gate", "nothing")]).unwrap_err();
    assert!(problems[0].message.contains("calculated"), "{problems:?}");
}

#[test]
fn cost_is_shown_summed_and_read_only() {
    let (plan, [first, second], _) = plan();
    let cost = "71234.56 EUR".parse::<Money>().unwrap();
    let costs = std::sync::Arc::new([(second, cost)].into_iter().collect());
    let grid = PlanningGrid::new(&plan, day(TODAY)).with_costs(costs);
    let text = |id| grid.format(plan.positions.get(id).unwrap(), column("cost").unwrap()).into_owned();
    assert_eq!([text(first), text(second)], ["", "71234.56 EUR"]);
    let sorted = |with_pay| {
        let order = GridQuery { sort: "cost".into(), is_descending: true, with_pay, ..GridQuery::default() };
        grid.layout(&order)
    };
    assert_eq!(sorted(true).rows, [second, first]);
    assert_eq!(sorted(false).rows, [first, second], "the order would tell");
    assert_eq!(sorted(true).totals.costs().collect::<Vec<_>>(), [cost]);
    for value in [CellValue::Text("1 EUR".into()), CellValue::Text(String::new()), CellValue::As(second)] {
        let edit = CellEdit { row: GridRowRef::Position(first), column: "cost".into(), value };
        let problems = read(&plan, &[edit]).unwrap_err();
        assert!(problems[0].message.contains("calculated"), "{problems:?}");
    }
}
