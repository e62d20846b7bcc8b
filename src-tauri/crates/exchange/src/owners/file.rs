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

/// The pattern that takes in every file.
const EVERYTHING: &str = ".*";

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
                if entry.name == EVERYTHING {
                    file.take(&inside);
                } else {
                    let message = format!(
                        "the filter “{}” is about some files of the folder only; it was left out",
                        shortened(&entry.name)
                    );
                    let place = inside.place.clone();
                    report.say(
                        Level::Note,
                        place,
                        message,
                        "nothing to do: the folder's owners are unaffected",
                    );
                }
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
