//! Which branch is production.

use gix::ObjectId;
use headroom_files::ReadError;

use crate::repository::GitRepository;

/// What branches that are production are called, in the order in which they are looked for.
const USUAL: [&str; 6] = ["production", "prod", "main", "master", "trunk", "release"];

#[derive(Debug)]
pub(crate) struct ProductionBranch {
    pub name: String,
    pub tip: ObjectId,
}

/// The branch asked for; otherwise the one that is checked out if it has a usual name, the one that the origin has as its
/// first, one with a usual name, or the one that is checked out.
///
/// # Errors
/// [`ReadError::Refused`] if there is no such branch, or none with a commit.
pub(crate) fn find_branch(
    repository: &GitRepository,
    asked: Option<&str>,
) -> Result<ProductionBranch, ReadError> {
    if let Some(asked) = asked {
        let names = repository.branches();
        let list = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let refused = || ReadError::Refused(format!("no branch “{asked}” with a commit; there are: {list}"));
        return named(repository, asked).ok_or_else(refused);
    }
    let head = repository.head_branch();
    let usual_head = head.clone().filter(|head| USUAL.contains(&head.as_str()));
    let of_origin = repository
        .target("refs/remotes/origin/HEAD")
        .and_then(|name| name.strip_prefix("refs/remotes/origin/").map(str::to_owned));
    let usual = USUAL.iter().map(|name| (*name).to_owned());
    let mut candidates = usual_head.into_iter().chain(of_origin).chain(usual).chain(head);
    let found = candidates.find_map(|name| named(repository, &name));
    let detached = || {
        let tip = repository.tip("HEAD")?;
        Some(ProductionBranch { name: "HEAD".to_owned(), tip })
    };
    found.or_else(detached).ok_or_else(|| {
        ReadError::Refused(
            "the repository has no commits on any branch, so there are no deployments".to_owned(),
        )
    })
}

/// The branch of this machine, or else that of its origin.
fn named(repository: &GitRepository, name: &str) -> Option<ProductionBranch> {
    let full =
        [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}"), format!("refs/remotes/{name}")];
    let tip = full.iter().find_map(|full| repository.tip(full))?;
    Some(ProductionBranch { name: name.to_owned(), tip })
}
