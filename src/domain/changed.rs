//! What is different about a reservation after a change, by the names that its history has for it.

use crate::domain::Reservation;

/// The fields that differ, of `arrival departure room_type room pinned adults children total name email phone note`.
pub fn changed_fields(before: &Reservation, after: &Reservation) -> Vec<&'static str> {
    let guests = (before.guest.as_ref(), after.guest.as_ref());
    let (name, email, phone) = (
        guests.0.map(|guest| &guest.name) == guests.1.map(|guest| &guest.name),
        guests.0.and_then(|guest| guest.email.as_ref()) == guests.1.and_then(|guest| guest.email.as_ref()),
        guests.0.and_then(|guest| guest.phone.as_ref()) == guests.1.and_then(|guest| guest.phone.as_ref()),
    );
    let is_same = [
        ("arrival", before.stay.arrival() == after.stay.arrival()),
        ("departure", before.stay.departure() == after.stay.departure()),
        ("room_type", before.room_type == after.room_type),
        ("room", (&before.room, &before.later_rooms) == (&after.room, &after.later_rooms)),
        ("pinned", before.pinned == after.pinned),
        ("adults", before.party.adults() == after.party.adults()),
        ("children", before.party.children() == after.party.children()),
        ("total", before.total == after.total),
        ("name", name),
        ("email", email),
        ("phone", phone),
        ("note", before.note == after.note),
    ];
    is_same.into_iter().filter(|(_, is_same)| !is_same).map(|(field, _)| field).collect()
}
