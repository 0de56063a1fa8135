//! Streams that staff follow, by the session that opened them: when it ends, they end.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::server::hub::StreamEnd;
use crate::server::service::staff::TokenHash;

#[derive(Debug, Default)]
pub(super) struct SessionStreams(Mutex<HashMap<TokenHash, Vec<StreamEnd>>>);

impl SessionStreams {
    pub(super) fn add(&self, session: TokenHash, stream: StreamEnd) {
        self.all().entry(session).or_default().push(stream);
    }

    /// Ends every stream of a session.
    pub(super) fn end(&self, session: &TokenHash) {
        let streams = self.all().remove(session);
        streams.into_iter().flatten().for_each(|stream| stream.end());
    }

    /// The sessions that have open streams; forgets the streams that are gone.
    pub(super) fn sessions(&self) -> Vec<TokenHash> {
        let mut all = self.all();
        all.retain(|_, streams| {
            streams.retain(|stream| !stream.is_over());
            !streams.is_empty()
        });
        all.shrink_to_fit();
        all.keys().copied().collect()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<TokenHash, Vec<StreamEnd>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
