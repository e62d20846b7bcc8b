use globset::{Glob, GlobBuilder};

/// The globs that a pattern stands for; none when it is no pattern.
///
/// A pattern with a slash inside or at its start is anchored at the root. A folder takes in everything below it; a
/// last part `*` does not, unlike in a `.gitignore`.
pub fn globs(pattern: &str) -> Option<Vec<Glob>> {
    let (is_anchored, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (pattern.trim_end_matches('/').contains('/'), pattern),
    };
    let (is_folder, rest) = match rest.strip_suffix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if rest.is_empty() {
        // A lone slash is the whole repository.
        return (is_folder || pattern == "/").then(|| build("**")).flatten().map(|glob| vec![glob]);
    }
    let start = if is_anchored || rest.starts_with("**/") { "" } else { "**/" };
    let own = format!("{start}{}", escaped(rest));
    let below = format!("{own}/**");
    // `/*` are the files at the root, as `docs/*` are those of docs.
    let is_children_only = rest.ends_with("/*") || (is_anchored && rest == "*");
    match (is_folder, is_children_only) {
        (true, _) => Some(vec![build(&below)?]),
        (false, true) => Some(vec![build(&own)?]),
        (false, false) => Some(vec![build(&own)?, build(&below)?]),
    }
}

fn build(glob: &str) -> Option<Glob> {
    GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build().ok()
}

/// Only `*`, `?` and `**` have a meaning in CODEOWNERS.
fn escaped(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    for letter in pattern.chars() {
        if matches!(letter, '[' | ']' | '{' | '}' | '!') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}
