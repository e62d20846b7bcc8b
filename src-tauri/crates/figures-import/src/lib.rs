//! Figures of metrics from spreadsheets, board packs and exports.

mod event_table_options;
mod imported_figures;
mod known_columns;
mod measured_months;
mod subscriptions;
mod team_scopes;
mod tickets;

pub use event_table_options::EventTableOptions;
pub use imported_figures::{ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope, USUAL_LAG_DAYS};
pub use subscriptions::{read_subscriptions, recognise_subscriptions};
pub use team_scopes::match_teams;
pub use tickets::{read_tickets, recognise_tickets};
