//! Writes a plan as a catalog.

use std::{cell::RefCell, path::Path, sync::Arc};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, WriteError, shortened};
use headroom_model::{
    DateRange, Dependency, Entity as _, EntityRef, Grouping, GroupingKind, Kind, Link, Membership, Owner,
    Ownership, Person, PersonId, Plan, Service, ServiceId, Snapshot, Team, TeamId, entity::Extra, role,
    wording::capitalized,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use super::{
    entity::{API_VERSION, HEARSAY, KEY},
    names::{BackstageNames, kind_of},
    read::{CONSUMES, PROVIDED},
    reference::BackstageRef,
    required_fields::MissingFields,
};

/// Writes one file with one document per entity. The format has no dates: what has ended by the day is left out.
/// Gives the entities that got another name, and what a catalog has no place for.
///
/// # Errors
/// As [`headroom_files::write_file`].
pub fn write(snapshot: &Snapshot, out: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    let writer = Writer::new(plan, snapshot.day(), out);
    let mut text = String::new();
    let mut missing = MissingFields::default();
    let mut add = |document: Value| -> Result<(), WriteError> {
        missing.note(&document);
        text.push_str("---\n");
        let document =
            serde_saphyr::to_string(&document).map_err(|error| WriteError::Value(error.to_string()))?;
        text.push_str(&document);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(())
    };
    for kind in [GroupingKind::Domain, GroupingKind::System] {
        let of_kind = plan.in_order::<Grouping>().into_iter().filter(|row| row.kind == kind);
        for row in of_kind.filter(|row| writer.has(row.date_range(), row.unconfirmed)) {
            add(writer.grouping(row))?;
        }
    }
    let teams = plan.in_order::<Team>().into_iter();
    for team in teams.filter(|row| writer.has(row.date_range(), row.unconfirmed)) {
        add(writer.team(team))?;
    }
    let people = plan.in_order::<Person>().into_iter();
    for person in people.filter(|row| writer.has(row.date_range(), row.unconfirmed)) {
        add(writer.person(person))?;
    }
    // In the order of the source: see the CSV folder.
    for service in plan.services.iter().filter(|row| writer.has(row.date_range(), row.unconfirmed)) {
        add(writer.service(service))?;
    }
    let mut hearsay: Vec<EntityRef> = writer.hearsay.take().into_iter().collect();
    hearsay.sort_unstable_by_key(|id| (id.kind, plan.key_of(*id)));
    for id in hearsay {
        add(writer.hearsay(id))?;
    }
    headroom_files::write_file(out, text)?;
    let place = Place::new(&writer.file, 0, 0);
    let mut problems = writer.problems.into_inner();
    problems.extend(missing.problems(&place));
    Ok(problems)
}

struct Writer<'a> {
    plan: &'a Plan,
    names: BackstageNames,
    day: NaiveDate,
    needs: FxHashMap<ServiceId, Vec<&'a Dependency>>,
    /// APIs by the component that provides them.
    provides: FxHashMap<ServiceId, Vec<ServiceId>>,
    owners: FxHashMap<ServiceId, Vec<Owner>>,
    teams_of: FxHashMap<PersonId, Vec<TeamId>>,
    file: Arc<str>,
    /// Unconfirmed entities that are referred to.
    hearsay: RefCell<FxHashSet<EntityRef>>,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, day: NaiveDate, out: &Path) -> Self {
        let mut writer = Self {
            plan,
            names: BackstageNames::new(plan),
            day,
            needs: FxHashMap::default(),
            provides: FxHashMap::default(),
            owners: FxHashMap::default(),
            teams_of: FxHashMap::default(),
            file: out.display().to_string().into(),
            hearsay: RefCell::default(),
            problems: RefCell::default(),
        };
        let lasts = |span: DateRange| span.until.is_none_or(|until| until >= day);
        for row in plan.in_order::<Dependency>().into_iter().filter(|row| lasts(row.date_range())) {
            match row.kind.as_str() {
                PROVIDED if kind_of(plan, row.service) == "api" => {
                    writer.provides.entry(row.depends_on).or_default().push(row.service);
                }
                _ => writer.needs.entry(row.service).or_default().push(row),
            }
        }
        let owners = plan.in_order::<Ownership>().into_iter().filter(|row| row.role == role::OWNER);
        for row in owners.filter(|row| lasts(row.date_range())) {
            let owners = writer.owners.entry(row.service).or_default();
            if !owners.contains(&row.owner) {
                owners.push(row.owner);
            }
        }
        for row in plan.in_order::<Membership>().into_iter().filter(|row| lasts(row.date_range())) {
            let teams = writer.teams_of.entry(row.person).or_default();
            if !teams.contains(&row.team) {
                teams.push(row.team);
            }
        }
        writer
    }

    /// Whether the catalog has it: it exists on the day or later, and is confirmed.
    fn has(&self, span: DateRange, is_hearsay: bool) -> bool {
        !is_hearsay && self.lasts(span)
    }

    fn lasts(&self, span: DateRange) -> bool {
        span.until.is_none_or(|until| until >= self.day)
    }

    fn tell(&self, level: Level, message: String, advice: &str) {
        let place = Place::new(&self.file, 0, 0);
        self.problems.borrow_mut().push(Diagnostic::new(level, place, message, advice));
    }

    /// A reference from a namespace. An unconfirmed entity gets a document, so that the reference resolves. None,
    /// with a report, for an entity that has ended.
    fn reference(&self, document: &Document, to: EntityRef, default_kind: &str) -> Option<String> {
        let (span, is_hearsay) = self.standing(to)?;
        let name = self.names.of(to)?;
        if !self.lasts(span) {
            let (one, other) = (&document.key, self.plan.key_of(to));
            let message = format!("{one} refers to {other}, which has ended by that date; reference skipped");
            self.tell(Level::Warning, message, "end the reference in the plan too");
            return None;
        }
        if is_hearsay {
            self.hearsay.borrow_mut().insert(to);
        }
        Some(name.to_text(default_kind, &document.name.namespace))
    }

    /// Date range of an entity of a catalog, and whether it is unconfirmed.
    fn standing(&self, of: EntityRef) -> Option<(DateRange, bool)> {
        let plan = self.plan;
        match of.kind {
            Kind::Team => plan.teams.get(of.id.into()).map(|row| (row.date_range(), row.unconfirmed)),
            Kind::Person => plan.people.get(of.id.into()).map(|row| (row.date_range(), row.unconfirmed)),
            Kind::Service => plan.services.get(of.id.into()).map(|row| (row.date_range(), row.unconfirmed)),
            Kind::Grouping => plan.groupings.get(of.id.into()).map(|row| (row.date_range(), row.unconfirmed)),
            _ => None,
        }
    }

    /// Starts a document from what the source stated beyond the plan's fields.
    fn document(&self, id: impl Into<EntityRef>, name: &str, extra: &Extra) -> Document {
        let id = id.into();
        let key = self.plan.key_of(id);
        let reference =
            self.names.of(id).cloned().unwrap_or_else(|| BackstageRef::from_key(key, "component"));
        let kept =
            extra.get("backstage").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let document = Document::new(reference, key, name, kept);
        if document.is_renamed() {
            let BackstageRef { kind, name, .. } = &document.name;
            let message = format!(
                "{kind} “{}” was written as {name}: its ID is not a valid Backstage name",
                shortened(key)
            );
            self.tell(
                Level::Note,
                message,
                "no action needed: re-importing the file recognises it by its annotation",
            );
        }
        document
    }

    /// Sets one of the owners; a catalog has room for one.
    fn set_owner(&self, document: &mut Document, owners: &[Owner]) {
        let Some((first, others)) = owners.split_first() else { return };
        if !others.is_empty() {
            let others: Vec<&str> = others.iter().map(|owner| self.plan.key_of((*owner).into())).collect();
            let (key, first) = (&document.key, self.plan.key_of((*first).into()));
            let message = format!("{key} has several owners; wrote {first}, skipped {}", others.join(", "));
            self.tell(Level::Warning, message, "a catalog allows one owner");
        }
        let owner = self.reference(document, (*first).into(), "group");
        document.set("owner", owner);
    }

    /// A document for an unconfirmed entity.
    fn hearsay(&self, id: EntityRef) -> Value {
        let name = match id.kind {
            Kind::Team => self.plan.teams.get(id.id.into()).map(|row| row.name.as_str()),
            Kind::Person => self.plan.people.get(id.id.into()).map(|row| row.name.as_str()),
            Kind::Service => self.plan.services.get(id.id.into()).map(|row| row.name.as_str()),
            _ => self.plan.groupings.get(id.id.into()).map(|row| row.name.as_str()),
        };
        let mut document = self.document(id, name.unwrap_or_default(), &Extra::new());
        document.annotate(HEARSAY, "true");
        match id.kind {
            Kind::Team => {
                document.set("type", Some("unknown"));
                document.add_to("children", Vec::new());
            }
            Kind::Person => document.set("memberOf", Some(json!([]))),
            Kind::Service => {
                document.set("type", Some("unknown"));
                document.set("lifecycle", Some("unknown"));
            }
            _ => {}
        }
        document.finish()
    }

    fn grouping(&self, row: &Grouping) -> Value {
        let mut document = self.document(row.id, &row.name, &row.extra);
        document.describe(&row.description, &row.tags, &row.links);
        let parent = row.parent.and_then(|id| self.reference(&document, id.into(), "domain"));
        document.set(if row.kind == GroupingKind::System { "domain" } else { "subdomainOf" }, parent);
        self.set_owner(&mut document, row.owner.as_slice());
        document.finish()
    }

    fn team(&self, row: &Team) -> Value {
        let mut document = self.document(row.id, &row.name, &row.extra);
        document.describe(&row.description, &[], &[]);
        document.set("type", (!row.kind.is_empty()).then(|| row.kind.clone()));
        let parent = row.parent.and_then(|id| self.reference(&document, id.into(), "group"));
        document.set("parent", parent);
        let is_child =
            |team: &&Team| team.parent == Some(row.id) && self.has(team.date_range(), team.unconfirmed);
        let mut children: Vec<&Team> = self.plan.teams.iter().filter(is_child).collect();
        self.plan.sort(&mut children);
        let children =
            children.into_iter().filter_map(|child| self.reference(&document, child.id.into(), "group"));
        let children = children.map(Value::from).collect();
        document.add_to("children", children);
        document.finish()
    }

    fn person(&self, row: &Person) -> Value {
        let mut document = self.document(row.id, &row.name, &row.extra);
        if !row.email.is_empty() {
            document.profile("email", &row.email);
        }
        let teams = self.teams_of.get(&row.id).map_or(&[][..], Vec::as_slice);
        let teams = teams.iter().filter_map(|team| self.reference(&document, (*team).into(), "group"));
        let teams: Vec<String> = teams.collect();
        document.set("memberOf", Some(teams));
        document.finish()
    }

    fn service(&self, row: &Service) -> Value {
        let kind = kind_of(self.plan, row.id);
        let mut document = self.document(row.id, &row.name, &row.extra);
        document.describe(&row.description, &row.tags, &row.links);
        let of = match kind {
            "component" => row.kind.as_str(),
            kind => {
                row.kind.strip_prefix(kind).map_or(row.kind.as_str(), |rest| rest.trim_start_matches(": "))
            }
        };
        document.set("type", (!of.is_empty()).then(|| of.to_owned()));
        document.set("lifecycle", (!row.lifecycle.is_empty()).then(|| row.lifecycle.clone()));
        self.set_owner(&mut document, self.owners.get(&row.id).map_or(&[][..], Vec::as_slice));
        let system = row.system.and_then(|id| self.reference(&document, id.into(), "system"));
        document.set("system", system);
        let needs = self.needs.get(&row.id).map_or(&[][..], Vec::as_slice);
        let (apis, others): (Vec<&Dependency>, Vec<&Dependency>) =
            needs.iter().partition(|need| need.kind == CONSUMES);
        // With the kind, as Backstage recommends.
        self.list(&mut document, "dependsOn", others.iter().map(|need| need.depends_on), "");
        self.list(&mut document, "consumesApis", apis.iter().map(|need| need.depends_on), "api");
        let provided = self.provides.get(&row.id).map_or(&[][..], Vec::as_slice);
        self.list(&mut document, "providesApis", provided.iter().copied(), "api");
        document.finish()
    }

    /// Adds nothing for an empty list.
    fn list(&self, document: &mut Document, field: &str, ids: impl Iterator<Item = ServiceId>, kind: &str) {
        let list: Vec<String> = ids.filter_map(|id| self.reference(document, id.into(), kind)).collect();
        document.set(field, (!list.is_empty()).then_some(list));
    }
}

