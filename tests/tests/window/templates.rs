//! Templates: one is written by keyboard, a cycle is refused, an edit reaches a future checklist and is offered to a
//! running one, and feedback is dealt with.

use std::path::Path;

use headroom_tests::window::Window;

use crate::sample_file::SampleFile;

/// Takes a screenshot of each step here.
fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/templates");
    window.screenshot(&folder.join(name));
}

/// Chooses the option whose label contains the text.
fn choose(window: &Window, select: &str, text: &str) {
    window.wait(select, |it| it.has(select).then_some(()));
    window.js(&format!(
        "const select = document.querySelector('{select}');\
         select.value = [...select.options].find((one) => one.text.includes('{text}')).value;\
         select.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

fn set(window: &Window, field: &str, value: &str) {
    window.wait(field, |it| it.has(field).then_some(()));
    window.js(&format!("document.querySelector('{field}').select()"));
    window.type_into(field, value);
    window.press("{Tab}");
}

fn open_item(window: &Window, title: &str) {
    window.wait(title, |it| {
        let script = format!(
            "const item = [...document.querySelectorAll('[data-item]')].find((one) => one.innerText.trim() === '{title}');\
             item?.click(); return !!item"
        );
        it.js(&script).as_bool().filter(|is_there| *is_there)
    });
    window.wait(title, |it| {
        let shown = it.js("return document.querySelector('[data-testid=item-title]')?.value");
        (shown == title).then_some(())
    });
}

#[test]
fn template_is_written_and_cycles_are_refused() {
    let window = Window::on_sample();
    window.wait_text("nav", "Tidewater");
    window.go("#/onboarding?part=templates");
    window.click("[data-testid=make]");
    window.type_into("[data-testid=template-name]", "Joining Pricing");
    window.press("{Enter}");
    window.wait_text("[data-testid=template]", "Empty template. Add a section");
    window.type_into("[data-testid=new-section]", "First week");
    window.type_into("[data-testid=first-item]", "Order the second screen");
    window.press("{Enter}");
    window.wait_text("[data-testid=template]", "First week");
    for title in ["Put it on the desk", "Say that it works"] {
        window.wait("the field for the next", |it| it.has("[data-testid=add-item]").then_some(()));
        window.type_into("[data-testid=add-item]", title);
        window.press("{Enter}");
        window.wait_text("[data-testid=template]", title);
    }
    open_item(&window, "Order the second screen");
    choose(&window, "[data-testid=item-who]", "IT");
    set(&window, "[data-testid=item-days]", "-5");
    window.wait_text("[data-testid=template]", "IT · 5 working days before the start");
    open_item(&window, "Put it on the desk");
    choose(&window, "[data-testid=item-needs]", "Order the second screen");
    window.wait_text("[data-testid=item-editor]", "Order the second screen");
    choose(&window, "[data-testid=item-after]", "Order the second screen");
    set(&window, "[data-testid=item-days]", "3");
    window.wait_text("[data-testid=template]", "3 working days after “Order the second screen”");
    picture(&window, "1-written.png");

    // A cycle is refused with its path.
    open_item(&window, "Order the second screen");
    choose(&window, "[data-testid=item-needs]", "Put it on the desk");
    let told = window.wait("the refusal", |it| {
        let text = it.text("body");
        text.contains("depend").then_some(text)
    });
    assert!(told.contains("Put it on the desk"), "{told}");
    picture(&window, "2-loop.png");
    assert_eq!(window.js("return document.querySelectorAll('[data-testid=item-editor] .chip').length"), 0);

    // By keyboard: down to the next, up in the order, and back.
    window.press("{Esc}");
    window.wait_gone("[data-testid=item-editor]");
    window.press("{Down}");
    window.press("{Down}");
    window.press("{Alt}{Up}");
    window.wait("the last to be second", |it| {
        let titles =
            it.js("return [...document.querySelectorAll('[data-item]')].map((one) => one.innerText.trim())");
        (titles[1] == "Say that it works").then_some(())
    });
    // Its offboarding template, and all of it undone.
    window.click("[data-testid=mirror]");
    window.wait("the mirror", |it| {
        let name = it.js("return document.querySelector('[data-testid=template-title]')?.value");
        (name == "Joining Pricing (offboarding)").then_some(())
    });
    window.wait_text("[data-testid=template]", "Collect: the second screen");
    picture(&window, "3-mirror.png");
    window.press("{Ctrl}z");
    window.wait_text("body", "is no longer in the plan");
}

#[test]
fn edits_propagate_to_future_checklists_and_are_offered_to_running_ones() {
    let sample = SampleFile::new();
    let window = Window::on_plan(sample.desk.path());
    window.wait_text("nav", "Tidewater");
    window.go("#/onboarding?part=templates&text=taking");
    window.wait_text("[role=grid], [data-testid=said], main", "Taking over a service");
    window.js("[...document.querySelectorAll('main a')].find((one) => one.innerText.includes('Taking over')).click()");
    window.wait_text("[data-testid=template]", "Version 1");
    // Jun Demir has started from it.
    window.type_into("[data-testid=add-item]", "Read the last bill for it");
    window.press("{Enter}");
    window.wait_text("[data-testid=template]", "Version 2");
    window.wait_text("[data-testid=behind]", "Jun Demir");
    window.wait_text("[data-testid=difference]", "Read the last bill for it");
    picture(&window, "4-offered.png");
    window.click("[data-testid=take-difference]");
    window.wait_gone("[data-testid=behind]");
    window.go(&sample.address("#/checklist?id={list:jun.demir}"));
    window.wait_text("[data-testid=checklist]", "Read the last bill for it");
    window.press("{Ctrl}z");
    window.wait("the item to be gone", |it| {
        (!it.text("[data-testid=checklist]").contains("Read the last bill for it")).then_some(())
    });

    // Grace Nair has not started: her checklist follows at once.
    window.go(&sample.address("#/template?id={template:booking}"));
    window.wait_text("[data-testid=template]", "Follow one booking");
    open_item(&window, "Follow one booking from the form to the ship");
    set(&window, "[data-testid=item-title]", "Follow one booking to the ship");
    window.wait_text("[data-testid=template]", "Version 1");
    window.go(&sample.address("#/checklist?id={list:grace.nair}"));
    window.wait_text("[data-testid=checklist]", "Follow one booking to the ship");

    // Feedback is on the worklist until it is dealt with.
    window.go("#/onboarding?part=templates&state=mend");
    window.wait_text("[data-testid=said]", "The second chapter is about the old sign-in");
    picture(&window, "5-worklist.png");
    window.click("[data-testid=settle]");
    window.wait_gone("[data-testid=said]");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=said]", "old sign-in");
}
