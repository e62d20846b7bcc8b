//! The plan: entities with date ranges, the changes that alter them, and the organisation as of a day.
//!
//! Every other crate calculates on this one. It reads no file, no clock and no environment: days, authors and paths
//! are passed in by the programs.
//!
//! # Concepts
//!
//! - A [`Plan`] has one [`Table`] for each [`Kind`] of entity. An *ID* is a number, unique in the plan and never used
//!   again, by which rows refer to each other; a *key* is the text by which people and other tools know an entity
//!   (`checkout`, `sig-api-machinery`). Neither changes. A rename changes the name and keeps the old one among the
//!   aliases.
//! - Every entity holds for a [`DateRange`], first and last day included, either end open. [`Plan::as_of`] gives a
//!   [`Snapshot`]: what exists on that day, with the indexes that queries need.
//! - A [`Change`] is what an entity was and what it becomes. An edit, an import and an undo are all lists of changes:
//!   [`Draft`] collects one and shows what the plan would be, [`Plan::apply`] makes all of them or none, and the inverted
//!   list undoes them.
//!   [`ChangeWords`] puts them into words.
//! - What a source refers to and no source defines is *unconfirmed*. Unconfirmed teams and people can own things, but
//!   such a person counts as nobody; unconfirmed services are not counted, and a dependency on one is broken.
//!
//! # Invariants
//!
//! After every list of changes each row passes its own check, every reference leads to a row, keys are unique, no
//! team is inside itself, no position reports to itself, and checklist items depend only on items of their own list
//! and on none in a cycle (`integrity.rs`). No result depends on the order of rows or on the numbers of IDs, which
//! cannot be compared: entities are sorted by name, then by key (`order.rs`), other rows by what they say
//! (`row_order.rs`). Names of places, levels, disciplines and teams are compared by [`folded`] alone. Amounts are
//! integers in the smallest unit of their currency ([`Money`]), shares and FTE have six decimals ([`Decimal6`]);
//! neither is ever a float.
//!
//! # What it does not do
//!
//! Files and the journal are in `headroom-store`, findings and every calculation in `headroom-analysis`, copies
//! without any amount of money in `headroom-redaction`. Tests stand beside the code.

#[macro_use]
mod entities;
#[macro_use]
mod tables;
pub mod assumption_kind;
pub mod assumption_value;
pub mod built_in_metric;
pub mod cascading_delete;
pub mod change;
pub mod change_words;
pub mod csr;
pub mod currency;
pub mod date_range;
pub mod decimal6;
mod derived;
pub mod draft;
pub mod entity;
pub mod error;
pub mod field;
pub mod fields;
mod fixed;
pub mod folding;
mod free_aside;
pub mod incident_time;
pub mod integrity;
pub mod keys_by_name;
pub mod kind;
pub mod known_metrics;
pub mod known_practices;
mod late_rows;
pub mod merge;
pub mod metric_formula;
pub mod metric_value;
pub mod money;
mod new_ids;
pub mod objective_window;
mod order;
pub mod ownership_transfer;
pub mod plan;
mod plan_metric;
pub mod position_keys;
pub mod practice;
mod row_order;
pub mod search_key;
pub mod shared_text;
pub mod slo;
pub mod snapshot;
pub mod table;
pub mod team_move;
pub mod vacancy;
pub mod wording;

pub use assumption_value::{AssumptionValue, DaysOff};
pub use cascading_delete::{delete_cascading, delete_positions};
pub use change::{Change, Edit, FieldChange};
pub use change_words::{ChangeWords, FieldWords, field_label};
pub use currency::currency_of;
pub use date_range::DateRange;
pub use decimal6::Decimal6;
pub use draft::Draft;
pub use entity::{
    ActionState, ApprovedPosition, Assignee, BetDecision, BetterDirection, Bound, BoundValue, Breadth,
    COST_RULE_FIELDS, ChargeClass, ChecklistStep, ComparisonOperator, Due, Entity, ExpectedFigure, Feedback,
    FeedbackKind, FigureScope, FindingComment, FindingDecision, GroupingKind, Identified, IncidentMoment,
    ItemState, LifecycleEvent, Link, ListPlace, MetricKind, MissingFigures, Owner, PeriodLength, PlanFigure,
    ScenarioState, Status, TemplateUse, TimeWarning, is_lead, mode, pay_range, reason, role,
};
pub use error::{ApplyError, FieldError};
pub use field::{Described, FieldData, FieldSpec, FieldType, MergeRule};
pub use folding::{folded, same_word};
pub use free_aside::free_aside;
pub use incident_time::IncidentTime;
pub use keys_by_name::KeysByName;
pub use kind::{EntityId, EntityRef, Kind};
pub use known_metrics::{KNOWN_METRICS, KnownMetric};
pub use known_practices::{KNOWN_PRACTICES, KnownPractice};
pub use metric_formula::{ArithmeticOperator, FormulaPart, MetricFormula, PartMoment};
pub use metric_value::{ExactDecimal, MetricValue, NoNumber};
pub use money::{Currency, Money, Rate};
pub use new_ids::NewIds;
pub use objective_window::{MINUTES_A_DAY, ObjectiveWindow, WindowUnit};
pub use ownership_transfer::transfer_ownership;
pub use plan::Plan;
pub use plan_metric::{PlanMetric, WORKED_OUT_FROM_PLAN};
pub use position_keys::PositionKeys;
pub use practice::{Examination, PracticeEvidence, PracticeScale};
pub use search_key::search_key;
pub use shared_text::SharedText;
pub use slo::Slo;
pub use snapshot::{PersonIx, PositionIx, ServiceIx, Snapshot, TeamIx, position_above};
pub use table::Table;
pub use tables::{EntityTable, Tables};

macro_rules! exports {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => {
        pub use entity::{$($Type),*};
        pub use kind::{$($Id),*};
    };
}

entities!(exports);
