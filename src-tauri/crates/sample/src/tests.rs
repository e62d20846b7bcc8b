use std::sync::{Arc, OnceLock};

use chrono::{Datelike, Months, TimeDelta};
use headroom_analysis::{
    DayView,
    cost::{Costs, MonthTable},
    coverage::{HireCoverage, cover_gaps},
    forecast::{ForecastParams, Gap, forecast},
    gates::gates,
};
use proptest::prelude::*;

use super::*;

/// The Monday of the week in which the files are correct.
const WRITTEN: &str = "2026-11-23";
/// Dates known by their month move within it; working days give way to holidays.
const A_MONTH: i64 = 31;
const HOLIDAYS: i64 = 4;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn made_on(today: NaiveDate) -> Store {
    let folder = tempfile::tempdir().unwrap();
    create(&folder.path().join("sample.headroom"), noon(today), today).unwrap()
}

/// A date as distances: from the Monday of the current week, and from the day itself.
type Distance = Option<(i64, i64)>;

/// What a new user sees in the sample, without dates.
#[derive(Debug)]
struct Story {
    told: Vec<String>,
    days: Vec<(Distance, i64)>,
}

impl Story {
    fn on(today: NaiveDate) -> Self {
        let plan = Arc::new(Chronicle::of(Plan::default(), today).unwrap().plan);
        let mut story = Teller { plan: &plan, today, told: Vec::new(), days: Vec::new() };
        story.findings();
        story.gaps();
        story.gates();
        Self { told: story.told, days: story.days }
    }

    fn assert_same(&self, other: &Self, today: NaiveDate) {
        for (one, another) in self.told.iter().zip(&other.told) {
            assert_eq!(one, another, "on {today}");
        }
        assert_eq!(self.told.len(), other.told.len(), "on {today}");
        for (place, ((one, within), (another, _))) in self.days.iter().zip(&other.days).enumerate() {
            let is_near = match (one, another) {
                (Some(one), Some(another)) => {
                    (one.0 - another.0).abs() <= *within || (one.1 - another.1).abs() <= *within
                }
                (one, another) => one == another,
            };
            assert!(is_near, "on {today}, day {place}: {one:?} is {another:?}");
        }
    }
}

struct Teller<'a> {
    plan: &'a Arc<Plan>,
    today: NaiveDate,
    told: Vec<String>,
    days: Vec<(Distance, i64)>,
}

impl Teller<'_> {
    fn tell(&mut self, text: String) {
        self.told.push(text);
    }

    fn day(&mut self, day: Option<NaiveDate>, within: i64) {
        let monday = self.today - TimeDelta::days(self.today.weekday().num_days_from_monday().into());
        self.days.push((day.map(|day| ((day - monday).num_days(), (day - self.today).num_days())), within));
    }

    fn name(&self, entity: EntityRef) -> String {
        let key = self.plan.key_of(entity);
        match key.strip_prefix("HC") {
            Some(id) => format!("HC{}", &id[4..]),
            None => key.to_owned(),
        }
    }

    fn names(&self, entities: &[EntityRef]) -> Vec<String> {
        entities.iter().map(|entity| self.name(*entity)).collect()
    }

    fn findings(&mut self) {
        let view = DayView::new(self.plan, self.today, None);
        for finding in view.findings() {
            let evidence: Vec<_> = finding
                .evidence
                .iter()
                .map(|evidence| (&evidence.label, undated(&evidence.text), self.names(&evidence.entities)))
                .collect();
            let (rule, severity, weight) = (finding.rule.id, finding.severity, finding.weight);
            let (subject, team) = (self.name(finding.subject), finding.team);
            let message = undated(&finding.message);
            self.tell(format!("{rule} {severity:?} {subject} {team:?} {weight} {message} {evidence:?}"));
            self.day(finding.day, if rule == "mentors-short" { A_MONTH } else { HOLIDAYS });
        }
    }

    fn gaps(&mut self) {
        let until = self.today.checked_add_months(Months::new(12)).unwrap();
        let question = ForecastParams::new(self.plan, self.today, until).asked_on(self.today);
        let meeting = cover_gaps(self.plan, &question);
        for met in &meeting.gaps {
            self.gap(&met.gap);
            let (severity, is_of_positions, missing) = (met.severity, met.is_of_positions, met.missing);
            self.tell(format!("{severity:?} {is_of_positions} {missing} {} times", met.uncovered.len()));
            self.seats(&met.seats);
            self.day(met.closed_from, 0);
        }
        self.seats(&meeting.idle);
        for gap in forecast(self.plan, &question.with(&meeting.hires)) {
            self.gap(&gap);
        }
    }

    fn gates(&mut self) {
        for gate in gates(self.plan, self.today) {
            self.tell(format!("gate {} {:?}", self.name(gate.position.into()), gate.state));
            self.day(gate.since, A_MONTH);
            self.day(gate.earliest, A_MONTH);
            self.day(gate.trend, A_MONTH);
        }
    }

    fn gap(&mut self, gap: &Gap) {
        let (because, people) = (self.names(&gap.because), self.names(&gap.people));
        let subject = self.name(gap.subject);
        self.tell(format!("{subject} {:?} {} {because:?} {people:?}", gap.kind, gap.lack));
        self.day(gap.opens, 0);
        self.day(gap.closes, 0);
    }

    fn seats(&mut self, seats: &[HireCoverage]) {
        for position in seats {
            self.tell(self.name(position.position.into()));
            self.day(Some(position.from), 0);
        }
    }
}

