use std::path::Path;

use chrono::NaiveDate;
use headroom_model::{
    Dependency, Entity as _, Grouping, GroupingId, GroupingKind, Link, Owner, Person, PersonId, Plan,
    Service, ServiceId, Snapshot, Span, Team, TeamId, role,
};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::{
    entity::API_VERSION,
    read::{CONSUMES, PROVIDED},
    reference::Reference,
};
use crate::{error::WriteError, format::ExportOptions, problem::Problem};

/// Writes one file with a document an entity. The format has no dates: what has ended by the day is left out.
pub fn write(snapshot: &Snapshot, out: &Path, _: &ExportOptions) -> Result<Vec<Problem>, WriteError> {
    let plan = snapshot.plan();
    let writer = Writer::new(plan, snapshot.day());
    let mut text = String::new();
    let mut add = |document: Value| -> Result<(), WriteError> {
        text.push_str("---\n");
        let document =
            serde_saphyr::to_string(&document).map_err(|error| WriteError::Value(error.to_string()))?;
        text.push_str(&document);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(())
    };
    for domain in plan
        .groupings
        .iter()
        .filter(|row| row.kind == GroupingKind::Domain && writer.is_told(row.span(), row.unconfirmed))
    {
        add(writer.grouping(domain))?;
    }
    for system in plan
        .groupings
        .iter()
        .filter(|row| row.kind == GroupingKind::System && writer.is_told(row.span(), row.unconfirmed))
    {
        add(writer.grouping(system))?;
    }
    for team in plan.teams.iter().filter(|row| writer.is_told(row.span(), row.unconfirmed)) {
        add(writer.team(team))?;
    }
    for person in plan.people.iter().filter(|row| writer.is_told(row.span(), row.unconfirmed)) {
        add(writer.person(person))?;
    }
    for service in plan.services.iter().filter(|row| writer.is_told(row.span(), row.unconfirmed)) {
        add(writer.service(service))?;
    }
    crate::files::write_file(out, text)?;
    Ok(Vec::new())
}

