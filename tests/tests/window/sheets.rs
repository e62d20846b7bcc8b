//! Column matching for tables, by hand.

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

const TABLE: &str = "Who;Since;Does;Squad name;Above\n\
    Ada Lovelace;03/04/2026;CTO;Platform;\n\
    Bob Ray;05/06/2026;Engineer;Platform;Ada Lovelace\n\
    Vacant;;Engineer;Platform;Ada Lovelace\n";

fn choose(window: &Window, column: &str, field: &str) {
    window.js(&format!(
        "const select = document.querySelector(\"select[aria-label='Map {column} to']\");
         select.value = '{field}';
         select.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ));
    window.wait(&format!("{column} is {field}"), |it| {
        let is = it.js(&format!(
            "const select = document.querySelector(\"select[aria-label='Map {column} to']\");
             return select && !select.disabled && select.value === '{field}'"
        ));
        is.as_bool().unwrap_or(false).then_some(())
    });
}

fn shot(window: &Window, name: &str) {
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&std::path::Path::new(&folder).join(name));
    }
}

#[test]
fn folder_of_hr_tables_imports_like_its_files() {
    let desk = Desk::new();
    desk.file(
        "hr/berlin.csv",
        "Badge id,Name,Designation,Sub Unit,Joined Date,Weekly hours\n7,Ada Okafor (7),CTO,Eng,2015-03-02,40\n8,Bo Lind,Dev,Eng,2016-03-01,20\n",
    );
    desk.file(
        "hr/paris.csv",
        "Matricule,Nom complet,Job title,Department,Start date,Manager\n9,Cy Marsh,Dev,Eng,2017-03-01,Okafor Ada\n",
    );
    let folder = desk.folder.path().join("hr");
    let window =
        Window::start(&Start { arguments: &[desk.path()], dialog: Some(&folder), ..Start::default() });
    window.go("#/import");
    window.click("[data-testid=choose-folder]");
    window.wait_text("[data-testid=sheet-source]", "Unrecognised headers");
    window.wait_text(
        "[data-testid=sheet-questions]",
        "How many hours per week are full time in “Weekly hours”?",
    );
    shot(&window, "sheet-folder.png");
    window.js("const select = document.querySelector('[data-testid=sheet-questions] select');
         select.value = '40';
         select.dispatchEvent(new Event('change', { bubbles: true }));");
    window.wait_gone("[data-testid=sheet-questions]");
    window.wait_text("[data-testid=import-counts]", "position");
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");
    let plan = exported(&desk);
    let position = |key: &str| {
        let seats = plan["positions"].as_array().unwrap();
        seats.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key}")).clone()
    };
    assert_eq!(position("S-8")["fte"], "0.5");
    assert_eq!(position("S-9")["manager"], position("S-7")["id"]);
}

#[test]
fn columns_are_matched_and_date_order_confirmed() {
    let desk = Desk::new();
    let file = desk.file("staff.csv", TABLE);
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&file), ..Start::default() });
    window.go("#/import");
    window.click("[data-testid=choose-files]");
    window.wait_text("[data-testid=sheet-source]", "Unrecognised headers");
    for (column, field) in [
        ("Who", "name"),
        ("Since", "start"),
        ("Does", "title"),
        ("Squad name", "team"),
        ("Above", "manager_name"),
    ] {
        choose(&window, column, field);
    }
    window.wait_text("[data-testid=sheet-questions]", "Does the day or the month come first in “Since”?");
    shot(&window, "sheet-question.png");
    window.wait_text("[data-testid=import-counts]", "position");
    window.click("[data-testid=day-first]");
    window.wait_gone("[data-testid=sheet-questions]");
    window.type_into("[data-testid=sheet-name]", "Staff list");
    window.click("[data-testid=sheet-save]");
    window.wait_text("[role=status]", "Profile saved");
    // Saving a profile changes the plan, so that the import has to be previewed again.
    window.wait_text("[data-testid=import-counts]", "position");
    shot(&window, "sheet-matched.png");
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");

    let plan = exported(&desk);
    let find = |table: &str, key: &str| {
        plan[table]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["key"] == key)
            .cloned()
            .unwrap_or_else(|| panic!("no {key}"))
    };
    assert_eq!(find("people", "Ada Lovelace")["from"], "2026-04-03");
    assert_eq!(find("positions", "S-Bob Ray")["manager"], find("positions", "S-Ada Lovelace")["id"]);
    assert_eq!(plan["positions"].as_array().unwrap().len(), 3);
    assert_eq!(plan["assignments"].as_array().unwrap().len(), 2);

    desk.done(&["undo", desk.path()]);
    assert!(exported(&desk)["positions"].as_array().unwrap().is_empty());
    // The profile is saved, and the command line has it.
    assert!(desk.done(&["import-profiles", desk.path()]).contains("Staff list"));
    let report = desk.import(&[&file], &["--profile", "Staff list"]);
    assert_eq!(headroom_tests::sums(&report).0, 1 + 2 + 2 + 3 + 2);
}

fn exported(desk: &Desk) -> serde_json::Value {
    let out = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json"]);
    serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap()
}

#[test]
fn sheet_and_header_row_can_be_chosen() {
    let desk = Desk::new();
    let file = desk.folder.path().join("staff.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, above, people) in [("UK", 0, ["Ada", "Bob"].as_slice()), ("DE", 2, &["Cem", "Dora", "Emil"])] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for at in 0..above {
            sheet.write(at, 0, "Team").unwrap().write(at, 1, "Office").unwrap();
        }
        sheet.write(above, 0, "Employee ID").unwrap().write(above, 1, "Name").unwrap();
        for (at, person) in people.iter().enumerate() {
            let row = above + 1 + at as u32;
            sheet.write(row, 0, format!("{name}-{at}")).unwrap().write(row, 1, *person).unwrap();
        }
    }
    book.save(&file).unwrap();
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&file), ..Start::default() });
    window.go("#/import");
    window.click("[data-testid=choose-files]");
    window.wait_text("[data-testid=sheet-columns]", "Bob");
    let put = |what: &str, value: &str| {
        window.js(&format!(
            "const input = document.querySelector('[data-testid={what}]');
             input.value = '{value}';
             input.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        ));
    };
    put("sheet-choice", "DE");
    window.wait_text("[data-testid=sheet-columns]", "Dora");
    put("header-line", "1");
    window.wait_text("[data-testid=sheet-columns]", "Office");
    put("header-line", "3");
    window.wait("the third line", |it| {
        (!it.text("[data-testid=sheet-columns]").contains("Office")).then_some(())
    });
    window.wait_text("[data-testid=import-counts]", "position");
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");
    assert_eq!(desk.stats()["people"], 3);
}
