//! Unified diffs as git writes them.

use std::path::Path;

use similar::{ChangeTag, TextDiff};

/// A unified diff with git's headers; empty if nothing differs. Only a line feed ends a line, as for `git` and
/// `patch`.
pub fn diff(path: &Path, before: &[u8], after: &[u8]) -> Vec<u8> {
    if before == after {
        return Vec::new();
    }
    let (old, new) = (lines(before), lines(after));
    let diff = TextDiff::from_slices(&old, &new);
    let (from, to) = (name("a", path), name("b", path));
    // A tab ends a name with spaces, which `patch` would cut off otherwise.
    let end = if from.contains(' ') { "\t" } else { "" };
    let mut patch = format!("diff --git {from} {to}\n--- {from}{end}\n+++ {to}{end}\n").into_bytes();
    for hunk in diff.unified_diff().iter_hunks() {
        patch.extend(format!("{}\n", hunk.header()).bytes());
        for change in hunk.iter_changes() {
            patch.push(match change.tag() {
                ChangeTag::Equal => b' ',
                ChangeTag::Delete => b'-',
                ChangeTag::Insert => b'+',
            });
            patch.extend(change.value());
            if !change.value().ends_with(b"\n") {
                patch.extend(b"\n\\ No newline at end of file\n");
            }
        }
    }
    patch
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

/// A path as git writes it: with slashes, and quoted if it holds special characters.
fn name(side: &str, path: &Path) -> String {
    let name = format!("{side}/{}", path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
    if !name.contains(|letter: char| letter.is_control() || matches!(letter, '"' | '\\')) {
        return name;
    }
    let mut quoted = String::from("\"");
    for letter in name.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\{:03o}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(path: &str, before: &str, after: &str) -> String {
        String::from_utf8(diff(Path::new(path), before.as_bytes(), after.as_bytes())).unwrap()
    }

    #[test]
    fn diff_is_as_git_writes_it() {
        let patch = patch("a b.yaml", "1\n2\n3\n4\n5\n6\r\nlast", "1\n2\n3\n4\n5\n6\r\nnew");
        let expected = "diff --git a/a b.yaml b/a b.yaml\n--- a/a b.yaml\t\n+++ b/a b.yaml\t\n@@ -4,4 +4,4 @@\n 4\n 5\n 6\r\n\
                        -last\n\\ No newline at end of file\n+new\n\\ No newline at end of file\n";
        assert_eq!(patch, expected);
        assert_eq!(super::diff(Path::new("a"), b"x", b"x"), b"");
    }

    #[test]
    fn quotes_special_characters_in_names() {
        assert_eq!(name("a", Path::new("x\"y\n.yaml")), r#""a/x\"y\n.yaml""#);
        assert_eq!(name("a", Path::new("ü/x.yaml")), "a/ü/x.yaml");
    }
}
