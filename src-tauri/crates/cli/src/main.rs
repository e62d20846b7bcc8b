//! The `headroom` command: arguments (`arguments/`), one file per command (`command/`), output (`screen.rs`).
//!
//! It parses arguments, calls the core or a use case of the window (`headroom-app`) and prints. Exit codes: 0 done,
//! 1 denied findings or nothing to do, 2 an error. One word has one meaning in all commands: `--from` and `--to` for a
//! period, `--as-of` for the date looked at, `--on` for the day something happens. Tests of single commands are in
//! `command/tests.rs`, those of the program as users run it in `tests/tests/cli/`.

mod arguments;
mod command;
mod error;
mod screen;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::error::CliError;

/// An import makes millions of small values: with the allocator of the system it takes almost half as long again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let done = match arguments::parse() {
        Ok(arguments) => command::run(arguments),
        // Requested text such as help goes to standard output, errors to standard error.
        Err(answer) => {
            let code = ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2));
            answer.print().map(|()| code).map_err(CliError::Output)
        }
    };
    match (done, screen::finish().map_err(CliError::Output)) {
        (Ok(code), Ok(())) => code,
        (Ok(code), Err(error)) if error.is_closed_pipe() => code,
        (Err(error), _) if error.is_closed_pipe() => ExitCode::SUCCESS,
        (Err(error), _) | (Ok(_), Err(error)) => {
            screen::eprintln!("{}error:{} {error}", screen::FAULT, screen::FAULT.render_reset());
            ExitCode::from(error.exit_code())
        }
    }
}
