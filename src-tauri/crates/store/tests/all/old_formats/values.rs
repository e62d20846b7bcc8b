//! Values that were entered when the fixtures were made, typed from `tests/fixtures/sources/` and the `commands.sh` of
//! each.

use headroom_model::{
    Entity, ItemState, Owner, Ownership, Plan, Position, Service, Status, Table, Team, TemplateItem,
};

fn row<'a, T: Entity>(rows: &'a Table<T>, key: &str) -> &'a T {
    rows.iter().find(|row| row.key() == Some(key)).unwrap_or_else(|| panic!("{key} is missing"))
}

fn has<T: Entity>(rows: &Table<T>, key: &str) -> bool {
    rows.iter().any(|row| row.key() == Some(key))
}

/// A date, for comparing with one that may be missing.
fn day(text: &str) -> Option<chrono::NaiveDate> {
    Some(text.parse().unwrap())
}

/// The ownerships of a service, in the order they were made.
fn owners<'a>(plan: &'a Plan, service: &str) -> Vec<&'a Ownership> {
    let id = row(&plan.services, service).id;
    plan.ownerships.iter().filter(|row| row.service == id).collect()
}

/// What each fixture has.
fn catalog(plan: &Plan) {
    teams_and_people(plan);
    services(plan);
    let (kneader, tides) = (owners(plan, "kneader"), owners(plan, "tides"));
    let (ovens, zoe) = (row(&plan.teams, "ovens").id, row(&plan.people, "zoe").id);
    assert_eq!((kneader[0].owner, kneader[0].role.as_str()), (Owner::Team(ovens), "owner"));
    assert_eq!((kneader[0].confirmed, kneader[0].from), (day("2026-09-01"), day("2024-03-01")));
    assert_eq!((kneader[1].owner, kneader[1].role.as_str()), (Owner::Person(zoe), "backup"));
    assert_eq!((tides[0].confirmed, tides[0].from, tides[0].until), (None, None, None));
    let of = |from: &str, to: &str| {
        let (from, to) = (row(&plan.services, from).id, row(&plan.services, to).id);
        plan.dependencies.iter().find(|row| row.service == from && row.depends_on == to).unwrap()
    };
    let soft = of("oven-api", "loaf-ledger");
    assert_eq!((soft.kind.as_str(), soft.criticality.as_str()), ("runtime", "soft"));
    assert_eq!((soft.from, of("oven-api", "kneader").from), (day("2024-05-01"), None));
    assert_eq!(of("tide-gauge", "tides").source.as_deref(), Some("backstage"));
    assert_eq!(plan.setting("rule.team-too-large.people"), Some("7"));
}

fn teams_and_people(plan: &Plan) {
    let team = |key: &str| -> &Team { row(&plan.teams, key) };
    assert_eq!(team("harbour").name, "Quay & \"Pier\"");
    assert_eq!(team("harbour").aliases, ["Harbour"], "its former name");
    assert_eq!((team("harbour").from, team("harbour").until), (None, None));
    assert_eq!(team("ovens").name, "Öfen & Søns, <ovens>");
    assert_eq!(team("ovens").aliases, ["Fornos", "Печи"]);
    assert_eq!((team("ovens").parent, team("ovens").from), (Some(team("bakery").id), day("2024-03-01")));
    assert_eq!(team("bakery").description, "Bread by six, \"every\" morning.");
    assert_eq!(team("mill").until, day("2025-12-31"));
    assert_eq!((team("divers").name.as_str(), team("divers").parent), ("Divers", Some(team("harbour").id)));
    assert!(team("lamplighters").unconfirmed);
    let luk = row(&plan.people, "luk");
    assert_eq!((luk.name.as_str(), luk.location.as_str()), ("Łukasz \"Luk\" Żak", "Gdańsk"));
    assert_eq!((luk.from, luk.until), (day("2024-03-01"), day("2027-03-31")));
    let alif = row(&plan.people, "alif");
    assert_eq!((alif.name.as_str(), alif.company.as_str()), ("ألف بن ياء", "Tidewater Ltd"));
    assert_eq!((alif.from, alif.until), (None, None));
    let zoe = row(&plan.people, "zoe").id;
    let shares: Vec<_> = plan.memberships.iter().filter(|row| row.person == zoe).collect();
    assert_eq!((shares[0].share, shares[0].role.as_str()), (Some(60), "lead"));
    assert_eq!((shares[1].share, shares[1].team), (Some(40), team("ovens").id));
    assert!(!plan.people.iter().any(|row| row.name.starts_with("Ünal")), "it was undone");
}

