//! Bets: which are to be decided, what their objectives said on the day of the decision, and what they say since.
//!
//! Nothing of it is stored: all of it follows from the plan and the day, as with gates, by the same objectives.
//! `first_terms` keeps what a bet was to bring before that was changed.

mod first_terms;

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Bet, BetId, Entity, EntityRef, ObjectiveId, Plan,
    wording::{count_of, date},
};

use crate::gates::{ObjectiveReading, ObjectiveState, objective_readings};

pub(crate) use first_terms::keep_first_terms;
pub use first_terms::terms;

/// How a bet stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BetStanding {
    /// Its day has passed, and nobody has decided.
    Overdue,
    /// Its day is in this month.
    ThisMonth,
    Running,
    NotBegun,
    Decided,
    /// What came of it has been looked at since.
    Reviewed,
}

impl BetStanding {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::ThisMonth => "this-month",
            Self::Running => "running",
            Self::NotBegun => "not-begun",
            Self::Decided => "decided",
            Self::Reviewed => "reviewed",
        }
    }
}

/// A bet on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct BetReading {
    pub bet: BetId,
    pub standing: BetStanding,
    /// By which it is overdue, or was decided late.
    pub days_over: i64,
    /// The day of which `objectives` tell: that of the decision, set or made, as far as it has come.
    pub judged_on: NaiveDate,
    /// Whether all objectives are met on that day; none if it has none.
    pub state: Option<ObjectiveState>,
    pub objectives: Vec<(ObjectiveId, ObjectiveReading)>,
    /// The same as of the day asked, by which a decision is reviewed; empty if that day is no other.
    pub since: Vec<(ObjectiveId, ObjectiveReading)>,
}

impl BetReading {
    /// Decided after its day.
    pub fn is_decided_late(&self) -> bool {
        matches!(self.standing, BetStanding::Decided | BetStanding::Reviewed) && self.days_over > 0
    }

    /// How it stands in words: `17 days past its day`.
    pub fn words(&self, row: &Bet) -> String {
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| "no day".to_owned(), |day| date(day).to_string());
        match self.standing {
            BetStanding::Overdue => format!("{} past its day, {}", days(self.days_over), day(row.decide_by)),
            BetStanding::ThisMonth => format!("to be decided by {}", day(row.decide_by)),
            BetStanding::Running => match row.decide_by {
                Some(by) => format!("runs until {}", date(by)),
                None => "runs, with no day to decide".to_owned(),
            },
            BetStanding::NotBegun => format!("begins on {}", day(row.from)),
            BetStanding::Decided | BetStanding::Reviewed => {
                let late = if self.days_over > 0 {
                    format!(", {} late", days(self.days_over))
                } else {
                    String::new()
                };
                let decision = row.decision.map_or("decided", headroom_model::BetDecision::word);
                format!("{decision}, decided on {}{late}", day(row.decided))
            }
        }
    }
}

fn days(count: i64) -> String {
    count_of(usize::try_from(count).unwrap_or_default(), "day")
}

/// All bets on a day: those past their day first, then by the day to decide; those decided by the day of the decision,
/// the newest first.
pub fn bets(plan: &Plan, day: NaiveDate) -> Vec<BetReading> {
    let mut readings: Vec<BetReading> = plan.bets.iter().map(|row| reading(plan, row, day)).collect();
    readings.sort_by_cached_key(|reading| {
        let row = plan.get::<Bet>(reading.bet);
        let due = match reading.standing {
            BetStanding::Decided | BetStanding::Reviewed => {
                row.and_then(|row| row.decided).map(|on| -i64::from(on.num_days_from_ce()))
            }
            _ => row.and_then(|row| row.decide_by).map(|by| i64::from(by.num_days_from_ce())),
        };
        let subject = EntityRef::from(reading.bet);
        (reading.standing, due.unwrap_or(i64::MAX), plan.name_of(subject), plan.key_of(subject).to_owned())
    });
    readings
}

/// One bet on a day.
pub fn bet_on(plan: &Plan, bet: BetId, day: NaiveDate) -> Option<BetReading> {
    plan.get::<Bet>(bet).map(|row| reading(plan, row, day))
}

fn reading(plan: &Plan, row: &Bet, day: NaiveDate) -> BetReading {
    let standing = standing(row, day);
    let decided = row.decided.filter(|_| row.is_decided(day));
    let judged_on = decided.or(row.decide_by).map_or(day, |judged| judged.min(day));
    let objectives = objective_readings(plan, &row.objectives, judged_on);
    let since = if judged_on < day { objective_readings(plan, &row.objectives, day) } else { Vec::new() };
    let over = row.decide_by.map_or(0, |by| (decided.unwrap_or(day) - by).num_days());
    BetReading {
        bet: row.id,
        standing,
        days_over: over.max(0),
        judged_on,
        state: all(objectives.iter().map(|(_, reading)| reading.state)),
        objectives,
        since,
    }
}

