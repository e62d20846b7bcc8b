//! Reads one entity descriptor.

use headroom_files::{
    Level, Place,
    records::{OwnerRef, Stated},
    shortened,
};
use headroom_model::Link;
use serde_json::{Map, Value};

use crate::catalog::{
    field_reader::{FieldReader, is_template},
    located_value::{LocatedContent, LocatedValue},
};

/// An entity with its own fields, without its relations.
pub struct CortexEntity {
    pub place: Place,
    pub tag: String,
    /// Type in lower case; `service` if none is given.
    pub kind: String,
    pub title: Stated<String>,
    pub description: Stated<String>,
    pub groups: Stated<Vec<String>>,
    pub links: Stated<Vec<Link>>,
    pub url: Stated<String>,
    pub owners: Vec<CortexOwner>,
    pub parents: Vec<Related>,
    pub children: Vec<Related>,
    pub dependencies: Vec<Related>,
    pub extra: String,
}

pub struct CortexOwner {
    pub owner: OwnerRef,
    pub place: Place,
    pub inheritance: Inheritance,
}

/// What happens to the owner of a domain in its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inheritance {
    None,
    /// It owns children that have no owner.
    Fallback,
    /// It owns the children as well.
    Append,
}

/// A reference to another entity by its tag.
pub struct Related {
    pub tag: String,
    pub place: Place,
}

impl CortexEntity {
    /// None, with a diagnostic, if the entity has no tag.
    pub fn of(info: &FieldReader<'_>) -> Option<Self> {
        let Some(tag) = info.filled("x-cortex-tag") else {
            let message = "entity has no “x-cortex-tag”; skipped";
            info.report.say(Level::Error, info.place.clone(), message, "add a tag");
            return None;
        };
        if is_template(&tag) {
            let message = format!("tag “{}” is an unfilled template placeholder; skipped", shortened(&tag));
            info.say(
                Level::Warning,
                "x-cortex-tag",
                message,
                "fill in the tag, or exclude the file if it is a template",
            );
            return None;
        }
        let has_links = info.has("x-cortex-link") || info.has("x-cortex-links");
        let mut links = info.links("x-cortex-link", &["name"], &["url"]);
        links.extend(info.links("x-cortex-links", &["name"], &["url"]));
        let kind = info.filled("x-cortex-type").unwrap_or_else(|| "service".to_owned());
        Some(Self {
            place: info.place_of("x-cortex-tag"),
            tag,
            kind: kind.to_lowercase(),
            title: info.filled("title"),
            description: info.text("description").map(|text| text.trim().to_owned()),
            groups: groups(info),
            links: has_links.then_some(links),
            url: info.has("x-cortex-git").then(|| repository(info).unwrap_or_default()),
            owners: owners(info),
            parents: ["x-cortex-parents", "x-cortex-domain-parents"]
                .into_iter()
                .flat_map(|name| related(info, name))
                .collect(),
            children: related(info, "x-cortex-children"),
            dependencies: related(info, "x-cortex-dependency"),
            extra: String::new(),
        })
    }
}

/// `x-cortex-groups`, and its former name `x-cortex-service-groups`.
fn groups(info: &FieldReader<'_>) -> Stated<Vec<String>> {
    let (new, old) = (info.words("x-cortex-groups"), info.words("x-cortex-service-groups"));
    match (new, old) {
        (Some(new), Some(old)) => Some(new.into_iter().chain(old).collect()),
        (new, old) => new.or(old),
    }
}

