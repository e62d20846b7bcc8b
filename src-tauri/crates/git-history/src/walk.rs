//! Which commits went out with which merge.

use gix::ObjectId;
use headroom_figures_import::{DeployedCommit, Deployment, DeploymentHistory, day_of};
use headroom_files::{Place, ReadError};
use rustc_hash::FxHashSet;

use crate::repository::{CommitFacts, GitRepository};

/// Digits of a commit by which a deployment is known.
const SHORT: usize = 12;

/// The deployments of a branch, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct WalkedBranch {
    deployments: Vec<(ObjectId, i64)>,
    commits: Vec<DeployedCommit>,
    pub merges: usize,
    pub straight: usize,
    /// How many deployments are dated before the one they follow.
    pub backwards: usize,
    /// Seconds of the oldest commit of a shallow clone.
    pub cut_before: Option<i64>,
}

/// Follows the first parents of a branch, and from each what it brought.
///
/// # Errors
/// [`ReadError::Refused`] if a commit is missing or damaged.
pub(crate) fn walk(repository: &GitRepository, tip: ObjectId) -> Result<WalkedBranch, ReadError> {
    let mut line: Vec<(ObjectId, CommitFacts)> = Vec::new();
    let mut next = Some(tip);
    while let Some(id) = next {
        let facts = repository.commit(id)?;
        next = facts.parents.first().copied();
        line.push((id, facts));
    }
    line.reverse();
    let mut found = WalkedBranch::default();
    let is_cut = line.first().is_some_and(|(id, _)| repository.boundary.contains(id));
    let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
    for (at, (id, facts)) in line.into_iter().enumerate() {
        seen.insert(id);
        if at == 0 && is_cut {
            // What it brought is not there.
            found.cut_before = Some(facts.committed);
            continue;
        }
        found.add(repository, id, facts, &mut seen)?;
    }
    Ok(found)
}

impl WalkedBranch {
    /// A deployment, with the commits that were not there before it.
    fn add(
        &mut self,
        repository: &GitRepository,
        id: ObjectId,
        facts: CommitFacts,
        seen: &mut FxHashSet<ObjectId>,
    ) -> Result<(), ReadError> {
        let deployment = self.deployments.len();
        let is_merge = facts.parents.len() > 1;
        self.merges += usize::from(is_merge);
        self.straight += usize::from(!is_merge);
        self.backwards +=
            usize::from(self.deployments.last().is_some_and(|(_, before)| facts.committed < *before));
        self.deployments.push((id, facts.committed));
        let mut waiting: Vec<ObjectId> = facts.parents.iter().skip(1).copied().collect();
        // A merge is no change of its own, but may take one back.
        if !is_merge || !facts.reverts.is_empty() {
            self.commits.push(commit(id, deployment, facts, is_merge));
        }
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let facts = repository.commit(id)?;
            waiting.extend(&facts.parents);
            if facts.parents.len() < 2 {
                self.commits.push(commit(id, deployment, facts, false));
            }
        }
        Ok(())
    }

    pub fn into_history(self, service: &str, assumed: String, place: Place) -> DeploymentHistory {
        let deployments = self.deployments.iter().map(|(id, committed)| {
            let commit = id.to_string();
            Deployment {
                id: commit.get(..SHORT).unwrap_or(&commit).to_owned(),
                service: service.to_owned(),
                finished: *committed,
                commit,
                ..Deployment::default()
            }
        });
        DeploymentHistory {
            rows: self.deployments.len(),
            deployments: deployments.collect(),
            commits: self.commits,
            knows_reverts: true,
            known_from: self.cut_before.map(day_of),
            assumed,
            place,
            ..DeploymentHistory::default()
        }
    }
}

fn commit(id: ObjectId, deployment: usize, facts: CommitFacts, is_merge: bool) -> DeployedCommit {
    DeployedCommit {
        sha: id.to_string(),
        deployment,
        authored: (!is_merge).then_some(facts.authored),
        is_by_bot: facts.is_by_bot,
        reverts: facts.reverts,
    }
}
