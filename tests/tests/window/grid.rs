//! The planning grid, by keyboard alone.

use headroom_tests::{Desk, window::Window};
use serde_json::json;

/// The empty grid of a plan with one team.
fn grid() -> (Desk, Window) {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", "id,name\npayments,Payments & Invoicing\n");
    desk.import(&[&teams], &[]);
    let window = Window::on_plan(desk.path());
    window.go("#/hiring");
    window.wait("the sheet", |it| it.has("#sheet-0-0").then_some(()));
    window.wait("the totals", |it| it.has("[data-testid=totals]").then_some(()));
    window.click("#sheet-0-1");
    (desk, window)
}

/// Puts a text on the clipboard, as another program would, and goes back to the grid.
fn put_on_clipboard(window: &Window, text: &str) {
    window.js(&format!(
        "const area = document.createElement('textarea'); area.id = 'elsewhere'; area.value = {};\
         document.body.append(area); area.focus(); area.select()",
        json!(text)
    ));
    window.press("{Ctrl}c");
    window.js(
        "document.getElementById('elsewhere').remove(); document.querySelector('[data-testid=sheet]').focus()",
    );
}

fn cell(line: usize, column: usize) -> String {
    format!("#sheet-{line}-{column}")
}

#[test]
fn positions_are_typed_pasted_filled_and_undone() {
    let (_desk, window) = grid();
    // Typing: the team is found by the start of its name.
    window.press("Backend engineer{Tab}Payments{Tab}{Tab}L4{Enter}");
    window.wait_text(&cell(0, 0), "HC20");
    window.wait_text(&cell(0, 2), "Payments");
    window.wait_text(&cell(0, 4), "L4");
    window.press("Designer{Enter}");
    window.wait_text(&cell(1, 0), "HC20");

    // A block with an invalid cell is refused, and the cell is named.
    put_on_clipboard(&window, "One\tNo such team\nTwo\tPayments & Invoicing\n");
    window.press("{Ctrl}v");
    let said = window.wait_text("[data-testid=problems]", "doesn’t match any team");
    assert!(said.contains("New row 1") && said.contains("Team"), "{said}");
    window.press("{Esc}");
    window.wait_gone("[data-testid=problems]");
    assert!(!window.text("[data-testid=sheet]").contains("Two"), "nothing is half applied");

    // A valid one creates positions.
    put_on_clipboard(
        &window,
        "One\tPayments & Invoicing\nTwo\tPayments & Invoicing\nThree\tPayments & Invoicing\n",
    );
    window.press("{Ctrl}v");
    window.wait_text(&cell(4, 1), "Three");
    window.wait_text("[data-testid=totals]", "5 positions");

    // Fill down: the first level, in all rows below.
    window.click(&cell(0, 4));
    window.press("{Shift}{Down}{Shift}{Down}{Shift}{Down}{Shift}{Down}{Ctrl}d");
    window.wait_text(&cell(4, 4), "L4");
    // One text into every selected cell.
    window.press("L5{Ctrl}{Enter}");
    for line in 0..5 {
        window.wait_text(&cell(line, 4), "L5");
    }
    // Clears the selection.
    window.press("{Delete}");
    window.wait("the levels to go", |it| it.text(&cell(2, 4)).is_empty().then_some(()));

    // Each was one step.
    window.press("{Ctrl}z");
    window.wait_text(&cell(4, 4), "L5");
    window.press("{Ctrl}z");
    window.wait_text(&cell(4, 4), "L4");
    window.press("{Ctrl}z");
    window.wait("the fill to be undone", |it| it.text(&cell(4, 4)).is_empty().then_some(()));
    window.wait_text(&cell(0, 4), "L4");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=totals]", "2 positions");

    // Groups have totals and can be collapsed.
    window.go("#/hiring?by=team");
    let group = window.wait_text("[data-testid=group]", "Payments");
    assert!(group.contains("1 position"), "{group}");
    window.press("{Ctrl}{Home}{Enter}");
    window.wait("the group to fold", |it| it.has("[data-testid=group][aria-expanded=false]").then_some(()));
}

#[test]
fn copies_can_be_pasted_and_hidden_pay_stays_hidden() {
    let (_desk, window) = grid();
    window.press("Engineer{Enter}");
    window.wait_text(&cell(0, 0), "HC20");
    // Salaries can be typed while they are hidden.
    window.click(&cell(0, 16));
    window.press("85k{Enter}");
    window.wait_text(&cell(0, 16), "•••");
    window.click(&cell(0, 12));
    window.press("1 Jan 2020{Enter}");
    window.wait_text(&cell(0, 18), "•••");
    window.click("[data-testid=show-pay]");
    window.wait_text(&cell(0, 16), "85");
    // The resulting cost of the year is shown and totalled, and read-only.
    window.wait_text(&cell(0, 18), "€");
    window.wait_text("[data-testid=totals]", "this year");
    window.wait_text("[data-testid=read-out-cost]", "/yr");
    window.click(&cell(0, 18));
    window.press("5");
    window.wait_text("body", "is calculated and can’t be edited");
    assert!(!window.has("[data-testid=cell-editor]"));
    window.click("[data-testid=show-pay]");
    window.wait_text(&cell(0, 16), "•••");
    window.wait_text(&cell(0, 18), "•••");
    window.wait_gone("[data-testid=read-out-cost]");
    // The row without its ID, into the empty row.
    window.click(&cell(0, 1));
    window.press("{Shift}{End}{Ctrl}c");
    window.wait_text("body", "not copied");
    window.click(&cell(1, 1));
    window.press("{Ctrl}v");
    window.wait_text(&cell(1, 1), "Engineer");
    assert_eq!(window.text(&cell(1, 16)), "");
    // The title is edited on the page, where the position is filled with a new person.
    window.click(&cell(0, 0));
    window.press("{Enter}");
    window.wait_text("[data-testid=position-page]", "Vacant");
    window.click("[data-testid=fill-seat]");
    window.click("[data-testid=fill-new]");
    window.type_into("[data-testid=fill-name]", "Zora Neale");
    window.press("{Enter}");
    window.wait_text("[data-testid=assignment]", "Zora Neale");
    window.wait_text("[data-testid=position-page]", "Filled");
    window.wait_text("[data-testid=position-history]", "Assign Zora Neale to");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=position-page]", "Vacant");
}

