//! Onboarding from a planned hire to a blocked first day: a manager hires, starts a checklist with a buddy and shares
//! it; the new hire does three items in their own file; the manager merges it back and sees what blocks day one.

use std::path::Path;

use chrono::Days;
use headroom_tests::window::{Start, Window};

/// Takes a screenshot of each step here.
fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/onboarding");
    window.screenshot(&folder.join(name));
}

/// Presses a button by keyboard: Tab reaches it, and Enter presses it.
fn press_on(window: &Window, button: &str) {
    window.wait(button, |it| {
        let script = format!(
            "const button = document.querySelector('{button}');\
             if (!button || button.disabled || button.tabIndex < 0) return false;\
             button.focus(); return document.activeElement === button"
        );
        it.js(&script).as_bool().filter(|has_focus| *has_focus)
    });
    window.press("{Enter}");
}

/// Replaces the content of a field, and leaves it.
fn set(window: &Window, field: &str, value: &str) {
    window.wait(field, |it| it.has(field).then_some(()));
    window.js(&format!("document.querySelector('{field}').select()"));
    window.type_into(field, value);
    window.press("{Tab}");
}

fn sample(folder: &Path, file: &Path) -> Window {
    let plan = folder.join("Tidewater.headroom");
    let made =
        headroom_tests::headroom().args(["new", "--sample", &plan.display().to_string()]).output().unwrap();
    assert!(made.status.success());
    let plan = plan.display().to_string();
    Window::start(&Start { arguments: &[&plan], dialog: Some(file), ..Start::default() })
}

#[test]
fn from_planned_hire_to_blocked_first_day() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Nadia.headroom");
    let window = sample(folder.path(), &file);
    window.wait_text("nav", "Tidewater");
    // Two working weeks are too short for a laptop that takes ten days and is not ordered.
    let first_day = headroom_tests::today() + Days::new(10);
    let first_day = first_day.format("%-d %b %Y").to_string();

    // The manager fills a planned position.
    window.go("#/hiring?text=HC2027-NH-001");
    window.wait("the seat", |it| it.text("[data-testid=sheet]").contains("HC2027-NH-001").then_some(()));
    window.click("#sheet-0-0");
    window.press("{Enter}");
    press_on(&window, "[data-testid=fill-seat]");
    press_on(&window, "[data-testid=fill-new]");
    window.type_into("[data-testid=fill-name]", "Nadia Osei");
    set(&window, "[data-testid=fill-day]", &first_day);
    picture(&window, "1-hire.png");
    press_on(&window, "[data-testid=fill-done]");
    window.wait_gone("[data-testid=fill-done]");

    // A checklist of all matching templates, with a buddy.
    window.go("#/onboarding");
    press_on(&window, "[data-testid=begin]");
    window.type_into("[data-testid=begin-person]", "Nadia");
    window.wait("Nadia in the list", |it| {
        it.js("return [...document.querySelectorAll('[role=option]')].some((one) => one.innerText.includes('starts'))")
            .as_bool()
            .filter(|is_there| *is_there)
    });
    window.press("{Enter}");
    window.wait_text("[data-testid=begin-sum]", "items");
    window.choose("[data-testid=begin-buddy]", "Fiona Ortega");
    window.wait_text("[data-testid=begin-sum]", &first_day);
    picture(&window, "2-start.png");
    press_on(&window, "[data-testid=begin-done]");
    window.wait_text("[data-testid=starter-panel]", "Nadia Osei");
    window.wait_text("[data-testid=day-one]", "late");
    window.wait_text("[data-testid=starter-panel]", "Fiona Ortega");
    picture(&window, "3-manager.png");

    // Shared as a file of its own.
    press_on(&window, "[data-testid=hand-out]");
    press_on(&window, "[data-testid=write]");
    let written = window.wait_text("[data-testid=handed-out]", "Nadia Osei");
    assert!(written.contains("Fiona Ortega") && !written.contains("Ada Tanaka"), "{written}");
    window.press("{Esc}");
    window.wait_gone("[data-testid=handed-out]");
    assert!(file.exists());

    // The new hire, in their own Headroom, does three items by keyboard.
    {
        let own = Window::on_plan(&file.display().to_string());
        own.wait_text("nav", "Nadia");
        own.go("#/onboarding?part=mine");
        press_on(&own, "[data-testid=who] button");
        own.wait_text("[data-testid=checklist]", "Nadia Osei");
        own.js("document.querySelector('[data-item]').focus()");
        for done in 1..=3 {
            own.press("x");
            own.wait_text("[data-testid=group-over]", &format!("Done {done}").replace("Done ", ""));
            own.wait("the tick to be counted", |it| {
                let over = it.text("[data-testid=group-over] h2");
                over.contains(&done.to_string()).then_some(())
            });
        }
        picture(&own, "4-new-hire.png");
        own.press("{Down}");
        own.press("{Enter}");
        own.wait("an item", |it| it.has("[data-testid=item-pane]").then_some(()));
        own.js("document.querySelector('[data-testid=note]').focus()");
        own.type_into("[data-testid=note]", "Which door?");
        own.press("{Tab}");
        own.wait_text("[data-testid=undo]", "");
        own.wait("the note to be kept", |it| {
            let label = it.js("return document.querySelector('[data-testid=undo]').title");
            label.as_str().unwrap_or_default().contains("Change note on").then_some(())
        });
    }

    // And back: three items and a note, nothing else.
    window.go("#/onboarding");
    press_on(&window, "[data-testid=take-back-file]");
    let back = window.wait_text("[data-testid=back]", "Changes to merge: 4 items");
    assert!(back.contains("by Nadia Osei") && back.contains("Which door?"), "{back}");
    assert!(!back.contains("conflict") && !back.contains("Not merged"), "{back}");
    picture(&window, "5-back.png");
    press_on(&window, "[data-testid=take-back]");
    window.wait_gone("[data-testid=back]");

    // What blocks day one: IT, with a laptop that nobody has ordered.
    window.go("#/onboarding?text=Nadia");
    press_on(&window, "[data-testid^=about-]");
    window.wait_text("[data-testid=starter-panel]", "Order a laptop");
    window.wait_text("[data-testid=day-one]", "late");
    picture(&window, "6-who-blocks.png");
    window.go("#/onboarding?part=chase&text=Nadia");
    window.wait_text("[data-testid=chase]", "IT");
    window.wait_text("[data-testid=chase]", "Order a laptop");
    picture(&window, "7-chase.png");

    // Undo reverts the merge.
    window.press("{Ctrl}z");
    window.wait("the ticks to be gone", |it| {
        let label = it.js("return document.querySelector('[data-testid=undo]').title");
        label.as_str().unwrap_or_default().contains("Shared checklist with").then_some(())
    });
}

