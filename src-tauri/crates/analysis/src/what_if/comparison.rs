//! A what-if compared with the plan, as sentences and gap by gap. The window and the command line show the same.

use chrono::{Days, Months, NaiveDate};
use headroom_model::wording::listed;
use headroom_model::{PersonId, Plan};
use rustc_hash::FxHashMap;

use super::scenario::{HypotheticalDeparture, WhatIf};
use crate::forecast::{Added, ForecastParams, Gap, GapKey};

/// Days until the assumed departure of someone without a planned last day.
const AHEAD: Days = Days::new(90);
const PERIOD: Months = Months::new(12);

/// Hypothetical departures for a day, each person once, with the earliest of their last days. A missing last day
/// defaults to the planned one, else to 90 days after `day`, or after the first day of someone who joins later.
pub fn departures(
    plan: &Plan,
    day: NaiveDate,
    asked: impl IntoIterator<Item = (PersonId, Option<NaiveDate>)>,
) -> Vec<HypotheticalDeparture> {
    let mut departures: Vec<HypotheticalDeparture> = Vec::new();
    for (person, last_day) in asked {
        let Some(row) = plan.people.get(person) else { continue };
        let first = row.from.map_or(day, |from| from.max(day));
        let assumed = || row.until.unwrap_or_else(|| first.checked_add_days(AHEAD).unwrap_or(first));
        let last_day = last_day.unwrap_or_else(assumed);
        match departures.iter_mut().find(|departure| departure.person == person) {
            Some(known) => known.last_day = known.last_day.min(last_day),
            None => departures.push(HypotheticalDeparture { person, last_day }),
        }
    }
    departures
}

/// The default end of a forecast: a year after `from`, or a year after the latest departure if that is later.
pub fn horizon(from: NaiveDate, departures: &[HypotheticalDeparture]) -> NaiveDate {
    let year_after = |day: NaiveDate| day.checked_add_months(PERIOD).unwrap_or(day);
    let last = departures.iter().map(|departure| departure.last_day).max();
    last.filter(|last| *last >= year_after(from)).map_or(year_after(from), year_after)
}

/// The gaps that one forecast adds to another, by key.
#[derive(Debug, Clone, Default)]
pub struct Comparison<'a>(FxHashMap<GapKey, &'a Added>);

impl<'a> Comparison<'a> {
    fn new(added: &'a [Added]) -> Self {
        Self(added.iter().map(|added| (added.gap.key(), added)).collect())
    }

    /// Keeps the gaps that `other` has as well.
    fn within(mut self, other: &Self) -> Self {
        self.0.retain(|key, _| other.0.contains_key(key));
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn of(&self, gap: &Gap) -> Option<&'a Added> {
        self.0.get(&gap.key()).copied()
    }

    /// The number of gaps that the other forecast does not have at all.
    pub fn new_gaps(&self) -> usize {
        self.0.values().filter(|added| added.is_new).count()
    }

    /// The sum of the days added, over all gaps.
    pub fn days(&self) -> u32 {
        self.0.values().map(|added| added.days).sum()
    }
}

/// A what-if with the differences between its three scenarios.
#[derive(Debug, Clone)]
pub struct DepartureComparison<'a> {
    pub what_if: &'a WhatIf,
    departures: &'a [HypotheticalDeparture],
    until: NaiveDate,
    /// Added by the planned departures: the plan compared with remaining.
    pub planned: Comparison<'a>,
    /// Added by the hypothetical departures compared with remaining. Empty if nothing depends on these people.
    pub against_staying: Comparison<'a>,
    /// Added by the hypothetical departures compared with the plan.
    pub against_plan: Comparison<'a>,
    /// Spared by the hypothetical departures: the plan compared with them.
    pub spared: Comparison<'a>,
}

impl<'a> DepartureComparison<'a> {
    pub fn new(
        params: &ForecastParams<'_>,
        departures: &'a [HypotheticalDeparture],
        what_if: &'a WhatIf,
    ) -> Self {
        let planned = Comparison::new(&what_if.planned_losses);
        let against_staying = Comparison::new(&what_if.losses);
        Self {
            departures,
            until: params.until,
            // With nobody left, “one person” is not what is missing: that is neither a gain nor a loss.
            against_plan: Comparison::new(&what_if.added).within(&against_staying),
            spared: Comparison::new(&what_if.spared).within(&planned),
            planned,
            against_staying,
            what_if,
        }
    }

    /// The planned last day of one of the people.
    pub fn planned_day(&self, person: PersonId) -> Option<NaiveDate> {
        self.what_if.planned.plan.people.get(person).and_then(|person| person.until)
    }

    /// What the departures change about one gap, in a few words: `new`, `30 days earlier`, `in the plan`. None if the
    /// gap does not depend on these people.
    pub fn mark(&self, gap: &Gap) -> Option<String> {
        let days = |days: u32| counted(days as usize, " day");
        Some(match (self.against_plan.of(gap), self.against_staying.of(gap)) {
            (Some(it), _) if it.is_new => "new".to_owned(),
            (Some(it), _) if it.days > 0 && it.opens_earlier == it.days => {
                format!("{} earlier", days(it.days))
            }
            (Some(it), _) if it.days > 0 => format!("{} longer", days(it.days)),
            (Some(it), _) if it.more_people == 0 => "more severe".to_owned(),
            (Some(it), _) if it.more_people == 1 => "1 more person missing".to_owned(),
            (Some(it), _) => format!("{} more people missing", it.more_people),
            (None, Some(_)) => match self.opens_later(gap) {
                0 => "in the plan".to_owned(),
                later => format!("{} later", days(later)),
            },
            (None, None) => return None,
        })
    }

