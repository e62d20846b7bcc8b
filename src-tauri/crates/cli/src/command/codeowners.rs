use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use headroom_exchange::{Codeowners, paths_below};

use super::Outcome;

pub fn run(file: &Path, sources: &[PathBuf]) -> Outcome {
    let owners = Codeowners::read(file)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut answer = |path: &str| -> std::io::Result<()> {
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
    Ok(ExitCode::SUCCESS)
}
