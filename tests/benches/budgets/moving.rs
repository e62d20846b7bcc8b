//! Frame times of maps while they are dragged and zoomed, in the real window.

use std::path::Path;

use headroom_tests::{
    headroom,
    window::{Start, Window},
};
use serde_json::Value;

use crate::{Line, synthetic::Organisation};

const SERVICES: u32 = 4_200;
const DEPENDENCIES: usize = 8_400;
const FRAMES: u32 = 120;
const RUNS: usize = 5;
/// Thirty frames per second, on the page's clock of whole milliseconds.
const FRAME_MS: f64 = 34.0;

pub fn lines(folder: &Path) -> Vec<Line> {
    let csv = folder.join("map");
    Organisation::new(SERVICES, DEPENDENCIES).write(&csv);
    let plan = folder.join("map.headroom");
    for arguments in
        [vec!["new".as_ref(), plan.as_os_str()], vec!["import".as_ref(), plan.as_os_str(), csv.as_os_str()]]
    {
        let output = headroom().args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..Start::default() });
    let mut lines = Vec::new();
    window.go("#/map?picture=matrix");
    window.wait_text("[data-testid=matrix-count]", "services");
    window.wait("the matrix", |it| {
        (it.js("return document.documentElement.dataset.matrixPainted ?? null") == "yes").then_some(())
    });
    measure(&window, "[data-testid=matrix]", "matrix of 4,200 services", &mut lines);
    window.js("document.querySelector('[data-testid=matrix]').focus()");
    window.press("++++++++++++++++++++++++");
    measure(&window, "[data-testid=matrix]", "matrix with names", &mut lines);
    window.go("#/map?picture=teams");
    window.wait("the map", |it| it.has("[data-testid=map-graph] .box").then_some(()));
    measure(&window, "[data-testid=map-graph]", "map of the owners", &mut lines);
    lines
}

fn measure(window: &Window, surface: &str, what: &str, lines: &mut Vec<Line>) {
    let idle = quietest(window, surface, "idle");
    for (motion, word) in [("drag", "dragged"), ("wheel", "zoomed")] {
        let frames = quietest(window, surface, motion);
        lines.push(Line::ratio(
            format!("{what}, {word}: usual frame"),
            frames.usual,
            "idle",
            idle.usual,
            2.0,
        ));
        lines.push(Line::limit(format!("{what}, {word}: 95 of 100 frames"), frames.slow, FRAME_MS));
    }
}

/// Frame times in milliseconds.
struct Frames {
    usual: f64,
    /// 95th percentile.
    slow: f64,
}

/// The best of several runs: other load on the computer can only make frames longer.
fn quietest(window: &Window, surface: &str, motion: &str) -> Frames {
    let runs = (0..RUNS).map(|_| frames(window, surface, motion));
    runs.min_by(|a, b| a.slow.total_cmp(&b.slow)).unwrap()
}

/// Moves the diagram once per frame, between frames as a hand does, and records when each is painted.
fn frames(window: &Window, surface: &str, motion: &str) -> Frames {
    let script = format!(
        "const surface = document.querySelector({surface:?});\
         surface.setPointerCapture = () => {{}};\
         const at = surface.getBoundingClientRect();\
         const [x, y] = [at.left + at.width * 0.6, at.top + at.height * 0.5];\
         const times = []; let last = 0; let turn = 0;\
         const point = (kind, x, y) => surface.dispatchEvent(new PointerEvent(kind,\
            {{bubbles: true, clientX: x, clientY: y, pointerId: 1, button: 0, buttons: 1}}));\
         const move = {{\
            idle: () => {{}},\
            drag: () => point('pointermove', x + Math.sin(turn / 9) * 160, y + Math.cos(turn / 7) * 120),\
            wheel: () => surface.dispatchEvent(new WheelEvent('wheel', {{bubbles: true, cancelable: true,\
               clientX: x, clientY: y, deltaY: Math.floor(turn / 22) % 2 ? 45 : -45}})),\
         }}[{motion:?}];\
         if ({motion:?} === 'drag') point('pointerdown', x, y);\
         const frame = (now) => {{\
            if (turn > 5) times.push(now - last);\
            last = now; turn += 1;\
            setTimeout(move, 0);\
            if (turn < {FRAMES}) return requestAnimationFrame(frame);\
            if ({motion:?} === 'drag') point('pointerup', x, y);\
            done(times.sort((a, b) => a - b));\
         }};\
         requestAnimationFrame(frame);"
    );
    let times: Vec<f64> =
        window.js_later(&script).as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    Frames { usual: times[times.len() / 2], slow: times[times.len() * 95 / 100] }
}
