//! Parses the words after a pattern: people, teams, roles, or nothing that the host knows.

use super::dialect::Dialect;

/// A word after a pattern or in the heading of a section.
pub struct HandleWord<'l> {
    pub text: &'l str,
    /// Offset in the line, in bytes.
    pub at: usize,
    /// The owners it names. More than one only on GitLab, which finds names inside of words.
    pub owners: Vec<String>,
    /// It is in a comment.
    pub is_comment: bool,
}

/// The words of a text that begins at offset `start` of its line.
pub fn words<'l>(text: &'l str, start: usize, dialect: Dialect) -> Vec<HandleWord<'l>> {
    let (mut words, mut at, mut is_comment) = (Vec::new(), start, false);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim();
        is_comment |= word.starts_with('#');
        if !word.is_empty() {
            let owners = match dialect {
                Dialect::GitHub if is_comment || !is_github_owner(word) => Vec::new(),
                Dialect::GitHub => vec![word.to_owned()],
                Dialect::GitLab => gitlab_owners(word),
            };
            words.push(HandleWord { text: word, at, owners, is_comment });
        }
        at += piece.len();
    }
    words
}

/// Whether GitHub takes it as an owner: `@name`, `@organisation/team` or an email address.
pub fn is_github_owner(word: &str) -> bool {
    let is_name = |name: &str, others: &str| {
        !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
    };
    match word.strip_prefix('@').map(|name| (name, name.split_once('/'))) {
        // Names of a company's managed users have an underscore.
        Some((name, None)) => is_name(name, "-_"),
        Some((_, Some((organisation, team)))) => is_name(organisation, "-_") && is_name(team, "-_."),
        None => word.split_once('@').is_some_and(|(local, domain)| {
            is_name(local, "._%+-'")
                && domain.contains('.')
                && domain.split('.').all(|part| is_name(part, "-"))
        }),
    }
}

/// The owners in a word. GitLab finds `@name`, `@group/inside/group` and email addresses inside of words:
/// `(@ada,@bo)`.
fn gitlab_owners(word: &str) -> Vec<String> {
    if is_role(word) {
        return vec![word.to_lowercase()];
    }
    let is_border = |letter: char| letter.is_ascii_punctuation() && !"@_.-/+%'".contains(letter);
    let mut owners: Vec<String> = word.split(is_border).filter_map(gitlab_owner).collect();
    owners.dedup();
    owners
}

fn gitlab_owner(piece: &str) -> Option<String> {
    let piece = piece.trim_end_matches(['.', '/', '-', '+', '%', '\'']);
    let is_name = |name: &str, others: &str| {
        !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
    };
    let (local, name) = piece.split_once('@')?;
    let is_known = match local {
        "" => name.split('/').all(|part| is_name(part, "_.-") && !part.starts_with('-')),
        local => !local.contains('/') && is_name(name, "_.-"),
    };
    is_known.then(|| piece.to_owned())
}

/// Whether it is a role of GitLab, such as `@@developer`: everyone with that role in the project.
pub fn is_role(word: &str) -> bool {
    let name = word.strip_prefix("@@").unwrap_or_default().to_lowercase();
    matches!(name.strip_suffix('s').unwrap_or(&name), "developer" | "maintainer" | "owner")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(text: &str, dialect: Dialect) -> Vec<String> {
        words(text, 0, dialect).into_iter().flat_map(|word| word.owners).collect()
    }

    #[test]
    fn github_accepts_or_refuses_whole_words() {
        for word in
            ["@ada", "@ada_acme", "@o-rg/team", "@org/a.b_c", "ada+x@mail.example.org", "o'neil@example.org"]
        {
            assert_eq!(owners(word, Dialect::GitHub), [word], "{word}");
        }
        for word in [
            "@",
            "ada",
            "org/team",
            "@org/",
            "@/team",
            "@a/b/c",
            "@@owner",
            "@ada,",
            "@ada.okafor",
            "@ädá",
            "ada@localhost",
            "<ada@example.org>",
            "@ada@example.org",
            "a@b@c.de",
            "@org/team/",
            "ada@.org",
        ] {
            assert!(owners(word, Dialect::GitHub).is_empty(), "{word}");
        }
        assert_eq!(owners(" @a\t@b # @c", Dialect::GitHub), ["@a", "@b"]);
    }

    #[test]
    fn gitlab_finds_names_in_words_and_comments() {
        for (text, expected) in [
            ("@a/b/c/d @ada.okafor", &["@a/b/c/d", "@ada.okafor"][..]),
            ("@@Maintainers @@dev @@", &["@@maintainers"]),
            ("(@a,@b) <jane@example.org>", &["@a", "@b", "jane@example.org"]),
            ("@acme/ not_an_owner @-x ada@localhost", &["@acme", "ada@localhost"]),
            ("@a # see @b", &["@a", "@b"]),
            ("@müller # -", &[]),
        ] {
            assert_eq!(owners(text, Dialect::GitLab), expected, "{text}");
        }
    }

    #[test]
    fn words_have_places() {
        let places: Vec<usize> = words("  @a\t x", 3, Dialect::GitHub).iter().map(|word| word.at).collect();
        assert_eq!(places, [5, 9]);
    }
}