fn standing(row: &Bet, day: NaiveDate) -> BetStanding {
    let is_this_month = |by: NaiveDate| (by.year(), by.month()) == (day.year(), day.month());
    if row.is_decided(day) {
        return match row.reviewed {
            Some(reviewed) if reviewed <= day => BetStanding::Reviewed,
            _ => BetStanding::Decided,
        };
    }
    match row.decide_by {
        Some(by) if by < day => BetStanding::Overdue,
        _ if row.from.is_some_and(|from| from > day) => BetStanding::NotBegun,
        Some(by) if is_this_month(by) => BetStanding::ThisMonth,
        _ => BetStanding::Running,
    }
}

/// Whether all are met; none of nothing. What is not known decides only where nothing else does.
fn all(states: impl Iterator<Item = ObjectiveState>) -> Option<ObjectiveState> {
    let states: Vec<ObjectiveState> = states.collect();
    let order =
        [ObjectiveState::Invalid, ObjectiveState::NotMet, ObjectiveState::Unknown, ObjectiveState::Met];
    order.into_iter().find(|state| states.contains(state))
}

/// The teams, markets and so on that a bet is about, in words: `Carriers · Poland`.
pub fn scope_words(row: &Bet) -> String {
    let words = [&row.segment, &row.channel, &row.market].into_iter().filter(|word| !word.is_empty());
    words.map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// Its name, or its key if it has none.
pub fn bet_name(row: &Bet) -> &str {
    row.called().filter(|name| !name.is_empty()).unwrap_or(&row.key)
}

#[cfg(test)]
mod tests {
    use headroom_model::BetDecision;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bet() -> Bet {
        Bet { from: Some(day("2027-01-04")), decide_by: Some(day("2027-03-31")), ..Bet::default() }
    }

    #[test]
    fn a_bet_is_overdue_from_the_day_after_its_day_until_it_is_decided() {
        let standing_of = |row: &Bet, on| standing(row, day(on));
        let undecided = bet();
        assert_eq!(standing_of(&undecided, "2027-01-03"), BetStanding::NotBegun);
        assert_eq!(standing_of(&undecided, "2027-02-28"), BetStanding::Running);
        assert_eq!(standing_of(&undecided, "2027-03-01"), BetStanding::ThisMonth);
        assert_eq!(standing_of(&undecided, "2027-03-31"), BetStanding::ThisMonth);
        assert_eq!(standing_of(&undecided, "2027-04-01"), BetStanding::Overdue);
        let decided = Bet { decided: Some(day("2027-04-10")), decision: Some(BetDecision::Stop), ..bet() };
        assert_eq!(standing_of(&decided, "2027-04-09"), BetStanding::Overdue, "nobody had decided it then");
        assert_eq!(standing_of(&decided, "2027-04-10"), BetStanding::Decided);
        let reviewed = Bet { reviewed: Some(day("2027-07-01")), ..decided };
        assert_eq!(standing_of(&reviewed, "2027-07-01"), BetStanding::Reviewed);
    }

    #[test]
    fn days_over_count_from_the_day_until_the_decision() {
        let plan = Plan::default();
        let late = Bet { decided: Some(day("2027-04-10")), decision: Some(BetDecision::Stop), ..bet() };
        let reading_of = |row: &Bet, on| reading(&plan, row, day(on));
        assert_eq!(reading_of(&bet(), "2027-04-05").days_over, 5);
        assert_eq!(reading_of(&late, "2027-06-01").days_over, 10);
        assert!(reading_of(&late, "2027-06-01").is_decided_late());
        let in_time = Bet { decided: Some(day("2027-03-31")), ..late };
        assert!(!reading_of(&in_time, "2027-06-01").is_decided_late());
        assert_eq!(reading_of(&in_time, "2027-06-01").words(&in_time), "stop, decided on 31 Mar 2027");
    }

    #[test]
    fn what_is_not_known_is_not_met() {
        use ObjectiveState as S;
        assert_eq!(all([].into_iter()), None);
        assert_eq!(all([S::Met, S::Unknown].into_iter()), Some(S::Unknown));
        assert_eq!(all([S::Met, S::Unknown, S::NotMet].into_iter()), Some(S::NotMet));
        assert_eq!(all([S::Met, S::Met].into_iter()), Some(S::Met));
    }
}
