//! How many people support needs, by the command line.

use headroom_tests::Desk;

#[test]
fn calls_and_tickets_are_told_in_words() {
    let desk = Desk::new();
    let calls =
        "staffing --calls 360 --in-minutes 30 --handle-seconds 240 --answer-within 15 --shrinkage 30%";
    let said = desk.done(&calls.split(' ').collect::<Vec<_>>());
    assert!(said.starts_with("55 agents answer 84.6 % of calls within 15 s; 80 % are asked for\n"), "{said}");
    for words in ["79 with 30 % shrinkage", "87.3 %", "8.2 s", "79.3 % within 15 s"] {
        assert!(said.contains(words), "{said}");
    }
    let tickets = "staffing --tickets 309 --handle-minutes 18 --hours 130 --shrinkage 0";
    let said = desk.done(&tickets.split(' ').collect::<Vec<_>>());
    assert!(
        said.starts_with("1 people, or 0.84 full-time, do 92.7 hours of tickets in the month\n"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_calculated_is_refused_in_a_sentence() {
    let desk = Desk::new();
    for (arguments, message) in [
        ("staffing", "the following required arguments were not provided"),
        ("staffing --calls 10", "--handle-seconds"),
        ("staffing --calls 10 --handle-seconds 0", "the handle time must be more than zero"),
        (
            "staffing --calls 10 --handle-seconds 60 --in-minutes 0",
            "the time in which calls come must be more than zero",
        ),
        ("staffing --calls 10 --handle-seconds 60 --target 100%", "the target must be less than 100 %"),
        ("staffing --calls 10 --handle-seconds 60 --shrinkage 1", "the shrinkage must be less than 100 %"),
        ("staffing --calls 999999999 --handle-seconds 3600", "the load is more than 100000 people at work"),
        ("staffing --calls=-1 --handle-seconds 60", "“-1” is negative"),
        ("staffing --tickets 10 --handle-minutes 5", "--hours"),
        ("staffing --tickets 10 --handle-minutes 5 --hours 0", "the hours must be more than zero"),
        ("staffing --tickets 10 --calls 5 --handle-seconds 5", "cannot be used with"),
    ] {
        let said = desk.refused(&arguments.split(' ').collect::<Vec<_>>());
        assert!(said.contains(message), "{arguments}: {said}");
    }
}