/// Without numbers and names of months.
fn undated(text: &str) -> String {
    let is_month = |word: &str| {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        MONTHS.iter().any(|month| word.starts_with(month))
    };
    let has_digit = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    let word = |word| if is_month(word) || has_digit(word) { "…" } else { word };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn as_written() -> &'static Story {
    static STORY: OnceLock<Story> = OnceLock::new();
    STORY.get_or_init(|| Story::on(day(WRITTEN)))
}

#[test]
fn sample_imports_without_diagnostics_and_has_history() {
    let store = made_on(day(WRITTEN));
    let plan = store.plan();
    assert!((110..130).contains(&plan.people.len()), "{} people", plan.people.len());
    assert!(store.history(None, 50).unwrap().len() >= 6);
    // The team that only Harbor refers to.
    assert_eq!(plan.teams.iter().filter(|team| team.unconfirmed).count(), 1);
    assert_eq!(plan.services.iter().filter(|service| service.unconfirmed).count(), 0);
    assert_eq!((plan.templates.len(), plan.checklists.len()), (6, 4));
}

#[test]
fn story_matches_the_crate_documentation() {
    let told = &as_written().told;
    let has = |words: &[&str]| told.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["unknown-owner", "harbor", "core"]));
    assert!(has(&["leaver-leaves-nobody Critical label-printer", "omar.wong"]));
    assert!(has(&["team-too-large", "payments"]));
    assert!(has(&["empty-team-owns", "data-platform"]));
    assert!(has(&["cycle-across-teams", "quotes"]));
    assert!(has(&["collaboration-outlived", "carriers"]));
    assert!(has(&["availability-unreachable", "web-portal"]));
}

#[test]
fn figures_tell_whether_growth_pays() {
    let told = &as_written().told;
    let of = |rule: &str| -> Vec<&str> {
        told.iter().map(String::as_str).filter(|line| line.split(' ').next() == Some(rule)).collect()
    };
    for (rule, subject) in [
        ("growth-position-without-gate", "HC-NH-001"),
        ("growth-position-before-payback", "HC-NH-005"),
        ("volume-does-not-pay", "Carriers"),
        ("fit-not-shown", "Carriers"),
        ("gate-lapsed", "HC-NH-006"),
        ("budget-spent-nobody-comes", "booking-api"),
        ("support-falls-short", "payments"),
    ] {
        let lines = of(rule);
        assert!(lines.len() == 1 && lines[0].contains(subject), "{rule}: {lines:?}");
    }
    for rule in [
        "signal-missing",
        "gate-closed-again",
        "gate-opens-too-late",
        "budget-burns",
        "support-hire-not-needed",
    ] {
        assert_eq!(of(rule), Vec::<&str>::new());
    }
    assert_eq!(of("gate"), ["gate HC-NH-002 Met", "gate HC-NH-006 Lapsed", "gate HC-NH-007 NotMet"]);
}

