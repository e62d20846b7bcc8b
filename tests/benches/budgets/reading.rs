//! Reading the rows of a plan with the sqlite3 shell: what work on the whole of a plan is compared with.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::shortest;

/// Name of the reference.
pub const NAME: &str = "sqlite3 reading all rows";
const TABLES: [&str; 6] = ["team", "person", "membership", "service", "ownership", "dependency"];
const RUNS: usize = 7;

/// Milliseconds in which a new process reads and prints every row.
pub fn with_sqlite(plan: &Path) -> f64 {
    let sql: String = TABLES.iter().map(|table| format!("SELECT * FROM {table};")).collect();
    let mut shell = Command::new("sqlite3");
    shell.arg(plan).arg(sql).stdout(Stdio::null());
    shortest(RUNS, || assert!(shell.status().unwrap().success()))
}