fn owners(info: &FieldReader<'_>) -> Vec<CortexOwner> {
    let mut owners = Vec::new();
    for item in info.items("x-cortex-owners") {
        let place = info.report.place(item);
        if let Some(text) = item.text().map(str::trim).filter(|text| !text.is_empty()) {
            let owner = if text.contains('@') { OwnerRef::person(text) } else { OwnerRef::team(text) };
            owners.push(CortexOwner { owner, place, inheritance: Inheritance::None });
            continue;
        }
        let Some(fields) = FieldReader::of(item, "an owner", info.report) else { continue };
        let kind = fields.filled("type").unwrap_or_default().to_lowercase();
        let inheritance = match fields.filled("inheritance").unwrap_or_default().to_lowercase().as_str() {
            "append" => Inheritance::Append,
            "fallback" => Inheritance::Fallback,
            _ => Inheritance::None,
        };
        let email = fields.filled("email");
        let owner = match (kind.as_str(), email, fields.filled("name")) {
            ("email", Some(email), _) | ("email", None, Some(email)) => OwnerRef::person(email),
            ("group" | "", _, Some(name)) => OwnerRef::team(name),
            ("", Some(email), None) => OwnerRef::person(email),
            ("slack", ..) => {
                let message = "a Slack channel can’t be an owner; ignored";
                info.report.say(
                    Level::Note,
                    place,
                    message,
                    "no action needed: the other owners were imported",
                );
                continue;
            }
            (other, ..) => {
                let message = match other {
                    "group" | "email" | "" => "owner has no name; ignored".to_owned(),
                    other => format!("unknown owner type “{}”; ignored", shortened(other)),
                };
                let advice = "use type: group with a name, or type: email with an email";
                info.report.say(Level::Error, place, message, advice);
                continue;
            }
        };
        owners.push(CortexOwner { owner, place, inheritance });
    }
    owners
}

/// References in any form: `- tag: a`, `- cortexTag: a`, `- a`, a single one without the list, a list for each method
/// of detection.
fn related(info: &FieldReader<'_>, name: &str) -> Vec<Related> {
    let mut related: Vec<Related> = Vec::new();
    for item in info.items(name) {
        let tag = match &item.content {
            LocatedContent::Nothing => continue,
            LocatedContent::Text { .. } => item.text().map(|text| text.trim().to_owned()),
            _ => tag_in(item, name, info),
        };
        let Some(tag) = tag.filter(|tag| !tag.is_empty()) else { continue };
        if !related.iter().any(|known| known.tag == tag) {
            related.push(Related { tag, place: info.report.place(item) });
        }
    }
    related
}

fn tag_in(item: &LocatedValue, name: &str, info: &FieldReader<'_>) -> Option<String> {
    let fields = FieldReader::of(item, &format!("a value in “{name}”"), info.report)?;
    let tag = ["tag", "cortexTag", "x-cortex-tag"].into_iter().find_map(|name| fields.filled(name));
    if tag.is_none() {
        let message = format!("a value in “{name}” has no tag; ignored");
        info.report.say(Level::Error, fields.place.clone(), message, "write it as “tag: …”");
    }
    tag
}

/// Address of the code. Anything else about the repository stays in `extra`.
fn repository(info: &FieldReader<'_>) -> Option<String> {
    let git = info.fields("x-cortex-git")?;
    info.keep("x-cortex-git");
    for (provider, host) in
        [("github", "github.com"), ("gitlab", "gitlab.com"), ("bitbucket", "bitbucket.org")]
    {
        let Some(fields) = git.fields(provider) else { continue };
        if let Some(name) = fields.filled("repository") {
            return Some(match name.contains("://") {
                true => name,
                false => format!("https://{host}/{}", name.trim_matches('/')),
            });
        }
    }
    None
}

/// What the plan has no field for: the rest of `info`, and the extensions beside it.
pub fn extra(root: &FieldReader<'_>, info: &FieldReader<'_>) -> String {
    let mut rest: Map<String, Value> = root.rest();
    // The interface of a service is not part of a plan.
    for name in ["openapi", "swagger", "paths", "components", "servers", "tags", "security"] {
        rest.remove(name);
    }
    let mut of_info = info.rest();
    of_info.remove("version");
    if !of_info.is_empty() {
        rest.insert("info".to_owned(), Value::Object(of_info));
    }
    info.extra(rest)
}
