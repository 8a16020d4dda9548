//! The parts that screens are made of: rows, questions and moves that several of them share.
pub(in crate::tui) mod area;
pub(in crate::tui) mod change;
pub(in crate::tui) mod checks;
pub(in crate::tui) mod columned;
pub(in crate::tui) mod consent;
pub(in crate::tui) mod copy;
pub(in crate::tui) mod failure;
pub(in crate::tui) mod field;
pub(in crate::tui) mod judgement;
pub(in crate::tui) mod leaving;
pub(in crate::tui) mod marks;
pub(in crate::tui) mod practice;
pub(in crate::tui) mod proof;
pub(in crate::tui) mod scroll;
pub(in crate::tui) mod section;
pub(in crate::tui) mod sheet;
pub(in crate::tui) mod step;
