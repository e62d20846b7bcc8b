//! Matches people of a table with people of the plan who have another key there.

use headroom_files::records::Records;
use headroom_model::{Person, Plan};
use rustc_hash::FxHashMap;

/// Gives people the keys that the plan has for their email addresses. The table's own key becomes an alias. An
/// address that several people of the plan share identifies no one.
pub fn known_people(plan: &Plan, records: &mut Records) {
    let mut by_email: FxHashMap<String, Option<&str>> = FxHashMap::default();
    for person in plan.people.iter().filter(|person| !person.email.is_empty()) {
        let known = by_email.entry(person.email.to_lowercase()).or_insert(Some(person.key.as_str()));
        if *known != Some(person.key.as_str()) {
            *known = None;
        }
    }
    let mut renamed: FxHashMap<String, String> = FxHashMap::default();
    for record in &mut records.people {
        let email = record.email.as_deref().unwrap_or_default().to_lowercase();
        let known = by_email.get(&email).copied().flatten();
        let Some(key) = known.filter(|key| *key != record.key && plan.find::<Person>(&record.key).is_none())
        else {
            continue;
        };
        let own = std::mem::replace(&mut record.key, key.to_owned());
        record.aliases.get_or_insert_default().push(own.clone());
        renamed.insert(own, key.to_owned());
    }
    let people = records.memberships.iter_mut().map(|record| &mut record.person);
    for person in people.chain(records.assignments.iter_mut().map(|record| &mut record.person)) {
        if let Some(key) = renamed.get(person) {
            person.clone_from(key);
        }
    }
}
