//! Budget against plan, budgets, baselines and assumptions, on the sample.

use std::fs;

use headroom_model::{Person, Position, Team};
use headroom_tests::{Desk, window::Window};

const MONEY: &str = "#/hiring?part=money&step=year&from=2027-01-01&until=2027-12-31";

struct Plan {
    desk: Desk,
    window: Window,
}

impl Plan {
    fn of_sample() -> Self {
        let desk = Desk::new();
        fs::remove_file(&desk.plan).unwrap();
        desk.done(&["new", "--sample", desk.path()]);
        let window = Window::on_plan(desk.path());
        Self { desk, window }
    }

    fn read(&self) -> headroom_store::Store {
        headroom_store::Store::open(&self.desk.plan, headroom_tests::now()).unwrap()
    }

    fn parent_of(&self, team: &str) -> String {
        let store = self.read();
        let plan = store.plan();
        let team = plan.teams.get(plan.find::<Team>(team).unwrap()).unwrap();
        plan.name_of(team.parent.unwrap().into())
    }

    /// Opens the page of a position and edits one of its fields.
    fn write_position(&self, key: &str, field: &str, text: &str) {
        let id = self.read().plan().find::<Position>(key).unwrap().0;
        self.window.go(&format!("#/position?id={id}"));
        self.window.wait_text("[data-testid=position-page]", key);
        let position = || self.read().plan().positions.get(id.into()).cloned();
        let before = position();
        self.window.click(&format!("[data-testid=position-{field}]"));
        self.window.wait("the field to be written into", |it| {
            (it.js("return document.activeElement?.dataset.testid") == "cell-editor").then_some(())
        });
        self.window.press("{Ctrl}a");
        self.window.press(text);
        self.window.press("{Enter}");
        // Salaries are shown as dots before and after.
        self.window.wait(&format!("{field} of {key}"), |_| (position() != before).then_some(()));
        self.window.wait_gone("[data-testid=cell-editor]");
    }
}

/// Parses `€12 345.67` or `−€1 000`, in cents.
fn cents(text: &str) -> i64 {
    let (sign, rest) = text.trim().strip_prefix('−').map_or((1, text.trim()), |rest| (-1, rest));
    let digits = rest.strip_prefix('€').unwrap_or_else(|| panic!("“{text}”")).replace(' ', "");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, "00"));
    sign * format!("{whole}{part:0<2}").parse::<i64>().unwrap_or_else(|_| panic!("“{text}”"))
}

/// Replaces the content of a field in a form.
fn retype(window: &Window, field: &str, text: &str) {
    window.click(field);
    window.press("{Ctrl}a");
    window.press(text);
}

/// Chooses the option with this name.
fn pick(window: &Window, field: &str, name: &str) {
    window.type_into(field, name);
    let first = "[role=listbox].open [role=option]";
    window.wait(name, |it| it.text(first).starts_with(name).then_some(()));
    window.press("{Enter}");
}

fn set_budget(window: &Window, amount: &str, seats: &str) {
    retype(window, "[data-testid=budget-amount]", amount);
    retype(window, "[data-testid=budget-seats]", if seats.is_empty() { "{Delete}" } else { seats });
    window.click("[data-testid=budget-save]");
}

/// What the lines directly below the first one say in a column, in cents, and the first one itself. A cell says its
/// exact amount when it is pointed at.
fn column(window: &Window, nth: usize) -> (i64, Vec<i64>) {
    let script = format!(
        "return [...document.querySelectorAll('[data-testid=money-teams] tbody tr')].map((row) => [\
           parseInt(row.querySelector('th').style.paddingLeft),\
           (row.cells[{nth}].querySelector('[title^=€]') ?? row.cells[{nth}]).title])"
    );
    let rows = window.js(&script);
    let amount = |text: &str| match text.split_once(" over budget") {
        Some((amount, _)) => -cents(amount),
        None if text.starts_with(['€', '−']) => cents(text.trim_end_matches(" under budget")),
        None => 0,
    };
    let rows: Vec<(i64, i64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row[0].as_i64().unwrap(), amount(row[1].as_str().unwrap())))
        .collect();
    let below = rows.iter().skip(1).filter(|row| row.0 == 8).map(|row| row.1).collect();
    (rows[0].1, below)
}

/// Without a budget of its own below it, a budget is not divided.
fn add_up(window: &Window, is_divided: bool) {
    for (nth, name) in [(1, "plan"), (2, "budget"), (3, "difference")] {
        if nth > 1 && !is_divided {
            continue;
        }
        let (whole, below) = column(window, nth);
        assert!(below.len() > 1 && whole != 0, "{name}: {below:?}");
        assert_eq!(below.iter().sum::<i64>(), whole, "{name}: {below:?}");
    }
}

