//! From what the hand does to the frame that answers it, in the real window with 4,197 services: the palette, the
//! menu and the panel of a service, the menu of columns, and what a drag says.

use std::path::{Path, PathBuf};

use headroom_tests::{
    headroom,
    window::{Start, Window},
};
use serde_json::Value;

use crate::{Line, painted::PAINTED, synthetic::Organisation};

const RUNS: u32 = 11;
const LIMIT_MS: f64 = 50.0;

/// What is opened: where, by which script, what is there then, and how it goes again.
struct Opening {
    what: &'static str,
    address: &'static str,
    ready: &'static str,
    /// `turn` counts the runs.
    opens: &'static str,
    shown: &'static str,
    closes: &'static str,
}

const ESCAPE: &str = "document.querySelectorAll('dialog').forEach((it) => it.close()); \
     document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true}))";

const OPENINGS: [Opening; 6] = [
    Opening {
        what: "palette",
        address: "#/ownership",
        ready: "#services-3",
        opens: "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true}))",
        shown: "[data-testid=palette-input]",
        closes: ESCAPE,
    },
    Opening {
        what: "menu of a service",
        address: "#/ownership",
        ready: "#services-3",
        opens: "document.querySelector(`#services-${turn % 5}`).dispatchEvent(\
            new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: 400, clientY: 300}))",
        shown: "[data-testid=context-menu]",
        closes: ESCAPE,
    },
    Opening {
        what: "panel of a service",
        address: "#/ownership",
        ready: "#services-3",
        opens: "document.querySelector(`#services-${turn % 5}`).click()",
        shown: "[data-testid=panel] [data-testid=service-page]",
        closes: "document.querySelector('[aria-label=\"Close panel\"]').click()",
    },
    Opening {
        what: "menu of columns",
        address: "#/ownership",
        ready: "#services-3",
        opens: "document.querySelector('[data-testid=columns]').click()",
        shown: ".lines",
        closes: "document.querySelector('[data-testid=columns]').click()",
    },
    Opening {
        what: "another scenario",
        address: "#/people",
        ready: "#people-3",
        opens: "location.hash = `#/people?scenario=${turn % 2 ? 'one' : 'two'}`",
        shown: "html[data-scenario=one] #people-3, html[data-scenario=two] #people-3",
        closes: "location.hash = '#/people'",
    },
    Opening {
        what: "drag of a team",
        address: "#/organisation",
        ready: "[data-testid=team-chart] .box",
        opens: "const box = document.querySelectorAll('[data-testid=team-chart] .box')[1 + turn % 5]; \
            const { x, y } = box.getBoundingClientRect(); \
            const point = (type, by) => new PointerEvent(type, {bubbles: true, button: 0, buttons: 1, pointerId: 1, clientX: x + 20 + by, clientY: y + 20 + by}); \
            box.dispatchEvent(point('pointerdown', 0)); \
            for (const target of [box, window]) target.dispatchEvent(point('pointermove', 12))",
        shown: "[data-testid=drag-hint]",
        closes: ESCAPE,
    },
];

impl Opening {
    /// For 95 of 100. All of a view is another one in another scenario.
    fn slowest_ms(&self) -> f64 {
        if self.what == "another scenario" { 2.0 * LIMIT_MS } else { LIMIT_MS }
    }
}

/// As large as a large real one: 4,197 services with 8,422 dependencies.
fn write(folder: &Path) -> PathBuf {
    let (csv, plan) = (folder.join("opening"), folder.join("opening.headroom"));
    Organisation::new(4_197, 8_422).write(&csv);
    for (command, source) in [("new", None), ("import", Some(&csv))] {
        let output = headroom().arg(command).arg(&plan).args(source).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    // Two scenarios, each with a team more.
    for name in ["one", "two"] {
        let teams = folder.join(name);
        std::fs::create_dir(&teams).unwrap();
        std::fs::write(teams.join("teams.csv"), format!("id,name\n{name},{name}\n")).unwrap();
        let new = headroom().arg("scenario").arg(&plan).args(["new", name]).output().unwrap();
        let options = ["--scenario", name, "--format", "csv"];
        let import = headroom().arg("import").arg(&plan).arg(&teams).args(options).output().unwrap();
        assert!(
            new.status.success() && import.status.success(),
            "{}",
            String::from_utf8_lossy(&import.stderr)
        );
    }
    plan
}

pub fn lines(folder: &Path) -> Vec<Line> {
    let plan = write(folder);
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..Start::default() });
    OPENINGS.iter().flat_map(|opening| measured(&window, opening)).collect()
}

fn measured(window: &Window, opening: &Opening) -> [Line; 2] {
    let Opening { what, address, ready, opens, shown, closes } = opening;
    window.go(address);
    window.wait(what, |it| it.has(ready).then_some(()));
    let script = format!(
        "{PAINTED}\
         const times = []; let turn = 0;\
         const open = () => {{\
            const start = performance.now();\
            {opens};\
            const look = () => {{\
               if (!document.querySelector({shown:?})) return painted(look);\
               times.push(performance.now() - start); turn += 1;\
               {closes};\
               if (turn === {RUNS}) return done(times.sort((a, b) => a - b));\
               setTimeout(open, 250);\
            }};\
            painted(look);\
         }};\
         setTimeout(open, 500);"
    );
    let times: Vec<f64> =
        window.js_later(&script).as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    [
        Line::limit(format!("{what}: half of all"), times[times.len() / 2], LIMIT_MS),
        Line::limit(format!("{what}: 95 of 100"), times[times.len() * 95 / 100], opening.slowest_ms()),
    ]
}
