//! Whole forms and lists in the shapes in which they are copied from a screen.
use super::told::asked;
use last_resort::engine::lint::PasteComparison;
use last_resort::engine::paste::{PasteReading, PastedForm, read_paste};
use last_resort::recipe::{FieldKey, StepId};

/// Returns what was read, one line per result: `key = value`, `? label: keys`, `- key` for a missing one, `odd: lines`.
fn told(step: StepId, text: &str) -> Vec<String> {
    let form = form(step, text);
    let short = |key: &FieldKey| key.as_str().split_once('.').map_or("", |(_, name)| name).to_owned();
    let list = |keys: &[FieldKey]| keys.iter().map(short).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> =
        form.pasted.iter().map(|one| format!("{}@{} = {}", short(&one.key), one.line, one.got)).collect();
    lines.extend(form.ambiguous.iter().map(|one| format!("? {} {:?}: {}", one.label, one.lines, list(&one.keys))));
    if !form.missing.is_empty() {
        lines.push(format!("- {}", list(&form.missing)));
    }
    if !form.odd.is_empty() {
        lines.push(format!("odd {:?}", form.odd));
    }
    lines
}

fn form(step: StepId, text: &str) -> PastedForm {
    match read_paste(&asked(step), text) {
        PasteReading::Form(form) => form,
        PasteReading::Value(value) => panic!("taken for one value: {value:?}"),
    }
}

const ROUTING: [&str; 6] = [
    "routing.rule_no@1 = 0",
    "routing.rule_active@2 = Yes",
    "routing.process_type@3 = Borrowing",
    "routing.transaction_status@4 = Awaiting Request Processing",
    "routing.match_string@5 = t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)",
    "routing.new_process_type@6 = Borrowing",
];

#[test]
fn labels_and_values_are_told_apart_in_every_writing() {
    for apart in [": ", ":", "\t", " = ", "=", " : ", "    ", " | ", ":\t"] {
        let text = format!(
            "RuleNo{apart}0\nRuleActive{apart}Yes\nProcess Type{apart}Borrowing\n\
             transaction status{apart}Awaiting Request Processing\n\
             Match String{apart}t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)\n\
             New Process Type{apart}Borrowing\n"
        );
        let told = told(StepId::Illiad, &text);
        assert_eq!(told[..6], ROUTING, "{apart:?}");
        assert_eq!(
            told[6..],
            ["- routing.new_transaction_status queue.queue_name queue.process_type queue.nvtgc"],
            "{apart:?}"
        );
    }
}

