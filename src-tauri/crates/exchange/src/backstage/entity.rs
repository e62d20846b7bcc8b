use headroom_model::Link;
use serde_json::{Map, Value};

use super::reference::Reference;

/// A catalog entity with what it says about itself.
pub struct Entity {
    pub reference: Reference,
    pub metadata: Map<String, Value>,
    pub spec: Map<String, Value>,
    whole: Map<String, Value>,
}

/// What a plan keeps in fields of its own of an entity of this kind, in its metadata and its spec; the rest of a
/// document is kept as it is.
fn own_fields(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "group" => (&["name", "title", "description"], &["type", "parent", "children", "members"]),
        "user" => (&["name", "title"], &["memberOf"]),
        "system" => (&DESCRIBED, &["owner", "domain"]),
        "domain" => (&DESCRIBED, &["owner", "subdomainOf"]),
        _ => (
            &DESCRIBED,
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
        ),
    }
}

const DESCRIBED: [&str; 5] = ["name", "title", "description", "tags", "links"];

impl Entity {
    /// None when the document lacks a kind, or both a name and a title.
    pub fn from_document(value: Value) -> Option<Self> {
        let Value::Object(mut whole) = value else { return None };
        let object = |whole: &mut Map<String, Value>, name: &str| match whole.remove(name) {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let kind = text_of(whole.get("kind")?)?.to_lowercase();
        let (metadata, spec) = (object(&mut whole, "metadata"), object(&mut whole, "spec"));
        let name = metadata.get("name").and_then(text_of).unwrap_or_default().trim().to_owned();
        let namespace = metadata
            .get("namespace")
            .and_then(text_of)
            .unwrap_or_else(|| "default".to_owned())
            .to_lowercase();
        let entity = Self { reference: Reference { kind, namespace, name }, metadata, spec, whole };
        (!entity.key().is_empty()).then_some(entity)
    }

    /// By its name; one without goes by its title.
    pub fn key(&self) -> String {
        if self.is_nameless() { self.shown_name() } else { self.reference.key() }
    }

    pub fn is_nameless(&self) -> bool {
        self.reference.name.is_empty()
    }

    /// `spec.profile.displayName`, else the title, else the name.
    pub fn shown_name(&self) -> String {
        let name = self.profile("displayName");
        if name.is_empty() { self.title() } else { name }
    }

    /// The title, or the name where there is none.
    pub fn title(&self) -> String {
        let title = self.metadata.get("title").and_then(text_of).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| self.reference.name.clone())
    }

    pub fn description(&self) -> String {
        self.metadata.get("description").and_then(text_of).unwrap_or_default()
    }

    pub fn tags(&self) -> Vec<String> {
        texts(self.metadata.get("tags"))
    }

    pub fn links(&self) -> Vec<Link> {
        let Some(Value::Array(links)) = self.metadata.get("links") else { return Vec::new() };
        links.iter().filter_map(Value::as_object).filter_map(link).collect()
    }

    pub fn text(&self, field: &str) -> String {
        self.spec.get(field).and_then(text_of).unwrap_or_default()
    }

    pub fn profile(&self, field: &str) -> String {
        self.spec.get("profile").and_then(|profile| profile.get(field)).and_then(text_of).unwrap_or_default()
    }

    /// The references in a field, one or many; the second value is the key.
    pub fn references(&self, field: &str, default_kind: &str) -> Vec<Reference> {
        texts(self.spec.get(field))
            .iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| Reference::parse(text, default_kind, &self.reference.namespace))
            .collect()
    }

    pub fn reference_to(&self, field: &str, default_kind: &str) -> Option<Reference> {
        self.references(field, default_kind).into_iter().next()
    }

    /// Texts of which a plan's field would give back a little less: a title that only repeats the name, or that the
    /// display name covers, and a description that ends in blanks or a line break.
    fn exact_texts(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let title = self.metadata.get("title").filter(|title| {
            title.as_str() == Some(&self.reference.name) || !self.profile("displayName").is_empty()
        });
        let description = self.metadata.get("description").filter(|text| {
            text.as_str()
                .is_some_and(|text| text.ends_with(char::is_whitespace) && !text.trim_end().is_empty())
        });
        title.map(|title| ("title", title)).into_iter().chain(description.map(|text| ("description", text)))
    }

    /// What has no field in a plan, as JSON text; empty when nothing is left.
    pub fn extra(&self) -> String {
        let mut whole = self.whole.clone();
        whole.remove("kind");
        if whole.get("apiVersion").and_then(Value::as_str) == Some(API_VERSION) {
            whole.remove("apiVersion");
        }
        let (mut metadata, mut spec) = (self.metadata.clone(), self.spec.clone());
        let (own_metadata, own_spec) = own_fields(&self.reference.kind);
        own_metadata.iter().for_each(|field| drop(metadata.remove(*field)));
        own_spec.iter().for_each(|field| drop(spec.remove(*field)));
        for (field, value) in self.exact_texts() {
            metadata.insert(field.to_owned(), value.clone());
        }
        for (name, fields) in [("metadata", metadata), ("spec", spec)] {
            if !fields.is_empty() {
                whole.insert(name.to_owned(), Value::Object(fields));
            }
        }
        if whole.is_empty() { String::new() } else { Value::Object(whole).to_string() }
    }
}

pub const API_VERSION: &str = "backstage.io/v1alpha1";

fn link(fields: &Map<String, Value>) -> Option<Link> {
    let mut link = Link { url: fields.get("url").and_then(text_of)?, ..Link::default() };
    for (name, value) in fields {
        match (name.as_str(), text_of(value)) {
            ("url", _) | (_, None) => {}
            ("title", Some(title)) => link.title = title,
            (_, Some(text)) => drop(link.extra.insert(name.clone(), text)),
        }
    }
    Some(link)
}

/// A scalar as text: what looks like a number to YAML may be a name.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim_end().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The same field is a text here and a list there.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(text_of).collect(),
        Some(one) => text_of(one).into_iter().collect(),
        None => Vec::new(),
    }
}
