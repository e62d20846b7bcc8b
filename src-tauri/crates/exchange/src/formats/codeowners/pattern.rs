//! Turns patterns into globs by the rules of each dialect.

use globset::{Glob, GlobBuilder};

use super::dialect::Dialect;

/// The globs that a pattern stands for.
///
/// # Errors
/// Why it is not a pattern in this dialect, as the end of a sentence.
pub fn globs(pattern: &str, dialect: Dialect) -> Result<Vec<Glob>, String> {
    match dialect {
        Dialect::GitHub => github(pattern),
        Dialect::GitLab => gitlab(pattern),
    }
}

/// A pattern with a slash at its start or inside is anchored at the root. A folder includes everything below it; a
/// last part `*` does not, unlike in a `.gitignore`.
fn github(pattern: &str) -> Result<Vec<Glob>, String> {
    if pattern.starts_with('!') {
        return Err("can’t exclude files on GitHub".to_owned());
    }
    if pattern.starts_with("\\#") {
        return Err("can’t start with an escaped # on GitHub".to_owned());
    }
    if pattern.contains("***") {
        return Err("has three asterisks in a row".to_owned());
    }
    let (is_anchored, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (pattern.trim_end_matches('/').contains('/'), pattern),
    };
    let (is_folder, rest) = match rest.strip_suffix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if rest.is_empty() {
        return Err("matches nothing on GitHub; use * for every file".to_owned());
    }
    let start = if is_anchored || rest.starts_with("**/") { "" } else { "**/" };
    let own = format!("{start}{}", escaped(rest, "[]{}"));
    let below = format!("{own}/**");
    // `/*` are the files at the root, as `docs/*` are those of `docs`.
    let is_children_only = rest.ends_with("/*") || (is_anchored && rest == "*");
    match (is_folder, is_children_only) {
        (true, _) => Ok(vec![build(&below)?]),
        (false, true) => Ok(vec![build(&own)?]),
        (false, false) => Ok(vec![build(&own)?, build(&below)?]),
    }
}

/// Ruby's `File.fnmatch` over whole paths: what does not start with a slash matches anywhere, only a slash at the end
/// makes a folder, and two stars span folders only as a part of the path that is followed by others.
fn gitlab(pattern: &str) -> Result<Vec<Glob>, String> {
    let pattern = pattern.strip_prefix('\\').filter(|rest| rest.starts_with('#')).unwrap_or(pattern);
    let whole = match pattern {
        "*" => "**/*".to_owned(),
        _ => pattern.strip_prefix('/').map_or_else(|| format!("**/{pattern}"), str::to_owned),
    };
    let whole = if whole.is_empty() || whole.ends_with('/') { format!("{whole}**/*") } else { whole };
    let parts: Vec<&str> = whole.split('/').collect();
    let last = parts.len() - 1;
    let parts = parts.iter().enumerate().map(|(at, part)| match *part {
        "**" if at < last => "**".to_owned(),
        part => escaped(&single_stars(part), "{}"),
    });
    Ok(vec![build(&parts.collect::<Vec<_>>().join("/"))?])
}

/// Replaces several stars in a row by one.
fn single_stars(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for letter in part.chars() {
        if !(letter == '*' && text.ends_with('*')) {
            text.push(letter);
        }
    }
    text
}

fn build(glob: &str) -> Result<Glob, String> {
    let glob = GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build();
    glob.map_err(|error| format!("is not a valid pattern: {}", error.kind()))
}

/// Escapes these letters, unless they are escaped already.
fn escaped(pattern: &str, letters: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    for letter in pattern.chars() {
        if !is_escaped && letters.contains(letter) {
            text.push('\\');
        }
        is_escaped = !is_escaped && letter == '\\';
        text.push(letter);
    }
    text
}

/// The text of a pattern without escapes.
pub fn plain(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        text.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    text
}
