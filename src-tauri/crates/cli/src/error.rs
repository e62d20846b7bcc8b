use std::io;

use chrono::NaiveDate;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Clock(#[from] headroom_clock::NoDay),
    #[error(transparent)]
    Store(#[from] headroom_store::Error),
    #[error(transparent)]
    Read(#[from] headroom_exchange::ReadError),
    #[error(transparent)]
    Write(#[from] headroom_exchange::WriteError),
    #[error(transparent)]
    Profile(#[from] headroom_exchange::sheet::NamedError),
    #[error("name a plan, or a profile with --show or --guess")]
    NothingToSave,
    #[error("{} is there already; name another file", .0.display())]
    Exists(std::path::PathBuf),
    #[error("there is no rule “{0}”; `headroom rules` lists them")]
    UnknownRule(String),
    #[error("there is no {kind} “{name}” on {day}")]
    NotThere { kind: &'static str, name: String, day: chrono::NaiveDate },
    #[error("there is no service “{0}” on this day; name services by their ids")]
    UnknownService(String),
    #[error("there is no team “{0}” in the plan; name a team by its id")]
    UnknownTeam(String),
    #[error("there is nobody “{0}” in the plan; name somebody by id or by full name")]
    UnknownPerson(String),
    #[error("{0}")]
    Checklist(String),
    #[error("only checklists are of one person or for somebody: with --format ics, html or markdown")]
    NotAChecklist,
    #[error("a sheet of formulas needs a file: -o plan.xlsx")]
    SheetToOutput,
    #[error("the last day, {until}, lies before the first, {from}")]
    BackwardDays { from: NaiveDate, until: NaiveDate },
    #[error(
        "from {from} to {until} is too long: a plan is looked at for a hundred years at most; choose an earlier --to"
    )]
    TooManyMonths { from: NaiveDate, until: NaiveDate },
    #[error("there is nobody to simulate: the plan has neither seats nor members of teams in these months")]
    NothingToSimulate,
    #[error("{0}")]
    NothingToDo(String),
    #[error("cancelled")]
    Cancelled,
    #[error("Ctrl-C cannot be heard: {0}")]
    Signal(#[from] ctrlc::Error),
    #[error("the sample cannot be made: {0}")]
    Sample(#[from] headroom_sample::Error),
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    #[error("the output cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// 1 where nothing was wrong but the input: there was nothing in it to do.
    pub fn exit_code(&self) -> u8 {
        use headroom_exchange::{ReadError, WriteError};
        match self {
            Error::Read(ReadError::Nothing { .. })
            | Error::Write(
                WriteError::NoFolders | WriteError::NoOwners(_) | WriteError::Read(ReadError::Nothing { .. }),
            )
            | Error::NothingToDo(_)
            | Error::NothingToSimulate => 1,
            _ => 2,
        }
    }

    /// Whoever read the output has seen enough.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Error::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            Error::Write(headroom_exchange::WriteError::Io { source, .. }) => {
                source.kind() == io::ErrorKind::BrokenPipe
            }
            Error::Json(error) => error.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}
