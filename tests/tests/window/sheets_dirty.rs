//! A large untidy HR export: each questionable cell is found and explained, and no salary is revealed.

use std::{env, fmt::Write as _, path::Path, time::Instant};

use headroom_tests::{
    Desk,
    dirty_export::{ROWS, rows, text},
    window::{Start, Window},
};
use serde_json::json;

const LIST: &str = "[data-testid=import-problems]";

fn shot(window: &Window, name: &str) {
    if let Some(folder) = env::var_os("SCREENSHOTS") {
        window.screenshot(&Path::new(&folder).join(name));
    }
}

fn chosen(desk: &Desk, file: &Path) -> Window {
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(file), ..Start::default() });
    window.go("#/import");
    window.wait_text("[data-testid=formats]", "Spreadsheet");
    window.js(
        "window.longest = 0; let last = performance.now();
         const frame = (now) => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); };
         requestAnimationFrame(frame);",
    );
    window.click("[data-testid=choose-files]");
    window
}

fn settled(window: &Window) {
    window.wait("the preview", |it| {
        let is = it.js("return document.querySelector('.wizard')?.ariaBusy === 'false' &&
             document.querySelector('[data-testid=import-counts]') !== null");
        is.as_bool().unwrap_or(false).then_some(())
    });
}

/// Replaces the filter of the list.
fn find(window: &Window, words: &str) {
    window.js(&format!(
        "const input = document.querySelector('[data-testid=problems-text]');
         input.value = {};
         input.dispatchEvent(new Event('input', {{ bubbles: true }}));",
        json!(words)
    ));
}

fn choose(window: &Window, selector: &str, value: &str) {
    window.wait(selector, |it| it.has(selector).then_some(()));
    window.js(&format!(
        "const select = document.querySelector({});
         select.value = {};
         select.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(selector),
        json!(value)
    ));
    settled(window);
}

#[test]
fn every_questionable_cell_is_found_and_explained() {
    let desk = Desk::new();
    let (rows, told) = rows();
    let file = desk.file("export.csv", text(&rows));
    let window = chosen(&desk, &file);
    let begun = Instant::now();
    settled(&window);
    eprintln!("{ROWS} rows were looked at within {} ms", begun.elapsed().as_millis());

    // Ambiguous columns are asked about.
    window.wait_text("[data-testid=sheet-questions]", "Does the day or the month come first in “Hire date”?");
    window.wait_text("[data-testid=sheet-questions]", "Which currency are the amounts in “Salary” in?");
    shot(&window, "dirty-questions.png");
    window.click("[data-testid=day-first]");
    settled(&window);
    choose(&window, "[data-testid=sheet-questions] select", "USD");
    window.wait("the century alone is open", |it| {
        let text = it.text("[data-testid=sheet-questions]");
        (text.contains("Which century") && !text.contains("Which currency")).then_some(())
    });
    shot(&window, "dirty-answered.png");

    // Each questionable cell is found by words, at its line.
    for ((line, _), words) in &told {
        // Ambiguities are above the list.
        if words.starts_with("which ") {
            continue;
        }
        // Salaries are hidden: not even their notation is shown.
        find(&window, words);
        let place = format!("line {}", grouped(*line));
        window.wait_text(LIST, &place);
    }
    find(&window, "");
    window.click("[data-testid=problems-error]");
    window.wait("only what was left out", |it| {
        let text = it.text(LIST);
        (text.contains("Error") && !text.contains("Warning\n") && !text.contains("Note\n")).then_some(())
    });
    shot(&window, "dirty-left-out.png");
    let dates = window.js("return [...document.querySelectorAll('[data-testid=problems-column] option')]
            .find((option) => option.textContent.startsWith('Hire date')).value");
    choose(&window, "[data-testid=problems-column]", dates.as_str().unwrap());
    window.wait("only of one column", |it| {
        let text = it.text(LIST);
        (text.contains("soon") && !text.contains("competitive") && !text.contains("Salary")).then_some(())
    });
    shot(&window, "dirty-one-column.png");
}

fn grouped(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{} {:03}", number / 1000, number % 1000) }
}

#[test]
fn no_amount_is_shown_while_pay_is_hidden() {
    let desk = Desk::new();
    let file = desk.file(
        "staff.csv",
        "Employee ID,Name,Job title,Salary (EUR),Bonus,Notes\n\
         1,Ada Lovelace,CTO,91234,7777,x\n\
         2,Bob Ray,Engineer,\"81,234\",6666,x\n\
         3,Cy Dee,Engineer,61234.5.1,5555,x\n",
    );
    let window = chosen(&desk, &file);
    settled(&window);
    let shown = |window: &Window| window.js("return document.body.innerText").as_str().unwrap().to_owned();
    let amounts = ["91234", "91 234", "81234", "81,234", "81 234", "61234", "7777", "6666"];
    window.wait_text("[data-testid=import-changes]", "•••");
    let hidden = shown(&window);
    for amount in amounts {
        assert!(!hidden.contains(amount), "{amount}: {hidden}");
        let titles = format!("return document.querySelector('[title*=\"{amount}\"]') === null");
        assert_eq!(window.js(&titles), true, "{amount} in a title");
    }
    shot(&window, "pay-hidden.png");
    window.click("[data-testid=show-pay]");
    window.wait_text("[data-testid=import-changes]", "91234.00 EUR");
    settled(&window);
    let told = shown(&window);
    for amount in ["91234", "81,234", "61234", "7777"] {
        assert!(told.contains(amount), "{amount}: {told}");
    }
}

#[test]
fn long_lists_of_diagnostics_render_only_visible_rows() {
    const BAD: usize = 3_000;
    let mut text = "Employee ID,Name,Start date\n".to_owned();
    for at in 0..BAD {
        writeln!(text, "{at},Person {at},soon {at}").unwrap();
    }
    let desk = Desk::new();
    let file = desk.file("staff.csv", text);
    let window = chosen(&desk, &file);
    settled(&window);
    window.click("[data-testid=problems-error]");
    window.wait_text(LIST, "“soon 0” in “Start date”");
    let rows = format!("return document.querySelectorAll('{LIST} [role=row]').length");
    assert!(window.js(&rows).as_u64().unwrap() < 60, "only rows in sight are made");
    // The keyboard reaches the last one, and the selected one is shown in full.
    window.js("document.querySelector('[data-testid=import-problems-table]').focus()");
    window.press("{End}");
    window.wait_text("[data-testid=import-problem-whole]", "“soon 2999”");
    window.wait_text("[data-testid=import-problem-whole]", "write it as 2026-03-12");
    find(&window, "“soon 1234”");
    window.wait("one is found", |it| {
        let text = it.text(LIST);
        (text.contains("line 1 236") && !text.contains("soon 2999")).then_some(())
    });
    shot(&window, "long-list.png");
}

#[test]
fn cancelled_imports_leave_nothing() {
    let desk = Desk::new();
    let (rows, _) = rows();
    let file = desk.file("export.csv", text(&rows));
    let window = chosen(&desk, &file);
    // While the files are still being read.
    window.click("[data-testid=import-cancel]");
    window.wait_text("[data-testid=formats]", "Spreadsheet");
    // Once the same files have been read again, the cancelled ones have been, too.
    let sources = serde_json::json!([file]);
    let read = window.js_later(&format!(
        "const call = window.__TAURI_INTERNALS__.invoke, sources = {sources};
         const preview = ({{ profile }}) => call('import_preview', {{ request: {{
             sources, profile, format: 'sheet', depth: 1, isComplete: false, names: [] }} }});
         call('sheet_preview', {{ sources, profile: null, isSheet: false }})
             .then(preview).then(() => done('read'), (error) => done(error));"
    ));
    assert_eq!(read, "read");
    assert!(!window.has("[data-testid=sheet-columns]") && !window.has("[data-testid=import-apply]"));
    assert!(window.has("[data-testid=formats]"), "the answer that came too late is dropped");
}
