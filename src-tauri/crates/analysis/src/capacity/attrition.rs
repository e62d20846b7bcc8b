//! Attrition as rates of groups. There is no such figure for a person.

use chrono::NaiveDate;
use headroom_model::{Entity, Plan};

/// Attrition rate of a period: departures over the average of headcount at its start and end.
pub fn classic_rate(departures: u32, at_start: u32, at_end: u32) -> f64 {
    let average = f64::from(at_start + at_end) / 2.0;
    if average > 0.0 { f64::from(departures) / average } else { 0.0 }
}

/// Departures per person-year, which holds for periods of any length and for groups that grow.
pub fn exposure_rate(departures: u32, person_years: f64) -> f64 {
    if person_years > 0.0 { f64::from(departures) / person_years } else { 0.0 }
}

/// Monthly rate of a yearly rate: `1 − (1 − a)^(1/12)`.
pub fn monthly(yearly: f64) -> f64 {
    1.0 - (1.0 - yearly.clamp(0.0, 1.0)).powf(1.0 / 12.0)
}

/// Monthly hazard of a yearly rate: `−ln(1 − a) / 12`. A rate of 1 is capped at one in a million remaining.
pub fn hazard(yearly: f64) -> f64 {
    -(1.0 - yearly.clamp(0.0, 1.0 - 1e-6)).ln() / 12.0
}

/// Hires in a year to grow from `from` to `to` despite attrition: net growth, and the rate of the average headcount.
pub fn gross_hires(from: f64, to: f64, yearly: f64) -> f64 {
    to - from + yearly * (from + to) / 2.0
}

/// Vacancies at any time because departures are replaced: departures per day times the days from departure to the
/// next start (Little's law).
pub fn standing_vacancies(people: f64, yearly: f64, days_to_replace: f64) -> f64 {
    yearly * people / 365.0 * days_to_replace
}

/// Probability that all of `people` leave within a year, if independently: `aᵏ`. For groups only.
pub fn all_gone(yearly: f64, people: u32) -> f64 {
    yearly.powi(i32::try_from(people).unwrap_or(i32::MAX))
}

/// Attrition of a past period.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Past {
    pub leavers: u32,
    pub at_start: u32,
    pub at_end: u32,
    pub person_years: f64,
}

impl Past {
    /// The year that ends on the day before `day`, for all confirmed people of the plan.
    pub fn year_before(plan: &Plan, day: NaiveDate) -> Self {
        let start = day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
        let (mut past, mut days) = (Self::default(), 0);
        for span in plan.people.iter().filter(|person| !person.unconfirmed).map(Entity::date_range) {
            past.at_start += u32::from(span.contains(start));
            past.at_end += u32::from(span.contains(day));
            let from = span.from.map_or(start, |from| from.max(start));
            let end = span.until.and_then(|last| last.succ_opt()).map_or(day, |gone| gone.min(day));
            days += (end - from).num_days().max(0);
            past.leavers += u32::from(span.until.is_some_and(|last| start <= last && last < day));
        }
        past.person_years = days as f64 / (day - start).num_days().max(1) as f64;
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
    fn matches_documented_examples() {
        assert_eq!(classic_rate(12, 50, 70), 0.2);
        assert_eq!(exposure_rate(12, 60.0), 0.2);
        assert_eq!(format!("{:.3}", monthly(0.15) * 100.0), "1.345");
        assert_eq!(gross_hires(60.0, 80.0, 0.15), 30.5);
        assert_eq!(format!("{:.1}", standing_vacancies(80.0, 0.15, 88.0)), "2.9");
        assert_eq!(format!("{:.2}", all_gone(0.15, 2) * 100.0), "2.25");
    }

    #[test]
    fn monthly_figures_compound_to_yearly_rate() {
        assert!(((-hazard(0.15) * 12.0).exp() - 0.85).abs() < 1e-12);
        assert!(((1.0 - monthly(0.15)).powi(12) - 0.85).abs() < 1e-12);
        assert!(hazard(1.0).is_finite() && hazard(0.0) == 0.0);
    }

    #[test]
    fn past_year_counts_everybody_employed() {
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
