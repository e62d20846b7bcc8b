//! The application under the window and the command line: use cases, and what they answer.
//!
//! [`state::AppState`] holds what is open. A use case is a plain function of it: `organisation::team::team_page(app, id,
//! day)`. Those of the window can also be asked for by name, in JSON (`command.rs`); each room lists its own, and
//! [`COMMANDS`] has them all.
//!
//! | room | what |
//! | --- | --- |
//! | `welcome/`, `frame/`, `search.rs` | opening plans; what stands around every view; the search |
//! | `organisation/`, `people/`, `ownership/` | teams, people and services, with the pages of one |
//! | `findings/`, `forecast.rs`, `effect.rs` | findings, gaps to come, what changes would do |
//! | `hiring/`, `onboarding/`, `map/` | positions, plans and cost; checklists and templates; maps |
//! | `import/`, `export/`, `sessions/` | files in and out, and what is begun and not finished |
//! | `edit.rs`, `history.rs`, `change_presenter.rs` | edits of any entity; operations; changes in words |
//! | `entities/`, `paging.rs` | what several rooms show; rows of a table |
//! | `hidden_pay.rs` | whether an amount may be shown |
//!
//! # Invariants
//!
//! There is no logic here: what is calculated is calculated by the crates below. View models (`Serialize`, camelCase)
//! exist only here. A use case that reads answers for a day, by default today; one that changes anything makes one
//! undoable operation. Nothing here knows a window or a terminal: what happens meanwhile is a
//! [`Notice`](state::Notice). Amounts that would reveal one person's salary leave only while salaries are shown
//! (`hidden_pay.rs`). Errors of the core become messages in `error.rs` alone.
//!
//! # Tests
//!
//! Beside the code, and `tests/commands.rs`; the command line and the window are tested from outside.

pub mod change_presenter;
pub mod command;
pub mod edit;
pub mod effect;
pub mod entities;
pub mod error;
pub mod export;
pub mod findings;
pub mod forecast;
pub mod frame;
pub mod hidden_pay;
pub mod hiring;
pub mod history;
pub mod import;
pub mod map;
pub mod onboarding;
pub mod organisation;
pub mod ownership;
pub mod paging;
pub mod people;
pub mod search;
pub mod sessions;
pub mod state;
pub mod welcome;

/// Every command, by room.
pub const COMMANDS: &[&[command::Command]] = &[
    edit::COMMANDS,
    export::COMMANDS,
    findings::COMMANDS,
    forecast::COMMANDS,
    frame::COMMANDS,
    hiring::COMMANDS,
    history::COMMANDS,
    import::COMMANDS,
    map::COMMANDS,
    onboarding::COMMANDS,
    organisation::COMMANDS,
    ownership::COMMANDS,
    people::COMMANDS,
    search::COMMANDS,
    welcome::COMMANDS,
];
