//! The fields that a column can be. A new one is a line in [`Field`]'s table, with an arm where rows are read.

use serde::{Deserialize, Serialize};

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellReading {
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

            pub fn reading(self) -> CellReading {
                match self { $(Field::$Field => CellReading::$reading),* }
            }

            /// Headers that mean it in a file without a profile, [folded](fold); the most reliable first.
            fn words(self) -> &'static [&'static str] {
                match self { $(Field::$Field => &[$($word),*]),* }
            }
        }
    };
}

fields! {
    PersonId "person_id" "Employee ID" Text [
        "employee id" "employee number" "employee no" "employee code" "employee identifier" "employee eid"
        "person id" "person number" "worker id" "worker number" "staff id" "staff number" "staff no"
        "staff code" "emp id" "emp no" "emp number" "emp code" "personnel number" "personnel id" "personnel no"
        "payroll number" "payroll id" "associate id" "badge id" "badge number" "file number" "hris profile id"
        "hris id" "user sys id" "personalnummer" "mitarbeiter id" "mitarbeiternummer" "matricule"
        "número de empleado" "id empleado" "eeid" "person ref" "employee ref" "employee reference" "user id"
        "employee id in company" "employee number in company" "id in company" "ref" "id"
    ];
    Email "email" "Email" Text [
        "work email" "work e mail" "business email" "company email" "company email id" "official email"
        "official email id" "corporate email" "office email" "work email address" "business email address"
        "company email address" "primary email" "primary email address" "primary work email"
        "work contact work email" "email work" "employee email" "worker email" "person email" "email" "e mail"
        "email id" "email address" "e mail address" "email addresses" "courriel" "adresse e mail"
        "correo electrónico" "correo"
    ];
    Name "name" "Name" Text [
        "full name" "employee name" "employee full name" "display name" "worker name" "staff name" "person name"
        "full legal name" "payroll name" "legal name" "name" "worker" "person" "employee" "incumbent"
        "team member" "preferred name" "mitarbeiter" "nom complet" "nombre completo" "vollständiger name"
    ];
    FirstName "first_name" "First name" Text [
        "first name" "firstname" "given name" "forename" "legal first name" "employee first name"
        "preferred first name" "vorname" "prénom" "nombre"
    ];
    LastName "last_name" "Last name" Text [
        "last name" "lastname" "surname" "family name" "legal last name" "employee last name"
        "preferred last name" "nachname" "familienname" "nom" "nom de famille" "apellido" "apellidos"
    ];
    OtherName "other_name" "Other name or login" Text ["username" "user name" "login" "github" "nickname"];
    PositionId "position_id" "Position ID" Text ["position id" "position number" "post unique reference" "post id" "seat id" "seat" "position code" "post reference"];
    Requisition "requisition" "Requisition" Text ["req" "requisition" "requisition id" "req id" "job requisition"];
    Title "title" "Job title" Text [
        "job title" "business title" "position title" "title" "job title description" "job name" "job role"
        "job profile" "generic job title" "designation" "designation name" "designation title"
        "current designation" "position name" "role title" "position" "role" "job" "occupation" "stelle"
        "stellenbezeichnung" "berufsbezeichnung" "jobtitel" "poste" "intitulé du poste" "puesto" "cargo" "desig"
    ];
    Organisation "organisation" "Organisation" Text [
        "organisation" "organization" "company name" "legal entity" "legal entity name" "legal employer"
        "parent department"
    ];
    Division "division" "Division" Text [
        "division" "division name" "division description" "business unit" "business unit description"
        "business unit name" "area" "tribe" "geschäftsbereich"
    ];
    Department "department" "Department" Text [
        "department" "dept" "department name" "dept name" "department description" "home department"
        "home department description" "supervisory organization" "sub unit" "subunit" "organizational unit"
        "organisational unit" "org unit" "abteilung" "département" "departamento" "service"
    ];
    Team "team" "Team" Text [
        "team" "teams" "team name" "sub department" "sub dept" "section" "unit" "group" "squad" "équipe"
    ];
    TeamId "team_id" "Team ID" Text [
        "department id" "department code" "department number" "team id" "unit id" "cost center" "cost centre"
        "cost center code" "home cost center" "kostenstelle" "home department code"
    ];
    TeamParent "team_parent" "Parent team" Text ["parent team" "parent unit"];
    TeamLead "team_lead" "Team lead" Text ["team lead" "head of department" "department head"];
    Level "level" "Level or grade" Text [
        "level" "grade" "job level" "grade or equivalent" "band" "career level" "job grade" "pay grade"
        "seniority" "job band" "employee grade" "employee level" "salary grade"
    ];
    Discipline "discipline" "Discipline" Text [
        "discipline" "job family" "function" "profession" "professional occupational group" "job function"
        "craft" "job category" "job category name" "business function"
    ];
    Location "location" "Location" Text [
        "location" "location name" "location description" "office" "office location" "office name" "site"
        "work location" "work address" "work site" "base location" "branch" "branch name" "city" "work city"
        "job location" "standort" "arbeitsort" "lieu" "site de travail" "ubicación" "centro de trabajo"
    ];
    Manager "manager" "Manager (email, ID or name)" Text [
        "manager" "reports to" "line manager" "reporting manager" "direct manager" "supervisor" "supervisors"
        "supervisor s" "people manager" "immediate supervisor" "immediate manager" "current manager" "managers"
        "reporting to" "reporting officer" "reports directly to" "direct supervisor" "report to" "l1 manager"
        "manager l1" "functional manager" "vorgesetzter" "vorgesetzte r" "vorgesetzte" "führungskraft" "boss"
        "responsable" "manager hiérarchique" "supérieur hiérarchique" "jefe directo" "jefe"
        "jefe inmediato" "superior directo"
    ];
    ManagerId "manager_id" "Manager’s employee ID" Text [
        "manager id" "supervisor id" "manager employee id" "supervisor eid" "reports to id" "manager number"
        "manager user id" "manager employee number" "manager employee no" "reporting manager id"
        "reporting manager employee id" "reporting manager employee number" "reporting manager employee no"
        "reporting manager code" "reporting manager employee code" "reporting to id"
        "reporting to employee number" "direct manager employee id" "direct manager id" "line manager id"
        "line manager employee id" "supervisor number" "supervisor employee id" "supervisor employee number"
        "reports to associate id" "reports to employee id" "reports to employee number" "manager worker id"
        "manager person number" "manager code" "manager emp id" "manager user sys id" "manager eid"
    ];
    ManagerEmail "manager_email" "Manager’s email" Text [
        "manager email" "manager e mail" "supervisor email" "reports to email" "manager work email"
        "manager email address" "manager email id" "line manager email" "direct manager email"
        "reporting manager email" "reporting manager email id" "reporting to email" "supervisor work email"
        "supervisor email address"
    ];
    ManagerName "manager_name" "Manager’s name" Text [
        "manager name" "supervisor name" "reports to name" "reporting manager name" "line manager name"
        "direct manager name" "manager full name" "reports to legal name" "supervisor full name"
        "reporting to name" "manager display name"
    ];
    ManagerPosition "manager_position" "Manager’s position ID" Text ["manager position" "manager position id" "reports to position" "reports to senior post" "reporting senior post" "manager req" "parent position id"];
    Start "start" "Start date" Date [
        "hire date" "start date" "date of hire" "hired on" "date hired" "date of joining" "joining date"
        "date of join" "join date" "joined date" "date joined" "joined on" "joined" "doj"
        "employment start date" "employment start" "employment date" "work start date" "starts on" "start day"
        "first day" "first day of work" "company start date" "last hire date" "latest hire date"
        "most recent hire date" "current hire date" "commencement date" "start of employment" "entry date"
        "hired" "start" "original hire date" "original start date" "eintritt" "eintrittsdatum" "eintrittstermin"
        "anstellungsdatum" "date d embauche" "date d entrée" "date de début" "fecha de contratación"
        "fecha de ingreso" "fecha de inicio" "fecha de alta" "d o j" "contract start date" "contract start"
        "start of contract" "continuous service date" "continuous service start date" "seniority date"
        "length of service date" "rehire date" "date of rehire" "re hire date" "rehired on"
    ];
    End "end" "End date" Date [
        "termination date" "end date" "last day" "leave date" "leaving date" "date left" "last working day"
        "last working date" "last day of work" "last day worked" "date of leaving" "date of exit" "exit date"
        "relieving date" "date of relieving" "separation date" "employment end date" "employment end"
        "date terminated" "terminated on" "term date" "terminated date" "termination effective date"
        "departure date" "date of termination" "date of separation" "end of employment" "leaver date" "left on"
        "lwd" "dol" "d o l" "doe" "last date" "last employment date" "ends on" "end" "austritt" "austrittsdatum"
        "date de sortie" "date de départ" "date de fin" "fecha de baja" "fecha de salida"
    ];
    NeedBy "need_by" "Needed by" Date ["need by" "needed by" "target start date" "target start" "availability date"];
    Pay "pay" "Salary" Amount [
        "annual salary" "annual base salary" "annual base pay" "base salary" "base salary amount"
        "base annual salary" "salary" "base comp" "base compensation" "base pay" "annual pay" "annual rate"
        "annual base" "annual base compensation" "annual compensation" "annual gross salary"
        "gross annual salary" "gross salary" "annualized salary" "annualised salary" "yearly salary"
        "yearly compensation" "fixed salary" "fix salary" "fixed pay" "fix pay" "fixed compensation"
        "basic salary" "basic pay" "base" "basic" "fix" "compensation" "compensation amount" "salary amount"
        "current salary" "current compensation" "pay amount" "pay rate" "pay" "total base pay"
        "total base pay amount" "total base pay annualized amount" "gross pay" "gross compensation"
        "monthly salary" "monthly gross salary" "monthly base salary" "monthly basic salary"
        "gross monthly salary" "monthly pay" "annual ctc" "ctc" "ctc per annum" "current ctc" "fixed ctc"
        "cost to company" "remuneration" "gehalt" "jahresgehalt" "monatsgehalt" "grundgehalt" "fixgehalt"
        "bruttogehalt" "jahresbruttogehalt" "bruttojahresgehalt" "bruttomonatsgehalt" "salaire" "salaire annuel"
        "salaire de base" "salaire brut" "salaire brut annuel" "rémunération" "salario" "salario base"
        "salario bruto" "salario anual" "salario bruto anual"
    ];
    PayFrom "pay_from" "Salary min" Amount ["min salary" "salary min" "pay floor" "payscale minimum" "actual pay floor" "minimum salary" "pay min" "range minimum" "salary from"];
    PayTo "pay_to" "Salary max" Amount ["max salary" "salary max" "pay ceiling" "payscale maximum" "actual pay ceiling" "maximum salary" "pay max" "range maximum" "salary to"];
    PayRange "pay_range" "Salary range of the position" Amount ["pay range" "salary range" "salary band" "compensation range"];
    Currency "currency" "Currency" Currency [
        "currency" "currency code" "pay currency" "salary currency" "compensation currency"
        "base salary currency" "payroll currency" "annual salary currency" "local currency" "ctc currency"
        "währung" "devise" "moneda" "divisa"
    ];
    Fte "fte" "FTE" Share [
        "fte" "fte percent" "fte percentage" "full time equivalent" "percent" "percentage" "workload"
        "workload percentage" "work percentage" "employment percentage" "employment level"
        "work time percentage" "working time percentage" "pensum" "beschäftigungsgrad" "stellenanteil"
        "arbeitszeitanteil" "temps de travail" "taux d activité" "taux d occupation" "jornada"
        "number of posts in fte" "weekly working hours" "weekly hours" "working hours" "working hours per week"
        "hours per week" "hours week" "contracted hours" "contractual hours" "contract hours"
        "contracted weekly hours" "standard hours" "standard weekly hours" "scheduled weekly hours"
        "scheduled hours" "default weekly hours" "std hours week" "std hours" "hours" "wochenstunden"
        "wochenarbeitszeit" "wöchentliche arbeitszeit" "arbeitsstunden pro woche" "stunden pro woche"
        "heures par semaine" "heures hebdomadaires" "horas semanales" "horas por semana"
        "time type" "working time type" "work time type" "full time part time" "full part time"
        "employment type" "working time" "work time" "arbeitszeit"
    ];
    EmploymentStatus "employment_status" "Employment status" Text [
        "employment status" "employee status" "worker status" "person status" "user status" "lifecycle status"
        "internal status" "staff status" "status" "active" "is active" "active status" "beschäftigungsstatus"
        "mitarbeiterstatus" "statut" "estado"
    ];
    PayPer "pay_per" "Pay period" Text [
        "pay per" "paid per" "pay period" "salary period" "salary pay period" "base salary pay period" "salary interval"
        "salary frequency" "salary unit" "pay unit" "pay basis" "pay type" "salary type" "rate type" "pay rate type"
        "compensation period" "compensation interval" "compensation type" "compensation unit" "rate frequency"
    ];
    Status "status" "Position status" Text [
        "position status" "seat status" "hiring status" "requisition status" "vacancy status"
    ];
    Reason "reason" "Reason" Text ["reason" "reason for hire" "hire reason"];
    Priority "priority" "Priority" Whole ["priority"];
    Description "description" "Description" Text ["description" "job team function" "notes" "comment"];
    Company "company" "Company" Text ["employer" "agency" "vendor"];
}

impl Field {
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.id() == id)
    }

    /// Whether it identifies the manager.
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

    /// The field that a header means in a file without a profile.
    pub fn of_header(header: &str) -> Option<Self> {
        Self::ranked(header).map(|(field, _)| field)
    }

    /// The field, and the rank of the header: of several headers with the same field the lowest rank is it. `Work
    /// email` comes before `Email`, and the last date of hire before the first.
    pub fn ranked(header: &str) -> Option<(Self, usize)> {
        let folded = fold(header);
        let of_field =
            |field: Self| field.words().iter().position(|word| *word == folded).map(|rank| (field, rank));
        Self::ALL.iter().copied().find_map(of_field)
    }
}

/// A header without punctuation and bracketed parts, in lower case, with camel case split into words.
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
    fn header_spelling_does_not_matter() {
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
