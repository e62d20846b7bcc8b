//! Generic editing: sets fields of any entity by name, for the window and for scripts.

use serde_json::Value;

use crate::{
    change::{Change, Edit},
    draft::Draft,
    entity::{Breadth, EntityRef, EntityTable, Kind, Status},
    error::FieldError,
};

/// Sets these fields of the entity. A rename keeps the old name as an alias.
///
/// # Errors
/// [`FieldError`] with the field that does not exist or does not accept its value.
pub fn set(draft: &mut Draft<'_>, subject: EntityRef, values: &[(String, Value)]) -> Result<(), FieldError> {
    for_kind(subject.kind, SetFields { draft, id: Some(subject.id), values }).map(drop)
}

/// Creates an entity with these fields. One with a name and no key gets a key made from the name.
///
/// # Errors
/// As [`set`].
pub fn create(
    draft: &mut Draft<'_>,
    kind: Kind,
    values: &[(String, Value)],
) -> Result<EntityRef, FieldError> {
    for_kind(kind, SetFields { draft, id: None, values })
}

struct SetFields<'a, 'b, 'c> {
    draft: &'a mut Draft<'b>,
    id: Option<u64>,
    values: &'c [(String, Value)],
}

fn for_kind(kind: Kind, work: SetFields<'_, '_, '_>) -> Result<EntityRef, FieldError> {
    match kind {
        Kind::Team => work.run::<crate::Team>(),
        Kind::Person => work.run::<crate::Person>(),
        Kind::Membership => work.run::<crate::Membership>(),
        Kind::Grouping => work.run::<crate::Grouping>(),
        Kind::Service => work.run::<crate::Service>(),
        Kind::Ownership => work.run::<crate::Ownership>(),
        Kind::Dependency => work.run::<crate::Dependency>(),
        Kind::Interaction => work.run::<crate::Interaction>(),
        Kind::Position => work.run::<crate::Position>(),
        Kind::Assignment => work.run::<crate::Assignment>(),
        Kind::Assumption => work.run::<crate::Assumption>(),
        Kind::Budget => work.run::<crate::Budget>(),
        Kind::ExchangeRate => work.run::<crate::ExchangeRate>(),
        Kind::Holiday => work.run::<crate::Holiday>(),
        Kind::Approval => work.run::<crate::Approval>(),
        Kind::Template => work.run::<crate::Template>(),
        Kind::TemplateItem => work.run::<crate::TemplateItem>(),
        Kind::Checklist => work.run::<crate::Checklist>(),
        Kind::ChecklistItem => work.run::<crate::ChecklistItem>(),
        Kind::Setting => work.run::<crate::Setting>(),
    }
}

impl SetFields<'_, '_, '_> {
    fn run<T: EntityTable + Default>(self) -> Result<EntityRef, FieldError>
    where
        Change: From<Edit<T>>,
    {
        let plan = self.draft.plan();
        let (id, row) = match self.id {
            Some(id) => {
                let row = T::table(plan).get(id.into()).cloned();
                (
                    id,
                    row.ok_or_else(|| {
                        FieldError::new("id", format!("{} {id} is not in the plan", T::KIND.noun()))
                    })?,
                )
            }
            None => (self.draft.new_id::<T>().into(), T::default()),
        };
        let mut row = with_fields(&row, id, self.values)?;
        if self.id.is_none() {
            row = with_key(self.draft, row, id)?;
        }
        row.check()?;
        self.draft.put(row);
        Ok(EntityRef { kind: T::KIND, id })
    }
}

fn with_fields<T: EntityTable>(row: &T, id: u64, values: &[(String, Value)]) -> Result<T, FieldError> {
    let mut fields = object(row)?;
    fields.insert("id".into(), id.into());
    let mut row = row_from::<T>("id", fields.clone())?;
    for (field, value) in values {
        if field == "name" {
            keep_alias(&mut fields, value);
        }
        fields.insert(field.clone(), value.clone());
        // One at a time, so that an error names its field.
        row = row_from(field, fields.clone()).or_else(|refused| emptied(field, fields).ok_or(refused))?;
        fields = object(&row)?;
    }
    Ok(row)
}

