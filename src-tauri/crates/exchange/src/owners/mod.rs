//! Kubernetes OWNERS files over a tree of folders, with OWNERS_ALIASES at its root:
//! <https://github.com/kubernetes/community/blob/master/contributors/guide/owners.md>.
//!
//! Each folder with an OWNERS file is a service, its key the path from the root (`/` for the root itself). Who may
//! approve owns it, who may review is its backup. An alias is a team with its members; any other name is a person, who
//! owns in person: that is what such a file says, and a plan that made up a team for each folder would only hide it.
//! Every person named comes in as confirmed, since no other file defines them.
//!
//! A folder whose file names no approvers (or no reviewers) has those of the nearest folder above it, unless
//! `no_parent_owners` is set. Approvers further up may approve as well, but do not count as owners: else the few at the
//! root would own everything. Names differ only by more than their case; keys are in lower case.

mod file;
mod read;

pub use read::{read, recognise};
