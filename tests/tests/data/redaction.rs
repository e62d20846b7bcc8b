//! Redacted copies of a plan with the figures of a board pack: what stays of money, of ratios of money and of counts.

use std::{collections::BTreeSet, fs, path::Path};

use headroom_store::Store;
use headroom_tests::{Desk, now, real_data};
use serde_json::Value;

/// The ratios that finance reports itself, beside those that follow from the pack.
const METRICS: &str = "id,name,unit,kind,period\nreported-payback,CAC payback,months,ratio,month\n\
    reported-nrr,Reported NRR,share,ratio,month\nchurned,Churned logos,share,ratio,month\n";
const OBJECTIVES: &str = "id,metric,op,value,periods,segment,reason\n\
    payback-12,reported-payback,<,13.77,2,Shippers,was 10.68 in the spring\n\
    churn-low,churned,<,3%,1,Shippers,\nmrr-high,mrr,>=,480000 EUR,1,Shippers,\n";
const POSITIONS: &str = "id,title,waits_for,waived_on,waived_by,waived_why,description\n\
    HC-1,Engineer,payback-12; churn-low,2026-11-02,Ada,13.9 is close enough,NRR fell to 99.56 % in October\n\
    HC-2,Engineer,payback-12; mrr-high,,,,\"CAC of 1,590, payback 4.25 months; 12 people\"\n";

/// A plan with the figures of the pack, and ratios that finance reports itself.
struct Board {
    desk: Desk,
    /// The reported ratios, as they are written.
    ratios: Vec<String>,
}

impl Board {
    fn new(folder: &Path) -> Self {
        let mut desk = Desk::new();
        desk.today = "2026-11-30".parse().unwrap();
        desk.done(&["import", desk.path(), folder.join("board-pack.csv").to_str().unwrap()]);
        let truth: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
        let (mut figures, mut ratios) = ("metric,first,last,value,segment\n".to_owned(), Vec::new());
        for month in ["2026-08", "2026-09", "2026-10"] {
            let days = format!("{month}-01,{month}-{}", if month == "2026-09" { 30 } else { 31 });
            for (metric, name) in [("reported-payback", "payback"), ("reported-nrr", "nrr")] {
                let ratio = truth["kpi"][format!("Shippers|{month}")][name].to_string();
                figures += &format!("{metric},{days},{ratio},Shippers\n");
                ratios.push(ratio);
            }
            figures += &format!("churned,{days},0.0179,Shippers\n");
        }
        let tables = [
            ("metrics.csv", METRICS),
            ("objectives.csv", OBJECTIVES),
            ("positions.csv", POSITIONS),
            ("observations.csv", figures.as_str()),
        ];
        tables.iter().for_each(|(name, text)| _ = desk.file(&format!("in/{name}"), text));
        let folder = desk.folder.path().join("in");
        desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
        Self { desk, ratios }
    }

    fn copy(&self, name: &str, options: &[&str]) -> (Value, Store, String) {
        let path = self.desk.folder.path().join(name);
        let path = path.to_str().unwrap();
        let made = self.desk.json(&[&["redact", self.desk.path(), path, "--json"], options].concat());
        let bytes = fs::read(path).unwrap();
        let out = self.desk.folder.path().join(format!("{name}.csv"));
        self.desk.done(&["export", path, out.to_str().unwrap(), "--format", "csv"]);
        let tables = fs::read_dir(out).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        let all = tables.fold(bytes, |all, more| [all, more].concat());
        (made, Store::open(Path::new(path), now()).unwrap(), String::from_utf8_lossy(&all).into_owned())
    }
}

/// The keys of metrics that have figures.
fn measured(store: &Store) -> BTreeSet<String> {
    let plan = store.plan();
    plan.observations.iter().map(|row| plan.key_of(row.metric.into()).to_owned()).collect()
}