fn services(plan: &Plan) {
    let service = |key: &str| -> &Service { row(&plan.services, key) };
    assert_eq!(service("tides").description, "Says \"when\".\nAnd: how high?");
    assert_eq!((service("tides").tier, service("tides").from), (Some(2), None));
    let kneader = service("kneader");
    assert_eq!((kneader.aliases.join(" "), kneader.tags.join(" ")), ("Mixer".into(), "rust hot".into()));
    assert_eq!(kneader.links[0].title.as_str(), "Board");
    assert_eq!(kneader.links[1].url, "https://saltmarsh.example/log");
    let dough = row(&plan.groupings, "dough");
    assert_eq!((kneader.system, dough.parent), (Some(dough.id), Some(row(&plan.groupings, "provisions").id)));
    assert_eq!(dough.owner, Some(Owner::Person(row(&plan.people, "luk").id)));
    let ledger = service("loaf-ledger");
    assert_eq!((ledger.name.as_str(), ledger.until), ("Loaf ledger; \"the book\"", day("2027-06-30")));
    let gauge = service("tide-gauge");
    assert_eq!(gauge.name, "Tide gauge: “the stick”");
    assert_eq!(gauge.description, "Measures \"the sea\".\nBy hand, at dawn.");
    assert!(gauge.extra["backstage"].contains("red, twice"));
}

pub fn format_1(plan: &Plan) {
    catalog(plan);
    assert!(!has(&plan.services, "foghorn"));
    let stone = row(&plan.services, "mill-stone");
    assert_eq!((stone.standalone, stone.objective, stone.until), (false, None, day("2025-12-31")));
    assert!(plan.ownerships.iter().all(|row| row.named.is_none()));
}

/// What came with format 2.
fn agreements(plan: &Plan) {
    let objective = |key: &str| row(&plan.services, key).objective;
    assert_eq!(objective("kneader"), "99.95".parse().ok());
    assert_eq!(objective("tides"), "99.995".parse().ok());
    assert_eq!(objective("oven-api"), None);
    assert!(row(&plan.services, "mill-stone").standalone);
    assert_eq!(owners(plan, "tides")[0].named.as_deref(), Some("Pilots' guild"));
    let (bakery, ovens) = (row(&plan.teams, "bakery").id, row(&plan.teams, "ovens").id);
    let heat = plan.interactions.iter().find(|row| row.team == ovens).unwrap();
    assert_eq!((heat.with, heat.mode.as_str(), heat.purpose.as_str()), (bakery, "x-as-a-service", "Heat"));
    let ended = plan.interactions.iter().find(|row| row.team == bakery).unwrap();
    assert_eq!((ended.from, ended.until), (None, day("2026-03-31")));
}

pub fn format_2(plan: &Plan) {
    catalog(plan);
    agreements(plan);
    assert!(!has(&plan.teams, "night"));
    let foghorn = owners(plan, "foghorn");
    assert_eq!(foghorn[0].owner, Owner::Team(row(&plan.teams, "lamplighters").id));
    assert_eq!(foghorn[0].until, day("2026-11-23"));
    assert_eq!(foghorn[1].owner, Owner::Team(row(&plan.teams, "harbour").id));
    assert_eq!((foghorn[1].from, foghorn[1].confirmed), (day("2026-11-24"), day("2026-11-24")));
}

