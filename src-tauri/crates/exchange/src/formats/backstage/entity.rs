//! Reads one entity of a catalog.

use headroom_files::{Level, shortened};
use headroom_model::Link;
use serde_json::Value;

use super::{reference::BackstageRef, schema};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::{LocatedContent, LocatedValue},
};

/// An entity of a catalog. Faults in a field are reported when the field is read.
pub struct BackstageEntity<'n> {
    pub reference: BackstageRef,
    root: FieldReader<'n>,
    metadata: FieldReader<'n>,
    annotations: Option<&'n LocatedValue>,
    spec: Option<FieldReader<'n>>,
    profile: Option<FieldReader<'n>>,
}

impl<'n> BackstageEntity<'n> {
    /// None if the document lacks a kind, or both a name and a title.
    pub fn of(document: &'n LocatedValue, report: &'n Diagnostics) -> Option<Self> {
        document.entries()?;
        let root = FieldReader::of(document, "the document", report)?;
        let kind = root.filled("kind")?.to_lowercase();
        let metadata = root.fields("metadata")?;
        let name = metadata.text("name").unwrap_or_default().trim().to_owned();
        let namespace = metadata.filled("namespace").unwrap_or_else(|| "default".to_owned()).to_lowercase();
        let spec = root.fields("spec");
        let profile = spec.as_ref().and_then(|spec| spec.fields("profile"));
        let annotations = metadata.unasked("annotations");
        let reference = BackstageRef { kind, namespace, name };
        let entity = Self { reference, root, metadata, annotations, spec, profile };
        (!entity.key().is_empty()).then_some(entity)
    }

    /// The entity's key in a plan; without a name, made of the title.
    pub fn key(&self) -> String {
        if let Some(key) = self.noted_key() {
            return key;
        }
        if self.is_nameless() { self.shown_name() } else { self.reference.key() }
    }

    /// The key that an export noted, if the name is another one.
    pub fn noted_key(&self) -> Option<String> {
        self.annotation(KEY).map(str::to_owned)
    }

    /// Whether an export wrote it as unconfirmed, only for others to refer to.
    pub fn is_hearsay(&self) -> bool {
        self.annotation(HEARSAY).is_some()
    }

