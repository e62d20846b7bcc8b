//! Words for roles.

use serde::Serialize;

/// Who is to do an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "name", rename_all = "kebab-case")]
pub enum SuggestedAssignee {
    /// The person the checklist is for, also one who leaves.
    NewHire,
    Manager,
    Buddy,
    It,
    PeopleOps,
    /// Anyone else by name: `@ana`, `Security`, what is in parentheses after `Assignee`.
    Named(String),
}

/// The words for each role, separated by spaces and in lower case.
const ROLES: &[(SuggestedAssignee, &[&str])] = &[
    (
        SuggestedAssignee::NewHire,
        &[
            "new hire",
            "new starter",
            "new joiner",
            "starter",
            "joiner",
            "new employee",
            "employee",
            "new team member",
            "team member",
            "new member",
            "new person",
            "newperson",
            "newhire",
            "new engineer",
            "new developer",
            "new designer",
            "new colleague",
            "new contributor",
            "new recruit",
            "newcomer",
            "onboardee",
            "offboardee",
            "you",
            "your",
            "yourself",
            "leaver",
            "departing employee",
            "departing team member",
            "departing person",
            "offboarding person",
            "onboarding person",
            "person",
            "person being onboarded",
            "person being offboarded",
            "trainee",
            "new intern",
            "intern",
        ],
    ),
    (
        SuggestedAssignee::Manager,
        &[
            "manager",
            "hiring manager",
            "line manager",
            "people manager",
            "engineering manager",
            "team manager",
            "direct manager",
            "your manager",
            "supervisor",
            "team lead",
            "lead",
            "team leader",
            "boss",
            "reporting manager",
            "new manager",
            "current manager",
        ],
    ),
    (
        SuggestedAssignee::Buddy,
        &[
            "buddy",
            "onboarding buddy",
            "onboard buddy",
            "offboarding buddy",
            "team buddy",
            "peer buddy",
            "work buddy",
            "mentor",
            "onboarding mentor",
            "onboarder",
            "offboarder",
        ],
    ),
    (
        SuggestedAssignee::It,
        &[
            "it",
            "it ops",
            "itops",
            "it operations",
            "it team",
            "it department",
            "it support",
            "it helpdesk",
            "it help desk",
            "it service desk",
            "it admin",
            "helpdesk",
            "help desk",
            "service desk",
            "end user computing",
            "sysadmin",
            "system administrator",
        ],
    ),
    (
        SuggestedAssignee::PeopleOps,
        &[
            "people ops",
            "peopleops",
            "people operations",
            "people team",
            "people experience",
            "people connect",
            "people partner",
            "people and culture",
            "hr",
            "human resources",
            "hr team",
            "hr ops",
            "hr partner",
            "hr department",
            "people experience associate",
        ],
    ),
];

/// Functions without a role of their own. They are named as in the text.
const OTHERS: &[&str] = &[
    "security",
    "security team",
    "infosec",
    "finance",
    "payroll",
    "legal",
    "facilities",
    "office manager",
    "recruiter",
    "recruiting team",
    "talent",
    "talent acquisition",
    "admin",
    "administrator",
    "admins",
    "devops",
    "sre",
    "platform team",
    "tech lead",
    "product manager",
    "project manager",
    "director",
    "cto",
    "workplace",
    "reception",
    "accounting",
    "procurement",
    "compliance",
    "data protection officer",
];

/// The role that words name: `new team member`, `the managers`, `Buddy’s`. Of several (`manager and buddy`) the
/// first.
pub(super) fn role(text: &str) -> Option<SuggestedAssignee> {
    // No name of a role, or of a few together, is as long.
    if text.len() > 100 || !text.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(found) = single(text) {
        return Some(found);
    }
    let flat = text.replace([',', '/', '&', '+'], " and ");
    let mut each = flat
        .split(" and ")
        .flat_map(|part| part.split(" or "))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let first = single(each.next()?)?;
    let mut others = each.peekable();
    (others.peek().is_some() && others.all(|part| single(part).is_some())).then_some(first)
}

fn single(text: &str) -> Option<SuggestedAssignee> {
    let name = text.trim().trim_matches(|character: char| !character.is_alphanumeric());
    let words: Vec<String> = name
        .split(|character: char| character.is_whitespace() || matches!(character, '-' | '_'))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().trim_end_matches("'s").trim_end_matches("’s").to_owned())
        .collect();
    let words = words.join(" ");
    let bare =
        ["the ", "your ", "their ", "a ", "an "].iter().find_map(|article| words.strip_prefix(article));
    let bare = bare.unwrap_or(&words).trim_end_matches(['\'', '’']);
    let one = bare.strip_suffix('s').filter(|one| one.len() > 3);
    let is = |listed: &&str| *listed == bare || Some(*listed) == one;
    let is_shouted_it = bare != "it" || name.contains("IT");
    let known = ROLES.iter().find(|(_, names)| names.iter().any(is)).map(|(role, _)| role.clone());
    let buddies = (bare == "buddies").then_some(SuggestedAssignee::Buddy);
    known
        .filter(|_| is_shouted_it)
        .or(buddies)
        .or_else(|| OTHERS.iter().any(is).then(|| SuggestedAssignee::Named(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_usual_names_of_roles() {
        let cases = [
            ("Manager", Some(SuggestedAssignee::Manager)),
            ("the Managers", Some(SuggestedAssignee::Manager)),
            ("Buddy's", Some(SuggestedAssignee::Buddy)),
            ("Onboarder", Some(SuggestedAssignee::Buddy)),
            ("New Team-Member", Some(SuggestedAssignee::NewHire)),
            ("NewPerson and Buddy", Some(SuggestedAssignee::NewHire)),
            ("IT", Some(SuggestedAssignee::It)),
            ("it", None),
            ("People Ops", Some(SuggestedAssignee::PeopleOps)),
            ("HR/Manager", Some(SuggestedAssignee::PeopleOps)),
            ("Security", Some(SuggestedAssignee::Named("Security".to_owned()))),
            ("Note", None),
            ("manager and coffee", None),
            ("", None),
            ("s", None),
            (" and ", None),
        ];
        for (text, expected) in cases {
            assert_eq!(role(text), expected, "{text}");
        }
    }
}
