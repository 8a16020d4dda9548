//! The 61 field keys, transcribed from the contract and not taken from the program's own data.

/// Steps and field names, as the contract lists them (CONTRACT.md, "Field keys").
const NAMES: [(&str, &str); 5] = [
    (
        "partner",
        "code name profile_type status system_type avg_supply_time delivery_delay currency alternate_symbol locate_profile \
         default_partner supports_borrowing borrowing_workflow supports_lending lending_workflow new_request_alert",
    ),
    (
        "parameters",
        "general.user_identifier_type general.request_pushing_method general.default_library_owner \
         request_item.bib_record_id_type request_item.support_borrowing check_out_item.default_location \
         check_out_item.default_item_policy accept_item.default_location accept_item.automatic_receive \
         accept_item.default_pickup_library accept_item.receive_desk export.method export.url export.request_id_name_tag \
         export.api_key export.close_request_when_exported export.create_user export.search_user_using export.status \
         export.notification_method export.delivery_method export.loan_delivery_method export.electronic_delivery \
         export.auth_type",
    ),
    ("rota", "code name type status member"),
    ("rule", "name input.name input.operator input.value output.rota_template enabled"),
    (
        "illiad",
        "routing.rule_no routing.rule_active routing.process_type routing.transaction_status routing.match_string \
         routing.new_process_type routing.new_transaction_status queue.queue_name queue.process_type queue.nvtgc",
    ),
];

/// The key of the field whose value Alma may hide.
pub(crate) const API_KEY: &str = "parameters.export.api_key";

/// Returns all full keys in the procedure's order.
pub(crate) fn all() -> Vec<String> {
    NAMES.iter().flat_map(|(step, names)| names.split_whitespace().map(move |name| format!("{step}.{name}"))).collect()
}
