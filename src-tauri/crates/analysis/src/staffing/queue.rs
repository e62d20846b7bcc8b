//! Erlang C: how long calls wait if so many agents answer them.
//!
//! Calls come at random and independently, nobody hangs up, and all agents take calls of one queue. Described at
//! https://www.lokad.com/calculate-call-center-staffing-with-excel.

use headroom_model::Decimal6;

/// The heaviest load that is calculated, in erlangs.
const MOST_ERLANGS: f64 = 100_000.0;

/// Why there is no number of agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaffingError {
    #[error("{0} must be more than zero")]
    NotPositive(&'static str),
    #[error("{0} must be less than 100 %")]
    Whole(&'static str),
    #[error("the load is more than {MOST_ERLANGS} people at work at the same time; check the numbers")]
    TooHeavy,
}

/// Calls, and the work that they make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallLoad {
    pub calls: f64,
    /// The minutes in which they come.
    pub in_minutes: f64,
    /// Average time that an agent needs for one, with what is done after it.
    pub handle_seconds: f64,
}

/// How many calls are to be answered how soon: 80 % within 20 seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnswerTarget {
    pub share: Decimal6,
    pub within_seconds: f64,
}

/// The least number of agents that meets a target, and what it is like for callers and agents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallStaffing {
    /// Agents who would be busy without a pause: the load in erlangs.
    pub erlangs: f64,
    pub agents: u32,
    /// Agents on the schedule, with those who are away or do something else.
    pub scheduled: u32,
    /// Probability that a call has to wait.
    pub waiting_probability: f64,
    /// Share of calls answered in time.
    pub service_level: f64,
    /// Share of the time that agents spend with calls.
    pub occupancy: f64,
    /// Average time until a call is answered.
    pub mean_wait_seconds: f64,
    /// Share of calls answered in time with one agent less; none if the queue would grow without end.
    pub service_level_with_one_less: Option<f64>,
}

impl CallLoad {
    /// Agents who would be busy without a pause.
    pub fn erlangs(&self) -> f64 {
        self.calls * self.handle_seconds / (self.in_minutes * 60.0)
    }

    /// The least agents that meet a target, and how many to schedule if this share of their time goes elsewhere.
    ///
    /// # Errors
    /// [`StaffingError`] for numbers of which nothing follows.
    pub fn least_agents(
        &self,
        target: AnswerTarget,
        shrinkage: Decimal6,
    ) -> Result<CallStaffing, StaffingError> {
        self.check(target)?;
        let erlangs = self.erlangs();
        let (mut blocking, mut agents, mut one_less) = (1.0, 0_u32, None);
        loop {
            agents += 1;
            blocking = blocking_with_one_more(blocking, erlangs, agents);
            if f64::from(agents) <= erlangs {
                continue;
            }
            let queue = self.queue(blocking, agents, target.within_seconds);
            if queue.service_level >= target.share.as_f64() {
                let scheduled = scheduled(agents, shrinkage)?;
                return Ok(CallStaffing { scheduled, service_level_with_one_less: one_less, ..queue });
            }
            one_less = Some(queue.service_level);
        }
    }

    fn check(&self, target: AnswerTarget) -> Result<(), StaffingError> {
        let positive = |number: f64, name| {
            if number > 0.0 { Ok(()) } else { Err(StaffingError::NotPositive(name)) }
        };
        positive(self.in_minutes, "the time in which calls come")?;
        positive(self.handle_seconds, "the handle time")?;
        if target.share >= Decimal6::ONE {
            return Err(StaffingError::Whole("the target"));
        }
        // A load that is no number is too heavy as well.
        if self.erlangs() <= MOST_ERLANGS { Ok(()) } else { Err(StaffingError::TooHeavy) }
    }

    /// What the queue is like with more agents than the load, by the probability that all are busy and none waits.
    fn queue(&self, blocking: f64, agents: u32, within_seconds: f64) -> CallStaffing {
        let (erlangs, count) = (self.erlangs(), f64::from(agents));
        let (occupancy, free) = (erlangs / count, count - erlangs);
        let waiting = blocking / (1.0 - occupancy * (1.0 - blocking));
        CallStaffing {
            erlangs,
            agents,
            scheduled: agents,
            waiting_probability: waiting,
            service_level: 1.0 - waiting * (-free * within_seconds / self.handle_seconds).exp(),
            occupancy,
            mean_wait_seconds: waiting * self.handle_seconds / free,
            service_level_with_one_less: None,
        }
    }
}

