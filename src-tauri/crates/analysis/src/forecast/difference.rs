use chrono::NaiveDate;

use super::{ForecastParams, Gap};

/// What one forecast has beyond another: a gap with those of its days that are in no gap of the same kind and subject
/// there. Days are compared, and not the days on which gaps open and close, since a gap that closes later is the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub gap: Gap,
    /// The days that are added, each stretch from its first to its last.
    pub stretches: Vec<(NaiveDate, NaiveDate)>,
    pub days: u32,
    /// The other has it on none of its days; otherwise it is only longer, or takes more people.
    pub is_new: bool,
    /// By how many days it opens earlier; 0 where it is new.
    pub opens_earlier: u32,
    /// How many people it takes beyond those that it takes there; 0 where it is new.
    pub more_people: u32,
    /// It is worse than there, as when a backup is lost; false where it is new.
    pub is_more_severe: bool,
}

/// The gaps that have days which the gaps of `other` do not have, take more people or are more severe, both of the days of the question,
/// in the order in which they are given.
pub fn added(question: &ForecastParams<'_>, gaps: &[Gap], other: &[Gap]) -> Vec<Added> {
    let mut known: rustc_hash::FxHashMap<_, Vec<&Gap>> = rustc_hash::FxHashMap::default();
    other.iter().for_each(|gap| known.entry((gap.subject, gap.kind)).or_default().push(gap));
    let of = |gap: &Gap| {
        let known = known.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
        let stretches = beyond(question, gap, known);
        let length = |(first, last): (NaiveDate, NaiveDate)| (last - first).num_days() as u32 + 1;
        let (first, last) = days_of(question, gap);
        let days = stretches.iter().copied().map(length).sum();
        let is_new = days == length((first, last));
        let earlier = stretches.first().filter(|stretch| !is_new && stretch.0 == first);
        let overlaps = |other: &&&Gap| {
            let (from, until) = days_of(question, other);
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

/// The first and the last day of a gap that are looked at.
fn days_of(question: &ForecastParams<'_>, gap: &Gap) -> (NaiveDate, NaiveDate) {
    let last = gap.closes.and_then(|day| day.pred_opt()).unwrap_or(question.until);
    (gap.opens.unwrap_or(question.from), last)
}

/// The days of a gap that are in none of the others. Those are in the order of their days and do not overlap.
fn beyond(question: &ForecastParams<'_>, gap: &Gap, known: &[&Gap]) -> Vec<(NaiveDate, NaiveDate)> {
    let (mut first, last) = days_of(question, gap);
    let mut stretches = Vec::new();
    for (from, until) in known.iter().map(|gap| days_of(question, gap)) {
        if until < first || from > last {
            continue;
        }
        if let Some(eve) = from.pred_opt().filter(|eve| *eve >= first) {
            stretches.push((first, eve));
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
