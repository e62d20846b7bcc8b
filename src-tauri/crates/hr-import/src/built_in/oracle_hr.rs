//! Oracle's HR sample tables: employees, and the departments and jobs that they refer to by ID,
//! <https://github.com/oracle-samples/db-sample-schemas>. Salaries are per month, without a currency.

use headroom_tabular::cell::amount::PayPeriod;

use super::*;

pub const SIGNS: &[&[&str]] =
    &[&["employee id", "job id", "manager id", "department id"], &["job id", "min salary", "max salary"]];

pub fn profile() -> Profile {
    let mut employees = table(
        "employees",
        RowMeaning::People,
        &[
            ("employee_id", Field::PersonId),
            ("first_name", Field::FirstName),
            ("last_name", Field::LastName),
            ("email", Field::OtherName),
            ("hire_date", Field::Start),
            ("salary", Field::Pay),
            ("manager_id", Field::ManagerId),
            ("department_id", Field::TeamId),
        ],
    );
    employees.columns.insert("job_id".to_owned(), Target::Table { table: "jobs".to_owned() });
    let departments = table(
        "departments",
        RowMeaning::Teams,
        &[
            ("department_id", Field::TeamId),
            ("department_name", Field::Team),
            ("manager_id", Field::TeamLead),
        ],
    );
    let mut jobs = table(
        "jobs",
        RowMeaning::LookUp,
        &[("job_title", Field::Title), ("min_salary", Field::PayFrom), ("max_salary", Field::PayTo)],
    );
    jobs.key = Some("job_id".to_owned());
    for table in [&mut employees, &mut jobs] {
        table.pay_period = Some(PayPeriod::Month);
    }
    Profile { title: "Oracle HR tables".to_owned(), tables: vec![employees, departments, jobs] }
}
