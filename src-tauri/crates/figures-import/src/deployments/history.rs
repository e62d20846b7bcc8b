//! Deployments to production and what went out with each, wherever they were read from. Nobody's name is in it.

use chrono::NaiveDate;
use headroom_files::Place;

/// What is known of deployments to production.
#[derive(Debug, Clone, Default)]
pub struct DeploymentHistory {
    /// In the order in which they were read.
    pub deployments: Vec<Deployment>,
    pub commits: Vec<DeployedCommit>,
    /// What a tool says of incidents; none of formats without them.
    pub incidents: Option<DeploymentIncidents>,
    /// Whether commits would say it if they took back others.
    pub knows_reverts: bool,
    /// Rows by environment and by result, if the source has these columns.
    pub environments: Vec<(String, usize)>,
    pub results: Vec<(String, usize)>,
    /// Rows of deployments that were read, also those that are none to production.
    pub rows: usize,
    /// The day before which nothing is known, of a history that was cut.
    pub known_from: Option<NaiveDate>,
    /// What was taken for a deployment, where the source does not say it.
    pub assumed: String,
    /// The first place that they were read from.
    pub place: Place,
}

/// A deployment to production.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployment {
    pub id: String,
    /// The key or name of a service; empty if nobody says it.
    pub service: String,
    /// The key or name of a team; empty if nobody says it.
    pub team: String,
    /// Seconds since 1970, as all times are.
    pub finished: i64,
    /// The commit that was deployed; empty if nobody says it.
    pub commit: String,
    /// Seconds from commits to production, where the deployment says it itself.
    pub lead_times: Vec<i64>,
    /// Whether the source says that it failed in production; none if it does not say it.
    pub has_failed: Option<bool>,
    /// When the source says that its failure was over.
    pub recovered: Option<i64>,
    /// Whether the source says that it was an unplanned fix.
    pub is_rework: Option<bool>,
}

/// A commit that went out with a deployment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeployedCommit {
    pub sha: String,
    /// Its place among the deployments.
    pub deployment: usize,
    /// When it was written; none of a merge, which counts for no lead time.
    pub authored: Option<i64>,
    pub is_by_bot: bool,
    /// The commits that it takes back.
    pub reverts: Vec<String>,
}

/// Incidents, and which deployment each belongs to: the newest successful one before it.
#[derive(Debug, Clone, Default)]
pub struct DeploymentIncidents {
    pub rows: usize,
    pub links: Vec<IncidentLink>,
}

/// An incident with the deployment that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentLink {
    pub incident: String,
    pub project: String,
    pub deployment: usize,
}

impl DeploymentHistory {
    /// Whether anything says which deployments failed: without it none is known not to have.
    pub fn knows_failures(&self) -> bool {
        self.knows_reverts
            || self.incidents.is_some()
            || self.deployments.iter().any(|deployment| deployment.has_failed.is_some())
    }

    /// When the first and the last deployment were.
    pub fn ends(&self) -> Option<(i64, i64)> {
        let times = self.deployments.iter().map(|deployment| deployment.finished);
        times.clone().min().zip(times.max())
    }
}

/// The commits that a message says are taken back: `This reverts commit …`, as git writes it.
pub fn reverted_commits(message: &[u8]) -> Vec<String> {
    const SAID: &[u8] = b"This reverts commit ";
    const DIGITS: usize = 40;
    let mut found = Vec::new();
    let mut rest = message;
    while let Some(at) = rest.windows(SAID.len()).position(|part| part == SAID) {
        rest = &rest[at + SAID.len()..];
        let is_digit = |letter: &u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(letter);
        if let Some(sha) = rest.get(..DIGITS).filter(|sha| sha.iter().all(is_digit)) {
            found.push(String::from_utf8_lossy(sha).into_owned());
        }
    }
    found
}

/// Whether an author is a program, by name.
pub fn is_bot(author: &str) -> bool {
    let author = author.to_lowercase();
    author.starts_with("dependabot")
        || ["[bot]", "bot account", "henchbot", "github-actions"].iter().any(|word| author.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverts_are_found_in_messages() {
        let (one, two) = ("a".repeat(40), "0123456789".repeat(4));
        let message =
            format!("Revert \"Try it\"\n\nThis reverts commit {one}, and\nThis reverts commit {two}.");
        assert_eq!(reverted_commits(message.as_bytes()), [one, two]);
        assert!(reverted_commits(b"This reverts commit deadbeef").is_empty(), "a short one may be any");
        assert!(reverted_commits(b"This reverts commit ").is_empty());
    }

    #[test]
    fn bots_are_told_from_people() {
        assert!(is_bot("pre-commit-ci[bot]") && is_bot("Dependabot Preview") && is_bot("henchbot"));
        assert!(!is_bot("Abbot") && !is_bot("Robot Talbot"));
    }
}
