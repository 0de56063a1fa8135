//! One file a page, rendered on the server and complete without JavaScript.