/// The fields without an optional one that was cleared: a date, an amount, a reference.
fn emptied<T: EntityTable>(field: &str, mut fields: serde_json::Map<String, Value>) -> Option<T> {
    let value = fields.get_mut(field)?;
    let is_empty = value.as_str().is_some_and(|text| text.trim().is_empty());
    *value = Value::Null;
    if is_empty { row_from(field, fields).ok() } else { None }
}

fn keep_alias(fields: &mut serde_json::Map<String, Value>, name: &Value) {
    let Some(old) = fields.get("name").cloned() else { return };
    if old == *name || old == "" {
        return;
    }
    let aliases = fields.entry("aliases").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(aliases) = aliases {
        aliases.retain(|alias| alias != name);
        if !aliases.contains(&old) {
            aliases.push(old);
        }
    }
}

fn with_key<T: EntityTable>(draft: &Draft<'_>, row: T, id: u64) -> Result<T, FieldError> {
    if row.key().is_none_or(|key| !key.is_empty()) {
        return Ok(row);
    }
    let mut fields = object(&row)?;
    let name = fields.get("name").and_then(Value::as_str).unwrap_or_default();
    let stem = slug(name);
    let stem = if stem.is_empty() { format!("{}-{id}", T::KIND.noun()) } else { stem };
    let is_free = |key: &str| draft.plan().find_in::<T>(row.key_space(), key).is_none();
    let key = std::iter::once(stem.clone())
        .chain((2..).map(|n| format!("{stem}-{n}")))
        .find(|key| is_free(key))
        .unwrap_or(stem);
    fields.insert("key".into(), key.into());
    row_from("key", fields)
}

/// A key from a name: `Payments & Refunds` → `payments-refunds`; letters of any script are kept.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-").chars().take(80).collect()
}

fn object<T: EntityTable>(row: &T) -> Result<serde_json::Map<String, Value>, FieldError> {
    match serde_json::to_value(row) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(serde_json::Map::new()),
        Err(error) => Err(FieldError::new("id", error.to_string())),
    }
}

fn row_from<T: EntityTable>(field: &str, fields: serde_json::Map<String, Value>) -> Result<T, FieldError> {
    let value = fields.get(field).cloned().unwrap_or_default();
    let mut is_ignored = false;
    let row =
        serde_ignored::deserialize(Value::Object(fields), |path| is_ignored |= path.to_string() == field)
            .map_err(|_| FieldError::named(field, refusal(field, &value)))?;
    if is_ignored { Err(FieldError::named(field, "is not a known field")) } else { Ok(row) }
}

fn refusal(field: &str, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match field {
        "from" | "until" | "confirmed" | "expected_end" | "need_by" | "start" | "day" | "on" => {
            format!("must be a date such as 2027-03-12, not “{text}”")
        }
        "objective" => format!("must be an availability in percent such as 99.95, not “{text}”"),
        "pay" | "pay_up_to" | "amount" | "cap" => {
            format!("must be an amount such as 85000 EUR, not “{text}”")
        }
        "fte" | "seats" => format!("must be a full-time equivalent such as 0.6, not “{text}”"),
        "status" => format!("must be one of {}, not “{text}”", words(&Status::ALL.map(Status::word))),
        "breadth" => format!("must be one of {}, not “{text}”", words(&Breadth::ALL.map(Breadth::word))),
        "rate" => format!("must be a rate such as 1.0825, not “{text}”"),
        "currency" => format!("must be a currency such as EUR, not “{text}”"),
        "value" => format!("must be a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%, not “{text}”"),
        "priority" => format!("must be a number from 1 to 255, not “{text}”"),
        _ => format!("cannot be set to “{text}”"),
    }
}

