//! GitHub's and GitLab's rules, and which of them a file follows.

use std::path::Path;

use super::{handle::is_role, rules::section_head};

/// Whose rules a CODEOWNERS file follows. The same line may mean different things on GitHub and GitLab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    GitHub,
    GitLab,
}

impl Dialect {
    /// The place decides if only one of them looks there. Elsewhere a file is GitLab's if it has what GitHub doesn't
    /// know: sections, roles or groups inside groups. Why: `docs/decisions/codeowners-dialect.md`.
    pub fn of(file: &Path, text: &str) -> Self {
        Self::of_place(file).unwrap_or(if is_of_gitlab(text) { Dialect::GitLab } else { Dialect::GitHub })
    }

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

fn is_of_gitlab(text: &str) -> bool {
    text.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
        let is_group_inside = |word: &str| word.starts_with('@') && word.matches('/').count() > 1;
        // A folder may be named `[id]`: a heading is followed by nothing but a number and owners.
        let is_heading = section_head(line).is_some_and(|head| {
            !head.name.is_empty()
                && head.rest.split_whitespace().all(|word| word.contains('@'))
                && (head.rest.is_empty() || head.rest.starts_with([' ', '\t']))
        });
        let mut owners = line.split_whitespace().skip(1).take_while(|word| !word.starts_with('#'));
        is_heading || owners.any(|word| is_role(word) || is_group_inside(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_decides_then_gitlab_features() {
        let of = |path: &str, text: &str| Dialect::of(Path::new(path), text);
        for (path, text, expected) in [
            ("r/.gitlab/CODEOWNERS", "* @a", Dialect::GitLab),
            ("r/.github/CODEOWNERS", "[Docs]\n* @@owner", Dialect::GitHub),
            ("r/CODEOWNERS", "* @org/team", Dialect::GitHub),
            ("r/docs/CODEOWNERS", "# [Docs]\n* @a # @a/b/c", Dialect::GitHub),
            ("r/CODEOWNERS", "* @a\n[Docs]\n", Dialect::GitLab),
            ("r/CODEOWNERS", "^[Docs][2] @a/b c@example.org", Dialect::GitLab),
            ("r/CODEOWNERS", "* @a/b/c", Dialect::GitLab),
            ("r/CODEOWNERS", "* @@Maintainers", Dialect::GitLab),
            ("r/CODEOWNERS", "[id]/page.tsx @a", Dialect::GitHub),
            ("r/CODEOWNERS", "/app/[id] @a", Dialect::GitHub),
        ] {
            assert_eq!(of(path, text), expected, "{path} {text}");
        }
    }
}
