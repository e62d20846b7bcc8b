use chrono::Days;
use headroom_model::{Budget, Draft, Money, Position, Team};
use proptest::prelude::*;

use super::*;
use crate::cost::{
    Costs,
    tests::{assume, plan, position},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Platform with Checkout and Payments below it: cost a month in whole euros of each team's own positions, and
/// budgets of 2027.
fn org(costs: [i64; 3], budgets: &[(Option<usize>, &str, &str, &str)]) -> (Plan, Vec<TeamId>) {
    let mut teams: Vec<TeamId> = Vec::new();
    let plan = plan(|draft| {
        let burden = assume(draft, "burden", "", "0%");
        draft.put(burden);
        for (nth, key) in ["Platform", "Checkout", "Payments"].into_iter().enumerate() {
            let (id, parent) = (draft.new_id::<Team>(), teams.first().copied());
            draft.put(Team { id, key: key.into(), name: key.into(), parent, ..Team::default() });
            teams.push(id);
            if costs[nth] > 0 {
                let row = position(draft, &format!("{} EUR", costs[nth] * 12));
                draft.put(Position { team: Some(id), ..row });
            }
        }
        for (team, amount, from, until) in budgets {
            put_budget(draft, team.map(|at| teams[at]), amount, from, until);
        }
    });
    (plan, teams)
}

fn put_budget(draft: &mut Draft<'_>, team: Option<TeamId>, amount: &str, from: &str, until: &str) {
    let id = draft.new_id::<Budget>();
    let (amount, from, until) = (amount.parse().ok(), from.parse().ok(), until.parse().ok());
    draft.put(Budget { id, team, amount, from, until, ..Budget::default() });
}

fn lines(plan: &Plan, team: Option<TeamId>) -> Vec<BudgetLine> {
    let costs = Costs::new(plan, day("2027-01-01"), day("2027-12-31"));
    budget_lines(plan, &MonthTable::new(plan, &costs), team)
}

/// Those of 2027.
fn months() -> Vec<NaiveDate> {
    (1..=12).map(|month| NaiveDate::from_ymd_opt(2027, month, 1).unwrap()).collect()
}

/// Each line in whole euros: depth, name, plan, budget, what is left, the note.
type Said = (usize, String, i64, Option<i64>, Option<i64>, String);

fn said(plan: &Plan, team: Option<TeamId>) -> Vec<Said> {
    let line = |line: &BudgetLine| {
        let whole = |minor: i64| minor / 100;
        let (budget, left) = (line.budget().map(whole), line.left().map(whole));
        (line.depth, line.name(plan), whole(line.plan()), budget, left, line.note(plan, &months()))
    };
    lines(plan, team).iter().map(line).collect()
}

const YEAR: (&str, &str) = ("2027-01-01", "2027-12-31");

#[test]
fn own_positions_have_what_the_teams_below_leave() {
    let year = |team, amount| (Some(team), amount, YEAR.0, YEAR.1);
    let (plan, teams) =
        org([1_000, 2_000, 3_000], &[year(0, "75000 EUR"), year(1, "25000 EUR"), year(2, "36000 EUR")]);
    let row = |depth, name: &str, plan, budget: i64, left: i64| {
        (depth, name.to_owned(), plan, Some(budget), Some(left), String::new())
    };
    let expected = [
        row(0, "Platform", 72_000, 75_000, 3_000),
        row(1, "Checkout", 24_000, 25_000, 1_000),
        row(1, "Payments", 36_000, 36_000, 0),
        row(1, "Platform’s own positions", 12_000, 14_000, 2_000),
    ];
    assert_eq!(said(&plan, Some(teams[0])), expected);
}

/// A team without a budget in a group with one is not under budget: it shares what is left.
#[test]
fn teams_without_a_budget_share_what_is_left() {
    let year = |team, amount| (Some(team), amount, YEAR.0, YEAR.1);
    let (plan, teams) = org([1_000, 2_000, 3_000], &[year(0, "70000 EUR"), year(1, "25000 EUR")]);
    let row = |depth, name: &str, plan, budget, left, note: &str| {
        (depth, name.to_owned(), plan, budget, left, note.to_owned())
    };
    let within = "in the budget of Platform";
    let payments = row(1, "Payments", 36_000, None, None, within);
    let expected = [
        row(0, "Platform", 72_000, Some(70_000), Some(-2_000), ""),
        row(1, "Checkout", 24_000, Some(25_000), Some(1_000), ""),
        payments.clone(),
        row(1, "Platform’s own positions", 12_000, None, None, within),
        row(
            1,
            "Rest of Platform’s budget",
            0,
            Some(45_000),
            Some(-3_000),
            "for all without a budget of their own",
        ),
    ];
    assert_eq!(said(&plan, Some(teams[0])), expected);
    assert_eq!(said(&plan, Some(teams[2])), [(0, payments.1, 36_000, None, None, payments.5)]);
}

/// A budget that nobody below has a part of is for all of them.
#[test]
fn an_undivided_budget_has_no_rest() {
    let (plan, teams) = org([1_000, 2_000, 3_000], &[(Some(0), "70000 EUR", YEAR.0, YEAR.1)]);
    let budgets: Vec<Option<i64>> = lines(&plan, Some(teams[0])).iter().map(BudgetLine::left).collect();
    assert_eq!(budgets, [Some(-200_000), None, None, None]);
}

/// Without a budget of its own a group has those below, and they are not for the others.
#[test]
fn budgets_below_are_for_the_teams_that_have_them() {
    let (plan, teams) = org([1_000, 2_000, 3_000], &[(Some(1), "20000 EUR", YEAR.0, YEAR.1)]);
    let found = lines(&plan, Some(teams[0]));
    assert_eq!(found[0].plan(), 7_200_000);
    assert_eq!((found[0].budgeted(), found[0].left()), (2_400_000, Some(-400_000)));
    assert_eq!(found[0].note(&plan, &months()), "only teams with a budget are compared");
    assert_eq!(found.len(), 4, "nothing is left to share");
    assert!(found[2].budget().is_none() && found[2].within.is_none());
}

/// In months without a budget of its own a group has those below, and only months with a budget are compared.
#[test]
fn months_are_compared_one_by_one() {
    let budgets = [
        (Some(0), "36000 EUR", "2027-01-01", "2027-06-30"),
        (Some(1), "12000 EUR", "2027-07-01", "2027-09-30"),
    ];
    let (plan, teams) = org([1_000, 2_000, 3_000], &budgets);
    let found = lines(&plan, Some(teams[0]));
    assert_eq!(found[0].budget(), Some(4_800_000));
    // Six months of all, three of Checkout.
    assert_eq!(found[0].budgeted(), 3_600_000 + 600_000);
    assert_eq!(found[0].note(&plan, &months()), "budget for Jan–Sep only");
    let days = |team| headcount_day(&plan, &table(&plan), team);
    assert_eq!(days(None), Some(day("2027-12-31")), "nobody has a headcount budget");
}

/// A budget of half a year is compared with half a year: what the rest of the year costs is neither over nor under it.
#[test]
fn months_without_a_budget_are_left_out_and_said() {
    // 1 000 a month, with 6 200 for January to June: 200 are left, not 5 800 missing.
    let (plan, teams) = org([1_000, 0, 0], &[(Some(0), "6200 EUR", "2027-01-01", "2027-06-30")]);
    let found = lines(&plan, Some(teams[0]));
    assert_eq!((found[0].plan(), found[0].budget()), (1_200_000, Some(620_000)));
    assert_eq!((found[0].budgeted(), found[0].left()), (600_000, Some(20_000)));
    assert_eq!(found[0].note(&plan, &months()), "budget for Jan–Jun only");
    // By quarter: the first two have all their months, the others no budget, and nothing to say.
    let quarters = [0..3, 3..6, 6..9, 9..12].map(|quarter| found[0].uncovered(&months(), quarter));
    assert_eq!(quarters, [""; 4].map(str::to_owned));
    assert_eq!(found[0].uncovered(&months(), 3..9), "budget for Apr–Jun only");

    // Until August: the third quarter has two of its months.
    let (plan, teams) = org([1_000, 0, 0], &[(Some(0), "8000 EUR", "2027-01-01", "2027-08-31")]);
    let found = lines(&plan, Some(teams[0]));
    assert_eq!(found[0].uncovered(&months(), 6..9), "budget for Jul–Aug only");
    let third: i64 = found[0].budgeted_by_month[6..9].iter().map(|cell| cell.cost).sum();
    assert_eq!(third, 200_000, "two months of 1 000");
}

fn table(plan: &Plan) -> MonthTable {
    MonthTable::new(plan, &Costs::new(plan, day("2027-01-01"), day("2027-12-31")))
}

proptest! {
    /// Whatever the teams, positions and budgets: plan, budget, difference and headcount of a line are the sums of the
    /// lines directly below it, to the cent, in each month.
    #[test]
    fn lines_add_up_to_the_line_above(
        parents in prop::collection::vec(0_usize..6, 8),
        positions in prop::collection::vec((0_usize..10, 100_000_i64..20_000_000, 0_u64..700), 0..20),
        budgets in prop::collection::vec((0_usize..9, 1_i64..90_000_000, 0_u64..500, 20_u64..500), 0..10),
    ) {
        let after = |days: u64| day("2026-09-15").checked_add_days(Days::new(days)).unwrap();
        let plan = plan(|draft| {
            let mut teams: Vec<TeamId> = Vec::new();
            for (nth, parent) in parents.iter().enumerate() {
                let id = draft.new_id::<Team>();
                // A third of them are at the top.
                let parent = teams.get(*parent).copied().filter(|_| nth % 3 > 0);
                let key = format!("team-{nth}");
                draft.put(Team { id, name: key.clone(), key, parent, ..Team::default() });
                teams.push(id);
            }
            for (team, minor, start) in &positions {
                let row = position(draft, "");
                let pay = Some(Money::new(*minor, headroom_model::Currency::EUR));
                draft.put(Position { team: teams.get(*team).copied(), start: Some(after(*start)), pay, ..row });
            }
            for (team, minor, from, length) in &budgets {
                let id = draft.new_id::<Budget>();
                let amount = Some(Money::new(*minor, headroom_model::Currency::EUR));
                let (from, until) = (Some(after(*from)), Some(after(from + length)));
                let team = teams.get(*team).copied();
                let seats = (minor % 3 > 0).then(|| Decimal6::from_millionths(minor % 9 * 1_000_000));
                draft.put(Budget { id, team, amount, seats, from, until, ..Budget::default() });
            }
        });
        let costs = Costs::new(&plan, day("2026-11-01"), day("2028-01-31"));
        let table = MonthTable::new(&plan, &costs);
        let scopes = plan.teams.iter().map(|team| Some(team.id)).chain([None]);
        for scope in scopes {
            let lines = budget_lines(&plan, &table, scope);
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.is_group) {
                let below: Vec<&BudgetLine> = lines[at + 1..]
                    .iter()
                    .take_while(|other| other.depth > line.depth)
                    .filter(|other| other.depth == line.depth + 1)
                    .collect();
                let sum = |of: &dyn Fn(&BudgetLine) -> i64| below.iter().map(|line| of(line)).sum::<i64>();
                prop_assert_eq!(sum(&BudgetLine::plan), line.plan());
                // A budget that is for all below it is not divided.
                let is_divided = below.iter().any(|it| it.budget().is_some());
                prop_assert!(!is_divided || line.budget().is_some());
                if is_divided {
                    prop_assert_eq!(sum(&|it| it.budget().unwrap_or(0)), line.budget().unwrap_or(0));
                    prop_assert_eq!(sum(&|it| it.left().unwrap_or(0)), line.left().unwrap_or(0));
                }
                prop_assert_eq!(sum(&|it| it.heads().millionths()), line.heads().millionths());
                for month in 0..table.months.len() {
                    prop_assert_eq!(sum(&|it| it.cells[month].cost), line.cells[month].cost);
                    let budget = |it: &BudgetLine| it.budget_by_month[month].unwrap_or(0);
                    prop_assert!(!is_divided || sum(&budget) == budget(line));
                }
            }
            // The headcount budget is the same as everywhere, and never for more positions than there are.
            let day = headcount_day(&plan, &table, scope).unwrap();
            let headcount = HeadcountBudgets::new(&plan, &table, day).of(scope);
            prop_assert_eq!(headcount.map(|it| it.budget), budgeted_headcount(&plan, scope, day));
            if let (Some(headcount), Some(line)) = (headcount, lines.first()) {
                prop_assert!(headcount.heads <= line.month_of(table.months[0], day).heads);
            }
            let whole = lines.first().map_or(0, BudgetLine::plan);
            let own: i64 = lines.iter().filter(|line| !line.is_group).map(BudgetLine::plan).sum();
            prop_assert_eq!(own, whole);
        }
    }
}
