//! Which months a budget is for, in words.

use chrono::{Datelike, NaiveDate};

/// As many stretches of months are named; more are counted.
const NAMED: usize = 3;

/// The months that have a budget, of consecutive ones: `Jan–Jun`, `Jan–Mar, Oct`, `Nov 2026–Feb 2027`; their number where
/// they are in more than three stretches. None if all or none have one.
pub(super) fn covered_months(budget: &[Option<i64>], months: &[NaiveDate]) -> Option<String> {
    let with = budget.iter().flatten().count();
    if with == 0 || with == budget.len() {
        return None;
    }
    let stretches = stretches(budget);
    if stretches.len() > NAMED {
        return Some(format!("{with} of {} months", budget.len()));
    }
    let is_one_year = months.first().map(NaiveDate::year) == months.last().map(NaiveDate::year);
    let named: Vec<String> =
        stretches.iter().map(|&(first, last)| name(months[first], months[last], is_one_year)).collect();
    Some(named.join(", "))
}

/// The first and the last month of each stretch with a budget.
fn stretches(budget: &[Option<i64>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in (0..budget.len()).filter(|at| budget[*at].is_some()) {
        match found.last_mut() {
            Some(last) if last.1 + 1 == at => last.1 = at,
            _ => found.push((at, at)),
        }
    }
    found
}

/// `Jan–Jun`, `Jan`, `Nov 2026–Feb 2027`, `Jan–Jun 2027`.
fn name(first: NaiveDate, last: NaiveDate, is_one_year: bool) -> String {
    let month = |day: NaiveDate| day.format("%b").to_string();
    let with_year = |day: NaiveDate| day.format("%b %Y").to_string();
    let end = if is_one_year { month(last) } else { with_year(last) };
    match (first == last, first.year() == last.year()) {
        (true, _) => end,
        (false, true) => format!("{}–{end}", month(first)),
        (false, false) => format!("{}–{end}", with_year(first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of consecutive months from one on, `x` has a budget.
    fn said(first: &str, pattern: &str) -> Option<String> {
        let start: NaiveDate = first.parse().unwrap();
        let months: Vec<NaiveDate> =
            (0..pattern.len()).map(|at| start + chrono::Months::new(at as u32)).collect();
        let budget: Vec<Option<i64>> = pattern.chars().map(|letter| (letter == 'x').then_some(1)).collect();
        covered_months(&budget, &months)
    }

    #[test]
    fn stretches_of_a_year_are_named_without_it() {
        let year = |pattern| said("2027-01-01", pattern).unwrap();
        assert_eq!(year("xxxxxx......"), "Jan–Jun");
        assert_eq!(year("...........x"), "Dec");
        assert_eq!(year("xxx......x.."), "Jan–Mar, Oct");
        assert_eq!(year("x.x.x.xx...."), "5 of 12 months");
    }

    #[test]
    fn stretches_of_several_years_say_which() {
        let long = |pattern| said("2026-11-01", pattern).unwrap();
        assert_eq!(long("xxxx......"), "Nov 2026–Feb 2027");
        assert_eq!(long("..xx......"), "Jan–Feb 2027");
        assert_eq!(long("x........."), "Nov 2026");
    }

    #[test]
    fn nothing_is_said_of_all_and_of_none() {
        assert_eq!(
            [said("2027-01-01", "xxx"), said("2027-01-01", "..."), said("2027-01-01", "")],
            [None, None, None]
        );
    }
}
