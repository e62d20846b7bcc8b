//! What belongs to a domain, on plans built by hand.

use headroom_analysis::Domain;
use headroom_model::{EntityRef, Kind};
use serde_json::json;

use super::org::Org;

/// Freight has the system Booking and the domain Yard, which has the system Docks; Money is another domain.
#[test]
fn a_domain_has_its_systems_the_domains_in_it_their_services_and_who_owns_them() {
    let mut org = Org::default();
    let (booking, docks, till) = (org.team("Booking"), org.team("Docks"), org.team("Till"));
    let domain = |org: &mut Org, name: &str, kind: &str, parent: Option<u64>| {
        org.add(Kind::Grouping, json!({"name": name, "kind": kind, "parent": parent}))
    };
    let freight = domain(&mut org, "Freight", "domain", None);
    let yard = domain(&mut org, "Yard", "domain", Some(freight));
    let money = domain(&mut org, "Money", "domain", None);
    let booking_system = domain(&mut org, "Booking", "system", Some(freight));
    let docks_system = domain(&mut org, "Docks", "system", Some(yard));
    let quotes = org.service(json!({"name": "Quotes", "system": booking_system}));
    let gate = org.service(json!({"name": "Gate", "system": docks_system}));
    let lift = org.service(json!({"name": "Lift", "domain": yard}));
    let pay = org.service(json!({"name": "Pay", "domain": money}));
    org.own(quotes, booking, json!({}));
    org.own(gate, docks, json!({}));
    org.own(gate, till, json!({"role": "backup"}));
    org.own(pay, till, json!({}));
    let view = org.on("2027-01-01");
    let found = Domain::new(&view.snapshot, freight.into());
    assert_eq!(found.services, [quotes, gate, lift].map(Into::into).into_iter().collect());
    assert_eq!(found.unowned, [lift.into()].into_iter().collect());
    assert_eq!(found.systems, [booking_system, docks_system].map(Into::into).into_iter().collect());
    assert_eq!(found.domains, [freight, yard].map(Into::into).into_iter().collect());
    assert_eq!(found.teams, [booking, docks].map(Into::into).into_iter().collect(), "a backup owns nothing");
    for (kind, id, belongs) in [
        (Kind::Service, gate, true),
        (Kind::Service, pay, false),
        (Kind::Grouping, freight, true),
        (Kind::Grouping, money, false),
        (Kind::Team, booking, false),
    ] {
        assert_eq!(found.has(EntityRef { kind, id }), belongs, "{kind:?} {id}");
    }
}

#[test]
fn a_cycle_of_domains_ends() {
    let mut org = Org::default();
    let above = org.add(Kind::Grouping, json!({"name": "Above", "kind": "domain"}));
    let below = org.add(Kind::Grouping, json!({"name": "Below", "kind": "domain", "parent": above}));
    org.alter(Kind::Grouping, above, json!({"parent": below}));
    let service = org.service(json!({"name": "Quotes", "domain": below}));
    let found = Domain::new(&org.on("2027-01-01").snapshot, above.into());
    assert_eq!(found.services, [service.into()].into_iter().collect());
    assert_eq!(found.domains.len(), 2);
}
