//! Output: text and, on a terminal, colours and progress. The first line that cannot be written is remembered and
//! becomes the error of the command.

use std::{fmt, io, io::Write, sync::Mutex, time::Duration};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

pub const FAULT: Style = AnsiColor::Red.on_default().bold();
pub const CAUTION: Style = AnsiColor::Yellow.on_default();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const STRONG: Style = Style::new().bold();
pub const QUIET: Style = Style::new().dimmed();

/// The first error of writing to standard output.
static UNWRITTEN: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints a line; an error is remembered for [`finish`].
macro_rules! print_line {
    () => { $crate::screen::put(format_args!("")) };
    ($($part:tt)*) => { $crate::screen::put(format_args!($($part)*)) };
}
pub(crate) use print_line as println;

/// Prints a line to standard error; errors are ignored.
macro_rules! tell_line {
    ($($part:tt)*) => { $crate::screen::tell(format_args!($($part)*)) };
}
pub(crate) use tell_line as eprintln;

pub fn put(line: fmt::Arguments<'_>) {
    if let Err(error) = writeln!(anstream::stdout(), "{line}") {
        let mut unwritten = UNWRITTEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        unwritten.get_or_insert(error);
    }
}

pub fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Flushes the output.
///
/// # Errors
/// The first error of writing, now or before.
pub fn finish() -> io::Result<()> {
    let flushed = io::stdout().flush();
    match UNWRITTEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
        Some(error) => Err(error),
        None => flushed,
    }
}

/// Shows a message while `work` runs, on a terminal and only if it takes longer than a second.
pub fn while_waiting<T>(doing: &str, work: impl FnOnce() -> T) -> T {
    if !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, is_done) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            if is_done.recv_timeout(Duration::from_secs(1)).is_ok() {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(doing.to_owned());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} … {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            // Returns when the sender is dropped, at the end of `work`.
            let _ = is_done.recv();
            bar.finish_and_clear();
        });
        let outcome = work();
        drop(done);
        outcome
    })
}

/// Shows the progress of `work`, on a terminal and only if it takes longer than a moment.
pub fn with_progress<T>(what: &str, all: u64, done: impl Fn() -> u64 + Sync, work: impl FnOnce() -> T) -> T {
    if !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        return work();
    }
    std::thread::scope(|scope| {
        let (end, is_end) = std::sync::mpsc::channel::<()>();
        let done = &done;
        scope.spawn(move || {
            let mut bar: Option<ProgressBar> = None;
            while is_end.recv_timeout(Duration::from_millis(200))
                == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                bar.get_or_insert_with(|| {
                    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} {msg} · {eta} left");
                    ProgressBar::new(all)
                        .with_message(what.to_owned())
                        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                })
                .set_position(done());
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        let outcome = work();
        drop(end);
        outcome
    })
}
