//! A row of every kind.

use chrono::NaiveDate;
use headroom_model::{
    Approval, ApprovedPosition, Assignee, Assignment, Assumption, Breadth, Budget, Change, Checklist,
    ChecklistItem, Decimal6, Dependency, Draft, Due, ExchangeRate, Feedback, FeedbackKind, Holiday,
    Interaction, ItemState, LifecycleEvent, Membership, Owner, Ownership, Person, PersonId, Plan, Position,
    Service, ServiceId, Status, Team, TeamId, Template, TemplateItem, TemplateUse, mode, reason, role,
};

/// A row of every kind, with every field filled.
pub fn one_of_each(plan: &Plan, seed: u32) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let (team, person) = (draft.new_id::<Team>(), draft.new_id::<Person>());
    let (a, b) = (draft.new_id::<Service>(), draft.new_id::<Service>());
    let day: Option<NaiveDate> = "2026-03-01".parse().ok();
    draft.put(Team {
        id: team,
        key: format!("team-{seed}"),
        name: "Zahlung <script>".into(),
        aliases: vec!["Cash; \"desk\"".into()],
        kind: "platform".into(),
        extra: [("backstage".to_owned(), "{\"a\":[1]}".to_owned())].into(),
        from: day,
        ..Team::default()
    });
    draft.put(Person {
        id: person,
        key: format!("person-{seed}"),
        name: "ألف".into(),
        until: day,
        ..Person::default()
    });
    let service = |id: ServiceId, key: String| Service {
        id,
        key,
        name: "🧾".into(),
        tier: Some(1),
        objective: "99.95".parse().ok(),
        standalone: true,
        ..Service::default()
    };
    draft.put(service(a, format!("a-{seed}")));
    draft.put(service(b, format!("b-{seed}")));
    let id = draft.new_id::<Membership>();
    draft.put(Membership { id, person, team, role: "lead".into(), share: Some(50), ..Membership::default() });
    let id = draft.new_id::<Ownership>();
    let owner = Owner::Person(person);
    draft.put(Ownership {
        id,
        service: a,
        owner,
        role: role::OWNER.into(),
        confirmed: day,
        named: Some("Cash".into()),
        ..Ownership::default()
    });
    let other = draft.new_id::<Team>();
    draft.put(Team { id: other, key: format!("other-{seed}"), name: "Other".into(), ..Team::default() });
    let id = draft.new_id::<Interaction>();
    draft.put(Interaction {
        id,
        team,
        with: other,
        mode: mode::COLLABORATION.into(),
        purpose: "move the ledger".into(),
        expected_end: day,
        from: day,
        ..Interaction::default()
    });
    let id = draft.new_id::<Dependency>();
    draft.put(Dependency {
        id,
        service: a,
        depends_on: b,
        criticality: "hard".into(),
        ..Dependency::default()
    });
    hiring(&mut draft, seed, team, person, a);
    onboarding(&mut draft, seed, team, person, a);
    draft.finish()
}

/// The kinds of the hiring plan.
fn hiring(draft: &mut Draft<'_>, seed: u32, team: TeamId, person: PersonId, service: ServiceId) {
    let day: Option<NaiveDate> = "2026-03-01".parse().ok();
    let (lead, position) = (draft.new_id::<Position>(), draft.new_id::<Position>());
    draft.put(Position { id: lead, key: format!("HC-{seed}-1"), ..Position::default() });
    draft.put(Position {
        id: position,
        key: format!("HC-{seed}-2"),
        title: "Ingénieure".into(),
        team: Some(team),
        discipline: "backend".into(),
        level: "L4".into(),
        breadth: Some(Breadth::Specialist),
        manager: Some(lead),
        location: "Kraków".into(),
        reason: reason::OWNERSHIP_GAP.into(),
        backfill_of: Some(lead),
        service: Some(service),
        need_by: day,
        status: Status::Offered,
        requisition: "R-7".into(),
        priority: Some(1),
        fte: "4.22".parse().unwrap(),
        pooled: true,
        pay: "85000.50 PLN".parse().ok(),
        pay_up_to: "95000 PLN".parse().ok(),
        start: day,
        description: "=1+1".into(),
        source: Some("csv".into()),
        extra: [("hris".to_owned(), "{\"grade\":\"SCS1\"}".to_owned())].into(),
        from: day,
        until: day,
    });
    let id = draft.new_id::<Assignment>();
    let pay = "90000 PLN".parse().ok();
    draft.put(Assignment { id, position, person, pay, from: day, ..Assignment::default() });
    let id = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id,
        kind: "employer-tax".into(),
        label: "Social Security".into(),
        value: "6.2%".parse().unwrap(),
        cap: "132000 USD".parse().ok(),
        person: Some(person),
        position: Some(position),
        level: "L4".into(),
        discipline: "backend".into(),
        location: "US".into(),
        team: Some(team),
        origin: "https://example.org/rates".into(),
        until: day,
        ..Assumption::default()
    });
    let id = draft.new_id::<Budget>();
    draft.put(Budget {
        id,
        team: Some(team),
        amount: "1000000 EUR".parse().ok(),
        seats: "12.5".parse().ok(),
        note: "agreed".into(),
        from: day,
        until: day,
        ..Budget::default()
    });
    let id = draft.new_id::<ExchangeRate>();
    draft.put(ExchangeRate { id, rate: "0.006123".parse().unwrap(), from: day, ..ExchangeRate::default() });
    let id = draft.new_id::<Holiday>();
    draft.put(Holiday { id, name: "All Saints".into(), day: day.unwrap(), ..Holiday::default() });
    let id = draft.new_id::<Approval>();
    let seat = ApprovedPosition {
        position: "HC-1".into(),
        from: day,
        fte: Decimal6::ONE,
        annual_cost: "166098 USD".parse().ok(),
        ..ApprovedPosition::default()
    };
    draft.put(Approval { id, name: "Budget 2027".into(), seats: vec![seat], ..Approval::default() });
}

