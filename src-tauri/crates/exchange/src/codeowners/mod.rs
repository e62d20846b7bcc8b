//! CODEOWNERS files of GitHub and GitLab: which line decides who owns a path, by the rules of whose file it is.
//! <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>,
//! <https://docs.gitlab.com/user/project/codeowners/reference/>

mod dialect;
mod folders;
mod handle;
mod handles;
mod pattern;
mod read;
mod relation;
mod rules;
mod update;
mod write;

pub use dialect::Dialect;
pub use read::{paths_below, read, recognise};
pub use rules::{Codeowners, Resolved};
pub use update::update;
pub use write::write;
