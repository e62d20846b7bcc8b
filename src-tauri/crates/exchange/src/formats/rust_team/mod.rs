//! Folders of TOML as rust-lang/team has them: `people/*.toml`, `teams/*.toml`, `repos/*/*.toml`,
//! <https://github.com/rust-lang/team/blob/main/docs/toml-schema.md>
//!
//! A person's key is the GitHub name, a team's its name, a repository's `org/name`. Leads are members with the role
//! `lead`; someone with several roles is a member once for each. Members of included teams are members. A repository
//! is owned by the teams with the highest access to it; other teams that may write are its backup. If no team may
//! write, the people with the highest access own it. Archived teams and alumni are left out. Nothing is written back.

mod named_file;
mod read;
mod repo;
mod team;
mod tree;

pub use read::{read, recognise};