/// A template and a checklist, with every kind of assignee and status.
fn onboarding(draft: &mut Draft<'_>, seed: u32, team: TeamId, person: PersonId, service: ServiceId) {
    let day: NaiveDate = "2027-03-01".parse().unwrap();
    let template = draft.new_id::<Template>();
    draft.put(Template {
        id: template,
        key: format!("template-{seed}"),
        name: "Platform, first weeks".into(),
        occasion: LifecycleEvent::TakeOver,
        team: Some(team),
        discipline: "backend".into(),
        level: "L4".into(),
        version: 3,
        reviewed: Some(day),
        text: "- [ ] Laptop\r\n".into(),
        source: Some("markdown".into()),
        extra: [("markdown".to_owned(), "{\"a\":1}".to_owned())].into(),
    });
    let assignees = Assignee::ROLES.map(|(role, _)| role).into_iter();
    let named = [Assignee::Person(person), Assignee::Team(team), Assignee::Other("Security".into())];
    let mut last = None;
    for (place, assignee) in assignees.chain(named).enumerate() {
        let id = draft.new_id::<TemplateItem>();
        draft.put(TemplateItem {
            id,
            template,
            section: "Day 1".into(),
            title: format!("Item {place}"),
            text: "Some *text*".into(),
            due: Some(Due { working_days: -2, after: last }),
            assignee,
            needs: last.into_iter().collect(),
            optional: true,
            goal: true,
            link: "https://example.org".into(),
            service: Some(service),
            team: Some(team),
            takes_days: 3,
            place: headroom_model::ListPlace::nth(place),
        });
        last = Some(id);
    }
    let checklist = draft.new_id::<Checklist>();
    draft.put(Checklist {
        id: checklist,
        person,
        occasion: LifecycleEvent::Leave,
        start: day,
        buddy: Some(person),
        manager: Some(person),
        service: Some(service),
        templates: vec![TemplateUse { template: format!("template-{seed}"), version: 2 }],
    });
    let states = [
        ItemState::Open,
        ItemState::Done { on: day, by: "Ada".into() },
        ItemState::Skipped { on: day, why: "has one".into() },
        ItemState::Blocked { by: "the card reader".into() },
    ];
    let mut last = None;
    for (place, state) in states.into_iter().enumerate() {
        let id = draft.new_id::<ChecklistItem>();
        draft.put(ChecklistItem {
            id,
            checklist,
            origin: Some(7),
            generated: "service:3".into(),
            section: "Day 1".into(),
            title: format!("Item {place}"),
            text: "Some *text*".into(),
            due: Some(Due { working_days: 4, after: last }),
            due_by_hand: Some(day),
            assignee: Assignee::Team(team),
            needs: last.into_iter().collect(),
            optional: true,
            goal: true,
            link: "https://example.org".into(),
            service: Some(service),
            team: Some(team),
            takes_days: 3,
            state,
            note: "ask Ben".into(),
            feedback: (place > 0).then(|| Feedback {
                fault: FeedbackKind::Unclear,
                on: day,
                words: "which building?".into(),
                settled: (place > 1).then_some(day),
            }),
            place: headroom_model::ListPlace::nth(place),
        });
        last = Some(id);
    }
}
