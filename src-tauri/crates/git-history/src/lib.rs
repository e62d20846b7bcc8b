//! Deployments from the history of a git repository on this machine; nothing is asked of a network.
//!
//! Each commit on the first-parent line of the branch that is production is a deployment: a merge, or a commit straight
//! to it. What a merge brings are the commits that were not there before it. A commit that says `This reverts commit …`
//! takes that one back. Of an author only is looked at whether it is a bot; no name leaves here.

mod branch;
mod repository;
#[cfg(test)]
mod tests;
mod walk;

use std::path::{Path, PathBuf};

use headroom_figures_import::{DeploymentHistory, DeploymentsReading};
use headroom_files::{Diagnostic, Level, Place, ReadError};

use self::{branch::find_branch, repository::GitRepository, walk::walk};

/// Whether a folder is a repository, with a work tree or bare.
pub fn recognise_repository(path: &Path) -> bool {
    let is_bare =
        || path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir();
    path.join(".git").exists() || is_bare()
}

/// The deployments of repositories, each a service of its own, with what is to be known of them.
///
/// # Errors
/// [`ReadError::Nothing`] if a source is no repository; [`ReadError::Refused`] if it can't be read, has no commit, or not
/// the branch asked for.
pub fn read_git_history(
    sources: &[PathBuf],
    chosen: &DeploymentsReading,
) -> Result<(DeploymentHistory, Vec<Diagnostic>), ReadError> {
    let mut all = DeploymentHistory { knows_reverts: true, ..DeploymentHistory::default() };
    let mut problems = Vec::new();
    for source in sources {
        let history = read_one(source, chosen, &mut problems)?;
        let before = all.deployments.len();
        all.deployments.extend(history.deployments);
        all.commits.extend(history.commits.into_iter().map(|mut commit| {
            commit.deployment += before;
            commit
        }));
        all.rows += history.rows;
        all.known_from = all.known_from.max(history.known_from);
        if before == 0 {
            (all.place, all.assumed) = (history.place, history.assumed);
        }
    }
    Ok((all, problems))
}

fn read_one(
    source: &Path,
    chosen: &DeploymentsReading,
    problems: &mut Vec<Diagnostic>,
) -> Result<DeploymentHistory, ReadError> {
    if !recognise_repository(source) {
        let expected = "no git repository: neither a folder with .git nor a bare one";
        return Err(ReadError::Nothing { path: source.to_owned(), expected });
    }
    let repository = GitRepository::open(source)?;
    let branch = find_branch(&repository, chosen.branch.as_deref())?;
    let place = Place::new(&source.display().to_string().into(), 0, 0);
    let service = chosen.service.clone().unwrap_or_else(|| repository.name(source));
    let found = walk(&repository, branch.tip)?;
    let mut tell = |level, message: String, advice: &str| {
        problems.push(Diagnostic::new(level, place.clone(), message, advice));
    };
    let message = format!("read branch {} as the one that is production, for service {service}", branch.name);
    tell(Level::Note, message, "choose another with --branch NAME, and the service with --service KEY");
    if let Some(from) = found.cut_before {
        let message = format!(
            "shallow clone: nothing is known before {}",
            headroom_figures_import::time_in_words(from)
        );
        tell(Level::Warning, message, "fetch all of it: git fetch --unshallow");
    }
    if found.backwards > 0 {
        let message = format!(
            "{} deployments are dated before the one they follow: clocks ran backwards; they count as dated",
            found.backwards
        );
        tell(Level::Warning, message, "nothing to do");
    }
    let assumed = match (found.merges, found.straight) {
        (0, _) => "no merges on the branch: each commit on it is taken for a deployment".to_owned(),
        (merges, 0) => format!("each of the {merges} merges is taken for a deployment"),
        (merges, straight) => {
            format!(
                "each of the {merges} merges and {straight} commits straight to the branch is taken for a deployment"
            )
        }
    };
    Ok(found.into_history(&service, assumed, place))
}
