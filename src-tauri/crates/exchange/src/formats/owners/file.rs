//! Reads one OWNERS file.

use headroom_files::{Level, Place, shortened};
use regex::Regex;

use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    yaml::Document,
};

/// A name in lower case, and its place.
pub type NamedPerson = (String, Place);

/// The content of one OWNERS file.
#[derive(Default)]
pub struct OwnersFile {
    pub place: Place,
    pub approvers: Vec<NamedPerson>,
    pub reviewers: Vec<NamedPerson>,
    pub security: Vec<NamedPerson>,
    pub labels: Option<Vec<String>>,
    pub ignores_parents: bool,
    pub extra: String,
}

impl OwnersFile {
    /// None, with a diagnostic, if the document is not an OWNERS file.
    pub fn of(document: &Document, report: &Diagnostics) -> Option<Self> {
        let root = match &document.root.content {
            crate::catalog::located_value::LocatedContent::Text { .. }
            | crate::catalog::located_value::LocatedContent::List(_) => {
                let message = "not a Kubernetes-style OWNERS file; skipped";
                let advice = "list the owners under “approvers:”";
                report.say(Level::Error, document.place.clone(), message, advice);
                return None;
            }
            _ => FieldReader::of(&document.root, "the file", report)?,
        };
        let mut file = Self { place: document.place.clone(), ..Self::default() };
        if let Some(options) = root.fields("options") {
            file.ignores_parents = options.flag("no_parent_owners");
            for name in options.rest().keys() {
                let message = format!("unknown option “{}”; ignored", shortened(name));
                options.say(Level::Warning, name, message, "the only option is no_parent_owners");
            }
        }
        file.take(&root);
        if let Some(filters) = root.fields("filters") {
            for entry in filters.entries() {
                let Some(inside) = FieldReader::of(&entry.value, "a filter", report) else { continue };
                let (level, why, advice) = match Files::of(&entry.name) {
                    Ok(Files::All) => {
                        file.take(&inside);
                        continue;
                    }
                    Ok(Files::Some) => (
                        Level::Note,
                        "covers only some files of the folder".to_owned(),
                        "no action needed: owners apply to whole folders in a plan",
                    ),
                    Err(why) => (
                        Level::Error,
                        format!("is not a valid regular expression ({why})"),
                        "fix the expression",
                    ),
                };
                let message = format!("filter “{}” {why}; ignored", shortened(&entry.name));
                report.say(level, inside.place.clone(), message, advice);
            }
        }
        for name in root.rest().keys().filter(|name| !KEPT.contains(&name.as_str())) {
            let message = format!("unknown field “{}” in an OWNERS file; kept as is", shortened(name));
            root.say(Level::Note, name, message, "no action needed if this is intended");
        }
        file.extra = root.extra(root.rest());
        Some(file)
    }

    /// Reads the fields at the top level, or of the filter that matches every file.
    fn take(&mut self, fields: &FieldReader<'_>) {
        self.approvers.extend(names(fields, "approvers"));
        self.reviewers.extend(names(fields, "reviewers"));
        for name in ["security_contacts", "security-contacts"] {
            self.security.extend(names(fields, name));
        }
        if let Some(labels) = fields.words("labels") {
            self.labels.get_or_insert_default().extend(labels);
        }
        for name in ["emeritus_approvers", "emeritus_reviewers"] {
            let former: Vec<String> = names(fields, name).into_iter().map(|(name, _)| name).collect();
            if !former.is_empty() {
                let what = name.replace('_', " ");
                let message =
                    format!("{what} no longer own anything; ignored: {}", shortened(&former.join(", ")));
                fields.say(Level::Note, name, message, "no action needed");
            }
        }
        for (name, _) in names(fields, "required_reviewers") {
            let message = format!("required reviewer “{}” ignored", shortened(&name));
            fields.say(
                Level::Note,
                "required_reviewers",
                message,
                "no action needed: owners are not affected",
            );
        }
    }
}

/// Which files of a folder a filter matches.
enum Files {
    All,
    Some,
}

impl Files {
    /// An expression that matches somewhere in every path is about all files. This can't be decided in general: it is
    /// tried on paths that have nothing in common.
    fn of(filter: &str) -> Result<Self, String> {
        let expression = Regex::new(filter)
            .map_err(|error| error.to_string().lines().last().unwrap_or_default().trim().to_owned())?;
        let letters = (' '..='~').chain(['ä', '語']).filter(|letter| *letter != '/');
        let mut paths = letters.flat_map(|letter| [letter.to_string(), format!("{letter}{letter}/{letter}")]);
        let is_all =
            paths.all(|path| expression.is_match(&path)) && expression.is_match(&"a/B.c".repeat(100));
        Ok(if is_all { Files::All } else { Files::Some })
    }
}

/// Fields of other tools that read the same file.
const KEPT: [&str; 3] = ["component", "subcomponent", "auto_approve_unowned_subfolders"];

/// Names of people and aliases, without `@` and in lower case.
pub fn names(fields: &FieldReader<'_>, name: &str) -> Vec<NamedPerson> {
    let mut names: Vec<NamedPerson> = Vec::new();
    for (text, place) in fields.texts(name).unwrap_or_default() {
        let text = text.trim_start_matches('@').to_lowercase();
        if !text.is_empty() && !names.iter().any(|(known, _)| *known == text) {
            names.push((text, place));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_filters_that_match_every_file() {
        for filter in
            ["", ".*", "^.*$", ".+", "(?i).*", "^", "$", ".", "()", "[^/]$", "(?s:.*)", "^.+$", "x*", "a|.*"]
        {
            assert!(matches!(Files::of(filter), Ok(Files::All)), "{filter}");
        }
        for filter in ["\\.go$", "^[^/]*$", "[a-z]", "^docs/", ".*\\.md", "[^q]", "/", "^.{1,20}$"] {
            assert!(matches!(Files::of(filter), Ok(Files::Some)), "{filter}");
        }
        assert!(Files::of("(").is_err());
    }
}