#[test]
fn checklist_is_completed_by_keyboard_in_a_small_window() {
    let start = Start { arguments: &["--sample"], size: Some((480, 620)), ..Start::default() };
    let window = Window::start(&start);
    window.wait("the frame", |it| it.has("[data-testid=nav-onboarding]").then_some(()));
    window.go("#/onboarding?part=mine");
    window.wait_text("[data-testid=who]", "Jun Demir");
    window.js("[...document.querySelectorAll('[data-testid=who] button')].find((one) => one.innerText.includes('Jun')).click()");
    window.wait_text("[data-testid=group-late]", "Deploy it once");
    picture(&window, "small-1-list.png");
    assert_eq!(window.js("return document.documentElement.scrollWidth > innerWidth"), false);
    // What others owe, and a message for them.
    window.wait_text("[data-testid=group-owed]", "Get deployment rights");
    window.js("document.querySelector('[data-testid=group-owed] [data-item]').focus()");
    window.press("{Enter}");
    window.wait_text("[data-testid=item-pane]", "the lost key to the old build machine");
    picture(&window, "small-2-item.png");
    press_on(&window, "[data-testid=nudge]");
    let message = window.wait("the message", |it| {
        let text = it.js("return document.querySelector('[data-testid=message]')?.value ?? ''");
        text.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    });
    assert!(message.contains("Hello IT") && message.contains("Deploy it once"), "{message}");
    window.press("{Esc}");
    window.wait_gone("[data-testid=message]");
    // Skipped with a reason, and reopened.
    press_on(&window, "[data-testid=skip]");
    window.type_into("[data-testid=why]", "has them already");
    window.press("{Enter}");
    window.wait_text("[data-testid=item-pane]", "Skipped");
    press_on(&window, "[data-testid=reopen]");
    window.wait_gone("[data-testid=reopen]");
    // Feedback is stored with the item.
    press_on(&window, "[data-testid=give-feedback]");
    press_on(&window, "[data-testid=fault-unclear]");
    window.type_into("[data-testid=said]", "Which rights?");
    press_on(&window, "[data-testid=say]");
    window.wait_text("[data-testid=feedback]", "Which rights?");
    window.press("{Esc}");
    window.wait_gone("[data-testid=item-pane]");
    // Every step can be undone.
    for _ in 0..3 {
        window.press("{Ctrl}z");
    }
    window.wait("nothing to undo but the sample's own steps", |it| {
        let label = it.js("return document.querySelector('[data-testid=undo]').title");
        (!label.as_str().unwrap_or_default().contains("Get deployment rights")).then_some(())
    });
}