#[test]
fn focus_by_keyboard_starts_at_the_first_row() {
    let window = Window::on_sample();
    window.go("#/hiring");
    window.wait_text("#sheet-0-0", "-");
    window.js("document.querySelector('[data-testid=sheet]').focus()");
    window.press("{Down}");
    window.wait("the second row", |it| {
        let active = it
            .js("return document.querySelector('[data-testid=sheet]').getAttribute('aria-activedescendant')");
        (active == "sheet-1-0").then_some(())
    });
}

#[test]
fn filtered_out_rows_are_editable() {
    let (desk, window) = grid();
    window.press("Engineer{Enter}");
    window.wait_text(&cell(0, 0), "HC20");
    window.go("#/hiring?text=Engineer");
    window.wait_text("[data-testid=totals]", "1 position");
    window.click(&cell(1, 1));
    window.press("Designer{Tab}Payments{Tab}{Tab}L4{Enter}");
    window.wait_text(&cell(1, 0), "HC20");
    window.wait_text(&cell(1, 1), "Designer");
    window.wait_text(&cell(1, 2), "Payments");
    window.wait_text(&cell(1, 4), "L4");
    let folder = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    let written = std::fs::read_to_string(folder.join("positions.csv")).unwrap();
    let line = written.lines().find(|line| line.contains("Designer")).unwrap().to_owned();
    assert!(line.contains("payments") && line.contains("L4"), "{line}");
    // Filtered again, it is left out.
    window.go("#/hiring?text=Engine");
    window.wait_text("[data-testid=totals]", "1 position");
    // Shift and Tab lead back.
    window.click(&cell(0, 3));
    window.press("{Shift}{Tab}{Shift}{Tab}");
    window.wait("the cursor to go back", |it| {
        let active = it
            .js("return document.querySelector('[data-testid=sheet]').getAttribute('aria-activedescendant')");
        (active == "sheet-0-1").then_some(())
    });
}

fn active_cell(window: &Window) -> String {
    let script = "const it = document.activeElement;\
        return it.dataset.testid === 'sheet' ? it.getAttribute('aria-activedescendant') ?? '' : it.tagName";
    window.js(script).as_str().unwrap_or_default().to_owned()
}

#[test]
fn returning_from_a_page_selects_its_row() {
    let window = Window::on_sample();
    window.go("#/hiring");
    window.wait_text("#sheet-0-0", "-");
    window.js("document.querySelector('[data-testid=sheet]').focus()");
    window.press("{Ctrl}{End}{Up}{Home}");
    let last = window.wait("the last row", |it| {
        let cell = active_cell(it);
        (cell.ends_with("-0") && !it.text(&format!("#{cell}")).is_empty()).then_some(cell)
    });
    let id = window.text(&format!("#{last}"));
    window.press("{Enter}");
    window.wait_text("[data-testid=position-page]", &id);
    window.press("{Alt}{Left}");
    window.wait("the row with the keyboard", |it| (active_cell(it) == last).then_some(()));
    window.wait_text(&format!("#{last}"), &id);
}

#[test]
fn pay_cells_reveal_nothing_about_a_hidden_end() {
    let (_desk, window) = grid();
    window.press("Engineer{Enter}");
    window.wait_text(&cell(0, 0), "HC20");
    window.click("[data-testid=show-pay]");
    window.click(&cell(0, 16));
    window.press("80k{Tab}88k{Enter}");
    window.wait_text(&cell(0, 17), "88");
    let refused = |typed: &str, said: &str| {
        window.click(&cell(0, 16));
        window.press(&format!("{typed}{{Enter}}"));
        window.wait_text("[data-testid=sheet] [role=alert]", said);
        window.press("{Esc}");
        window.wait_gone("[data-testid=cell-editor]");
    };
    refused("150k", "is more than “Salary max”");
    window.click("[data-testid=show-pay]");
    window.wait_text(&cell(0, 17), "•••");
    // Above or below: the message is the same.
    for typed in ["150k", "70k"] {
        refused(typed, "can’t be checked against “Salary max”, which is hidden: show salaries first");
    }
}
