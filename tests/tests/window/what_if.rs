//! What depends on a person, and what if they leave, in the real window.

use std::path::Path;

use headroom_tests::window::{Start, Window};

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/what-if");
    window.screenshot(&folder.join(name));
}

fn person_id(window: &Window, name: &str) -> String {
    window.go(&format!("#/people?text={}", name.replace(' ', "%20")));
    let script = format!(
        "return [...document.querySelectorAll('[role=row] a')].find((a) => a.textContent === '{name}')?.hash ?? ''"
    );
    let hash = window
        .wait("the person", |it| it.js(&script).as_str().filter(|it| !it.is_empty()).map(str::to_owned));
    hash.split("id=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

#[test]
fn tmp_pictures() {
    for (size, tag) in [((1280, 900), "l"), ((1024, 700), "s")] {
        let window = Window::start(&Start { arguments: &["--sample"], size: Some(size), ..Start::default() });
        window.wait_text("[data-testid=team-chart]", "Payments");
        for name in ["Omar Wong", "Mina Bakker", "Mei Schulz"] {
            let id = person_id(&window, name);
            window.go(&format!("#/person?id={id}"));
            window.wait_text("[data-testid=reliance]", "");
            window.wait_text("[data-testid=person-page] h1", name);
            std::thread::sleep(std::time::Duration::from_millis(800));
            picture(&window, &format!("{tag}-person-{name}.png"));
        }
    }
}