/// From the first view: the cost, then the team. Its difference is said, and what is below it adds up to it.
#[test]
fn budget_of_a_team_is_read_in_two_actions() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    window.click("[data-testid=show-pay]");
    window.wait_text("[data-testid=run-rate]", "run rate €");
    let said = window.text("[data-testid=tile-cost] .words");
    let summary = "[data-testid=budget-summary]";

    // Two actions.
    window.click("[data-testid=tile-cost] a");
    window.wait_text(summary, "Organisation");
    add_up(window, true);
    let whole = window.text("[data-testid=budget-difference]");
    let (amount, side) = whole.trim().split_once(" m ").unwrap_or_else(|| panic!("{whole}"));
    assert!(said.contains(&format!("{amount} m")), "{said} is {whole}");
    assert!(side.contains("under budget (") || side.contains("over budget ("), "{whole}");
    window.click("[data-testid=money-teams] button[title='Product Engineering']");
    window.wait_text(summary, "Product Engineering");
    let team = window.wait_text("[data-testid=budget-difference]", " budget (");
    assert!(team.contains(" %)") && team.contains('€'), "{team}");
    window.wait_text("[data-testid=budget-amounts]", "planned of €7.20 m budget");
    add_up(window, false);
    assert!(window.has("[data-testid=against-bar][role=img]"));

    // A team without a budget is neither over nor under, and has the way to set one.
    window.click("[data-testid=money-teams] button[title='Customs']");
    window.wait_text(summary, "Customs");
    assert_eq!(window.text("[data-testid=budget-difference]").trim(), "No budget set");
    window.wait_text("[data-testid=budget-note]", "In the budget of Product Engineering");
    window.click("[data-testid=set-budget]");
    window.wait_text("dialog[open]", "Customs");
    set_budget(window, "900 000", "8");
    window.wait_text("[data-testid=budget-amounts]", "of €900 k budget");
    window.wait_text("[data-testid=headcount-difference]", "budget");
    // And back the way one came.
    window.press("{Alt}{Left}");
    window.wait_text(summary, "Product Engineering");
    add_up(window, true);
    window.press("{Alt}{Left}");
    window.wait_text(summary, "Organisation");
    add_up(window, true);
}

/// A budget of eight months is no all-clear for the year, and its third quarter has two of three months.
#[test]
fn a_budget_of_some_months_says_which_and_shows_no_tick() {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nt,Team\n");
    let positions: String = (1..=4).map(|nth| format!("T{nth},t,12000 EUR,2027-01-01,approved\n")).collect();
    desk.file("csv/positions.csv", format!("id,team,pay,start,status\n{positions}"));
    desk.file("csv/assumptions.csv", "kind,value\nburden,0%\n");
    desk.file("csv/budgets.csv", "team,amount,from,until\nt,33000 EUR,2027-01-01,2027-08-31\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let window = Window::on_plan(desk.path());
    window.go("#/overview?day=2027-02-01");
    window.wait_text("[data-testid=tile-cost]", "budget for Jan–Aug only");
    let shots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/budget");
    window.screenshot(&shots.join("overview-part.png"));
    window.go("#/hiring?part=money&step=quarter&from=2027-01-01&until=2027-12-31");
    window.click("[data-testid=show-pay]");
    window.wait_text("[data-testid=budget-difference]", "€1 000 under budget (3 %)");
    assert!(window.has("[data-testid=budget-difference].open"), "no tick");
    window
        .wait_text("[data-testid=budget-note]", "Budget for Jan–Aug only · €16 k of the plan has no budget");
    window.wait_text("[data-testid=money-teams]", "budget for Jan–Aug only");
    // Of the organisation and of the team.
    let marks = window.js(
        "return [...document.querySelectorAll('[data-testid=partial]')].map((mark) => [mark.getAttribute('aria-label'),\
           mark.closest('td').cellIndex])",
    );
    assert_eq!(marks, serde_json::json!([[" budget for Jul–Aug only", 7], [" budget for Jul–Aug only", 7]]));
    window.screenshot(&shots.join("part.png"));
    // All months of it: the tick is there.
    window.go("#/hiring?part=money&step=month&from=2027-01-01&until=2027-08-31");
    window.wait("a tick", |it| {
        (it.has("[data-testid=budget-difference].under") && !it.has("[data-testid=budget-difference].open"))
            .then_some(())
    });
    assert!(!window.has("[data-testid=partial]") && !window.has("[data-testid=budget-note]"));
}

/// A position on hold waits with what it would cost; taken up again it is in the plan, and the baseline tells.
#[test]
fn what_waits_and_what_changed_lead_to_their_positions() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    plan.write_position("HC2027-NH-007", "status", "frozen");
    window.go(MONEY);
    window.click("[data-testid=show-pay]");
    let waiting = window.wait("the amounts", |it| {
        Some(it.text("[data-testid=waiting]"))
            .filter(|text| text.contains("would be added") && !text.contains("•••"))
    });
    assert!(waiting.contains("On hold"), "{waiting}");
    window.type_into("[data-testid=approval-name]", "Budget 2027");
    window.click("[data-testid=freeze]");
    window.wait_text("main", "No changes since this baseline.");
    plan.write_position("HC2027-NH-007", "status", "approved");
    // The newest baseline is compared with, without a choice.
    window.go(MONEY);
    window.wait_text("main", "Changes since Budget 2027");
    window.wait_text("[data-testid=differing-seats]", "HC2027-NH-007");
    assert!(!window.text("[data-testid=waiting]").contains("HC2027-NH-007"));
    window.click("[data-testid=differing-seats] a");
    window.wait_text("[data-testid=position-page]", "HC2027-NH-007");
}

