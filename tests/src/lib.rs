//! Support for tests from outside: the command, the window, a plan in a folder of its own, generated data, and real
//! data.
//!
//! Every test runs on [`TODAY`] or on the date it names, by `HEADROOM_TODAY`, so that none depends on the day, the
//! time zone or midnight. A test has a plan file of its own ([`Desk`]), and a test of the window an X server of its
//! own ([`window::Window`]). Real data is in a folder beside the checkout; tests of it are skipped, loudly, where it
//! is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "only tests use this crate")]

pub mod dirty_export;
pub mod hiring_plan;
pub mod hr;
pub mod office;
pub mod random_edits;
pub mod renumbered;
pub mod rows;
pub mod window;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

/// The date of all tests that name no other one: in the week for which the files of the sample are written.
pub const TODAY: &str = "2026-11-27";

pub fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

/// Noon of [`TODAY`], for files that the test itself writes.
pub fn now() -> DateTime<Utc> {
    today().and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12)
}

/// The date of tests that must pass on any date: set by `.ci/other-days`.
pub fn another_day() -> NaiveDate {
    let said = env::var("HEADROOM_TODAY");
    said.as_deref().unwrap_or("2028-02-29").parse().unwrap()
}

/// A program of the workspace, in the same target folder as the caller.
pub fn built(name: &str) -> PathBuf {
    // Tests are in target/<profile>/deps, programs in target/<profile>.
    let asking = env::current_exe().unwrap();
    let folder = asking.parent().unwrap();
    if folder.ends_with("deps") { folder.parent().unwrap().join(name) } else { folder.join(name) }
}

/// The `headroom` command built with the tests, on [`TODAY`].
pub fn headroom() -> Command {
    let program = built("headroom");
    assert!(program.exists(), "{} is not built; `make test` builds it", program.display());
    let mut command = Command::new(program);
    command.env("HEADROOM_AUTHOR", "Tester").env("HEADROOM_TODAY", TODAY);
    command
}

/// A plan file in a temporary folder.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub plan: PathBuf,
    /// The date on which commands run.
    pub today: NaiveDate,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self::without_plan(today());
        desk.done(&["new", desk.path()]);
        desk
    }

    /// With the sample organisation as of a date.
    pub fn of_sample_on(today: NaiveDate) -> Self {
        let mut desk = Self::without_plan(today);
        // The name it has in the window.
        desk.plan.set_file_name("Tidewater.headroom");
        desk.done(&["new", "--sample", desk.path()]);
        desk
    }

    fn without_plan(today: NaiveDate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("acme.headroom");
        Self { folder, plan, today }
    }

    pub fn path(&self) -> &str {
        self.plan.to_str().unwrap()
    }

    /// Runs the command.
    pub fn run(&self, arguments: &[&str]) -> Output {
        headroom().env("HEADROOM_TODAY", self.today.to_string()).args(arguments).output().unwrap()
    }

    /// Runs the command, which must succeed; gives its output.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the command, which must fail with exit code 2 and not with a panic; gives its message.
    pub fn refused(&self, arguments: &[&str]) -> String {
        self.ends_with(arguments, 2)
    }

    /// Runs the command, which must find nothing to do and exit with 1; gives its message.
    pub fn idle(&self, arguments: &[&str]) -> String {
        self.ends_with(arguments, 1)
    }

    fn ends_with(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(!errors.contains("panicked"), "{errors}");
        errors
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }

    pub fn stats(&self) -> Value {
        self.json(&["stats", self.path(), "--json"])
    }

    /// Imports with `--json`; gives the report, also of an import that found nothing and failed.
    pub fn import(&self, sources: &[&Path], options: &[&str]) -> Value {
        let mut arguments = vec!["import", self.path(), "--json"];
        arguments.extend(sources.iter().map(|source| source.to_str().unwrap()));
        arguments.extend(options);
        let output = self.run(&arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        let is_nothing = output.status.code() == Some(1) && errors.contains("nothing was imported");
        assert!(output.status.success() || is_nothing, "{arguments:?}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Imports a folder with these files and no others; gives what was printed.
    pub fn import_csv(&self, files: &[(&str, &str)]) -> String {
        let folder = self.folder.path().join("files");
        let _ = fs::remove_dir_all(&folder);
        files.iter().for_each(|(name, text)| drop(self.file(&format!("files/{name}"), text)));
        let output = self.run(&["import", self.path(), folder.to_str().unwrap(), "--format", "csv"]);
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat()
    }

    /// Writes a file next to the plan.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }
}

/// The commands in a help text, under any heading.
pub fn commands_in(help: &str) -> Vec<String> {
    let after_usage = help.lines().skip_while(|line| !line.starts_with("Usage:")).skip(1);
    let listed = after_usage.take_while(|line| !matches!(*line, "Arguments:" | "Options:"));
    let named = listed.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    named.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// Totals of an import's report: added, changed, ended.
pub fn sums(report: &Value) -> (u64, u64, u64) {
    let sum = |name: &str| report[name].as_u64().unwrap();
    (sum("added"), sum("changed"), sum("ended"))
}

/// Real organisations beside the checkout. None if they are missing, with a message.
pub fn real_data(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: the real data of {name} is not beside this checkout ({})", folder.display());
    None
}
