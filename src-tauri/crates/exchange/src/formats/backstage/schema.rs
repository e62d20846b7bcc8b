//! Types of the fields that a plan has no place for, and the spelling of all fields. Other types are checked when the
//! fields are read.

use headroom_files::Level;

use crate::catalog::{
    field_reader::FieldReader,
    located_value::{LocatedContent, LocatedValue},
};

const METADATA: &[&str] =
    &["name", "namespace", "title", "description", "labels", "annotations", "tags", "links"];

#[derive(Clone, Copy)]
enum Shape {
    Text,
    Texts,
    /// A reference as text or mapping.
    Reference,
    /// A mapping of names to texts.
    Labels,
    /// A list of links.
    Links,
    /// A text, or a placeholder for the text of a file: `$text: ./api.yaml`.
    Definition,
}

impl Shape {
    fn in_words(self) -> &'static str {
        match self {
            Shape::Text => "text",
            Shape::Texts => "a list of text values",
            Shape::Reference => "a reference",
            Shape::Labels => "a mapping of names to text",
            Shape::Links => "a list of links",
            Shape::Definition => "text, or $text with a file",
        }
    }

    /// The first part of a value that doesn't have the shape.
    fn misfit(self, node: &LocatedValue) -> Option<&LocatedValue> {
        let text = |node: &'_ LocatedValue| !node.is_wording();
        match (self, &node.content) {
            (Shape::Text, _) => text(node).then_some(node),
            (Shape::Texts, LocatedContent::List(items)) => items.iter().find(|item| text(item)),
            (Shape::Reference, LocatedContent::Map(entries)) => {
                let has_name = entries.iter().any(|entry| entry.name == "name" && entry.value.is_wording());
                (!has_name).then_some(node)
            }
            (Shape::Reference, _) => text(node).then_some(node),
            (Shape::Labels, LocatedContent::Map(entries)) => {
                entries.iter().map(|entry| &entry.value).find(|value| text(value))
            }
            (Shape::Links, LocatedContent::List(items)) => {
                items.iter().find_map(|item| match item.entries() {
                    Some(entries) => entries.iter().map(|entry| &entry.value).find(|value| text(value)),
                    None => Some(item),
                })
            }
            (Shape::Definition, LocatedContent::Map(entries)) => {
                let is_file = matches!(entries.as_slice(), [one] if one.name.starts_with('$'));
                (!is_file).then_some(node)
            }
            (Shape::Definition, _) => text(node).then_some(node),
            (Shape::Texts | Shape::Labels | Shape::Links, _) => Some(node),
        }
    }
}

/// The fields of a spec that the plan takes over, and those that are kept as they are.
fn of_kind(kind: &str) -> (&'static [&'static str], &'static [(&'static str, Shape)]) {
    match kind {
        "group" => (&["type", "parent", "children", "members", "profile"], &[]),
        "user" => (&["memberOf", "profile"], &[]),
        "system" => (&["owner", "domain"], &[("type", Shape::Text)]),
        "domain" => (&["owner", "subdomainOf"], &[("type", Shape::Text)]),
        "location" => (
            &[],
            &[
                ("type", Shape::Text),
                ("target", Shape::Text),
                ("targets", Shape::Texts),
                ("presence", Shape::Text),
            ],
        ),
        "component" | "api" | "resource" => (
            &[
                "type",
                "lifecycle",
                "owner",
                "system",
                "dependsOn",
                "dependencyOf",
                "providesApis",
                "consumesApis",
            ],
            &[("subcomponentOf", Shape::Reference), ("definition", Shape::Definition)],
        ),
        _ => (&[], &[]),
    }
}

/// The kinds that a reference in a field may have. A component may depend on an API or resource as well.
pub fn kinds_of(field: &str, default_kind: &str) -> &'static [&'static str] {
    match (field, default_kind) {
        ("owner", _) => &["group", "user"],
        (_, "component") => &["component", "api", "resource"],
        (_, "api") => &["api"],
        (_, "user") => &["user"],
        (_, "system") => &["system"],
        (_, "domain") => &["domain"],
        _ => &["group"],
    }
}

pub fn check_root(root: &FieldReader<'_>) {
    check(root, &[("apiVersion", Shape::Text)]);
    root.report_misspelt(&["apiVersion", "kind", "metadata", "spec"]);
}

pub fn check_metadata(metadata: &FieldReader<'_>) {
    check(
        metadata,
        &[
            ("labels", Shape::Labels),
            ("annotations", Shape::Labels),
            ("tags", Shape::Texts),
            ("links", Shape::Links),
            ("title", Shape::Text),
            ("description", Shape::Text),
        ],
    );
    metadata.report_misspelt(METADATA);
}

pub fn check_spec(kind: &str, spec: &FieldReader<'_>, profile: Option<&FieldReader<'_>>) {
    let (taken, kept) = of_kind(kind);
    check(spec, kept);
    if let Some(profile) = profile {
        check(profile, &[("displayName", Shape::Text), ("email", Shape::Text), ("picture", Shape::Text)]);
        profile.report_misspelt(&["displayName", "email", "picture"]);
    }
    // Kept as a whole, with what the plan has no field for.
    spec.keep("profile");
    let known: Vec<&str> = taken.iter().copied().chain(kept.iter().map(|(name, _)| *name)).collect();
    spec.report_misspelt(&known);
}

/// Reports kept fields of the wrong shape.
fn check(fields: &FieldReader<'_>, shapes: &[(&str, Shape)]) {
    for (name, shape) in shapes {
        let Some(value) = fields.unasked(name) else { continue };
        if let Some(misfit) = shape.misfit(value) {
            let (noun, due) = (misfit.noun(), shape.in_words());
            let message = format!("“{name}” should be {due} but contains {noun}; kept as is");
            fields.report.say(Level::Warning, fields.report.place(misfit), message, "correct the value");
        }
    }
}
