//! The columns of a table of deployments and of one of commits, by the words of tools that write them.

use headroom_tabular::raw_table::RawTable;

use headroom_tabular::known_columns::{ColumnNames, KnownColumns};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeploymentColumn {
    Id,
    Service,
    Team,
    Environment,
    Finished,
    Result,
    Commit,
    Failed,
    Recovered,
    Rework,
    FirstCommit,
    LeadTimeSeconds,
    LeadTimeMinutes,
    LeadTimeHours,
    LeadTimeDays,
}

use DeploymentColumn as D;

#[rustfmt::skip]
const DEPLOYMENT: &[ColumnNames<D>] = &[
    (D::Id, &["deploymentid", "deployid", "deploymentkey", "deploymentnumber", "releaseid", "pipelineid", "runid", "buildid", "runnumber", "buildnumber", "workflowrunid", "databaseid", "id", "deployment", "release", "key", "number"]),
    (D::Service, &["service", "servicename", "deploymentservice", "application", "applicationname", "app", "appname", "component", "componentname", "projectname", "project", "repository", "repositoryname", "reponame", "repo", "repositoryfullname", "workload"]),
    (D::Team, &["team", "teamname", "owningteam", "ownerteam", "squad", "teams"]),
    (D::Environment, &["environment", "environmentname", "deploymentenvironment", "env", "targetenvironment", "environmenttype", "stage", "target"]),
    (D::Finished, &["finishedat", "finisheddate", "finished", "deployedat", "deployeddate", "deployed", "completedat", "completed", "completiontime", "completeddate", "endedat", "endtime", "enddate", "deploymentfinishedat", "deploymenttime", "deploymentdate", "deploydate", "deploytime", "deploymenttimestamp", "releasedat", "releasedate", "timestamp", "datetime", "time", "date", "updatedat", "createdat", "createddate", "created", "startedat", "starteddate"]),
    (D::Result, &["result", "conclusion", "outcome", "status", "deploymentstatus", "state", "success", "issuccess", "successful"]),
    (D::Commit, &["commitsha", "sha", "headsha", "commit", "commithash", "commitid", "gitsha", "gitcommit", "gitcommitsha", "githash", "hash", "revision", "deployedcommit", "deployedsha", "headcommit", "mergecommitsha"]),
    (D::Failed, &["changefailed", "changefailure", "ischangefailure", "failed", "isfailed", "isfailure", "causedfailure", "causedincident", "hasincident", "failedinproduction"]),
    (D::Recovered, &["recoveredat", "restoredat", "resolvedat", "fixedat", "mitigatedat"]),
    (D::Rework, &["rework", "isrework", "unplanned", "isunplanned", "hotfix", "ishotfix"]),
    (D::FirstCommit, &["firstcommitat", "firstcommittedat", "firstcommitauthoredat", "firstcommitdate", "firstcommitauthoreddate", "authoredat", "committedat", "commitauthoredat", "commitdate", "committimestamp"]),
    (D::LeadTimeSeconds, &["leadtimeseconds", "leadtimeinseconds", "leadtimeforchangesseconds"]),
    (D::LeadTimeMinutes, &["leadtimeminutes", "leadtimeinminutes", "leadtimemin", "leadtimeforchangesminutes"]),
    (D::LeadTimeHours, &["leadtimehours", "leadtimeinhours", "leadtimeh", "leadtimehrs", "leadtimeforchangeshours"]),
    (D::LeadTimeDays, &["leadtimedays", "leadtimeindays", "leadtimeforchangesdays"]),
];

/// The header of a table of deployments; none if it is not one. A time, an environment and a result may be of anything:
/// a column must name deployments, or the commit that was deployed.
pub(super) fn deployment_columns(table: &RawTable) -> Option<KnownColumns<D>> {
    KnownColumns::find(table, DEPLOYMENT, |columns| {
        let names_it = |column: &D| {
            let header = columns.header(*column).to_lowercase();
            header.contains("deploy") || header.contains("release")
        };
        let named = [D::Id, D::Finished, D::Environment, D::Result].iter().any(names_it);
        let others = [D::Id, D::Service, D::Environment, D::Result, D::Commit];
        columns.has(D::Finished)
            && (named || columns.has(D::Commit))
            && others.into_iter().filter(|column| columns.has(*column)).count() >= 2
    })
    .filter(|_| commit_columns(table).is_none())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CommitColumn {
    Sha,
    Deployment,
    Authored,
    Bot,
    Author,
    Reverts,
    Message,
    /// What only deployments have.
    OfDeployment,
}

use CommitColumn as C;

#[rustfmt::skip]
const COMMIT: &[ColumnNames<C>] = &[
    (C::Sha, &["commitsha", "sha", "commithash", "hash", "commit", "commitid"]),
    (C::Deployment, &["deploymentid", "deployid", "deployment", "deploymentkey", "releaseid", "release", "cicddeploymentid"]),
    (C::Authored, &["authoredat", "authoreddate", "authordate", "commitauthoredat", "commitauthoreddate", "committedat", "committeddate"]),
    (C::Bot, &["bot", "isbot", "authorisbot", "bybot"]),
    (C::Author, &["author", "authorname", "authorlogin", "committer"]),
    (C::Reverts, &["reverts", "revertedcommits", "revertscommits", "revertedsha", "reverted"]),
    (C::Message, &["message", "commitmessage", "body", "title", "subject"]),
    (C::OfDeployment, &["environment", "env", "result", "conclusion", "status", "state", "finishedat", "finisheddate", "deployedat", "completedat"]),
];

/// The header of a table of the commits of deployments; none if it is not one.
pub(super) fn commit_columns(table: &RawTable) -> Option<KnownColumns<C>> {
    KnownColumns::find(table, COMMIT, |columns| {
        [C::Sha, C::Deployment, C::Authored].into_iter().all(|column| columns.has(column))
            && !columns.has(C::OfDeployment)
    })
}
