use chrono::{Days, NaiveDate};
use headroom_model::{
    Assignment, Assumption, Budget, Currency, Decimal6, Draft, Entity, ExchangeRate, Money, Person, Plan,
    Position, Team, TeamId,
};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A plan with what `fill` puts into it.
pub(super) fn plan(fill: impl FnOnce(&mut Draft<'_>)) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    fill(&mut draft);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

pub(super) fn assume(draft: &mut Draft<'_>, kind: &str, label: &str, value: &str) -> Assumption {
    Assumption {
        id: draft.new_id::<Assumption>(),
        kind: kind.into(),
        label: label.into(),
        value: value.parse().unwrap(),
        ..Assumption::default()
    }
}

/// A planned position from the first day of 2027 on.
pub(super) fn position(draft: &mut Draft<'_>, pay: &str) -> Position {
    let id = draft.new_id::<Position>();
    Position {
        id,
        key: format!("HC-{}", id.0),
        pay: pay.parse().ok(),
        start: Some(day("2027-01-01")),
        ..Position::default()
    }
}

fn of_2027(plan: &Plan) -> Costs {
    Costs::new(plan, day("2027-01-01"), day("2027-12-31"))
}

fn total(plan: &Plan, from: &str, until: &str) -> i64 {
    let costs = Costs::new(plan, day(from), day(until));
    MonthTable::new(plan, &costs).whole.iter().map(|cell| cell.cost).sum()
}

/// Worked example of fully loaded cost: 120 000 of base pay are 166 098, a burden of 1.384.
#[test]
fn components_match_fully_loaded_example() {
    let plan = plan(|draft| {
        let row = position(draft, "120000 USD");
        draft.put(row);
        for (kind, label, value, cap) in [
            ("variable", "", "10%", ""),
            ("employer-tax", "Social Security", "6.2%", "184500 USD"),
            ("employer-tax", "Medicare", "1.45%", ""),
            ("benefits", "", "18000 USD", ""),
            ("equipment", "", "6000 USD", ""),
        ] {
            let row = assume(draft, kind, label, value);
            draft.put(Assumption { cap: cap.parse().ok(), ..row });
        }
    });
    let costs = of_2027(&plan);
    let [line] = costs.lines.as_slice() else { panic!("{:?}", costs.lines) };
    let dollars = line.yearly.map(|amount| amount / 100);
    assert_eq!(dollars, [120_000, 12_000, 8_184 + 1_914, 18_000, 6_000, 0, 0]);
    assert_eq!(costs.money(line.yearly_cost()).to_string(), "166098.00 USD");
    assert_eq!(format!("{:.3}", line.yearly_cost() as f64 / line.yearly[0] as f64), "1.384");
    assert_eq!(total(&plan, "2027-01-01", "2027-12-31"), 16_609_800);
}

#[test]
fn yearly_cap_limits_employer_tax() {
    let plan = plan(|draft| {
        let row = position(draft, "200000 USD");
        draft.put(row);
        let row = assume(draft, "employer-tax", "Social Security", "6.2%");
        draft.put(Assumption { cap: "184500 USD".parse().ok(), ..row });
    });
    assert_eq!(of_2027(&plan).lines[0].yearly_cost(), 20_000_000 + 1_143_900);
}

/// Worked example of the burden: 120 000 are 150 000 at 1.25 and 168 000 at 1.4.
#[test]
fn burden_replaces_missing_components() {
    let cost = |burden: &str| {
        let plan = plan(|draft| {
            let row = position(draft, "120000 USD");
            draft.put(row);
            if !burden.is_empty() {
                let row = assume(draft, "burden", "", burden);
                draft.put(row);
            }
        });
        total(&plan, "2027-01-01", "2027-12-31") / 100
    };
    assert_eq!([cost("25%"), cost("40%"), cost("")], [150_000, 168_000, 156_000]);
}

#[test]
fn part_months_are_prorated_and_one_off_cost_is_at_start() {
    let plan = plan(|draft| {
        let row = position(draft, "120000 EUR");
        draft.put(Position { start: Some(day("2027-02-15")), ..row });
        for (kind, value) in [("burden", "0%"), ("equipment-once", "2500 EUR"), ("recruiting", "20%")] {
            let row = assume(draft, kind, "", value);
            draft.put(row);
        }
    });
    let table = MonthTable::new(&plan, &of_2027(&plan));
    // 10 000 × 14/28, 2 500 and a fifth of 120 000.
    assert_eq!([0, 1, 2].map(|at| table.whole[at].cost), [0, 500_000 + 250_000 + 2_400_000, 1_000_000]);
    assert_eq!(table.whole[1].fte, "0.5".parse().unwrap());
    assert_eq!(table.whole[1].heads, Decimal6::ONE);
}

#[test]
fn move_between_positions_has_no_one_off_cost() {
    let plan = plan(|draft| {
        let person = draft.new_id::<Person>();
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        for (from, until) in [("2026-03-01", "2027-03-31"), ("2027-04-01", "2027-12-31")] {
            let row = position(draft, "120000 EUR");
            let (position, id) = (row.id, draft.new_id::<Assignment>());
            draft.put(Position { status: headroom_model::Status::Frozen, ..row });
            let (from, until) = (Some(day(from)), Some(day(until)));
            draft.put(Assignment { id, position, person, from, until, ..Assignment::default() });
        }
        for (kind, value) in [("burden", "0%"), ("equipment-once", "2500 EUR")] {
            let row = assume(draft, kind, "", value);
            draft.put(row);
        }
    });
    assert_eq!(total(&plan, "2027-01-01", "2027-12-31"), 12_000_000);
    assert_eq!(total(&plan, "2026-01-01", "2027-12-31"), 12_000_000 + 10_000_000 + 250_000);
}

#[test]
fn raises_apply_each_january_after_start() {
    let plan = plan(|draft| {
        let row = position(draft, "100000.10 EUR");
        draft.put(Position { start: Some(day("2026-07-01")), ..row });
        let row = assume(draft, "merit", "", "3%");
        draft.put(Assumption { from: Some(day("2027-01-01")), ..row });
        let row = assume(draft, "burden", "", "0%");
        draft.put(row);
    });
    let costs = Costs::new(&plan, day("2026-01-01"), day("2028-12-31"));
    let yearly: Vec<i64> = costs.lines.iter().map(Line::yearly_cost).collect();
    assert_eq!(yearly, [10_000_010, 10_300_010, 10_609_010]);
    assert_eq!(costs.missing, []);
    // The same if the first year is outside the period.
    let later = Costs::new(&plan, day("2028-01-01"), day("2028-12-31"));
    assert_eq!(later.lines[0].yearly_cost(), 10_609_010);
}

#[test]
fn changes_within_a_month_are_prorated_at_rate_of_the_day() {
    let plan = plan(|draft| {
        draft.set(CURRENCY, "EUR");
        let row = position(draft, "120000 USD");
        draft.put(row);
        let row = assume(draft, "burden", "", "0%");
        draft.put(row);
        for (rate, from) in [("0.9", None), ("0.8", Some(day("2027-01-17")))] {
            let id = draft.new_id::<ExchangeRate>();
            let rate = rate.parse().unwrap();
            draft.put(ExchangeRate { id, rate, from, ..ExchangeRate::default() });
        }
    });
    let table = MonthTable::new(&plan, &of_2027(&plan));
    let january: i64 = (10_800_000 * 16 + 186) / (12 * 31) + (9_600_000 * 15 + 186) / (12 * 31);
    assert_eq!([table.whole[0].cost, table.whole[1].cost], [january, 800_000]);
}

#[test]
fn missing_figures_are_reported() {
    let mut ids = (0, 0, 0);
    let plan = plan(|draft| {
        draft.set(CURRENCY, "EUR");
        let without_pay = Position { pay: None, ..position(draft, "") };
        let in_yen = position(draft, "8000000 JPY");
        let merit = assume(draft, "merit", "", "3%");
        ids = (without_pay.id.0, in_yen.id.0, merit.id.0);
        draft.put(without_pay);
        draft.put(in_yen);
        draft.put(merit);
    });
    let missing = of_2027(&plan).missing;
    let expected = [
        MissingCost::UndatedRaise(ids.2.into()),
        MissingCost::Pay(ids.0.into()),
        MissingCost::Rate("JPY".parse().unwrap(), ids.1.into(), day("2027-01-01")),
    ];
    assert_eq!(missing, expected);
}

#[test]
fn unknown_pay_after_zero_pay_is_reported() {
    let plan = plan(|draft| {
        let row = position(draft, "");
        draft.put(row);
        let row = assume(draft, "base", "", "0 EUR");
        draft.put(Assumption { until: Some(day("2027-01-31")), ..row });
    });
    let costs = of_2027(&plan);
    assert_eq!(costs.missing, [MissingCost::Pay(plan.positions.rows()[0].id)]);
    assert_eq!(Costs::new(&plan, day("2027-01-01"), day("2027-01-31")).missing, []);
}

#[test]
fn pay_range_setting_selects_pay() {
    let cost = |choice: &str| {
        let plan = plan(|draft| {
            draft.set(PAY_RANGE, choice);
            let row = position(draft, "100000 EUR");
            draft.put(Position { pay_up_to: "120000 EUR".parse().ok(), ..row });
        });
        of_2027(&plan).lines[0].yearly[0]
    };
    assert_eq!([cost("low"), cost(""), cost("high")], [10_000_000, 11_000_000, 12_000_000]);
}

#[test]
fn budget_months_add_up() {
    let mut team = TeamId(0);
    let plan = plan(|draft| {
        team = draft.new_id::<Team>();
        draft.put(Team { id: team, key: "top".into(), name: "Top".into(), ..Team::default() });
        let id = draft.new_id::<Budget>();
        draft.put(Budget {
            id,
            team: Some(team),
            amount: "1000.01 EUR".parse().ok(),
            from: Some(day("2027-01-10")),
            until: Some(day("2027-04-12")),
            ..Budget::default()
        });
    });
    let table = MonthTable::new(&plan, &of_2027(&plan));
    assert_eq!(table.budget.iter().flatten().sum::<i64>(), 100_001);
    assert_eq!(table.budget[4], None);
    // 22 days of January, two months, and 12 days of April.
    let length: f64 = 22.0 / 31.0 + 2.0 + 12.0 / 30.0;
    assert_eq!(table.budget[0], Some((100_001.0 / length * 22.0 / 31.0).round() as i64));
}

/// A year's budget is as high in February as in March.
#[test]
fn yearly_budget_has_equal_months() {
    let plan = plan(|draft| {
        let id = draft.new_id::<Budget>();
        let (from, until) = (Some(day("2027-01-01")), Some(day("2027-12-31")));
        draft.put(Budget { id, amount: "1200 EUR".parse().ok(), from, until, ..Budget::default() });
    });
    assert_eq!(MonthTable::new(&plan, &of_2027(&plan)).budget, [Some(10_000); 12]);
}

/// 100 000 and 72 000 with a burden of 30 %: twelfths that are no whole cents still add up to the year.
#[test]
fn months_add_up_to_yearly_cost_example() {
    let plan = plan(|draft| {
        for pay in ["100000 EUR", "72000 EUR"] {
            let row = position(draft, pay);
            draft.put(row);
        }
    });
    assert_eq!(total(&plan, "2027-01-01", "2027-12-31"), 22_360_000);
    assert_eq!(total(&plan, "2028-01-01", "2028-12-31"), 22_360_000);
    assert_eq!(total(&plan, "2027-01-01", "2027-01-31"), 833_333 + 250_000 + 600_000 + 180_000);
    assert_eq!(total(&plan, "2027-02-01", "2027-02-28"), 833_334 + 250_000 + 600_000 + 180_000);
}

/// Locations, levels and disciplines match in every spelling.
#[test]
fn assumptions_match_any_spelling_of_location() {
    let plan = plan(|draft| {
        for location in ["Málaga", "MÁLAGA", "Ma\u{301}laga", " málaga"] {
            let row = position(draft, "120000 EUR");
            draft.put(Position { location: location.into(), level: "Straße".into(), ..row });
        }
        let row = assume(draft, "burden", "", "10%");
        draft.put(Assumption { location: "Málaga".into(), level: "STRASSE".into(), ..row });
    });
    assert_eq!(total(&plan, "2027-01-01", "2027-01-31"), 4 * 1_100_000);
}

/// Yearly cost of somebody employed since 2025, in a position of 2024, with these assignments: first day, last day,
/// pay.
fn yearly_of(position_pay: &str, rows: &[(&str, &str, &str)]) -> Vec<i64> {
    let plan = plan(|draft| {
        let person = draft.new_id::<Person>();
        let from = Some(day("2025-01-01"));
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), from, ..Person::default() });
        let row = position(draft, position_pay);
        let position = row.id;
        draft.put(Position { start: None, from: Some(day("2024-01-01")), ..row });
        for (from, until, pay) in rows {
            let id = draft.new_id::<Assignment>();
            let (from, until, pay) = (from.parse().ok(), until.parse().ok(), pay.parse().ok());
            draft.put(Assignment { id, position, person, from, until, pay, ..Assignment::default() });
        }
        let row = assume(draft, "burden", "", "0%");
        draft.put(row);
    });
    of_2027(&plan).lines.iter().map(|line| line.yearly_cost() / 100).collect()
}

