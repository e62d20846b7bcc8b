//! The table of assumption types ([`KINDS`]): unit, range, default and its source. Imports, forms and scripts all
//! validate a value with the same check, so that none of them accepts what another refuses.

use crate::{
    assumption_value::{AssumptionValue, DaysOff},
    decimal6::Decimal6,
    entity::Assumption,
    error::FieldError,
};

/// What the value of an assumption counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money per year.
    AmountPerYear,
    /// Money, once, when someone starts.
    AmountOnce,
    /// A share of pay per year, or money per year.
    RateOrAmount,
    /// A share.
    Rate,
    /// Calendar days.
    Days,
    Hours,
    Minutes,
    People,
    /// A share for each month from the start on; the last one continues.
    Curve,
    /// Days of the week.
    Weekdays,
}

impl Unit {
    /// How a value is written, to follow “must be”.
    fn written(self) -> &'static str {
        match self {
            Unit::AmountPerYear | Unit::AmountOnce => "an amount such as 6000 EUR",
            Unit::RateOrAmount => "a rate such as 12.5% or an amount such as 6000 EUR",
            Unit::Rate => "a rate such as 12.5%",
            Unit::Days => "a number of days such as 58",
            Unit::Hours => "a number of hours such as 2",
            Unit::Minutes => "a number of minutes such as 18",
            Unit::People => "a number such as 4",
            Unit::Curve => "one percentage per month, such as 20% 50% 100%",
            Unit::Weekdays => "weekdays such as Fri Sat, or none",
        }
    }

    /// Smallest and largest value in hundredths: percent for shares, hundredths of one for numbers.
    const fn range(self) -> (i64, i64) {
        match self {
            Unit::RateOrAmount => (0, 1_000),
            Unit::Rate | Unit::Curve => (0, 100),
            Unit::Days => (0, 3_650 * 100),
            Unit::Hours => (0, 744 * 100),
            Unit::Minutes => (0, 44_640 * 100),
            Unit::People => (0, 1_000_000 * 100),
            Unit::AmountPerYear | Unit::AmountOnce | Unit::Weekdays => (0, i64::MAX),
        }
    }
}

/// A type of assumption.
#[derive(Debug)]
pub struct AssumptionKind {
    pub id: &'static str,
    pub title: &'static str,
    pub unit: Unit,
    /// Used where the plan has no assumption, as text; none where there is no sensible figure.
    pub default: Option<&'static str>,
    /// Smallest and largest share or number, in hundredths; amounts are never negative.
    range: (i64, i64),
    /// Several with different labels are added up; otherwise the most specific one applies alone.
    pub adds_up: bool,
    pub meaning: &'static str,
    /// Source of the default.
    pub origin: &'static str,
}

impl AssumptionKind {
    const fn new(id: &'static str, title: &'static str, unit: Unit) -> Self {
        let range = unit.range();
        Self { id, title, unit, default: None, range, adds_up: false, meaning: "", origin: "" }
    }

    const fn by_default(self, default: &'static str, origin: &'static str) -> Self {
        Self { default: Some(default), origin, ..self }
    }

    /// In percent, or in hundredths of a number.
    const fn within(self, least: i64, most: i64) -> Self {
        Self { range: (least, most), ..self }
    }

    const fn adding_up(self) -> Self {
        Self { adds_up: true, ..self }
    }

    const fn meaning(self, meaning: &'static str) -> Self {
        Self { meaning, ..self }
    }
}

/// No published source: Headroom's own figure.
const OURS: &str = "Headroom default";
const LARSON: &str = "https://lethain.com/productivity-in-the-age-of-hypergrowth/";
const FUNNEL: &str = "https://dianewilkinson.github.io/tools/calculator/playbook";
const RECRUITERS: &str = "https://codingace.net/hrp/recruiter_capacity.html";
const RAMP: &str = "https://hiremodeler.com/blog/hidden-cost-of-ramp-time.html";

