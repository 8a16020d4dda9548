//! The manual of each command: a paragraph, examples and exit codes. Its options are documented in `cli` only.

/// The manual of one command.
pub(super) struct ManualPage {
    /// The words after `last-resort`; empty for the program itself.
    pub(super) path: &'static str,
    /// A paragraph or two; empty if the one-line description in `cli` is enough.
    pub(super) more: &'static str,
    /// Command lines, each with what it does.
    pub(super) examples: &'static [(&'static str, &'static str)],
    pub(super) codes: Codes,
}

/// Which exit codes a command has, and what they mean.
#[derive(Clone, Copy)]
pub(super) enum Codes {
    /// The whole table, as for every command that judges values.
    Judged,
    /// These words for 0; 1 and 2 mean the usual.
    Done(&'static str),
    /// These codes; 1 and 2 mean the usual if they are not among them.
    Own(&'static [(u8, &'static str)]),
}

/// The manual of the command with these words, if there is one.
pub(super) fn of(path: &str) -> Option<&'static ManualPage> {
    PAGES.iter().find(|page| page.path == path)
}

/// The manuals of all commands, in the order of the help.
pub(super) const PAGES: &[ManualPage] = &[
    ManualPage {
        path: "",
        more: "Without a command the wizard opens. It reads both systems, shows what is true beside every value, explains each \
               step, and writes only after you typed the campus code. Leave it and come back whenever you like.",
        examples: &[
            ("last-resort practice", "Try it: no keys, no network, nothing real is touched."),
            ("last-resort", "Open the wizard; the first time it helps to set up a campus."),
            ("last-resort check --campus 01CUNY_QC", "Read and compare all values, without the wizard."),
            ("last-resort help apply", "What there is to know about a command."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "practice",
        more: "Opens the wizard on an Alma and an ILLiad inside the program. It needs no key and no network, and what it writes is \
               gone when you leave. Each world is a campus where something else goes right or wrong.",
        examples: &[
            ("last-resort practice", "A campus where nothing is set up yet."),
            ("last-resort practice --list", "Names the worlds, each in a sentence."),
            ("last-resort practice --world drifted --step parameters", "A campus where values have changed since."),
        ],
        codes: Codes::Done("left"),
    },
    ManualPage {
        path: "simulate",
        more: "Serves what practice works on, for scripts and tests: prints both addresses and the practice keys, and runs until \
               Ctrl-C. It listens on this machine only.",
        examples: &[
            ("last-resort simulate", "On ports that are free."),
            (
                "last-resort simulate --world done --alma 127.0.0.1:8001",
                "A campus set up right, Alma on a port of yours.",
            ),
        ],
        codes: Codes::Own(&[]),
    },
    ManualPage {
        path: "check",
        more: "Nothing is written to Alma or ILLiad. What no API tells is as a person said or showed it last, with name and time. \
               Progress goes to standard error, so that --json leaves standard output to the answer.",
        examples: &[
            ("last-resort check --campus 01CUNY_QC", "All steps."),
            ("last-resort check partner parameters", "Two of them, where one campus is set up here."),
            ("last-resort check --json > seen.json", "For a script."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "plan",
        more: "Reads, and says for each value that is not as wanted: what stands there, what would, and whether apply does it or a \
               person must. The digest names this plan: apply --plan DIGEST writes it and no other. Another partner that may be this \
               campus's ILLiad is named.",
        examples: &[
            ("last-resort plan --campus 01CUNY_QC", "What is due on this campus."),
            ("last-resort plan parameters --json", "One step, for a script."),
        ],
        codes: Codes::Own(&[
            (0, "nothing to change"),
            (3, "changes are due"),
            (4, "nothing to change here, but waiting on people"),
        ]),
    },
    ManualPage {
        path: "apply",
        more: "Makes a plan, shows it and writes it: reads the record once more right before the write, changes only what differs, \
               sends everything else back as it came, and reads it again. If the record changed in between, nothing is written and \
               the new plan is shown. The plan is made now; an earlier one from last-resort plan may be another. With --plan DIGEST \
               nothing is written unless the plan made now has that digest. A new partner is made only with --beside CODE for each \
               other partner that may be this campus's ILLiad. For steps without an API it prints the value card: what a person \
               is to enter where.",
        examples: &[
            (
                "last-resort apply partner parameters --campus 01CUNY_QC --confirm 01CUNY_QC",
                "Plans now, and writes that.",
            ),
            (
                "last-resort apply partner --confirm 01CUNY_QC --plan DIGEST",
                "Writes the plan with this digest (last-resort plan prints it), or nothing.",
            ),
            ("last-resort apply rota --confirm 01CUNY_QC", "Prints the card for the rota template."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "undo",
        more: "Puts the record back as it was before the last apply; if that apply created the partner, deletes it. Refuses if the record changed since, and keeps the export key that Alma has now.",
        examples: &[("last-resort undo --campus 01CUNY_QC --confirm 01CUNY_QC", "Takes the last apply back.")],
        codes: Codes::Own(&[(0, "put back, or deleted"), (1, "refused, or could not be done")]),
    },
    ManualPage {
        path: "prove",
        more: "Without --chain: two requests in ILLiad for the test patron, one that must be routed and one that must not. With it: \
               one request in Alma, watched until it stands in ILLiad's queue. Each is cancelled and read again afterwards; Ctrl-C \
               cancels too. This takes minutes. What an interrupted run left, the next one cancels first. \
               Only a request that was read where it was made, with our token and patron, is touched; one in another ILLiad, zone or \
               environment is named and left alone.",
        examples: &[
            ("last-resort prove --campus 01CUNY_QC --confirm 01CUNY_QC", "ILLiad alone: two test requests."),
            ("last-resort prove --chain --confirm 01CUNY_QC", "From Alma to ILLiad's queue."),
            ("last-resort prove --clean --confirm 01CUNY_QC", "Cancels what an interrupted run left."),
        ],
        codes: Codes::Own(&[
            (0, "proved, or nothing is left"),
            (1, "could not be told, or something is left, here or elsewhere"),
            (3, "the routing does not do what it should"),
            (4, "waiting on people"),
        ]),
    },
    ManualPage {
        path: "attest",
        more: "For values that stand on a screen and in no API. Your name and the time go into the journal and stand beside the value \
               from then on. A step signs off only those of its values that wait. A value that evidence contradicts is signed \
               off by its own key only; the evidence stays in view, and going live waits until newer evidence agrees. A \
               sign-off counts for 365 days (word_max_age_days in the campus file). Better than a word is what was pasted or \
               imported: see last-resort help evidence.",
        examples: &[
            ("last-resort attest rota --campus 01CUNY_QC --note \"ticket 1234\"", "All values of a step that wait."),
            ("last-resort attest rule.enabled", "One value."),
            ("last-resort attest rule.enabled --revoke", "Takes that back."),
        ],
        codes: Codes::Own(&[
            (0, "recorded, or nothing waited"),
            (3, "recorded, except values of a step that evidence contradicts"),
        ]),
    },
    ManualPage {
        path: "evidence",
        more: "What was shown counts for 30 days (max_age_days in the campus file); then it asks to be shown again. A file counts \
               from the time when it was last changed.",
        examples: &[
            ("last-resort evidence import rules.xlsx routing.csv", "Compares two lists and records what they show."),
            ("last-resort evidence list", "What was shown so far."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "evidence import",
        more: "Lists known: Alma's rota templates and rota assignment rules (xlsx or csv), ILLiad's tables Routing and CustomQueues \
               (csv). Columns are found by their headers, in any order; others are passed over. Our row is compared letter by \
               letter, and the others are searched for what gets in its way. All files are understood before anything is recorded. \
               Rows are numbered as a spreadsheet shows them, the heading included; a row of a text by the line on which it begins.",
        examples: &[
            ("last-resort evidence import rules.xlsx routing.csv --campus 01CUNY_QC", "Two lists at once."),
            ("last-resort evidence import list.csv --list queues", "A list whose header alone does not tell."),
            ("last-resort evidence import routing.csv --dry-run", "Compares, and records nothing."),
            ("last-resort evidence import - < routing.csv", "From standard input."),
        ],
        codes: Codes::Own(&[
            (0, "all that the lists show is as wanted"),
            (1, "something in them must not be recorded, or the journal cannot be written"),
            (3, "something differs, or another row is in the way"),
        ]),
    },
    ManualPage {
        path: "evidence forget",
        more: "For a list of another campus, or one imported by mistake. Who withdrew what, and when, goes into the journal. A \
               sign-off that was given against such evidence has to be given anew.",
        examples: &[
            ("last-resort evidence forget routing --campus 01CUNY_QC", "All that the list showed."),
            ("last-resort evidence forget rule.enabled", "One value."),
        ],
        codes: Codes::Done("forgotten, or nothing was shown of it"),
    },
    ManualPage {
        path: "evidence list",
        more: "",
        examples: &[("last-resort evidence list --campus 01CUNY_QC", "The newest of each value, and how old it is.")],
        codes: Codes::Done("listed"),
    },
    ManualPage {
        path: "report",
        more: "Reads first, as check does. No key and no patron's number is in it.",
        examples: &[
            ("last-resort report --campus 01CUNY_QC", "Plain text, for an e-mail or a ticket."),
            ("last-resort report --format html > report.html", "One page that prints well."),
            ("last-resort report --exit-code > report.txt", "For a script: the exit code is that of check."),
        ],
        codes: Codes::Own(&[(0, "the report was written; with --exit-code: as check")]),
    },
    ManualPage {
        path: "golive",
        more: "Lists what must hold, and what each still needs. With --confirm and nothing in the way the campus file says live, and \
               you get the card for enabling the rule by hand, which no API can do. With --back all of that the other way round.",
        examples: &[
            ("last-resort golive --campus 01CUNY_QC", "What is still in the way; changes nothing."),
            ("last-resort golive --campus 01CUNY_QC --confirm 01CUNY_QC", "Goes live."),
            ("last-resort golive --back --confirm 01CUNY_QC", "Back to set up ahead."),
        ],
        codes: Codes::Own(&[
            (0, "nothing is in the way, or nothing was to be done"),
            (1, "something could not be read or done"),
            (3, "something in the way differs or is absent"),
            (4, "waiting on people; also once the rule is to be switched by hand"),
        ]),
    },
    ManualPage {
        path: "patrons",
        more: "Compares people in Alma and ILLiad, before go-live: whom would Alma give a second account, because ILLiad knows them by \
               another name? And whose ILLiad account is disavowed, blocked or half empty? Asks at most ten times a second, and goes \
               on where the last run stopped: what was read counts for a day. People stand as hashes, which mean something on \
               this machine only, unless you say --show-ids. The file may be xlsx or a text (commas, semicolons, tabs; UTF-8, \
               UTF-16); - is standard input. What a spreadsheet did to a number is undone where that is certain, and its line \
               is named where it is not.",
        examples: &[
            ("last-resort patrons --campus 01CUNY_QC", "The sample in the campus file."),
            ("last-resort patrons --file people.xlsx", "Everybody in a file with the columns EMPLID and Old username."),
            ("last-resort patrons 10000001 10000002 --show-ids", "Two people, by name."),
        ],
        codes: Codes::Own(&[
            (0, "nobody would be doubled"),
            (1, "somebody could not be read, or nobody could be matched"),
            (3, "somebody would be doubled, is already, or has an account that takes no requests"),
        ]),
    },
    ManualPage {
        path: "keys",
        more: "Keys are kept in the Secret Service where there is one and it is unlocked, else in the kernel's keyring, which forgets at \
               reboot. A key is never an argument, and is shown as its length and its last four characters.",
        examples: &[
            ("last-resort keys set --slot alma --campus 01CUNY_QC", "Asks for the Alma key without showing it."),
            ("last-resort keys status", "Which keys are set, and where they are kept."),
        ],
        codes: Codes::Done("done"),
    },
    ManualPage {
        path: "keys set",
        more: "The key is read from a prompt that does not show it, or from standard input when that is not a terminal. Without --slot \
               it asks for each; Enter passes one over.",
        examples: &[
            ("last-resort keys set --campus 01CUNY_QC", "Asks for all three."),
            ("last-resort keys set --slot illiad < key-file", "From a file."),
        ],
        codes: Codes::Done("stored"),
    },
    ManualPage {
        path: "keys status",
        more: "",
        examples: &[("last-resort keys status --campus 01CUNY_QC", "All three, and the store they are in.")],
        codes: Codes::Own(&[(0, "all that are needed are set"), (1, "one is not set, or cannot be known")]),
    },
    ManualPage {
        path: "keys test",
        more: "Asks each system something harmless. A key is sent to its own host only.",
        examples: &[("last-resort keys test --slot alma", "Whose key it is, and whether Alma takes it.")],
        codes: Codes::Own(&[(0, "all were accepted"), (1, "one is not set, or was not accepted")]),
    },
    ManualPage {
        path: "keys rotate",
        more: "The new key is tried on its own host first, then written to Alma's partner and read back if Alma uses it, then stored; \
               last comes the card for removing the old one. Stopped anywhere, the same command again ends it.",
        examples: &[(
            "last-resort keys rotate --slot export --campus 01CUNY_QC --confirm 01CUNY_QC",
            "A new key for Alma to send with.",
        )],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "keys forget",
        more: "Removes them from this machine's keyring; in Alma and ILLiad they stay valid until somebody removes them there.",
        examples: &[("last-resort keys forget --slot alma --campus 01CUNY_QC", "One of them.")],
        codes: Codes::Done("gone, or not there before"),
    },
    ManualPage {
        path: "campuses",
        more: "",
        examples: &[("last-resort campuses", "Code, environment, name and file of each.")],
        codes: Codes::Own(&[(0, "listed"), (2, "one of the files has problems; it is listed with them")]),
    },
    ManualPage {
        path: "prefer",
        more: "Screen readers run where you sit, and tell nothing over SSH: line mode has to be asked for. Ask once, and the wizard \
               opens so every time, practice included. What is named takes the place of what was kept. With ACCESSIBLE=0 in the \
               environment the full screen comes all the same.",
        examples: &[
            ("last-resort prefer --plain", "Line mode from now on."),
            ("last-resort prefer", "Say what is kept."),
            ("last-resort prefer --nothing", "Keep nothing any more."),
        ],
        codes: Codes::Own(&[(0, "kept, or said")]),
    },
    ManualPage {
        path: "completions",
        more: "Printed to standard output; put it where your shell looks.",
        examples: &[
            ("last-resort completions bash >> ~/.bash_completion", "For bash."),
            ("last-resort completions zsh > ~/.zfunc/_last-resort", "For zsh, with ~/.zfunc in its fpath."),
            ("last-resort completions fish > ~/.config/fish/completions/last-resort.fish", "For fish."),
        ],
        codes: Codes::Done("printed"),
    },
    ManualPage {
        path: "man",
        more: "Printed to standard output, as man reads it.",
        examples: &[
            ("last-resort man | man -l -", "Read it now."),
            ("last-resort man keys rotate | man -l -", "The page of one command."),
            ("last-resort man --into ~/.local/share/man/man1", "For man last-resort and man last-resort-apply."),
        ],
        codes: Codes::Done("printed"),
    },
];