struct Document {
    /// The entity's own name; its namespace is the default of its references.
    name: BackstageRef,
    /// Key in the plan.
    key: String,
    whole: Map<String, Value>,
    metadata: Map<String, Value>,
    spec: Map<String, Value>,
}

impl Document {
    fn new(name: BackstageRef, key: &str, title: &str, mut whole: Map<String, Value>) -> Self {
        let mut part = |name: &str| match whole.remove(name) {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let (metadata, spec) = (part("metadata"), part("spec"));
        whole.entry("apiVersion").or_insert_with(|| API_VERSION.into());
        let kind = match name.kind.as_str() {
            "api" => "API".to_owned(),
            kind => capitalized(kind),
        };
        whole.insert("kind".to_owned(), kind.into());
        let mut document = Self { name, key: key.to_owned(), whole, metadata, spec };
        document.metadata.remove("namespace");
        if !document.name.is_default_namespace() {
            document.metadata.insert("namespace".to_owned(), document.name.namespace.clone().into());
        }
        let shown = document.spec.get("profile").and_then(|profile| profile.get("displayName"));
        if shown.and_then(Value::as_str).is_some_and(|shown| !shown.is_empty()) {
            document.profile("displayName", title);
        } else if title != document.name.name {
            document.metadata.insert("title".to_owned(), title.into());
        }
        document.metadata.insert("name".to_owned(), document.name.name.clone().into());
        if document.is_renamed() {
            document.annotate(KEY, key);
        }
        document
    }

    fn is_renamed(&self) -> bool {
        self.name.key() != self.key
    }

    fn annotate(&mut self, name: &str, text: &str) {
        let annotations = self.metadata.entry("annotations").or_insert_with(|| json!({}));
        if !annotations.is_object() {
            *annotations = json!({});
        }
        annotations[name] = text.into();
    }

    fn describe(&mut self, description: &str, tags: &[String], links: &[Link]) {
        // The source's own text may be the same with spaces at its end.
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

    /// Adds to the items that the source's own text has there.
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
