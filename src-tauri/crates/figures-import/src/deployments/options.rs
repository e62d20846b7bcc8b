//! What the user chose about reading deployments.

#[derive(Debug, Clone, Default)]
pub struct DeploymentsReading {
    /// The environment that customers use, where it is not called production.
    pub environment: Option<String>,
    /// The branch of a repository that is production.
    pub branch: Option<String>,
    /// The service that all deployments are of, where the source does not say it.
    pub service: Option<String>,
}
