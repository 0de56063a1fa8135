//! Every text a person reads, in every language, checked by the compiler.
