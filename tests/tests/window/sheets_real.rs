//! Real tables of HR software through the column-matching screen, against figures that were calculated independently.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use headroom_tests::{
    Desk,
    hr::{Seats, check_employees, check_organogram},
    real_data,
    window::{Start, Window},
};
use serde_json::{Value, json};

const EMPLOYEES: [&str; 3] = ["employees.csv", "departments.csv", "jobs.csv"];

fn truth(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

fn shot(window: &Window, name: &str) {
    if let Some(folder) = env::var_os("SCREENSHOTS") {
        window.screenshot(&Path::new(&folder).join(name));
    }
}

/// Opens the import and chooses these files; the page is monitored for pauses.
fn chosen(desk: &Desk, files: &[PathBuf]) -> Window {
    let list = PathBuf::from(env::join_paths(files).unwrap());
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&list), ..Start::default() });
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

/// Waits until the files are read and compared.
fn settled(window: &Window) {
    window.wait("the preview", |it| {
        let is = it.js("return document.querySelector('.wizard')?.ariaBusy === 'false' &&
             document.querySelector('[data-testid=import-counts], [data-testid=import-problem]') !== null");
        is.as_bool().unwrap_or(false).then_some(())
    });
}

/// Changes a control of the page as a hand does, and waits for the result.
fn set(window: &Window, selector: &str, value: &str) {
    let script = format!(
        "const control = document.querySelector({});
         if (!control) return false;
         control.scrollIntoView({{ block: 'center' }});
         control.focus();
         if (control.type === 'checkbox') control.checked = {} === 'on'; else control.value = {};
         control.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return control.type === 'checkbox' || control.value === {}",
        json!(selector),
        json!(value),
        json!(value),
        json!(value)
    );
    let is_set = window.wait(selector, |it| it.has(selector).then(|| it.js(&script)));
    assert_eq!(is_set, true, "{selector} takes {value}");
    settled(window);
}

/// The select of a column of a file.
fn column(file: &str, header: &str) -> String {
    format!("select[data-file='{file}'][aria-label=\"Map {header} to\"]")
}

fn becomes(window: &Window, file: &str, header: &str) -> String {
    let script = format!("return document.querySelector({}).value", json!(column(file, header)));
    window.js(&script).as_str().unwrap_or_default().to_owned()
}

/// A control above the columns of a file.
fn control(window: &Window, file: &str, label: &str) -> String {
    let mark = format!("{file} {label}");
    let script = format!(
        "const section = [...document.querySelectorAll('section')].find((one) => one.querySelector('h2')?.innerText === {});
         const label = [...(section?.querySelectorAll('label') ?? [])].find((one) => one.innerText.trim().startsWith({}));
         const control = label?.querySelector('select, input');
         if (!control) return false;
         control.dataset.test = {};
         return true",
        json!(file),
        json!(label),
        json!(mark)
    );
    window.wait(&mark, |it| it.js(&script).as_bool().unwrap_or(false).then_some(()));
    format!("[data-test=\"{mark}\"]")
}

fn matched_columns(window: &Window) -> u64 {
    let script = "return [...document.querySelectorAll('[data-testid=sheet-columns] select')].filter((one) => one.value).length";
    window.js(script).as_u64().unwrap()
}

fn apply(window: &Window) {
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");
}

fn longest_pause(window: &Window) -> f64 {
    window.js("return Math.round(window.longest)").as_f64().unwrap()
}

#[test]
fn organograms_match_independent_counts() {
    let Some(folder) = real_data("uk-organograms") else { return };
    let truth = truth(&folder);
    for (body, truth) in truth["departments"].as_object().unwrap() {
        let senior = folder.join(format!("{body}-senior.csv"));
        let junior = folder.join(format!("{body}-junior.csv"));
        let desk = Desk::new();
        let window = chosen(&desk, &[senior.clone(), junior.clone()]);
        let begun = Instant::now();
        window.wait_text("[data-testid=sheet-source]", "UK government organogram");
        settled(&window);
        eprintln!(
            "{body}: looked at within {} ms, longest pause of the page {} ms",
            begun.elapsed().as_millis(),
            longest_pause(&window)
        );
        assert_eq!(matched_columns(&window), 13 + 10, "{body}");
        assert!(!window.has("[data-testid=sheet-questions]"), "{body}: nothing is open");
        shot(&window, &format!("organogram-{body}.png"));
        let senior_name = format!("{body}-senior.csv");
        if body.starts_with("human_tissue") {
            column_made_nothing_and_back(&window, &senior_name);
        }
        apply(&window);
        check_organogram(&Seats::of(&desk), &senior, body, truth);
        // The same files again change nothing.
        window.click("[data-testid=choose-files]");
        window.wait_text("[data-testid=import-counts]", "the plan is up to date");
    }
}

/// By keyboard: the select keeps the focus while the files are read again.
fn column_made_nothing_and_back(window: &Window, file: &str) {
    let select = column(file, "Job Title");
    assert_eq!(becomes(window, file, "Job Title"), "title");
    let had = window.text("[data-testid=sheet-preview]");
    assert!(had.contains("Job Title"));
    set(window, &select, "");
    assert!(!window.text("[data-testid=sheet-preview]").contains("Job Title"), "left out");
    assert_eq!(window.js("return document.querySelector('[data-testid=sheet-profile]').value"), "");
    let keeps = format!("return document.activeElement === document.querySelector({})", json!(select));
    assert_eq!(window.js(&keeps), true, "the focus stays where it was");
    set(window, &select, "title");
    assert_eq!(window.text("[data-testid=sheet-preview]"), had);
}

#[test]
fn oracle_employees_match_independent_counts() {
    let Some(folder) = real_data("oracle-hr") else { return };
    let desk = Desk::new();
    let window = chosen(&desk, &EMPLOYEES.map(|file| folder.join(file)));
    window.wait_text("[data-testid=sheet-source]", "Oracle HR tables");
    window.wait_text("[data-testid=sheet-questions]", "Which currency are the amounts in “salary” in?");
    settled(&window);
    shot(&window, "employees-question.png");
    set(&window, "[data-testid=sheet-questions] select", "USD");
    // Jobs have their own currency.
    window.wait_text("[data-testid=sheet-questions]", "“min_salary”");
    set(&window, "[data-testid=sheet-questions] select", "USD");
    window.wait_gone("[data-testid=sheet-questions]");
    shot(&window, "employees-answered.png");
    apply(&window);
    check_employees(&Seats::of(&desk), &truth(&folder));
}

/// The file with other headers, which no profile has.
fn renamed(desk: &Desk, from: &Path, to: &str, headers: &[&str]) -> PathBuf {
    let bytes = fs::read(from).unwrap();
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let text = [headers.join(",").as_bytes(), &bytes[end..]].concat();
    desk.file(to, text)
}

/// Matches every column of a file by hand.
fn match_all(window: &Window, file: &str, fields: &[(&str, &str)]) {
    for (header, field) in fields {
        if becomes(window, file, header) != *field {
            set(window, &column(file, header), field);
        }
        assert_eq!(becomes(window, file, header), *field, "{file}: {header}");
    }
}

#[test]
fn unknown_organogram_is_matched_by_hand() {
    let Some(folder) = real_data("uk-organograms") else { return };
    let body = "treasury_solicitors_department-2011-09-30";
    let truth = &truth(&folder)["departments"][body];
    let senior = folder.join(format!("{body}-senior.csv"));
    let desk = Desk::new();
    let posts = [
        "Ref",
        "Holder",
        "Band",
        "Does",
        "Purpose",
        "Ministry",
        "Body",
        "Section",
        "Tel",
        "Mail",
        "Under",
        "Below",
        "Part",
        "Lowest",
        "Highest",
        "",
        "Craft",
        "Remarks",
        "Ok",
        "Link",
        "From file",
        "From line",
    ];
    let counted = [
        "Ministry",
        "Body",
        "Section",
        "Under",
        "Band",
        "Lowest",
        "Highest",
        "Does",
        "How many",
        "Craft",
        "From file",
        "From line",
    ];
    let files = [
        renamed(&desk, &senior, "posts.csv", &posts),
        renamed(&desk, &folder.join(format!("{body}-junior.csv")), "counted.csv", &counted),
    ];
    let window = chosen(&desk, &files);
    window.wait_text("[data-testid=sheet-source]", "Unrecognised headers");
    settled(&window);
    for (file, rows) in [("posts.csv", "positions"), ("counted.csv", "counted")] {
        set(&window, &control(&window, file, "Each row is"), rows);
    }
    let team = [("Ministry", "organisation"), ("Body", "division"), ("Section", "team")];
    let both = [
        ("Under", "manager_position"),
        ("Band", "level"),
        ("Lowest", "pay_from"),
        ("Highest", "pay_to"),
        ("Does", "title"),
        ("Craft", "discipline"),
    ];
    let own = [("Ref", "position_id"), ("Holder", "name"), ("Purpose", "description"), ("Part", "fte")];
    match_all(&window, "posts.csv", &[&team[..], &both, &own].concat());
    match_all(&window, "counted.csv", &[&team[..], &both, &[("How many", "fte")]].concat());
    for file in ["posts.csv", "counted.csv"] {
        set(&window, &control(&window, file, "Treat 0 as empty"), "on");
        window.wait_text("[data-testid=sheet-questions]", "Which currency are the amounts in “Lowest” in?");
        shot(&window, "by-hand.png");
        set(&window, "[data-testid=sheet-questions] select", "GBP");
    }
    window.wait_gone("[data-testid=sheet-questions]");
    window.type_into("[data-testid=sheet-name]", "Posts by hand");
    window.click("[data-testid=sheet-save]");
    window.wait_text(".profiles [role=status]", "Profile saved");
    settled(&window);
    assert_eq!(
        window.js("return document.querySelector('[data-testid=sheet-profile]').value"),
        "Posts by hand"
    );
    shot(&window, "by-hand-matched.png");
    apply(&window);
    check_organogram(&Seats::of(&desk), &senior, body, truth);
    drop(window);

    // The choices are saved: the command line reads the files with them.
    desk.done(&["undo", desk.path()]);
    assert!(Seats::of(&desk).rows("positions").is_empty());
    desk.import(&[&files[0], &files[1]], &["--profile", "Posts by hand"]);
    check_organogram(&Seats::of(&desk), &senior, body, truth);
}

#[test]
fn unknown_employee_tables_are_matched_by_hand() {
    let Some(folder) = real_data("oracle-hr") else { return };
    let desk = Desk::new();
    let staff =
        ["No", "Given", "Family", "Account", "Phone", "Since", "Post", "Wage", "Extra", "Boss no", "Place"];
    let files = [
        renamed(&desk, &folder.join("employees.csv"), "staff.csv", &staff),
        renamed(&desk, &folder.join("departments.csv"), "places.csv", &["Code", "Called", "Head", "Where"]),
        renamed(&desk, &folder.join("jobs.csv"), "posts.csv", &["Code", "Called", "Lowest", "Highest"]),
    ];
    let window = chosen(&desk, &files);
    window.wait_text("[data-testid=sheet-source]", "Unrecognised headers");
    settled(&window);
    set(&window, &control(&window, "staff.csv", "Each row is"), "people");
    set(&window, &control(&window, "places.csv", "Each row is"), "teams");
    set(&window, &control(&window, "posts.csv", "Each row is"), "look_up");
    match_all(
        &window,
        "posts.csv",
        &[("Code", "key"), ("Called", "title"), ("Lowest", "pay_from"), ("Highest", "pay_to")],
    );
    match_all(&window, "places.csv", &[("Code", "team_id"), ("Called", "team"), ("Head", "team_lead")]);
    match_all(
        &window,
        "staff.csv",
        &[
            ("No", "person_id"),
            ("Given", "first_name"),
            ("Family", "last_name"),
            ("Account", "other_name"),
            ("Since", "start"),
            ("Post", "table:posts"),
            ("Wage", "pay"),
            ("Boss no", "manager_id"),
            ("Place", "team_id"),
        ],
    );
    for file in ["staff.csv", "posts.csv"] {
        set(&window, &control(&window, file, "Pay period"), "month");
        set(&window, &control(&window, file, "Currency"), "USD");
    }
    window.wait_gone("[data-testid=sheet-questions]");
    window.type_into("[data-testid=sheet-name]", "Staff by hand");
    window.click("[data-testid=sheet-save]");
    window.wait_text(".profiles [role=status]", "Profile saved");
    settled(&window);
    shot(&window, "staff-by-hand.png");
    apply(&window);
    check_employees(&Seats::of(&desk), &truth(&folder));
    drop(window);

    desk.done(&["undo", desk.path()]);
    let sources: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    desk.import(&sources, &["--profile", "Staff by hand"]);
    check_employees(&Seats::of(&desk), &truth(&folder));
}
