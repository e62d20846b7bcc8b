//! What a file's name and folder say.

use std::path::Path;

use headroom_files::Level;

use crate::catalog::field_reader::FieldReader;

pub const ID: &str = "rust-team";

/// Whether a file is in a folder named `archive`.
pub fn is_archived(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "archive")
}

/// The name in the file, or the file's own name. Reports if they differ, or if there is neither.
pub fn named(fields: &FieldReader<'_>, name: &str, path: &Path) -> Option<String> {
    let of_file = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match fields.filled(name) {
        Some(own) => {
            if !own.eq_ignore_ascii_case(of_file) {
                let message =
                    format!("“{own}” is in a file named {of_file}.toml; the name in the file was used");
                fields.say(Level::Warning, name, message, "give both the same name");
            }
            Some(own)
        }
        None if fields.entries().is_empty() => None,
        None => {
            let message = format!("“{name}” is missing; the file name was used");
            fields.report.say(Level::Warning, fields.place.clone(), message, "add it");
            Some(of_file.to_owned())
        }
    }
}
