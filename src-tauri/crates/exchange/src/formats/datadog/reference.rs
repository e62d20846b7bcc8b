//! References between entities of v3.

/// A reference `[kind:][namespace/]name`, such as `datastore:orders` or `service:default/cart`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatadogRef {
    pub kind: String,
    pub name: String,
}

impl DatadogRef {
    pub fn parse(text: &str) -> Self {
        let (kind, name) = text.trim().split_once(':').unwrap_or(("service", text.trim()));
        let name = name.strip_prefix("default/").unwrap_or(name);
        Self { kind: kind.to_lowercase(), name: name.to_owned() }
    }

    pub fn new(kind: &str, namespace: &str, name: &str) -> Self {
        let name = match namespace {
            "" | "default" => name.to_owned(),
            namespace => format!("{namespace}/{name}"),
        };
        Self { kind: kind.to_lowercase(), name }
    }

    /// Whether it is a group of services. Systems were once called applications.
    pub fn is_system(&self) -> bool {
        matches!(self.kind.as_str(), "system" | "application")
    }

    /// The entity's key in a plan.
    pub fn key(&self) -> String {
        match self.kind.as_str() {
            "service" | "" => self.name.clone(),
            _ if self.is_system() => self.name.clone(),
            kind => format!("{kind}:{}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_short_and_full_references() {
        let key = |text: &str| DatadogRef::parse(text).key();
        assert_eq!(key("cart"), "cart");
        assert_eq!(key("service:default/cart"), "cart");
        assert_eq!(key("Datastore:orders"), "datastore:orders");
        assert_eq!(key("queue:acme/jobs"), "queue:acme/jobs");
        assert_eq!(DatadogRef::new("queue", "acme", "jobs"), DatadogRef::parse("queue:acme/jobs"));
    }
}
