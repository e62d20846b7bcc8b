//! The timeline under every view: dragged, stepped, played; positions in the chart; and a redacted copy.

use std::path::Path;

use headroom_model::{Currency, Draft, Membership, Money, Person, Plan, Position, Team};
use headroom_store::{OperationMeta, Store};
use headroom_tests::window::{Start, Window};

/// Two teams; one position with a paid hire planned for February.
fn write(path: &Path) {
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    let (team, person) = (draft.new_id::<Team>(), draft.new_id::<Person>());
    draft.put(Team { id: team, key: "payments".into(), name: "Payments".into(), ..Team::default() });
    draft.put(Person { id: person, key: "ada".into(), name: "Ada Okafor".into(), ..Person::default() });
    let id = draft.new_id::<Membership>();
    let until = headroom_tests::today().checked_add_days(chrono::Days::new(40));
    draft.put(Membership { id, person, team, role: "lead".into(), until, ..Membership::default() });
    let lead = draft.new_id::<Position>();
    let pay = Some(Money::whole(123_456, Currency::EUR));
    let (team, title) = (Some(team), "Head of payments".to_owned());
    draft.put(Position { id: lead, key: "HC-1".into(), title, team, pay, ..Position::default() });
    let id = draft.new_id::<Position>();
    let start = headroom_tests::today().checked_add_days(chrono::Days::new(30));
    let (manager, description) = (Some(lead), "Up to 123,456 a year".to_owned());
    let title = "Backend engineer".to_owned();
    draft.put(Position {
        id,
        key: "HC-2".into(),
        title,
        team,
        manager,
        start,
        description,
        ..Position::default()
    });
    Store::create_with(path, &OperationMeta::edit("made", "Tester", headroom_tests::now()), &draft.finish())
        .unwrap();
}

fn opened(folder: &Path, start: Start<'_>) -> Window {
    let plan = folder.join("acme.headroom");
    if !plan.exists() {
        write(&plan);
    }
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..start });
    window.go("#/organisation");
    window.wait_text("[data-testid=team-chart]", "Payments");
    window
}

/// Drags the slider to this many days after today.
fn drag(window: &Window, days: i32) {
    window.js(&format!(
        "const slider = document.querySelector('[data-testid=timeline]');\
         Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, {});\
         slider.dispatchEvent(new Event('input', {{bubbles: true}}));",
        365 + days
    ));
}

#[test]
fn views_follow_the_slider() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), Start::default());
    window.wait_text("[data-testid=team-chart]", "2 vacant");
    let steps = window.js("return history.length");
    for days in [5, 10, 20, 31] {
        drag(&window, days);
    }
    window.wait_text("[data-testid=team-chart]", "1 planned");
    window.wait_text("[data-testid=read-out]", "1 planned");
    // Where it rests is one step to go back to, whatever was passed.
    window.wait("the day in the address", |it| {
        it.js("return location.hash").as_str().unwrap().contains("day=").then_some(())
    });
    assert_eq!(window.js("return history.length").as_i64(), steps.as_i64().map(|steps| steps + 1));
    window.press("{Alt}{Left}");
    window.wait_text("[data-testid=team-chart]", "2 vacant");
}

#[test]
fn days_are_stepped_and_played_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), Start::default());
    let day = |it: &Window| it.js("return location.hash").as_str().unwrap_or_default().to_owned();
    let days_on = |days: i64| {
        let day = headroom_tests::today() + chrono::TimeDelta::days(days);
        format!("day={day}")
    };
    window.press("{Alt}t");
    for (key, days) in [("{Right}", 1), ("{Shift}{Right}", 8), ("{Left}", 7)] {
        window.press(key);
        window.wait(key, |it| day(it).contains(&days_on(days)).then_some(()));
    }
    window.press("{Alt}p");
    window.wait("the days to go by", |it| {
        it.text("[data-testid=read-out]").contains("1 planned").then_some(())
    });
    assert!(window.has("[data-testid=play][aria-label='Pause timeline']"));
    window.press("{Alt}p");
    window.wait("a pause", |it| it.has("[data-testid=play][aria-label='Play timeline']").then_some(()));
    let paused = window.js("return document.querySelector('[data-testid=day]').value");
    // Days pass with the frames that are painted.
    window.js_later(
        "let left = 30; const next = () => left-- ? requestAnimationFrame(next) : done(true); next()",
    );
    assert_eq!(window.js("return document.querySelector('[data-testid=day]').value"), paused);
}

#[test]
fn positions_are_in_the_chart_below_their_managers() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), Start::default());
    window.click("[data-testid=with-staff]");
    let text = window.wait_text("[data-testid=team-chart]", "HC-2 Backend engineer");
    assert!(text.contains("Ada Okafor") && text.contains("vacant until"), "{text}");
    assert_eq!(
        window.js("return document.querySelectorAll('[data-testid=team-chart] .box.empty').length"),
        2
    );
    window.go("#/organisation?by=manager");
    window.wait_text("[data-testid=team-chart]", "HC-1 Head of payments");
    let wires =
        "return document.querySelector('[data-testid=team-chart] .wires path').getAttribute('d').length";
    assert!(window.js(wires).as_i64().unwrap() > 0);
    window.go("#/organisation?as=list&with=staff");
    window.wait_text("[role=table], [role=grid]", "HC-2 Backend engineer");
}

#[test]
fn redacted_copy_lists_and_lacks_amounts() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.headroom");
    let window = opened(folder.path(), Start { dialog: Some(&copy), ..Start::default() });
    window.go("#/plan");
    window.click("[data-testid=redact]");
    let list = window.wait_text("[data-testid=redacted-list]", "description");
    assert!(list.contains("salary") && list.contains("HC-1 Head of payments"), "{list}");
    assert!(!list.contains("123"), "{list}");
    assert!(!copy.exists());
    window.click("[data-testid=redacted-save]");
    window.wait_text("[data-testid=redacted-done]", "copy.headroom");
    let bytes = std::fs::read(&copy).unwrap();
    for trace in [&b"123456"[..], b"123,456", &12_345_600_i32.to_be_bytes()] {
        assert!(!bytes.windows(trace.len()).any(|part| part == trace));
    }
    // An existing file is not overwritten.
    window.click("[data-testid=redacted-close]");
    window.click("[data-testid=redact]");
    window.click("[data-testid=redacted-save]");
    window.wait_text("[data-testid=redacted-problem]", "already exists");
}
