//! Who makes the changes, for the two programs. Only they ask for it; everything they call gets the author as an
//! argument.
//!
//! The system is asked and not the environment, in which a program that is started by a desktop, a timer or a container
//! may find nothing.

use std::env;

/// What nobody is called: the system knows no account for this process either.
const UNKNOWN: &str = "unknown";

/// The author of changes: `HEADROOM_AUTHOR`, or else the name of the account, or else its login.
#[must_use]
pub fn author() -> String {
    named_by(&["HEADROOM_AUTHOR"])
        .or_else(account)
        .or_else(|| named_by(&["USER", "LOGNAME", "USERNAME"]))
        .unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The first of these variables that says something.
fn named_by(variables: &[&str]) -> Option<String> {
    variables.iter().find_map(|name| env::var(name).ok().filter(|name| !name.trim().is_empty()))
}

/// The user of this process in the account database, wherever that is.
#[cfg(unix)]
fn account() -> Option<String> {
    use nix::unistd::{User, getuid};

    let user = User::from_uid(getuid()).ok().flatten()?;
    full_name(&user.gecos.to_string_lossy(), &user.name)
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

/// The name in the comment of an account, `Ada Okafor,Room 12,,`, in which `&` is its login with a capital.
#[cfg(unix)]
fn full_name(comment: &str, login: &str) -> Option<String> {
    let mut letters = login.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let name = comment.split(',').next().unwrap_or_default().replace('&', &capital);
    [name.trim(), login.trim()].into_iter().find(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_its_full_name_or_its_login() {
        for (comment, name) in [
            ("Ada Okafor", "Ada Okafor"),
            ("Ada Okafor,Room 12,,", "Ada Okafor"),
            ("& Okafor", "Ada Okafor"),
            ("", "ada"),
            (",,,", "ada"),
            (" , Room 12", "ada"),
        ] {
            assert_eq!(full_name(comment, "ada").as_deref(), Some(name), "{comment:?}");
        }
        assert_eq!(full_name("", ""), None);
    }
}