    fn annotation(&self, name: &str) -> Option<&'n str> {
        let entry = self.annotations?.entries()?.iter().find(|entry| entry.name == name)?;
        entry.value.text().filter(|text| !text.is_empty())
    }

    pub fn is_nameless(&self) -> bool {
        self.reference.name.is_empty()
    }

    /// `spec.profile.displayName`, otherwise the title, otherwise the name.
    pub fn shown_name(&self) -> String {
        let name = self.profile("displayName");
        if name.is_empty() { self.title() } else { name }
    }

    /// The title, or the name without one.
    pub fn title(&self) -> String {
        let title = self.metadata.text("title").filter(|title| !title.is_empty());
        title.unwrap_or_else(|| self.reference.name.clone())
    }

    pub fn description(&self) -> String {
        self.metadata.text("description").unwrap_or_default()
    }

    pub fn tags(&self) -> Vec<String> {
        self.metadata.words("tags").unwrap_or_default()
    }

    pub fn links(&self) -> Vec<Link> {
        self.metadata.links("links", &["title"], &["url"])
    }

    pub fn text(&self, field: &str) -> String {
        self.spec.as_ref().and_then(|spec| spec.text(field)).unwrap_or_default()
    }

    pub fn profile(&self, field: &str) -> String {
        self.profile.as_ref().and_then(|profile| profile.text(field)).unwrap_or_default()
    }

    /// The references in a list, or a single one.
    pub fn references(&self, field: &str, default_kind: &str) -> Vec<BackstageRef> {
        let Some(spec) = &self.spec else { return Vec::new() };
        let items = spec.items(field).iter();
        items.filter_map(|item| self.reference_in(item, field, default_kind)).collect()
    }

    /// A single reference; a list of one is accepted.
    pub fn reference_to(&self, field: &str, default_kind: &str) -> Option<BackstageRef> {
        let spec = self.spec.as_ref()?;
        match &spec.node(field)?.content {
            LocatedContent::Map(_) => self.reference_in(spec.node(field)?, field, default_kind),
            LocatedContent::List(items)
                if matches!(items.as_slice(), [LocatedValue { content: LocatedContent::Map(_), .. }]) =>
            {
                let message = format!("“{field}” is a list; its only value was used");
                spec.report.say(Level::Warning, spec.place_of(field), message, "write it as a single value");
                self.reference_in(&items[0], field, default_kind)
            }
            _ => {
                let text = spec.filled(field)?;
                let reference = BackstageRef::parse(&text, default_kind, &self.reference.namespace);
                // Owners separated by commas are read one by one.
                if field == "owner" && text.contains(',') {
                    return Some(reference);
                }
                self.fitting(reference, spec.node(field)?, field, default_kind)
            }
        }
    }

    /// The owners. The format allows one; several in a list, or separated by commas, are reported and accepted.
    pub fn owners(&self) -> Vec<BackstageRef> {
        let Some(spec) = &self.spec else { return Vec::new() };
        let tell_several = |count: usize| {
            let message = format!("“owner” lists {count} owners but a catalog allows one; all were imported");
            let place =
                spec.node("owner").map_or_else(|| spec.place_of("owner"), |node| spec.report.place(node));
            spec.report.say(Level::Warning, place, message, "name one owner");
        };
        if let Some(LocatedValue { content: LocatedContent::List(items), .. }) = spec.node("owner")
            && items.len() > 1
        {
            tell_several(items.len());
            let owners = items.iter().filter_map(|item| self.reference_in(item, "owner", "group"));
            return owners.collect();
        }
        let Some(owner) = self.reference_to("owner", "group") else {
            if spec.has("owner") && spec.node("owner").is_some_and(|node| node.text() == Some("")) {
                spec.say(Level::Note, "owner", "“owner” is empty", "name the team that owns it");
            }
            return Vec::new();
        };
        let text = spec.node("owner").and_then(LocatedValue::text).unwrap_or_default();
        if !text.contains(',') {
            return vec![owner];
        }
        let names: Vec<&str> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        tell_several(names.len());
        let parsed = names.iter().map(|name| BackstageRef::parse(name, "group", &self.reference.namespace));
        let node = spec.node("owner");
        parsed.filter_map(|owner| self.fitting(owner, node?, "owner", "group")).collect()
    }

    /// The reference, if its kind is allowed in the field.
    fn fitting(
        &self,
        reference: BackstageRef,
        node: &LocatedValue,
        field: &str,
        default_kind: &str,
    ) -> Option<BackstageRef> {
        let kinds = schema::kinds_of(field, default_kind);
        if kinds.contains(&reference.kind.as_str()) {
            return Some(reference);
        }
        let report = self.root.report;
        let (kind, name) = (shortened(&reference.kind), shortened(&reference.name));
        let due = kinds.join(" or ");
        let message = format!("“{name}” in “{field}” has kind {kind}, expected {due}; ignored");
        report.say(Level::Error, report.place(node), message, "use a reference of the right kind");
        None
    }

    /// A reference as text, `[kind:][namespace/]name`, or as a mapping.
    fn reference_in(&self, node: &LocatedValue, field: &str, default_kind: &str) -> Option<BackstageRef> {
        let report = self.root.report;
        let what = format!("a reference in “{field}”");
        let default_namespace = &self.reference.namespace;
        match &node.content {
            LocatedContent::Nothing => {
                report.say(
                    Level::Note,
                    report.place(node),
                    format!("{what} is empty"),
                    "fill it in or remove it",
                );
                None
            }
            LocatedContent::Text { .. } => {
                let text = node.text()?.trim();
                if !node.is_wording() {
                    let message = format!("{what} is {}, not text; kept as written: {text}", node.noun());
                    report.say(Level::Note, report.place(node), message, "put it in quotes");
                }
                let parsed = || BackstageRef::parse(text, default_kind, default_namespace);
                let reference = (!text.is_empty()).then(parsed)?;
                self.fitting(reference, node, field, default_kind)
            }
            LocatedContent::List(_) => {
                let message = format!("{what} is a list; ignored");
                report.say(Level::Error, report.place(node), message, "write [kind:][namespace/]name");
                None
            }
            LocatedContent::Map(_) => {
                let fields = FieldReader::of(node, &what, report)?;
                let (name, kind) = (fields.filled("name"), fields.filled("kind"));
                let namespace = fields.filled("namespace");
                let Some(name) = name else {
                    let message = format!("{what} has no name; ignored");
                    report.say(Level::Error, report.place(node), message, "write [kind:][namespace/]name");
                    return None;
                };
                for other in fields.rest().keys() {
                    let message = format!("unknown field “{}” in a reference; ignored", shortened(other));
                    fields.say(Level::Warning, other, message, "use kind, namespace and name");
                }
                let reference = BackstageRef {
                    kind: kind.unwrap_or_else(|| default_kind.to_owned()).to_lowercase(),
                    namespace: namespace.unwrap_or_else(|| default_namespace.clone()).to_lowercase(),
                    name,
                };
                self.fitting(reference, node, field, default_kind)
            }
        }
    }

    /// Texts that the plan's fields would not give back exactly: a title that repeats the name, or is hidden by the
    /// display name, and a description that ends in spaces or a line break.
    fn exact_texts(&self) -> impl Iterator<Item = (&'static str, String)> {
        let said = |field: &str| match &self.metadata.node(field)?.content {
            LocatedContent::Text { text, .. } => Some(text.clone()),
            _ => None,
        };
        let title = said("title").filter(|title| {
            title.is_empty() || *title == self.reference.name || !self.profile("displayName").is_empty()
        });
        let description = said("description")
            .filter(|text| text.ends_with(char::is_whitespace) && !text.trim_end().is_empty());
        title.map(|title| ("title", title)).into_iter().chain(description.map(|text| ("description", text)))
    }

    /// What the plan has no field for, as JSON text; empty if there is none. Must be read last: every field read
    /// before counts as taken.
    pub fn extra(&self) -> String {
        schema::check_root(&self.root);
        schema::check_metadata(&self.metadata);
        if let Some(spec) = &self.spec {
            schema::check_spec(&self.reference.kind, spec, self.profile.as_ref());
        }
        let mut whole = self.root.unused();
        if whole.get("apiVersion").and_then(Value::as_str) == Some(API_VERSION) {
            whole.remove("apiVersion");
        }
        let mut metadata = self.metadata.unused();
        if let Some(Value::Object(annotations)) = metadata.get_mut("annotations")
            && annotations.remove(KEY).is_some()
            && annotations.is_empty()
        {
            metadata.remove("annotations");
        }
        for (field, value) in self.exact_texts() {
            metadata.insert(field.to_owned(), value.into());
        }
        let spec = self.spec.as_ref().map(FieldReader::unused).unwrap_or_default();
        for (name, fields) in [("metadata", metadata), ("spec", spec)] {
            if !fields.is_empty() {
                whole.insert(name.to_owned(), Value::Object(fields));
            }
        }
        self.root.extra(whole)
    }
}

/// Annotations that exports write.
pub const KEY: &str = "headroom/key";
pub const HEARSAY: &str = "headroom/unconfirmed";

pub const API_VERSION: &str = "backstage.io/v1alpha1";
