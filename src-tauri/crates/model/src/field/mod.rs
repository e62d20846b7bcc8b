//! What the fields of entities are, described once: everything that treats fields alike reads it from here. The columns
//! of the plan file, the JSON of a row, forms and their messages, the history in words, what is hidden with pay, and
//! how two versions of a row are merged all follow from [`Described::FIELDS`].

mod cell;
mod values;

use std::{cmp::Ordering, fmt};

use serde_json::Value;

use crate::{
    error::FieldError,
    kind::{EntityRef, Kind},
};

pub use cell::Cell;
pub(crate) use values::{json_value, word_value};

/// The type of a field, as people and forms know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text: see [`TextLimit`].
    Text,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    Date,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An entity of one of these kinds.
    Reference(&'static [Kind]),
    /// Entities of a kind.
    References(Kind),
    /// An amount of money with its currency.
    Amount,
    Currency,
    /// A number with up to six decimals: FTE.
    Decimal,
    /// An exchange rate.
    Rate,
    /// An availability in percent.
    Availability,
    /// The value of an assumption.
    Figure,
    /// The value of a metric.
    MetricValue,
    /// The window of an objective.
    Window,
    /// A time of an incident.
    Time,
    /// Several texts.
    List,
    /// Has a structure of its own.
    Structure,
}

/// How two versions of a field become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeRule {
    /// A single value: two that differ are a conflict.
    Single,
    /// What either side has added is in it, and what either has removed is not.
    Set,
    /// Entry by entry.
    Map,
    /// A number that only goes up: the higher one.
    Highest,
    /// The place in a list. Never a conflict: what was moved twice is at the later place.
    Place,
}

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLimit {
    /// Not empty, and at most [`NAME_LIMIT`] characters.
    Name,
    /// At most [`NAME_LIMIT`] characters.
    Short,
    /// At most [`TEXT_LIMIT`] bytes.
    Long,
    /// At most [`DOCUMENT_LIMIT`] bytes.
    Document,
}

/// The longest name, key, alias or tag, in characters.
pub const NAME_LIMIT: usize = 1_000;
/// The longest description or other text, in bytes.
pub const TEXT_LIMIT: usize = 1 << 20;
/// The longest document, in bytes.
pub const DOCUMENT_LIMIT: usize = 16 << 20;

impl TextLimit {
    pub fn check(self, text: &str) -> Result<(), String> {
        if self == Self::Name && text.trim().is_empty() {
            return Err("must not be empty".into());
        }
        // Counting characters is expensive and long text rare: bytes first.
        let is_short = matches!(self, Self::Name | Self::Short);
        if is_short && text.len() > NAME_LIMIT && text.chars().count() > NAME_LIMIT {
            return Err(format!("is longer than {NAME_LIMIT} characters"));
        }
        let (limit, size) = match self {
            Self::Document => (DOCUMENT_LIMIT, "16 megabytes"),
            _ => (TEXT_LIMIT, "a megabyte"),
        };
        if text.len() > limit {
            return Err(format!("is longer than {size}"));
        }
        if text.contains('\0') { Err("contains a NUL character".into()) } else { Ok(()) }
    }
}

/// Names of entities, for values in words and for the names of what refers to them.
pub trait Names {
    fn name(&self, subject: EntityRef) -> String;
    /// The name of the entity of a kind with this key, if there is one.
    fn name_by_key(&self, kind: Kind, key: &str) -> Option<String>;
}

/// Where entities stand in the order of the plan, for the order of what refers to them.
pub trait Places {
    /// Kind and rank within the kind; those of a kind without ranks stand last.
    fn place(&self, subject: EntityRef) -> (Kind, u32);
    /// Name and key, of what has them.
    fn named(&self, subject: EntityRef) -> (Option<&str>, Option<&str>);
    /// As [`Entity::compare`](crate::Entity::compare) for what these refer to.
    fn compare(&self, one: EntityRef, other: EntityRef) -> Ordering;
}

impl dyn Places + '_ {
    /// [`Places::place`] of whatever an ID refers to.
    pub fn of(&self, subject: impl Into<EntityRef>) -> (Kind, u32) {
        self.place(subject.into())
    }
}

/// What is being deleted, for the rows that refer to it.
pub trait Removal: Names {
    fn is_gone(&self, subject: EntityRef) -> bool;
    /// The entity itself, or the next one [above](crate::Entity::above) it that remains.
    fn remaining_above(&self, subject: EntityRef) -> Option<EntityRef>;
}