struct Writer<'a> {
    plan: &'a Plan,
    day: NaiveDate,
    needs: FxHashMap<ServiceId, Vec<&'a Dependency>>,
    /// APIs by the component that provides them.
    provides: FxHashMap<ServiceId, Vec<ServiceId>>,
    owners: FxHashMap<ServiceId, Owner>,
    teams_of: FxHashMap<PersonId, Vec<TeamId>>,
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, day: NaiveDate) -> Self {
        let mut writer = Self {
            plan,
            day,
            needs: FxHashMap::default(),
            provides: FxHashMap::default(),
            owners: FxHashMap::default(),
            teams_of: FxHashMap::default(),
        };
        let lasts = |span: Span| span.until.is_none_or(|until| until >= day);
        for row in plan.dependencies.iter().filter(|row| lasts(row.span())) {
            match row.kind.as_str() {
                PROVIDED if kind_of(plan, row.service) == "api" => {
                    writer.provides.entry(row.depends_on).or_default().push(row.service);
                }
                _ => writer.needs.entry(row.service).or_default().push(row),
            }
        }
        for row in plan.ownerships.iter().filter(|row| row.role == role::OWNER && lasts(row.span())) {
            writer.owners.entry(row.service).or_insert(row.owner);
        }
        for row in plan.memberships.iter().filter(|row| lasts(row.span())) {
            let teams = writer.teams_of.entry(row.person).or_default();
            if !teams.contains(&row.team) {
                teams.push(row.team);
            }
        }
        writer
    }

    fn lasts(&self, span: Span) -> bool {
        span.until.is_none_or(|until| until >= self.day)
    }

    fn is_told(&self, span: Span, is_stub: bool) -> bool {
        !is_stub && self.lasts(span)
    }

    fn owner(&self, owner: Owner, namespace: &str) -> Value {
        let reference = match owner {
            Owner::Team(id) => self.plan.teams.get(id).map(|row| Reference::from_key(&row.key, "group")),
            Owner::Person(id) => self.plan.people.get(id).map(|row| Reference::from_key(&row.key, "user")),
        };
        reference.map_or(Value::Null, |reference| reference.to_text("group", namespace).into())
    }

    fn team_text(&self, id: TeamId, namespace: &str) -> Option<String> {
        let team = self.plan.teams.get(id)?;
        Some(Reference::from_key(&team.key, "group").to_text("group", namespace))
    }

    fn grouping_text(&self, id: GroupingId, kind: &str, namespace: &str) -> Option<String> {
        let row = self.plan.groupings.get(id)?;
        Some(Reference::from_key(&row.key, kind).to_text(kind, namespace))
    }

    fn grouping(&self, row: &Grouping) -> Value {
        let kind = row.kind.noun();
        let mut document = Document::new(kind, &row.key, &row.name, &row.extra);
        document.describe(&row.description, &row.tags, &row.links);
        let parent = row.parent.and_then(|id| self.grouping_text(id, "domain", &document.namespace));
        document.set(if row.kind == GroupingKind::System { "domain" } else { "subdomainOf" }, parent);
        document.set("owner", row.owner.map(|owner| self.owner(owner, &document.namespace)));
        document.finish()
    }

    fn team(&self, row: &Team) -> Value {
        let mut document = Document::new("group", &row.key, &row.name, &row.extra);
        document.describe(&row.description, &[], &[]);
        document.set("type", (!row.kind.is_empty()).then(|| row.kind.clone()));
        document.set("parent", row.parent.and_then(|id| self.team_text(id, &document.namespace)));
        let children = self
            .plan
            .teams
            .iter()
            .filter(|team| team.parent == Some(row.id) && self.is_told(team.span(), team.unconfirmed));
        let children = children.filter_map(|child| self.team_text(child.id, &document.namespace));
        document.add_to("children", children.map(Value::from).collect());
        document.finish()
    }

    fn person(&self, row: &Person) -> Value {
        let mut document = Document::new("user", &row.key, &row.name, &row.extra);
        if !row.email.is_empty() {
            document.profile("email", &row.email);
        }
        let teams = self.teams_of.get(&row.id).map_or(&[][..], Vec::as_slice);
        let teams = teams.iter().filter_map(|team| self.team_text(*team, &document.namespace));
        document.set("memberOf", Some(teams.collect::<Vec<_>>()));
        document.finish()
    }

    fn service(&self, row: &Service) -> Value {
        let kind = kind_of(self.plan, row.id);
        let mut document = Document::new(kind, &row.key, &row.name, &row.extra);
        document.describe(&row.description, &row.tags, &row.links);
        let of = match kind {
            "component" => row.kind.as_str(),
            kind => {
                row.kind.strip_prefix(kind).map_or(row.kind.as_str(), |rest| rest.trim_start_matches(": "))
            }
        };
        document.set("type", (!of.is_empty()).then(|| of.to_owned()));
        document.set("lifecycle", (!row.lifecycle.is_empty()).then(|| row.lifecycle.clone()));
        document.set("owner", self.owners.get(&row.id).map(|owner| self.owner(*owner, &document.namespace)));
        document
            .set("system", row.system.and_then(|id| self.grouping_text(id, "system", &document.namespace)));
        let needs = self.needs.get(&row.id).map_or(&[][..], Vec::as_slice);
        let (apis, others): (Vec<&Dependency>, Vec<&Dependency>) =
            needs.iter().partition(|need| need.kind == CONSUMES);
        let namespace = document.namespace.clone();
        // With the kind, as Backstage recommends.
        document.set("dependsOn", self.list(others.iter().map(|need| need.depends_on), "", &namespace));
        document.set("consumesApis", self.list(apis.iter().map(|need| need.depends_on), "api", &namespace));
        let provided = self.provides.get(&row.id).map_or(&[][..], Vec::as_slice);
        document.set("providesApis", self.list(provided.iter().copied(), "api", &namespace));
        document.finish()
    }

    fn reference(&self, id: ServiceId) -> Reference {
        let key = self.plan.services.get(id).map_or("", |row| row.key.as_str());
        Reference::from_key(key, kind_of(self.plan, id))
    }

    /// None for an empty list.
    fn list(&self, ids: impl Iterator<Item = ServiceId>, kind: &str, namespace: &str) -> Option<Vec<String>> {
        let list: Vec<String> = ids.map(|id| self.reference(id).to_text(kind, namespace)).collect();
        (!list.is_empty()).then_some(list)
    }
}

