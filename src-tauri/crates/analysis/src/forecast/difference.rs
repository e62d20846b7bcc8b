//! The difference between two forecasts, in days, people and severity.

use chrono::NaiveDate;

use super::params::ForecastParams;
use crate::gap::Gap;

/// What a gap of one forecast adds to another: its days that are in no gap of the same kind and subject there.
///
/// Days are compared, not opening and closing dates, since a gap that closes later is still the same gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub gap: Gap,
    /// The added days as inclusive ranges.
    pub stretches: Vec<(NaiveDate, NaiveDate)>,
    pub days: u32,
    /// None of its days are in the other forecast. Otherwise the gap is longer, takes more people or is more severe.
    pub is_new: bool,
    /// By how many days it opens earlier; 0 if it is new.
    pub opens_earlier: u32,
    /// How many more people are missing than in the other forecast; 0 if it is new.
    pub more_people: u32,
    /// The severity is higher than in the other forecast, for example because a backup is lost; false if it is new.
    pub is_more_severe: bool,
}

/// The gaps of `gaps` that have more days than in `other`, are missing more people or are more severe. Both are
/// forecasts for the period of `params`; the order is that of `gaps`.
pub fn added(params: &ForecastParams<'_>, gaps: &[Gap], other: &[Gap]) -> Vec<Added> {
    let mut known: rustc_hash::FxHashMap<_, Vec<&Gap>> = rustc_hash::FxHashMap::default();
    other.iter().for_each(|gap| known.entry((gap.subject, gap.kind)).or_default().push(gap));
    let of = |gap: &Gap| {
        let known = known.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
        let stretches = beyond(params, gap, known);
        let length = |(first, last): (NaiveDate, NaiveDate)| (last - first).num_days() as u32 + 1;
        let (first, last) = days_of(params, gap);
        let days = stretches.iter().copied().map(length).sum();
        let is_new = days == length((first, last));
        let earlier = stretches.first().filter(|stretch| !is_new && stretch.0 == first);
        let overlaps = |other: &&&Gap| {
            let (from, until) = days_of(params, other);
            from <= last && until >= first
        };
        let known = || known.iter().filter(overlaps);
        let known_lack = known().map(|other| other.lack).max();
        let is_more_severe = known().map(|other| other.severity).max().is_some_and(|it| it < gap.severity);
        let more_people = known_lack.map_or(0, |lack| gap.lack.saturating_sub(lack));
        let opens_earlier = earlier.map_or(0, |stretch| length(*stretch));
        (days > 0 || more_people > 0 || is_more_severe).then(|| Added {
            gap: gap.clone(),
            stretches,
            days,
            is_new,
            opens_earlier,
            more_people,
            is_more_severe,
        })
    };
    gaps.iter().filter_map(of).collect()
}

/// The first and last day of a gap within the period.
fn days_of(params: &ForecastParams<'_>, gap: &Gap) -> (NaiveDate, NaiveDate) {
    let last = gap.closes.and_then(|day| day.pred_opt()).unwrap_or(params.until);
    (gap.opens.unwrap_or(params.from), last)
}

/// The ranges of a gap that no gap of `known` covers. `known` is in order of days and does not overlap.
fn beyond(params: &ForecastParams<'_>, gap: &Gap, known: &[&Gap]) -> Vec<(NaiveDate, NaiveDate)> {
    let (mut first, last) = days_of(params, gap);
    let mut stretches = Vec::new();
    for (from, until) in known.iter().map(|gap| days_of(params, gap)) {
        if until < first || from > last {
            continue;
        }
        if let Some(before) = from.pred_opt().filter(|before| *before >= first) {
            stretches.push((first, before));
        }
        match until.succ_opt() {
            Some(next) => first = next,
            None => return stretches,
        }
    }
    if first <= last {
        stretches.push((first, last));
    }
    stretches
}
