//! A repository on this machine, opened without anything of its user's or its machine's settings.

use std::path::Path;

use gix::{ObjectId, bstr::ByteSlice};
use headroom_figures_import::{is_bot, reverted_commits};
use headroom_files::ReadError;
use rustc_hash::FxHashSet;

/// Bytes of objects that are kept: commits lie beside each other in packs, as differences.
const CACHE: usize = 16 << 20;

pub(crate) struct GitRepository {
    repository: gix::Repository,
    /// The commits of a shallow clone whose parents are not there.
    pub boundary: FxHashSet<ObjectId>,
}

/// What a commit says, without names.
#[derive(Debug, Clone)]
pub(crate) struct CommitFacts {
    pub parents: Vec<ObjectId>,
    /// Seconds since 1970.
    pub committed: i64,
    pub authored: i64,
    pub is_by_bot: bool,
    pub reverts: Vec<String>,
}

impl GitRepository {
    /// # Errors
    /// [`ReadError::Refused`] if the folder is no repository that can be read.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let refused = |why: &dyn std::fmt::Display| {
            ReadError::Refused(format!("{}: not a git repository that can be read: {why}", path.display()))
        };
        let opened = gix::open_opts(path, gix::open::Options::isolated());
        let mut repository = opened.map_err(|error| refused(&error))?;
        repository.object_cache_size(CACHE);
        let boundary = repository.shallow_commits().map_err(|error| refused(&error))?;
        let boundary = boundary.iter().flat_map(|commits| commits.iter().copied()).collect();
        Ok(Self { repository, boundary })
    }

    /// What it is called: by its origin, or else by its folder.
    pub fn name(&self, path: &Path) -> String {
        let origin = self.repository.config_snapshot().string("remote.origin.url");
        let origin = origin.map(|url| url.to_str_lossy().into_owned()).unwrap_or_default();
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder =
            if whole.file_name().is_some_and(|name| name == ".git") { whole.parent() } else { Some(&*whole) };
        let folder = folder.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let named = [last_part(&origin), last_part(&folder)];
        named.into_iter().find(|name| !name.is_empty()).unwrap_or("repository").to_owned()
    }

    /// The name of the branch that is checked out, or that a bare repository has as its first.
    pub fn head_branch(&self) -> Option<String> {
        let name = self.repository.head_name().ok()??;
        Some(name.shorten().to_str_lossy().into_owned())
    }

    /// The commit that a reference stands for: `refs/heads/main`.
    pub fn tip(&self, reference: &str) -> Option<ObjectId> {
        let mut found = self.repository.try_find_reference(reference).ok()??;
        Some(found.peel_to_commit().ok()?.id().detach())
    }

    /// The reference that another one stands for: `refs/remotes/origin/HEAD`.
    pub fn target(&self, reference: &str) -> Option<String> {
        let found = self.repository.try_find_reference(reference).ok()??;
        Some(found.target().try_name()?.as_bstr().to_str_lossy().into_owned())
    }

    /// The names of all branches, of this machine and of its origin.
    pub fn branches(&self) -> Vec<String> {
        let all = self.repository.references().ok();
        let mut names: Vec<String> = Vec::new();
        for (prefix, cut) in
            [("refs/heads/", "refs/heads/"), ("refs/remotes/origin/", "refs/remotes/origin/")]
        {
            let found = all.as_ref().and_then(|all| all.prefixed(prefix).ok());
            let own = found
                .into_iter()
                .flatten()
                .flatten()
                .map(|found| found.name().as_bstr().to_str_lossy().into_owned());
            names.extend(own.filter_map(|name| name.strip_prefix(cut).map(str::to_owned)));
        }
        names.sort();
        names.dedup();
        names.retain(|name| name != "HEAD");
        names
    }

    /// What a commit says. Those at the boundary of a shallow clone have no parents.
    ///
    /// # Errors
    /// [`ReadError::Refused`] if it is not there, or is none.
    pub fn commit(&self, id: ObjectId) -> Result<CommitFacts, ReadError> {
        let refused = |why: &dyn std::fmt::Display| {
            ReadError::Refused(format!(
                "commit {id} can't be read: {why}; the repository may be damaged or incomplete"
            ))
        };
        let commit = self.repository.find_commit(id).map_err(|error| refused(&error))?;
        let facts = commit.decode().map_err(|error| refused(&error))?;
        let author = facts.author().map_err(|error| refused(&error))?;
        let committer = facts.committer().map_err(|error| refused(&error))?;
        let is_cut = self.boundary.contains(&id);
        Ok(CommitFacts {
            parents: if is_cut { Vec::new() } else { facts.parents().collect() },
            committed: committer.seconds(),
            authored: author.seconds(),
            is_by_bot: is_bot(&author.name.to_str_lossy()),
            reverts: reverted_commits(facts.message),
        })
    }
}

/// `https://example.org/acme/till.git` and `git@example.org:acme/till` are `till`.
fn last_part(address: &str) -> &str {
    let whole = address.trim_end_matches('/');
    let whole = whole.strip_suffix(".git").unwrap_or(whole);
    whole.rsplit(['/', ':', '\\']).next().unwrap_or_default()
}
