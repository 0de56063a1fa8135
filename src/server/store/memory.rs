//! The store in memory: the model that the others are compared with.
