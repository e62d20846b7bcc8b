//! The level of a practice in a scope on a day.

use chrono::NaiveDate;
use headroom_model::{ExactDecimal, NoNumber, ObservationId, wording::date};

use crate::metrics::{ExactValue, Figure, MissingReason, Series, exact};

/// Why the level of a practice is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyUnknown {
    /// Nobody has ever looked.
    NeverLookedAt,
    /// Somebody looked, and could not say.
    Undetermined,
    /// What it rested on ended with this day.
    EvidenceEnded(NaiveDate),
    /// There are two levels of the newest day.
    Twice,
}

/// What is known of a practice in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    Value(ExactDecimal),
    NotApplicable,
    Unknown(WhyUnknown),
}

/// A practice in a scope on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeReading {
    pub standing: Standing,
    /// The day on which somebody looked last.
    pub on: Option<NaiveDate>,
    /// Days from then until the day asked.
    pub age_days: Option<i64>,
    /// The last day on which it counts.
    pub until: Option<NaiveDate>,
    /// The newest observation.
    pub row: Option<ObservationId>,
    /// The value before the newest one, and its day.
    pub before: Option<(ExactDecimal, NaiveDate)>,
}

impl PracticeReading {
    pub fn value(&self) -> Option<ExactDecimal> {
        match self.standing {
            Standing::Value(value) => Some(value),
            Standing::NotApplicable | Standing::Unknown(_) => None,
        }
    }

    /// How much the newest value is above the one before it.
    pub fn change(&self) -> Option<ExactValue> {
        let (before, _) = self.before?;
        Some(exact(self.value()?) - exact(before))
    }

    pub(super) fn never() -> Self {
        let standing = Standing::Unknown(WhyUnknown::NeverLookedAt);
        Self { standing, on: None, age_days: None, until: None, row: None, before: None }
    }
}

/// Why a level is unknown, in words.
pub fn why_words(why: WhyUnknown) -> String {
    match why {
        WhyUnknown::NeverLookedAt => "never looked at".to_owned(),
        WhyUnknown::Undetermined => "could not be determined".to_owned(),
        WhyUnknown::EvidenceEnded(until) => format!("evidence ended on {}", date(until)),
        WhyUnknown::Twice => "two levels of the same day".to_owned(),
    }
}

/// The figure of each day until `last`, as it was believed on `day`; none of a day that has two.
fn figures_until(series: &Series, last: NaiveDate, day: NaiveDate) -> Vec<(NaiveDate, Option<Figure>)> {
    let known = |figure: &&Figure| figure.last <= last && figure.from.unwrap_or(figure.last) <= day;
    let mut figures: Vec<Figure> =
        series.figures.iter().chain(&series.without_number).filter(known).copied().collect();
    figures.sort_by_key(|figure| (figure.last, figure.until));
    let of_day = |figures: &[Figure]| {
        let newest = figures.last().copied()?;
        let is_believed = |figure: &&Figure| figure.until >= day;
        (figures.iter().filter(is_believed).count() < 2).then_some(newest)
    };
    figures.chunk_by(|one, next| one.last == next.last).map(|own| (own[0].last, of_day(own))).collect()
}

/// What was known on `day` of how a practice stood on `last`, which is not later.
pub(super) fn reading_until(series: &Series, last: NaiveDate, day: NaiveDate) -> PracticeReading {
    let figures = figures_until(series, last, day);
    let Some(((on, newest), earlier)) = figures.split_last() else { return PracticeReading::never() };
    let standing = match newest {
        None => Standing::Unknown(WhyUnknown::Twice),
        Some(figure) if figure.until < last => Standing::Unknown(WhyUnknown::EvidenceEnded(figure.until)),
        Some(figure) => match figure.value.lacks {
            None => Standing::Value(figure.value.number),
            Some(NoNumber::NotApplicable) => Standing::NotApplicable,
            Some(NoNumber::Undetermined) => Standing::Unknown(WhyUnknown::Undetermined),
        },
    };
    let number = |(on, figure): &(NaiveDate, Option<Figure>)| {
        figure.filter(|figure| figure.value.lacks.is_none()).map(|figure| (figure.value.number, *on))
    };
    PracticeReading {
        standing,
        on: Some(*on),
        age_days: Some((last - *on).num_days()),
        until: newest.map(|figure| figure.until).filter(|until| *until != NaiveDate::MAX),
        row: newest.map(|figure| figure.row),
        before: earlier.iter().rev().find_map(number),
    }
}

/// All values of a practice in a scope as they were believed on a day, the oldest first.
pub fn practice_series(
    plan: &headroom_model::Plan,
    metric: headroom_model::MetricId,
    scope: &crate::metrics::SeriesScope,
    day: NaiveDate,
) -> Vec<(NaiveDate, headroom_model::MetricValue)> {
    let index = crate::metrics::FigureIndex::of(plan);
    let Some(series) = index.of_scope(metric, scope) else { return Vec::new() };
    let figures = figures_until(series, day, day).into_iter();
    figures.filter_map(|(on, figure)| Some((on, figure?.value))).collect()
}

/// The value that a period which ends on `last` has, as it was known on `day`: gates ask for it. One that is older than so
/// many days opens none.
pub(crate) fn practice_value(
    series: &Series,
    last: NaiveDate,
    day: NaiveDate,
    oldest_days: u32,
) -> Result<ExactValue, MissingReason> {
    let reading = reading_until(series, last, day);
    match reading.standing {
        Standing::Value(_) if reading.age_days > Some(oldest_days.into()) => Err(MissingReason::Stale),
        Standing::Value(value) => Ok(exact(value)),
        Standing::NotApplicable => Err(MissingReason::NotApplicable),
        Standing::Unknown(WhyUnknown::Twice) => Err(MissingReason::Twice),
        Standing::Unknown(WhyUnknown::EvidenceEnded(_)) => Err(MissingReason::Stale),
        Standing::Unknown(WhyUnknown::NeverLookedAt | WhyUnknown::Undetermined) => Err(MissingReason::Gap),
    }
}