#[test]
fn a_copy_of_a_board_pack_has_no_money_and_no_ratio_of_it() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let board = Board::new(&folder);
    let original = Store::open(&board.desk.plan, now()).unwrap();
    let counts = measured(&original);
    for of_money in ["mrr", "new-mrr", "spend", "margin", "reported-payback", "reported-nrr"] {
        assert!(counts.contains(of_money), "{counts:?}");
    }
    let (made, copy, text) = board.copy("copy.headroom", &[]);
    let left = measured(&copy);
    assert_eq!(
        left.iter().map(String::as_str).collect::<Vec<_>>(),
        ["churned", "customers", "leads", "lost-customers", "new-customers", "trials"]
    );
    assert_eq!(copy.plan().metrics.len(), original.plan().metrics.len(), "what is measured is no figure");
    // Amounts of four digits or more, and ratios, are nowhere in the file or in its CSV folder.
    let amounts = original.plan().observations.iter().filter(|row| row.value.currency.is_some());
    let mut sought = 0;
    for amount in amounts.map(|row| row.value.number.to_string()).filter(|text| text.len() >= 5) {
        assert!(!text.contains(&amount), "{amount}");
        sought += 1;
    }
    assert!(sought > 100, "{sought} amounts looked for");
    for ratio in
        board.ratios.iter().map(String::as_str).chain(["13.77", "10.68", "13.9", "99.56", "1,590", "4.25"])
    {
        assert!(!text.contains(ratio), "{ratio}");
    }
    assert!(text.contains("12 people"), "a count beside it stays");
    // One position waits for churn alone, the other for nothing.
    let waits = |key: &str| {
        let plan = copy.plan();
        let row = plan.positions.iter().find(|row| row.key == key).unwrap();
        (
            row.waits_for.iter().map(|id| plan.key_of((*id).into()).to_owned()).collect::<Vec<_>>(),
            row.waived_on,
        )
    };
    assert_eq!(waits("HC-1"), (vec!["churn-low".to_owned()], "2026-11-02".parse().ok()));
    assert_eq!(waits("HC-2"), (vec![], None));
    assert_eq!(made["kept"], serde_json::json!([]));
    assert!(made["ratios"].as_u64().unwrap() > 30, "{}", made["ratios"]);
    let label = &copy.history(None, 10).unwrap()[0].label;
    assert_eq!(label, "Redacted copy: no amounts of money, no ratios of them, no history");
}

#[test]
fn the_choice_keeps_exactly_the_ratios_and_says_which() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let board = Board::new(&folder);
    let (made, copy, text) = board.copy("copy.headroom", &["--keep-ratios"]);
    let left = measured(&copy);
    let ratios: Vec<&str> = left.iter().map(String::as_str).collect();
    assert_eq!(
        ratios,
        [
            "churned",
            "customers",
            "leads",
            "lost-customers",
            "margin",
            "new-customers",
            "reported-nrr",
            "reported-payback",
            "trials"
        ]
    );
    for ratio in board.ratios.iter().map(String::as_str).chain(["13.77", "99.56", "4.25 months"]) {
        assert!(text.contains(ratio), "{ratio}");
    }
    for amount in ["1,590", "480000"] {
        assert!(!text.contains(amount), "{amount}");
    }
    let kept: Vec<&str> =
        made["kept"].as_array().unwrap().iter().map(|kept| kept["metric"].as_str().unwrap()).collect();
    assert_eq!(kept, ["reported-payback", "margin", "reported-nrr"]);
    assert_eq!(made["kept"][0]["figures"], 3);
    assert_eq!(made["kept"][0]["objectives"], 1);
    assert_eq!(made["ratios"], 0);
    let words = board.desk.done(&["redact", board.desk.path(), "--dry-run", "--keep-ratios"]);
    let line = "CAC payback = Customer acquisition cost ÷ (Average revenue per account × Gross margin) \
                (3 figures, 1 objective)";
    assert!(words.contains(line) && words.contains("whoever knows one amount"), "{words}");
}
