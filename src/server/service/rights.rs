//! Who of the staff may what: one line for each address of the desk. An address that is not here is for nobody.

use crate::server::store::Role::{self, FrontDesk, Housekeeping, Manager};

const EVERYBODY: &[Role] = &[Manager, FrontDesk, Housekeeping];
const DESK: &[Role] = &[Manager, FrontDesk];
const MANAGER: &[Role] = &[Manager];

/// Method, address as the router has it, and who may.
const RIGHTS: &[(&str, &str, &[Role])] = &[
    ("GET", "/api/v1/desk/{hotel}/house", DESK),
    ("GET", "/api/v1/desk/{hotel}/chart", DESK),
    ("GET", "/api/v1/desk/{hotel}/reservations", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations", DESK),
    ("GET", "/api/v1/desk/{hotel}/reservations/{code}", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/{action}", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/cancel", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/cancel/preview", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/check-out/preview", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/assign", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/assign/preview", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/move", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/moved", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/unassign", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/swap", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/swap/preview", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/change/preview", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/change", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/details", DESK),
    ("GET", "/api/v1/desk/{hotel}/reservations/{code}/folio", DESK),
    ("POST", "/api/v1/desk/{hotel}/reservations/{code}/folio", DESK),
    ("GET", "/api/v1/desk/{hotel}/reservations/{code}/history", DESK),
    ("GET", "/api/v1/desk/{hotel}/log", MANAGER),
    ("GET", "/api/v1/desk/{hotel}/day", DESK),
    ("POST", "/api/v1/desk/{hotel}/day", DESK),
    ("POST", "/api/v1/desk/{hotel}/day/rule", MANAGER),
    ("GET", "/api/v1/desk/{hotel}/terms", MANAGER),
    ("POST", "/api/v1/desk/{hotel}/terms", MANAGER),
    ("GET", "/api/v1/desk/{hotel}/rooms", EVERYBODY),
    ("POST", "/api/v1/desk/{hotel}/rooms/{number}/condition", EVERYBODY),
    ("POST", "/api/v1/desk/{hotel}/rooms/{number}/note", EVERYBODY),
    ("POST", "/api/v1/desk/{hotel}/rooms/{number}/blocks", DESK),
    ("DELETE", "/api/v1/desk/{hotel}/rooms/{number}/blocks/{block}", DESK),
    // Housekeepers hear of rooms alone.
    ("GET", "/api/v1/desk/{hotel}/events", EVERYBODY),
    // For its guest; staff may look on.
    ("GET", "/api/v1/reservations/{code}/events", DESK),
    ("GET", "/desk", EVERYBODY),
    ("GET", "/desk/{hotel}", DESK),
    ("GET", "/desk/{hotel}/chart", DESK),
    ("POST", "/desk/{hotel}/chart", DESK),
    ("GET", "/desk/{hotel}/new", DESK),
    ("POST", "/desk/{hotel}/new", DESK),
    ("GET", "/desk/{hotel}/search", DESK),
    ("GET", "/desk/{hotel}/reservations", DESK),
    ("GET", "/desk/{hotel}/reservations/{code}", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/swap", DESK),
    ("GET", "/desk/{hotel}/reservations/{code}/change", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/change", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/{action}", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/assign", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/moved", DESK),
    ("GET", "/desk/{hotel}/reservations/{code}/card", DESK),
    ("GET", "/desk/{hotel}/lists/{list}", DESK),
    ("GET", "/desk/{hotel}/rooms/list", EVERYBODY),
    ("GET", "/desk/{hotel}/rooms", EVERYBODY),
    ("POST", "/desk/{hotel}/rooms/{number}/condition", EVERYBODY),
    ("POST", "/desk/{hotel}/rooms/{number}/note", EVERYBODY),
    ("POST", "/desk/{hotel}/rooms/{number}/blocks", DESK),
    ("POST", "/desk/{hotel}/rooms/{number}/blocks/{block}/remove", DESK),
    ("GET", "/desk/{hotel}/reservations/{code}/details", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/details", DESK),
    ("POST", "/desk/{hotel}/reservations/{code}/folio", DESK),
    ("GET", "/desk/{hotel}/log", MANAGER),
    ("GET", "/desk/{hotel}/day", DESK),
    ("POST", "/desk/{hotel}/day", DESK),
    ("POST", "/desk/{hotel}/day/rule", MANAGER),
    ("GET", "/desk/{hotel}/settings", MANAGER),
    ("POST", "/desk/{hotel}/settings", MANAGER),
];

/// Whether a role may do this; `HEAD` is a `GET` that is not read.
pub fn may(role: Role, method: &str, address: &str) -> bool {
    let method = if method == "HEAD" { "GET" } else { method };
    let line = RIGHTS.iter().find(|(of, at, _)| (*of, *at) == (method, address));
    line.is_some_and(|(_, _, roles)| roles.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses that are for people who have not signed in.
    const OPEN: &[&str] = &["/desk/sign-in", "/desk/sign-out"];

    fn is_known(method: &str, address: &str) -> bool {
        RIGHTS.iter().any(|(of, at, _)| (*of, *at) == (method, address))
    }

    #[test]
    fn every_address_of_the_api_for_staff_is_in_the_table() {
        let document: serde_json::Value = serde_json::from_str(&crate::server::api_v1::openapi_json()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let mut count = 0;
        for (address, methods) in paths {
            for (method, operation) in methods.as_object().unwrap() {
                let security = operation["security"].as_array();
                let is_for_staff =
                    security.is_some_and(|ways| ways.iter().any(|way| way.get("staff_session").is_some()));
                if is_for_staff || address.contains("/desk/") {
                    count += 1;
                    assert!(is_known(&method.to_uppercase(), address), "who may {method} {address}?");
                }
            }
        }
        assert!(count > 10);
    }

    #[test]
    fn every_page_of_the_desk_is_in_the_table() {
        let routes = include_str!("../web/desk.rs");
        let lines = routes.lines().filter_map(|line| line.trim().strip_prefix(".route(\""));
        let mut count = 0;
        for line in lines {
            let (address, handlers) = line.split_once('"').unwrap();
            let methods = [("get(", "GET"), ("post(", "POST")];
            for (_, method) in methods.into_iter().filter(|(call, _)| handlers.contains(call)) {
                count += 1;
                let is_open = OPEN.contains(&address);
                assert!(is_open || is_known(method, address), "who may {method} {address}?");
            }
        }
        assert!(count > 6);
    }

    #[test]
    fn what_is_not_in_the_table_is_for_nobody() {
        for role in Role::ALL {
            assert!(!may(role, "POST", "/api/v1/desk/{hotel}/nowhere"));
        }
        assert!(may(Housekeeping, "HEAD", "/api/v1/desk/{hotel}/rooms"));
        assert!(!may(Housekeeping, "GET", "/api/v1/desk/{hotel}/house"));
    }
}