#[test]
fn budgets_must_fit_into_the_one_above() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    window.go(MONEY);
    let budgets = "[data-testid=budgets]";
    window.wait_text(budgets, "Product Engineering");

    // More than the team above has is refused, with a reason.
    window.click("[data-testid=add-budget]");
    pick(window, "[data-testid=budget-team]", "Customs");
    window.wait_text("dialog[open]", "Whole organisation");
    set_budget(window, "8 000 000", "");
    let fault = "[data-testid=budget-problem]";
    let said = window.wait_text(fault, "Customs gets");
    assert_eq!(
        said,
        "Customs gets 8 000 000 EUR from 1 Jan 2027 to 31 Dec 2027; the limit for Product Engineering is \
         7 200 000 EUR."
    );
    // So is a larger headcount, and an invalid amount is named.
    set_budget(window, "900 000", "80");
    window.wait_text(fault, "Customs gets 80 positions");
    set_budget(window, "much", "8");
    window.wait_text(fault, "The amount is not an amount such as");
    assert!(!window.text(budgets).contains("Customs"), "nothing of it is set");
    set_budget(window, "900 000", "8");
    window.wait_text(budgets, "Customs");
    window.wait_gone("dialog[open]");

    // Nor can the one above go below its sub-teams.
    window.click("[aria-label='Edit budget for Product Engineering']");
    set_budget(window, "800 000", "70");
    window.wait_text(fault, "Customs gets 900 000 EUR from 1 Jan 2027 to 31 Dec 2027");
    window.press("{Esc}");
    window.wait_gone("dialog[open]");

    // A budget is undone and redone.
    window.press("{Ctrl}z");
    window.wait("the budget to go", |it| (!it.text(budgets).contains("Customs")).then_some(()));
    window.press("{Ctrl}{Shift}z");
    window.wait_text(budgets, "Customs");

    // A team that moves takes its budget along: that is a warning, since the move may come first. (Headcounts in the
    // sample already exceed the organisation's: a budget that does not make it worse is accepted.)
    window.click("[aria-label='Edit budget for Data & Insight']");
    set_budget(window, "880 000", "14");
    window.wait_gone("dialog[open]");
    let id = plan.read().plan().find::<Team>("customs").unwrap().0;
    window.go(&format!("#/team?id={id}"));
    window.click("[data-testid=move-team]");
    pick(window, "[data-testid=move-to]", "Data & Insight");
    window.wait_text("[data-testid=effect]", "change");
    window.click("[data-testid=move-done]");
    window.wait("the move", |_| (plan.parent_of("customs") == "Data & Insight").then_some(()));
    window.go("#/findings?rule=budget-over-parent");
    window.wait_text("main", "Customs gets 900 000 EUR");
}

