//! The only interactive code: each island comes alive in the browser on top of finished HTML.
