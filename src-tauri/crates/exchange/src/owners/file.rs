use regex::Regex;

use crate::{
    fields::{Fields, Report},
    problem::{Level, Place},
    yaml::{Document, shortened},
};

/// Somebody named, in lower case, and where.
pub type Named = (String, Place);

/// What one OWNERS file says.
#[derive(Default)]
pub struct OwnersFile {
    pub place: Place,
    pub approvers: Vec<Named>,
    pub reviewers: Vec<Named>,
    pub security: Vec<Named>,
    pub labels: Option<Vec<String>>,
    pub ignores_parents: bool,
    pub extra: String,
}

impl OwnersFile {
    /// None when the document is not of this kind; says so.
    pub fn of(document: &Document, report: &Report) -> Option<Self> {
        let root = match &document.root.content {
            crate::node::Content::Text { .. } | crate::node::Content::List(_) => {
                let message = "this is no OWNERS file of the Kubernetes kind; it was left out";
                let advice = "write the owners as a list under “approvers:”";
                report.say(Level::Error, document.place.clone(), message, advice);
                return None;
            }
            _ => Fields::of(&document.root, "the file", report)?,
        };
        let mut file = Self { place: document.place.clone(), ..Self::default() };
        if let Some(options) = root.fields("options") {
            file.ignores_parents = options.flag("no_parent_owners");
            for name in options.rest().keys() {
                let message = format!("the option “{}” is not known; it was left out", shortened(name));
                options.say(Level::Warning, name, message, "the only option is no_parent_owners");
            }
        }
        file.take(&root);
        if let Some(filters) = root.fields("filters") {
            for entry in filters.entries() {
                let Some(inside) = Fields::of(&entry.value, "a filter", report) else { continue };
                let (level, why, advice) = match Files::of(&entry.name) {
                    Ok(Files::All) => {
                        file.take(&inside);
                        continue;
                    }
                    Ok(Files::Some) => (
                        Level::Note,
                        "is about some files of the folder only".to_owned(),
                        "nothing to do: a plan has owners of whole folders",
                    ),
                    Err(why) => (Level::Error, format!("is no regular expression ({why})"), "correct it"),
                };
                let message = format!("the filter “{}” {why}; it was left out", shortened(&entry.name));
                report.say(level, inside.place.clone(), message, advice);
            }
        }
        for name in root.rest().keys().filter(|name| !KEPT.contains(&name.as_str())) {
            let message =
                format!("“{}” is not known in an OWNERS file; it was kept as it is", shortened(name));
            root.say(Level::Note, name, message, "nothing to do, if that is right");
        }
        file.extra = root.extra(root.rest());
        Some(file)
    }

    /// What stands at the top, or in the filter that takes in everything.
    fn take(&mut self, fields: &Fields<'_>) {
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
                let message = format!("the {what} own nothing any more: {}", shortened(&former.join(", ")));
                fields.say(Level::Note, name, message, "nothing to do: they were left out");
            }
        }
        for (name, _) in names(fields, "required_reviewers") {
            let message = format!("“{}” must review; it was left out", shortened(&name));
            fields.say(Level::Note, "required_reviewers", message, "nothing to do: owners are unaffected");
        }
    }
}

/// The files of a folder that a filter is about.
enum Files {
    All,
    Some,
}

impl Files {
    /// A regular expression that is found somewhere in every path is about all of them. There is no deciding that in
    /// general: it is tried on paths that have nothing in common.
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

/// Names of people and aliases; `@` before them, and their case, make no difference.
pub fn names(fields: &Fields<'_>, name: &str) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
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
    fn filters_that_are_about_every_file_are_told_from_the_others() {
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
