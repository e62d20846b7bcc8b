//! What a column can be.

use serde::{Deserialize, Serialize};

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Text,
    Date,
    Amount,
    Share,
    Currency,
    Whole,
}

macro_rules! fields {
    ($($Field:ident $id:literal $title:literal $reading:ident [$($word:literal)*];)*) => {
        /// What a column means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($Field),* }

        impl Field {
            pub const ALL: &[Field] = &[$(Field::$Field),*];

            pub fn id(self) -> &'static str {
                match self { $(Field::$Field => $id),* }
            }

            pub fn title(self) -> &'static str {
                match self { $(Field::$Field => $title),* }
            }

            pub fn reading(self) -> Reading {
                match self { $(Field::$Field => Reading::$reading),* }
            }

            /// Headers that mean it in a file of nobody known, folded.
            fn words(self) -> &'static [&'static str] {
                match self { $(Field::$Field => &[$($word),*]),* }
            }
        }
    };
}

fields! {
    PersonId "person_id" "Employee id" Text ["employee id" "employee number" "employee no" "employee code" "person id" "worker id" "staff id" "staff number" "emp id" "personnel number" "personalnummer" "id" "eeid" "user id" "mitarbeiter id" "mitarbeiternummer" "matricule"];
    Email "email" "E-mail" Text ["email" "e mail" "work email" "email address" "e mail address" "business email" "company email" "primary email" "person email" "courriel"];
    Name "name" "Name" Text ["name" "full name" "employee name" "display name" "legal name" "person" "worker" "preferred name" "staff name" "incumbent" "employee" "person name" "mitarbeiter" "nom complet"];
    FirstName "first_name" "First name" Text ["first name" "firstname" "given name" "forename" "vorname" "legal first name" "prénom"];
    LastName "last_name" "Last name" Text ["last name" "lastname" "surname" "family name" "nachname" "legal last name" "familienname" "nom"];
    OtherName "other_name" "Another name or login" Text ["username" "user name" "login" "github" "nickname"];
    PositionId "position_id" "Position id" Text ["position id" "position number" "post unique reference" "post id" "seat id" "seat" "position code" "post reference"];
    Requisition "requisition" "Requisition" Text ["req" "requisition" "requisition id" "req id" "job requisition"];
    Title "title" "Job title" Text ["title" "job title" "business title" "position title" "position" "role" "job" "job name" "generic job title" "stelle" "stellenbezeichnung" "poste" "intitulé du poste"];
    Organisation "organisation" "Organisation" Text ["organisation" "organization" "company name" "legal entity" "parent department"];
    Division "division" "Division" Text ["division" "business unit" "area" "tribe"];
    Department "department" "Department" Text ["department" "dept" "department name" "supervisory organization" "abteilung" "département"];
    Team "team" "Team" Text ["team" "team name" "unit" "group" "squad"];
    TeamId "team_id" "Team id" Text ["department id" "team id" "unit id" "cost center" "cost centre"];
    TeamParent "team_parent" "Team above" Text ["parent team" "parent unit"];
    TeamLead "team_lead" "Lead of the team" Text ["team lead" "head of department" "department head"];
    Level "level" "Level or grade" Text ["level" "grade" "job level" "grade or equivalent" "band" "career level" "job grade"];
    Discipline "discipline" "Discipline" Text ["discipline" "job family" "function" "profession" "professional occupational group" "job function" "craft"];
    Location "location" "Location" Text ["location" "office" "site" "city" "work location" "standort" "lieu" "site de travail"];
    Manager "manager" "Manager (e-mail, id or name)" Text ["manager" "reports to" "supervisor" "line manager" "vorgesetzter" "vorgesetzte r" "boss" "reporting to" "responsable"];
    ManagerId "manager_id" "Manager's employee id" Text ["manager id" "supervisor id" "manager employee id" "supervisor eid" "reports to id" "manager number" "manager user id"];
    ManagerEmail "manager_email" "Manager's e-mail" Text ["manager email" "manager e mail" "supervisor email" "reports to email"];
    ManagerName "manager_name" "Manager's name" Text ["manager name" "supervisor name" "reports to name"];
    ManagerPosition "manager_position" "Manager's position id" Text ["manager position" "manager position id" "reports to position" "reports to senior post" "reporting senior post" "manager req" "parent position id"];
    Start "start" "First day" Date ["start date" "hire date" "hired on" "date of hire" "joined" "start" "original hire date" "date joined" "eintritt" "eintrittsdatum" "hired" "date d embauche" "date d entrée"];
    End "end" "Last day" Date ["end date" "termination date" "leave date" "last day" "date left" "end" "austritt" "austrittsdatum" "leaving date" "date de sortie"];
    NeedBy "need_by" "Needed by" Date ["need by" "needed by" "target start date" "target start" "availability date"];
    Pay "pay" "Pay" Amount ["salary" "base salary" "base comp" "base pay" "pay" "pay rate" "annual salary" "compensation" "gehalt" "total base pay" "monthly salary" "fixed salary" "jahresgehalt" "monatsgehalt" "salaire" "salaire annuel" "pay amount" "total base pay amount" "total base pay annualized amount"];
    PayFrom "pay_from" "Pay from" Amount ["min salary" "salary min" "pay floor" "payscale minimum" "actual pay floor" "minimum salary" "pay min" "range minimum" "salary from"];
    PayTo "pay_to" "Pay up to" Amount ["max salary" "salary max" "pay ceiling" "payscale maximum" "actual pay ceiling" "maximum salary" "pay max" "range maximum" "salary to"];
    PayRange "pay_range" "Pay range of the position" Amount ["pay range" "salary range" "salary band" "compensation range"];
    Currency "currency" "Currency" Currency ["currency" "currency code" "pay currency" "salary currency" "währung" "devise"];
    Fte "fte" "Full-time share" Share ["fte" "full time equivalent" "percent" "workload" "pensum" "work percentage" "beschäftigungsgrad" "temps de travail" "number of posts in fte"];
    Status "status" "Status of the position" Text ["position status" "seat status" "hiring status" "requisition status"];
    Reason "reason" "Reason" Text ["reason" "reason for hire" "hire reason"];
    Priority "priority" "Priority" Whole ["priority"];
    Description "description" "Description" Text ["description" "job team function" "notes" "comment"];
    Company "company" "Company" Text ["employer" "agency" "vendor"];
}