/// Every type, in the order shown.
pub const KINDS: &[AssumptionKind] = &[
    AssumptionKind::new("base", "Base pay", Unit::AmountPerYear)
        .meaning("Annual full-time salary used when neither the person nor the position has one."),
    AssumptionKind::new("variable", "Variable pay", Unit::RateOrAmount)
        .meaning("Bonus and commission: a share of base pay or an amount per year."),
    AssumptionKind::new("merit", "Annual raise", Unit::Rate)
        .within(-100, 100)
        .meaning("Applied to base pay every 1 January from the start date of this assumption."),
    AssumptionKind::new("employer-tax", "Employer taxes", Unit::RateOrAmount)
        .adding_up()
        .meaning("A share of base and variable pay, up to an annual cap."),
    AssumptionKind::new("benefits", "Benefits", Unit::RateOrAmount)
        .adding_up()
        .meaning("Insurance, pension, meals: an amount per year or a share of base pay."),
    AssumptionKind::new("equipment", "Equipment and software", Unit::RateOrAmount)
        .adding_up()
        .meaning("Annual cost per position for devices and licences."),
    AssumptionKind::new("overhead", "Overhead", Unit::RateOrAmount)
        .adding_up()
        .meaning("Share of office, administration and similar costs."),
    AssumptionKind::new("burden", "Burden rate (fallback)", Unit::Rate)
        .within(0, 1_000)
        .by_default("30%", "https://www.glencoyne.com/guides/fully-loaded-cost-us-employee (1.25 to 1.4 in the US)")
        .meaning(
            "Added to base pay when no detailed costs (taxes, benefits, equipment, overhead) are set.",
        ),
    AssumptionKind::new("equipment-once", "Starting equipment", Unit::AmountOnce)
        .adding_up()
        .meaning("One-off purchase when someone starts."),
    AssumptionKind::new("recruiting", "Recruiting", Unit::RateOrAmount)
        .meaning("Agency fees, advertising, travel: a one-off amount or share of annual base pay when someone starts."),
    AssumptionKind::new("approval-time", "Time to approve", Unit::Days)
        .by_default("14", OURS)
        .meaning("From requesting a position until it can be opened."),
    AssumptionKind::new("time-to-fill", "Time to fill", Unit::Days)
        .by_default("58", "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer (engineering, US)")
        .meaning("From opening a position until an offer is accepted."),
    AssumptionKind::new("time-to-fill-spread", "Slow hires (P90)", Unit::Rate)
        .within(100, 1_000)
        .by_default("172%", "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer (58 days, 22 to 100)")
        .meaning("10% of hires take at least this share of the time to fill."),
    AssumptionKind::new("next-offer", "Time to next offer", Unit::Days)
        .by_default("21", OURS)
        .meaning("From a declined offer until the next candidate gets one."),
    AssumptionKind::new("notice", "Notice period", Unit::Days)
        .by_default("30", OURS)
        .meaning("From accepting an offer until the first day."),
    AssumptionKind::new("ramp-time", "Time to productivity", Unit::Days)
        .by_default("120", RAMP)
        .meaning("From the first day until a new hire counts in full, for example for on-call."),
    AssumptionKind::new("warning-time", "Warning lead time", Unit::Days)
        .by_default("14", OURS)
        .meaning("How long before the deadline of its next step a hire is flagged."),
    AssumptionKind::new("ramp", "Ramp-up", Unit::Curve)
        .by_default("20% 20% 50% 50% 75% 75% 100%", RAMP)
        .meaning("Output of a new hire, month by month, as a share of full output."),
    AssumptionKind::new("ramp-spread", "Slow ramp-up (P90)", Unit::Rate)
        .within(100, 1_000)
        .by_default(
            "173%",
            "https://hackernoon.com/engineer-onboarding-the-ugly-truth-about-ramp-up-time-7e323t9j (3 to 9 months)",
        )
        .meaning("10% of new hires take at least this share of the ramp-up time."),
    AssumptionKind::new("mentor-drag", "Mentoring", Unit::Curve)
        .by_default("25% 25% 15% 15% 10% 10% 0%", RAMP)
        .meaning("Share of one experienced colleague’s output that a new hire takes up, month by month."),
    AssumptionKind::new("join-rate", "Candidates who join", Unit::Rate)
        .by_default("20%", LARSON)
        .meaning("Share of interviewed candidates who start."),
    AssumptionKind::new("interviews", "Interviews per candidate", Unit::People)
        .by_default("4", LARSON)
        .meaning("How many colleagues interview each candidate."),
    AssumptionKind::new("interview-hours", "Hours per interview", Unit::Hours)
        .by_default("2", LARSON)
        .meaning("Including preparation and notes."),
    AssumptionKind::new("offer-acceptance", "Offers accepted", Unit::Rate)
        .by_default("80%", FUNNEL)
        .meaning("Share of offers that are accepted."),
    AssumptionKind::new("interview-pass", "Interview to offer", Unit::Rate)
        .by_default("50%", FUNNEL)
        .meaning("Share of candidates interviewed by the hiring manager who get an offer."),
    AssumptionKind::new("screen-pass", "Screen to interview", Unit::Rate)
        .by_default("30%", OURS)
        .meaning("Share of screened candidates who are interviewed."),
    AssumptionKind::new("application-pass", "Application to screen", Unit::Rate)
        .by_default("10%", OURS)
        .meaning("Share of applicants who get a first call."),
    AssumptionKind::new("recruiters", "Recruiters", Unit::People)
        .meaning("Full-time recruiters. Leave empty to calculate the number needed."),
    AssumptionKind::new("requisition-hours", "Hours per requisition", Unit::Hours)
        .by_default("26", RECRUITERS)
        .meaning("Time a recruiter spends on one open position per month."),
    AssumptionKind::new("recruiter-days", "Working days per month", Unit::Days)
        .within(0, 31 * 100)
        .by_default("20", OURS)
        .meaning("Days a recruiter works in a month."),
    AssumptionKind::new("recruiter-utilisation", "Recruiter availability", Unit::Rate)
        .by_default("82%", OURS)
        .meaning("Share of working days not lost to holidays and illness."),
    AssumptionKind::new("recruiter-other", "Recruiters’ other work", Unit::Rate)
        .by_default("25%", OURS)
        .meaning("Administration, meetings and projects: share of a recruiter’s time not spent recruiting."),
    AssumptionKind::new("attrition", "Attrition", Unit::Rate)
        .by_default("15%", OURS)
        .meaning("Annual rate for a group; not an individual probability."),
    AssumptionKind::new("starters-per-mentor", "New hires per mentor", Unit::People)
        .by_default("1", OURS)
        .meaning("How many new hires one experienced colleague can mentor at once."),
    AssumptionKind::new("week", "Hours per week", Unit::Hours)
        .within(0, 168 * 100)
        .by_default("40", LARSON)
        .meaning("Full-time working hours."),
    AssumptionKind::new("handle-time", "Time per ticket or call", Unit::Minutes)
        .meaning("Average time for one, all replies together. Used where no figures give it."),
    AssumptionKind::new("support-occupancy", "Time for tickets and calls", Unit::Rate)
        .within(1, 100)
        .by_default("85%", OURS)
        .meaning("Share of the time at work that can go into tickets and calls without a backlog."),
    AssumptionKind::new("shrinkage", "Time away from support", Unit::Rate)
        .by_default("30%", OURS)
        .meaning("Share of the working hours of support that goes into holidays, illness, training and meetings."),
    AssumptionKind::new("days-off", "Weekly days off", Unit::Weekdays)
        .by_default("Sat Sun", OURS)
        .meaning("Days of the week not worked at a location, in addition to its holidays, e.g. Fri Sat in Tel Aviv."),
];

