//! What a pattern means for a folder that is a service.

use std::path::Path;

use super::{dialect::Dialect, folders::ROOT, pattern::plain};

/// What a pattern means for the files of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternScope {
    /// This folder and no other.
    Own,
    /// This folder, and others of the same name elsewhere.
    OwnAmongOthers,
    /// A path inside the folder: an exception from the folder's own line.
    Inside,
    /// Files in the folder among others: `*`, `*.md`, `/src/`.
    General,
    /// No file in the folder.
    Elsewhere,
}

pub fn relation(pattern: &str, folder: &str, dialect: Dialect) -> PatternScope {
    let pattern = plain(pattern);
    let pattern = pattern.as_str();
    if folder == ROOT {
        return if matches!(pattern, "*" | "**" | "/**" | "**/*" | "/**/*") {
            PatternScope::Own
        } else {
            PatternScope::Inside
        };
    }
    let is_gitlab = dialect == Dialect::GitLab;
    let (is_rooted, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let whole = ["/**/*", "/**", "/*", "/"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let is_anchored = is_rooted || !is_gitlab && rest.trim_end_matches('/').contains('/');
    // On GitLab only a slash at the end makes a folder.
    let is_file = is_gitlab && whole == rest && !rest.contains(['*', '?', '[']);
    if is_file && is_anchored && Path::new(folder).starts_with(whole) {
        return PatternScope::Elsewhere;
    }
    if whole == folder && !is_file {
        return if is_anchored { PatternScope::Own } else { PatternScope::OwnAmongOthers };
    }
    if !is_anchored {
        return PatternScope::General;
    }
    let is_children_only =
        !rest.ends_with("/**/*") && (rest.ends_with("/*") || is_gitlab && rest.ends_with("/**"));
    let (mut parts, mut folders) = (whole.split('/'), folder.split('/'));
    loop {
        match (parts.next(), folders.next()) {
            (Some(part), Some(folder)) if part == folder => {}
            (Some(part), Some(_)) if part.contains(['*', '?']) => return PatternScope::General,
            (Some(_), Some(_)) => return PatternScope::Elsewhere,
            (Some(part), None) => {
                return if part.contains(['*', '?']) { PatternScope::General } else { PatternScope::Inside };
            }
            // `/src/*` matches the files in `src`, not the folders below.
            (None, Some(_)) if is_children_only => return PatternScope::Elsewhere,
            (None, _) => return PatternScope::General,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifies_patterns() {
        use PatternScope::*;
        for (pattern, expected) in [
            ("/src/api/", Own),
            ("src/api", Own),
            ("src/api/*", Own),
            ("/src/api/**", Own),
            ("/src/api/docs/", Inside),
            ("src/api/a.md", Inside),
            ("/src/api/*.md", General),
            ("*", General),
            ("*.md", General),
            ("api", General),
            ("/src/", General),
            ("/src/**", General),
            ("/src/*", Elsewhere),
            ("/src/**/test/", General),
            ("/src/other/", Elsewhere),
            ("/src/api2/", Elsewhere),
            ("**/api/", General),
        ] {
            assert_eq!(relation(pattern, "src/api", Dialect::GitHub), expected, "{pattern}");
        }
        assert_eq!(relation("*", ROOT, Dialect::GitHub), Own);
        assert_eq!(relation("*.md", ROOT, Dialect::GitHub), Inside);
        assert_eq!(relation("docs/", "docs", Dialect::GitHub), OwnAmongOthers);
        assert_eq!(relation("/docs", "docs", Dialect::GitHub), Own);
    }
    #[test]
    fn classifies_gitlab_patterns() {
        use PatternScope::*;
        for (pattern, expected) in [
            ("/src/api/", Own),
            ("/src/api/**/*", Own),
            ("src/api/", OwnAmongOthers),
            ("/src/api", Elsewhere),
            ("/src", Elsewhere),
            ("/src/", General),
            ("/src/**", Elsewhere),
            ("/src/**/*", General),
            ("src/api", General),
            ("/src/api/a.md", Inside),
            ("/src/\\api/", Own),
        ] {
            assert_eq!(relation(pattern, "src/api", Dialect::GitLab), expected, "{pattern}");
        }
    }
}
