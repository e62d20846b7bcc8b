//! Service definitions v1 to v2.2, with all fields at the top level.

use headroom_files::records::*;
use headroom_model::role;

use super::definition::{ID, links, name_in, tags};
use crate::catalog::field_reader::FieldReader;

pub fn second(root: &FieldReader<'_>, records: &mut Records) {
    let Some(key) = name_in(root, "dd-service") else { return };
    let languages = root.words("languages");
    let tags = tags(root, languages);
    let links = links(root);
    service(root, key, tags, links, records);
}

/// Version 1 has the name under `info` and the owner under `org`.
pub fn first(root: &FieldReader<'_>, records: &mut Records) {
    let Some(info) = root.fields("info") else {
        name_in(root, "info");
        return;
    };
    let Some(key) = name_in(&info, "dd-service") else { return };
    let tags = tags(root, None);
    let links = links(root);
    let tier_text = info.tier("service-tier");
    let org = root.fields("org");
    if let Some(org) = &org {
        own(org, &key, records);
    }
    let name = info.filled("display-name");
    let description = info.text("description").map(|text| text.trim().to_owned());
    let system = org.as_ref().and_then(|org| org.optional("application"));
    let mut rest = root.rest();
    for (part, others) in [("info", Some(info.rest())), ("org", org.map(|org| org.rest()))] {
        if let Some(others) = others.filter(|others| !others.is_empty()) {
            rest.insert(part.to_owned(), others.into());
        }
    }
    records.services.push(ServiceRecord {
        place: info.place.clone(),
        name,
        kind: Some("service".to_owned()),
        tier_text,
        system,
        description,
        tags,
        links,
        extra: Some((ID, root.extra(rest))),
        key,
        ..ServiceRecord::default()
    });
}

fn service(
    root: &FieldReader<'_>,
    key: String,
    tags: Stated<Vec<String>>,
    links: Stated<Vec<headroom_model::Link>>,
    records: &mut Records,
) {
    let tier_text = root.tier("tier");
    own(root, &key, records);
    records.services.push(ServiceRecord {
        place: root.place.clone(),
        name: None,
        kind: Some(root.filled("type").unwrap_or_else(|| "service".to_owned())),
        lifecycle: root.text("lifecycle"),
        tier_text,
        system: root.optional("application"),
        description: root.text("description").map(|text| text.trim().to_owned()),
        tags,
        links,
        extra: Some((ID, root.extra(root.rest()))),
        key,
        ..ServiceRecord::default()
    });
}

fn own(org: &FieldReader<'_>, service: &str, records: &mut Records) {
    // `dd-team` is a former name of the team's handle.
    let named = org.texts("team").filter(|teams| !teams.is_empty()).or_else(|| org.texts("dd-team"));
    for (team, place) in named.unwrap_or_default() {
        records.ownerships.push(OwnershipRecord::new(place, service, OwnerRef::team(team), role::OWNER));
    }
}
