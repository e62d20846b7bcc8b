//! Flags of `headroom cost`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use headroom_model::Currency;

use super::{DateOrderArg, Day, metrics::month};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whose").required(true).args(["plan", "source"])))]
pub struct CostArguments {
    /// Plan file
    pub plan: Option<PathBuf>,
    #[command(flatten)]
    pub day: Day,
    /// Only this month, e.g. 2027-02
    #[arg(long, value_name = "MONTH", value_parser = month, conflicts_with_all = ["from", "to", "source"])]
    pub month: Option<NaiveDate>,
    /// First month
    #[arg(long, value_name = "MONTH", value_parser = month, conflicts_with = "source")]
    pub from: Option<NaiveDate>,
    /// Last month
    #[arg(long, value_name = "MONTH", value_parser = month, conflicts_with = "source")]
    pub to: Option<NaiveDate>,
    /// team, service, account, namespace, provider, class or a label
    #[arg(long, value_name = "WHAT", default_value = "team", value_parser = CostBy::parse)]
    pub by: CostBy,
    /// Let cost flow along dependencies to those who use it
    #[arg(long, conflicts_with = "source")]
    pub chargeback: bool,
    /// Chargeback of cloud cost alone, without people
    #[arg(long, requires = "chargeback")]
    pub no_people: bool,
    /// Amounts with purchases spread over their days
    #[arg(long, conflicts_with = "billed")]
    pub effective: bool,
    /// Amounts as on the invoice
    #[arg(long)]
    pub billed: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Bill to report on, without a plan
    #[arg(long, value_name = "FILE", help_heading = "Bills", num_args = 1..)]
    pub source: Vec<PathBuf>,
    /// Tag to add up by, as it is written
    #[arg(long, value_name = "KEY", help_heading = "Bills", requires = "source")]
    pub tag: Vec<String>,
    /// Order of day and month in dates such as 03/04/2026
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Bills", requires = "source")]
    pub dates: Option<DateOrderArg>,
    /// Currency of amounts without one, e.g. EUR
    #[arg(long, value_name = "CODE", help_heading = "Bills", requires = "source")]
    pub currency: Option<Currency>,
}

/// By what cost is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CostBy {
    Team,
    Service,
    Account,
    Namespace,
    Provider,
    Class,
    Label(String),
}

impl CostBy {
    /// Anything else is the key of a label.
    #[allow(clippy::unnecessary_wraps)]
    fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "team" => Self::Team,
            "service" => Self::Service,
            "account" => Self::Account,
            "namespace" => Self::Namespace,
            "provider" => Self::Provider,
            "class" => Self::Class,
            "" => return Err("name a label such as env".to_owned()),
            label => Self::Label(label.to_owned()),
        })
    }

    pub fn word(&self) -> &str {
        match self {
            Self::Team => "team",
            Self::Service => "service",
            Self::Account => "account",
            Self::Namespace => "namespace",
            Self::Provider => "provider",
            Self::Class => "class",
            Self::Label(label) => label,
        }
    }
}
