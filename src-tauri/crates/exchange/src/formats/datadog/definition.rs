//! What definitions of every version have: a name, links and tags.

use headroom_files::{Level, shortened};
use headroom_model::Link;

use crate::catalog::field_reader::{FieldReader, is_template};

pub const ID: &str = "datadog";

/// The name; none, with a diagnostic, if it is missing or a template's placeholder.
pub fn name_in(fields: &FieldReader<'_>, name: &str) -> Option<String> {
    let Some(text) = fields.filled(name) else {
        let message = format!("definition has no “{name}”; skipped");
        fields.report.say(Level::Error, fields.place.clone(), message, "add a name");
        return None;
    };
    if is_template(&text) {
        let message = format!("name “{}” is an unfilled template placeholder; skipped", shortened(&text));
        fields.say(
            Level::Warning,
            name,
            message,
            "fill in the name, or exclude the file if it is a template",
        );
        return None;
    }
    Some(text)
}

/// Links, and contacts that have an address; an email becomes a `mailto:` link.
pub fn links(fields: &FieldReader<'_>) -> Option<Vec<Link>> {
    let lists = ["links", "repos", "docs", "contacts", "external-resources"];
    lists.iter().any(|name| fields.has(name)).then_some(())?;
    let mut links = Vec::new();
    for name in lists {
        for mut link in fields.links(name, &["name"], &["url", "contact"]) {
            if name == "contacts" && link.url.contains('@') && !link.url.contains(':') {
                link.url = format!("mailto:{}", link.url);
            }
            let kind = name.trim_end_matches('s');
            if name != "links" {
                link.extra.entry("type".to_owned()).or_insert_with(|| kind.to_owned());
            }
            if link.title.is_empty() {
                link.title = link.extra.get("type").cloned().unwrap_or_default();
            }
            links.push(link);
        }
    }
    Some(links)
}

/// The tags, and the languages as tags.
pub fn tags(fields: &FieldReader<'_>, languages: Option<Vec<String>>) -> Option<Vec<String>> {
    let tags = fields.words("tags");
    let languages = languages.map(|all| all.into_iter().map(|language| format!("language:{language}")));
    match (tags, languages) {
        (tags, None) => tags,
        (tags, Some(languages)) => Some(tags.unwrap_or_default().into_iter().chain(languages).collect()),
    }
}