/// The value of a field, whatever its type.
pub trait FieldData {
    /// Whether it is what it would be if nothing had been said.
    fn is_empty(&self) -> bool {
        false
    }
    fn json(&self) -> Value;
    /// Appends the text of [`FieldData::json`]; types with many values do so without making a [`Value`].
    fn append_json(&self, text: &mut Vec<u8>) {
        append(text, &self.json());
    }
    /// Takes a value in JSON; gives whether it is one of this type. It is unchanged otherwise.
    fn set_json(&mut self, value: &Value) -> bool;
    /// A cell for each column.
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>);
    /// # Errors
    /// What is wrong with the cells; the value is unchanged.
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String>;
    /// Visits the entities that it refers to.
    fn references(&self, _visit: &mut dyn FnMut(EntityRef)) {}
    /// The text, of a text.
    fn as_text(&self) -> Option<&str> {
        None
    }
    /// Clears it, since it refers to something that is gone; gives whether it can be without.
    fn forget(&mut self, _removal: &dyn Removal) -> bool {
        self.set_json(&Value::Null)
    }
    /// The value as it is read, empty if there is none.
    fn words(&self, names: &dyn Names) -> String;
    /// # Errors
    /// The rule that the value breaks, for the place beside the field.
    fn check(&self, _limit: TextLimit) -> Result<(), String> {
        Ok(())
    }
}

/// Appends a value as JSON.
pub(crate) fn append(text: &mut Vec<u8>, value: &impl serde::Serialize) {
    // Values of fields always serialise, and a list of bytes takes everything.
    let written = serde_json::to_writer(text, value);
    debug_assert!(written.is_ok());
}

/// The part of [`FieldData`] that is known without a value.
pub trait ValueType: FieldData {
    const TYPE: FieldType;
    const MERGE: MergeRule = MergeRule::Single;
}

/// A field of the entity `T`.
pub struct FieldSpec<T: 'static> {
    /// The name in JSON and in the journal: `need_by`.
    pub name: &'static str,
    /// The label, lower case: `needed by`.
    pub label: &'static str,
    pub field_type: FieldType,
    /// The columns of the plan file.
    pub columns: &'static [&'static str],
    pub merge: MergeRule,
    pub limit: TextLimit,
    /// Whether it may say what one person is paid: see [`FieldSpec::tells_pay`].
    pub is_pay: bool,
    pay_in: Option<fn(&T) -> bool>,
    /// Whether it means nothing to a reader.
    pub is_internal: bool,
    /// Whether rows of a kind without keys are the same if they have the same in it: see [`identity`].
    pub is_identity: bool,
    words: Option<fn(&T, &dyn Names) -> String>,
    get: fn(&T) -> &dyn FieldData,
    get_mut: fn(&mut T) -> &mut dyn FieldData,
    same: fn(&T, &T) -> bool,
    copy: fn(&T, &mut T),
}

impl<T> FieldSpec<T> {
    #[doc(hidden)]
    pub const fn new<V: ValueType>(
        (name, label): (&'static str, &'static str),
        columns: &'static [&'static str],
        get: fn(&T) -> &dyn FieldData,
        get_mut: fn(&mut T) -> &mut dyn FieldData,
        same: fn(&T, &T) -> bool,
        copy: fn(&T, &mut T),
    ) -> Self {
        Self {
            name,
            label,
            field_type: V::TYPE,
            columns,
            merge: V::MERGE,
            limit: TextLimit::Short,
            is_pay: false,
            pay_in: None,
            is_internal: false,
            is_identity: false,
            words: None,
            get,
            get_mut,
            same,
            copy,
        }
    }

    /// In other columns than one of its name.
    pub(crate) const fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.columns = columns;
        self
    }

    pub(crate) const fn merge(mut self, rule: MergeRule) -> Self {
        self.merge = rule;
        self
    }

    /// Must not be empty: a text is checked for it, of others the kind checks it.
    pub(crate) const fn required(mut self) -> Self {
        self.limit = TextLimit::Name;
        self
    }

    pub(crate) const fn long(mut self) -> Self {
        self.limit = TextLimit::Long;
        self
    }

    pub(crate) const fn document(mut self) -> Self {
        self.limit = TextLimit::Document;
        self
    }

    pub(crate) const fn pay(mut self) -> Self {
        self.is_pay = true;
        self
    }

    /// Says what one person is paid, in some rows.
    pub(crate) const fn pay_in(mut self, tells_pay: fn(&T) -> bool) -> Self {
        self.pay_in = Some(tells_pay);
        self.pay()
    }

    pub(crate) const fn internal(mut self) -> Self {
        self.is_internal = true;
        self
    }

    /// Tells rows of a kind without keys apart.
    pub(crate) const fn identity(mut self) -> Self {
        self.is_identity = true;
        self
    }

    /// In other words than those of its type.
    pub(crate) const fn in_words(mut self, words: fn(&T, &dyn Names) -> String) -> Self {
        self.words = Some(words);
        self
    }

    pub fn value<'a>(&self, row: &'a T) -> &'a dyn FieldData {
        (self.get)(row)
    }

    pub fn value_mut<'a>(&self, row: &'a mut T) -> &'a mut dyn FieldData {
        (self.get_mut)(row)
    }

    pub fn is_same(&self, a: &T, b: &T) -> bool {
        (self.same)(a, b)
    }

    pub fn copy(&self, from: &T, to: &mut T) {
        (self.copy)(from, to);
    }

    pub fn words(&self, row: &T, names: &dyn Names) -> String {
        self.words.map_or_else(|| self.value(row).words(names), |words| words(row, names))
    }

    /// Whether it says what one person is paid, in this row.
    pub fn tells_pay(&self, row: &T) -> bool {
        self.is_pay && self.pay_in.is_none_or(|tells_pay| tells_pay(row))
    }

    /// Whether a form or a file has to say it: it must not be empty, and nothing could stand for what is not said.
    pub fn is_required(&self) -> bool
    where
        T: Default,
    {
        let has_no_default = matches!(
            self.field_type,
            FieldType::Date
                | FieldType::Reference(_)
                | FieldType::Currency
                | FieldType::Rate
                | FieldType::Figure
                | FieldType::MetricValue
        );
        self.limit == TextLimit::Name || has_no_default && !self.value(&T::default()).is_empty()
    }

    /// Whether it can refer to an entity.
    pub fn refers(&self) -> bool {
        matches!(self.field_type, FieldType::Reference(_) | FieldType::References(_) | FieldType::Structure)
    }

    /// Whether it can refer to an entity of a kind.
    pub fn refers_to(&self, kind: Kind) -> bool {
        match self.field_type {
            FieldType::Reference(kinds) => kinds.contains(&kind),
            FieldType::References(of) => of == kind,
            FieldType::Structure => true,
            _ => false,
        }
    }
}

