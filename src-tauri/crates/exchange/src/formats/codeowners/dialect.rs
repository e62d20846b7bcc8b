//! GitHub's and GitLab's rules.

use std::path::Path;

/// Whose rules a CODEOWNERS file follows. The same line may mean different things on GitHub and GitLab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    GitHub,
    GitLab,
}

impl Dialect {
    /// None for a place where both look.
    pub fn of_place(file: &Path) -> Option<Self> {
        let whole = file.canonicalize().or_else(|_| std::path::absolute(file)).ok()?;
        match whole.parent()?.file_name()?.to_str()? {
            ".gitlab" => Some(Dialect::GitLab),
            ".github" => Some(Dialect::GitHub),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Dialect::GitHub => "GitHub",
            Dialect::GitLab => "GitLab",
        }
    }

    /// Where the file may be in a repository, in order of precedence.
    pub(super) fn places(asked: Option<Self>) -> &'static [&'static str] {
        match asked {
            None => &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
            Some(Dialect::GitHub) => &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
            Some(Dialect::GitLab) => &["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
        }
    }
}
