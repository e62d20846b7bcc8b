//! CODEOWNERS files of GitHub and GitLab: which line decides who owns a path.
//! <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>,
//! <https://docs.gitlab.com/user/project/codeowners/reference/>

mod pattern;
mod read;
mod rules;

pub use read::{paths_below, read, recognise};
pub use rules::{Codeowners, Resolved};
