//! Errors of the command line, with the advice they print.

use std::io;

use chrono::NaiveDate;

#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Clock(#[from] headroom_clock::NoDay),
    #[error(transparent)]
    Store(#[from] headroom_store::StoreError),
    #[error("{}", .0.message)]
    App(headroom_app::error::AppError),
    #[error(transparent)]
    Read(#[from] headroom_files::ReadError),
    #[error(transparent)]
    Write(#[from] headroom_files::WriteError),
    #[error(transparent)]
    Diagram(#[from] headroom_diagram_export::UnknownDiagram),
    #[error(transparent)]
    Profile(#[from] headroom_hr_import::NamedError),
    #[error("no profile to save: name one with --show or --infer")]
    NothingToSave,
    #[error("{} already exists; choose another name", .0.display())]
    Exists(std::path::PathBuf),
    #[error("--scenario is for commands that look at the plan or change it")]
    NoScenarios,
    #[error("no rule “{0}”; `headroom rules` lists them")]
    UnknownRule(String),
    #[error("no {kind} “{name}” on {day}")]
    NotThere { kind: &'static str, name: String, day: chrono::NaiveDate },
    #[error("no service “{0}” on this date; use a service ID")]
    UnknownService(String),
    #[error("no incident “{0}”; use its ID")]
    UnknownIncident(String),
    #[error("no team “{0}”; use a team ID")]
    UnknownTeam(String),
    #[error("no metric “{0}”; use its ID")]
    UnknownMetric(String),
    #[error("no person “{0}”; use an ID or full name")]
    UnknownPerson(String),
    #[error(transparent)]
    Staffing(#[from] headroom_analysis::staffing::StaffingError),
    #[error("{team}: {why}")]
    SupportOutlook { team: String, why: headroom_analysis::staffing::NoSupportOutlook },
    #[error("{0}")]
    Checklist(String),
    #[error("--person and --assignee are for checklists: use --format ics, html or markdown")]
    NotAChecklist,
    #[error("a workbook can’t be printed: name a file such as -o budget.xlsx")]
    SheetToOutput,
    #[error("a PDF can’t be printed: name a file such as -o playbook.pdf")]
    PdfToOutput,
    #[error("end date {until} is before start date {from}")]
    BackwardDays { from: NaiveDate, until: NaiveDate },
    #[error("{from} to {until} is too long: the limit is 100 years; choose an earlier --to")]
    TooManyMonths { from: NaiveDate, until: NaiveDate },
    #[error("nothing to simulate: the plan has no positions or team members in this period")]
    NothingToSimulate,
    #[error("cannot read the baseline {}: {why}", .file.display())]
    Baseline { file: std::path::PathBuf, why: String },
    #[error("{0}")]
    NothingToDo(String),
    #[error("cancelled")]
    Cancelled,
    #[error("can’t install the Ctrl-C handler: {0}")]
    Signal(#[from] ctrlc::Error),
    #[error("can’t create the sample: {0}")]
    Sample(#[from] headroom_sample::SampleError),
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    #[error("cannot write the output: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<headroom_app::error::AppError> for CliError {
    fn from(error: headroom_app::error::AppError) -> Self {
        Self::App(error)
    }
}

impl CliError {
    /// 1 if the input was fine and there was nothing to do.
    pub fn exit_code(&self) -> u8 {
        use headroom_files::{ReadError, WriteError};
        match self {
            CliError::Read(ReadError::Nothing { .. })
            | CliError::Write(WriteError::NothingToWrite(_) | WriteError::Read(ReadError::Nothing { .. }))
            | CliError::NothingToDo(_)
            | CliError::NothingToSimulate => 1,
            _ => 2,
        }
    }

    /// Whether the reader of the output has closed it.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            CliError::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            CliError::Write(headroom_files::WriteError::Io { source, .. }) => {
                source.kind() == io::ErrorKind::BrokenPipe
            }
            CliError::Json(error) => error.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}
