//! What findings have in common: those of one rule with one cause are dealt with together.
//!
//! The cause is read from the finding itself, so that rules need not name it: somebody or something else that it is
//! about, or else the import that its subject came from.

use headroom_model::{EntityRef, Kind, Plan, field::field, with_row};

use crate::finding::{Finding, Rule};

/// A rule, and why it found something.
#[derive(Debug, Clone)]
pub struct FindingCause {
    pub rule: &'static Rule,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Why {
    /// A person, a team or a service that it is about, beside its subject.
    Entity(EntityRef),
    /// The format that the subject was imported from.
    Import(String),
}

impl FindingCause {
    /// The same as long as the cause is: `bus-factor-one/person/ada`.
    pub fn id(&self, plan: &Plan) -> String {
        match &self.why {
            Why::Entity(entity) => {
                [self.rule.id, "/", entity.kind.word(), "/", plan.key_of(*entity)].concat()
            }
            Why::Import(source) => [self.rule.id, "/import/", source].concat(),
        }
    }

    /// What its findings have in common, as words behind the title of the rule.
    pub fn words(&self, plan: &Plan) -> String {
        match &self.why {
            Why::Entity(entity) => plan.name_of(*entity),
            Why::Import(source) => format!("imported from {source}"),
        }
    }
}

/// Labels of evidence that lists what a finding is about, and not why it is one.
const NO_CAUSES: [&str; 12] = [
    "All services",
    "Backup",
    "Checklist",
    "Connects",
    "Dependents",
    "Matching templates",
    "New hires",
    "New owner",
    "Other roles",
    "Owns",
    "Remains",
    "Services",
];

/// The cause of a finding; none if it is alone with it.
pub fn cause_of(plan: &Plan, finding: &Finding) -> Option<FindingCause> {
    let entity = one_entity(finding).map(Why::Entity);
    let why = entity.or_else(|| source_of(plan, finding.subject).map(Why::Import))?;
    Some(FindingCause { rule: finding.rule, why })
}

/// The only entity of the first evidence that has one alone.
fn one_entity(finding: &Finding) -> Option<EntityRef> {
    let of_cause = finding.evidence.iter().filter(|evidence| !NO_CAUSES.contains(&evidence.label.as_ref()));
    let mut entities = of_cause.map(|evidence| evidence.entities.as_slice());
    entities.find_map(|entities| match entities {
        [one] if *one != finding.subject && is_cause(one.kind) => Some(*one),
        _ => None,
    })
}

fn is_cause(kind: Kind) -> bool {
    matches!(kind, Kind::Team | Kind::Person | Kind::Service | Kind::Position)
}

/// The format that an entity was imported from.
fn source_of(plan: &Plan, subject: EntityRef) -> Option<String> {
    let source = with_row!(plan, subject, row => text_of(row, "source"));
    source.flatten()
}

fn text_of<T: headroom_model::Entity>(row: &T, name: &str) -> Option<String> {
    field::<T>(name).and_then(|field| field.value(row).as_text().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Person, Service};

    use super::*;
    use crate::{finding::Evidence, rule};

    fn finding(subject: EntityRef) -> Finding {
        let rule = rule("ownership-unconfirmed").unwrap();
        Finding {
            id: String::new(),
            rule,
            severity: rule.severity,
            subject,
            message: String::new(),
            evidence: Vec::new(),
            team: None,
            weight: 0,
            day: None,
        }
    }

    #[test]
    fn the_cause_is_one_other_entity_or_else_the_import() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (imported, typed) = (draft.new_id::<Service>(), draft.new_id::<Service>());
        let ada = draft.new_id::<Person>();
        let service = |id, key: &str| Service { id, key: key.into(), name: key.into(), ..Service::default() };
        draft.put(Service { source: Some("backstage".into()), ..service(imported, "checkout") });
        draft.put(service(typed, "search"));
        draft.put(Person { id: ada, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let id = |finding: &Finding| cause_of(&plan, finding).map(|cause| cause.id(&plan));
        let told = |label, entities: &[EntityRef]| {
            id(&finding(imported.into()).with(Evidence::entities(label, entities.iter().copied())))
        };
        let import = Some("ownership-unconfirmed/import/backstage".to_owned());
        assert_eq!(told("Owner", &[ada.into()]).as_deref(), Some("ownership-unconfirmed/person/ada"));
        assert_eq!(told("Owner", &[ada.into(), typed.into()]), import, "of two, neither is the cause");
        assert_eq!(told("Dependents", &[typed.into()]), import, "what it leads to is no cause");
        assert_eq!(told("Owner", &[imported.into()]), import, "the subject itself is none");
        assert_eq!(id(&finding(typed.into())), None, "entered by hand");
    }
}
