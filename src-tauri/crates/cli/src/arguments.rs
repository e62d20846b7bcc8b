use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Plan the growth of an engineering organisation: who owns what, what is wrong, and on what date.
#[derive(Debug, Parser)]
#[command(name = "headroom", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new plan
    New {
        plan: PathBuf,
        /// Fill it with the sample organisation
        #[arg(long)]
        sample: bool,
    },
    /// Bring in an organisation from files, as one step that can be undone
    Import(Import),
    /// The organisation in figures
    Stats {
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// As JSON, with every list in full
        #[arg(long)]
        json: bool,
    },
    /// What is wrong, worst first
    Findings(Findings),
    /// When gaps open and close, and what happens if somebody leaves
    Forecast(Forecast),
    /// Who could own the services that nobody owns, balanced over the teams
    Suggest(Suggest),
    /// The rules, or one of them explained
    Rules {
        /// The rule to explain
        rule: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Write the plan in another format, or bring files that are there up to the plan's owners
    Export(Export),
    /// Who changed what, field by field, newest first
    History {
        plan: PathBuf,
        /// How many entries
        #[arg(long, short = 'n', default_value_t = 20)]
        limit: u32,
        /// The changes of each entry, too
        #[arg(long)]
        changes: bool,
        #[arg(long)]
        json: bool,
    },
    /// Take back the newest change
    Undo { plan: PathBuf },
    /// Make again what was taken back
    Redo { plan: PathBuf },
    /// Examine a plan file: integrity, versions, backups
    Doctor {
        plan: PathBuf,
        #[arg(long)]
        json: bool,
        /// Put the contents of this backup in place of the plan's, after a backup of those
        #[arg(long, value_name = "BACKUP")]
        restore: Option<PathBuf>,
    },
    /// Who owns these paths by a CODEOWNERS file, and which line decides, one JSON object a line
    Codeowners {
        /// The CODEOWNERS file
        file: PathBuf,
        /// Files that list paths, or folders to walk; paths from standard input when there are none
        paths: Vec<PathBuf>,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
}

#[derive(Debug, Args)]
pub struct Day {
    /// The day to look at, as 2027-03-12; today when not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct Import {
    pub plan: PathBuf,
    /// Files or folders
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    /// What the sources are; told from their looks when not given
    #[arg(long, value_enum)]
    pub format: Option<ImportFormat>,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The sources hold everything: what came from them before and is not there now has ended
    #[arg(long)]
    pub complete: bool,
    /// How many folders deep a service of a CODEOWNERS file is
    #[arg(long, default_value_t = 2, value_name = "FOLDERS")]
    pub depth: usize,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    pub plan: PathBuf,
    /// A folder (csv) or a file (the other formats); with --against the folder that the changed files are written
    /// below; - writes a patch or a picture to standard output
    pub out: PathBuf,
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    #[command(flatten)]
    pub day: Day,
    /// A file or folder as it was imported: only the owners in it change, and only where the plan has others
    #[arg(long, value_name = "SOURCE")]
    pub against: Option<PathBuf>,
    /// Write a patch for `git apply` or `patch -p1` in the source's folder, in place of the files
    #[arg(long, requires = "against")]
    pub patch: bool,
    /// Where the source calls an owner by a former name, write the present one
    #[arg(long, requires = "against")]
    pub current_names: bool,
    /// What is changed and what is not, as JSON
    #[arg(long, requires = "against")]
    pub json: bool,
    /// For codeowners: the repository's folder, or a list of its paths
    #[arg(long, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// For codeowners: the organisation of teams whose key names none
    #[arg(long, value_name = "NAME")]
    pub org: Option<String>,
    #[command(flatten)]
    pub picture: Picture,
}

/// What a picture (dot, mermaid) shows; the whole plan when nothing is chosen.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures (dot, mermaid)")]
pub struct Picture {
    /// What services are put together by
    #[arg(long, value_enum, default_value_t = Clusters::Owner)]
    pub by: Clusters,
    /// Draw owners or systems in place of their services, with the number of dependencies between
    #[arg(long)]
    pub fold: bool,
    /// Only this service, with what needs it and what it needs
    #[arg(long, value_name = "SERVICE", group = "part")]
    pub around: Option<String>,
    /// How many steps up and down around the service
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    pub steps: usize,
    /// Only what this team and the teams below it own
    #[arg(long, value_name = "TEAM", group = "part")]
    pub team: Option<String>,
    /// Only this system
    #[arg(long, value_name = "SYSTEM", group = "part")]
    pub system: Option<String>,
    /// With what is next to the team or system
    #[arg(long)]
    pub neighbours: bool,
    /// Leave out services of this kind, and draw what they carry dashed; may be given several times
    #[arg(long, value_name = "KIND")]
    pub hide: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Clusters {
    Owner,
    System,
    None,
}

#[derive(Debug, Args)]
pub struct Findings {
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Only this rule; may be given several times
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub format: Output,
    /// For sarif: files or folders that define the plan's entities, so that each finding names a file and line
    #[arg(long, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Exit with 1 when there is a finding of this severity or worse
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub deny: Option<Deny>,
    /// How many findings of a rule the text lists; 0 for all
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct Forecast {
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// The last day to look at; a year from the first when not given
    #[arg(long, value_name = "DATE")]
    pub until: Option<NaiveDate>,
    /// What if this person leaves, with this last day: ada.okafor=2027-03-31; may be given several times
    #[arg(long, value_name = "PERSON=DATE")]
    pub leaver: Vec<LeaverArgument>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Suggest {
    pub plan: PathBuf,
    /// Services by id; all without an owner when none is named
    pub service: Vec<String>,
    #[command(flatten)]
    pub day: Day,
    /// Hand them over as suggested, as one step that can be undone
    #[arg(long)]
    pub apply: bool,
    #[arg(long)]
    pub json: bool,
}

/// `ada.okafor=2027-03-31`.
#[derive(Debug, Clone)]
pub struct LeaverArgument {
    pub person: String,
    pub last_day: NaiveDate,
}

impl std::str::FromStr for LeaverArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (person, day) = text.rsplit_once('=').ok_or("write PERSON=DATE, as ada.okafor=2027-03-31")?;
        let last_day = day.trim().parse().map_err(|_| format!("“{day}” is not a date such as 2027-03-31"))?;
        Ok(Self { person: person.trim().to_owned(), last_day })
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ImportFormat {
    Csv,
    Backstage,
    Codeowners,
}

impl ImportFormat {
    pub fn id(self) -> &'static str {
        match self {
            ImportFormat::Csv => "csv",
            ImportFormat::Backstage => "backstage",
            ImportFormat::Codeowners => "codeowners",
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    Csv,
    Backstage,
    Codeowners,
    Dot,
    Mermaid,
    Json,
}

impl ExportFormat {
    pub fn id(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::Backstage => "backstage",
            ExportFormat::Codeowners => "codeowners",
            ExportFormat::Dot => "dot",
            ExportFormat::Mermaid => "mermaid",
            ExportFormat::Json => "json",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Deny {
    Low,
    Medium,
    High,
    Critical,
}
