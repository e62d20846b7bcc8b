//! Drives the real window through WebDriver: an X server, WebKitWebDriver and the program, for each test its own.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::Engine;
use chrono::NaiveDate;
use serde_json::{Value, json};

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The file in the data folder with the address that was opened outside of the window.
const OPENED: &str = "opened-address";
const PATIENCE: Duration = Duration::from_secs(20);

/// A running window with its own X server and data folders. Dropping it ends all of them.
pub struct Window {
    agent: ureq::Agent,
    base: String,
    session: String,
    driver: Child,
    screen: Child,
    size: (u32, u32),
    /// Its data folder; also for files of the test.
    pub folder: tempfile::TempDir,
}

/// Options for starting a window.
#[derive(Default)]
pub struct Start<'a> {
    pub arguments: &'a [&'a str],
    /// The answer of every file dialog.
    pub dialog: Option<&'a Path>,
    /// Width and height of the screen in pixels; by default 1280 by 900.
    pub size: Option<(u32, u32)>,
    /// The date; by default [`crate::TODAY`].
    pub today: Option<NaiveDate>,
}

/// The program under test: `HEADROOM_APP_BIN`, or the one built next to the tests.
pub fn program() -> PathBuf {
    if let Some(path) = env::var_os("HEADROOM_APP_BIN") {
        return path.into();
    }
    let program = crate::built("headroom-desktop");
    assert!(program.exists(), "{} is not built; `make test` builds it", program.display());
    program
}

impl Window {
    /// Opens the window on the sample organisation.
    pub fn on_sample() -> Self {
        Self::start(&Start { arguments: &["--sample"], ..Start::default() })
    }

    /// Opens the window on a plan.
    pub fn on_plan(plan: &str) -> Self {
        Self::start(&Start { arguments: &[plan], ..Start::default() })
    }

    pub fn start(start: &Start<'_>) -> Self {
        Self::prepare(start).open(&program(), start.arguments)
    }

    /// Starts an X server and a driver for [`Window::open`].
    pub fn prepare(start: &Start<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (width, height) = start.size.unwrap_or((1280, 900));
        let (screen, display) = screen(width, height);
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = driver(port, &display, folder.path(), start);
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let base = format!("http://127.0.0.1:{port}");
        let window =
            Self { agent, base, session: String::new(), driver, screen, size: (width, height), folder };
        window.wait("WebDriver", |it| {
            it.call("GET", "/status", None).ok().filter(|status| status["ready"] == true)
        });
        window
    }

