//! The page that tells the desk something went wrong, with the desk still around it.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{ButtonKind, LinkButton};
use crate::messages::desk;
use crate::pages::problem::{ProblemText, Trouble};

#[component]
pub fn DeskProblemPage(site: DeskSite, status: u16, trouble: Trouble) -> impl IntoView {
    let locale = site.scene.locale;
    let home = format!("/desk/{}", site.scene.hotel);
    let (there, words) = if !site.sees_guests {
        (format!("{home}/rooms"), desk::rooms::to_rooms(locale))
    } else if trouble == Trouble::UnknownReservation {
        (format!("{home}/reservations"), desk::back_to_list(locale))
    } else {
        (home, desk::to_house(locale))
    };
    let text = match trouble {
        Trouble::UnknownReservation => desk::no_such_reservation(locale).to_owned(),
        trouble => trouble.text(locale),
    };
    let title = trouble.title(locale);
    view! {
        <DeskFrame site tab=DeskTab::Elsewhere>
            <div class="problem">
                <ProblemText status title text />
                <p class="actions">
                    <LinkButton href=there kind=ButtonKind::Main>{words}</LinkButton>
                </p>
            </div>
        </DeskFrame>
    }
}
