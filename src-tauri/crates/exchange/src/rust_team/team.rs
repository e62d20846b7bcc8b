use crate::{
    fields::Fields,
    node::{Content, Node},
    problem::{Level, Place},
    yaml::shortened,
};

/// Who is on a team.
#[derive(Default)]
pub struct Team {
    /// Person, role, and where it is said.
    pub members: Vec<(String, String, Place)>,
    included: Vec<(String, Place)>,
    /// How many once were on it.
    pub alumni: usize,
}

/// Other teams that a team takes in by a rule instead of a name.
const RULES: [&str; 6] = [
    "include-all-team-members",
    "include-team-leads",
    "include-wg-leads",
    "include-project-group-leads",
    "include-all-alumni",
    "include-wg-members",
];

impl Team {
    pub fn of(fields: &Fields<'_>) -> Self {
        let mut team = Self::default();
        let Some(people) = fields.fields("people") else { return team };
        let leads = people.texts("leads").unwrap_or_default();
        let is_lead = |name: &str| leads.iter().any(|(lead, _)| lead.eq_ignore_ascii_case(name));
        team.members
            .extend(leads.iter().map(|(lead, place)| (lead.clone(), "lead".to_owned(), place.clone())));
        for member in people.items("members") {
            let Some((name, roles)) = member_of(member, &people) else { continue };
            let place = people.report.place(member);
            if roles.is_empty() && !is_lead(&name) {
                team.members.push((name, "member".to_owned(), place));
            } else {
                team.members.extend(roles.into_iter().map(|role| (name.clone(), role, place.clone())));
            }
        }
        team.included = people.texts("included-teams").unwrap_or_default();
        team.alumni = people.items("alumni").len();
        for rule in RULES {
            if people.flag(rule) {
                let message = format!("“{rule}” is not followed: the team comes in without those people");
                people.say(Level::Note, rule, message, "nothing to do: they are on their own teams");
            }
        }
        for name in people.rest().keys() {
            let message =
                format!("“{}” is not known among a team's people; it was left out", shortened(name));
            people.say(Level::Warning, name, message, "look at its spelling");
        }
        team
    }

    pub fn included(&self) -> Vec<(&str, &Place)> {
        self.included.iter().map(|(name, place)| (name.as_str(), place)).collect()
    }
}

/// `"ada"`, or `{ github = "ada", roles = ["smith"] }`.
fn member_of(member: &Node, people: &Fields<'_>) -> Option<(String, Vec<String>)> {
    match &member.content {
        Content::Text { text, is_plain: false } => Some((text.trim().to_owned(), Vec::new())),
        Content::Map(_) => {
            let fields = Fields::of(member, "a member", people.report)?;
            let Some(name) = fields.filled("github") else {
                let message = "this member has no “github”; it was left out";
                people.report.say(Level::Error, people.report.place(member), message, "name the person");
                return None;
            };
            Some((name, fields.words("roles").unwrap_or_default()))
        }
        _ => {
            let message = "a member is a name in quotes or a table with “github”; this one was left out";
            people.report.say(Level::Error, people.report.place(member), message, "name the person");
            None
        }
    }
    .filter(|(name, _)| !name.is_empty())
}
