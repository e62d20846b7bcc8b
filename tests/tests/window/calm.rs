//! Whoever wants little motion gets none: nothing fades, slides or scrolls by itself, in any view, and the days pass a
//! picture at a time.

use std::fs;

use headroom_tests::window::{Start, Window, program};

use crate::{places::PLACES, sample_file::SampleFile};

/// What moves for longer than a hundredth of a second, of all that is on the page, whatever it waits for.
const MOVING: &str = "
const most = (list) => Math.max(0, ...list.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
const found = new Set();
for (const element of document.querySelectorAll('*')) {
  for (const part of [null, '::before', '::after']) {
    const style = getComputedStyle(element, part);
    const says = (what) => found.add(`${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}${part ?? ''} ${what}`);
    if (style.transitionProperty !== 'none' && most(style.transitionDuration) > 10) says(`transition ${style.transitionDuration}`);
    if (style.animationName !== 'none' && most(style.animationDuration) > 10) says(`animation ${style.animationDuration}`);
    if (style.scrollBehavior === 'smooth') says('scrolls smoothly');
  }
}
for (const animation of document.getAnimations()) {
  const { duration } = animation.effect.getTiming();
  if (typeof duration === 'number' && duration > 10) found.add(`an animation of ${duration} ms`);
}
return [...found]";

/// A window of somebody who has switched animations off.
fn calm(plan: &str) -> Window {
    let prepared = Window::prepare(&Start::default());
    let settings = prepared.folder.path().join("config/gtk-3.0");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n").unwrap();
    let window = prepared.open(&program(), &[plan]);
    window.wait_text("nav", "Organisation");
    let asks = window.js("return matchMedia('(prefers-reduced-motion: reduce)').matches");
    assert_eq!(asks, true, "the page is told that little motion is wanted");
    // Whatever is moved by a script says how long it takes.
    window.js("window.scripted = [];\
         const animate = Element.prototype.animate;\
         Element.prototype.animate = function (frames, options) {\
           const duration = typeof options === 'number' ? options : (options?.duration ?? 0);\
           if (duration > 10) window.scripted.push(`an animation of ${duration} ms`);\
           return animate.call(this, frames, options);\
         };\
         for (const name of ['scrollIntoView', 'scrollTo', 'scrollBy', 'scroll']) {\
           const scroll = Element.prototype[name];\
           Element.prototype[name] = function (...given) {\
             if (given.some((it) => it?.behavior === 'smooth')) window.scripted.push(`${name} is smooth`);\
             return scroll.apply(this, given);\
           };\
         }");
    window
}

fn moving(window: &Window) -> Vec<String> {
    let mut found = window.js(MOVING).as_array().unwrap().clone();
    found.extend(window.js("return window.scripted.splice(0)").as_array().unwrap().clone());
    found.iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

#[test]
fn nothing_moves_by_itself_where_little_motion_is_wanted() {
    let sample = SampleFile::new();
    let window = calm(sample.desk.path());
    let mut wrong = Vec::new();
    let mut look =
        |place: &str| wrong.extend(moving(&window).into_iter().map(|line| format!("{place}: {line}")));
    for (address, there) in PLACES {
        window.go(&sample.address(address));
        window.wait(address, |it| it.has(there).then_some(()));
        look(address);
    }
    // What floats: a panel, the palette, a menu, a dialog, a notice.
    window.go("#/people");
    window.wait("people", |it| it.has("#people-3").then_some(()));
    window.click("#people-3");
    window.wait("the panel", |it| it.has("[data-testid=person-page]").then_some(()));
    look("the panel");
    window.press("{Ctrl}k");
    window.wait("the palette", |it| it.has("[data-testid=palette-list]").then_some(()));
    look("the palette");
    window.press("{Esc}");
    window.press("{Ctrl}{Shift}m");
    window.wait("the dialog", |it| it.has("dialog[open]").then_some(()));
    look("the dialog");
    window.press("{Esc}{Esc}");
    window.wait_gone("dialog[open]");
    window.right_click("#people-3");
    window.wait("the menu", |it| it.has("[data-testid=context-menu]").then_some(()));
    look("the menu");
    window.press("{Esc}");
    window.js("document.querySelector('[data-testid=people-table]').focus()");
    window.press("{End}{Ctrl}c");
    window.wait_text("[data-testid=notices]", "Copied");
    look("the notice, and the end of a table");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What it would find.
    window.js(
        "document.body.style.transition = 'opacity 120ms'; document.querySelector('main').style.scrollBehavior = 'smooth';\
         document.querySelector('nav').animate({ opacity: [0, 1] }, 200)",
    );
    assert_eq!(moving(&window).len(), 4, "{:?}", moving(&window));
}

/// The slider plays: by pictures a second apart rather than day by day.
#[test]
fn days_pass_a_picture_at_a_time() {
    let sample = SampleFile::new();
    let window = calm(sample.desk.path());
    window.go("#/organisation");
    window.wait("the chart", |it| it.has("[data-testid=team-chart] .box").then_some(()));
    window.js("window.days = []; const field = document.querySelector('[data-testid=timeline]');\
         const note = () => { const day = field.getAttribute('aria-valuetext');\
           if (window.days.at(-1)?.day !== day) window.days.push({ day, at: performance.now() });\
           window.noting = requestAnimationFrame(note) }; note()");
    window.press("{Alt}p");
    window.wait("three pictures", |it| (it.js("return window.days.length >= 4") == true).then_some(()));
    window.press("{Alt}p");
    let apart = window.js("cancelAnimationFrame(window.noting);\
         return window.days.slice(2).map((one, at) => one.at - window.days[at + 1].at)");
    for milliseconds in apart.as_array().unwrap() {
        assert!(milliseconds.as_f64().unwrap() > 700.0, "pictures follow each other in {milliseconds} ms");
    }
}
