//! Accessibility by axe-core in every view, light and dark, and the layout of every view in the smallest window.

use std::{fs, path::Path};

use headroom_tests::window::{Start, Window};

use crate::{places::PLACES, sample_file::SampleFile};

fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path).expect("axe-core is missing: make tools")
}

/// What can differ between two windows: only that is checked in the second one.
#[derive(Clone, Copy)]
enum Rules {
    All,
    /// Rules that depend on the theme; contrast takes by far the longest.
    Colours,
    /// Rules that depend on the size.
    AllButColours,
}

impl Rules {
    fn options(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Colours => "runOnly: ['color-contrast', 'link-in-text-block']",
            Self::AllButColours => {
                "rules: {'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}}"
            }
        }
    }
}

/// Serious and critical violations by axe-core, one per line.
fn serious(window: &Window, rules: Rules) -> Vec<String> {
    let found = window.js_later(&format!(
        "axe.run(document, {{resultTypes: ['violations'], {}}}).then((found) => done(found.violations\
         .filter((it) => it.impact === 'serious' || it.impact === 'critical')\
         .map((it) => `${{it.id}}: ${{it.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}}`)),\
         (error) => done([String(error)]))",
        rules.options(),
    ));
    found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// Serious and critical violations of what the window shows.
pub fn violations(window: &Window) -> Vec<String> {
    window.js(&axe());
    serious(window, Rules::All)
}

fn check(theme: &str, size: (u32, u32), rules: Rules) {
    let sample = SampleFile::new();
    let window =
        Window::start(&Start { arguments: &[sample.desk.path()], size: Some(size), ..Start::default() });
    window.wait_text("nav", "Organisation");
    window.js(&axe());
    if window.js("return document.documentElement.dataset.theme") != theme {
        window.click("[data-testid=theme]");
    }
    let mut wrong = Vec::new();
    let mut look = |window: &Window, place: &str| {
        wrong.extend(serious(window, rules).into_iter().map(|line| format!("{place} ({theme}): {line}")));
        let is_wide = window.js("return document.documentElement.scrollWidth > innerWidth");
        if is_wide == true {
            wrong.push(format!("{place}: wider than the window"));
        }
    };
    for (address, wanted) in PLACES {
        window.go(&sample.address(address));
        window.wait(&format!("{address} to show {wanted}"), |it| it.has(wanted).then_some(()));
        look(&window, address);
    }
    window.go("#/findings?rule=unowned-service");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    look(&window, "a finding");
    window.click("[data-testid=remedy-0]");
    window.wait_text("[data-testid=effect]", "Resolves");
    look(&window, "a remedy");
    window.press("{Esc}");
    window.go("#/hiring?part=gaps");
    window.click("#gaps-1");
    window.click("[data-testid=gap-panel] [data-testid=plan-hire]");
    window.wait_text("[data-testid=hire-preview]", "productive");
    look(&window, "a hire for a gap");
    window.click("[data-testid=hire-apply]");
    window.go("#/hiring?part=timeline");
    window.wait("a bar", |it| it.has("[data-testid=way]").then_some(()));
    window.click_in_toolbar("[data-testid=open-holidays]");
    window.wait("the holidays", |it| it.has("[data-testid=holiday-list]").then_some(()));
    look(&window, "the hiring timeline");
    window.go("#/ownership");
    window.click("[data-testid=columns]");
    look(&window, "the columns of a table");
    window.press("{Esc}");
    window.click("[data-testid=table-views]");
    look(&window, "the views of a table");
    window.press("{Esc}");
    window.click("[data-testid=table-filter]");
    window.click("[data-testid=filter-owner]");
    window.wait_text("[data-testid=condition-choices]", "Unowned");
    look(&window, "the filter by a column");
    window.press("{Esc}");
    window.press("{Ctrl}k");
    window.wait_text("[data-testid=palette-list]", "Go to");
    look(&window, "the palette");
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    window.press("?");
    window.wait_text("dialog[open]", "Go back");
    look(&window, "the keys");
    window.press("{Esc}");
    for (typed, title, wanted) in
        [("cut cost", "Cut cost", "cut-hidden"), ("close a location", "Close a location", "close-location")]
    {
        window.press("{Ctrl}k");
        window.wait_text("[data-testid=palette-list]", "Go to");
        window.press(typed);
        window.wait_text("[data-testid=palette-list] [aria-selected=true]", title);
        window.press("{Enter}");
        window.wait(typed, |it| it.has(&format!("[data-testid={wanted}]")).then_some(()));
        if wanted == "cut-hidden" {
            window.click("[data-testid=cut-hidden] [data-testid=show-pay]");
            window.wait("its lines", |it| it.has("[data-testid=cut-lines]").then_some(()));
        }
        look(&window, typed);
        window.press("{Esc}");
        window.wait_gone("dialog[open]");
    }
    window.go("#/organisation?with=staff&scenario=split-payments");
    window.wait("the holding area", |it| it.has("[data-testid=holding-area]").then_some(()));
    look(&window, "the holding area");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn light_theme_has_no_serious_violations() {
    check("light", (1280, 900), Rules::All);
}

#[test]
fn dark_theme_has_no_serious_violations() {
    check("dark", (1280, 900), Rules::Colours);
}

#[test]
fn every_view_fits_the_smallest_window() {
    check("light", (1024, 700), Rules::AllButColours);
}

#[test]
fn welcome_screen_has_no_serious_violations() {
    let window = Window::start(&Start::default());
    window.wait_text("main", "Explore the sample");
    window.js(&axe());
    assert_eq!(serious(&window, Rules::All), Vec::<String>::new());
}