/// The title of the type with this ID; the ID itself if there is no such type.
pub(crate) fn title(id: &str) -> &str {
    kind(id).map_or(id, |kind| kind.title)
}

/// The type with this ID.
pub fn kind(id: &str) -> Option<&'static AssumptionKind> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// Validates an assumption without looking at the plan.
///
/// # Errors
/// The field `kind` for an unknown type, `value` or `cap` for what the type does not accept.
pub(crate) fn check(row: &Assumption) -> Result<(), FieldError> {
    let Some(kind) = kind(&row.kind) else {
        let message = format!("unknown assumption type “{}”", row.kind);
        return Err(FieldError::new("kind", message));
    };
    let shares: &[Decimal6] = match (kind.unit, &row.value) {
        (Unit::AmountPerYear | Unit::AmountOnce | Unit::RateOrAmount, AssumptionValue::Amount(amount)) => {
            if amount.minor < 0 {
                return Err(FieldError::new("value", "must not be negative"));
            }
            &[]
        }
        (Unit::RateOrAmount | Unit::Rate | Unit::Curve, AssumptionValue::Share(share)) => {
            std::slice::from_ref(share)
        }
        (Unit::Days | Unit::Hours | Unit::Minutes | Unit::People, AssumptionValue::Number(number)) => {
            std::slice::from_ref(number)
        }
        (Unit::Curve, AssumptionValue::Curve(shares)) => shares,
        (Unit::Weekdays, AssumptionValue::DaysOff(days)) => return check_days_off(row, *days),
        _ => return Err(FieldError::new("value", format!("must be {}", kind.unit.written()))),
    };
    let (least, most) = (kind.range.0.saturating_mul(10_000), kind.range.1.saturating_mul(10_000));
    if shares.iter().any(|share| !(least..=most).contains(&share.millionths())) {
        let shown = |end: i64| match kind.unit {
            Unit::RateOrAmount | Unit::Rate | Unit::Curve => Decimal6::from_millionths(end).percent(),
            _ => Decimal6::from_millionths(end).to_string(),
        };
        let message = format!("must be between {} and {}", shown(least), shown(most));
        return Err(FieldError::new("value", message));
    }
    if row.cap.is_some_and(|cap| cap.minor < 0) {
        return Err(FieldError::new("cap", "must not be negative"));
    }
    Ok(())
}

