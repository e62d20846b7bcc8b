//! How much somebody has to do for something: every click, key press and typed text is an action. A way that gets longer
//! fails its test.

use headroom_tests::window::Window;

/// A window in which what the user does is counted.
pub struct Actions<'a> {
    pub window: &'a Window,
    task: &'static str,
    at_most: usize,
    taken: Vec<String>,
}

impl<'a> Actions<'a> {
    /// A task that takes at most so many actions.
    pub fn new(window: &'a Window, task: &'static str, at_most: usize) -> Self {
        Self { window, task, at_most, taken: Vec::new() }
    }

    fn take(&mut self, action: String) {
        self.taken.push(action);
        assert!(
            self.taken.len() <= self.at_most,
            "“{}” takes more than {} actions: {:?}",
            self.task,
            self.at_most,
            self.taken
        );
    }

    pub fn click(&mut self, selector: &str) {
        self.take(format!("click {selector}"));
        self.window.click(selector);
    }

    /// One key, or one combination of keys such as `{Ctrl}k`.
    pub fn key(&mut self, key: &str) {
        self.take(format!("press {key}"));
        self.window.press(key);
    }

    /// Types where the focus is, as somebody does who has clicked nowhere: into what the selector names.
    pub fn type_text(&mut self, field: &str, text: &str) {
        self.take(format!("type “{text}”"));
        self.window.wait(&format!("the focus on {field}"), |it| {
            let script = format!("return document.activeElement?.matches('{field}') ?? false");
            it.js(&script).as_bool().filter(|has_focus| *has_focus)
        });
        self.window.press(text);
    }

    /// Clicks the first element that matches and says this.
    pub fn click_text(&mut self, selector: &str, text: &str) {
        self.take(format!("click “{text}”"));
        let found = format!(
            "[...document.querySelectorAll({})].find((it) => it.textContent.includes({}))",
            serde_json::json!(selector),
            serde_json::json!(text)
        );
        self.window.wait(&format!("“{text}” in {selector}"), |it| {
            it.js(&format!("return !!{found}")).as_bool().filter(|is_there| *is_there)
        });
        self.window.js(&format!("{found}.click()"));
    }

    /// Types a name into a picker, and takes it: two actions.
    pub fn choose(&mut self, picker: &str, name: &str) {
        self.take(format!("type “{name}”"));
        self.take("press {Enter}".to_owned());
        self.window.choose(picker, name);
    }

    /// Drags one thing onto another.
    pub fn drag(&mut self, from: &str, to: &str) {
        self.take(format!("drag {from} to {to}"));
        self.window.drag_over(from, to);
        self.window.let_go();
    }

    /// The number of actions taken.
    pub fn taken(&self) -> usize {
        self.taken.len()
    }
}
