//! What is seen on a terminal only: colours and signs of life.

use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

pub const FAULT: Style = AnsiColor::Red.on_default().bold();
pub const CAUTION: Style = AnsiColor::Yellow.on_default();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const STRONG: Style = Style::new().bold();
pub const QUIET: Style = Style::new().dimmed();

/// Says what is going on while `work` runs, on a terminal and only when it takes longer than a second.
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
            // Ends when the sender goes, at the end of the work.
            let _ = is_done.recv();
            bar.finish_and_clear();
        });
        let outcome = work();
        drop(done);
        outcome
    })
}
