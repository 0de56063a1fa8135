//! A chime for each kind of alert, made of plain tones. A browser stays silent until its page was clicked once; what
//! could not sound is said, so that the desk can be asked for that click.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Hertz, and when it begins in seconds.
type Tone = (f32, f64);

const TONE_SECONDS: f64 = 0.55;

fn tones(kind: &str) -> &'static [Tone] {
    match kind {
        // A major sixth up: somebody comes.
        "new_reservation" => &[(659.25, 0.0), (987.77, 0.16)],
        // Three knocks: somebody asks.
        "nudge" => &[(783.99, 0.0), (783.99, 0.18), (1046.5, 0.36)],
        // Down: somebody will not come.
        "cancellation" => &[(659.25, 0.0), (493.88, 0.18)],
        _ => &[(783.99, 0.0)],
    }
}

/// Plays the chime; `on_blocked` is called when the browser did not let it.
pub fn chime(kind: &str, volume: u8, on_blocked: impl FnOnce() + 'static) {
    let Some(context) = context() else { return };
    let _ = context.resume();
    if play(&context, tones(kind), f32::from(volume.min(100)) / 100.0).is_err() {
        return;
    }
    let check = move || {
        if context.state() == AudioContextState::Suspended {
            on_blocked();
        }
    };
    set_timeout(check, std::time::Duration::from_millis(500));
}

/// Call in a click: from then on the page may sound.
pub fn unlock() {
    if let Some(context) = CONTEXT.with_borrow(Clone::clone) {
        let _ = context.resume();
    }
}

fn context() -> Option<AudioContext> {
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        context.clone()
    })
}

fn play(context: &AudioContext, tones: &[Tone], volume: f32) -> Result<(), JsValue> {
    let now = context.current_time() + 0.02;
    for (frequency, offset) in tones {
        let (start, end) = (now + offset, now + offset + TONE_SECONDS);
        let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.set_type(OscillatorType::Sine);
        oscillator.frequency().set_value(*frequency);
        // A bell: there at once, gone slowly. An exponential ramp cannot reach nought.
        let loudness = gain.gain();
        loudness.set_value_at_time(0.0001, start)?;
        loudness.exponential_ramp_to_value_at_time((0.4 * volume).max(0.0001), start + 0.015)?;
        loudness.exponential_ramp_to_value_at_time(0.0001, end)?;
        oscillator.connect_with_audio_node(&gain)?;
        gain.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(start)?;
        oscillator.stop_with_when(end)?;
    }
    Ok(())
}
