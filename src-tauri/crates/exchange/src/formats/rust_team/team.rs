//! Reads one team.

use headroom_files::{Level, Place, records::LEAD, shortened};

use crate::catalog::{
    field_reader::FieldReader,
    located_value::{LocatedContent, LocatedValue},
};

/// The members of a team.
#[derive(Default)]
pub struct TeamFile {
    /// Person, role, and place.
    pub members: Vec<(String, String, Place)>,
    /// `team`, `working-group`, `project-group` or `marker-team`.
    pub kind: String,
    included: Vec<(String, Place)>,
    pub rules: Vec<(MemberRule, Place)>,
    /// How many former members are listed.
    pub alumni: usize,
}

/// Members that a team takes in by a rule instead of by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRule {
    /// Leads of the teams of a kind.
    Leads(&'static str),
    /// All members of teams of the kind `team`.
    Everybody,
}

const RULES: [(&str, MemberRule); 4] = [
    ("include-team-leads", MemberRule::Leads("team")),
    ("include-wg-leads", MemberRule::Leads("working-group")),
    ("include-project-group-leads", MemberRule::Leads("project-group")),
    ("include-all-team-members", MemberRule::Everybody),
];

impl TeamFile {
    pub fn of(fields: &FieldReader<'_>) -> Self {
        let mut team = Self::default();
        let Some(people) = fields.fields("people") else { return team };
        let leads = people.texts("leads").unwrap_or_default();
        let is_lead = |name: &str| leads.iter().any(|(lead, _)| lead.eq_ignore_ascii_case(name));
        team.members.extend(leads.iter().map(|(lead, place)| (lead.clone(), LEAD.to_owned(), place.clone())));
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
        for (name, rule) in RULES {
            if people.flag(name) {
                team.rules.push((rule, people.place_of(name)));
            }
        }
        if people.flag("include-all-alumni") {
            let message = "alumni are not imported, so this team won’t include them";
            people.say(
                Level::Note,
                "include-all-alumni",
                message,
                "no action needed: they are no longer members",
            );
        }
        for name in people.rest().keys() {
            let message = format!("unknown field “{}” under a team’s people; ignored", shortened(name));
            people.say(Level::Warning, name, message, "check the spelling");
        }
        team
    }

    pub fn included(&self) -> Vec<(&str, &Place)> {
        self.included.iter().map(|(name, place)| (name.as_str(), place)).collect()
    }

    /// The members of this team that another takes in by a rule.
    pub fn taken_by(&self, rule: MemberRule) -> impl Iterator<Item = &str> {
        let only_leads = match rule {
            MemberRule::Leads(kind) => (kind == self.kind).then_some(true),
            MemberRule::Everybody => (self.kind == "team").then_some(false),
        };
        let fits = move |role: &str| only_leads.is_some_and(|only| !only || role == LEAD);
        self.members.iter().filter(move |(_, role, _)| fits(role)).map(|(name, ..)| name.as_str())
    }
}

/// Parses `"ada"` or `{ github = "ada", roles = ["smith"] }`.
fn member_of(member: &LocatedValue, people: &FieldReader<'_>) -> Option<(String, Vec<String>)> {
    match &member.content {
        LocatedContent::Text { text, is_plain: false } => Some((text.trim().to_owned(), Vec::new())),
        LocatedContent::Map(_) => {
            let fields = FieldReader::of(member, "a member", people.report)?;
            let Some(name) = fields.filled("github") else {
                let message = "member has no “github”; skipped";
                people.report.say(
                    Level::Error,
                    people.report.place(member),
                    message,
                    "add the person’s GitHub name",
                );
                return None;
            };
            Some((name, fields.words("roles").unwrap_or_default()))
        }
        _ => {
            let message = "member is neither a quoted name nor a table with “github”; skipped";
            people.report.say(
                Level::Error,
                people.report.place(member),
                message,
                "add the person’s GitHub name",
            );
            None
        }
    }
    .filter(|(name, _)| !name.is_empty())
}