fn words(words: &[&str]) -> String {
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Plan, Team};

    fn fields(pairs: &[(&str, Value)]) -> Vec<(String, Value)> {
        pairs.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect()
    }

    fn plan_with_team() -> (Plan, EntityRef) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let team = create(&mut draft, Kind::Team, &fields(&[("name", json!("Payments & Refunds"))])).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        (plan, team)
    }

    #[test]
    fn rename_keeps_id_key_and_former_name() {
        let (mut plan, team) = plan_with_team();
        let mut draft = Draft::new(&plan);
        set(&mut draft, team, &fields(&[("name", json!("Money")), ("until", json!("2027-01-31"))])).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let team: &Team = plan.get(team.id.into()).unwrap();
        assert_eq!((team.key.as_str(), team.name.as_str()), ("payments-refunds", "Money"));
        assert_eq!(team.aliases, ["Payments & Refunds"]);
        assert_eq!(team.until, "2027-01-31".parse().ok());
    }

    #[test]
    fn errors_name_the_field() {
        let (plan, team) = plan_with_team();
        let mut draft = Draft::new(&plan);
        let mut refused =
            |field: &str, value: Value| set(&mut draft, team, &fields(&[(field, value)])).unwrap_err();
        assert_eq!(refused("until", json!("31/02/2027")).field, "until");
        assert_eq!(refused("nmae", json!("x")).message, "is not a known field");
        assert_eq!(refused("nmae", json!("")).message, "is not a known field");
        assert_eq!(refused("name", json!("  ")).message, "must not be empty");
        assert!(draft.is_empty());
    }

    #[test]
    fn every_optional_field_can_be_cleared() {
        let (mut plan, team) = plan_with_team();
        let mut draft = Draft::new(&plan);
        let full = [
            ("key", json!("HC-1")),
            ("team", json!(team.id)),
            ("need_by", json!("2027-06-01")),
            ("start", json!("2027-02-01")),
            ("priority", json!(2)),
            ("pay", json!("85000 EUR")),
            ("pay_up_to", json!("95000 EUR")),
            ("breadth", json!("generalist")),
        ];
        let position = create(&mut draft, Kind::Position, &fields(&full)).unwrap();
        let reviewed = [("name", json!("Engineer")), ("reviewed", json!("2027-01-31"))];
        let template = create(&mut draft, Kind::Template, &fields(&reviewed)).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();

        let mut draft = Draft::new(&plan);
        for field in ["team", "need_by", "start", "priority", "pay_up_to", "pay", "breadth"] {
            set(&mut draft, position, &fields(&[(field, json!(""))]))
                .unwrap_or_else(|error| panic!("{error}"));
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            draft = Draft::new(&plan);
        }
        set(&mut draft, template, &fields(&[("reviewed", json!(" "))])).unwrap();
        for field in ["fte", "status", "key"] {
            assert!(
                set(&mut draft, position, &fields(&[(field, json!(""))])).is_err(),
                "{field} cannot be empty"
            );
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let expected = crate::Position { id: position.id.into(), key: "HC-1".into(), ..Default::default() };
        assert_eq!(plan.positions.rows(), [expected]);
        assert_eq!(plan.templates.rows()[0].reviewed, None);
    }

    #[test]
    fn skipped_defaults_can_be_set() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let template = create(&mut draft, Kind::Template, &fields(&[("name", json!("Engineer"))])).unwrap();
        let values =
            [("template", json!(template.id)), ("title", json!("Read on")), ("takes_days", json!(3))];
        let item = create(&mut draft, Kind::TemplateItem, &fields(&values)).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let mut draft = Draft::new(&plan);
        set(&mut draft, item, &fields(&[("takes_days", json!(0))])).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        assert_eq!(plan.template_items.rows()[0].takes_days, 0);
    }

    #[test]
    fn generated_keys_are_unique() {
        let (plan, _) = plan_with_team();
        let mut draft = Draft::new(&plan);
        create(&mut draft, Kind::Team, &fields(&[("name", json!("Payments Refunds"))])).unwrap();
        match &draft.finish()[0] {
            Change::Team(edit) => assert_eq!(edit.after.as_ref().unwrap().key, "payments-refunds-2"),
            other => panic!("{other:?}"),
        }
    }
}