#[test]
fn causes_of_a_variance_add_up() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    window.go(MONEY);
    window.type_into("[data-testid=approval-name]", "Budget 2027");
    window.click("[data-testid=freeze]");
    window.wait_text("main", "No changes since this baseline.");
    let address = window.js("return location.hash").as_str().unwrap().to_owned();

    // A date moves, a hire gets another salary, one is cancelled, someone leaves, and one is added.
    plan.write_position("HC2027-NH-004", "start", "1 Jul 2027");
    plan.write_position("HC2027-NH-006", "pay", "64000 EUR");
    plan.write_position("HC2027-NH-007", "status", "closed");
    let departure = plan.read().plan().find::<Person>("petra.duarte").unwrap().0;
    window.go(&format!("#/person?id={departure}"));
    let last_day = format!("[data-testid=person-{departure}-until]");
    window.click(&format!("[data-testid=person-{departure}-until-shown]"));
    window.wait("the field", |it| it.has(&last_day).then_some(()));
    window.press("30 Jun 2027{Enter}");
    window.wait_text("[data-testid=person-page]", "30 Jun 2027");
    window.go("#/hiring?part=gaps&where.kind=%3Don-call&text=Customs");
    window.click("[data-testid=plan-hire]");
    window.type_into("[data-testid=hire-title]", "Engineer");
    window.wait_text("[data-testid=hire-preview]", " in Customs");
    window.click("[data-testid=hire-apply]");
    window.wait_gone("dialog[open]");

    // While salaries are hidden the few positions with a variance show no amount.
    window.go(&address);
    window.wait_text("main", "would reveal individual salaries");
    assert!(!window.has("[data-testid=causes]"));
    assert!(!window.text("[data-testid=differing-seats]").contains('€'));
    window.click("[data-testid=show-pay]");
    let causes = window.wait_text("[data-testid=causes]", "Unplanned");
    for cause in ["Timing", "Rate", "Unfilled", "Unplanned", "Attrition"] {
        assert!(causes.contains(cause), "{causes}");
    }
    let script = "return [...document.querySelectorAll('[data-testid=causes] li')]\
                  .map((row) => row.lastElementChild.textContent)";
    let amounts = window.js(script);
    let mut amounts: Vec<i64> =
        amounts.as_array().unwrap().iter().map(|text| cents(text.as_str().unwrap())).collect();
    let whole = amounts.pop().unwrap();
    assert_eq!(amounts.len(), 5, "{causes}");
    assert!(amounts.iter().all(|amount| *amount != 0));
    assert_eq!(amounts.iter().sum::<i64>(), whole, "the causes add up to the difference: {causes}");
    let script = "return [...document.querySelectorAll('[data-testid=differing-seats] li')]\
                  .map((row) => row.lastElementChild.textContent)";
    let seats = window.js(script);
    let seats: i64 = seats.as_array().unwrap().iter().map(|text| cents(text.as_str().unwrap())).sum();
    assert_eq!(seats, whole, "and so do the seats");

    // Each is undone separately.
    for gone in ["Unplanned", "Attrition", "Unfilled", "Rate"] {
        window.press("{Ctrl}z");
        window.wait(&format!("{gone} to go"), |it| {
            let text = it.text("[data-testid=causes]");
            (!text.contains(gone) && text.contains("Timing")).then_some(())
        });
    }
    window.press("{Ctrl}z");
    window.wait_text("main", "No changes since this baseline.");
    window.press("{Ctrl}z");
    window.wait("the approval to go", |it| {
        (!it.has("[data-testid=choose-approval]") && it.has("[data-testid=freeze]")).then_some(())
    });
}

