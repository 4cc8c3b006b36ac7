//! Every word that people read, through Fluent.
