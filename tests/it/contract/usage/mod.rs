//! Mistakes a person may make and problems a machine may have are reported in a sentence, with the contract's exit
//! code, before anything is sent or lost.
mod campus_files;
mod codes;
mod help;
mod hosts;
mod idle;
#[cfg(unix)]
mod no_files;
mod objects;
mod places;
mod proxies;
mod streams;
mod tunnel;
mod words;
