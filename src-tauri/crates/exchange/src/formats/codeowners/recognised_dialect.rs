//! Which of GitHub's and GitLab's rules a file follows.

use std::path::Path;

use super::{dialect::Dialect, handle::is_role, section_head::section_head};

/// The place decides if only one of them looks there. Elsewhere a file is GitLab's if it has what GitHub doesn't
/// know: sections, roles or groups inside groups. Why: `docs/decisions/codeowners-dialect.md`.
pub fn dialect_of(file: &Path, text: &str) -> Dialect {
    Dialect::of_place(file).unwrap_or(if is_of_gitlab(text) { Dialect::GitLab } else { Dialect::GitHub })
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
        let of = |path: &str, text: &str| dialect_of(Path::new(path), text);
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
