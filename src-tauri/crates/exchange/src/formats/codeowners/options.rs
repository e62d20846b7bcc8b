//! What the user chose about reading and writing CODEOWNERS files.

use std::{collections::BTreeSet, path::PathBuf};

use super::dialect::Dialect;

#[derive(Debug, Clone)]
pub struct CodeownersReading {
    /// How many folders deep services are.
    pub depth: usize,
    /// The folders that are services, by the catalogs beside the file; the root is the empty path. None: every folder
    /// is one.
    pub folders: Option<BTreeSet<String>>,
    /// Whose rules the file follows. None: its place and content decide.
    pub dialect: Option<Dialect>,
}

impl Default for CodeownersReading {
    fn default() -> Self {
        Self { depth: 2, folders: None, dialect: None }
    }
}

#[derive(Debug, Clone, Default)]
pub struct CodeownersWriting {
    /// The repository's folder, or files that list its paths. With it, every service whose key is a folder there
    /// counts, otherwise those that were imported from CODEOWNERS or OWNERS files.
    pub paths: Vec<PathBuf>,
    /// The organisation before team names where neither the plan nor the file gives it.
    pub organisation: Option<String>,
    /// Whose rules the file follows where its place does not decide.
    pub dialect: Option<Dialect>,
}
