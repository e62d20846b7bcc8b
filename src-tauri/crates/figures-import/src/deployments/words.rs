//! What environments and results are called.

/// Whether an environment is what customers use: `prod`, `production-eu`, `LIVE`. `pre-production` is not.
pub(super) fn is_production(environment: &str) -> bool {
    let lower = environment.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    let is_none = |word: &str| matches!(word, "pre" | "non" | "not" | "no" | "like");
    let names_it = |word: &str| matches!(word, "production" | "prod" | "prd" | "live");
    words.clone().any(names_it) && !words.any(is_none)
}

/// What became of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeploymentOutcome {
    InProduction,
    /// It was in production, and was taken back.
    RolledBack,
    /// It never got there, or is not there yet.
    NotThere,
    Unknown,
}

impl DeploymentOutcome {
    pub fn of(result: &str) -> Self {
        let word: String =
            result.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match word.as_str() {
            "" | "success" | "succeeded" | "successful" | "passed" | "pass" | "ok" | "green" | "complete"
            | "completed" | "done" | "deployed" | "active" | "inactive" | "finished" | "true" | "yes"
            | "live" | "healthy" | "synced" | "released" => DeploymentOutcome::InProduction,
            "rolledback" | "rollback" | "reverted" | "degraded" => DeploymentOutcome::RolledBack,
            "failure" | "failed" | "fail" | "error" | "errored" | "cancelled" | "canceled" | "aborted"
            | "abandoned" | "timeout" | "timedout" | "skipped" | "rejected" | "stopped" | "inprogress"
            | "running" | "pending" | "queued" | "waiting" | "created" | "scheduled" | "notstarted"
            | "false" | "no" | "red" | "unstable" | "startupfailure" | "neutral" | "actionrequired" => {
                DeploymentOutcome::NotThere
            }
            _ => DeploymentOutcome::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_is_known_by_its_names() {
        assert!(
            ["PRODUCTION", "prod", "prod-us-east-1", "Live", "eu/production"]
                .iter()
                .all(|name| is_production(name))
        );
        assert!(
            !["", "staging", "preprod", "pre-production", "non_prod", "products"]
                .iter()
                .any(|name| is_production(name))
        );
    }

    #[test]
    fn a_run_that_failed_never_got_there() {
        assert_eq!(DeploymentOutcome::of("FAILURE"), DeploymentOutcome::NotThere);
        assert_eq!(DeploymentOutcome::of("timed_out"), DeploymentOutcome::NotThere);
        assert_eq!(DeploymentOutcome::of("Rolled back"), DeploymentOutcome::RolledBack);
        assert_eq!(
            DeploymentOutcome::of("inactive"),
            DeploymentOutcome::InProduction,
            "of GitHub: another one came after it"
        );
        assert_eq!(DeploymentOutcome::of("blue"), DeploymentOutcome::Unknown);
    }
}