/// A step, the pasted text, and what was read from it.
const TABLE: &[(StepId, &str, &[&str])] = &[
    // Labels with other signs, and a value that contains the sign after the label.
    (
        StepId::Rule,
        "Rule Name* : x\nOperator: =\nOPERATOR = =\nValue: a: b = c\n",
        &[
            "input.operator@2 = =",
            "input.value@4 = a: b = c",
            "- name input.name output.rota_template enabled",
            "odd [1]",
        ],
    ),
    // The label on one line and the value on the next, with an empty field at the end of a group.
    (
        StepId::Rota,
        "Code\nILLiad\n\nName\n\nILLiad\nType\nStatus\nActive\n",
        &["code@2 = ILLiad", "name@6 = ILLiad", "type@7 = ", "status@9 = Active", "- member"],
    ),
    // A table of two rows, with each way of separating cells.
    (
        StepId::Illiad,
        "QueueName\tProcessType\tNVTGC\nRequest Imported from Alma \tBorrowing\tILL\n",
        &[
            "queue.queue_name@2 = Request Imported from Alma ",
            "queue.process_type@2 = Borrowing",
            "queue.nvtgc@2 = ILL",
            MISSING_RULE,
        ],
    ),
    (
        StepId::Illiad,
        "| NVTGC | Queue Name | Process Type |\n|---|---|---|\n| ILL | Request Imported from Alma | Doc Del |\n",
        &[
            "queue.queue_name@3 = Request Imported from Alma",
            "queue.process_type@3 = Doc Del",
            "queue.nvtgc@3 = ILL",
            MISSING_RULE,
        ],
    ),
    (
        StepId::Illiad,
        "QueueName,ProcessType,NVTGC\n\"Request, Imported\",\"Bor\"\"rowing\",ILL\n",
        &[
            "queue.queue_name@2 = Request, Imported",
            "queue.process_type@2 = Bor\"rowing",
            "queue.nvtgc@2 = ILL",
            MISSING_RULE,
        ],
    ),
    (
        StepId::Illiad,
        "ID  QueueName                   ProcessType   NVTGC\n7   Request Imported from Alma  Borrowing     ILL\n",
        &[
            "queue.queue_name@2 = Request Imported from Alma",
            "queue.process_type@2 = Borrowing",
            "queue.nvtgc@2 = ILL",
            MISSING_RULE,
        ],
    ),
    // A list: the row most similar to ours is read, and the others are reported.
    (
        StepId::Rota,
        "Code\tName\tType\tStatus\nRAPID\tRapid\tOrdered\tActive\nILLiad\tILLiad\tNon Ordered\tInactive\n",
        &["code@3 = ILLiad", "name@3 = ILLiad", "type@3 = Non Ordered", "status@3 = Inactive", "- member", "odd [2]"],
    ),
    // Two equally similar rows: neither is read.
    (
        StepId::Rota,
        "Code\tName\nA\tILLiad\nB\tILLiad\n",
        &["? Code [2, 3]: code", "? Name [2, 3]: name", "- type status member"],
    ),
    (
        StepId::Partner,
        "☐ Default Partner\nAlternate Symbol:\n",
        &["alternate_symbol@2 = ", "default_partner@1 = ☐", "- LAST"],
    ),
    (StepId::Partner, "- [x] Default Partner\n", &["default_partner@1 = [x]", "- alternate_symbol LAST"]),
    (StepId::Partner, "Default Partner ☑\n", &["default_partner@1 = ☑", "- alternate_symbol LAST"]),
    (
        StepId::Partner,
        "Default Partner: Not checked\n",
        &["default_partner@1 = Not checked", "- alternate_symbol LAST"],
    ),
    // The same label twice: headings tell the fields apart,
    (
        StepId::Rule,
        "Rota Assignment Rules\nName: ILLiad Fallback\nInput Parameters\nName: Requested Format\n",
        &[
            "name@2 = ILLiad Fallback",
            "input.name@4 = Requested Format",
            "- input.operator input.value output.rota_template enabled",
        ],
    ),
    (
        StepId::Rule,
        "Input Parameters\nName: Requested Format\n",
        &["input.name@2 = Requested Format", "- name input.operator input.value output.rota_template enabled"],
    ),
    // or the fields next to them,
    (
        StepId::Illiad,
        "QueueName: Q\nProcessType: Doc Del\nNVTGC: ILL\nRuleNo: 0\nProcessType: Borrowing\nRuleActive: Yes\n",
        &[
            "routing.rule_no@4 = 0",
            "routing.rule_active@6 = Yes",
            "routing.process_type@5 = Borrowing",
            "queue.queue_name@1 = Q",
            "queue.process_type@2 = Doc Del",
            "queue.nvtgc@3 = ILL",
            "- routing.transaction_status routing.match_string routing.new_process_type routing.new_transaction_status",
        ],
    ),
    (
        StepId::Rule,
        "Name\tOperator\tValue\nRequested Format\t=\tPhysical\n",
        &[
            "input.name@2 = Requested Format",
            "input.operator@2 = =",
            "input.value@2 = Physical",
            "- name output.rota_template enabled",
        ],
    ),
    // or their order on the screen.
    (
        StepId::Rule,
        "Name: ILLiad Fallback\nName: Requested Format\nOperator: =\nValue: Physical\nRota Templates: ILLiad\n",
        &[
            "name@1 = ILLiad Fallback",
            "input.name@2 = Requested Format",
            "input.operator@3 = =",
            "input.value@4 = Physical",
            "output.rota_template@5 = ILLiad",
            "- enabled",
        ],
    ),
    // If nothing tells them apart, no value is recorded.
    (
        StepId::Illiad,
        "Process Type: Borrowing\n",
        &["? Process Type [1]: routing.process_type queue.process_type", MISSING_ALL],
    ),
    (
        StepId::Illiad,
        "NewTransactionStatus: Q\nProcess Type: Borrowing\nQueueName: Q\n",
        &[
            "routing.new_transaction_status@1 = Q",
            "queue.queue_name@3 = Q",
            "? Process Type [2]: routing.process_type queue.process_type",
            "- routing.rule_no routing.rule_active routing.transaction_status routing.match_string \
             routing.new_process_type queue.nvtgc",
        ],
    ),
    (
        StepId::Illiad,
        "RuleActive: Yes\nRuleActive: No\n",
        &[
            "? RuleActive [1, 2]: routing.rule_active",
            "- routing.rule_no routing.process_type routing.transaction_status routing.match_string \
             routing.new_process_type \
             routing.new_transaction_status queue.queue_name queue.process_type queue.nvtgc",
        ],
    ),
    // Lines without a meaning are reported.
    (
        StepId::Rota,
        "Rota Template\r\nTemplates of this institution\r\nCode: ILLiad\r\nSave  Cancel\r\n",
        &["code@3 = ILLiad", "- name type status member", "odd [2, 4]"],
    ),
];

