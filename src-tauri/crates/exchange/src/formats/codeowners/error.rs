//! Why no CODEOWNERS file could be written.

use headroom_files::WriteError;

#[derive(Debug, thiserror::Error)]
pub enum CodeownersError {
    #[error(
        "no service matches a folder: pass the repository folder with --paths, or import its CODEOWNERS or OWNERS files first"
    )]
    NoFolders,
    #[error(
        "nothing written: no folder has an owner on that date (for example {0}); assign owners in the plan or choose another date"
    )]
    NoOwners(String),
    #[error(
        "nothing written: lines without owners would leave folders unowned (folders affected: {count}; first: {first}); pass the teams’ organisation with --org, or add names or email addresses to the people"
    )]
    Nameless { count: usize, first: String },
}

impl From<CodeownersError> for WriteError {
    fn from(error: CodeownersError) -> Self {
        let words = error.to_string();
        match error {
            CodeownersError::NoFolders | CodeownersError::NoOwners(_) => Self::NothingToWrite(words),
            CodeownersError::Nameless { .. } => Self::Refused(words),
        }
    }
}
