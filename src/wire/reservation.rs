//! A reservation as its guest and the desk see it.

use serde::{Deserialize, Serialize};

use crate::domain::{
    Date, HotelSlug, LaterRoom, Money, Nights, Piece, Reservation, ReservationCode, RoomNumber, RoomTypeCode, State,
    Status, Timestamp, rooms,
};
use crate::wire::folio::FolioEntryView;
use crate::wire::offer::NightPrice;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReservationView {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "K7QM-2XNP"))]
    pub code: ReservationCode,
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "harbour"))]
    pub hotel: HotelSlug,
    /// `held confirmed in_house checked_out cancelled no_show lapsed`
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "confirmed"))]
    pub status: Status,
    /// When a hold ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub held_until: Option<Timestamp>,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub arrival: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
    pub nights: u16,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    /// For the desk alone: the room it was given; after check-out, the one it was in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, example = "204"))]
    pub room: Option<RoomNumber>,
    /// For the desk alone: the rooms it goes on to, in order, each with the first night in it. Empty for a stay in one room.
    // A guest is never told, so his bundle need not read it.
    #[cfg_attr(all(feature = "guest", not(feature = "ssr")), serde(skip))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later_rooms: Vec<LaterRoomView>,
    /// For the desk alone: the room was given by hand and stays.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub pinned: bool,
    /// The room that was given is clean and free, and it is the day of arrival.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub room_ready: bool,
    pub rate_plan: String,
    pub adults: u8,
    pub children: u8,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total: Money,
    pub nightly: Vec<NightPrice>,
    /// What cancelling, or not coming, has cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<MoneySchema>))]
    pub fee: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestView>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Counts the changes; what `If-Match` is compared with.
    pub version: u32,
    /// For the desk alone, of a `folio` event: what was posted. No guest's page reads it.
    #[cfg_attr(feature = "guest", serde(skip))]
    #[cfg_attr(not(feature = "guest"), serde(default, skip_serializing_if = "Option::is_none"))]
    pub entry: Option<FolioEntryView>,
    /// For the desk alone, of a `changed` event: what is different, named as in the history.
    #[cfg_attr(feature = "guest", serde(skip))]
    #[cfg_attr(not(feature = "guest"), serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub changed: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LaterRoomView {
    /// The first night in it.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "204"))]
    pub room: RoomNumber,
}

impl From<&LaterRoom> for LaterRoomView {
    fn from(later: &LaterRoom) -> Self {
        Self { from: later.from, room: later.room.clone() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct GuestView {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl ReservationView {
    /// The reservation as the clock judges it at `now`.
    pub fn new(reservation: &Reservation, hotel: &HotelSlug, now: Timestamp) -> Self {
        let state = reservation.state().at(now);
        let text = |text: &dyn core::fmt::Display| text.to_string();
        Self {
            code: reservation.code,
            hotel: hotel.clone(),
            status: state.status(),
            held_until: match state {
                State::Held { until } => Some(until),
                _ => None,
            },
            arrival: reservation.stay.arrival(),
            departure: reservation.stay.departure(),
            nights: reservation.stay.night_count(),
            room_type: reservation.room_type.clone(),
            room: reservation.room.clone(),
            later_rooms: reservation.later_rooms.iter().map(LaterRoomView::from).collect(),
            pinned: reservation.pinned,
            room_ready: reservation.room_ready,
            rate_plan: reservation.rate_plan.clone(),
            adults: reservation.party.adults(),
            children: reservation.party.children(),
            total: reservation.total,
            nightly: reservation
                .nightly
                .iter()
                .map(|(date, price)| NightPrice { date: *date, price: *price })
                .collect(),
            fee: reservation.fee,
            guest: reservation.guest.as_ref().map(|guest| GuestView {
                name: text(&guest.name),
                email: guest.email.as_ref().map(|email| text(email)),
                phone: guest.phone.as_ref().map(|phone| text(phone)),
            }),
            note: text(&reservation.note),
            created_at: reservation.created_at,
            version: reservation.version,
            entry: None,
            changed: Vec::new(),
        }
    }

    /// What its guest may see: which room it is, is told at the desk.
    #[must_use]
    pub fn for_guest(self) -> Self {
        Self { room: None, later_rooms: Vec::new(), pinned: false, entry: None, changed: Vec::new(), ..self }
    }

    /// Its rooms one after another, over all its nights; one piece for a stay in one room, none without a room.
    pub fn pieces(&self) -> Vec<Piece> {
        let Some((room, nights)) = self.room.as_ref().zip(Nights::new(self.arrival, self.departure)) else {
            return Vec::new();
        };
        let later = |later: &LaterRoomView| LaterRoom { from: later.from, room: later.room.clone() };
        rooms::pieces(room, &self.later_rooms.iter().map(later).collect::<Vec<_>>(), nights)
    }
}
