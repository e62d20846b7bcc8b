//! Which deployments failed, and which one mended each.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::history::DeploymentHistory;

/// What follows from commits that take back others, and from what deployments and incidents say.
#[derive(Debug, Clone, Default)]
pub struct DeploymentFailures {
    /// Failed deployments, by their places.
    pub failed: BTreeMap<usize, DeploymentFailure>,
    /// Reverts that went out with what they take back: caught before production.
    pub caught_before: usize,
    /// Reverts of commits that no deployment before has.
    pub of_unknown: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeploymentFailure {
    /// The first later deployment that takes it back.
    pub reverted_by: Option<usize>,
    /// When it was over.
    pub recovered: Option<i64>,
}

impl DeploymentFailures {
    pub fn of(history: &DeploymentHistory) -> Self {
        let mut found = Self::default();
        found.take_reverts(history);
        for (at, deployment) in history.deployments.iter().enumerate() {
            match deployment.has_failed {
                Some(true) => {
                    let failure = found.failed.entry(at).or_default();
                    failure.recovered = deployment.recovered.or(failure.recovered);
                }
                // The source knows better than a guess from its commits.
                Some(false) => drop(found.failed.remove(&at)),
                None => {}
            }
        }
        found
    }

    fn take_reverts(&mut self, history: &DeploymentHistory) {
        let deployed = DeployedShas::of(history);
        let time = |at: usize| history.deployments[at].finished;
        for commit in &history.commits {
            let by = commit.deployment;
            for sha in &commit.reverts {
                match deployed.find(history, sha, by) {
                    None => self.of_unknown += 1,
                    Some(at) if at == by => self.caught_before += 1,
                    Some(at) if time(by) > time(at) => {
                        let failure = self.failed.entry(at).or_default();
                        if failure.reverted_by.is_none_or(|known| time(by) < time(known)) {
                            *failure = DeploymentFailure { reverted_by: Some(by), recovered: Some(time(by)) };
                        }
                    }
                    Some(_) => self.of_unknown += 1,
                }
            }
        }
    }
}

/// With which deployments commits went out.
struct DeployedShas<'h> {
    /// Deployments of the commit itself.
    own: FxHashMap<&'h str, Vec<usize>>,
    within: FxHashMap<&'h str, Vec<usize>>,
}

impl<'h> DeployedShas<'h> {
    fn of(history: &'h DeploymentHistory) -> Self {
        let mut own: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, deployment) in history.deployments.iter().enumerate() {
            if !deployment.commit.is_empty() {
                own.entry(&deployment.commit).or_default().push(at);
            }
        }
        let mut within: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for commit in &history.commits {
            within.entry(&commit.sha).or_default().push(commit.deployment);
        }
        Self { own, within }
    }

    /// The deployment of a commit, of the service of the one that takes it back if several services have it: the newest
    /// of the commit itself, or else the first that it went out with.
    fn find(&self, history: &DeploymentHistory, sha: &str, by: usize) -> Option<usize> {
        let service = &history.deployments[by].service;
        let is_of_service = |at: &&usize| history.deployments[**at].service == *service;
        let own = self.own.get(sha).map(Vec::as_slice).unwrap_or_default();
        let within = self.within.get(sha).map(Vec::as_slice).unwrap_or_default();
        let of_service = own.iter().rev().find(is_of_service).or_else(|| within.iter().find(is_of_service));
        of_service.or(own.last()).or(within.first()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::history::{DeployedCommit, Deployment},
        *,
    };

    fn deployment(service: &str, finished: i64) -> Deployment {
        Deployment { service: service.to_owned(), finished, ..Deployment::default() }
    }

    fn commit(sha: &str, deployment: usize, reverts: &[&str]) -> DeployedCommit {
        let reverts = reverts.iter().map(|sha| (*sha).to_owned()).collect();
        DeployedCommit { sha: sha.to_owned(), deployment, reverts, ..DeployedCommit::default() }
    }

    #[test]
    fn a_revert_in_a_later_deployment_is_a_failure() {
        let history = DeploymentHistory {
            deployments: vec![deployment("till", 0), deployment("till", 50), deployment("till", 90)],
            commits: vec![
                commit("a", 0, &[]),
                commit("b", 0, &["a"]),
                commit("c", 1, &[]),
                commit("d", 2, &["c", "nowhere"]),
            ],
            ..DeploymentHistory::default()
        };
        let found = DeploymentFailures::of(&history);
        let failure = DeploymentFailure { reverted_by: Some(2), recovered: Some(90) };
        assert_eq!(found.failed, BTreeMap::from([(1, failure)]));
        assert_eq!((found.caught_before, found.of_unknown), (1, 1));
    }

    #[test]
    fn a_commit_of_two_services_failed_where_it_was_taken_back() {
        let history = DeploymentHistory {
            deployments: vec![deployment("till", 0), deployment("scale", 1), deployment("till", 2)],
            commits: vec![commit("a", 0, &[]), commit("a", 1, &[]), commit("b", 2, &["a"])],
            ..DeploymentHistory::default()
        };
        assert_eq!(DeploymentFailures::of(&history).failed.keys().collect::<Vec<_>>(), [&0]);
    }

    #[test]
    fn what_the_source_says_goes_first() {
        let mut history = DeploymentHistory {
            deployments: vec![deployment("till", 0), deployment("till", 1), deployment("till", 2)],
            commits: vec![commit("a", 0, &[]), commit("b", 1, &["a"])],
            ..DeploymentHistory::default()
        };
        history.deployments[0].has_failed = Some(false);
        history.deployments[2].has_failed = Some(true);
        let found = DeploymentFailures::of(&history);
        assert_eq!(found.failed, BTreeMap::from([(2, DeploymentFailure::default())]));
    }
}
