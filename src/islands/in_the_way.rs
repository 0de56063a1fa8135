//! Who stands in the way of what was asked for: by name, and the way to his reservation. For the desk alone.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{Erase, Erased};
use crate::domain::ReservationCode;
use crate::islands::desk_row::DeskScene;
use crate::messages::format::isolated;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTheWay {
    pub code: ReservationCode,
    /// Nobody has said it of a hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Why something is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub words: String,
    pub stays: Vec<InTheWay>,
}

impl<Text: Into<String>> From<Text> for Reason {
    fn from(words: Text) -> Self {
        Self { words: words.into(), stays: Vec::new() }
    }
}

impl Reason {
    /// The words, and each stay that they mean as a link.
    pub fn told(&self, scene: &DeskScene) -> Erased {
        let stays = self.stays.iter().map(|InTheWay { code, name }| {
            let words = name.as_ref().map_or_else(|| code.to_string(), |name| format!("{} · {code}", isolated(name)));
            view! { " " <a href=scene.reservation_path(*code)>{words}</a> }
        });
        view! { <p>{self.words.clone()} {stays.collect_view()}</p> }.erased()
    }
}