/// What somebody sees who looks at the figures in the week in which they are written.
#[test]
fn shippers_pay_back_just_in_time_and_carriers_never_do() {
    use headroom_analysis::metrics::{approximate, series_of_metric};
    let plan = Chronicle::of(Plan::default(), day(WRITTEN)).unwrap().plan;
    let payback = |segment: &str| -> Vec<f64> {
        let metric = plan.find::<headroom_model::Metric>("payback").unwrap();
        let series = series_of_metric(&plan, metric, day(WRITTEN));
        let series = series.iter().find(|series| series.scope.segment == segment).unwrap();
        series.periods.iter().map(|period| approximate(period.value.as_ref().unwrap())).collect()
    };
    let (shippers, carriers) = (payback("Shippers"), payback("Carriers"));
    assert_eq!((shippers.len(), carriers.len()), (12, 12));
    assert!(shippers.windows(2).all(|pair| pair[1] < pair[0]), "{shippers:?}");
    assert!(shippers[9] >= 12.0 && shippers[10] < 12.0, "{shippers:?}");
    assert!(carriers.iter().all(|months| *months > 15.0), "{carriers:?}");
}

#[test]
fn story_is_the_same_on_notable_days() {
    let week = (0..7).map(|days| day(WRITTEN) + TimeDelta::days(days));
    let others =
        ["2025-03-03", "2027-06-15", "2028-02-29", "2030-12-31", "2024-12-31", "2027-01-01", "2029-04-30"];
    for today in week.chain(others.map(day)) {
        Story::on(today).assert_same(as_written(), today);
    }
}

/// Cost of the organisation in its budget period, and the budget, in euros.
fn cost_and_budget(today: NaiveDate) -> (i64, i64) {
    let plan = Chronicle::of(Plan::default(), today).unwrap().plan;
    let budget = plan.budgets.iter().find(|budget| budget.team.is_none()).unwrap();
    let costs = Costs::new(&plan, budget.from.unwrap(), budget.until.unwrap());
    assert_eq!(costs.missing, []);
    let cost: i64 = MonthTable::new(&plan, &costs).whole.iter().map(|cell| cell.cost).sum();
    (cost / 100, budget.amount.unwrap().minor / 100)
}

#[test]
fn cost_stays_close_to_the_budget_on_any_date() {
    let (written, budget) = cost_and_budget(day(WRITTEN));
    for month in 0..48 {
        let today = day("2025-01-17") + Months::new(month);
        let (cost, same) = cost_and_budget(today);
        assert_eq!(same, budget);
        assert!((cost - written).abs() <= written * 3 / 100, "{cost} on {today}, not {written}");
    }
}

#[test]
fn unchanged_samples_expire_after_their_week() {
    let folder = tempfile::tempdir().unwrap();
    let now = noon(day("2026-11-25"));
    let mut store = create(&folder.path().join("sample.headroom"), now, now.date_naive()).unwrap();
    let is_over = |store: &Store, today: &str| is_over(store, day(today)).unwrap();
    assert!(!is_over(&store, "2026-11-23") && !is_over(&store, "2026-11-29"));
    assert!(is_over(&store, "2026-11-22") && is_over(&store, "2026-11-30") && is_over(&store, "2028-02-29"));
    let mut draft = Draft::new(store.plan());
    let harbor = store.plan().find::<Service>("harbor").unwrap();
    fields::set(&mut draft, harbor.into(), &[("tier".to_owned(), 2.into())]).unwrap();
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("An edit", "Somebody", now), changes).unwrap();
    assert!(!is_over(&store, "2028-02-29"));
    store.undo("Somebody", now).unwrap();
    assert!(!is_over(&store, "2028-02-29"), "what was done can be made again");
}

#[test]
fn history_is_in_the_past_and_in_order() {
    for today in ["2026-11-23", "2027-06-15", "2028-02-29"].map(day) {
        let history = made_on(today).history(None, 50).unwrap();
        assert!(history.iter().rev().is_sorted_by_key(|entry| entry.at));
        let days = (today - history[0].at.date_naive()).num_days();
        assert!((1..=14).contains(&days), "{} days", days);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn story_is_the_same_on_any_day(days in 0..40_000_i64) {
        let today = day("2000-01-01") + TimeDelta::days(days);
        Story::on(today).assert_same(as_written(), today);
    }
}
