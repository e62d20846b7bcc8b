/// What the value of an assumption counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money a year.
    AmountPerYear,
    /// Money once, when somebody starts.
    AmountOnce,
    /// A share of pay a year, or money a year.
    RateOrAmount,
    /// A share.
    Rate,
    /// Calendar days.
    Days,
    Hours,
    People,
    /// A share for each month from the start on; the last one goes on.
    Curve,
}

/// One kind of assumption.
#[derive(Debug)]
pub struct AssumptionKind {
    pub id: &'static str,
    pub title: &'static str,
    pub unit: Unit,
    /// What holds where the plan says nothing, as it is written; none where there is no sensible figure.
    pub default: Option<&'static str>,
    /// Several with different labels come on top of each other; else the most specific one counts alone.
    pub adds_up: bool,
    pub meaning: &'static str,
    /// Where the default comes from.
    pub origin: &'static str,
}

impl AssumptionKind {
    const fn new(id: &'static str, title: &'static str, unit: Unit) -> Self {
        Self { id, title, unit, default: None, adds_up: false, meaning: "", origin: "" }
    }

    const fn by_default(self, default: &'static str, origin: &'static str) -> Self {
        Self { default: Some(default), origin, ..self }
    }

    const fn adding_up(self) -> Self {
        Self { adds_up: true, ..self }
    }

    const fn meaning(self, meaning: &'static str) -> Self {
        Self { meaning, ..self }
    }
}

/// A headroom figure that nobody has published, only chosen.
const OURS: &str = "Headroom's own choice";
const LARSON: &str = "https://lethain.com/productivity-in-the-age-of-hypergrowth/";
const FUNNEL: &str = "https://dianewilkinson.github.io/tools/calculator/playbook";
const RECRUITERS: &str = "https://codingace.net/hrp/recruiter_capacity.html";
const RAMP: &str = "https://hiremodeler.com/blog/hidden-cost-of-ramp-time.html";