#[test]
fn assignment_before_employment_has_no_pay() {
    let (valid, ended) = (("2025-01-01", "", "60000 EUR"), ("2023-01-01", "2024-12-31", "50000 EUR"));
    for rows in [[valid, ended], [ended, valid]] {
        assert_eq!(yearly_of("", &rows), [60_000]);
    }
    // Without pay of its own the valid assignment has that of the position.
    let unsaid = ("2025-01-01", "", "");
    assert_eq!(yearly_of("70000 EUR", &[unsaid, ended]), [70_000]);
    assert_eq!(yearly_of("70000 EUR", &[("", "", "65000 EUR"), ended]), [65_000]);
}

/// A plan with a few teams, positions, currencies, raises and caps.
fn any_plan() -> impl Strategy<Value = Plan> {
    let seat =
        (0_u32..4, 3_000_000_i64..25_000_000, 0_usize..3, 1_i64..=10, 0_u64..900, 0_u64..900, any::<bool>());
    let row = (0_usize..8, 0_i64..200_000, 0_u64..900, 0_u64..900, 0_u32..5, 0_i64..20_000_000);
    (prop::collection::vec(seat, 0..25), prop::collection::vec(row, 0..12)).prop_map(|(seats, rows)| {
        let start = day("2026-11-23");
        let after = |days: u64| start.checked_add_days(Days::new(days)).unwrap();
        plan(|draft| {
            draft.set(CURRENCY, "EUR");
            let mut teams: Vec<TeamId> = Vec::new();
            for nth in 0..4 {
                let id = draft.new_id::<Team>();
                let parent = teams.get((nth as usize).wrapping_sub(2)).copied();
                let key = format!("team-{nth}");
                draft.put(Team { id, name: key.clone(), key, parent, ..Team::default() });
                teams.push(id);
            }
            for (code, rate, from) in [("USD", "0.8123", 0), ("USD", "0.911111", 200), ("GBP", "1.17", 0)] {
                let id = draft.new_id::<ExchangeRate>();
                let (currency, rate) = (code.parse().unwrap(), rate.parse().unwrap());
                let from = (from > 0).then(|| after(from));
                draft.put(ExchangeRate { id, currency, rate, from, ..ExchangeRate::default() });
            }
            for (team, pay, currency, fifths, from, length, is_open) in seats {
                let row = position_of(draft, pay, ["EUR", "USD", "GBP"][currency]);
                draft.put(Position {
                    team: teams.get(team as usize).copied(),
                    fte: Decimal6::from_millionths(fifths * 100_000),
                    start: Some(after(from)),
                    until: (!is_open).then(|| after(from + length)),
                    ..row
                });
            }
            let kinds = [
                "variable",
                "merit",
                "employer-tax",
                "benefits",
                "equipment",
                "overhead",
                "burden",
                "recruiting",
            ];
            for (kind, millionths, from, length, team, cap) in rows {
                let row = assume(draft, kinds[kind], "", "0%");
                draft.put(Assumption {
                    value: headroom_model::AssumptionValue::Share(Decimal6::from_millionths(millionths)),
                    cap: (cap > 5_000_000).then(|| Money::new(cap, Currency::USD)),
                    team: teams.get(team as usize).copied(),
                    from: Some(after(from)),
                    until: Some(after(from + length)),
                    ..row
                });
            }
        })
    })
}