const MISSING_RULE: &str = "- routing.rule_no routing.rule_active routing.process_type routing.transaction_status \
                            routing.match_string routing.new_process_type routing.new_transaction_status";
const MISSING_ALL: &str = "- routing.rule_no routing.rule_active routing.transaction_status routing.match_string \
                           routing.new_process_type routing.new_transaction_status queue.queue_name queue.nvtgc";

#[test]
fn a_form_becomes_fields_and_what_cannot_be_known_becomes_none() {
    let partner: Vec<FieldKey> = asked(StepId::Partner).into_iter().map(|field| field.key).collect();
    let last = partner.last().map_or("", |key| key.as_str()).trim_start_matches("partner.").to_owned();
    for (step, text, expected) in TABLE {
        let expected: Vec<String> = expected.iter().map(|line| line.replace("LAST", &last)).collect();
        assert_eq!(told(*step, text), expected, "{text}");
    }
}

/// The text of the value card can be pasted back unchanged.
#[test]
fn a_card_pasted_back_is_complete_and_equal() {
    for step in [StepId::Rota, StepId::Rule, StepId::Illiad, StepId::Partner] {
        let asked = asked(step);
        let mut text = String::new();
        let mut group = "";
        for field in &asked {
            if field.group != group {
                group = &field.group;
                text += &format!("\n{group}\n");
            }
            text += &format!("  {}: {}\n", field.label, field.want);
        }
        let form = form(step, &text);
        assert_eq!((form.ambiguous, form.odd, form.missing), (vec![], vec![], vec![]), "{step}");
        let fields: Vec<_> = asked.iter().collect();
        assert_eq!(
            form.pasted.iter().map(|one| &one.key).collect::<Vec<_>>(),
            fields.iter().map(|f| &f.key).collect::<Vec<_>>()
        );
        for (one, field) in form.pasted.iter().zip(&asked) {
            assert_eq!(one.compared(field), PasteComparison::Same, "{}", one.key);
        }
    }
}

#[test]
fn an_empty_field_of_a_form_is_an_answer() {
    let asked = asked(StepId::Partner);
    let form = form(StepId::Partner, "Alternate Symbol:\nDefault Partner:\n");
    let compared: Vec<PasteComparison> = form
        .pasted
        .iter()
        .filter_map(|one| asked.iter().find(|field| field.key == one.key).map(|field| one.compared(field)))
        .collect();
    assert_eq!(compared[0], PasteComparison::Same, "an empty field that is wanted blank is right");
    assert!(matches!(&compared[1], PasteComparison::Differs(why) if why[0].to_string() == "the field is empty"));
}

#[test]
fn a_text_without_a_label_is_the_value_of_the_field_under_the_cursor() {
    for text in ["Request Imported from Alma ", "t.CitedIn LIKE '01CUNY%' and t.LendingString = ''", "a: b\nc", "", " "]
    {
        assert_eq!(read_paste(&asked(StepId::Illiad), &format!("\n{text}\n")), PasteReading::Value(text.to_owned()));
    }
}
