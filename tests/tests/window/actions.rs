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

    /// The number of actions taken.
    pub fn taken(&self) -> usize {
        self.taken.len()
    }
}