impl Field {
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.id() == id)
    }

    /// Whether it says who the manager is.
    pub fn is_of_manager(self) -> bool {
        matches!(
            self,
            Field::Manager
                | Field::ManagerId
                | Field::ManagerEmail
                | Field::ManagerName
                | Field::ManagerPosition
        )
    }

    /// The field that a header means in a file of nobody known.
    pub fn of_header(header: &str) -> Option<Self> {
        let folded = fold(header);
        Self::ALL.iter().copied().find(|field| field.words().contains(&folded.as_str()))
    }
}

/// A header without case, marks, camel humps, what stands in brackets, and blanks more than one.
pub fn fold(header: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    let mut is_after_small = false;
    for letter in header.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if letter.is_alphanumeric() => {
                if letter.is_uppercase() && is_after_small {
                    out.push(' ');
                }
                out.extend(letter.to_lowercase());
                is_after_small = letter.is_lowercase();
                continue;
            }
            '#' => out.push_str(" number "),
            _ => out.push(' '),
        }
        is_after_small = false;
        if depth > 0 {
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_mean_fields_whatever_their_spelling() {
        for (header, field) in [
            ("hireDate", Field::Start),
            ("HIRE_DATE", Field::Start),
            ("Work Email", Field::Email),
            ("E-Mail", Field::Email),
            ("Salary (£)", Field::Pay),
            ("Actual Pay Floor (£)", Field::PayFrom),
            ("Employee #", Field::PersonId),
            ("Employee", Field::Name),
            ("Manager:req", Field::ManagerPosition),
            ("Professional/Occupational Group", Field::Discipline),
            ("Grade (or equivalent)", Field::Level),
        ] {
            assert_eq!(Field::of_header(header), Some(field), "{header}");
        }
        assert_eq!(Field::of_header("Favourite colour"), None);
    }

    #[test]
    fn no_header_means_two_fields() {
        let mut seen = std::collections::HashMap::new();
        for field in Field::ALL {
            for word in field.words() {
                assert_eq!(fold(word), *word, "{word}");
                assert_eq!(seen.insert(*word, field), None, "{word}");
            }
            assert_eq!(Field::from_id(field.id()), Some(*field));
        }
    }
}