/// Days off apply to everyone at a location, so that all working days there are counted on one calendar.
fn check_days_off(row: &Assumption, days: DaysOff) -> Result<(), FieldError> {
    if days.is_whole_week() {
        return Err(FieldError::new("value", "must leave at least one working day"));
    }
    let names_more = row.person.is_some()
        || row.position.is_some()
        || row.team.is_some()
        || !row.level.is_empty()
        || !row.discipline.is_empty();
    if names_more {
        return Err(FieldError::new("value", "can only be set for a location or for everyone"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_valid_and_has_a_source() {
        for kind in KINDS {
            assert!(!kind.meaning.is_empty(), "{}", kind.id);
            let Some(default) = kind.default else { continue };
            assert!(!kind.origin.is_empty(), "{}", kind.id);
            assert_eq!(refused(kind.id, default), None, "{}", kind.id);
        }
    }

    /// The field that is refused, and why.
    fn refused(kind: &str, value: &str) -> Option<String> {
        let row = Assumption { kind: kind.into(), value: value.parse().unwrap(), ..Assumption::default() };
        check(&row).err().map(|error| error.to_string())
    }

    /// A valid value of each unit.
    const WRITTEN: [(&[Unit], &str); 6] = [
        (&[Unit::AmountPerYear, Unit::AmountOnce, Unit::RateOrAmount], "6000 EUR"),
        (&[Unit::RateOrAmount, Unit::Rate, Unit::Curve], "100%"),
        (&[Unit::Curve], "20% 100%"),
        (&[Unit::Days, Unit::Hours, Unit::Minutes, Unit::People], "20"),
        (&[Unit::Weekdays], "Fri Sat"),
        (&[Unit::Weekdays], "none"),
    ];

    #[test]
    fn every_kind_accepts_only_its_unit() {
        for kind in KINDS {
            for (units, value) in WRITTEN {
                let is_refused = refused(kind.id, value).is_some();
                assert_eq!(is_refused, !units.contains(&kind.unit), "{} {value}", kind.id);
            }
        }
    }

    #[test]
    fn every_kind_enforces_its_range() {
        for kind in KINDS {
            let outside: &[&str] = match kind.unit {
                Unit::AmountPerYear | Unit::AmountOnce => &["-1 EUR"],
                Unit::RateOrAmount => &["-1 EUR", "-1%", "1001%"],
                Unit::Rate => &["-101%", "1001%"],
                Unit::Curve => &["-1%", "101%", "20% 101%", "-1% 50%"],
                Unit::Days | Unit::Hours | Unit::Minutes | Unit::People => &["-1", "-0.5", "9000000"],
                Unit::Weekdays => &["Mon Tue Wed Thu Fri Sat Sun"],
            };
            for value in outside {
                assert!(refused(kind.id, value).is_some(), "{} {value}", kind.id);
            }
        }
        assert_eq!(
            refused("offer-acceptance", "150%").as_deref(),
            Some("value: must be between 0% and 100%")
        );
        assert_eq!(refused("merit", "-5%"), None, "pay can be cut");
        assert_eq!(refused("foo", "3").as_deref(), Some("kind: unknown assumption type “foo”"));
    }

    #[test]
    fn caps_are_not_negative_and_days_off_belong_to_locations() {
        let cap = "-5 EUR".parse().ok();
        let row = |kind: &str, value: &str| Assumption {
            kind: kind.into(),
            value: value.parse().unwrap(),
            ..Assumption::default()
        };
        let field = |row: Assumption| check(&row).err().map(|error| error.field.into_owned());
        assert_eq!(field(Assumption { cap, ..row("employer-tax", "10%") }).as_deref(), Some("cap"));
        assert_eq!(field(Assumption { location: "Tel Aviv".into(), ..row("days-off", "Fri Sat") }), None);
        assert!(field(Assumption { level: "L4".into(), ..row("days-off", "Fri Sat") }).is_some());
    }
}
