//! Pay benchmark: the median pay of comparable positions, where the pay of a hire is unknown.

use chrono::NaiveDate;
use headroom_model::{Currency, Money, Plan, Position, same_word};
use rustc_hash::{FxHashMap, FxHashSet};

use super::hire_request::HireRequest;
use crate::cost::Costs;

/// Fewest comparable positions for a median to mean anything.
const ENOUGH: usize = 3;

/// Median pay of comparable positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayBenchmark {
    /// Pay per year, full time; that of an actual position.
    pub pay: Money,
    /// Number of comparable positions.
    pub seats: u32,
    /// What they have in common: `Customs, Rotterdam, L5`; empty for all positions of the plan.
    pub by: String,
}

/// Attributes that comparable positions share, from the closest match on.
#[derive(Clone, Copy)]
struct Closeness {
    team: bool,
    place: bool,
    grade: bool,
}

const CLOSENESS: [Closeness; 7] = [
    Closeness { team: true, place: true, grade: true },
    Closeness { team: false, place: true, grade: true },
    Closeness { team: false, place: false, grade: true },
    Closeness { team: true, place: true, grade: false },
    Closeness { team: false, place: true, grade: false },
    Closeness { team: true, place: false, grade: false },
    Closeness { team: false, place: false, grade: false },
];

/// Median pay on a day of the closest match with three positions or more (the lower of two medians). Positions match
/// by team, location, discipline and level as far as the request has them, then by fewer of these. Positions with
/// reports are left out, and those paid in another currency than most. None if no pay is known.
pub fn pay_benchmark(plan: &Plan, wanted: &HireRequest, day: NaiveDate) -> Option<PayBenchmark> {
    let paid = paid(plan, day);
    let is_graded = !(wanted.level.is_empty() && wanted.discipline.is_empty());
    CLOSENESS.into_iter().find_map(|close| {
        let says = (!close.team || wanted.team.is_some())
            && (!close.place || !wanted.location.is_empty())
            && (!close.grade || is_graded);
        if !says {
            return None;
        }
        let matching =
            paid.iter().filter(|(position, _)| is_alike(position, wanted, close)).map(|(_, pay)| *pay);
        let amounts = of_one_currency(matching.collect());
        let is_last = !(close.team || close.place || close.grade);
        let middle = amounts.get(amounts.len().saturating_sub(1) / 2).copied()?;
        (is_last || amounts.len() >= ENOUGH).then(|| PayBenchmark {
            pay: middle,
            seats: amounts.len() as u32,
            by: in_words(plan, wanted, close),
        })
    })
}

/// Positions of the day with their pay, without those that have reports.
fn paid(plan: &Plan, day: NaiveDate) -> Vec<(&Position, Money)> {
    let leads: FxHashSet<_> = plan.positions.iter().filter_map(|position| position.manager).collect();
    let costs = Costs::new(plan, day, day);
    let of_line = costs.lines.iter().filter(|line| line.from <= day && day <= line.until);
    let paid = of_line.filter_map(|line| {
        let position = plan.positions.get(costs.occupancies[line.occupancy].position)?;
        let (pay, _) = line.pay?;
        (!position.pooled && !leads.contains(&position.id)).then_some((position, pay))
    });
    paid.collect()
}

fn is_alike(position: &Position, wanted: &HireRequest, close: Closeness) -> bool {
    let same = |said: &str, own: &str| said.is_empty() || same_word(said, own);
    (!close.team || position.team == wanted.team)
        && (!close.place || same_word(&position.location, &wanted.location))
        && (!close.grade
            || same(&wanted.level, &position.level) && same(&wanted.discipline, &position.discipline))
}

/// Amounts in the most frequent currency, ascending.
fn of_one_currency(mut amounts: Vec<Money>) -> Vec<Money> {
    let mut counts: FxHashMap<Currency, usize> = FxHashMap::default();
    for amount in &amounts {
        *counts.entry(amount.currency).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(currency, count)| (*count, std::cmp::Reverse(*currency)));
    amounts.retain(|amount| most.is_some_and(|(currency, _)| amount.currency == currency));
    amounts.sort_by_key(|amount| amount.minor);
    amounts
}

fn in_words(plan: &Plan, wanted: &HireRequest, close: Closeness) -> String {
    let mut parts = Vec::new();
    if let Some(team) = wanted.team.filter(|_| close.team) {
        parts.push(plan.name_of(team.into()));
    }
    if close.place {
        parts.push(wanted.location.clone());
    }
    if close.grade {
        parts
            .extend([&wanted.discipline, &wanted.level].into_iter().filter(|text| !text.is_empty()).cloned());
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Status, Team};

    use super::*;

    fn plan(seats: &[(&str, &str, &str)]) -> (Plan, HireRequest) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let team = draft.new_id::<Team>();
        draft.put(Team { id: team, key: "pay".into(), name: "Payments".into(), ..Team::default() });
        let mut lead = None;
        for (at, (location, level, pay)) in seats.iter().enumerate() {
            let id = draft.new_id::<Position>();
            draft.put(Position {
                id,
                key: format!("P-{at}"),
                team: Some(team),
                location: (*location).to_owned(),
                level: (*level).to_owned(),
                manager: lead,
                status: Status::Approved,
                start: NaiveDate::from_ymd_opt(2026, 1, 1),
                pay: Some(pay.parse().unwrap()),
                ..Position::default()
            });
            lead = lead.or(Some(id));
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let wanted = HireRequest {
            team: Some(team),
            service: None,
            reason: "",
            need_by: NaiveDate::default(),
            location: "Lisbon".to_owned(),
            count: 1,
            discipline: String::new(),
            level: String::new(),
            pay: None,
        };
        (plan, wanted)
    }

    fn found(plan: &Plan, wanted: &HireRequest) -> (String, u32, String) {
        let day = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let found = pay_benchmark(plan, wanted, day).unwrap();
        (found.pay.to_string(), found.seats, found.by)
    }

    #[test]
    fn benchmark_is_median_of_closest_match() {
        let (plan, mut wanted) = plan(&[
            ("Lisbon", "M1", "200000 EUR"),
            ("Lisbon", "L4", "50000 EUR"),
            ("Lisbon", "L4", "54000 EUR"),
            ("Lisbon", "L5", "70000 EUR"),
            ("Gdańsk", "L5", "71000 EUR"),
            ("Gdańsk", "L5", "280000 PLN"),
            ("Gdańsk", "L5", "72000 EUR"),
        ]);
        assert_eq!(found(&plan, &wanted), ("54000.00 EUR".into(), 3, "Payments, Lisbon".into()));
        // Only one L5 in Lisbon; three of them are paid in one currency.
        wanted.level = "L5".to_owned();
        assert_eq!(found(&plan, &wanted), ("71000.00 EUR".into(), 3, "L5".into()));
        // No position has this level, so it is ignored.
        wanted.level = "L9".to_owned();
        assert_eq!(found(&plan, &wanted), ("54000.00 EUR".into(), 3, "Payments, Lisbon".into()));
    }

    #[test]
    fn benchmark_falls_back_to_few_positions_or_none() {
        let (two, wanted) = plan(&[("Lisbon", "L4", "50000 EUR"), ("Gdańsk", "L4", "60000 EUR")]);
        // The second reports to the first.
        assert_eq!(found(&two, &wanted), ("60000.00 EUR".into(), 1, String::new()));
        let (none, wanted) = plan(&[]);
        assert_eq!(pay_benchmark(&none, &wanted, NaiveDate::default()), None);
    }
}