/// Every kind, in the order in which they are shown.
pub const KINDS: &[AssumptionKind] = &[
    AssumptionKind::new("base", "Base pay", Unit::AmountPerYear)
        .meaning("What somebody is paid a year, full time, where neither the person nor the position says."),
    AssumptionKind::new("variable", "Variable pay", Unit::RateOrAmount)
        .meaning("Bonus and commission, a share of the base or an amount a year."),
    AssumptionKind::new("merit", "Yearly raise", Unit::Rate)
        .meaning("The raise of the base on each 1 January from the first day of this assumption on."),
    AssumptionKind::new("employer-tax", "Employer taxes", Unit::RateOrAmount)
        .adding_up()
        .meaning("A share of base and variable pay, up to a cap a year."),
    AssumptionKind::new("benefits", "Benefits", Unit::RateOrAmount)
        .adding_up()
        .meaning("Insurance, pension, meals: an amount a year or a share of the base."),
    AssumptionKind::new("equipment", "Equipment and software", Unit::RateOrAmount)
        .adding_up()
        .meaning("What a seat costs a year in devices and licences."),
    AssumptionKind::new("overhead", "Overhead", Unit::RateOrAmount)
        .adding_up()
        .meaning("The share of office, administration and the like."),
    AssumptionKind::new("burden", "Quick burden", Unit::Rate)
        .by_default("30%", "https://www.glencoyne.com/guides/fully-loaded-cost-us-employee (1.25 to 1.4 in the US)")
        .meaning(
            "What comes on top of the base where nothing more exact is said: no taxes, benefits, equipment or overhead.",
        ),
    AssumptionKind::new("equipment-once", "Equipment at the start", Unit::AmountOnce)
        .adding_up()
        .meaning("Bought when somebody starts."),
    AssumptionKind::new("recruiting", "Recruiting", Unit::RateOrAmount)
        .meaning("Agency, advertisements, travel: an amount or a share of the yearly base, once, when somebody starts."),
    AssumptionKind::new("approval-time", "Time to approve", Unit::Days)
        .by_default("14", OURS)
        .meaning("From asking for a position until it may be opened."),
    AssumptionKind::new("time-to-fill", "Time to fill", Unit::Days)
        .by_default("58", "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer (engineering, US)")
        .meaning("From opening a position until somebody accepts."),
    AssumptionKind::new("time-to-fill-spread", "Slow hires", Unit::Rate)
        .by_default("172%", "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer (58 days, 22 to 100)")
        .meaning("One hire in ten takes this share of the time to fill, or longer."),
    AssumptionKind::new("next-offer", "Time to the next offer", Unit::Days)
        .by_default("21", OURS)
        .meaning("When an offer is turned down, until the next candidate has one."),
    AssumptionKind::new("notice", "Notice", Unit::Days)
        .by_default("30", OURS)
        .meaning("From accepting until the first day."),
    AssumptionKind::new("ramp-time", "Time to productive", Unit::Days)
        .by_default("120", RAMP)
        .meaning("From the first day until somebody can be counted on, such as for on-call."),
    AssumptionKind::new("warning-time", "Time to warn", Unit::Days)
        .by_default("14", OURS)
        .meaning("So long before the last day of a hire's next step it turns red."),
    AssumptionKind::new("ramp", "Ramp", Unit::Curve)
        .by_default("20% 20% 50% 50% 75% 75% 100%", RAMP)
        .meaning("The output of a new hire month by month, of a full one."),
    AssumptionKind::new("ramp-spread", "Slow starters", Unit::Rate)
        .by_default(
            "173%",
            "https://hackernoon.com/engineer-onboarding-the-ugly-truth-about-ramp-up-time-7e323t9j (3 to 9 months)",
        )
        .meaning("One new hire in ten takes this share of the ramp's months, or more."),
    AssumptionKind::new("mentor-drag", "Mentoring", Unit::Curve)
        .by_default("25% 25% 15% 15% 10% 10% 0%", RAMP)
        .meaning("The output of one experienced colleague that a new hire takes, month by month."),
    AssumptionKind::new("join-rate", "Candidates who join", Unit::Rate)
        .by_default("20%", LARSON)
        .meaning("Of those who are interviewed, how many start."),
    AssumptionKind::new("interviews", "Interviews for a candidate", Unit::People)
        .by_default("4", LARSON)
        .meaning("How many colleagues talk to each candidate."),
    AssumptionKind::new("interview-hours", "Hours for an interview", Unit::Hours)
        .by_default("2", LARSON)
        .meaning("With preparation and notes."),
    AssumptionKind::new("offer-acceptance", "Offers accepted", Unit::Rate)
        .by_default("80%", FUNNEL)
        .meaning("Of those who get an offer, how many accept."),
    AssumptionKind::new("interview-pass", "Interviewed who get an offer", Unit::Rate)
        .by_default("50%", FUNNEL)
        .meaning("Of those whom the hiring manager talks to, how many get an offer."),
    AssumptionKind::new("screen-pass", "Screened who are interviewed", Unit::Rate)
        .by_default("30%", OURS)
        .meaning("Of those on a first call, how many are interviewed."),
    AssumptionKind::new("application-pass", "Applicants who are screened", Unit::Rate)
        .by_default("10%", OURS)
        .meaning("Of those who apply, how many get a first call."),
    AssumptionKind::new("recruiters", "Recruiters", Unit::People)
        .meaning("How many people recruit, full time. Without it, how many it takes is told."),
    AssumptionKind::new("requisition-hours", "Hours for a requisition", Unit::Hours)
        .by_default("26", RECRUITERS)
        .meaning("What a recruiter spends on one open position in a month."),
    AssumptionKind::new("recruiter-days", "Working days of a month", Unit::Days)
        .by_default("20", OURS)
        .meaning("Days on which a recruiter works."),
    AssumptionKind::new("recruiter-utilisation", "Recruiters at work", Unit::Rate)
        .by_default("82%", OURS)
        .meaning("Of a recruiter's working days, the share without holidays and illness."),
    AssumptionKind::new("recruiter-other", "Recruiters' other work", Unit::Rate)
        .by_default("25%", OURS)
        .meaning("Administration, meetings and projects: the share of a recruiter's time that is not recruiting."),
    AssumptionKind::new("attrition", "Attrition", Unit::Rate)
        .by_default("15%", OURS)
        .meaning("Of a group, who leaves within a year. A rate of groups, never a chance of a person."),
    AssumptionKind::new("starters-per-mentor", "Starters for a mentor", Unit::People)
        .by_default("1", OURS)
        .meaning("How many new hires one experienced colleague can take along at a time."),
    AssumptionKind::new("week", "Hours a week", Unit::Hours).by_default("40", LARSON).meaning("Working hours."),
];

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static AssumptionKind> {
    KINDS.iter().find(|kind| kind.id == id)
}

#[cfg(test)]
mod tests {
    use headroom_model::Quantity;

    use super::*;

    #[test]
    fn every_default_can_be_read_and_has_an_origin() {
        for kind in KINDS {
            assert!(!kind.meaning.is_empty(), "{}", kind.id);
            let Some(default) = kind.default else { continue };
            let value: Quantity = default.parse().unwrap();
            assert!(!kind.origin.is_empty(), "{}", kind.id);
            assert_eq!(matches!(value, Quantity::Curve(_)), kind.unit == Unit::Curve, "{}", kind.id);
        }
    }
}
