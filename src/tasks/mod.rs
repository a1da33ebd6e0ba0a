//! What the chapters set their networks to learn, where a chapter's program is
//! not the only one that needs it: the live figures and the tests do too.

pub mod gap;
pub mod overfitting;
pub mod paper;
