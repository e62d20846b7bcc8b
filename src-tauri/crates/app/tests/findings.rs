//! Findings that are accepted, snoozed, assigned and commented: what counts them, when they are open again, and what two
//! copies come to.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use chrono::{Days, NaiveDate};
use headroom_app::{
    at::At,
    entities::{
        finding::{DecisionStatus, FindingRow, ReopenedBy},
        id::Id,
    },
    error::{Answer, ErrorKind},
    findings::{
        finding::{FindingFilter, FindingQuery, finding_groups, finding_page, remedy_preview},
        lines::{FindingLines, finding_rows},
        review::{FindingChoice, ReviewEdit, chosen_findings, review_findings},
        rules::{rules, set_policy},
        since::{FindingsSince, findings_since},
    },
    frame::{
        status::{Frame, frame},
        undo::undo,
    },
    overview::{OverviewScope, overview},
    paging::RowQuery,
    state::{AppState, now, today},
};
use headroom_model::{Draft, FindingReview, Person, Service, merge::ConflictCause};
use headroom_store::{OperationMeta, Store};

const ALL: u32 = 100_000;

/// A plan with services that came from an import and that nobody owns, and with Ada.
fn imported(folder: &Path, services: usize) -> Store {
    let mut store = Store::create(&folder.join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let id = draft.new_id::<Person>();
    draft.put(Person { id, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    for at in 0..services {
        let id = draft.new_id::<Service>();
        let (key, source) = (format!("service-{at}"), Some("backstage".to_owned()));
        let name = format!("Service {at}");
        draft.put(Service { id, key, name, source, standalone: true, ..Service::default() });
    }
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Import", "Eve", now()), changes).unwrap();
    store
}

fn opened(services: usize) -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let store = imported(folder.path(), services);
    (folder, AppState::on(store, "Ada".to_owned()))
}

fn in_days(days: u64) -> NaiveDate {
    today().checked_add_days(Days::new(days)).unwrap()
}

fn on(day: NaiveDate) -> At {
    At::default().on(day)
}

fn lines(app: &AppState, query: FindingQuery, at: At) -> FindingLines {
    let rows = RowQuery { limit: ALL, ..RowQuery::default() };
    finding_rows(app, FindingQuery { rows, ..query }, at).unwrap()
}

fn rows(app: &AppState, status: FindingFilter, at: At) -> Vec<FindingRow> {
    let found = lines(app, FindingQuery { status, ..FindingQuery::default() }, at);
    found.rows.into_iter().filter_map(|line| line.finding).collect()
}

/// The service that nobody owns.
const UNOWNED: &str = "unowned-service/service-0";

fn choice(id: &str) -> FindingChoice {
    FindingChoice { findings: vec![id.to_owned()], ..FindingChoice::default() }
}

fn accept(reason: &str, until: Option<NaiveDate>) -> ReviewEdit {
    ReviewEdit::Accept { reason: reason.to_owned(), until }
}

fn review(app: &AppState, edit: ReviewEdit) {
    assert_eq!(review_findings(app, choice(UNOWNED), edit, At::default()).unwrap(), 1);
}

fn counts(frame: &Frame) -> [u32; 3] {
    let found = frame.findings.as_ref().unwrap();
    [found.open, found.accepted, found.snoozed]
}

fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> (ErrorKind, Option<String>) {
    let error = answer.unwrap_err();
    (error.kind, error.field)
}

#[test]
fn what_is_accepted_is_counted_nowhere_as_open_and_said_everywhere() {
    let (_folder, app) = opened(2);
    let before = frame(&app, At::default()).unwrap();
    review(&app, accept("goes in spring", Some(in_days(30))));
    let shown = frame(&app, At::default()).unwrap();
    assert_eq!(counts(&shown), [counts(&before)[0] - 1, 1, 0]);
    let of_services = |frame: &Frame| frame.findings.as_ref().unwrap().of_services;
    assert_eq!(of_services(&shown), of_services(&before) - 1);
    let figures = overview(&app, OverviewScope::default(), At::default()).unwrap().findings.unwrap();
    assert_eq!((figures.total, figures.accepted), (counts(&before)[0] - 1, 1));
    assert!(figures.urgent.iter().all(|row| row.id != UNOWNED));
    let groups = finding_groups(&app, FindingFilter::Open, None, At::default()).unwrap();
    assert_eq!([groups.open, groups.accepted, groups.snoozed], counts(&shown));
    let by_team: u32 = groups.by_team.iter().map(|group| group.findings.count).sum();
    let by_rule: u32 = groups.by_rule.iter().map(|group| group.findings.count).sum();
    assert_eq!((by_team, by_rule), (counts(&shown)[0], counts(&shown)[0]));
    let of_rule = rules(&app, At::default()).unwrap().into_iter().find(|rule| rule.id == "unowned-service");
    assert_eq!(of_rule.map(|rule| (rule.findings, rule.decided)), Some((1, 1)));

    assert!(rows(&app, FindingFilter::Open, At::default()).iter().all(|row| row.id != UNOWNED));
    let accepted = rows(&app, FindingFilter::Accepted, At::default());
    let said = accepted[0].review.as_ref().unwrap();
    assert_eq!((accepted[0].id.as_str(), said.reason.as_str()), (UNOWNED, "goes in spring"));
    assert_eq!((said.until, said.reopened), (Some(in_days(30)), None));
    assert_eq!(rows(&app, FindingFilter::All, At::default()).len() as u32, counts(&before)[0]);

    let label = undo(&app, None).unwrap();
    assert!(label.starts_with("Accepted “") && label.contains(" until "), "{label}");
    assert_eq!(counts(&frame(&app, At::default()).unwrap()), counts(&before));
}

#[test]
fn it_is_open_again_once_its_last_day_has_passed() {
    let (_folder, app) = opened(1);
    review(&app, ReviewEdit::Snooze { reason: String::new(), until: in_days(7) });
    let status = |days| {
        let found = rows(&app, FindingFilter::All, on(in_days(days)));
        let row = found.into_iter().find(|row| row.id == UNOWNED).unwrap();
        (row.status, row.review.unwrap().reopened)
    };
    assert_eq!(status(0), (DecisionStatus::Snoozed, None));
    assert_eq!(status(7), (DecisionStatus::Snoozed, None));
    assert_eq!(status(8), (DecisionStatus::Open, Some(ReopenedBy::End)));
    assert_eq!(counts(&frame(&app, on(in_days(8))).unwrap())[2], 0);
    let yesterday = today().pred_opt().unwrap();
    let then = rows(&app, FindingFilter::Open, on(yesterday));
    assert!(then.iter().any(|row| row.id == UNOWNED), "nothing was decided then");
}

#[test]
fn it_is_open_again_once_it_is_worse() {
    let (_folder, app) = opened(1);
    set_policy(&app, "rule.unowned-service.severity".into(), "low".into()).unwrap();
    review(&app, accept("small", None));
    assert_eq!(counts(&frame(&app, At::default()).unwrap())[1], 1);
    set_policy(&app, "rule.unowned-service.severity".into(), "critical".into()).unwrap();
    let page = finding_page(&app, UNOWNED.into(), At::default()).unwrap().finding;
    let said = page.review.unwrap();
    assert_eq!((page.status, said.reopened), (DecisionStatus::Open, Some(ReopenedBy::Severity)));
    assert_eq!(said.severity, "Low");
    assert_eq!(counts(&frame(&app, At::default()).unwrap())[1], 0);
    // Decided again, as it is now.
    review(&app, accept("known", None));
    assert_eq!(counts(&frame(&app, At::default()).unwrap())[1], 1);
}

#[test]
fn who_deals_with_it_and_what_is_said_stay_without_a_decision() {
    let (_folder, app) = opened(1);
    let ada = Id::from(app.plan().unwrap().find::<Person>("ada").unwrap());
    review(&app, ReviewEdit::Assign { person: Some(ada) });
    review(&app, ReviewEdit::Comment { text: " asked Bo ".into() });
    review(&app, accept("for now", None));
    review(&app, ReviewEdit::Reopen);
    let of_ada = FindingQuery { assignee: Some(ada), ..FindingQuery::default() };
    let found = lines(&app, of_ada, At::default());
    assert_eq!(found.findings, 1);
    let said = found.rows[0].finding.as_ref().unwrap().review.as_ref().unwrap();
    assert_eq!((said.decision, said.reason.as_str()), (DecisionStatus::Open, ""));
    assert_eq!((said.comments[0].by.as_str(), said.comments[0].text.as_str()), ("Ada", "asked Bo"));
    let groups = finding_groups(&app, FindingFilter::Open, None, At::default()).unwrap();
    assert_eq!(groups.by_assignee.iter().map(|group| group.title.as_str()).collect::<Vec<_>>(), ["Ada"]);
    review(&app, ReviewEdit::Assign { person: None });
    assert_eq!(app.plan().unwrap().finding_reviews.len(), 1, "a comment is left");
}

#[test]
fn a_review_that_says_nothing_is_none() {
    let (_folder, app) = opened(1);
    review(&app, accept("for now", None));
    review(&app, ReviewEdit::Reopen);
    assert!(app.plan().unwrap().finding_reviews.is_empty());
}

#[test]
fn what_a_decision_lacks_is_said_at_its_field() {
    let (_folder, app) = opened(1);
    let decide = |edit| review_findings(&app, choice(UNOWNED), edit, At::default());
    let yesterday = today().pred_opt().unwrap();
    let field = |name: &str| (ErrorKind::Invalid, Some(name.to_owned()));
    assert_eq!(refused(decide(accept("  ", None))), field("reason"));
    assert_eq!(refused(decide(accept("known", Some(yesterday)))), field("until"));
    let snooze = ReviewEdit::Snooze { reason: String::new(), until: yesterday };
    assert_eq!(refused(decide(snooze)), field("until"));
    assert_eq!(refused(decide(ReviewEdit::Comment { text: "\n".into() })), field("text"));
    let nobody = ReviewEdit::Assign { person: Some(Id(7)) };
    assert_eq!(refused(decide(nobody)), (ErrorKind::NotFound, None));
    let gone = review_findings(&app, choice("unowned-service/nothing"), accept("known", None), At::default());
    assert_eq!(refused(gone), (ErrorKind::NotFound, None));
    assert!(app.plan().unwrap().finding_reviews.is_empty());
}

#[test]
fn findings_of_one_cause_are_one_line_and_one_step() {
    let (_folder, app) = opened(4200);
    let query = FindingQuery { rule: "unowned-service".into(), by_cause: true, ..FindingQuery::default() };
    let found = lines(&app, query.clone(), At::default());
    assert_eq!((found.total, found.findings), (1, 4200));
    let cause = found.rows[0].cause.as_ref().unwrap();
    assert_eq!((cause.cause.as_str(), cause.findings.count), ("imported from backstage", 4200));
    let opened = FindingQuery { opened: vec![cause.id.clone()], ..query.clone() };
    let unfolded = lines(&app, opened, At::default());
    assert_eq!((unfolded.total, unfolded.findings), (4201, 4200));
    assert_eq!(unfolded.rows[1].inside.as_ref(), Some(&cause.id));

    let steps = || app.with_store(|store, _| store.history(None, ALL).unwrap().len()).unwrap();
    let before = steps();
    let all = FindingChoice { causes: vec![cause.id.clone()], query, ..FindingChoice::default() };
    let told = chosen_findings(&app, all.clone(), At::default()).unwrap();
    assert_eq!((told.findings.count, told.decided), (4200, 0));
    let begun = std::time::Instant::now();
    assert_eq!(review_findings(&app, all, accept("a new import", None), At::default()).unwrap(), 4200);
    eprintln!("4200 findings accepted in {:?}", begun.elapsed());
    assert_eq!(steps(), before + 1);
    let shown = frame(&app, At::default()).unwrap();
    assert_eq!(counts(&shown)[1], 4200);
    undo(&app, None).unwrap();
    assert_eq!(counts(&frame(&app, At::default()).unwrap())[1], 0);
}

#[test]
fn only_what_the_list_shows_of_a_cause_is_decided() {
    let (_folder, app) = opened(12);
    let by_cause = FindingQuery { rule: "unowned-service".into(), by_cause: true, ..FindingQuery::default() };
    let cause = lines(&app, by_cause.clone(), At::default()).rows[0].cause.as_ref().unwrap().id.clone();
    let rows = RowQuery { text: "service 1".into(), ..RowQuery::default() };
    let filtered = FindingQuery { rows, ..by_cause };
    let choice = FindingChoice { causes: vec![cause], query: filtered, ..FindingChoice::default() };
    // Service 1, Service 10 and Service 11.
    assert_eq!(review_findings(&app, choice, accept("known", None), At::default()).unwrap(), 3);
}

#[test]
fn previews_look_at_all_findings() {
    let (_folder, app) = opened(1);
    let sample = headroom_sample::create(&_folder.path().join("sample.headroom"), now(), today()).unwrap();
    app.put(sample);
    let query = FindingQuery { rule: "owned-by-person".into(), ..FindingQuery::default() };
    let id = lines(&app, query, At::default()).rows[0].finding.as_ref().unwrap().id.clone();
    let closed = || {
        let effect = remedy_preview(&app, id.clone(), 0, At::default()).unwrap();
        (effect.closed_count, effect.opened_count)
    };
    let before = closed();
    assert!(before.0 > 0);
    review_findings(&app, choice(&id), accept("for now", None), At::default()).unwrap();
    assert_eq!(closed(), before);
}

#[test]
fn two_copies_that_reviewed_one_finding_become_one_review() {
    let (folder, app) = opened(3);
    let copy = folder.path().join("copy.headroom");
    fs::copy(folder.path().join("acme.headroom"), &copy).unwrap();
    let other = AppState::on(Store::open(&copy, now()).unwrap(), "Bo".to_owned());
    review(&app, ReviewEdit::Comment { text: "asked Bo".into() });
    review(&other, ReviewEdit::Comment { text: "not mine".into() });
    // Both decide about one, and only the copy about another.
    review(&app, accept("goes in spring", Some(in_days(30))));
    review(&other, ReviewEdit::Snooze { reason: String::new(), until: in_days(7) });
    let second = || choice("unowned-service/service-1");
    review_findings(&other, second(), accept("a toy", None), At::default()).unwrap();
    other.close();

    let merged =
        app.alter(|store| store.merge_copy(&copy, &OperationMeta::edit("Merged", "Ada", now()))).unwrap();
    let fields: Vec<String> = merged
        .merge()
        .conflicts
        .iter()
        .map(|conflict| match &conflict.cause {
            ConflictCause::Field { field, .. } => field.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(fields.contains(&"decision".to_owned()), "{fields:?}");
    assert!(!fields.contains(&"comments".to_owned()), "{fields:?}");
    let plan = app.plan().unwrap();
    assert_eq!(plan.finding_reviews.len(), 2, "one for each finding");
    let page = finding_page(&app, UNOWNED.into(), At::default()).unwrap().finding;
    let said = page.review.unwrap();
    let mut comments: Vec<&str> = said.comments.iter().map(|comment| comment.text.as_str()).collect();
    comments.sort_unstable();
    assert_eq!(comments, ["asked Bo", "not mine"]);
    assert_eq!(page.status, DecisionStatus::Accepted, "until somebody decides, it is as here");
    assert!(plan.find::<FindingReview>("unowned-service/service-1").is_some());
    assert_eq!(counts(&frame(&app, At::default()).unwrap())[1], 2);
}

#[test]
fn what_is_new_and_what_is_resolved_since_a_step_are_told() {
    let (_folder, app) = opened(2);
    let newest = app.with_store(|store, _| store.history(None, 1).unwrap()[0].seq).unwrap();
    let seq = u32::try_from(newest).unwrap();
    let since = |seq: u32| findings_since(&app, seq, today(), 3, At::default()).unwrap().unwrap();
    let told = |found: &FindingsSince| (found.new_count, found.resolved_count);
    assert_eq!(told(&since(seq)), (0, 0));
    review(&app, accept("known", None));
    assert_eq!(told(&since(seq)), (0, 0), "what is accepted is not resolved");
    let service = |at: usize| app.plan().unwrap().find::<Service>(&format!("service-{at}")).unwrap();
    let (first, second) = (service(0), service(1));
    app.edit(
        |_| "Edit".to_owned(),
        |draft| {
            let retired = draft.get::<Service>(second).cloned().unwrap();
            draft.put(Service { until: today().pred_opt(), ..retired });
            let id = draft.new_id::<Service>();
            let like = draft.get::<Service>(first).cloned().unwrap();
            draft.put(Service { id, key: "new".into(), name: "New".into(), ..like });
            Ok(())
        },
    )
    .unwrap();
    let found = since(seq);
    assert_eq!(told(&found), (1, 1));
    assert_eq!(
        (found.new[0].id.as_str(), found.resolved[0].id.as_str()),
        ("unowned-service/new", "unowned-service/service-1")
    );
    undo(&app, None).unwrap();
    assert_eq!(told(&since(seq)), (0, 0), "an undo is a step as well");
    let unknown = findings_since(&app, 99, today(), 3, At::default()).unwrap();
    assert!(unknown.is_none(), "no such step, after a restore for example");
    // A day later nothing holds the decision: what is open again by the day alone is not new.
    let tomorrow = findings_since(&app, seq, today(), 3, on(in_days(1))).unwrap().unwrap();
    assert_eq!(told(&tomorrow), (0, 0));
}