fn position_of(draft: &mut Draft<'_>, minor: i64, currency: &str) -> Position {
    Position { pay: Some(Money::new(minor, currency.parse().unwrap())), ..position(draft, "") }
}

proptest! {
    #[test]
    fn teams_and_months_add_up(plan in any_plan()) {
        let costs = Costs::new(&plan, day("2026-11-01"), day("2029-10-31"));
        let table = MonthTable::new(&plan, &costs);
        prop_assert_eq!(table.months.len(), 36);
        for at in 0..36 {
            let own: i64 = table.teams.iter().map(|row| row.own[at].cost).sum();
            let top: i64 = table.teams.iter().filter(|row| row.depth == 0).map(|row| row.whole[at].cost).sum();
            let lines: i64 = costs.lines.iter().map(|line| line.cost_in(table.months[at])).sum();
            prop_assert_eq!([own, top, lines], [table.whole[at].cost; 3]);
            let heads: i64 = table.teams.iter().map(|row| row.own[at].heads.millionths()).sum();
            prop_assert_eq!(heads, table.whole[at].heads.millionths());
        }
    }

    /// Months calculated one by one, or in two halves, cost what they cost together.
    #[test]
    fn splitting_the_period_preserves_cost(plan in any_plan(), cut in 1_u32..36) {
        let from = day("2026-11-01");
        let middle = from.checked_add_months(chrono::Months::new(cut)).unwrap();
        let table = |from, until| MonthTable::new(&plan, &Costs::new(&plan, from, until));
        let whole = table(from, day("2029-10-31"));
        let halves = [table(from, middle.pred_opt().unwrap()), table(middle, day("2029-10-31"))];
        let parts: Vec<MonthCell> = halves.iter().flat_map(|half| half.whole.clone()).collect();
        prop_assert_eq!(parts, whole.whole);
    }

    /// An assumption cut into two with the same value gives the same cost.
    #[test]
    fn splitting_an_assumption_preserves_cost(plan in any_plan(), cut in 0_u64..900) {
        let cut = day("2026-11-23").checked_add_days(Days::new(cut)).unwrap();
        let mut split = plan.clone();
        let mut draft = Draft::new(&plan);
        // A raise counts from its own first day on.
        for row in plan.assumptions.iter().filter(|row| row.kind != "merit" && row.date_range().contains(cut)) {
            let id = draft.new_id::<Assumption>();
            draft.put(Assumption { id, from: Some(cut), ..row.clone() });
            draft.put(Assumption { until: cut.pred_opt(), ..row.clone() });
        }
        let changes = draft.finish();
        split.apply(&changes).unwrap();
        let cost = |plan: &Plan| total(plan, "2026-11-01", "2029-10-31");
        // Of two that fit equally the one that began last counts: only plans without such are compared.
        let fits = |row: &Assumption| plan.assumptions.iter().filter(|other| other.kind == row.kind).count();
        prop_assume!(plan.assumptions.iter().all(|row| fits(row) == 1));
        prop_assert_eq!(cost(&split), cost(&plan));
    }

    /// Day by day: no month differs by more than its roundings.
    #[test]
    fn months_match_sum_of_days(plan in any_plan()) {
        let costs = Costs::new(&plan, day("2026-11-01"), day("2029-10-31"));
        for line in &costs.lines {
            for month in months_between(costs.from, costs.until) {
                let days = month.iter_days().take(days_of(month) as usize);
                let present = days.filter(|day| line.from <= *day && *day <= line.until).count();
                let once = line.once.filter(|once| same_month(once.day, month));
                let once = once.map_or(0, |once| once.equipment + once.recruiting);
                let exact = line.yearly_cost() as f64 / 12.0 * present as f64 / days_of(month) as f64;
                // Two sums are rounded for each component.
                prop_assert!((line.cost_in(month) as f64 - exact - once as f64).abs() <= 7.0 + 1e-6);
            }
        }
    }

    /// What is paid for a whole year adds up to the year's amount exactly.
    #[test]
    fn months_of_a_full_year_add_up_to_it(plan in any_plan()) {
        let costs = Costs::new(&plan, day("2026-11-01"), day("2029-10-31"));
        for line in &costs.lines {
            for year in 2027..=2028 {
                let [first, last] = ["01-01", "12-31"].map(|end| day(&format!("{year}-{end}")));
                if line.from > first || line.until < last {
                    continue;
                }
                let once = line.once.filter(|once| (first..=last).contains(&once.day));
                let once = once.map_or(0, |once| once.equipment + once.recruiting);
                let months = months_between(first, last).into_iter().map(|month| line.cost_in(month));
                prop_assert_eq!(months.sum::<i64>(), line.yearly_cost() + once);
            }
        }
    }

    /// However the days of a position are cut, it costs the same.
    #[test]
    fn splitting_a_line_preserves_cost(plan in any_plan(), cut in 0_u64..1_000) {
        let costs = Costs::new(&plan, day("2026-11-01"), day("2029-10-31"));
        let cut = costs.from.checked_add_days(Days::new(cut)).unwrap();
        for line in costs.lines.iter().filter(|line| line.from < cut && cut <= line.until) {
            let before = Line { until: cut.pred_opt().unwrap(), ..line.clone() };
            let after = Line { from: cut, once: None, ..line.clone() };
            for month in months_between(costs.from, costs.until) {
                prop_assert_eq!(before.cost_in(month) + after.cost_in(month), line.cost_in(month));
            }
        }
    }
}
