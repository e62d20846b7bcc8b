//! Profiles by name: saved in a plan, built in, or in a file.

use std::path::{Path, PathBuf};

use headroom_model::{Change, Draft, Plan};

use super::{
    built_in::BUILT_IN,
    profile::{Profile, ProfileError, SETTING},
};

/// Why there is no profile with a name.
#[derive(Debug, thiserror::Error)]
pub enum NamedError {
    #[error("unknown profile “{name}”; choose one saved in the plan, a built-in one ({known}) or a file")]
    Unknown { name: String, known: String },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: ProfileError },
    #[error("cannot read the saved profile “{name}”: {source}")]
    Saved { name: String, source: ProfileError },
    #[error("cannot read {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
}

/// The names of the profiles that a plan has.
pub fn saved(plan: &Plan) -> Vec<String> {
    let mut names: Vec<String> = plan
        .settings
        .iter()
        .filter_map(|setting| setting.key.strip_prefix(SETTING).map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The profile with this name: in the plan, otherwise built in, otherwise a file.
///
/// # Errors
/// [`NamedError::Unknown`] if there is none; [`NamedError::Saved`], [`NamedError::File`] or [`NamedError::Io`] if it
/// can't be read.
pub fn named(plan: &Plan, name: &str) -> Result<Profile, NamedError> {
    if let Some(text) = plan.setting(&format!("{SETTING}{name}")) {
        return Profile::from_json(text)
            .map_err(|source| NamedError::Saved { name: name.to_owned(), source });
    }
    if let Some(built_in) = BUILT_IN.iter().find(|built_in| built_in.id == name) {
        return Ok((built_in.make)());
    }
    let path = Path::new(name);
    if !path.is_file() {
        let known = BUILT_IN.iter().map(|built_in| built_in.id).collect::<Vec<_>>().join(", ");
        return Err(NamedError::Unknown { name: name.to_owned(), known });
    }
    let text =
        std::fs::read_to_string(path).map_err(|source| NamedError::Io { path: path.to_owned(), source })?;
    Profile::from_json(&text).map_err(|source| NamedError::File { path: path.to_owned(), source })
}

/// The changes that save a profile in a plan under a name, or delete it.
pub fn keep(plan: &Plan, name: &str, profile: Option<&Profile>) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let text = profile.map(Profile::to_json).unwrap_or_default();
    draft.set(&format!("{SETTING}{}", name.trim()), &text);
    draft.finish()
}