    /// By how many days a gap opens later than in the plan.
    fn opens_later(&self, gap: &Gap) -> u32 {
        let is_same = |spared: &&&Added| {
            (spared.gap.subject, spared.gap.kind) == (gap.subject, gap.kind) && !spared.is_new
        };
        self.spared.0.values().filter(is_same).map(|spared| spared.opens_earlier).max().unwrap_or(0)
    }

    /// The summary: first what the plan loses already, then what the what-if adds.
    pub fn sentences(&self) -> Vec<String> {
        let plan = &self.what_if.planned.plan;
        let name = |person: PersonId| plan.name_of(person.into());
        let (mut leave, mut remain) = (Vec::new(), Vec::new());
        for departure in self.departures {
            match self.planned_day(departure.person) {
                Some(day) => leave.push(format!("{} leaves on {}", name(departure.person), date(day))),
                None => remain.push(name(departure.person)),
            }
        }
        let mut sentences = Vec::new();
        if !leave.is_empty() {
            sentences.push(format!("In the plan, {}, {}.", listed(&leave), self.lost_in_plan()));
        }
        if !remain.is_empty() {
            sentences.push(format!("No departure is planned for {}.", listed(&remain)));
        }
        sentences.push(self.asked());
        sentences
    }

    fn lost_in_plan(&self) -> String {
        let lost = effects(&self.planned, "");
        let days = self.departures.iter().filter_map(|departure| self.planned_day(departure.person));
        if !lost.is_empty() {
            format!("which {}", listed(&lost))
        } else if days.min().is_some_and(|first| first >= self.until) {
            format!("after the forecast ends ({})", date(self.until))
        } else {
            "which opens no gaps".to_owned()
        }
    }

    /// What the hypothetical last days add to the plan and spare it.
    fn asked(&self) -> String {
        let is_as_planned = |it: &HypotheticalDeparture| self.planned_day(it.person) == Some(it.last_day);
        if self.departures.iter().all(is_as_planned) {
            return match self.departures.len() {
                1 => "This what-if uses the planned date, so nothing changes.".to_owned(),
                _ => "This what-if uses the planned dates, so nothing changes.".to_owned(),
            };
        }
        let lead = match self.departures {
            [one] if self.planned_day(one.person).is_some() => {
                format!("Leaving on {} instead", date(one.last_day))
            }
            [one] => format!("Leaving on {}", date(one.last_day)),
            _ => "Leaving on these dates".to_owned(),
        };
        let mut effects = effects(&self.against_plan, " new");
        if self.spared.days() > 0 {
            effects.push(format!("removes {}", days_of(self.spared.days(), self.spared.count())));
        }
        let is_beyond = self.departures.iter().all(|departure| departure.last_day >= self.until);
        if !effects.is_empty() {
            format!("{lead} {}.", listed(&effects))
        } else if !self.against_staying.is_empty() {
            format!("{lead} opens no new gaps.")
        } else if is_beyond {
            format!("{lead} is after the forecast ends ({}): extend the forecast.", date(self.until))
        } else if self.departures.iter().any(|departure| self.supports_services(departure)) {
            format!("{lead} opens no gaps: others can support the same services.")
        } else {
            format!("{lead} opens no gaps: no service depends on them.")
        }
    }

    /// Whether they own or back up a service on their last day, in person or with a team.
    fn supports_services(&self, departure: &HypotheticalDeparture) -> bool {
        let then = self.what_if.remaining.plan.as_of(departure.last_day);
        let Some(person) = then.person_ix(departure.person) else { return false };
        let of_team = |team| then.team_ix(team).is_some_and(|at| then.held_by_team(at).next().is_some());
        then.held_by_person(person).next().is_some()
            || then.memberships(person).any(|membership| of_team(membership.team))
    }
}

/// The effects of a comparison as verb phrases: `opens 2 new gaps`, `opens 1 gap 30 days earlier`.
fn effects(comparison: &Comparison<'_>, new: &str) -> Vec<String> {
    let mut effects = Vec::new();
    if comparison.new_gaps() > 0 {
        effects.push(format!("opens {}", counted(comparison.new_gaps(), &format!("{new} gap"))));
    }
    let known = || comparison.0.values().filter(|added| !added.is_new);
    for (is_earlier, verb, how) in [(true, "opens", "earlier"), (false, "keeps", "longer")] {
        let is_it = |it: &&&Added| it.days > 0 && (it.opens_earlier == it.days) == is_earlier;
        let (count, days) =
            known().filter(is_it).fold((0, 0), |(count, days), it| (count + 1, days + it.days));
        let open = if is_earlier { "" } else { " open" };
        match count {
            0 => {}
            1 => effects.push(format!("{verb} 1 gap{open} {} {how}", counted(days as usize, " day"))),
            _ => effects.push(format!(
                "{verb} {count} gaps{open} {how}, by {} in total",
                counted(days as usize, " day")
            )),
        }
    }
    let (mut wider, mut more_severe) = (0, 0);
    for added in known().filter(|added| added.days == 0) {
        if added.more_people > 0 { wider += 1 } else { more_severe += 1 }
    }
    if wider > 0 {
        effects.push(format!("widens {} (more people missing)", counted(wider, " gap")));
    }
    if more_severe > 0 {
        effects.push(format!("makes {} more severe", counted(more_severe, " gap")));
    }
    effects
}

/// `60 days from 2 gaps`.
fn days_of(days: u32, gaps: usize) -> String {
    format!("{} from {}", counted(days as usize, " day"), counted(gaps, " gap"))
}

/// `1 gap`, `2 new gaps`. The noun begins with a space.
fn counted(count: usize, noun: &str) -> String {
    format!("{count}{noun}{}", if count == 1 { "" } else { "s" })
}

fn date(day: NaiveDate) -> impl std::fmt::Display {
    headroom_model::wording::date(day)
}
