//! Kubernetes OWNERS files over a tree of folders, with OWNERS_ALIASES at its root:
//! <https://github.com/kubernetes/community/blob/master/contributors/guide/owners.md>.
//!
//! Each folder with an OWNERS file is a service; its key is the path from the root, `/` for the root itself.
//! Approvers own it, reviewers are its backup. An alias is a team with its members. Any other name is a person, who
//! owns in person: that is what the file says, and a team made up for each folder would hide it. People are imported
//! as confirmed, since no other file defines them.
//!
//! A folder that names no approvers (or reviewers) has those of the nearest folder above it, unless
//! `no_parent_owners` is set. Approvers further up may approve too but don't count as owners, otherwise the few at
//! the root would own everything. Names are in lower case: two names never differ by case alone. Nothing is written
//! back.

mod file;
mod read;

pub use read::{read, recognise};