/// Which kind of catalog entity a service is; its key tells.
fn kind_of(plan: &Plan, id: ServiceId) -> &'static str {
    let key = plan.services.get(id).map_or("", |row| row.key.as_str());
    ["api", "resource"]
        .into_iter()
        .find(|kind| key.strip_prefix(kind).is_some_and(|rest| rest.starts_with(':')))
        .unwrap_or("component")
}

struct Document {
    /// Of the entity: where its references lead when they name none.
    namespace: String,
    whole: Map<String, Value>,
    metadata: Map<String, Value>,
    spec: Map<String, Value>,
}

impl Document {
    /// Starts from what the source said beyond a plan's fields.
    fn new(kind: &str, key: &str, name: &str, extra: &headroom_model::entity::Extra) -> Self {
        let mut whole = extra
            .get("backstage")
            .and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok())
            .unwrap_or_default();
        let mut part = |name: &str| match whole.remove(name) {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let (mut metadata, spec) = (part("metadata"), part("spec"));
        let reference = Reference::from_key(key, kind);
        whole.entry("apiVersion").or_insert_with(|| API_VERSION.into());
        let title = match kind {
            "api" => "API".to_owned(),
            _ => kind.chars().take(1).flat_map(char::to_uppercase).chain(kind.chars().skip(1)).collect(),
        };
        whole.insert("kind".to_owned(), title.into());
        if !reference.is_default_namespace() {
            metadata.insert("namespace".to_owned(), reference.namespace.clone().into());
        }
        let mut document = Self { namespace: reference.namespace, whole, metadata, spec };
        let shown = document.spec.get("profile").and_then(|profile| profile.get("displayName"));
        if shown.and_then(Value::as_str).is_some_and(|shown| !shown.is_empty()) {
            document.profile("displayName", name);
        } else if name != reference.name {
            document.metadata.insert("title".to_owned(), name.into());
        }
        document.metadata.insert("name".to_owned(), reference.name.into());
        document
    }

    fn describe(&mut self, description: &str, tags: &[String], links: &[Link]) {
        // The source's own text may say the same and end in blanks.
        let is_said = |text: &Value| text.as_str().is_some_and(|text| text.trim_end() == description);
        if description.is_empty() {
            self.metadata.remove("description");
        } else if !self.metadata.get("description").is_some_and(is_said) {
            self.metadata.insert("description".to_owned(), description.into());
        }
        if !tags.is_empty() {
            self.metadata.insert("tags".to_owned(), json!(tags));
        }
        if !links.is_empty() {
            let link = |link: &Link| {
                let mut fields: Map<String, Value> =
                    link.extra.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
                fields.insert("url".to_owned(), link.url.clone().into());
                if !link.title.is_empty() {
                    fields.insert("title".to_owned(), link.title.clone().into());
                }
                Value::Object(fields)
            };
            self.metadata.insert("links".to_owned(), links.iter().map(link).collect());
        }
    }

    fn set(&mut self, field: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.spec.insert(field.to_owned(), value.into());
        }
    }

    /// Adds to what the source's own text has there.
    fn add_to(&mut self, field: &str, items: Vec<Value>) {
        let list = self.spec.entry(field).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.extend(items);
        }
    }

    fn profile(&mut self, field: &str, text: &str) {
        let profile = self.spec.entry("profile").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(profile) = profile {
            profile.insert(field.to_owned(), text.into());
        }
    }

    fn finish(mut self) -> Value {
        self.whole.insert("metadata".to_owned(), Value::Object(self.metadata));
        self.whole.insert("spec".to_owned(), Value::Object(self.spec));
        Value::Object(self.whole)
    }
}
