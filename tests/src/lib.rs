//! What the tests from outside share: the command, the window, a plan in a folder of its own, and the real data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "only tests use this crate")]

pub mod dirty_export;
pub mod hiring_plan;
pub mod hr;
pub mod office;
pub mod window;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// A program of the workspace, built beside the tests.
pub fn built(name: &str) -> PathBuf {
    // target/<profile>/deps/<test> → target/<profile>/<name>
    let test = env::current_exe().unwrap();
    test.parent().and_then(Path::parent).unwrap().join(name)
}

/// The `headroom` command, built with the tests.
pub fn headroom() -> Command {
    let program = built("headroom");
    assert!(program.exists(), "{} is not built; run `cargo build -p headroom-cli` first", program.display());
    let mut command = Command::new(program);
    command.env("HEADROOM_AUTHOR", "Tester");
    command
}

/// A plan file in a folder that goes when the test ends.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub plan: PathBuf,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("acme.headroom");
        let desk = Self { folder, plan };
        desk.done(&["new", desk.path()]);
        desk
    }

    pub fn path(&self) -> &str {
        self.plan.to_str().unwrap()
    }

    /// Runs the command and gives what came of it.
    pub fn run(&self, arguments: &[&str]) -> Output {
        headroom().args(arguments).output().unwrap()
    }

    /// Runs the command, which must succeed; gives its output.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the command, which must fail with 2 and not with a panic; gives what it says.
    pub fn refused(&self, arguments: &[&str]) -> String {
        self.ends_with(arguments, 2)
    }

    /// Runs the command, which must find nothing to do and end with 1; gives what it says.
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

    /// Imports with `--json`; gives the report, also where nothing could be read, which is no success.
    pub fn import(&self, sources: &[&Path], options: &[&str]) -> Value {
        let mut arguments = vec!["import", self.path(), "--json"];
        arguments.extend(sources.iter().map(|source| source.to_str().unwrap()));
        arguments.extend(options);
        let output = self.run(&arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        let is_nothing = output.status.code() == Some(1) && errors.contains("nothing could be read");
        assert!(output.status.success() || is_nothing, "{arguments:?}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Writes a file beside the plan.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }
}

/// Sums of an import's report: added, changed, ended.
pub fn sums(report: &Value) -> (u64, u64, u64) {
    let sum = |name: &str| report[name].as_u64().unwrap();
    (sum("added"), sum("changed"), sum("ended"))
}

/// Real organisations, beside the checkout. None, said loudly, where they are not.
pub fn real_data(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: the real data of {name} is not beside this checkout ({})", folder.display());
    None
}

/// Refuses a file or folder beside a runner's `main.rs` (given as `file!()`) that it does not name as a module, and
/// whose tests would therefore never run.
pub fn assert_every_file_is_a_module(runner: &str) {
    // `file!()` is relative to the workspace.
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(runner);
    let modules = fs::read_to_string(&main).unwrap();
    for entry in fs::read_dir(main.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let named = modules.lines().any(|line| line.trim() == format!("mod {name};"));
        assert!(named || name == "main", "{} is not a module of {runner}", path.display());
    }
}
