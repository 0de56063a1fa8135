//! Spoken sentences, by the browser's own voices. An extra, never the only way: a browser may have no voice for the
//! language, or refuse to speak, and then the desk is told so.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use crate::islands::alerts::VoiceState;
use crate::messages::Locale;

/// A voice that has not begun by then will not.
const PATIENCE: Duration = Duration::from_millis(2_500);

struct Speech {
    /// Kept until the sentence is over: a browser may forget an utterance that nobody holds.
    _utterance: SpeechSynthesisUtterance,
    _handlers: [Closure<dyn FnMut()>; 3],
}

thread_local! {
    static SPEECH: RefCell<Option<Speech>> = const { RefCell::new(None) };
    static TURN: Cell<u32> = const { Cell::new(0) };
}

fn synthesis() -> Option<SpeechSynthesis> {
    let found = js_sys::Reflect::get(&window(), &"speechSynthesis".into()).ok()?;
    found.dyn_into::<SpeechSynthesis>().ok()
}

/// Browsers load their voices when they are first asked for them.
pub fn warm_up() {
    if let Some(synthesis) = synthesis() {
        let _ = synthesis.get_voices();
    }
}

/// Says `text`, in place of what is being said. `told` hears how it went.
pub fn speak(locale: Locale, text: &str, volume: u8, told: impl Fn(VoiceState) + Clone + 'static) {
    let Some(synthesis) = synthesis() else { return told(VoiceState::Missing) };
    let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else { return told(VoiceState::Missing) };
    let voices: Vec<SpeechSynthesisVoice> =
        synthesis.get_voices().iter().filter_map(|voice| voice.dyn_into().ok()).collect();
    let fitting = best_voice(&voices, locale);
    // An empty list may only mean that the voices are still on their way.
    if fitting.is_none() && !voices.is_empty() {
        return told(VoiceState::Missing);
    }
    let knows_voices = !voices.is_empty();
    utterance.set_voice(fitting.as_ref());
    utterance.set_lang(if locale == Locale::En { "en-GB" } else { locale.html_lang() });
    utterance.set_volume(f32::from(volume.min(100)) / 100.0);

    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    let begun = std::rc::Rc::new(Cell::new(false));
    let handler = |state: VoiceState| {
        let (told, begun) = (told.clone(), std::rc::Rc::clone(&begun));
        Closure::<dyn FnMut()>::new(move || {
            begun.set(true);
            if TURN.get() == turn {
                told(state);
            }
        })
    };
    let handlers = [handler(VoiceState::Speaking), handler(VoiceState::Fine), handler(VoiceState::Failed)];
    utterance.set_onstart(Some(handlers[0].as_ref().unchecked_ref()));
    utterance.set_onend(Some(handlers[1].as_ref().unchecked_ref()));
    utterance.set_onerror(Some(handlers[2].as_ref().unchecked_ref()));
    synthesis.cancel();
    synthesis.speak(&utterance);
    SPEECH.replace(Some(Speech { _utterance: utterance, _handlers: handlers }));
    let give_up = move || {
        if !begun.get() && TURN.get() == turn {
            told(if knows_voices { VoiceState::Failed } else { VoiceState::Missing });
        }
    };
    set_timeout(give_up, PATIENCE);
}

/// One that lives on the device where there is one: it speaks without the network, and sends nothing anywhere.
fn best_voice(voices: &[SpeechSynthesisVoice], locale: Locale) -> Option<SpeechSynthesisVoice> {
    let fits = |voice: &&SpeechSynthesisVoice| Locale::from_tag(&voice.lang()) == Some(locale);
    let mut fitting = voices.iter().filter(fits);
    let first = fitting.clone().next();
    fitting.find(|voice| voice.local_service()).or(first).cloned()
}