/// What came with formats 3 and 4.
fn hiring_and_onboarding(plan: &Plan) {
    catalog(plan);
    agreements(plan);
    assert!(!has(&plan.people, "tor"));
    let night = row(&plan.teams, "night").id;
    let taught = plan.interactions.iter().find(|row| row.team == night).unwrap();
    assert_eq!(
        (taught.purpose.as_str(), taught.expected_end),
        ("Teach the \"night\" to see", day("2026-10-31"))
    );
    positions(plan);
    money_and_days(plan);
    templates(plan);
    checklist(plan);
}

fn positions(plan: &Plan) {
    let position = |key: &str| -> &Position { row(&plan.positions, key) };
    let (head, hire) = (position("P-1"), position("P-2"));
    assert_eq!(
        (hire.title.as_str(), hire.description.as_str()),
        ("Oven engineer", "Heat, \"steam\" &\nsalt")
    );
    assert_eq!((hire.status, hire.priority, hire.pooled), (Status::Offered, Some(1), false));
    assert_eq!((hire.pay, hire.pay_up_to), ("63000.75 EUR".parse().ok(), "72000 EUR".parse().ok()));
    assert_eq!((hire.fte, hire.requisition.as_str()), ("0.8".parse().unwrap(), "R-17"));
    assert_eq!((hire.manager, hire.backfill_of), (Some(head.id), Some(head.id)));
    assert_eq!(hire.service, Some(row(&plan.services, "kneader").id));
    assert_eq!((hire.need_by, hire.start), (day("2027-06-01"), day("2027-04-01")));
    let bakers = position("P-3");
    assert_eq!((bakers.pooled, bakers.fte, bakers.from), (true, "3".parse().unwrap(), None));
    assert_eq!(bakers.pay, "380000 SEK".parse().ok());
    assert_eq!(position("P-4").status, Status::Frozen);
    let in_position = |of: &Position| plan.assignments.iter().find(|row| row.position == of.id).unwrap();
    assert_eq!(in_position(head).person, row(&plan.people, "luk").id);
    assert_eq!(in_position(head).pay, "101500.25 EUR".parse().ok());
    assert_eq!(in_position(head).until, day("2027-03-31"));
    assert_eq!(in_position(hire).person, row(&plan.people, "alif").id);
    assert_eq!((in_position(hire).pay, in_position(hire).from), (None, day("2027-04-01")));
}

fn money_and_days(plan: &Plan) {
    let tax = plan.assumptions.iter().find(|row| row.kind == "employer-tax").unwrap();
    assert_eq!((tax.value.to_string(), tax.label.as_str()), ("12.5%".into(), "Pension"));
    assert_eq!((tax.cap, tax.location.as_str()), ("90000 EUR".parse().ok(), "Gdańsk"));
    let ramp = plan.assumptions.iter().find(|row| row.kind == "ramp").unwrap();
    assert_eq!(
        (ramp.value.to_string(), ramp.team),
        ("20% 50% 100%".into(), Some(row(&plan.teams, "ovens").id))
    );
    let budget = plan.budgets.iter().find(|row| row.team.is_none()).unwrap();
    assert_eq!((budget.amount, budget.seats), ("2500000 EUR".parse().ok(), "12.5".parse().ok()));
    assert_eq!(budget.note, "Agreed, \"more or less\"");
    let rate = plan.exchange_rates.iter().next().unwrap();
    assert_eq!((rate.rate.to_string(), rate.origin.as_str()), ("0.0875".into(), "the bank"));
    let holiday = plan.holidays.iter().next().unwrap();
    assert_eq!((holiday.name.as_str(), Some(holiday.day)), ("Święto Konstytucji", day("2027-05-03")));
    let approval = plan.approvals.iter().next().unwrap();
    assert_eq!((approval.name.as_str(), approval.note.as_str()), ("Budget 2027", "Said \"yes\""));
    assert_eq!((approval.seats.len(), approval.seats[0].filled), (2, true));
    assert_eq!(approval.seats[1].annual_cost, "54900.45 EUR".parse().ok());
}

