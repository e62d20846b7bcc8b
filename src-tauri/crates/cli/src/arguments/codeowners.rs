//! Flags of everything that reads or writes CODEOWNERS files.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct Rules {
    /// Syntax of CODEOWNERS files [default: detected]
    #[arg(long, value_enum, value_name = "HOST")]
    pub dialect: Option<DialectArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DialectArg {
    Github,
    Gitlab,
}

impl Rules {
    pub fn dialect(&self) -> Option<headroom_exchange::Dialect> {
        self.dialect.map(|dialect| match dialect {
            DialectArg::Github => headroom_exchange::Dialect::GitHub,
            DialectArg::Gitlab => headroom_exchange::Dialect::GitLab,
        })
    }
}
