//! What crosses the network: serde types for the API, the forms and the streams.
