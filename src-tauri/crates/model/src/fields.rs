//! Generic editing: sets fields of any entity by name, for the window and for scripts.

use serde_json::Value;

use crate::{
    draft::Draft,
    error::FieldError,
    field::{FieldType, field},
    kind::{EntityRef, Kind},
    tables::EntityTable,
};

/// Sets these fields of the entity. A rename keeps the old name as an alias.
///
/// # Errors
/// [`FieldError`] with the field that does not exist or does not accept its value.
pub fn set(draft: &mut Draft<'_>, subject: EntityRef, values: &[(String, Value)]) -> Result<(), FieldError> {
    let work = SetFields { draft, id: Some(subject.id), values };
    for_kind!(subject.kind, T => work.run::<T>()).map(drop)
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
    let work = SetFields { draft, id: None, values };
    for_kind!(kind, T => work.run::<T>())
}

struct SetFields<'a, 'b, 'c> {
    draft: &'a mut Draft<'b>,
    id: Option<u64>,
    values: &'c [(String, Value)],
}

impl SetFields<'_, '_, '_> {
    fn run<T: EntityTable>(self) -> Result<EntityRef, FieldError> {
        let id = self.id.unwrap_or_else(|| self.draft.new_id::<T>().into());
        let mut row = match self.id {
            Some(id) => self.draft.get::<T>(id.into()).cloned().ok_or_else(|| {
                FieldError::new("id", format!("{} {id} is not in the plan", T::KIND.noun()))
            })?,
            None => T::default(),
        };
        row.set_id(id.into());
        for (name, value) in self.values {
            set_field(&mut row, name, value)?;
        }
        if self.id.is_none() {
            fill_key(self.draft, &mut row);
        }
        row.check()?;
        self.draft.put(row);
        Ok(EntityRef { kind: T::KIND, id })
    }
}

fn set_field<T: EntityTable>(row: &mut T, name: &str, value: &Value) -> Result<(), FieldError> {
    let field = field::<T>(name).ok_or_else(|| FieldError::named(name, "is not a known field"))?;
    let is_renamed = name == "name" && row.called().is_some_and(|old| !old.is_empty() && value != old);
    let former = is_renamed.then(|| field.value(row).json());
    let is_cleared = value.as_str().is_some_and(|text| text.trim().is_empty());
    let is_set = field.value_mut(row).set_json(value)
        // An optional one that is cleared: a date, an amount, a reference.
        || is_cleared && field.value_mut(row).set_json(&Value::Null);
    if !is_set {
        return Err(FieldError::named(name, refusal(field.field_type, value)));
    }
    match former {
        Some(former) => keep_alias(row, former, value),
        None => Ok(()),
    }
}

fn keep_alias<T: EntityTable>(row: &mut T, former: Value, name: &Value) -> Result<(), FieldError> {
    let Some(field) = field::<T>("aliases") else { return Ok(()) };
    let Value::Array(mut aliases) = field.value(row).json() else { return Ok(()) };
    aliases.retain(|alias| alias != name);
    if !aliases.contains(&former) {
        aliases.push(former);
    }
    field.value_mut(row).set_json(&Value::Array(aliases));
    Ok(())
}

fn fill_key<T: EntityTable>(draft: &Draft<'_>, row: &mut T) {
    let Some(field) = field::<T>("key").filter(|_| row.key() == Some("")) else { return };
    let name = crate::field::field::<T>("name").map(|field| field.value(row).json());
    let stem = slug(name.as_ref().and_then(Value::as_str).unwrap_or_default());
    let stem = if stem.is_empty() { T::KIND.word().replace('_', "-") } else { stem };
    let key = free_key(draft, row, stem);
    field.value_mut(row).set_json(&key.into());
}

/// This key, or the first of those with a number behind it that no other row of its kind has.
pub fn free_key<T: EntityTable>(draft: &Draft<'_>, row: &T, stem: String) -> String {
    let is_free = |key: &String| draft.find_in::<T>(row.key_space(), key).is_none();
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(is_free).unwrap_or(stem)
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

fn refusal(field_type: FieldType, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match field_type {
        FieldType::Date => format!("must be a date such as 2027-03-12, not “{text}”"),
        FieldType::Availability => {
            format!("must be an availability in percent such as 99.95, not “{text}”")
        }
        FieldType::Amount => format!("must be an amount such as 85000 EUR, not “{text}”"),
        FieldType::Decimal => format!("must be a full-time equivalent such as 0.6, not “{text}”"),
        FieldType::OneOf(words) => format!("must be one of {}, not “{text}”", words.join(", ")),
        FieldType::Rate => format!("must be a rate such as 1.0825, not “{text}”"),
        FieldType::Currency => format!("must be a currency such as EUR, not “{text}”"),
        FieldType::Figure => {
            format!("must be a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%, not “{text}”")
        }
        FieldType::Number => format!("must be a whole number, not “{text}”"),
        FieldType::Flag => format!("must be true or false, not “{text}”"),
        _ => format!("cannot be set to “{text}”"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Change, Plan, Team};

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
            Change::Team(edit) => assert_eq!(edit.after.as_deref().unwrap().key, "payments-refunds-2"),
            other => panic!("{other:?}"),
        }
    }
}
