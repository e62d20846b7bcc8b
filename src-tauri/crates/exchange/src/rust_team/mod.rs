//! Folders of TOML as rust-lang/team keeps them: `people/*.toml`, `teams/*.toml`, `repos/*/*.toml`.
//! <https://github.com/rust-lang/team/blob/main/docs/toml-schema.md>
//!
//! A person's key is the GitHub name, a team's its name, a repository's `org/name`. Who leads is a member with the role
//! `lead`; who has roles is a member once for each. Members of included teams are members. A repository is owned by the
//! teams with the highest access to it; those that may write besides are its backup. Without any such team, the people
//! with the highest access own it.

mod read;
mod repo;
mod team;
mod tree;

pub use read::{read, recognise};
