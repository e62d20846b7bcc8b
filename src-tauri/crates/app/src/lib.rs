//! The application under the window and the command line: use cases, and what they answer.
//!
//! [`state::AppState`] holds what is open. A use case is a plain function of it: `organisation::team::team_page(app, id,
//! at)`. The window asks for them by name, in JSON (`use_case.rs`); each room lists its own, and
//! [`USE_CASES`] has them all.
//!
//! | room | what |
//! | --- | --- |
//! | `welcome/`, `frame/`, `search.rs` | opening plans; what stands around every view; the search |
//! | `overview/` | the figures of the organisation, a team, a domain or a person at a glance |
//! | `organisation/`, `people/`, `ownership/` | teams, people and services, with the pages of one |
//! | `comparison/` | two days, or a scenario and the plan, side by side |
//! | `findings/`, `forecast.rs`, `effect.rs` | findings, gaps to come, what changes would do |
//! | `hiring/`, `onboarding/`, `map/` | positions, plans and cost; checklists and templates; maps |
//! | `metrics/` | figures of metrics, series and objectives |
//! | `cost/` | what clouds cost, whose that is, who pays in the end |
//! | `playbook/` | the ten sections of scaling, as a page and as a document |
//! | `incidents/` | incidents, their reviews and actions, times to repair |
//! | `import/`, `export/`, `sessions/` | files in and out, and what is begun and not finished |
//! | `moving/`, `leaving/` | moving people, positions and teams to another team; offboarding |
//! | `edit.rs`, `entity_form.rs` | edits of any entity, and the forms for them |
//! | `commit.rs` | the write of every edit, with what follows from it |
//! | `history.rs`, `rewind.rs`, `change_presenter.rs` | operations, going back to one; changes in words |
//! | `scenarios/` | other futures of the plan: made, listed, compared, merged |
//! | `merging/` | copies of the plan, and conflicts wherever they come from |
//! | `against_plan.rs` | a scenario beside the plan, on one day |
//! | `at.rs` | the point from which the plan is looked at: day, planned hires |
//! | `entities/`, `table.rs`, `paging.rs` | what several rooms show; tables: filters, order, groups, pages |
//! | `hidden_pay.rs` | whether an amount may be shown |
//!
//! # Invariants
//!
//! There is no logic here: what is calculated is calculated by the crates below. View models (`Serialize`, camelCase)
//! exist only here. A use case that reads answers for one point ([`at::At`]); one that changes anything makes one
//! undoable operation. Nothing here knows a window or a terminal: what happens meanwhile is a
//! [`Notice`](state::Notice). Amounts that would reveal one person's salary leave only while salaries are shown
//! (`hidden_pay.rs`). Errors of the core become messages in `error.rs` alone.
//!
//! # Tests
//!
//! Beside the code, and `tests/use_cases.rs`; the command line and the window are tested from outside.

pub mod against_plan;
pub mod at;
pub mod bets;
pub mod change_presenter;
pub mod commit;
pub mod comparison;
pub mod cost;
pub mod edit;
pub mod effect;
pub mod entities;
pub mod entity_form;
pub mod error;
pub mod export;
pub mod findings;
pub mod forecast;
pub mod frame;
pub mod hidden_pay;
pub mod hiring;
pub mod history;
pub mod import;
pub mod incidents;
mod late_edit;
pub mod leaving;
pub mod map;
pub mod merging;
pub mod metrics;
pub mod moving;
pub mod onboarding;
pub mod organisation;
pub mod overview;
pub mod ownership;
pub mod paging;
pub mod people;
pub mod playbook;
pub mod practices;
pub mod rewind;
pub mod scenarios;
pub mod search;
pub mod sessions;
pub mod state;
pub mod table;
pub mod use_case;
pub mod welcome;

/// Every use case that the window asks for, by room.
pub const USE_CASES: &[&[use_case::UseCase]] = &[
    bets::USE_CASES,
    comparison::USE_CASES,
    cost::USE_CASES,
    edit::USE_CASES,
    entity_form::USE_CASES,
    export::USE_CASES,
    findings::USE_CASES,
    forecast::USE_CASES,
    frame::USE_CASES,
    hiring::USE_CASES,
    history::USE_CASES,
    import::USE_CASES,
    incidents::USE_CASES,
    leaving::USE_CASES,
    map::USE_CASES,
    merging::USE_CASES,
    metrics::USE_CASES,
    moving::USE_CASES,
    onboarding::USE_CASES,
    organisation::USE_CASES,
    overview::USE_CASES,
    ownership::USE_CASES,
    people::USE_CASES,
    playbook::USE_CASES,
    practices::USE_CASES,
    rewind::USE_CASES,
    scenarios::USE_CASES,
    search::USE_CASES,
    welcome::USE_CASES,
];