fn templates(plan: &Plan) {
    let template = row(&plan.templates, "first-week");
    assert_eq!((template.name.as_str(), template.version), ("Joining the \"ovens\"", 2));
    assert_eq!(template.text, include_str!("../../fixtures/sources/onboarding-revised/first-week.md"));
    let mut items: Vec<&TemplateItem> =
        plan.template_items.iter().filter(|row| row.template == template.id).collect();
    items.sort_by_key(|item| item.place);
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    let entered = [
        "Order gloves (IT)",
        "Manager: choose a buddy",
        "Meet the night watch",
        "Read the fire rules by day 3",
        "Taste 🥐 and 🥖",
        "Bake alone within 30 days",
    ];
    assert_eq!(titles, entered);
    assert_eq!(items[2].needs, [items[3].id]);
    assert_eq!(items[3].link, "https://saltmarsh.example/fire");
    assert_eq!((items[4].text.as_str(), items[4].section.as_str()), ("All of them, \"slowly\".", "Week 1"));
    assert_eq!(items[3].due.map(|due| due.working_days), Some(2));
    assert_eq!(row(&plan.templates, "offboarding").version, 1);
}

fn checklist(plan: &Plan) {
    let checklist = plan.checklists.iter().next().unwrap();
    let person = |key: &str| row(&plan.people, key).id;
    assert_eq!((checklist.person, Some(checklist.start)), (person("alif"), day("2027-01-11")));
    assert_eq!((checklist.buddy, checklist.manager), (Some(person("mei")), Some(person("zoe"))));
    let item = |title: &str| plan.checklist_items.iter().find(|row| row.title == title).unwrap();
    let gloves = item("Order gloves (IT)");
    assert_eq!(gloves.state, ItemState::Done { on: day("2027-01-08").unwrap(), by: "IT".into() });
    assert_eq!(gloves.note, "Size \"XL\",\ntwo pairs");
    let buddy = &item("Manager: choose a buddy").state;
    assert!(matches!(buddy, ItemState::Skipped { why, .. } if why == "Has one: \"Mei\""), "{buddy:?}");
    let rules = item("Read the fire rules by day 3");
    assert_eq!(rules.state, ItemState::Blocked { by: "the fire".into() });
    let meet = item("Meet the night watch");
    assert_eq!((&meet.state, meet.needs.as_slice()), (&ItemState::Open, [rules.id].as_slice()));
}

pub fn format_4_first(plan: &Plan) {
    hiring_and_onboarding(plan);
    assert!(plan.checklist_items.iter().all(|item| item.generated.is_empty() && item.feedback.is_none()));
    assert_eq!(plan.checklists.iter().next().unwrap().templates[0].version, 1);
}

pub fn format_4(plan: &Plan) {
    hiring_and_onboarding(plan);
    let days_off = plan.assumptions.iter().find(|row| row.kind == "days-off").unwrap();
    assert_eq!((days_off.value.to_string(), days_off.location.as_str()), ("Fri Sat".into(), "Tainan"));
    let item = |title: &str| plan.checklist_items.iter().find(|row| row.title == title).unwrap();
    let rules = item("Read the fire rules by day 3");
    assert_eq!(rules.due_by_hand, day("2027-01-20"));
    assert_eq!(rules.feedback.as_ref().unwrap().words, "Which \"rules\"?");
    let tasted = item("Taste 🥐");
    assert_eq!(tasted.state, ItemState::Done { on: day("2027-01-15").unwrap(), by: "alif".into() });
    assert_eq!(tasted.note, "Slowly: \"mmm\"");
    assert_eq!(item("Taste 🥐 and 🥖").state, ItemState::Open);
    assert_eq!(plan.checklist_items.iter().filter(|item| !item.generated.is_empty()).count(), 9);
    assert!(plan.setting("import-profile:staff").unwrap().contains("Employee ID"));
}
