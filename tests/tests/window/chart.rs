//! The chart of the organisation: arrangements, levels, the small picture of the whole, presenting, and what stands
//! beside it.

use std::path::Path;

use headroom_tests::window::{Start, Window};

use crate::sample_file::SampleFile;

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/chart");
    window.screenshot(&folder.join(name));
}

fn opened(file: &SampleFile, size: (u32, u32)) -> Window {
    let window =
        Window::start(&Start { arguments: &[file.desk.path()], size: Some(size), ..Start::default() });
    window.wait_text("nav", "Organisation");
    window.go("#/organisation");
    window.wait("the chart", |it| it.has("[data-testid=team-chart] .box").then_some(()));
    window
}

fn boxes(window: &Window) -> u64 {
    window.js("return document.querySelectorAll('[data-testid=team-chart] .box').length").as_u64().unwrap()
}

/// How many lines of the toolbar there are.
fn rows(window: &Window) -> u64 {
    window
        .js("return new Set([...document.querySelectorAll('main .toolbar > *')]\
             .map((part) => { const box = part.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 20) })).size")
        .as_u64()
        .unwrap()
}

#[test]
fn arrangements_and_levels_are_chosen_and_can_be_gone_back_from() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900));
    let all = boxes(&window);
    picture(&window, "right.png");
    for arrangement in ["down", "compact"] {
        window.go(&format!("#/organisation?lay={arrangement}"));
        window.wait("the arrangement", |it| {
            let chosen = it.js("return document.querySelector('[data-testid=arrangement]')?.value");
            (chosen == arrangement).then_some(())
        });
        assert_eq!(boxes(&window), all, "{arrangement}");
        picture(&window, &format!("{arrangement}.png"));
    }
    window.press("{Alt}{Left}{Alt}{Left}");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "arrange top");
    window.wait_text("[data-testid=palette-list]", "Arrange top to bottom");
    window.press("{Enter}");
    window
        .wait("the address", |it| it.js("return location.hash").as_str()?.contains("lay=down").then_some(()));
    window.go("#/organisation?levels=1");
    window.wait("one level", |it| (boxes(it) < all).then_some(()));
    picture(&window, "one-level.png");
}

#[test]
fn toolbars_stay_in_one_row_and_keep_what_does_not_fit_in_a_menu() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1024, 700));
    for address in [
        "#/organisation",
        "#/organisation?sel=team:{team:payments}",
        "#/map",
        "#/map?picture=around&of=service:{service:search}&sel=service:{service:search}",
        "#/hiring?part=timeline",
        "#/hiring?part=capacity",
        "#/ownership?mode=assign",
    ] {
        window.go(&sample.address(address));
        window.wait(address, |it| it.has("main .toolbar").then_some(()));
        window.wait(&format!("one row in {address}"), |it| (rows(it) == 1).then_some(()));
    }
    window.go(&sample.address("#/organisation?sel=team:{team:payments}"));
    window.wait("the panel", |it| it.has("[data-testid=team-page]").then_some(()));
    window.click("[data-testid=toolbar-more]");
    picture(&window, "toolbar-menu.png");
    window.wait("the filter of people", |it| it.has(".folded-parts [data-testid=with-staff]").then_some(()));
    window.click(".folded-parts [data-testid=with-staff]");
    window.wait("people in the chart", |it| {
        it.js("return location.hash").as_str()?.contains("with=staff").then_some(())
    });
    window.press("{Esc}");
    window.wait_gone(".folded-parts");
    assert_eq!(window.js("return document.activeElement.dataset.testid"), "toolbar-more");
}

#[test]
fn what_is_selected_stays_in_sight_when_its_panel_opens() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1024, 700));
    let right = "return Math.max(...[...document.querySelectorAll('[data-testid=team-chart] .box')]\
        .map((box) => box.getBoundingClientRect().right))";
    let last = window
        .js("const boxes = [...document.querySelectorAll('[data-testid=team-chart] .box')];\
             boxes.sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right);\
             return boxes.find((box) => box.getBoundingClientRect().right < innerWidth)?.id")
        .as_str()
        .unwrap()
        .to_owned();
    assert!(window.js(right).as_f64().unwrap() > 700.0, "something is where the panel comes");
    // The driver takes shapes of a drawing for nothing that one can click.
    window.js(&format!(
        "document.getElementById('{last}').dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
    ));
    window.wait("the panel", |it| it.has("[data-testid=panel]").then_some(()));
    window.wait("the box beside it", |it| {
        let is_beside = it.js(&format!(
            "return document.getElementById('{last}').getBoundingClientRect().right\
             <= document.querySelector('[data-testid=panel]').getBoundingClientRect().left"
        ));
        is_beside.as_bool()?.then_some(())
    });
    picture(&window, "selected-beside-panel.png");
}

#[test]
fn presenting_hides_what_one_works_with() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900));
    window.press("{F11}");
    window.wait_gone("nav");
    assert!(!window.has("header") && window.has("[data-testid=timeline]"));
    picture(&window, "presenting.png");
    // The way back covers nothing, and what the pointer happens to rest on is not pointed at.
    let covers = "const stop = document.querySelector('[data-testid=stop-presenting]').getBoundingClientRect();\
        return document.querySelector('main').getBoundingClientRect().top < stop.bottom";
    assert_eq!(window.js(covers), false);
    window.go("#/overview");
    window.wait("the tiles", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window.press("{Esc}");
    window.wait_text("nav", "Organisation");
    window.point_at("[data-testid=tile-findings]");
    let lit = "return document.querySelectorAll('main a:hover, main [data-testid^=tile]:hover').length";
    window.wait("a tile below the pointer", |it| (it.js(lit) != 0).then_some(()));
    window.press("{F11}");
    window.wait_gone("nav");
    window.wait("nothing pointed at", |it| (it.js(lit) == 0).then_some(()));
    picture(&window, "presenting-overview.png");
    window.press("{Esc}");
    window.wait_text("nav", "Organisation");
    window.press("{F11}");
    window.wait_gone("nav");
    window.click("[data-testid=stop-presenting]");
    window.wait_text("nav", "Organisation");
}

#[test]
fn a_chart_that_does_not_fit_shows_the_whole_small_and_goes_where_one_points() {
    let Some(large) = SampleFile::large() else { return };
    let window = opened(&large, (1024, 700));
    window.wait("the small picture", |it| it.has("[data-testid=minimap] rect").then_some(()));
    let seen = "return document.querySelector('[data-testid=minimap] rect').getAttribute('y')";
    let before = window.js(seen);
    window.drag_over("[data-testid=minimap] rect", "[data-testid=arrangement], .toolbar");
    window.let_go();
    window.wait("the chart to move", |it| (it.js(seen) != before).then_some(()));
    picture(&window, "minimap.png");
}
