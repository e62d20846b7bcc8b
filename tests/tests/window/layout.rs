//! What a picky designer would send back, in every view at three sizes: see `layout.js`. With `HEADROOM_SCREENSHOTS` set
//! (`make screenshots`) every view is also kept as a picture, light and dark.

use std::{
    env,
    path::{Path, PathBuf},
};

use headroom_model::{Draft, Person, Position, Service, Team};
use headroom_store::{OperationMeta, Store};
use headroom_tests::{
    now,
    window::{Start, Window},
};

use crate::{
    places::{LARGE_PLACES, PLACES},
    sample_file::SampleFile,
};

const SCRIPT: &str = include_str!("layout.js");

fn wrong(window: &Window, are_names_long: bool) -> Vec<String> {
    let found = window.js(&format!("const areNamesLong = {are_names_long};\n{SCRIPT}"));
    found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// `#/hiring?part=capacity&of=oncall` as `hiring-part-capacity-of-oncall`.
fn file_name(address: &str) -> String {
    let words = address.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn keep(window: &Window, size: (u32, u32), sheet: &str, place: usize, address: &str) {
    if env::var_os("HEADROOM_SCREENSHOTS").is_none() {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/views");
    for _ in 0..2 {
        let theme = window.js("return document.documentElement.dataset.theme");
        let sheet = format!("{sheet}-{}x{}-{}", size.0, size.1, theme.as_str().unwrap());
        window.screenshot(&folder.join(sheet).join(format!("{place:02}-{}.png", file_name(address))));
        window.click("[data-testid=theme]");
    }
}

/// Gives every team, person, service and template a name of eighty letters.
fn lengthen_names(plan: &Path) {
    let long = |name: &str| {
        let words =
            format!("{name}, which has a name that goes on and on until there are eighty letters of it");
        words.chars().take(80).collect::<String>()
    };
    let mut store = Store::open(plan, now()).unwrap();
    let base = store.plan().clone();
    let mut draft = Draft::new(&base);
    draft.alter(|row: &Team| Some(Team { name: long(&row.name), ..row.clone() }));
    draft.alter(|row: &Person| Some(Person { name: long(&row.name), ..row.clone() }));
    draft.alter(|row: &Service| Some(Service { name: long(&row.name), ..row.clone() }));
    draft.alter(|row: &Position| Some(Position { title: long(&row.title), ..row.clone() }));
    let changes = draft.finish();
    drop(base);
    store.apply(&OperationMeta::edit("Lengthen names", "ada", now()), changes).unwrap();
}

/// What every place of a plan is to show at a size. Long names may be cut where the whole is at the pointer.
struct Sheet<'a> {
    name: &'a str,
    places: &'a [(&'a str, &'a str)],
    are_names_long: bool,
}

const SAMPLE: Sheet<'_> = Sheet { name: "sample", places: PLACES, are_names_long: false };

fn check(size: (u32, u32), file: &SampleFile, sheet: &Sheet<'_>) {
    let window =
        Window::start(&Start { arguments: &[file.desk.path()], size: Some(size), ..Start::default() });
    window.wait_text("nav", "Organisation");
    let mut told = Vec::new();
    for (place, (address, wanted)) in sheet.places.iter().enumerate() {
        window.go(&file.address(address));
        window.wait(&format!("{address} to show {wanted}"), |it| it.has(wanted).then_some(()));
        // While a picture moves it is painted, as nothing that could be looked at; a panel is painted once before it has
        // its place.
        window.wait("pictures and panels to stand still", |it| {
            (!it.has("svg.flying, aside.over")).then_some(())
        });
        // What folds where there is less room does so in the frame after.
        window.js_later("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))");
        told.extend(
            wrong(&window, sheet.are_names_long).into_iter().map(|line| format!("{address}: {line}")),
        );
        keep(&window, size, sheet.name, place, address);
    }
    assert!(told.is_empty(), "{size:?}:\n{}", told.join("\n"));
}

fn check_sample(size: (u32, u32)) {
    check(size, &SampleFile::new(), &SAMPLE);
}

fn check_large(size: (u32, u32)) {
    let Some(file) = SampleFile::large() else { return };
    check(size, &file, &Sheet { name: "large", places: LARGE_PLACES, are_names_long: true });
}

fn check_long_names(size: (u32, u32)) {
    let sample = SampleFile::new();
    lengthen_names(&sample.desk.plan);
    check(size, &sample, &Sheet { name: "long-names", are_names_long: true, ..SAMPLE });
}

#[test]
fn nothing_is_cut_covered_or_too_small_in_the_smallest_window() {
    check_sample((1024, 700));
}

#[test]
fn nothing_is_cut_covered_or_too_small_in_a_usual_window() {
    check_sample((1280, 900));
}

#[test]
fn nothing_is_cut_covered_or_too_small_in_a_large_window() {
    check_sample((2560, 1440));
}

#[test]
fn a_large_organisation_fits_the_smallest_window() {
    check_large((1024, 700));
}

#[test]
fn a_large_organisation_fits_a_usual_window() {
    check_large((1280, 900));
}

#[test]
fn a_large_organisation_fits_a_large_window() {
    check_large((2560, 1440));
}

/// The window as it is at 200 %: half as wide and high, as the page sees it.
#[test]
fn everything_can_be_reached_at_twice_the_size() {
    let sample = SampleFile::new();
    let start = Start { arguments: &[sample.desk.path()], size: Some((1280, 900)), ..Start::default() };
    let window = Window::start(&start);
    window.wait_text("nav", "Organisation");
    let width = window.js("return innerWidth").as_u64().unwrap();
    for _ in 0..5 {
        window.press("{Ctrl}=");
    }
    window.wait("twice the size", |it| (it.js("return innerWidth").as_u64()? * 2 <= width + 2).then_some(()));
    let mut told = Vec::new();
    for (address, wanted) in PLACES {
        window.go(&sample.address(address));
        window.wait(&format!("{address} to show {wanted}"), |it| it.has(wanted).then_some(()));
        window.wait("pictures to stand still", |it| (!it.has("svg.flying")).then_some(()));
        if window.js("return document.documentElement.scrollWidth > innerWidth + 1") == true {
            told.push(format!("{address}: the page is wider than the window"));
        }
        let found = wrong(&window, true).into_iter().filter(|line| line.starts_with("outside"));
        told.extend(found.map(|line| format!("{address}: {line}")));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    window.press("{Ctrl}0");
    window.wait("its own size", |it| (it.js("return innerWidth") == width).then_some(()));
}

#[test]
fn long_names_are_cut_with_the_whole_at_the_pointer_and_lie_on_nothing() {
    check_long_names((1024, 700));
}

#[test]
fn long_names_lie_on_nothing_in_a_large_window() {
    check_long_names((2560, 1440));
}
