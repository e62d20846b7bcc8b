//! CODEOWNERS files of GitHub and GitLab,
//! <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>,
//! <https://docs.gitlab.com/user/project/codeowners/reference/>
//!
//! [`Codeowners`] parses a file by the rules of its [`Dialect`] and gives the owners of a path, with the line that
//! decides. Reading makes services of folders, owned by the owners of most of their files; writing gives each such
//! service a line, parents first, since the last match decides; an update changes the owners on lines, or adds a
//! line, and no other byte.
//!
//! A line that would leave a folder unowned because its owners have no name on the host is never written. Matching
//! follows the hosts' documents line by line (`rules`, `pattern`, `handle`); what a pattern means for one folder is
//! [`PatternScope`](relation::PatternScope).
//!
//! Tests: beside the code, and property tests of updates on random files, repositories and plans in
//! `tests/codeowners.rs` of this crate.

mod dialect;
mod error;
mod folders;
mod handle;
mod handles;
mod options;
mod pattern;
mod read;
mod recognised_dialect;
mod relation;
mod rules;
mod section_head;
mod update;
mod write;

pub use dialect::Dialect;
pub use options::{CodeownersReading, CodeownersWriting};
pub use read::{paths_below, read, recognise};
pub use rules::{Codeowners, Resolved};
pub use update::update;
pub use write::write;