impl<T> fmt::Debug for FieldSpec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldSpec")
            .field("name", &self.name)
            .field("label", &self.label)
            .field("type", &self.field_type)
            .field("merge", &self.merge)
            .finish_non_exhaustive()
    }
}

/// A row whose fields are described.
pub trait Described: Sized + 'static {
    const FIELDS: &'static [FieldSpec<Self>];
}

/// The field of this name.
pub fn field<T: Described>(name: &str) -> Option<&'static FieldSpec<T>> {
    T::FIELDS.iter().find(|field| field.name == name)
}

/// The fields by which a row of a kind without keys is known again: those that are described so, or else those that
/// must be given.
pub fn identity<T: Described + Default>() -> Vec<&'static FieldSpec<T>> {
    let described: Vec<&FieldSpec<T>> = T::FIELDS.iter().filter(|field| field.is_identity).collect();
    if described.is_empty() {
        T::FIELDS.iter().filter(|field| field.is_required()).collect()
    } else {
        described
    }
}

/// Compares rows field by field: references by the names of what they refer to, all else by value.
pub(crate) fn compare<T: Described>(one: &T, other: &T, places: &dyn Places) -> Ordering {
    let mut compared =
        T::FIELDS.iter().map(|field| compare_values(field.value(one), field.value(other), places));
    compared.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare_values(one: &dyn FieldData, other: &dyn FieldData, places: &dyn Places) -> Ordering {
    let [ones, others] = [one, other].map(|value| {
        let mut found = Vec::new();
        value.references(&mut |subject| found.push(subject));
        found
    });
    if ones.is_empty() && others.is_empty() {
        return compare_json(&one.json(), &other.json());
    }
    // By name alone: rows may refer to each other in a circle.
    ones.iter().map(|subject| places.named(*subject)).cmp(others.iter().map(|subject| places.named(*subject)))
}

fn compare_json(one: &Value, other: &Value) -> Ordering {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.to_string().cmp(&other.to_string()),
    }
}

/// Checks each field for itself.
///
/// # Errors
/// The first field with a value that it does not take.
pub(crate) fn check_each<T: Described>(row: &T) -> Result<(), FieldError> {
    T::FIELDS.iter().try_for_each(|field| {
        let checked = field.value(row).check(field.limit);
        checked.map_err(|message| FieldError::new(field.name, message))
    })
}

/// Declares the struct of an entity with its fields, each with its label and what else is to be known of it: the methods
/// of [`FieldSpec`] that return one. The value after `=` is the default, if it is not that of the type.
macro_rules! entity {
    (
        $(#[$meta:meta])*
        pub struct $Type:ident: $Id:ident {
            $( $(#[$doc:meta])* $field:ident: $Value:ty $(= $default:expr)?, $label:literal $(, $flag:ident($($argument:expr),*))*; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $Type {
            pub id: $Id,
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "crate::field::FieldData::is_empty")]
                pub $field: $Value,
            )*
        }

        impl Default for $Type {
            fn default() -> Self {
                Self { id: $Id::default(), $($field: $crate::field::default_of!($Value $(, $default)?)),* }
            }
        }

        impl $crate::field::Described for $Type {
            const FIELDS: &'static [$crate::field::FieldSpec<Self>] = &[$(
                $crate::field::FieldSpec::<Self>::new::<$Value>(
                    (stringify!($field), $label),
                    &[stringify!($field)],
                    |row| &row.$field,
                    |row| &mut row.$field,
                    |a, b| a.$field == b.$field,
                    |from, to| to.$field.clone_from(&from.$field),
                )$(.$flag($($argument),*))*
            ),*];
        }

        impl $crate::entity::Identified for $Type {
            type Id = $Id;
            fn id(&self) -> $Id {
                self.id
            }
            fn set_id(&mut self, id: $Id) {
                self.id = id;
            }
        }
    };
}

macro_rules! default_of {
    ($Value:ty) => {
        <$Value>::default()
    };
    ($Value:ty, $default:expr) => {
        $default
    };
}

pub(crate) use {default_of, entity};
