/// What a pattern means for the files of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It means this folder, and no other.
    Own,
    /// It means this folder, and others of the same name elsewhere.
    OwnAmongOthers,
    /// It means something in the folder by its path: an exception from the folder's own.
    Inside,
    /// It may mean files in the folder among others: `*`, `*.md`, `/src/`.
    General,
    /// It means no file in the folder.
    Elsewhere,
}

pub fn relation(pattern: &str, folder: &str) -> Relation {
    let (is_rooted, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let whole = ["/**", "/*", "/"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let is_anchored = is_rooted || rest.trim_end_matches('/').contains('/');
    if whole == folder {
        return if is_anchored { Relation::Own } else { Relation::OwnAmongOthers };
    }
    if !is_anchored {
        return Relation::General;
    }
    let (mut parts, mut folders) = (whole.split('/'), folder.split('/'));
    loop {
        match (parts.next(), folders.next()) {
            (Some(part), Some(folder)) if part == folder => {}
            (Some(part), Some(_)) if part.contains(['*', '?']) => return Relation::General,
            (Some(_), Some(_)) => return Relation::Elsewhere,
            (Some(part), None) => {
                return if part.contains(['*', '?']) { Relation::General } else { Relation::Inside };
            }
            // `/src/*` means the files in src, not the folders below.
            (None, Some(_)) if rest.ends_with("/*") => return Relation::Elsewhere,
            (None, _) => return Relation::General,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_told_apart() {
        use Relation::*;
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
            assert_eq!(relation(pattern, "src/api"), expected, "{pattern}");
        }
        assert_eq!(relation("docs/", "docs"), OwnAmongOthers);
        assert_eq!(relation("/docs", "docs"), Own);
    }
}
