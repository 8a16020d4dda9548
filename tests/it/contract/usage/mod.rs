//! What a person may get wrong, and what a machine may lack: said in a sentence, with the exit code of the contract, before
//! anything is sent or lost.
mod campus_files;
mod help;
mod hosts;
#[cfg(unix)]
mod no_files;
mod places;
mod streams;
mod words;
