//! What a team delivers: deployments, lead times, failures and recovery of a span of days, of one service or several.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::{
    failures::DeploymentFailures,
    frequency::{median_of, weeks_with_deployments},
    history::DeploymentHistory,
};
use crate::median::{Median, median};

/// The day of a time, in UTC.
pub fn day_of(seconds: i64) -> NaiveDate {
    DateTime::from_timestamp(seconds, 0).map_or(NaiveDate::MIN, |time| time.date_naive())
}

/// The deployments of a span of days, added up.
#[derive(Debug, Clone, Default)]
pub struct DeploymentMeasures {
    pub deployments: usize,
    pub days: BTreeSet<NaiveDate>,
    pub failed: usize,
    /// Deployments that mended an earlier one.
    pub rework: usize,
    lead_times: Vec<i64>,
    lead_times_of_people: Vec<i64>,
    recoveries: Vec<i64>,
}

impl DeploymentMeasures {
    /// Commits that have a lead time, or deployments where these say it themselves.
    pub fn commits(&self) -> usize {
        self.lead_times.len()
    }

    pub fn by_bots(&self) -> usize {
        self.lead_times.len() - self.lead_times_of_people.len()
    }

    /// Lead times of less than nothing: clocks that ran behind.
    pub fn negative_lead_times(&self) -> usize {
        self.lead_times.iter().filter(|seconds| **seconds < 0).count()
    }

    /// In seconds, as all times are.
    pub fn lead_time(&self) -> Option<Median> {
        median(&self.lead_times)
    }

    pub fn lead_time_without_bots(&self) -> Option<Median> {
        median(&self.lead_times_of_people)
    }

    pub fn recovery(&self) -> Option<Median> {
        median(&self.recoveries)
    }

    /// Days with a deployment in the week in the middle, of the whole weeks from Monday within these days.
    pub fn days_a_week(&self, first: NaiveDate, last: NaiveDate) -> Option<Median> {
        median_of(&weeks_with_deployments(&self.days, first, last))
    }
}

/// What each deployment adds to the measures of its span.
#[derive(Debug)]
pub struct DeploymentParts<'h> {
    pub history: &'h DeploymentHistory,
    pub failures: DeploymentFailures,
    /// Seconds of each deployment's commits, and whether a bot wrote them.
    lead_times: Vec<Vec<(i64, bool)>>,
    mends: BTreeSet<usize>,
}

impl<'h> DeploymentParts<'h> {
    pub fn of(history: &'h DeploymentHistory) -> Self {
        let failures = DeploymentFailures::of(history);
        let mut lead_times = vec![Vec::new(); history.deployments.len()];
        for commit in &history.commits {
            if let Some(authored) = commit.authored {
                let seconds = history.deployments[commit.deployment].finished - authored;
                lead_times[commit.deployment].push((seconds, commit.is_by_bot));
            }
        }
        for (deployment, own) in history.deployments.iter().zip(&mut lead_times) {
            if own.is_empty() {
                own.extend(deployment.lead_times.iter().map(|seconds| (*seconds, false)));
            }
        }
        let by_revert = failures.failed.values().filter_map(|failure| failure.reverted_by);
        let said = history.deployments.iter().enumerate().filter(|(_, one)| one.is_rework == Some(true));
        let mends = by_revert.chain(said.map(|(at, _)| at)).collect();
        Self { history, failures, lead_times, mends }
    }

    /// Adds a deployment to the measures of its span.
    pub fn add(&self, at: usize, measures: &mut DeploymentMeasures) {
        let deployment = &self.history.deployments[at];
        measures.deployments += 1;
        measures.days.insert(day_of(deployment.finished));
        for (seconds, is_by_bot) in &self.lead_times[at] {
            measures.lead_times.push(*seconds);
            if !is_by_bot {
                measures.lead_times_of_people.push(*seconds);
            }
        }
        if let Some(failure) = self.failures.failed.get(&at) {
            measures.failed += 1;
            measures.recoveries.extend(failure.recovered.map(|over| over - deployment.finished));
        }
        measures.rework += usize::from(self.mends.contains(&at));
    }

    /// All deployments of which this is so.
    pub fn together(&self, is_meant: impl Fn(usize) -> bool) -> DeploymentMeasures {
        let mut measures = DeploymentMeasures::default();
        for at in (0..self.history.deployments.len()).filter(|at| is_meant(*at)) {
            self.add(at, &mut measures);
        }
        measures
    }

    /// Whether anything says which deployments mend others.
    pub fn knows_rework(&self) -> bool {
        self.history.knows_reverts || self.history.deployments.iter().any(|one| one.is_rework.is_some())
    }
}