/// Erlang B, from that with one agent less: every step is between zero and one, so that nothing overflows.
fn blocking_with_one_more(blocking: f64, erlangs: f64, agents: u32) -> f64 {
    let busy = erlangs * blocking;
    busy / (f64::from(agents) + busy)
}

/// People on the schedule for so many at work, rounded up.
fn scheduled(agents: u32, shrinkage: Decimal6) -> Result<u32, StaffingError> {
    let left = Decimal6::ONE.millionths() - shrinkage.millionths();
    if left <= 0 {
        return Err(StaffingError::Whole("the shrinkage"));
    }
    let (agents, left) = (u64::from(agents) * 1_000_000, left.unsigned_abs());
    u32::try_from(agents.div_ceil(left)).map_err(|_| StaffingError::TooHeavy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(text: &str) -> Decimal6 {
        text.parse().unwrap()
    }

    fn staffing(calls: f64, in_minutes: f64, handle_seconds: f64, within: f64, target: &str) -> CallStaffing {
        let load = CallLoad { calls, in_minutes, handle_seconds };
        let target = AnswerTarget { share: share(target), within_seconds: within };
        load.least_agents(target, share("0.3")).unwrap()
    }

    /// The published example of the source above.
    #[test]
    fn published_examples_come_out() {
        let found = staffing(360.0, 30.0, 240.0, 15.0, "0.8");
        assert_eq!((found.erlangs, found.agents, found.scheduled), (48.0, 55, 79));
        assert!((found.waiting_probability - 0.238_700_936_4).abs() < 1e-10);
        assert!((found.service_level - 0.845_883_092_2).abs() < 1e-10);
        assert!((found.mean_wait_seconds - 8.184_032_1).abs() < 1e-7);
        let found = staffing(100.0, 60.0, 300.0, 20.0, "0.8");
        assert_eq!((found.agents, found.scheduled), (12, 18));
        assert!(found.service_level_with_one_less.unwrap() < 0.8);
    }

    #[test]
    fn shares_are_divided_exactly() {
        assert_eq!(scheduled(7, share("0.3")), Ok(10));
        assert_eq!(scheduled(13, share("0.35")), Ok(20));
        assert_eq!(scheduled(1, share("1")), Err(StaffingError::Whole("the shrinkage")));
    }

    #[test]
    fn numbers_of_which_nothing_follows_are_refused() {
        let target = AnswerTarget { share: share("0.8"), within_seconds: 20.0 };
        let of = |calls, in_minutes, handle_seconds, target| {
            CallLoad { calls, in_minutes, handle_seconds }.least_agents(target, Decimal6::default()).err()
        };
        assert_eq!(
            of(1.0, 0.0, 60.0, target),
            Some(StaffingError::NotPositive("the time in which calls come"))
        );
        assert_eq!(of(1.0, 30.0, 0.0, target), Some(StaffingError::NotPositive("the handle time")));
        assert_eq!(of(1e12, 30.0, 60.0, target), Some(StaffingError::TooHeavy));
        let all = AnswerTarget { share: Decimal6::ONE, ..target };
        assert_eq!(of(1.0, 30.0, 60.0, all), Some(StaffingError::Whole("the target")));
        assert_eq!(of(0.0, 30.0, 60.0, target), None, "nobody calls: one waits for it");
    }

    proptest! {
        #[test]
        fn agents_are_enough_and_one_less_is_not(
            calls in 0_u32..2_000, minutes in 1_u32..120, handle in 1_u32..2_000, within in 0_u32..300, target in 1_i64..999,
        ) {
            let share = Decimal6::from_millionths(target * 1_000);
            let load = CallLoad { calls: calls.into(), in_minutes: minutes.into(), handle_seconds: handle.into() };
            let target = AnswerTarget { share, within_seconds: within.into() };
            let Ok(found) = load.least_agents(target, Decimal6::default()) else { return Ok(()) };
            prop_assert!(f64::from(found.agents) > found.erlangs);
            prop_assert!(found.service_level >= share.as_f64() && found.service_level <= 1.0);
            prop_assert!(found.service_level_with_one_less.is_none_or(|less| less < share.as_f64()));
            prop_assert!((0.0..=1.0).contains(&found.waiting_probability) && found.occupancy < 1.0);
        }
    }
}
