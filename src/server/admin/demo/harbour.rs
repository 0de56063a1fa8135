//! Harbour House, Lisbon.

use crate::domain::Currency;
use crate::domain::Status::{Cancelled, CheckedOut, Confirmed, Held, InHouse, Lapsed, NoShow};
use crate::server::admin::demo::{DemoAccount, DemoDoors, DemoHotel, DemoRoomType, DemoStay, stay};
use crate::server::store::Role;

pub(super) const HOTEL: DemoHotel = DemoHotel {
    slug: "harbour",
    name: "Harbour House, Lisbon",
    time_zone: "Europe/Lisbon",
    currency: Currency::Eur,
    language: "en",
    check_in_from: (15, 0),
    check_out_until: (11, 0),
    room_types: &[
        DemoRoomType("single", "Single room", 8, 1, 7_900),
        DemoRoomType("double", "Double room, sea view", 20, 2, 11_900),
        DemoRoomType("family", "Family room", 6, 4, 16_900),
        DemoRoomType("suite", "Harbour suite", 2, 3, 28_900),
    ],
    doors: &[
        DemoDoors("single", 1, 101, 8),
        DemoDoors("double", 2, 201, 10),
        DemoDoors("double", 3, 301, 10),
        DemoDoors("family", 4, 401, 6),
        DemoDoors("suite", 5, 501, 2),
    ],
    accounts: [
        DemoAccount {
            email: "desk@harbour.example",
            name: "Marta Figueiredo",
            role: Role::FrontDesk,
            password: "harbour-demo-desk",
        },
        DemoAccount {
            email: "manager@harbour.example",
            name: "Duarte Sequeira",
            role: Role::Manager,
            password: "harbour-demo-manager",
        },
        DemoAccount {
            email: "rooms@harbour.example",
            name: "Lurdes Pacheco",
            role: Role::Housekeeping,
            password: "harbour-demo-rooms",
        },
    ],
    stays: STAYS,
};

#[rustfmt::skip]
const STAYS: &[DemoStay] = &[
    stay("double", (-3, 3), (2, 0), InHouse, ("Inês Carvalho", "ines.carvalho@mail.example"), ""),
    stay("single", (-2, 2), (1, 0), InHouse, ("Søren Lund", "soren.lund@mail.example"), "Leaves early, 6:30"),
    stay("double", (-2, 5), (2, 0), InHouse, ("Claire Dubois", "claire.dubois@mail.example"), "Feather-free pillows, please"),
    stay("double", (-1, 2), (1, 0), InHouse, ("James Whitfield", "j.whitfield@mail.example"), ""),
    stay("double", (-1, 4), (2, 0), InHouse, ("Giulia Romano", "giulia.romano@mail.example"), ""),
    stay("family", (-4, 6), (2, 2), InHouse, ("Tomás Ferreira", "tomas.ferreira@mail.example"), "A cot for the little one"),
    stay("double", (-5, 8), (2, 0), InHouse, ("Katarzyna Nowak", "k.nowak@mail.example"), ""),
    stay("single", (-1, 3), (1, 0), InHouse, ("Hiroshi Tanaka", "h.tanaka@mail.example"), ""),
    stay("suite", (-2, 3), (2, 1), InHouse, ("Leonor Vasconcelos", "leonor.v@mail.example"), "Wedding anniversary"),
    stay("double", (0, 2), (2, 0), Confirmed, ("Beatriz Almeida", "beatriz.almeida@mail.example"), ""),
    stay("double", (0, 3), (2, 0), Confirmed, ("Liam O'Connor", "liam.oconnor@mail.example"), "Flight lands at 22:40"),
    stay("single", (0, 1), (1, 0), Confirmed, ("Hannah Weber", "hannah.weber@mail.example"), ""),
    stay("family", (0, 4), (2, 1), Confirmed, ("Noor van Dijk", "noor.vandijk@mail.example"), "Two bicycles"),
    stay("double", (1, 2), (2, 0), Confirmed, ("Miguel Santos", "miguel.santos@mail.example"), ""),
    stay("double", (2, 3), (1, 0), Confirmed, ("Priya Nair", "priya.nair@mail.example"), "Vegetarian breakfast"),
    stay("single", (3, 2), (1, 0), Confirmed, ("Oliver Grant", "oliver.grant@mail.example"), ""),
    stay("double", (4, 4), (2, 0), Confirmed, ("Sofia Marques", "sofia.marques@mail.example"), ""),
    stay("family", (5, 3), (2, 2), Confirmed, ("Javier Ortega", "javier.ortega@mail.example"), ""),
    stay("double", (7, 2), (2, 0), Confirmed, ("Amélie Laurent", "amelie.laurent@mail.example"), "A room on a high floor"),
    stay("suite", (8, 2), (2, 0), Confirmed, ("Rita Azevedo", "rita.azevedo@mail.example"), ""),
    stay("double", (1, 2), (2, 0), Held, ("Mateus Pinto", "mateus.pinto@mail.example"), ""),
    stay("single", (4, 1), (1, 0), Held, ("Eva Lindqvist", "eva.lindqvist@mail.example"), ""),
    stay("double", (-6, 3), (2, 0), CheckedOut, ("Rui Tavares", "rui.tavares@mail.example"), ""),
    stay("double", (-4, 4), (2, 0), CheckedOut, ("Emma Clarke", "emma.clarke@mail.example"), ""),
    stay("single", (-3, 3), (1, 0), CheckedOut, ("Pavel Dvořák", "pavel.dvorak@mail.example"), "Invoice to the company"),
    stay("family", (-8, 5), (2, 2), CheckedOut, ("Catarina Lopes", "catarina.lopes@mail.example"), ""),
    stay("suite", (-9, 4), (2, 0), CheckedOut, ("Henrik Dahl", "henrik.dahl@mail.example"), ""),
    stay("double", (-2, 1), (1, 0), CheckedOut, ("Ana Rita Gomes", "anarita.gomes@mail.example"), ""),
    stay("double", (0, 2), (2, 0), Cancelled, ("Marc Fontaine", "marc.fontaine@mail.example"), ""),
    stay("double", (3, 4), (2, 0), Cancelled, ("Joana Batista", "joana.batista@mail.example"), "Flight was cancelled"),
    stay("family", (6, 2), (2, 2), Cancelled, ("David Cohen", "david.cohen@mail.example"), ""),
    stay("double", (-1, 2), (2, 0), NoShow, ("Igor Petrov", "igor.petrov@mail.example"), ""),
    stay("single", (-3, 1), (1, 0), NoShow, ("Nuno Freitas", "nuno.freitas@mail.example"), ""),
    stay("double", (2, 2), (2, 0), Lapsed, ("Laura Schmidt", "laura.schmidt@mail.example"), ""),
    stay("suite", (5, 2), (2, 0), Lapsed, ("Chiara Conti", "chiara.conti@mail.example"), ""),
];
