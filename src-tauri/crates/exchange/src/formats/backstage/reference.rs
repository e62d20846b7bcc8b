//! References between entities of a catalog.

/// A reference `[kind:][namespace/]name` with its defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BackstageRef {
    /// Lower case.
    pub kind: String,
    pub namespace: String,
    pub name: String,
}

const DEFAULT_NAMESPACE: &str = "default";

impl BackstageRef {
    pub fn parse(text: &str, default_kind: &str, default_namespace: &str) -> Self {
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((default_kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or((default_namespace, rest));
        let part = |part: &str, default: &str| {
            if part.is_empty() { default.to_owned() } else { part.to_lowercase() }
        };
        Self {
            kind: part(kind, default_kind),
            namespace: part(namespace, DEFAULT_NAMESPACE),
            name: name.to_owned(),
        }
    }

    /// The entity's key in a plan.
    pub fn key(&self) -> String {
        let name = match self.namespace.as_str() {
            DEFAULT_NAMESPACE => self.name.clone(),
            namespace => format!("{namespace}/{}", self.name),
        };
        match self.kind.as_str() {
            kind @ ("api" | "resource") => format!("{kind}:{name}"),
            _ => name,
        }
    }

    /// The reference of a key, for the kind that the entity has in a catalog.
    pub fn from_key(key: &str, kind: &str) -> Self {
        let rest = key.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')).unwrap_or(key);
        let (namespace, name) = rest.rsplit_once('/').unwrap_or((DEFAULT_NAMESPACE, rest));
        Self { kind: kind.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() }
    }

    pub fn is_default_namespace(&self) -> bool {
        self.namespace == DEFAULT_NAMESPACE
    }

    /// The shortest text, given a default kind and namespace.
    pub fn to_text(&self, default_kind: &str, default_namespace: &str) -> String {
        let name = if self.namespace == default_namespace {
            self.name.clone()
        } else {
            format!("{}/{}", self.namespace, self.name)
        };
        if self.kind == default_kind { name } else { format!("{}:{name}", self.kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_short_and_full_references() {
        let key = |text: &str, kind: &str| BackstageRef::parse(text, kind, "default").key();
        assert_eq!(key("team-a", "group"), "team-a");
        assert_eq!(key("user:default/anna", "group"), "anna");
        assert_eq!(key("petstore", "api"), "api:petstore");
        assert_eq!(key("API:acme/petstore", "component"), "api:acme/petstore");
        assert_eq!(BackstageRef::parse("db", "resource", "acme").key(), "resource:acme/db");
        let back = BackstageRef::from_key("api:acme/petstore", "api");
        assert_eq!(
            (back.to_text("api", "default"), back.to_text("component", "acme")),
            ("acme/petstore".into(), "api:petstore".into())
        );
    }
}
