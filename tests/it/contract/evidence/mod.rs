//! Evidence: exported lists are imported, compared, and stored with their date.
mod damaged;
mod desk;
mod kept;
mod lists;
mod newer;
mod refused;
mod rows;
mod shapes;
mod sign_offs;
mod stamps;
mod switched;
mod unclear;
mod unread_cells;
mod withdrawn;
