//! A generated hiring plan of any size, the same each time: nested teams, people and planned hires, three currencies
//! with changing rates, raises, caps, part-time and pooled positions, dates within months.

use chrono::{Days, NaiveDate};
use headroom_model::{
    Assignment, Assumption, Budget, Decimal6, Draft, ExchangeRate, Money, Person, Plan, Position, TeamId,
};

/// First day of the plan.
pub fn first_day() -> NaiveDate {
    day("2027-01-01")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Pseudorandom numbers (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// A day within this many days from the first.
    fn day(&mut self, within: u64) -> NaiveDate {
        first_day().checked_add_days(Days::new(self.below(within))).unwrap()
    }
}

/// A plan with this number of positions.
pub fn large(seats: u32, seed: u64) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let mut chance = Chance(seed);
    draft.set("currency", "EUR");
    let teams = teams(&mut draft, 24);
    rates(&mut draft, &mut chance);
    assumptions(&mut draft, &teams);
    budgets(&mut draft, &mut chance, &teams);
    for nth in 0..seats {
        position(&mut draft, &mut chance, &teams, nth);
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

fn teams(draft: &mut Draft<'_>, count: usize) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = Vec::new();
    for nth in 0..count {
        let id = draft.new_id::<headroom_model::Team>();
        let parent = (nth >= 4).then(|| teams[nth / 4]);
        // Names that a spreadsheet would take for a formula or a condition.
        let name = ["Payments", "=SUM(A1)", ">5", "Check*", "Ünïtéd \"Ops\""][nth % 5];
        let (key, name) = (format!("team-{nth}"), format!("{name} {nth}"));
        draft.put(headroom_model::Team { id, key, name, parent, ..Default::default() });
        teams.push(id);
    }
    teams
}

fn rates(draft: &mut Draft<'_>, chance: &mut Chance) {
    for (code, base) in [("USD", 920_000_000), ("GBP", 1_170_000_000), ("JPY", 6_123_000)] {
        for nth in 0..4 {
            let id = draft.new_id::<ExchangeRate>();
            let rate = headroom_model::Rate::from_billionths(base + chance.below(base as u64 / 20) as i64);
            let from = (nth > 0).then(|| chance.day(1_000));
            let currency = code.parse().unwrap();
            draft.put(ExchangeRate { id, currency, rate, from, ..ExchangeRate::default() });
        }
    }
}

/// Type, label, value, cap, location, level, first day.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const ASSUMPTIONS: &[Row] = &[
    ("base", "", "71234.57 EUR", "", "", "L1", ""),
    ("base", "", "75999.99 EUR", "", "", "L1", "2028-05-17"),
    ("variable", "", "7.5%", "", "", "", ""),
    ("variable", "", "9000.55 USD", "", "New York", "L4", ""),
    ("merit", "", "3.25%", "", "", "", "2027-06-01"),
    ("merit", "", "4.1%", "", "Berlin", "", "2028-12-31"),
    ("employer-tax", "Social Security", "6.2%", "184500 USD", "New York", "", ""),
    ("employer-tax", "Social Security", "6.2%", "190800 USD", "New York", "", "2028-01-01"),
    ("employer-tax", "Medicare", "1.45%", "", "New York", "", ""),
    ("employer-tax", "Pension", "9.3%", "101400 EUR", "Berlin", "", ""),
    ("employer-tax", "Health", "8.55%", "69750 EUR", "Berlin", "", ""),
    ("employer-tax", "National Insurance", "15%", "", "London", "", ""),
    ("benefits", "Insurance", "18000 USD", "", "New York", "", ""),
    ("benefits", "Meals", "1234.56 EUR", "", "Berlin", "", "2027-03-10"),
    ("equipment", "", "3333.33 EUR", "", "Berlin", "", ""),
    ("overhead", "", "2.015%", "", "London", "", ""),
    ("burden", "", "27.5%", "", "", "", "2027-09-20"),
    ("equipment-once", "Laptop", "2499.99 EUR", "", "", "", ""),
    ("recruiting", "", "18.75%", "", "", "", ""),
];

fn assumptions(draft: &mut Draft<'_>, teams: &[TeamId]) {
    for (kind, label, value, cap, location, level, from) in ASSUMPTIONS {
        let id = draft.new_id::<Assumption>();
        draft.put(Assumption {
            id,
            kind: (*kind).into(),
            label: (*label).into(),
            value: value.parse().unwrap(),
            cap: cap.parse().ok(),
            location: (*location).into(),
            level: (*level).into(),
            from: from.parse().ok(),
            ..Assumption::default()
        });
    }
    let id = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id,
        kind: "overhead".into(),
        value: "4321.09 GBP".parse().unwrap(),
        team: Some(teams[2]),
        from: Some(day("2028-02-11")),
        until: Some(day("2029-02-11")),
        ..Assumption::default()
    });
}

