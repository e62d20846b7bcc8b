//! `headroom codeowners`: the owners of paths by a CODEOWNERS file, as JSON lines.

use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use headroom_exchange::{Codeowners, paths_below};

use super::{Outcome, import::print_problems};
use crate::{arguments::Rules, error::CliError};

pub fn run(file: &Path, sources: &[PathBuf], rules: &Rules) -> Outcome {
    let owners = Codeowners::read(file, rules.dialect())?;
    print_problems(&owners.problems);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut count = 0;
    let mut answer = |path: &str| -> std::io::Result<()> {
        count += 1;
        serde_json::to_writer(&mut out, &owners.resolve(path))?;
        out.write_all(b"\n")
    };
    if sources.is_empty() {
        for path in std::io::stdin().lock().lines() {
            answer(&path?)?;
        }
    }
    for path in paths_below(sources)? {
        answer(&path)?;
    }
    out.flush()?;
    if count == 0 {
        return Err(CliError::NothingToDo(
            "no paths given: name a list of paths or a folder with files".to_owned(),
        ));
    }
    Ok(ExitCode::SUCCESS)
}
