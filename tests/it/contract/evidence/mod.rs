//! Evidence: lists exported to files, imported, compared, kept with their age.
mod desk;
mod kept;
mod lists;
mod refused;
mod shapes;