    /// Starts the program.
    pub fn open(mut self, program: &Path, arguments: &[&str]) -> Self {
        let options = json!({"binary": program, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let session = self.call("POST", "/session", Some(wanted)).unwrap();
        self.session = session["sessionId"].as_str().unwrap().to_owned();
        let (width, height) = self.size;
        let _ =
            self.ask("POST", "/window/rect", Some(json!({"x": 0, "y": 0, "width": width, "height": height})));
        self
    }

    fn call(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let url = format!("{}{path}", self.base);
        let answer = match method {
            "GET" => self.agent.get(&url).call(),
            "DELETE" => self.agent.delete(&url).call(),
            _ => self.agent.post(&url).send_json(body.unwrap_or(json!({}))),
        };
        let mut answer = answer.map_err(|error| error.to_string())?;
        let value: Value =
            answer.body_mut().with_config().limit(64 << 20).read_json().map_err(|error| error.to_string())?;
        if answer.status().is_success() {
            return Ok(value["value"].clone());
        }
        Err(format!("{method} {path}: {} {}", value["value"]["error"], value["value"]["message"]))
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Polls until there is an answer.
    pub fn wait<T>(&self, what: &str, ask: impl Fn(&Self) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = ask(self) {
                return found;
            }
            if Instant::now() > end {
                let place = std::env::temp_dir().join("headroom-timed-out.png");
                self.screenshot(&place);
                panic!("timed out waiting for {what}; see {}", place.display());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn find(&self, selector: &str) -> Option<String> {
        let found =
            self.ask("POST", "/elements", Some(json!({"using": "css selector", "value": selector}))).ok()?;
        found[0][ELEMENT].as_str().map(str::to_owned)
    }

    fn element(&self, selector: &str) -> String {
        self.wait(selector, |it| it.find(selector))
    }

    pub fn has(&self, selector: &str) -> bool {
        self.find(selector).is_some()
    }

    /// Clicks the first element that matches the CSS selector, once it exists, is enabled and does not move.
    pub fn click(&self, selector: &str) {
        self.wait(&format!("{selector} to click"), |it| {
            let element = it.find(selector)?;
            let is_enabled = it.ask("GET", &format!("/element/{element}/enabled"), None).ok()?;
            // A click on a disabled element has no effect and gives no error.
            is_enabled.as_bool()?.then_some(())?;
            // The driver takes elements for visible that are scrolled out of a panel.
            it.js(&format!(
                "document.querySelector({})?.scrollIntoView({{block: 'nearest'}})",
                json!(selector)
            ));
            it.is_at_rest(selector).then_some(())?;
            it.ask("POST", &format!("/element/{element}/click"), None).ok()
        });
    }

    /// Whether an element stays where it is for two frames: what comes later above it moves it away from the pointer, and
    /// something else would be clicked.
    fn is_at_rest(&self, selector: &str) -> bool {
        let script = format!(
            "const place = () => JSON.stringify(document.querySelector({})?.getBoundingClientRect() ?? null);\
             const before = place();\
             requestAnimationFrame(() => requestAnimationFrame(() => done(before === place())))",
            json!(selector)
        );
        self.js_later(&script) == true
    }

    /// Clicks a button of the toolbar, in its menu where it does not fit into the row.
    pub fn click_in_toolbar(&self, selector: &str) {
        self.wait(&format!("{selector} in the toolbar"), |it| {
            let is_folded = !it.has(selector) && !it.has(".folded-parts");
            if is_folded && it.has("[data-testid=toolbar-more]") {
                it.click("[data-testid=toolbar-more]");
            }
            it.has(selector).then_some(())
        });
        self.click(selector);
    }

    /// Right-clicks the first element that matches the selector.
    pub fn right_click(&self, selector: &str) {
        let element = json!({ELEMENT: self.element(selector)});
        self.mouse(json!([
            {"type": "pointerMove", "origin": element, "x": 0, "y": 0},
            {"type": "pointerDown", "button": 2},
            {"type": "pointerUp", "button": 2},
        ]));
    }

    /// Moves the pointer over the first element that matches the selector.
    pub fn point_at(&self, selector: &str) {
        let element = json!({ELEMENT: self.element(selector)});
        self.mouse(json!([{"type": "pointerMove", "origin": element, "x": 0, "y": 0}]));
    }

    /// Takes hold of the first element that matches a selector, and moves it over another: [`Window::let_go`] drops it.
    pub fn drag_over(&self, from: &str, to: &str) {
        // The driver takes shapes of a drawing for nothing that one can point at, but it points at any place.
        let place = |selector: &str| {
            self.element(selector);
            let script = format!(
                "const {{x, y, width, height}} = document.querySelector({}).getBoundingClientRect();\
                 return [Math.round(x + width / 2), Math.round(y + height / 2)]",
                json!(selector)
            );
            let found = self.js(&script);
            (found[0].as_i64().unwrap(), found[1].as_i64().unwrap())
        };
        let ((x, y), (to_x, to_y)) = (place(from), place(to));
        let step = |x: i64, y: i64| json!({"type": "pointerMove", "origin": "viewport", "x": x, "y": y});
        let down = json!({"type": "pointerDown", "button": 0});
        self.mouse(json!([step(x, y), down, step(x + 12, y + 4), step(to_x, to_y), step(to_x + 1, to_y)]));
    }

    pub fn let_go(&self) {
        self.mouse(json!([{"type": "pointerUp", "button": 0}]));
    }

    fn mouse(&self, actions: Value) {
        let mouse = json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions});
        self.ask("POST", "/actions", Some(json!({"actions": [mouse]}))).unwrap();
    }

    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.ask("POST", &format!("/element/{element}/value"), Some(json!({"text": text}))).unwrap();
    }

    /// Chooses an entity by name in a picker, once the picker has found it: before that it lists others.
    pub fn choose(&self, picker: &str, name: &str) {
        self.type_into(picker, name);
        self.wait_text("[role=listbox].open [aria-selected=true]", name);
        self.press("{Enter}");
    }

    /// Presses keys one after the other, wherever the focus is; `{Ctrl}k` is a combination.
    pub fn press(&self, keys: &str) {
        let mut down = Vec::new();
        let mut actions = Vec::new();
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let named = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let (key, after) = match named {
                Some((name, after)) => (key(name), after),
                None => (first.to_string(), &rest[first.len_utf8()..]),
            };
            rest = after;
            actions.push(json!({"type": "keyDown", "value": key}));
            if matches!(key.as_str(), "\u{E009}" | "\u{E008}" | "\u{E00A}") {
                down.push(key);
            } else {
                actions.push(json!({"type": "keyUp", "value": key}));
                let released = down.drain(..).map(|held| json!({"type": "keyUp", "value": held}));
                actions.extend(released);
            }
        }
        let actions = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.ask("POST", "/actions", Some(actions)).unwrap();
    }

    pub fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({})?.innerText ?? ''", json!(selector));
        self.js(&script).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element contains the text; gives all of its text.
    pub fn wait_text(&self, selector: &str, wanted: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text(selector);
            if text.contains(wanted) {
                return text;
            }
            if Instant::now() > end {
                let place = std::env::temp_dir().join("headroom-timed-out.png");
                self.screenshot(&place);
                panic!("{selector} says {text:?}, not {wanted:?}; see {}", place.display());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The address that was opened outside of the window last, once one has been.
    pub fn opened(&self) -> String {
        let read = |it: &Self| fs::read_to_string(it.folder.path().join(OPENED)).ok();
        // It may be there before what is written into it.
        self.wait("an address to be opened", |it| read(it).filter(|address| !address.is_empty()))
    }

    /// Starts the page again as a new window does: nothing is left of it but what it keeps on this computer.
    pub fn restart(&self) {
        self.js("history.replaceState(null, '', location.pathname); location.reload()");
    }

    pub fn wait_gone(&self, selector: &str) {
        self.wait(&format!("{selector} to go"), |it| (!it.has(selector)).then_some(()));
    }

    /// Runs a script in the page.
    pub fn js(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", Some(json!({"script": script, "args": []}))).unwrap()
    }

    /// Runs a script that calls `done(value)`.
    pub fn js_later(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.ask("POST", "/execute/async", Some(json!({"script": script, "args": []}))).unwrap()
    }

    /// Goes to an address after the `#`.
    pub fn go(&self, address: &str) {
        self.js(&format!("location.hash = {}", json!(address)));
    }

    /// Takes screenshots of the page as it is and in the dark, in a folder below `target/screenshots`.
    pub fn pictures(&self, folder: &str, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots").join(folder);
        self.screenshot(&folder.join(format!("{name}.png")));
        let switch = "document.querySelector('[data-testid=theme]').click()";
        self.js(switch);
        self.screenshot(&folder.join(format!("{name}-dark.png")));
        self.js(switch);
    }

    /// Takes a screenshot of the page.
    pub fn screenshot(&self, to: &Path) {
        // Without two frames the screenshot shows an earlier state.
        self.js_later("requestAnimationFrame(() => requestAnimationFrame(() => done(true)))");
        // The driver waits for the next paint, which never comes if the page has no layers and does not change.
        self.js(
            "const dot = document.body.appendChild(document.createElement('div'));\
             dot.style = 'position: fixed; bottom: 0; right: 0; width: 1px; height: 1px; z-index: 99';\
             let turn = 0; const timer = setInterval(() => (dot.style.background = ++turn % 2 ? '#888' : '#889'), 16);\
             window.standStill = () => { clearInterval(timer); dot.remove(); };",
        );
        let picture = self.ask("GET", "/screenshot", None).unwrap();
        self.js("window.standStill()");
        let picture = base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap()).unwrap();
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, picture).unwrap();
    }
}

fn key(name: &str) -> String {
    let code = match name {
        "Ctrl" => '\u{E009}',
        "Shift" => '\u{E008}',
        "Alt" => '\u{E00A}',
        "Enter" => '\u{E007}',
        "Esc" => '\u{E00C}',
        "Tab" => '\u{E004}',
        "Down" => '\u{E015}',
        "Up" => '\u{E013}',
        "Left" => '\u{E012}',
        "Right" => '\u{E014}',
        "F2" => '\u{E032}',
        "F10" => '\u{E03A}',
        "F11" => '\u{E03B}',
        "Home" => '\u{E011}',
        "End" => '\u{E010}',
        "Delete" => '\u{E017}',
        other => panic!("no key is called {other}"),
    };
    code.to_string()
}

fn screen(width: u32, height: u32) -> (Child, String) {
    let mut screen = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
            "-nolisten",
            "tcp",
            "-noreset",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is missing: make tools");
    let mut number = String::new();
    BufReader::new(screen.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (screen, format!(":{}", number.trim()))
}

fn driver(port: u16, display: &str, folder: &Path, start: &Start<'_>) -> Child {
    let within = |name: &str| {
        let path = folder.join(name);
        fs::create_dir_all(&path).unwrap();
        path
    };
    let mut driver = Command::new("WebKitWebDriver");
    driver
        .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("HEADROOM_E2E", "1")
        .env("HEADROOM_AUTHOR", "Tester")
        .env("HEADROOM_TODAY", start.today.unwrap_or_else(crate::today).to_string())
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env("NO_AT_BRIDGE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        // Paints the first frame half a second sooner than the software GPU.
        .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
        .env("MESA_SHADER_CACHE_DISABLE", "true")
        .env("LANG", "C.UTF-8")
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", within("data"))
        .env("XDG_CONFIG_HOME", within("config"))
        .env("XDG_CACHE_HOME", within("cache"))
        .env("XDG_RUNTIME_DIR", within("run"))
        .env("HEADROOM_OPENED_PATH", folder.join(OPENED))
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.join("window.log")).unwrap());
    if let Some(path) = start.dialog {
        driver.env("HEADROOM_DIALOG_PATH", path);
    }
    driver.spawn().expect("WebKitWebDriver is missing: make tools")
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.call("DELETE", &format!("/session/{}", self.session), None);
        }
        // The window ends with its X server even if the driver could not end it.
        for process in [&mut self.driver, &mut self.screen] {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
