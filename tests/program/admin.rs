//! `vacancy admin`: a real hotel can begin without the demo, and no account exists that nobody made.

use crate::program::Program;

const HOTEL: &str = include_str!("../../docs/hotel.example.toml");

fn with_hotel() -> Program {
    let program = Program::new();
    let file = program.file("hotel.toml", HOTEL);
    let out = program.run(&["admin", "create-hotel", file.to_str().unwrap()]).ok();
    assert_eq!(out, "created harbour-view: 2 room types, 22 rooms\n");
    program
}

const CREATE_DESK: [&str; 10] = [
    "admin",
    "create-staff",
    "--hotel",
    "harbour-view",
    "--email",
    "Desk@View.example",
    "--name",
    "Marta",
    "--role",
    "front_desk",
];

#[test]
fn a_hotel_begins_with_a_file_and_has_no_account() {
    let program = with_hotel();
    let list = program.run(&["admin", "list"]).ok();
    assert_eq!(
        list,
        "harbour-view: Harbour View, Lisbon (Europe/Lisbon, EUR, en)\n  \
         room type double: Double room, sea view, 20 rooms, sleeps 2, from 119.00\n  \
         room type suite: Suite, 2 rooms, sleeps 3, from 289.00\n"
    );
    let file = program.file("again.toml", HOTEL);
    let err = program.run(&["admin", "create-hotel", file.to_str().unwrap()]).refused();
    assert!(err.contains("there is a hotel harbour-view already"), "{err}");
}

#[test]
fn an_empty_database_says_how_to_begin() {
    assert!(Program::new().run(&["admin", "list"]).ok().contains("create-hotel"));
}

#[test]
fn a_made_up_password_is_shown_once_and_one_that_was_given_is_not() {
    let program = with_hotel();
    let out = program.run(&CREATE_DESK).ok();
    assert!(
        out.starts_with("created desk@view.example, front_desk of harbour-view\npassword, shown this once: "),
        "{out}"
    );
    assert!(out.lines().last().unwrap().rsplit(' ').next().unwrap().len() >= 20, "{out}");
    let set = ["admin", "set-password", "--email", "desk@view.example"];
    let from_environment = program.run_with(&set, &[("VACANCY_NEW_PASSWORD", "by the sea wall")], "").ok();
    assert_eq!(from_environment, "changed the password of desk@view.example\n");
    let from_input = program.run_with(&[&set[..], &["--password-stdin"]].concat(), &[], "by the river\n").ok();
    assert_eq!(from_input, "changed the password of desk@view.example\n");
}

#[test]
fn a_password_that_is_easy_to_guess_is_refused() {
    let program = with_hotel();
    for (password, reason) in [("short", "at least 10 characters"), ("1234567890", "too easy"), ("", "at least")] {
        let err = program.run_with(&CREATE_DESK, &[("VACANCY_NEW_PASSWORD", password)], "").refused();
        assert!(err.contains(reason), "{password}: {err}");
    }
    assert!(!program.run(&["admin", "list"]).ok().contains("account"));
}

#[test]
fn an_account_is_made_once_and_can_be_removed() {
    let program = with_hotel();
    program.run(&CREATE_DESK).ok();
    let err = program.run(&CREATE_DESK).refused();
    assert!(err.contains("there is an account desk@view.example already"), "{err}");
    assert!(program.run(&["admin", "list"]).ok().contains("  account desk@view.example: Marta, front_desk\n"));
    let remove = ["admin", "remove-staff", "--email", "DESK@view.example"];
    assert_eq!(program.run(&remove).ok(), "removed desk@view.example\n");
    let err = program.run(&remove).refused();
    assert!(err.contains("there is no account desk@view.example"), "{err}");
}

#[test]
fn room_types_and_prices_can_be_added_and_changed() {
    let program = with_hotel();
    let of =
        |command: &'static str, rest: &[&'static str]| [&["admin", command, "--hotel", "harbour-view"], rest].concat();
    let attic = ["--code", "attic", "--name", "Attic", "--rooms", "3", "--sleeps", "2", "--price", "99.5"];
    program.run(&of("add-room-type", &attic)).ok();
    let err = program.run(&of("add-room-type", &attic)).refused();
    assert!(err.contains("already"), "{err}");
    program.run(&of("change-room-type", &["--code", "attic", "--rooms", "4", "--overbook", "1"])).ok();
    program.run(&of("set-price", &["--room-type", "double", "--price", "125"])).ok();
    let some = ["--room-type", "double", "--price", "150", "--from", "2031-12-24", "--to", "2031-12-27"];
    program.run(&of("set-price", &some)).ok();
    let list = program.run(&["admin", "list"]).ok();
    assert!(list.contains("room type attic: Attic, 4 rooms, sleeps 2, from 99.50, overbooked by up to 1\n"), "{list}");
    assert!(list.contains("room type double: Double room, sea view, 20 rooms, sleeps 2, from 125.00\n"), "{list}");

    let refused: [(&[&str], &str); 4] = [
        (&["--room-type", "palace", "--price", "1"], "has no room type palace"),
        (&["--room-type", "double", "--price", "-1"], "below zero"),
        (&["--room-type", "double", "--price", "1.005"], "more decimals"),
        (&["--room-type", "double", "--price", "1", "--from", "2031-12-24", "--to", "2031-12-24"], "--to lies"),
    ];
    for (arguments, reason) in refused {
        let err = program.run(&[&of("set-price", &[])[..], arguments].concat()).refused();
        assert!(err.contains(reason), "{err}");
    }
}

#[test]
fn doors_are_numbered_in_runs_and_all_or_none() {
    let program = with_hotel();
    let number = |numbers: &[&str]| {
        let begin = ["admin", "number-rooms", "--hotel", "harbour-view", "--room-type", "double", "--floor", "2"];
        program.run(&[&begin[..], numbers].concat())
    };
    let out = number(&["201..210", "b-12"]).ok();
    assert_eq!(out, "numbered 11 doors of double at harbour-view; 11 of its 20 rooms have a number\n");
    for (numbers, reason) in [
        (vec!["211", "205"], "there is a room 205 already"),
        (vec!["301..310"], "double has no more rooms to give numbers to"),
        (vec!["210..201"], "a run goes from a number up to a higher one"),
        (vec!["2/4"], "a room number has 1 to 8 letters"),
    ] {
        let err = number(&numbers).refused();
        assert!(err.contains(reason), "{numbers:?}: {err}");
    }
    let out = number(&["211"]).ok();
    assert!(out.contains("12 of its 20 rooms"), "none of what was refused was written down: {out}");
}

#[test]
fn a_log_that_goes_to_a_file_has_no_colours() {
    let log = Program::new().log_of_start();
    assert!(log.contains("INFO") && !log.contains('\u{1b}'), "{log:?}");
}