#[test]
fn assumptions_change_cost_and_pay_stays_hidden() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    let total = || {
        window.go(MONEY);
        let row = "[data-testid=money-teams] tbody tr";
        window.wait_text(row, "Organisation");
        let cell = format!("return document.querySelector('{row} td').title");
        cents(window.js(&cell).as_str().unwrap())
    };
    let about = total();
    window.wait_text("[data-testid=money-rounded]", "rounded to about the cost of one position");
    window.click("[data-testid=show-pay]");
    window.wait_gone("[data-testid=money-rounded]");
    let before = total();
    assert!(about % 10_000_000 == 0 && before % 10_000_000 != 0, "{about} {before}");
    assert!((about - before).abs() <= 20_000_000, "{about} is about {before}");

    window.go("#/hiring?part=assumptions");
    let list = "[data-testid=assumptions]";
    window.wait_text(list, "Insurance and meals");
    window.click("[data-testid=assume-benefits]");
    retype(window, "[data-testid=assumption-value]", "no figure");
    window.click("[data-testid=assumption-save]");
    window.wait_text("[data-testid=assumption-problem]", "The value ");
    retype(window, "[data-testid=assumption-value]", "1 000 EUR a year");
    window.type_into("[data-testid=assumption-label]", "Gym");
    window.click("[data-testid=assumption-save]");
    window.wait_text(list, "Gym");
    window.wait_gone("dialog[open]");
    window.wait("a higher cost", |_| (total() > before).then_some(()));
    window.press("{Ctrl}z");
    window.wait("the cost before", |_| (total() == before).then_some(()));

    // A person's salary is hidden until it is shown, and unchanged when something else is edited.
    window.go("#/hiring?part=assumptions");
    window.click("[data-testid=show-pay][aria-pressed=true]");
    window.wait("pay to be hidden", |it| it.has("[data-testid=show-pay][aria-pressed=false]").then_some(()));
    window.click("[data-testid=assume-base]");
    retype(window, "[data-testid=assumption-value]", "91 234 EUR");
    pick(window, "input[aria-label='Only for a team or person']", "Petra Duarte");
    window.wait_text("dialog[open]", "Everyone");
    window.click("[data-testid=assumption-save]");
    let text = window.wait_text(list, "Petra Duarte");
    assert!(text.contains("•••") && !text.contains("91 234"), "{text}");
    window.click("[data-testid=show-pay]");
    window.wait_text(list, "€91 234");
    window.click("[data-testid=show-pay]");
    window.wait("it to be hidden again", |it| (!it.text(list).contains("91 234")).then_some(()));
    // The history hides it, too.
    window.go("#/history");
    window.wait_text("main", "Add assumption: Base pay");
    window.click("#history-0");
    let text = window.wait_text("main", "•••");
    assert!(!text.contains("91234") && !text.contains("91 234"), "{text}");
    window.go("#/hiring?part=assumptions");
    window.wait_text(list, "Petra Duarte");
    window.press("{Ctrl}z");
    window.wait("it to go", |it| (!it.text(list).contains("Petra Duarte")).then_some(()));
}

/// An assumption of the wrong unit is refused at its field; weekly days off are an ordinary one.
#[test]
fn assumptions_of_the_wrong_unit_are_refused() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    window.go("#/hiring?part=assumptions");
    window.click("[data-testid=assume-offer-acceptance]");
    retype(window, "[data-testid=assumption-value]", "150%");
    window.click("[data-testid=assumption-save]");
    window.wait_text("[data-testid=assumption-problem]", "between 0% and 100%");
    retype(window, "[data-testid=assumption-value]", "75%");
    window.click("[data-testid=assumption-save]");
    window.wait_gone("[data-testid=assumption-value]");
    window.click("[data-testid=assume-days-off]");
    retype(window, "[data-testid=assumption-value]", "friday and saturday");
    window.click("[data-testid=assumption-save]");
    window.wait_text("[data-testid=assumptions]", "Fri Sat");
}

/// The form for exchange rates is drawn from the descriptions of their fields.
#[test]
fn exchange_rates_are_added_in_a_form() {
    let plan = Plan::of_sample();
    let window = &plan.window;
    window.go(MONEY);
    window.wait_text("form[data-testid=rate]", "Valid from (optional)");
    let count = plan.read().plan().exchange_rates.len();
    retype(window, "[data-testid=rate-currency]", "EUR");
    retype(window, "[data-testid=rate-rate]", "2");
    window.click("[data-testid=rate-add]");
    window.wait_text("form[data-testid=rate]", "Currency is already the plan currency.");
    retype(window, "[data-testid=rate-currency]", "SEK");
    retype(window, "[data-testid=rate-rate]", "0,09");
    retype(window, "[data-testid=rate-from]", "1 Mar 2027");
    retype(window, "[data-testid=rate-origin]", "the bank");
    window.click("[data-testid=rate-add]");
    let rates = window.wait_text("[data-testid=rates]", "SEK");
    assert!(rates.contains("0.09 EUR") && rates.contains("1 Mar 2027"), "{rates}");
    window.wait("the rate in the file", |_| {
        (plan.read().plan().exchange_rates.len() == count + 1).then_some(())
    });
    let typed = window.js("return document.querySelector('[data-testid=rate-currency]').value");
    assert_eq!(typed, "", "the form is empty again");
}

/// An optional date can be cleared on the page of a position.
#[test]
fn optional_dates_can_be_cleared() {
    let plan = Plan::of_sample();
    let is_needed = |row: &&Position| row.need_by.is_some();
    let id = plan.read().plan().positions.iter().find(is_needed).unwrap().id;
    let window = &plan.window;
    window.go(&format!("#/position?id={}", id.0));
    window.click("[data-testid=position-need_by]");
    window.press("{Ctrl}a");
    window.press("{Delete}");
    window.press("{Enter}");
    window.wait("the day to be gone", |_| {
        plan.read().plan().positions.get(id).is_some_and(|row| row.need_by.is_none()).then_some(())
    });
}
