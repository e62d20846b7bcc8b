//! The `headroom` command. Exit codes: 0 done, 1 findings that were denied, 2 an error.

mod arguments;
mod command;
mod error;
mod screen;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match command::run(arguments::Arguments::parse()) {
        Ok(code) => code,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{}error:{} {error}", screen::FAULT, screen::FAULT.render_reset());
            ExitCode::from(2)
        }
    }
}
