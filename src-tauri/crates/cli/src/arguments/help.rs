//! The help of the program: clap has headings for options, but not for commands.

use std::fmt::Write;

use clap::{CommandFactory, FromArgMatches};

use super::Arguments;

/// Every command once, in the order in which a plan needs them.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Set up", &["new", "import", "import-profiles"]),
    (
        "Analyse",
        &[
            "overview",
            "playbook",
            "findings",
            "rules",
            "stats",
            "show",
            "search",
            "compare",
            "forecast",
            "slo",
            "incidents",
            "actions",
            "practices",
            "dora",
        ],
    ),
    (
        "Plan",
        &[
            "suggest",
            "coverage",
            "metrics",
            "gates",
            "bets",
            "staffing",
            "budget",
            "cost",
            "simulate",
            "scenario",
            "checklist",
        ],
    ),
    ("Share", &["export", "redact", "merge", "conflicts", "codeowners"]),
    ("Maintain", &["history", "undo", "redo", "doctor", "completions", "help"]),
];

/// The parsed arguments of the program.
///
/// # Errors
/// [`clap::Error`] if they are wrong, or ask for help or the version.
pub fn parse() -> Result<Arguments, clap::Error> {
    let mut command = grouped(Arguments::command());
    let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

fn grouped(command: clap::Command) -> clap::Command {
    let header = *command.get_styles().get_header();
    let name = *command.get_styles().get_literal();
    let width = GROUPS.iter().flat_map(|(_, names)| *names).map(|name| name.len()).max().unwrap_or_default();
    let mut text = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    for (heading, names) in GROUPS {
        let _ = write!(text, "\n{header}{heading}:{header:#}\n");
        for of in names {
            let about = command.find_subcommand(of).and_then(clap::Command::get_about);
            let about = about.map_or_else(|| "Explain a command".to_owned(), ToString::to_string);
            let _ = writeln!(text, "  {name}{of:<width$}{name:#}  {about}");
        }
    }
    let _ = write!(text, "\n{header}Options:{header:#}\n{{options}}{{after-help}}");
    command.help_template(text)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn every_command_has_exactly_one_heading() {
        let command = Arguments::command();
        let mut all: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        all.push("help");
        all.sort_unstable();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        grouped.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn clap_accepts_the_definition() {
        grouped(Arguments::command()).debug_assert();
    }

    /// The command with all its subcommands.
    fn all(command: &clap::Command) -> Vec<&clap::Command> {
        std::iter::once(command).chain(command.get_subcommands().flat_map(all)).collect()
    }

    #[test]
    fn everything_has_a_description() {
        let command = Arguments::command();
        for command in all(&command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{}: {}", command.get_name(), argument.get_id());
            }
        }
    }

    /// The words of the last command on a line, as a shell splits them, without redirection.
    fn words(line: &str) -> Vec<String> {
        let line = line.rsplit(" | ").next().unwrap_or_default();
        let line = line.split(" > ").next().unwrap_or_default();
        let parts = line.split('"').enumerate();
        let divided = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        divided.collect()
    }

    #[test]
    fn every_example_parses() {
        let command = Arguments::command();
        let mut seen = 0;
        for command in all(&command) {
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in examples.lines().skip(1) {
                seen += 1;
                if let Err(error) = Arguments::try_parse_from(words(line)) {
                    assert_eq!(error.kind(), clap::error::ErrorKind::DisplayHelp, "{line}: {error}");
                }
            }
        }
        assert!(seen > 40, "{seen} examples");
    }
}
