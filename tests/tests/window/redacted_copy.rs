//! The redacted copy of a plan with ratios of money: gone by default, kept by a choice that says what follows from them.

use std::{fs, path::Path};

use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::accessibility::violations;

const KEEP: &str = "[data-testid=redacted-keep-ratios]";
const RATIOS: &str = "[data-testid=redacted-ratios]";

fn plan() -> Desk {
    let desk = Desk::new();
    let folder = desk.folder.path().join("plan");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write(
        "metrics.csv",
        "id,name,unit,kind,period\npayback,Payback,months,ratio,month\nnrr,Net revenue retention,share,ratio,month\n\
         mrr,MRR,money,stock,month\ncustomers,Customers,count,stock,month\n",
    );
    write("objectives.csv", "id,metric,op,value\npayback-under-12,payback,<,12\nmany,customers,>=,1000\n");
    write(
        "positions.csv",
        "id,title,waits_for,description\nHC-1,Sales engineer,payback-under-12; many,payback was 14.9\n",
    );
    write(
        "observations.csv",
        "metric,first,last,value\npayback,2026-09-01,2026-09-30,14.9\npayback,2026-10-01,2026-10-31,14.5\n\
         nrr,2026-10-01,2026-10-31,0.9956\nmrr,2026-10-01,2026-10-31,494661.80 EUR\n\
         customers,2026-10-01,2026-10-31,1009\n",
    );
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    desk
}

fn ratios(path: &Path) -> usize {
    let copy = Store::open(path, now()).unwrap();
    let plan = copy.plan();
    assert!(plan.observations.iter().all(|row| row.value.currency.is_none()));
    plan.observations.iter().filter(|row| plan.key_of(row.metric.into()) != "customers").count()
}

#[test]
fn ratios_of_money_go_unless_they_are_kept_on_purpose() {
    let desk = plan();
    let copy = desk.folder.path().join("copy.headroom");
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog: Some(&copy),
        size: Some((1024, 700)),
        ..Start::default()
    });
    window.wait_text("nav", "acme");
    window.go("#/plan");
    window.click("[data-testid=redact]");
    let list = window.wait_text("[data-testid=redacted-list]", "ratio of money, row removed");
    assert!(list.contains("Net revenue retention") && list.contains("no longer waited for"), "{list}");
    let summary = window.text("[data-testid=redacted-summary]");
    assert!(summary.contains("2 amounts, 4 ratios of money and the history"), "{summary}");
    assert!(window.text(RATIOS).contains("nobody who knows one amount can work out others"));
    window.pictures("redacted-copy", "removed");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.click("[data-testid=redacted-save]");
    window.wait_text("[data-testid=redacted-done]", "copy.headroom");
    assert_eq!(ratios(&copy), 0);
    window.click("[data-testid=redacted-close]");
    fs::remove_file(&copy).unwrap();

    window.click("[data-testid=redact]");
    window.wait("the choice", |it| it.has(KEEP).then_some(()));
    window.click(KEEP);
    let kept = window.wait_text(RATIOS, "These stay");
    assert!(
        kept.contains("Payback = Customer acquisition cost ÷ (Average revenue per account × Gross margin)"),
        "{kept}"
    );
    assert!(kept.contains("2 figures, 1 objective") && kept.contains("Net revenue retention = "), "{kept}");
    window.pictures("redacted-copy", "kept");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.click("[data-testid=redacted-save]");
    window.wait_text("[data-testid=redacted-done]", "copy.headroom");
    assert_eq!(ratios(&copy), 3);
}
