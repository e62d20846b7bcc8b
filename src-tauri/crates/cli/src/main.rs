//! The `headroom` command. Exit codes: 0 success, 1 denied findings or nothing to do, 2 an error.

mod arguments;
mod command;
mod error;
mod screen;

use std::process::ExitCode;

use crate::error::CliError;

fn main() -> ExitCode {
    let done = match arguments::parse() {
        Ok(arguments) => command::run(arguments),
        // What was asked for, as help, goes to standard output, and what is wrong to standard error.
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
