//! Why a room cannot be had, in words for the desk: who is in the way by name, with the way to his reservation, and what
//! takes the room out of sale.

use crate::domain::{ReservationCode, rooms::BlockId};
use crate::islands::in_the_way::{InTheWay, Reason};
use crate::messages::Locale;
use crate::messages::desk::rooms as words;
use crate::server::error::AppError;
use crate::server::service::{ServiceError, act};
use crate::server::state::App;
use crate::server::store::RoomRefusal;
use crate::server::web::session::StaffSession;
use crate::wire::room::BlockView;

pub(super) async fn reason(
    app: &App,
    staff: &StaffSession,
    locale: Locale,
    refusal: &RoomRefusal,
) -> Result<Reason, AppError> {
    let mut stays = Vec::new();
    for code in stays_of(refusal) {
        let name = match act::reservation(app, &staff.house, &code.to_string()).await {
            Ok(stay) => stay.guest.map(|guest| guest.name.to_string()),
            Err(ServiceError::ReservationNotFound) => None,
            Err(error) => return Err(error.into()),
        };
        stays.push(InTheWay { code: *code, name });
    }
    let mut told = words_of(locale, refusal).to_owned();
    if let RoomRefusal::Taken { stays, blocks } = refusal
        && stays.is_empty()
    {
        for block in blocks_of(app, staff, blocks).await? {
            told = words::and_also(locale, &told, &words::block_told(locale, &block));
        }
    }
    Ok(Reason { words: told, stays })
}

async fn blocks_of(app: &App, staff: &StaffSession, ids: &[BlockId]) -> Result<Vec<BlockView>, AppError> {
    let hotel = &staff.house.hotel;
    let mut blocks = app.store.rooms(hotel.id, app.business_date(hotel)).await?.blocks;
    blocks.retain(|block| ids.contains(&block.id));
    Ok(blocks.iter().map(BlockView::new).collect())
}

const fn words_of(locale: Locale, refusal: &RoomRefusal) -> &'static str {
    match refusal {
        RoomRefusal::NotFound | RoomRefusal::BlockNotFound => words::not_found(locale),
        RoomRefusal::AnotherType { .. } => words::another_type(locale),
        RoomRefusal::Taken { stays, .. } if stays.is_empty() => words::taken_by_block(locale),
        RoomRefusal::Taken { .. } => words::taken(locale),
        RoomRefusal::Promised { .. } => words::promised(locale),
        RoomRefusal::NoneFree => words::none_free(locale),
        RoomRefusal::NotItsNight => words::not_its_night(locale),
        RoomRefusal::NoRoomBefore => words::no_room_before(locale),
        RoomRefusal::Split { .. } => words::is_split(locale),
        RoomRefusal::NoMoveDue => words::no_move_due(locale),
        RoomRefusal::State(_) | RoomRefusal::NumberTaken(_) | RoomRefusal::TooMany { .. } => words::no_longer(locale),
    }
}

fn stays_of(refusal: &RoomRefusal) -> &[ReservationCode] {
    match refusal {
        RoomRefusal::Taken { stays, .. } | RoomRefusal::Promised { stays } | RoomRefusal::Split { stays } => stays,
        _ => &[],
    }
}
