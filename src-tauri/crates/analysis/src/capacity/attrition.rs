//! Who leaves, as rates of groups. There is no such figure for a person.

use chrono::NaiveDate;
use headroom_model::{Entity, Plan};

/// Leavers of a period, of the average of those at its start and its end.
///
/// Source: <https://bizfluent.com/how-5100718-calculate-annualized-attrition.html>.
pub fn classic_rate(departures: u32, at_start: u32, at_end: u32) -> f64 {
    let average = f64::from(at_start + at_end) / 2.0;
    if average > 0.0 { f64::from(departures) / average } else { 0.0 }
}

/// Leavers for each year that somebody was there, which holds for a period of any length and a group that grows.
///
/// Source: <https://dhirubhai.net/pulse/how-you-measure-attrition-matters-part-i-what-isnt-ben-hanowell>.
pub fn exposure_rate(departures: u32, person_years: f64) -> f64 {
    if person_years > 0.0 { f64::from(departures) / person_years } else { 0.0 }
}

/// The share that leaves within a month at a yearly rate: `1 − (1 − a)^(1/12)`.
pub fn monthly(yearly: f64) -> f64 {
    1.0 - (1.0 - yearly.clamp(0.0, 1.0)).powf(1.0 / 12.0)
}

/// The same as a hazard: of those who are left, so many leave every instant, in months. At most, where all leave
/// within a year, all but one in a million do.
pub fn hazard(yearly: f64) -> f64 {
    -(1.0 - yearly.clamp(0.0, 1.0 - 1e-6)).ln() / 12.0
}

/// How many must be hired in a year to grow from one size to another while some leave: net growth, and the rate of the
/// average size.
pub fn gross_hires(from: f64, to: f64, yearly: f64) -> f64 {
    to - from + yearly * (from + to) / 2.0
}

/// Seats that stand empty at any time because leavers are replaced: leavers a day times the days from leaving until
/// the next one starts (J. Little's law).
pub fn standing_vacancies(people: f64, yearly: f64, days_to_replace: f64) -> f64 {
    yearly * people / 365.0 * days_to_replace
}

/// The chance that all of so many people leave within a year, if they leave independently: `aᵏ`. Of a group.
pub fn all_gone(yearly: f64, people: u32) -> f64 {
    yearly.powi(i32::try_from(people).unwrap_or(i32::MAX))
}

/// What attrition was.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Past {
    pub leavers: u32,
    pub at_start: u32,
    pub at_end: u32,
    pub person_years: f64,
}

impl Past {
    /// Of the year that ends on the day before, of everybody the plan knows.
    pub fn year_before(plan: &Plan, day: NaiveDate) -> Self {
        let start = day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
        let mut past = Self::default();
        for span in plan.people.iter().filter(|person| !person.unconfirmed).map(Entity::date_range) {
            past.at_start += u32::from(span.contains(start));
            past.at_end += u32::from(span.contains(day));
            let from = span.from.map_or(start, |from| from.max(start));
            let end = span.until.and_then(|last| last.succ_opt()).map_or(day, |gone| gone.min(day));
            past.person_years +=
                (end - from).num_days().max(0) as f64 / (day - start).num_days().max(1) as f64;
            past.leavers += u32::from(span.until.is_some_and(|last| start <= last && last < day));
        }
        past
    }

    pub fn classic_rate(&self) -> f64 {
        classic_rate(self.leavers, self.at_start, self.at_end)
    }

    pub fn exposure_rate(&self) -> f64 {
        exposure_rate(self.leavers, self.person_years)
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Person};

    use super::*;

    #[test]
    fn the_worked_examples_to_the_digit() {
        assert_eq!(classic_rate(12, 50, 70), 0.2);
        assert_eq!(exposure_rate(12, 60.0), 0.2);
        assert_eq!(format!("{:.3}", monthly(0.15) * 100.0), "1.345");
        assert_eq!(gross_hires(60.0, 80.0, 0.15), 30.5);
        assert_eq!(format!("{:.1}", standing_vacancies(80.0, 0.15, 88.0)), "2.9");
        assert_eq!(format!("{:.2}", all_gone(0.15, 2) * 100.0), "2.25");
    }

    #[test]
    fn twelve_months_of_the_hazard_are_the_yearly_rate() {
        assert!(((-hazard(0.15) * 12.0).exp() - 0.85).abs() < 1e-12);
        assert!(((1.0 - monthly(0.15)).powi(12) - 0.85).abs() < 1e-12);
        assert!(hazard(1.0).is_finite() && hazard(0.0) == 0.0);
    }

    #[test]
    fn the_past_year_counts_whoever_was_there() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        for (from, until) in
            [(None, None), (None, "2026-07-01".parse().ok()), ("2026-07-02".parse().ok(), None)]
        {
            let id = draft.new_id::<Person>();
            let key = format!("p{}", id.0);
            draft.put(Person { id, key: key.clone(), name: key, from, until, ..Person::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let past = Past::year_before(&plan, "2027-01-01".parse().unwrap());
        assert_eq!((past.leavers, past.at_start, past.at_end), (1, 2, 2));
        assert!((past.person_years - 2.0).abs() < 1e-9 && past.exposure_rate() == 0.5);
    }
}
