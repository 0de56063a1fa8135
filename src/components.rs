//! The small design system: server-rendered parts that pages and islands share.