fn budgets(draft: &mut Draft<'_>, chance: &mut Chance, teams: &[TeamId]) {
    for team in teams.iter().step_by(3) {
        let id = draft.new_id::<Budget>();
        let from = chance.day(300);
        draft.put(Budget {
            id,
            team: Some(*team),
            amount: Some(Money::new(chance.below(900_000_000) as i64, "USD".parse().unwrap())),
            from: Some(from),
            until: from.checked_add_days(Days::new(200 + chance.below(700))),
            ..Budget::default()
        });
    }
}

fn position(draft: &mut Draft<'_>, chance: &mut Chance, teams: &[TeamId], nth: u32) {
    let location = chance.one(&["New York", "Berlin", "London", "Tokyo", ""]);
    let currency = match location {
        "New York" => "USD",
        "London" => "GBP",
        "Tokyo" => "JPY",
        _ => "EUR",
    };
    let scale = if currency == "JPY" { 1 } else { 100 };
    let pay = Money::new(
        (40_000 + chance.below(160_000) as i64) * scale + chance.below(97) as i64,
        currency.parse().unwrap(),
    );
    let level = chance.one(&["L1", "L2", "L3", "L4"]);
    let has_pay = level != "L1" || location == "Tokyo";
    let is_pooled = chance.below(50) == 0;
    let is_filled = !is_pooled && chance.below(3) > 0;
    let id = draft.new_id::<Position>();
    let fte =
        if is_pooled { 3_250_000 } else { chance.one(&[1_000_000, 1_000_000, 1_000_000, 800_000, 333_333]) };
    let start = chance.day(1_000);
    draft.put(Position {
        id,
        key: format!("HC2027-NH-{nth:04}"),
        title: chance.one(&["Engineer", "=1+1", "-Designer", "@home"]).into(),
        team: (chance.below(20) > 0).then(|| chance.one(teams)),
        level: level.into(),
        location: location.into(),
        status: if is_filled { headroom_model::Status::Frozen } else { headroom_model::Status::Open },
        fte: Decimal6::from_millionths(fte),
        pooled: is_pooled,
        pay: has_pay.then_some(pay),
        pay_up_to: (has_pay && chance.below(4) == 0).then(|| Money::new(pay.minor + 1_234_501, pay.currency)),
        start: (!is_filled).then_some(start),
        until: (chance.below(6) == 0).then(|| start + Days::new(chance.below(900))),
        ..Position::default()
    });
    if is_filled {
        let person = draft.new_id::<Person>();
        let name = format!("Person {nth}");
        draft.put(Person { id: person, key: format!("person-{nth}"), name, ..Person::default() });
        let id_of = draft.new_id::<Assignment>();
        let from = if chance.below(3) == 0 { Some(chance.day(600)) } else { None };
        let until = (chance.below(5) == 0).then(|| chance.day(400) + Days::new(620));
        let own = (chance.below(3) == 0).then(|| Money::new(pay.minor + 777, pay.currency));
        draft.put(Assignment {
            id: id_of,
            position: id,
            person,
            pay: own,
            from,
            until,
            ..Assignment::default()
        });
    }
}
